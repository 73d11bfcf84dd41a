"""The days over which a movement is planned, and on which of them a place, a link or a country may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from casque.mission.agreements import Agreement
from casque.mission.season import is_winter
from casque.mission.vocabulary import AgreementKind

Mask = NDArray[np.bool_]

ENTRY_KINDS = (AgreementKind.SOFA, AgreementKind.TRANSIT, AgreementKind.BASING)
"""Agreements that open a country's ground to a contributor."""


@dataclass(frozen=True)
class Calendar:
    """Consecutive days around D-day. Arrays over it have one entry for each day, the first at index 0."""

    d_day: date
    first: int
    """First day, counted from D-day."""
    size: int
    """Days in all."""

    def day(self, when: date) -> int:
        """Days from D-day to a date."""
        return (when - self.d_day).days

    def index(self, when: date) -> int:
        """Index of a date; may lie outside the calendar."""
        return self.day(when) - self.first

    def between(self, opens: date | None, closes: date | None) -> Mask:
        """Days from the first to the last date, both included; none means without end on that side."""
        days = np.arange(self.size)
        mask = np.ones(self.size, dtype=np.bool_)
        if opens is not None:
            mask &= days >= self.index(opens)
        if closes is not None:
            mask &= days <= self.index(closes)
        return mask

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The date of every day."""
        return tuple(self.d_day + timedelta(days=self.first + index) for index in range(self.size))

    def winter(self, latitude: float) -> Mask:
        """Days that fall in the winter of a latitude in degrees, north positive."""
        return np.array([is_winter(when, latitude) for when in self.dates], dtype=np.bool_)

    def entry(self, agreements: Sequence[Agreement], country: str, member: str) -> Mask:
        """Days on which a status-of-forces, transit or basing agreement lets a contributor onto a country's ground.

        A contributor needs no agreement for its own country; which days an agreement covers is `Agreement.in_effect`.
        """
        if country == member:
            return np.ones(self.size, dtype=np.bool_)
        mask = np.zeros(self.size, dtype=np.bool_)
        for agreement in agreements:
            if agreement.country == country and agreement.kind in ENTRY_KINDS and agreement.covers(member):
                mask |= np.array([agreement.in_effect(when) for when in self.dates], dtype=np.bool_)
        return mask
