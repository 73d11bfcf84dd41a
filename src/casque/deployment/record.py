"""A schedule in the words of the record: loads with their legs, units in place, outcomes."""

from __future__ import annotations

from typing import Literal, cast

import numpy as np

from casque.deployment.dispatch import Movement, Shipment
from casque.deployment.explain import people_day
from casque.deployment.problem import Mover, Problem
from casque.errors import CasqueBug
from casque.plan.movement import InPlace, Leg, Load
from casque.plan.record import Outcome, gap_between

_GRAIN = 0.01
"""Days, or weighted days late, below which two figures are the same."""


def load(problem: Problem, movement: Movement, shipment: Shipment) -> Load:
    """A load with its legs. A leg departs with the first part of the load and arrives with the last."""
    mover, cargo = movement.mover, shipment.load.cargo
    first = problem.calendar.first
    legs = [
        Leg(
            link=hop.link,
            start=hop.start,
            end=hop.end,
            mode=hop.mode,
            fleet=stage.fleet,
            departs=_day(int(days[0]) + hop.departs + first),
            arrives=_day(int(days[-1]) + hop.arrives + first),
        )
        for stage, days in ((stage, np.flatnonzero(flow > 0)) for stage, flow in zip(shipment.route.stages, shipment.flows, strict=True))
        for hop in stage.hops
    ]
    return Load(
        id=shipment.load.id,
        unit=mover.id,
        sector=mover.sector,
        what=cast(Literal["people", "equipment"], shipment.load.what),
        people=cargo.people,
        vehicles=round(cargo.vehicles, 1),
        lane_metres=round(cargo.lane_metres, 1),
        tonnes=round(cargo.tonnes, 1),
        ready=mover.ready,
        required=mover.required,
        legs=tuple(legs),
        arrives=_day(shipment.arrives + first),
    )


def in_place(problem: Problem, movement: Movement, earliest: float) -> InPlace:
    """When a unit is in place; `earliest` is the day index on which it could be with the network to itself."""
    mover = movement.mover
    day = _day(movement.arrives + problem.calendar.first)
    alone = _day(earliest + problem.calendar.first)
    near = min(day, _day(people_day(problem, movement, problem.area)))
    return InPlace(
        unit=mover.id,
        sector=mover.sector,
        part=mover.part,
        strength=mover.strength,
        day=day,
        earliest=alone,
        late=_day(problem.late(mover, day)),
        people_day=near,
        theatre_day=min(near, _day(people_day(problem, movement, problem.theatre))),
        ready=float(mover.ready),
        outside=problem.countries[mover.base] not in problem.area,
    )


def held_reason(problem: Problem, mover: Mover) -> str:
    """Why a unit that has routes is held at home."""
    last = problem.calendar.first + problem.calendar.size - 1
    return (
        f"{mover.name} cannot be moved: none of its routes brings all of it in by D{last:+d}, "
        f"because they are closed, too narrow or taken by units dispatched before it."
    )


def outcome(value: float, bound: float, moved: bool, left_behind: bool) -> Outcome:
    """Outcome of something to be made small: optimal where value and bound meet within the grain of a hundredth.

    Nothing is proven best while a unit is left behind, since value and bound then hold for the units that `moved` only. Raises CasqueBug
    where the bound passes the value.
    """
    if bound > value + _GRAIN:
        raise CasqueBug(f"a schedule reaches {value}, which its bound {bound} rules out")
    value, bound = _day(value), _day(min(value, bound))
    if left_behind:
        return Outcome(status="feasible" if moved else "infeasible", value=value, bound=bound, gap=1.0 if moved else 0.0, sense="least")
    return Outcome(
        status="optimal" if value == bound else "feasible", value=value, bound=bound, gap=gap_between(value, bound), sense="least"
    )


def _day(day: float) -> float:
    return round(day, 2) + 0.0
