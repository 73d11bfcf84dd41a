"""People in the area and in the theatre, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from casque.deployment.line import MovementLine
from casque.mission.mission import Mission


@dataclass(frozen=True)
class Journey:
    """People of a line who travel together: the nodes that they reach and when, in days from D-day."""

    line: MovementLine
    people: float
    stops: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Ground:
    """Countries that people are counted in."""

    countries: tuple[str, ...]
    country: dict[str, str]
    """Of each node."""

    def entry(self, journey: Journey) -> float | None:
        """Day from D-day on which people come into the countries; none where they never do.

        They come when they first reach a node there outside their own country, at the latest when they arrive at their destination; those
        whose unit stands there abroad when called count from the day it is ready. Those whose unit is stationed elsewhere only pass
        through.
        """
        line = journey.line
        if journey.people <= 0 or self.country[line.destination] not in self.countries:
            return None
        if self._abroad(line.origin, line.member) or not journey.stops:
            return float(line.ready)
        for node, day in journey.stops:
            if self._abroad(node, line.member) or node == line.destination:
                return day
        return None

    def _abroad(self, node: str, member: str) -> bool:
        return self.country[node] in self.countries and self.country[node] != member


def ground(mission: Mission, countries: Iterable[str]) -> Ground:
    """Some countries, with those of all nodes."""
    return Ground(tuple(countries), {node.id: node.country for node in mission.transport.nodes})


def present(ground: Ground, journeys: Sequence[Journey], horizon: int) -> tuple[float, ...]:
    """People in some countries by day from D-day to the horizon, from the day they come to the end of their unit's tours."""
    people = np.zeros(horizon + 1)
    for journey in journeys:
        day = ground.entry(journey)
        if day is None:
            continue
        first = max(0, ceil(day - 1e-9))
        people[first : max(first, journey.line.end + 1)] += journey.people
        for gone, back in journey.line.away:
            people[max(first, gone) : max(first, back + 1)] -= journey.people
    return tuple(np.round(people, 1).tolist())


def half_there(ground: Ground, journeys: Sequence[Journey], in_place: float) -> float:
    """Day from D-day from which half of a unit's people or more are in some countries; the day it is in place where they never come."""
    come = sorted((day, journey.people) for journey in journeys if (day := ground.entry(journey)) is not None)
    missing = sum(count for _, count in come) / 2 - 1e-6
    for day, count in come:
        missing -= count
        if missing <= 0:
            return day
    return in_place
