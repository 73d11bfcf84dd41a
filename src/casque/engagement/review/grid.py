"""The questions by which two sets of rules are held against each other, and the answers of either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from casque.engagement.law import Law, RuleTable
from casque.engagement.matrix import PROHIBITED, matrix
from casque.engagement.matrix import Situation as Case
from casque.engagement.naming import NOON, When
from casque.engagement.request import Request
from casque.engagement.weigh import weigh
from casque.mission.vocabulary import Circumstance, Protected
from casque.plan.coherence import Situation

MOST_SUBSETS = 6
"""Circumstances of one measure up to which every combination is asked about; above, those that single rules name."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """One set of rules, asked on one day."""

    law: Law
    times: tuple[When, ...]

    def answers(self, grid: Grid, measure: str, cases: Sequence[Case]) -> NDArray[np.uint8]:
        """Answers by case, unit, where and time; a measure that no rule knows is prohibited."""
        shape = (len(cases), len(grid.units), len(grid.wheres), len(self.times))
        if measure not in self.law.measures:
            return np.full(shape, PROHIBITED, np.uint8)
        return matrix(self.law, grid.units, [measure], grid.wheres, self.times, cases).answers.reshape(shape)

    def decided_by(self, situation: Situation) -> tuple[str, ...]:
        """What decides a situation on this side."""
        if situation.measure not in self.law.measures:
            return ()
        hour, day = situation.hour, self.times[0].day
        return weigh(
            self.law,
            Request(
                situation.unit,
                situation.measure,
                situation.sector,
                situation.place,
                day,
                hour,
                frozenset(situation.given),
                situation.protecting,
            ),
        ).decided_by


@dataclass(frozen=True)
class Grid:
    """Whom, where and when both sets are asked about."""

    units: tuple[str, ...]
    wheres: tuple[tuple[str, str], ...]
    hours: tuple[int, ...]
    members: dict[str, str]
    posted: dict[str, str]

    def own(self, unit: int) -> Flags:
        """Places that lie in the sector that a unit is posted to."""
        sector = self.posted[self.units[unit]]
        return np.array([sector != "" and where == sector for where, _ in self.wheres], np.bool_)


def _tables(laws: Sequence[Law]) -> Iterator[RuleTable]:
    for law in laws:
        yield from law.bounds
        for tables in law.measures.values():
            yield from tables


def cases_of(measure: str, laws: Sequence[Law]) -> list[Case]:
    """Situations that the rules of a measure tell apart, on either side."""
    rules = [table.rule for law in laws for table in (*law.measures.get(measure, ()), *law.bounds)]
    named = {item for rule in rules for item in (*rule.given_all, *rule.given_any, *rule.unless)}
    words = [
        item for item in Circumstance if item in named or (item is Circumstance.OUT_OF_REACH and any(r.word_if_possible for r in rules))
    ]
    if len(words) <= MOST_SUBSETS:
        given = [frozenset(items) for size in range(len(words) + 1) for items in combinations(words, size)]
    else:
        asked = [frozenset(rule.given_all) | {item} for rule in rules for item in rule.given_any]
        asked += [frozenset(rule.given_all) for rule in rules]
        bare = dict.fromkeys([frozenset[Circumstance](), *asked])
        given = list(dict.fromkeys([*bare, *(one | {word} for one in bare for word in words)]))
    protected: list[Protected | None] = [None, *(item for item in Protected if any(item in rule.protects for rule in rules))]
    return [Case(items, item) for items in given for item in protected]


def wheres_of(laws: Sequence[Law]) -> tuple[tuple[str, str], ...]:
    """Every sector as a whole, and every place that a rule or caveat names, that both sides know."""
    named = {place for table in _tables(laws) for place in table.places}
    named |= {place for law in laws for caveats in law.caveats.values() for caveat in caveats for place in caveat.places}
    first, second = laws
    sectors = [(sector, "") for sector in first.sectors if sector in second.sectors]
    return (*sectors, *((sector, place) for place, sector in first.places.items() if place in named and place in second.places))


def hours_of(laws: Sequence[Law]) -> tuple[int, ...]:
    """First hour of every stretch of the day that the texts tell apart; noon where they tell none apart."""
    masks: Iterable[int] = [
        *(table.hours for table in _tables(laws)),
        *(caveat.hours for law in laws for caveats in law.caveats.values() for caveat in caveats),
    ]
    starts = {hour for mask in masks for hour in range(24) if (mask >> hour & 1) != (mask >> ((hour - 1) % 24) & 1)}
    return tuple(sorted(starts)) or (NOON,)
