"""What the caveats of the members bar, task by task."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from casque.checks.windows import caveat_window
from casque.mission.engagement import Caveat, Engagement
from casque.mission.tasks import Task
from casque.mission.vocabulary import ForceLevel

Name = TypeVar("Name", str, int)

RANKS = {level: level.rank for level in ForceLevel}
"""Rank of every level of force."""


class Bar(NamedTuple):
    """A caveat that may keep units from one task."""

    caveat: Caveat
    last: int
    """Last day that it binds."""
    whole: bool
    """Whether it keeps every unit that it binds from the task, wherever the unit serves."""
    units: frozenset[str]
    """Units it binds; empty means all of its member."""
    sectors: frozenset[str]
    """Sectors in which its units may not serve."""


class Limit(NamedTuple):
    """A caveat with what it bars as sets."""

    caveat: Caveat
    first: int
    last: int
    units: frozenset[str]
    sectors: frozenset[str]
    tasks: frozenset[str]
    rules: frozenset[str]
    crossing: bool
    most: int
    """Rank of the most force that its units may use."""
    wholly: Bar
    """The caveat as a bar to a task that it bars wherever the unit serves."""
    there: Bar
    """The caveat as a bar to a task in some of whose sectors its units may not serve."""


class _Index(NamedTuple):
    """Numbers of the caveats that speak of something, in the order written."""

    tasks: dict[str, list[int]]
    rules: dict[str, list[int]]
    sectors: dict[str, list[int]]
    most: dict[int, list[int]]
    """By the rank of the most force that they allow."""
    crossing: list[int]


def _limit(engagement: Engagement, d_day: date, caveat: Caveat) -> Limit:
    window, units, sectors = caveat_window(d_day, caveat), frozenset(caveat.units), frozenset(caveat.bars_sectors)
    return Limit(
        caveat,
        window.first,
        window.last,
        units,
        sectors,
        frozenset(caveat.bars_tasks),
        frozenset(engagement.rules_barred(caveat) if caveat.bars_rules or caveat.bars_measures else ()),
        caveat.bars_crossing,
        max(RANKS.values()) if caveat.force_at_most is None else RANKS[caveat.force_at_most],
        Bar(caveat, window.last, True, units, sectors),
        Bar(caveat, window.last, False, units, sectors),
    )


class Limits:
    """The caveats of a mission, and which of them bear on a task."""

    def __init__(self, engagement: Engagement, d_day: date, known: dict[int, Limit]) -> None:
        """`known` keeps caveats that have been looked at, by identity, also for missions that share them."""
        self._d_day = d_day
        self._limits: list[Limit] = []
        self._tasks: dict[str, tuple[Task, dict[str, tuple[Bar, ...]]]] = {}
        for caveat in engagement.caveats:
            if id(caveat) not in known:
                known[id(caveat)] = _limit(engagement, d_day, caveat)
            self._limits.append(known[id(caveat)])

    def barring(self, task: Task) -> dict[str, tuple[Bar, ...]]:
        """Caveats that bind while a task runs and may keep units from it, by member.

        A caveat keeps units from a task itself, from a rule it needs, from its force, its crossings, or its sectors.
        """
        known = self._tasks.get(task.id)
        if known is not None and known[0] is task:
            return known[1]
        start, end = (task.start - self._d_day).days, (task.end - self._d_day).days
        level, rules = RANKS[task.force_level], frozenset(task.rules_to_use)
        crosses = task.crosses_sectors or task.force_of is not None
        found: dict[str, list[Bar]] = {}
        for number in sorted(self._bearing_on(task, level, crosses)):
            limit = self._limits[number]
            if limit.last < start or limit.first > end:
                continue
            whole = (limit.crossing and crosses) or limit.most < level or task.id in limit.tasks or not limit.rules.isdisjoint(rules)
            found.setdefault(limit.caveat.member, []).append(limit.wholly if whole else limit.there)
        by_member = {member: tuple(bars) for member, bars in found.items()}
        self._tasks[task.id] = (task, by_member)
        return by_member

    def _bearing_on(self, task: Task, level: int, crosses: bool) -> set[int]:
        """Caveats that speak of a task, a rule it needs, its force, its crossings, or one of its sectors, whenever they bind."""
        index = self._index
        found = set(index.tasks.get(task.id, ()))
        found.update(*(index.rules.get(rule, ()) for rule in task.rules_to_use))
        found.update(*(index.most.get(most, ()) for most in range(level)))
        found.update(*(index.sectors.get(sector, ()) for sector in task.sectors))
        return found.union(index.crossing) if crosses else found

    @cached_property
    def _index(self) -> _Index:
        index = _Index({}, {}, {}, {}, [])
        for number, limit in enumerate(self._limits):
            _enter(index.tasks, limit.tasks, number)
            _enter(index.rules, limit.rules, number)
            _enter(index.sectors, limit.sectors, number)
            _enter(index.most, (limit.most,), number)
            if limit.crossing:
                index.crossing.append(number)
        return index


def _enter(index: dict[Name, list[int]], names: Iterable[Name], number: int) -> None:
    for name in names:
        index.setdefault(name, []).append(number)
