"""Fleets of the scheduler's draft: what a vehicle takes, where it stands, and the ticks between two trips of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from casque.deployment.calendar import Calendar
from casque.deployment.network import Network
from casque.deployment.schedule.draft import Draft, Fleet
from casque.deployment.translation.clock import DAY, whole
from casque.deployment.translation.section import Section
from casque.mission.transport import Lift
from casque.mission.vocabulary import Mode
from casque.reference.load import Reference

Ints = NDArray[np.int64]
FAR = 10**6
"""Ticks of a way that a fleet never makes."""
NO_LIMIT = 1e15
_EARTH = 6371.0


@dataclass
class Lifts:
    """Fleets in the order in which they first got a leg."""

    network: Network
    reference: Reference
    lifts: list[Lift] = field(default_factory=list)

    def number(self, lift: Lift) -> int:
        """Number of a fleet."""
        for number, known in enumerate(self.lifts):
            if known.id == lift.id:
                return number
        self.lifts.append(lift)
        return len(self.lifts) - 1

    def limits(self, lift: Lift) -> list[float]:
        """What one vehicle carries: people, tonnes of the four classes, lane metres."""
        return limits(lift, self.reference)

    def enter(self, draft: Draft, sections: list[tuple[Section, int, int]]) -> None:
        """Add all fleets to a draft; sections come with the numbers of their places."""
        homes = [draft.place(f"home of {lift.id}") for lift in self.lifts]
        for number, lift in enumerate(self.lifts):
            mine = [item for item in sections if item[0].lift is not None and item[0].lift.id == lift.id]
            travel = self._travel(lift, mine, len(draft.places), homes[number])
            first, last = _days_at_work(lift, self.network.calendar)
            longest = max((section.time for section, _, _ in mine), default=1)
            back = [int(travel[end, start]) for _, start, end in mine]
            draft.fleet(
                Fleet(
                    homes=[homes[number]] * lift.number,
                    travel=travel,
                    limits=limits(lift, self.reference),
                    look=int(np.median(back)) if back else 0,
                    first=first,
                    last=draft.horizon if last is None else min(draft.horizon, last + longest),
                    cost=float(getattr(lift, "cost_per_hour", None) or 1.0),
                )
            )

    def _travel(self, lift: Lift, sections: list[tuple[Section, int, int]], places: int, home: int) -> Ints:
        """Ticks between two trips: the way without loads to the next one, and the rest that the hours a day ask for.

        From the end of a trip to its own start it is what is left of the cycle; to other starts by the same rule, with the way back
        replaced by the shortest way there. A vehicle of a fleet without a home stands where it is first needed. A ship hired by the voyage
        is released where it is unloaded, and the next is hired where it is needed: of those there are so many at a time.
        """
        if self._by_voyage(lift):
            return np.zeros((places, places), dtype=np.int64)
        travel = np.full((places, places), FAR, dtype=np.int64)
        np.fill_diagonal(travel, 0)
        stretch = DAY / lift.hours_per_day
        starts = {begin: section.start for section, begin, _ in sections}
        ends = {end: section.end for section, _, end in sections}
        rest: dict[int, list[float]] = {}
        for section, _, end in sections:
            rest.setdefault(end, []).append((stretch - 1) * section.time)
        for end, from_node in ends.items():
            for begin, to_node in starts.items():
                hours = stretch * self._empty(lift, sections, from_node, to_node) + float(np.mean(rest[end]))
                travel[end, begin] = whole(hours) if hours > 1e-6 else 0
        for section, begin, end in sections:
            travel[end, begin] = max(0, whole(section.cycle) - section.time)
        travel[home, list(starts)] = 0
        base = getattr(lift, "home", None)
        if base in self.network.nodes:
            for begin, to_node in starts.items():
                travel[home, begin] = whole(stretch * self._empty(lift, sections, base, to_node)) if base != to_node else 0
        return travel

    def _by_voyage(self, lift: Lift) -> bool:
        """Whether a fleet is ships without a home that an organisation provides: it has none of its own, and hires for a voyage."""
        nations = {node.country for node in self.network.nodes.values()}
        return lift.mode is Mode.SEA and getattr(lift, "home", None) is None and lift.owner not in nations

    def _empty(self, lift: Lift, sections: list[tuple[Section, int, int]], start: str, end: str) -> float:
        """Hours without loads between two nodes: by a section of the fleet where there is one, else the great circle, half as long again
        for ships and trains."""
        if start == end:
            return 0.0
        for section, _, _ in sections:
            if {section.start, section.end} == {start, end}:
                return section.passages()[-1][1] - section.loading
        a, b = self.network.nodes[start], self.network.nodes[end]
        detour = 1.0 if lift.mode is Mode.AIR else 1.5
        return detour * _great_circle((a.longitude, a.latitude), (b.longitude, b.latitude)) / lift.speed


def limits(lift: Lift, reference: Reference) -> list[float]:
    """What one vehicle of a fleet carries: people, tonnes of the four classes, lane metres. Without a figure for either tonnes or lane
    metres it is bound by the other alone."""
    stowage = reference.value("movement.stowage") if lift.mode is Mode.SEA else 1.0
    cargo = lift.tonnes > 0 or lift.lane_metres > 0
    tonnes = (lift.tonnes if lift.tonnes > 0 else NO_LIMIT) if cargo else 0.0
    metres = (lift.lane_metres * stowage if lift.lane_metres > 0 else NO_LIMIT) if cargo else 0.0
    by_class = [getattr(lift, name, None) for name in ("bulk", "oversize", "outsize")]
    classes = [tonnes if figure is None else float(figure) for figure in by_class]
    return [lift.people, *classes, tonnes, metres]


def _days_at_work(lift: Lift, calendar: Calendar) -> tuple[int, int | None]:
    """Tick on which a fleet comes to work, and the tick behind its last day."""
    first = max(0, calendar.index(lift.first_day) * DAY)
    return first, None if lift.last_day is None else max(0, (calendar.index(lift.last_day) + 1) * DAY)


def _great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points in degrees east and north."""
    east_a, north_a, east_b, north_b = np.radians([*a, *b])
    half = np.sin((north_b - north_a) / 2) ** 2 + np.cos(north_a) * np.cos(north_b) * np.sin((east_b - east_a) / 2) ** 2
    return float(2 * _EARTH * np.arcsin(np.sqrt(min(1.0, half))))
