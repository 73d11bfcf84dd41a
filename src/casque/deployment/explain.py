"""What binds, what holds the closure and what would loosen it, and how the force builds up day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from casque.deployment.bound import Alone, alone, closure_bound
from casque.deployment.capacity import Floats, Resource
from casque.deployment.dispatch import Movement, Shipment
from casque.deployment.problem import Params, Problem
from casque.plan.movement import Bottleneck, Workload

_MOST = 6
_FULL = 0.995


def used(problem: Problem, movements: Sequence[Movement]) -> Floats:
    """Use of every capacity by day, in the shape of `problem.capacity`."""
    table = np.zeros_like(problem.capacity)
    for movement in movements:
        for shipment in movement.shipments:
            route = shipment.route
            for stage, day in np.argwhere(shipment.flows > 0).tolist():
                for use in range(int(route.starts[stage]), int(route.starts[stage + 1])):
                    resource, shift, width = (int(figure) for figure in route.uses[use])
                    table[resource, day + shift : day + shift + width] += shipment.flows[stage, day] * route.amounts[use]
    return table


def binding(problem: Problem, use: Floats) -> list[int]:
    """Capacities that are full on at least one day, those full on most days first."""
    full = ((problem.capacity > 0) & (use >= _FULL * problem.capacity)).sum(axis=1)
    return sorted((row for row in range(len(full)) if full[row] > 0), key=lambda row: (-int(full[row]), problem.resources[row].id))


def workloads(problem: Problem, use: Floats) -> tuple[Workload, ...]:
    """Capacity and use of the capacities that bind, by day from D-day to the horizon or, if later, the last day of use."""
    start = -problem.calendar.first
    table = []
    for row in binding(problem, use):
        busy = np.flatnonzero(use[row] > 1e-9)
        end = max(start + problem.horizon + 1, int(busy[-1]) + 1)
        resource = problem.resources[row]
        capacity, spent = (tuple(np.round(figures[row, start:end], 3).tolist()) for figures in (problem.capacity, use))
        table.append(Workload(resource=resource.label, unit=resource.unit, capacity=capacity, used=spent))
    return tuple(table)


def bottlenecks(problem: Problem, params: Params, single: Alone, use: Floats, bound: float, tight: Sequence[int]) -> tuple[Bottleneck, ...]:
    """What a little more of each capacity that binds, or the units that come last, takes off the bound on closure."""
    asked = [*tight, *(row for row in binding(problem, use) if row not in tight)][:_MOST]
    found: list[Bottleneck] = []
    for row in asked:
        raised, more = _raised(problem, row, params.more)
        again = alone(problem, raised, single, row)
        earlier, _ = closure_bound(problem, raised, again, bound)
        found.append(_bottleneck(problem.resources[row], more, bound - earlier))
    found.extend(_last_ready(problem, single, bound))
    return tuple(sorted((item for item in found if item.days > 0), key=lambda item: (-item.days, item.resource)))


def _raised(problem: Problem, row: int, share: float) -> tuple[Floats, str]:
    raised = problem.capacity.copy()
    if problem.resources[row].fleet:
        raised[row] = np.where(raised[row] > 0, raised[row] + 1, 0.0)
        return raised, "one more vehicle of the fleet"
    raised[row] *= 1 + share
    return raised, f"{share:.0%} more of it"


def _bottleneck(resource: Resource, more: str, days: float) -> Bottleneck:
    days = round(days, 2)
    text = f"With {more}, {resource.label} lowers the bound on closure by {days:g} days."
    return Bottleneck(resource=resource.label, more=more, days=days, text=text)


def _last_ready(problem: Problem, single: Alone, bound: float) -> list[Bottleneck]:
    """Units whose own journey alone, not the competition, sets the bound, and what the bound is for the rest of the force."""
    alone_days = [single.mover(index) for index in range(len(problem.movers))]
    last = [index for index, day in enumerate(alone_days) if day >= bound - 1e-9]
    rest = [index for index in range(len(alone_days)) if index not in last]
    if not last or not rest:
        return []
    others = replace(problem, movers=tuple(problem.movers[index] for index in rest))
    earlier, _ = closure_bound(others, problem.capacity, Alone(tuple(single.routes[index] for index in rest)), bound)
    gain = round(bound - earlier, 2)
    if gain <= 0:
        return []
    movers = [problem.movers[index] for index in last]
    names = " and ".join(mover.name for mover in movers)
    ready = ", ".join(f"D{mover.ready:+d}" for mover in movers)
    text = (
        f"{names}, ready to load on {ready}, would close last even with nobody else on the network; "
        f"leaving {'it' if len(last) == 1 else 'them'} out lowers the bound on closure by {gain:g} days."
    )
    return [Bottleneck(resource=f"journey of {names}", more="left out of the force", days=gain, text=text)]


def strength(problem: Problem, movements: Sequence[Movement]) -> tuple[float, ...]:
    """People in the area by day from D-day to the horizon: the countries that hold a sector base, with or without their vehicles."""
    return _present(problem, movements, problem.area)


def in_theatre(problem: Problem, movements: Sequence[Movement]) -> tuple[float, ...]:
    """People in the theatre by day from D-day to the horizon: the countries of the area, of border crossings and of staging areas."""
    return _present(problem, movements, problem.theatre)


def people_day(problem: Problem, movement: Movement, countries: tuple[str, ...]) -> float:
    """Day from D-day from which half of a unit's people or more are in some countries."""
    come = sorted(entry for shipment in movement.shipments for entry in _entries(problem, movement, shipment, countries))
    missing = sum(count for _, count in come) / 2 - 1e-6
    for day, count in come:
        missing -= count
        if missing <= 0:
            return day
    return movement.arrives + problem.calendar.first


def _present(problem: Problem, movements: Sequence[Movement], countries: tuple[str, ...]) -> tuple[float, ...]:
    """People in some countries by day from D-day to the horizon, from the day they come to the end of their unit's tours."""
    people = np.zeros(problem.horizon + 1)
    for movement in movements:
        for shipment in movement.shipments:
            for day, count in _entries(problem, movement, shipment, countries):
                first = max(0, ceil(day - 1e-9))
                people[first : max(first, movement.mover.end + 1)] += count
                for gone, back in movement.mover.away:
                    people[max(first, gone) : max(first, back + 1)] -= count
    return tuple(np.round(people, 1).tolist())


def _entries(problem: Problem, movement: Movement, shipment: Shipment, countries: tuple[str, ...]) -> list[tuple[float, float]]:
    """Days from D-day on which people of a load come to some countries, and how many.

    They come when they first reach a node there outside their own country, at the latest when they arrive at the base; those whose unit
    stands there abroad when called count from the day it is ready. Those whose unit is stationed elsewhere only pass through.
    """
    people, mover = shipment.load.cargo.people, movement.mover
    if people <= 0 or problem.countries[mover.base] not in countries:
        return []

    def abroad(node: str) -> bool:
        return problem.countries[node] in countries and problem.countries[node] != mover.member

    if abroad(mover.home) or not shipment.route.stages:
        return [(float(mover.ready), people)]
    for stage, piece in enumerate(shipment.route.stages):
        for hop in piece.hops:
            if abroad(hop.end) or hop.end == mover.base:
                days = np.flatnonzero(shipment.flows[stage] > 0)
                shift = problem.calendar.first + hop.arrives
                return [(int(day) + shift, float(shipment.flows[stage, day]) * people) for day in days]
    return []
