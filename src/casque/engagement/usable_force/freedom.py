"""From which hour units are free to act, for many units, places and moments at once.

Every text that speaks (rule, caveat, agreement, provision; see `texts`) is laid over the units, places and moments it speaks to. The answer
is that of `weigh`, told as hours: 0 where it is permitted, the expected delay of the last word where it needs one, infinite where it is
prohibited. A string is a text that somebody can take away: a caveat, or the word that a limitation keeps back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from casque.engagement.usable_force.present import Present

Effect = Literal["bars", "waits", "permits", "on word"]
Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]
Hours = NDArray[np.float64]

EVERY_ASK = -1


@dataclass(frozen=True)
class Spot:
    """A place as the rules see it; `place` is empty for a sector as a whole."""

    sector: str
    place: str


@dataclass(frozen=True)
class Field:
    """Units, places and moments that a call is laid over. A moment is a day from D-day and an hour of that day."""

    units: tuple[Present, ...]
    spots: tuple[Spot, ...]
    moments: tuple[tuple[int, int], ...]

    @cached_property
    def days(self) -> Whole:
        """Day of every moment."""
        return np.array([day for day, _ in self.moments], dtype=np.int64)

    @cached_property
    def clock(self) -> Whole:
        """Hour of the day of every moment."""
        return np.array([hour for _, hour in self.moments], dtype=np.int64)


@dataclass(frozen=True)
class Text:
    """A text and what it does to some units, at some places, at some moments."""

    item: str
    """As `kind:id`."""
    effect: Effect
    ask: int
    """Number of the measure that it speaks about; `EVERY_ASK` where it holds for all of them."""
    units: Whole
    where: Bools
    """By unit (or one row for all of them) and place."""
    when: Bools
    """By moment."""
    hours: float | Hours = 0.0
    """Hours that a word takes; by place and moment where it is not the same everywhere; infinite where nobody gives it."""
    band: tuple[float, float] | None = None
    """Shortest and longest hours that the word takes, where its `hours` are the mean of a distribution."""

    def rows_at(self, place: int) -> Whole:
        """Units that it speaks to at a place."""
        return self.units[np.broadcast_to(self.where[:, place], self.units.shape)]

    def hours_at(self, place: int, moment: int) -> float:
        """Hours that it takes at one place and moment."""
        return float(self.hours[place, moment]) if isinstance(self.hours, np.ndarray) else self.hours

    @property
    def string(self) -> bool:
        """Whether somebody could take it away."""
        return self.effect == "on word" or self.item.startswith("caveat:")


def waits(
    texts: Sequence[Text], asks: Sequence[Bools | None], shape: tuple[int, int, int], lifted: Collection[str] = (), rows: Sequence[int] = ()
) -> Hours:
    """Hours until each unit is free to act, by unit, place and moment, with some strings taken away.

    For each measure, `asks` says by unit and place who needs it; none means everybody. `rows` picks units; none means all of them.
    """
    units, places, moments = shape
    position = np.full(units, -1, dtype=np.int64)
    picked = np.arange(units) if len(rows) == 0 else np.asarray(rows, dtype=np.int64)
    position[picked] = np.arange(picked.size)
    hours = np.zeros((picked.size, places, moments))
    for ask, needed in enumerate(asks):
        free = np.full(hours.shape, inf)
        for text in texts:
            if text.ask == ask and text.effect in ("permits", "on word"):
                value = 0.0 if text.effect == "on word" and text.item in lifted else text.hours
                _lay(free, text, value, position, np.minimum)
        np.maximum(hours, free, out=hours, where=True if needed is None else needed[picked][:, :, None])
    for text in texts:
        if text.effect in ("bars", "waits") and text.item not in lifted:
            _lay(hours, text, inf if text.effect == "bars" else text.hours, position, np.maximum)
    return hours


def distinct(texts: Sequence[Text], moments: int) -> tuple[tuple[Text, ...], Whole]:
    """The texts over moments that differ in law only, and for every moment the number of the one it is like."""
    columns = [text.when[None, :].astype(np.float64) for text in texts]
    columns += [np.broadcast_to(text.hours, (text.hours.shape[0], moments)) for text in texts if isinstance(text.hours, np.ndarray)]
    if not columns:
        return (), np.zeros(moments, dtype=np.int64)
    _, first, like = np.unique(np.concatenate(columns), axis=1, return_index=True, return_inverse=True)
    kept = tuple(
        replace(text, when=text.when[first], hours=text.hours[:, first] if isinstance(text.hours, np.ndarray) else text.hours)
        for text in texts
    )
    return kept, like.reshape(-1)


def _lay(hours: Hours, text: Text, value: float | Hours, position: Whole, keep: np.ufunc) -> None:
    rows = position[text.units]
    chosen = rows >= 0
    if not chosen.any():
        return
    where = text.where if text.where.shape[0] == 1 else text.where[chosen]
    when = np.flatnonzero(text.when)
    here = np.ix_(rows[chosen], np.arange(hours.shape[1]), when)
    part = hours[here]
    laid = value[:, when] if isinstance(value, np.ndarray) else value
    keep(part, laid, out=part, where=np.broadcast_to(where[:, :, None], part.shape))
    hours[here] = part
