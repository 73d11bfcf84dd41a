"""The journey of a load in the terms of a movement officer: home, port of embarkation, port of debarkation, destination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from casque.mission.vocabulary import Mode
from casque.plan.movement import Leg, Load

TO_PORT, MAIN, ONWARD = range(3)
"""Parts of a journey: to the port of embarkation, between the ports, from the port of debarkation on."""

DEPARTS_ORIGIN, REACHES_POE, LEAVES_POE, REACHES_POD, LEAVES_POD, REACHES_DESTINATION = (
    "departs origin",
    "reaches POE",
    "leaves POE",
    "reaches POD",
    "leaves POD",
    "reaches destination",
)
MOMENTS = (DEPARTS_ORIGIN, REACHES_POE, LEAVES_POE, REACHES_POD, LEAVES_POD, REACHES_DESTINATION)
"""Planned times of a journey, in the order in which they come for each shipment."""


@dataclass(frozen=True)
class Part:
    """A part of a journey: some legs in a row."""

    first: int
    """Place of its first leg in the load's legs."""
    legs: tuple[Leg, ...]
    """Legs; none where the journey has no such part."""

    @property
    def modes(self) -> str:
        """Modes in order, such as `rail + road`."""
        return " + ".join(_in_a_row([leg.mode.value for leg in self.legs]))

    @property
    def carriers(self) -> tuple[str, ...]:
        """Fleets in order; an empty one where the unit drives itself."""
        return tuple(_in_a_row([leg.fleet for leg in self.legs]))


@dataclass(frozen=True)
class Journey:
    """A load's way, cut at its ports."""

    load: Load
    origin: str
    """Node where it begins; empty for a load without legs."""
    embarkation: str
    """Node where it boards the first ship or aircraft; empty where it goes by land all the way."""
    intermediate: tuple[str, ...]
    """Nodes between the ports where it changes vehicle."""
    debarkation: str
    """Node where it leaves the last ship or aircraft; empty where it goes by land all the way."""
    destination: str
    """Node where it ends."""
    parts: tuple[Part, Part, Part]
    """To the port, between the ports, onward; by land all the way it has the first only."""

    def ends(self, part: int) -> tuple[str, str]:
        """Names of the times at which a part begins and ends."""
        by_land = part == TO_PORT and not self.parts[MAIN].legs
        return (MOMENTS[2 * part], REACHES_DESTINATION if by_land else MOMENTS[2 * part + 1])

    def times(self) -> dict[str, float]:
        """Planned times by name: the first shipment leaves, the last has arrived. What the journey has no part for is not among them."""
        found: dict[str, float] = {}
        for number, part in enumerate(self.parts):
            if part.legs:
                begins, ends = self.ends(number)
                found |= {begins: part.legs[0].departs, ends: part.legs[-1].arrives}
        return found


def journey(load: Load) -> Journey:
    """The journey of a load, cut at the first ship or aircraft that it boards and the last that it leaves."""
    legs = load.legs
    lifted = [place for place, leg in enumerate(legs) if leg.mode in (Mode.SEA, Mode.AIR)]
    first, after = (lifted[0], lifted[-1] + 1) if lifted else (len(legs), len(legs))
    parts = (Part(0, legs[:first]), Part(first, legs[first:after]), Part(after, legs[after:]))
    main = parts[MAIN].legs
    changes = tuple(here.start for before, here in pairwise(main) if (before.mode, before.fleet) != (here.mode, here.fleet))
    return Journey(
        load,
        legs[0].start if legs else "",
        main[0].start if main else "",
        changes,
        main[-1].end if main else "",
        legs[-1].end if legs else "",
        parts,
    )


def _in_a_row(names: Sequence[str]) -> list[str]:
    """Names without those that repeat the one before."""
    return [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
