"""Decisions for many units, measures, places and times at once, as arrays.

What a decision rests on falls apart into few tables: whom a text binds, where it speaks, when it speaks. Texts that bind the same units are
joined over places and times first, and only then spread over the units; so the work of a decision does not grow with the number of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casque.engagement.law import CIRCUMSTANCE_BIT, PROTECTED_BIT, CaveatTable, Law, RuleTable
from casque.engagement.naming import When
from casque.engagement.request import SELF_DEFENCE
from casque.engagement.weigh import delegated, gates
from casque.mission.vocabulary import Circumstance, Protected, RuleKind
from casque.plan.engagement import Answer

ANSWERS: tuple[Answer, ...] = ("permitted", "needs word", "prohibited")
"""What the numbers of a matrix stand for."""
PERMITTED, NEEDS_WORD, PROHIBITED = range(3)

Flags = NDArray[np.bool_]
Hours = NDArray[np.float64]

_NEVER = np.inf
_NO_WAIT = -1.0


@dataclass(frozen=True)
class Situation:
    """What is the case, and whom or what the force would protect; for a whole matrix."""

    given: frozenset[Circumstance] = frozenset()
    protecting: Protected | None = None


@dataclass(frozen=True)
class Matrix:
    """Decisions, by situation, unit, measure, place and time in the order in which these were asked."""

    answers: NDArray[np.uint8]
    """0 permitted, 1 needs word, 2 prohibited."""
    delays: Hours
    """Expected hours until the last word that is needed comes; 0 where the answer is not 1."""


def matrix(
    law: Law,
    units: Sequence[str],
    measures: Sequence[str],
    wheres: Sequence[tuple[str, str]],
    times: Sequence[When],
    situations: Sequence[Situation] = (Situation(),),
) -> Matrix:
    """Every decision on known units, measures, wheres (sector and place, see `naming.where_of`) and times; the same as `weigh` gives."""
    grid = _Grid(law, units, wheres, times)
    hard, waits = grid.caveats_by_where()
    hard |= grid.gates()[:, None, :]
    shape = (len(situations), len(units), len(measures), len(wheres), len(times))
    answers, delays = np.empty(shape, np.uint8), np.empty(shape)
    for m, measure in enumerate(measures):
        if measure == SELF_DEFENCE:
            answers[:, :, m], delays[:, :, m] = PERMITTED, 0.0
            continue
        barred, waiting = grid.caveats_by_measure(measure)
        for s, situation in enumerate(situations):
            met = _met(law.measures[measure], situation)
            bounding = [table for table in _met(law.bounds, situation) if law.force[measure] > table.rule.force_level.rank]
            forbidden = grid.joined([table for table in met if table.rule.kind is RuleKind.PROHIBITION] + bounding)
            at_once = [table for table in met if table.rule.kind is RuleKind.PERMISSION]
            on_word = [table for table in met if table.rule.kind is RuleKind.LIMITATION]
            free = [table for table in on_word if table.rule.word_if_possible and Circumstance.OUT_OF_REACH in situation.given]
            permitted, freed = grid.joined(at_once), grid.words(free)
            words = grid.words([table for table in on_word if table not in free])
            _settle(
                forbidden | hard | barred[:, None, :],
                permitted if freed is None else permitted | (freed < _NEVER),
                words,
                np.maximum(waits, waiting[:, None, :]),
                answers[s, :, m],
                delays[s, :, m],
            )
    return Matrix(answers, delays)


def _settle(bars: Flags, permitted: Flags, words: Hours | None, waits: Hours, answers: NDArray[np.uint8], delays: Hours) -> None:
    """What `weigh.settled` says, cell by cell: the arguments are spread over units, places and times and written to the last two."""
    tied = waits > _NO_WAIT
    if words is None:
        answers[...] = np.where(bars | ~permitted, PROHIBITED, tied)
        delays[...] = np.where(answers == NEEDS_WORD, waits, 0.0)
        return
    silent = ~permitted & (words == _NEVER)
    answers[...] = np.where(bars | silent, PROHIBITED, tied | ~permitted)
    delays[...] = np.where(answers == NEEDS_WORD, np.where(permitted, waits, np.maximum(waits, words)), 0.0)


def _met(tables: Iterable[RuleTable], situation: Situation) -> list[RuleTable]:
    given = sum(CIRCUMSTANCE_BIT[item] for item in situation.given)
    protecting = 0 if situation.protecting is None else PROTECTED_BIT[situation.protecting]
    return [table for table in tables if table.met(given, protecting)]


class _Grid:
    """The units, places and times of one matrix, and for each text the part of them that it touches."""

    def __init__(self, law: Law, units: Sequence[str], wheres: Sequence[tuple[str, str]], times: Sequence[When]) -> None:
        self.law = law
        self.units = [law.units[name] for name in units]
        self.wheres = wheres
        self.times = times
        self.days = np.array([time.day for time in times], np.int64)
        self.hours = np.array([time.hour for time in times], np.int64)
        self.winter = np.array([law.winter(time.day) for time in times], np.bool_)
        self.shape = (len(self.units), len(wheres), len(times))
        self._there: dict[str, Flags] = {}
        self._bound: dict[frozenset[str], Flags] = {}

    def joined(self, tables: Iterable[RuleTable]) -> Flags:
        """Where at least one of some rules applies. One row stands for all units where none of the rules is for some of them only."""
        groups = self._groups(tables)
        shape = self.shape if any(not mask.all() for mask, _ in groups) else (1, *self.shape[1:])
        found = np.zeros(shape, np.bool_)
        for mask, group in groups:
            spoken = np.zeros(self.shape[1:], np.bool_)
            for table in group:
                spoken |= self._spoken(table)
            if mask.all():
                found |= spoken
            else:
                found[mask] |= spoken
        return found

    def words(self, tables: Sequence[RuleTable]) -> Hours | None:
        """Hours until the quickest word on one of some limitations comes, never being infinite; none where there are no limitations."""
        if not tables:
            return None
        groups = self._groups(tables)
        shape = self.shape if any(not mask.all() for mask, _ in groups) else (1, *self.shape[1:])
        found = np.full(shape, _NEVER)
        for mask, group in groups:
            quickest = np.full(self.shape[1:], _NEVER)
            for table in group:
                np.minimum(quickest, np.where(self._spoken(table), self._word(table), _NEVER), out=quickest)
            if mask.all():
                np.minimum(found, quickest, out=found)
            else:
                found[mask] = np.minimum(found[mask], quickest)
        return found

    def caveats_by_where(self) -> tuple[Flags, Hours]:
        """Units, places and times that caveats bar, whatever the measure: for good, and until the longest of the words on them comes."""
        return self._caveats(self.shape, self._barred_there)

    def caveats_by_measure(self, measure: str) -> tuple[Flags, Hours]:
        """Units and times at which caveats bar a measure wherever it is taken: for good, and until the longest of the words comes."""

        def barred(caveat: CaveatTable, own: str) -> Flags | None:
            del own
            return self._binding(caveat) if measure in caveat.measures else None

        return self._caveats((self.shape[0], self.shape[2]), barred)

    def gates(self) -> Flags:
        """Units and times without a transfer of authority or a status of forces agreement in force."""
        closed = {(member, day): bool(gates(self.law, member, day)) for member in {u.member for u in self.units} for day in set(self.days)}
        found = [[closed[unit.member, day] for day in self.days] for unit in self.units]
        return np.array(found, np.bool_).reshape(self.shape[0], self.shape[2])

    def _caveats(self, shape: tuple[int, ...], barred: Callable[[CaveatTable, str], Flags | None]) -> tuple[Flags, Hours]:
        hard, waits = np.zeros(shape, np.bool_), np.full(shape, _NO_WAIT)
        for number, unit in enumerate(self.units):
            for caveat in self.law.caveats[unit.id]:
                found = barred(caveat, unit.sector)
                if found is None:
                    continue
                if caveat.caveat.waived_by:
                    np.maximum(waits[number], np.where(found, caveat.caveat.expected_delay, _NO_WAIT), out=waits[number])
                else:
                    hard[number] |= found
        return hard, waits

    def _barred_there(self, caveat: CaveatTable, own: str) -> Flags | None:
        crosses = caveat.caveat.bars_crossing and own != ""
        if not (caveat.sectors or caveat.places or crosses):
            return None
        there = np.array(
            [sector in caveat.sectors or place in caveat.places or (crosses and sector != own) for sector, place in self.wheres], np.bool_
        )
        found: Flags = there[:, None] & self._binding(caveat)
        return found

    def _binding(self, caveat: CaveatTable) -> Flags:
        name = caveat.caveat.id
        if name not in self._there:
            self._there[name] = np.array(
                [caveat.binds(time.day, time.hour, bool(winter)) for time, winter in zip(self.times, self.winter, strict=True)], np.bool_
            )
        return self._there[name]

    def _groups(self, tables: Iterable[RuleTable]) -> list[tuple[Flags, list[RuleTable]]]:
        """Rules by the units that they speak to; those that speak to none of these are left out."""
        groups: dict[bytes, tuple[Flags, list[RuleTable]]] = {}
        for table in tables:
            if table.units not in self._bound:
                self._bound[table.units] = np.array([unit.id in table.units for unit in self.units], np.bool_)
            mask = self._bound[table.units]
            if mask.any():
                groups.setdefault(mask.tobytes(), (mask, []))[1].append(table)
        return list(groups.values())

    def _spoken(self, table: RuleTable) -> Flags:
        """Places and times at which a rule speaks."""
        when = np.zeros(len(self.times), np.bool_)
        for first, last in table.days:
            when |= (first <= self.days) & (self.days <= last)
        when &= (table.hours >> self.hours & 1).astype(np.bool_)
        there = [
            (table.sectors is None or sector in table.sectors) and (not table.places or place in table.places)
            for sector, place in self.wheres
        ]
        found: Flags = np.array(there, np.bool_)[:, None] & when
        return found

    def _word(self, table: RuleTable) -> Hours:
        """Hours until the quickest word on a limitation comes, by place and time."""
        found = np.full(self.shape[1:], _NEVER if table.rule.held_by is None else table.rule.delay)
        for item in table.rule.delegations:
            first, last = delegated(self.law, item)
            there = np.array([not item.sectors or sector in item.sectors for sector, _ in self.wheres], np.bool_)
            holds = there[:, None] & ((first <= self.days) & (self.days <= last))
            np.minimum(found, np.where(holds, item.delay, _NEVER), out=found)
        return found
