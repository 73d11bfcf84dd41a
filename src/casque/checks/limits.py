"""What the caveats of the members bar, task by task."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from casque.checks.windows import caveat_window
from casque.mission.engagement import Caveat, Engagement
from casque.mission.tasks import Task
from casque.mission.vocabulary import ForceLevel

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


class Limits:
    """The caveats of a mission, and which of them bear on a task."""

    def __init__(self, engagement: Engagement, d_day: date, known: dict[int, Limit]) -> None:
        """`known` keeps caveats that have been looked at, by identity, also for missions that share them."""
        self._d_day = d_day
        rules = {rule.id: rule for rule in engagement.rules}
        self._limits: list[Limit] = []
        self._tasks: dict[str, tuple[Task, dict[str, tuple[Bar, ...]]]] = {}
        for caveat in engagement.caveats:
            if id(caveat) not in known:
                window = caveat_window(d_day, caveat)
                known[id(caveat)] = Limit(
                    caveat,
                    window.first,
                    window.last,
                    frozenset(caveat.units),
                    frozenset(caveat.bars_sectors),
                    frozenset(caveat.bars_tasks),
                    frozenset(name for name in caveat.bars_rules if name in rules and caveat.bars_use(rules[name])),
                    caveat.bars_crossing,
                    max(RANKS.values()) if caveat.force_at_most is None else RANKS[caveat.force_at_most],
                )
            self._limits.append(known[id(caveat)])

    def barring(self, task: Task) -> dict[str, tuple[Bar, ...]]:
        """Caveats that bind while a task runs and may keep units from it, by member.

        A caveat keeps units from a task itself, from a rule it needs, from its force, its crossings, or its sectors.
        """
        known = self._tasks.get(task.id)
        if known is not None and known[0] is task:
            return known[1]
        start, end = (task.start - self._d_day).days, (task.end - self._d_day).days
        ground, level, rules = frozenset(task.sectors), RANKS[task.force_level], frozenset(task.rules_to_use)
        crosses = task.crosses_sectors or task.force_of is not None
        found: dict[str, list[Bar]] = {}
        for limit in self._limits:
            if limit.last < start or limit.first > end:
                continue
            whole = (limit.crossing and crosses) or limit.most < level or task.id in limit.tasks or not limit.rules.isdisjoint(rules)
            if whole or not limit.sectors.isdisjoint(ground):
                bar = Bar(limit.caveat, limit.last, whole, limit.units, limit.sectors)
                found.setdefault(limit.caveat.member, []).append(bar)
        by_member = {member: tuple(bars) for member, bars in found.items()}
        self._tasks[task.id] = (task, by_member)
        return by_member
