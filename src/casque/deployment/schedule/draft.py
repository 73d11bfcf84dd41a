"""Building a world: places, capacities, fleets, legs and routes by name or number, then all loads at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from casque.deployment.schedule.world import BULK, DRIVEN, METRES, ONE, PEOPLE, SURFACE_ONLY, TONNES, Floats, Ints, World
from casque.errors import CasqueBug


class Use(NamedTuple):
    """What a leg draws on a capacity: so much of a quantity, from `offset` ticks after its start for `time` ticks."""

    resource: int
    quantity: int
    offset: int = 0
    time: int = 1
    factor: float = 1.0


@dataclass(frozen=True)
class Fleet:
    """Like vehicles; 0 of a quantity means that they take none of it."""

    homes: Sequence[int]
    """Place of each vehicle at the start."""
    travel: ArrayLike
    """Place x place: ticks of travel without loads."""
    limits: Sequence[float]
    """On one vehicle: people, tonnes of bulk, of oversize, of outsize, of surface-only cargo if it carried nothing else, metres."""
    look: int = 0
    """Ticks that it looks ahead for loads while a vehicle comes back empty."""
    first: int = 0
    """Tick from which its vehicles are there."""
    last: int | None = None
    """Tick by which their last trips have ended; the horizon where it is not given."""
    cost: float = 0.0
    """Cost of a tick of travel without loads."""


@dataclass(frozen=True)
class Loads:
    """Loads as columns; groups as columns too."""

    group: ArrayLike
    kind: ArrayLike
    """Class of each load, as numbered by the draft."""
    ready: ArrayLike
    """Tick from which a load may leave."""
    people: ArrayLike
    """1 for people who travel apart from the vehicles of their group."""
    amount: ArrayLike
    """Load x quantity, the first seven; `ONE` and `TONNES` are filled in."""
    due: ArrayLike
    """By group: tick by which it is required."""
    weight: ArrayLike
    """By group: weight of a tick of lateness."""


@dataclass
class Draft:
    """A network in the making. Everything is numbered in the order in which it is added."""

    horizon: int
    ahead: int = 0
    places: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    fleets: list[Fleet] = field(default_factory=list)
    _widths: list[int] = field(default_factory=list)
    _capacity: list[Floats] = field(default_factory=list)
    _legs: list[tuple[int, int, int, int, int, int, int, float]] = field(default_factory=list)
    _uses: list[tuple[Use, ...]] = field(default_factory=list)
    _routes: list[tuple[int, ...]] = field(default_factory=list)
    _classes: list[int] = field(default_factory=lambda: [0])

    def place(self, name: str) -> int:
        """A place."""
        self.places.append(name)
        return len(self.places) - 1

    def resource(self, name: str, width: int, capacity: ArrayLike) -> int:
        """A capacity in periods of `width` ticks: one figure for all periods, or one each; behind them there is none."""
        periods = -(-self.horizon // width)
        given = np.asarray(capacity, dtype=np.float64)
        self.resources.append(name)
        self._widths.append(width)
        self._capacity.append(
            np.full(periods, float(given)) if given.ndim == 0 else np.resize(np.append(given, np.zeros(periods)), periods)
        )
        return len(self.resources) - 1

    def fleet(self, fleet: Fleet) -> int:
        """A fleet."""
        self.fleets.append(fleet)
        return len(self.fleets) - 1

    def leg(
        self,
        start: int,
        end: int,
        time: int,
        fleet: int = DRIVEN,
        uses: Iterable[Use] = (),
        *,
        dwell: int = 0,
        space: tuple[int, int] = (-1, ONE),
        cost: float = 0.0,
    ) -> int:
        """A leg; `space` is the capacity, and the quantity of it, that a load takes while it waits for the leg."""
        if time < 1:
            raise CasqueBug("A leg takes at least one tick.")
        self._legs.append((start, end, fleet, time, dwell, *space, cost))
        self._uses.append(tuple(uses))
        return len(self._legs) - 1

    def routes(self, chains: Iterable[Sequence[int]]) -> int:
        """A class of loads: those that may take any of these chains of legs."""
        self._routes.extend(tuple(chain) for chain in chains)
        if len(self._routes) == self._classes[-1] or not all(self._routes):
            raise CasqueBug("A class of loads needs a route, and a route a leg.")
        self._classes.append(len(self._routes))
        return len(self._classes) - 2

    def world(self, loads: Loads) -> World:
        """The problem."""
        legs, uses = _table(self._legs, 8), _table([use for some in self._uses for use in some], 5)
        whole = legs[:, :7].astype(np.int64)
        drawn = uses[:, :4].astype(np.int64)
        amount = np.zeros((len(np.asarray(loads.group)), 9))
        amount[:, :7] = np.asarray(loads.amount, dtype=np.float64)[:, :7]
        amount[:, ONE] = 1.0
        amount[:, TONNES] = amount[:, BULK : SURFACE_ONLY + 1].sum(axis=1)
        people, group, due = _ints(loads.people), _ints(loads.group), _ints(loads.due)
        fleet_of = np.where(whole[:, 2] < 0, len(self.fleets), whole[:, 2])
        travel = [np.asarray(fleet.travel, dtype=np.int64) for fleet in self.fleets]
        places = len(self.places)
        return World(
            horizon=self.horizon,
            ahead=self.ahead,
            load_group=group,
            load_class=_ints(loads.kind),
            load_ready=_ints(loads.ready),
            load_people=people,
            load_amount=amount,
            share=shares(self.fleets, amount),
            class_first=_ints(self._classes),
            route_first=_firsts(len(route) for route in self._routes),
            route_leg=_ints([leg for route in self._routes for leg in route]),
            leg_from=whole[:, 0].copy(),
            leg_to=whole[:, 1].copy(),
            leg_fleet=whole[:, 2].copy(),
            leg_time=whole[:, 3].copy(),
            leg_dwell=whole[:, 4].copy(),
            leg_space=whole[:, 5].copy(),
            leg_space_quantity=whole[:, 6].copy(),
            leg_cost=legs[:, 7].copy(),
            use_first=_firsts(len(some) for some in self._uses),
            use_resource=drawn[:, 0].copy(),
            use_quantity=drawn[:, 1].copy(),
            use_offset=drawn[:, 2].copy(),
            use_time=drawn[:, 3].copy(),
            use_factor=uses[:, 4].copy(),
            resource_width=_ints(self._widths),
            resource_first=_firsts(len(row) for row in self._capacity),
            capacity=np.concatenate([np.zeros(0), *self._capacity]),
            fleet_vehicle_first=_firsts(len(fleet.homes) for fleet in self.fleets),
            fleet_leg_first=_firsts(np.bincount(fleet_of, minlength=len(self.fleets) + 1).tolist()),
            fleet_leg=np.argsort(fleet_of, kind="stable").astype(np.int64),
            fleet_look=_ints([fleet.look for fleet in self.fleets]),
            fleet_cost=np.array([fleet.cost for fleet in self.fleets], dtype=np.float64),
            vehicle_place=_ints([home for fleet in self.fleets for home in fleet.homes]),
            vehicle_from=_ints([fleet.first for fleet in self.fleets for _ in fleet.homes]),
            vehicle_until=_ints([self.horizon if fleet.last is None else fleet.last for fleet in self.fleets for _ in fleet.homes]),
            travel=np.array(travel, dtype=np.int64).reshape(len(travel), places, places),
            group_due=due,
            group_weight=np.array(loads.weight, dtype=np.float64),
            group_vehicles=np.bincount(group[people == 0], minlength=len(due)).astype(np.int64),
        )


def shares(fleets: Sequence[Fleet], amount: Floats) -> Floats:
    """Load x fleet: the part of a vehicle that a load takes, which is the largest of its parts in people, tonnes and lane metres.

    Tonnes of the cargo classes add up, each against what the vehicle would carry of that class alone. Infinity where it takes none.
    """
    result = np.zeros((len(amount), len(fleets)))
    with np.errstate(divide="ignore", invalid="ignore"):
        for number, fleet in enumerate(fleets):
            parts = amount[:, PEOPLE : METRES + 1] / np.asarray(fleet.limits, dtype=np.float64)
            parts = np.where(amount[:, PEOPLE : METRES + 1] > 0, parts, 0.0)
            tonnes = parts[:, BULK : SURFACE_ONLY + 1].sum(axis=1)
            result[:, number] = np.maximum(np.maximum(parts[:, PEOPLE], tonnes), parts[:, METRES])
    return result


def _ints(values: ArrayLike) -> Ints:
    return np.array(values, dtype=np.int64)


def _firsts(counts: Iterable[int]) -> Ints:
    return np.cumsum([0, *counts], dtype=np.int64)


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    return np.array(rows, dtype=np.float64).reshape(len(rows), columns)
