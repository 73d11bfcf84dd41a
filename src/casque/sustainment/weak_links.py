"""Weak links: each road, entry and truck fleet that carries something is closed for a fortnight, and the window is solved again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.mission.mission import Mission
from casque.plan.supply import VITAL as VITAL_CLASSES
from casque.plan.supply import WeakLink
from casque.sustainment.bases import days_of_supply, stock_outs
from casque.sustainment.capacity import Capacity
from casque.sustainment.demand import CLASSES, Array, Demand, winter_days
from casque.sustainment.distribute import Distribution, Ledger, distribute, ledger
from casque.sustainment.problem import Params, Periods, Problem, Stocks, policy_days, problem_of

_NEAR = 0.95

VITAL = tuple(CLASSES.index(item) for item in VITAL_CLASSES)
"""Positions in `CLASSES` of what people cannot do without."""


@dataclass(frozen=True)
class Window:
    """A fortnight as it goes with one closure, or with none."""

    problem: Problem
    plan: Distribution
    first_out: Array
    """First day on which a base is out of a vital class, infinite where it never is; by base and vital class."""
    cover: Array
    """Days of supply left at the end; infinite without demand; by base and vital class."""
    theatre: Array
    """Days of supply left at the end in all bases and depots together; by vital class."""


def worst_day(mission: Mission, demand: Demand, kept: Ledger, closure_days: int) -> int:
    """Day on which the closure begins: near the greatest strength, in winter if the horizon has one, when stocks are lowest.

    Near means at least nineteen twentieths of the greatest strength of those days; lowest means the fewest days of a vital class at any
    base over its least stock. The closure ends within the horizon.
    """
    people = demand.people.sum(axis=0)
    days = max(1, len(people) - closure_days + 1)
    latitude = {node.id: node.latitude for node in mission.transport.nodes}
    north = latitude.get(mission.area.sectors[0].base, 0.0) if mission.area.sectors else 0.0
    winter = winter_days(mission.about.d_day, days, north) & (people[:days] > 0)
    candidates = np.flatnonzero(winter) if winter.any() else np.arange(days)
    near = candidates[people[candidates] >= _NEAR * people[candidates].max()]
    least = np.maximum(1.0, policy_days(mission)[1][list(VITAL)])[None, :, None]
    cover = np.where(demand.tonnes[:, VITAL] > 0, days_of_supply(demand, kept)[:, VITAL] / least, np.inf)
    lowest = np.concatenate([[np.inf], cover.min(axis=(0, 1), initial=np.inf)])[near]
    return int(near[np.argmin(np.round(lowest, 3))])


def weak_links(mission: Mission, demand: Demand, capacity: Capacity, start: int, stocks: Stocks, params: Params) -> tuple[WeakLink, ...]:
    """What breaks supply, worst first: by people left without, then how soon, then by the stocks left at a base and lost in the theatre.

    `start` is the day the closure begins, `stocks` what bases and depots hold on its morning. Only what a closure makes worse counts.
    """
    last = min(start + params.closure_days, demand.tonnes.shape[-1]) - 1
    if last < start or not demand.people[:, start : last + 1].any():
        return ()
    open_ = _window(mission, demand, capacity, stocks, start, last, params)
    found = []
    for kind, position, tonnes in _used(mission, capacity, open_, start, last)[: params.closures_tried]:
        shut = _window(mission, demand, capacity.closed(kind, position, start, last), stocks, start, last, params)
        found.append(_weak_link(mission, demand, capacity, kind, position, open_, shut, start, tonnes))
    found.sort(key=lambda item: (-item[0].people, *item[1:]))
    return tuple(item[0] for item in found[: params.weak_links])


def _window(mission: Mission, demand: Demand, capacity: Capacity, stocks: Stocks, start: int, last: int, params: Params) -> Window:
    periods = Periods(tuple(range(start, last + 1)), (1,) * (last - start + 1))
    problem = problem_of(mission, demand, capacity, stocks, periods, params.most_ways)
    plan = distribute(mission, problem, params.deterministic_seconds)
    kept = ledger(mission, demand, problem, plan)
    outs = stock_outs(demand, kept)[:, VITAL, start : last + 1]
    first_out = np.where(outs.any(axis=-1), start + outs.argmax(axis=-1).astype(float), np.inf)
    wanted = demand.tonnes[:, VITAL, last]
    cover = np.where(wanted > 0, days_of_supply(demand, kept)[:, VITAL, last], np.inf)
    held = kept.stock[:, VITAL, last].sum(axis=0) + plan.depots[:, VITAL, -1].sum(axis=0)
    theatre = np.divide(held, wanted.sum(axis=0), out=np.full(len(VITAL), np.inf), where=wanted.sum(axis=0) > 0)
    return Window(problem, plan, first_out, cover, theatre)


def _used(mission: Mission, capacity: Capacity, window: Window, start: int, last: int) -> list[tuple[str, int, float]]:
    """Links, entries and fleets that carry anything in the window while all is open, with their tonnes a day, those with most first."""
    tonnes: dict[tuple[str, int], float] = {}
    nodes = {node.id: position for position, node in enumerate(mission.transport.nodes)}
    entries = {nodes[entry.node] for entry in mission.supply.entries if entry.node in nodes}
    on_road = 0.0
    for (position, way, _), flow in window.plan.way.items():
        pair = window.problem.pairs[position]
        path = pair.ways[way]
        on_road += flow * (path.road > 0)
        for key in [("link", link) for link in path.links] + [("node", pair.start)] * (pair.source == "entry" and pair.start in entries):
            tonnes[key] = tonnes.get(key, 0.0) + flow
    work = capacity.fleets[:, start]
    if work.sum() > 0:
        tonnes |= {("fleet", fleet): on_road * float(work[fleet] / work.sum()) for fleet in range(len(work))}
    daily = [(kind, position, round(carried / (last - start + 1), 3)) for (kind, position), carried in tonnes.items()]
    return sorted((item for item in daily if item[2] > 0), key=lambda item: (-item[2], item[0], item[1]))


def _weak_link(
    mission: Mission,
    demand: Demand,
    capacity: Capacity,
    kind: str,
    position: int,
    open_: Window,
    shut: Window,
    start: int,
    tonnes: float,
) -> tuple[WeakLink, float, float, float]:
    """The record of one closure, with the day and the cover that rank it."""
    name, words = _names(mission, capacity, kind, position)
    last = start + len(shut.problem.periods.first) - 1
    closed = f"With {words} closed from D+{start} to D+{last}"
    plain = WeakLink(resource=name, kind=kind, people=0.0, first_out=None, base="", supply_class="", text="", closed=(start, last))
    worse = shut.first_out < open_.first_out
    least = np.maximum(1.0, policy_days(mission)[1][list(VITAL)])
    lower = np.where(shut.cover < open_.cover - 1e-3, shut.cover / least, np.inf)
    drained, theatre = _theatre(open_, shut)
    if not worse.any() and not np.isfinite(lower).any():
        means = "come from the depots or go by other means" if theatre else "go by other means or can wait"
        text = f"{closed}, no base runs lower: the {tonnes:,.0f} tonnes a day that it carries {means}.{theatre}"
        return plain.model_copy(update={"text": text}), np.inf, np.inf, -drained
    hit = np.where(worse, shut.first_out, np.inf) if worse.any() else lower
    base, vital = (int(axis) for axis in np.unravel_index(int(np.argmin(hit)), hit.shape))
    first = plain.model_copy(update={"base": mission.area.sectors[base].base, "supply_class": str(CLASSES[VITAL[vital]])})
    rank = round(float(lower.min()), 6), -drained
    if not worse.any():
        text = (
            f"{closed}, nobody runs out; {_base(mission, base)} comes closest, with {shut.cover[base, vital]:.1f} days of {_class(vital)} "
            f"left at the end instead of {open_.cover[base, vital]:.1f}.{theatre}"
        )
        return first.model_copy(update={"text": text}), np.inf, *rank
    out = {row: int(shut.first_out[row][worse[row]].min()) for row in np.flatnonzero(worse.any(axis=1)).tolist()}
    people = float(sum(demand.people[row, day] for row, day in out.items()))
    text = (
        f"{closed}, {_base(mission, base)} runs out of {_class(vital)} on D+{out[base]}; "
        f"{people:,.0f} people in all are left without something they cannot do without.{theatre}"
    )
    starved = tuple(mission.area.sectors[row].id for row in sorted(out, key=lambda row: (out[row], row)))
    facts = {"people": round(people, 3), "first_out": out[base], "starved": starved, "text": text}
    return first.model_copy(update=facts), float(out[base]), *rank


def _theatre(open_: Window, shut: Window) -> tuple[float, str]:
    """Days of supply that the theatre loses in the class that loses most, and that in a sentence if it is a day or more."""
    known = np.isfinite(open_.theatre)
    lost = np.where(known, np.where(known, open_.theatre, 0.0) - np.where(known, shut.theatre, 0.0), 0.0)
    vital = int(np.argmax(np.round(lost, 6)))
    text = f" All stocks of {_class(vital)} together end at {shut.theatre[vital]:.1f} days instead of {open_.theatre[vital]:.1f}."
    return round(float(lost[vital]), 6), text if lost[vital] >= 1.0 else ""


def _names(mission: Mission, capacity: Capacity, kind: str, position: int) -> tuple[str, str]:
    nodes = {node.id: node.name for node in mission.transport.nodes}
    if kind == "link":
        link = mission.transport.links[position]
        return link.id, f"the {link.mode} between {nodes.get(link.start, link.start)} and {nodes.get(link.end, link.end)}"
    if kind == "node":
        return mission.transport.nodes[position].id, mission.transport.nodes[position].name
    name = capacity.fleet_names[position]
    if position < len(mission.supply.trucks):
        fleet = mission.supply.trucks[position]
        return name, f"the fleet {fleet.id} of {fleet.number} trucks"
    return name, "the trucks of the force's own transport and logistics units"


def _base(mission: Mission, base: int) -> str:
    sector = mission.area.sectors[base]
    return f"{ {node.id: node.name for node in mission.transport.nodes}.get(sector.base, sector.base) } in {sector.name}".strip()


def _class(vital: int) -> str:
    name = str(CLASSES[VITAL[vital]])
    return {"I": "rations (class I)", "III": "fuel (class III)", "medical": "medical stores"}.get(name, name)
