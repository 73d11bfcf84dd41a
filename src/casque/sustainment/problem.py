"""The distribution problem in numbers: periods, stocks wanted, entries, depots, bases and the ways between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casque.mission.mission import Mission
from casque.mission.supply import Contract, Depot, Entry
from casque.sustainment.capacity import Capacity
from casque.sustainment.demand import CLASSES, Array, Demand
from casque.sustainment.network import Network, Path, closures


@dataclass(frozen=True)
class Params:
    """What steers the stage. The answer of a linear program depends on no seed; the field is there so that every stage takes one."""

    seed: int = 0
    daily_days: int = 30
    """Days from D-day that are planned one by one; later periods are longer."""
    period_days: int = 7
    """Length of the later periods."""
    deterministic_seconds: float = 120.0
    """Stop rule of the main program in the solver's deterministic time."""
    most_ways: int = 3
    """Ways between two nodes that are offered to the program for each state of the network, the quickest first."""
    closure_days: int = 14
    """Days that a link, node or fleet is closed in the search for weak links."""
    closures_tried: int = 14
    """Resources tried, those that carry most first."""
    weak_links: int = 10
    """Weak links reported."""


@dataclass(frozen=True)
class Periods:
    """Stretches of days that are planned as one."""

    first: tuple[int, ...]
    """First day of each."""
    length: tuple[int, ...]
    """Days of each."""

    def mean(self, series: Array) -> Array:
        """Mean of daily figures (last axis) by period."""
        return np.asarray(self.total(series) / np.array(self.length))

    def total(self, series: Array) -> Array:
        """Sum of daily figures (last axis) by period."""
        return np.add.reduceat(series[..., self.first[0] : self.first[-1] + self.length[-1]], np.array(self.first) - self.first[0], axis=-1)


@dataclass(frozen=True)
class Pair:
    """A source and a destination between which supply can flow."""

    source: str
    """`entry` or `depot`."""
    source_at: int
    """Position of the entry or depot."""
    target: str
    """`depot` or `base`."""
    target_at: int
    """Position of the depot or base (sector)."""
    classes: tuple[int, ...]
    """Positions of the classes that may flow."""
    ways: tuple[Path, ...]
    """Ways that are open in at least one period."""
    start: int
    """Node where it starts."""
    end: int
    """Node where it ends."""


@dataclass(frozen=True)
class Problem:
    """Everything the program needs; axes are base (sector) or depot, class, period; tonnes, or tonnes a day where it says so."""

    periods: Periods
    demand: Array
    """Tonnes a day that must be hauled, contracts deducted."""
    brought: Array
    """Tonnes that units bring along in the period."""
    opening: Array
    """Stock at the bases before the first period."""
    target: Array
    """Stock wanted at the end of the period."""
    least: Array
    """Stock below which a base is in trouble."""
    room: Array
    """Most that a base holds: its largest target so far and soon, and what units brought."""
    depot_opening: Array
    """Stock of the depots before the first period."""
    depot_level: Array
    """Stock that the depots keep if they can: what they opened with."""
    depot_capacity: Array
    """Most that a depot holds, all classes together."""
    open_depots: NDArray[np.bool_]
    """Whether a depot works, by depot and period."""
    closed_depots: NDArray[np.bool_]
    """Whether a depot has been given up, by depot and period; what is left in it then is lost."""
    open_entries: NDArray[np.bool_]
    """Whether an entry works, by entry and period."""
    pairs: tuple[Pair, ...]
    """Sources and destinations."""
    links: Array
    """Tonnes a day by link and period."""
    nodes: Array
    """Tonnes a day by node and period."""
    road: Array
    """Loaded tonne-kilometres a day by period, all fleets."""
    rail: Array
    """Loaded tonne-kilometres a day by period, trains."""


@dataclass(frozen=True)
class Stocks:
    """Tonnes at bases and depots, by class."""

    bases: Array
    depots: Array


def contracted(mission: Mission, days: int) -> Array:
    """Share of the demand that contracts bring to the bases themselves, by class and day; never more than all of it."""
    share = np.zeros((len(CLASSES), days))
    for contract in mission.supply.contracts:
        first, last = _span(mission, contract, days)
        share[CLASSES.index(contract.supply_class), first : last + 1] += contract.share
    return np.minimum(share, 1.0)


def _span(mission: Mission, item: Entry | Depot | Contract, days: int) -> tuple[int, int]:
    """First and last day of a source of supply within the plan; the first is after the last where there is none."""
    first = max(0, (item.from_day - mission.about.d_day).days)
    last = days - 1 if item.until is None else min(days - 1, (item.until - mission.about.d_day).days)
    return first, max(last, -1)


def opening_stocks(mission: Mission) -> Stocks:
    """Stocks on D-day: nothing at the bases, the written opening stock in the depots."""
    depots = np.array([[float(depot.opening.get(supply_class, 0.0)) for supply_class in CLASSES] for depot in mission.supply.depots])
    return Stocks(np.zeros((len(mission.area.sectors), len(CLASSES))), depots.reshape(len(mission.supply.depots), len(CLASSES)))


def policy_days(mission: Mission) -> tuple[Array, Array]:
    """Days of supply wanted and least, by class; 0 where there is no policy."""
    policies = {policy.supply_class: policy for policy in mission.supply.policies}
    target = np.array([policies[item].target if item in policies else 0.0 for item in CLASSES])
    least = np.array([policies[item].least if item in policies else 0.0 for item in CLASSES])
    return np.maximum(target, least), least


