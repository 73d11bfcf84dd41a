"""The units that could serve one capability, as columns, before any caveat is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from casque.checks.roll import Figures, Roll, Rows
from casque.checks.windows import EVER
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Capability
from casque.reference.load import Reference

Able = tuple[int, float, int]
"""A unit that can serve a capability: its row on the roll, the quality of doing so, and the day it is ready to load."""


def able_units(pledges: tuple[Pledge, ...], first: int, reference: Reference, d_day: date) -> dict[Capability, list[Able]]:
    """Units from a row of the roll on, by what they can serve."""
    found: dict[Capability, list[Able]] = {}
    for row, pledge in enumerate(pledges[first:], first):
        unit_type = reference.unit_types.get(pledge.unit_type)
        if unit_type is None or pledge.strength <= 0:
            continue
        ready = (pledge.ready_to_load - d_day).days
        for capability, quality in {**unit_type.stands_in, unit_type.capability: 1.0}.items():
            if quality > 0:
                found.setdefault(capability, []).append((row, quality, ready))
    return found


class Candidate(NamedTuple):
    """A unit that brings a capability or stands in for it, and the caveats that keep it from one task."""

    pledge: Pledge
    id: str
    """Id of the unit."""
    quality: float
    """1 for a unit of the capability itself, less for one that stands in."""
    people: float
    """People that it counts for."""
    ready: int
    """Day it is ready to load."""
    barred_by: tuple[Caveat, ...] = ()
    free_from: int = -EVER
    """Day from which no caveat keeps it from the task, where one lapses or is lifted while the task runs."""


@dataclass(frozen=True, eq=False)
class Roster:
    """Units of one capability in the order of the pledges."""

    roll: Roll
    rows: Rows
    """Where each stands on the roll."""
    quality: Figures
    people: Figures
    """People that each counts for."""
    ready: Rows
    """Day that each is ready to load."""

    @cached_property
    def every(self) -> Rows:
        """The places of all."""
        return np.arange(len(self.rows))

    @cached_property
    def last_ready(self) -> int:
        """Day on which the last is ready."""
        return int(self.ready.max(initial=-EVER))

    @cached_property
    def units(self) -> tuple[Candidate, ...]:
        """All as candidates that nothing bars."""
        columns = (self.rows.tolist(), self.quality.tolist(), self.people.tolist(), self.ready.tolist())
        pledges = self.roll.pledges
        return tuple(
            Candidate(pledges[row], pledges[row].id, quality, people, ready) for row, quality, people, ready in zip(*columns, strict=True)
        )


def roster_of(roll: Roll, able: list[Able]) -> Roster:
    """The roster of units given by row, quality and the day they are ready."""
    rows, quality, ready = zip(*able, strict=True) if able else ((), (), ())
    worth = np.array(quality, dtype=np.float64)
    strength = np.array([roll.pledges[row].strength for row in rows], dtype=np.float64)
    return Roster(roll, np.array(rows, dtype=np.intp), worth, strength * worth, np.array(ready, dtype=np.intp))