def periods_of(capacity: Capacity, mission: Mission, days: int, params: Params) -> Periods:
    """Single days at first, then longer periods, cut wherever something opens or closes so that each has one network."""
    starts = set(range(min(days, params.daily_days))) | set(range(params.daily_days, days, params.period_days))
    for series in (capacity.links > 0, capacity.nodes > 0, capacity.fleets > 0):
        starts |= {int(day) + 1 for day in np.flatnonzero(np.any(series[:, 1:] != series[:, :-1], axis=0))}
    sources: tuple[Entry | Depot, ...] = (*mission.supply.entries, *mission.supply.depots)
    changes = [_span(mission, item, days)[0] for item in sources]
    changes += [_span(mission, item, days)[1] + 1 for item in (*sources, *mission.supply.contracts)]
    starts |= {day for day in changes if 0 < day < days}
    first = sorted(starts | {0})
    return Periods(tuple(first), tuple(end - start for start, end in zip(first, [*first[1:], days], strict=True)))


def problem_of(mission: Mission, demand: Demand, capacity: Capacity, stocks: Stocks, periods: Periods, most_ways: int) -> Problem:
    """The problem for some periods, from the stocks before the first of them."""
    days = demand.tonnes.shape[-1]
    first = np.array(periods.first)
    entries = np.array([_span(mission, item, days) for item in mission.supply.entries]).reshape(-1, 2, 1)
    depots = np.array([_span(mission, item, days) for item in mission.supply.depots]).reshape(-1, 2, 1)
    target_days, least_days = policy_days(mission)
    target, least = (demand.tonnes * wanted[None, :, None] for wanted in (target_days, least_days))
    ahead = np.stack([target[..., day : day + 14].max(axis=-1) for day in range(days)], axis=-1)
    ends = first + np.array(periods.length) - 1
    room = np.maximum.accumulate(ahead, axis=-1) + np.cumsum(demand.brought, axis=-1) + stocks.bases[:, :, None]
    hauled = demand.tonnes * (1.0 - contracted(mission, days))[None, :, :]
    level = opening_stocks(mission).depots
    return Problem(
        periods=periods,
        demand=periods.mean(hauled),
        brought=periods.total(demand.brought),
        opening=stocks.bases,
        target=target[..., ends],
        least=np.minimum(least, target)[..., ends],
        room=room[..., ends],
        depot_opening=stocks.depots,
        depot_level=level,
        depot_capacity=np.array(
            [max(depot.capacity, row.sum(), now.sum()) for depot, row, now in zip(mission.supply.depots, level, stocks.depots, strict=True)]
        ),
        open_depots=(depots[:, 0] <= first) & (first <= depots[:, 1]),
        closed_depots=depots[:, 1] < first,
        open_entries=(entries[:, 0] <= first) & (first <= entries[:, 1]),
        pairs=_pairs(mission, capacity, periods, most_ways),
        links=periods.mean(np.where(np.isinf(capacity.links), 1e12, capacity.links)),
        nodes=periods.mean(np.where(np.isinf(capacity.nodes), 1e12, capacity.nodes)),
        road=periods.mean(capacity.fleets.sum(axis=0)),
        rail=periods.mean(capacity.rail),
    )


def _pairs(mission: Mission, capacity: Capacity, periods: Periods, most_ways: int) -> tuple[Pair, ...]:
    at = {node.id: position for position, node in enumerate(mission.transport.nodes)}
    sources = [
        ("entry", position, entry.node, tuple(sorted(CLASSES.index(item) for item in entry.classes)))
        for position, entry in enumerate(mission.supply.entries)
    ]
    depots = [("depot", position, depot.node, tuple(range(len(CLASSES)))) for position, depot in enumerate(mission.supply.depots)]
    bases = [("base", position, sector.base) for position, sector in enumerate(mission.area.sectors)]
    network, states = Network(mission), sorted({_state(closures(capacity, day)) for day in periods.first})
    pairs = []
    for source, source_at, start, classes in sources + depots:
        targets = [(kind, position, node) for kind, position, node, _ in depots] + bases if source == "entry" else bases
        for target, target_at, end in targets:
            if start not in at or end not in at or (target == "base" and _has_depot(mission, source, source_at)):
                continue
            ways = {
                way for links, nodes in states for way in network.ways(at[start], at[end], frozenset(links), frozenset(nodes))[:most_ways]
            }
            if ways and classes:
                pairs.append(Pair(source, source_at, target, target_at, classes, tuple(sorted(ways)), at[start], at[end]))
    return tuple(pairs)


def _has_depot(mission: Mission, source: str, source_at: int) -> bool:
    """Whether all that comes in at an entry can go through a depot at the same node, so that ways from the entry itself add nothing."""
    if source != "entry":
        return False
    entry = mission.supply.entries[source_at]
    return any(
        depot.node == entry.node
        and depot.from_day <= max(entry.from_day, mission.about.d_day)
        and (depot.until is None or (entry.until is not None and entry.until <= depot.until))
        for depot in mission.supply.depots
    )


def _state(shut: tuple[frozenset[int], frozenset[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(sorted(shut[0])), tuple(sorted(shut[1]))
