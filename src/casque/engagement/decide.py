"""May this unit do this, here, on this day; and if not at once, on whose word and after how long.

Forbidding overrides permitting, and nothing is permitted by silence. Words that are needed from several holders are asked for
at the same time, so the longest delay counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casque.engagement.grounds import Ground, caveat_grounds, force_ground, provision_ground, rule_grounds, status_ground, transfer_ground
from casque.engagement.problem import Problem, Serving, day_name
from casque.mission.tasks import Task
from casque.plan.engagement import Answer, Decision

RANK: dict[Answer, int] = {"permitted": 0, "needs word": 1, "prohibited": 2}
"""Answers from the freest to the strictest."""


@dataclass(frozen=True)
class Ruling:
    """An answer with the grounds that decided it. `delay` is in hours."""

    answer: Answer
    grounds: tuple[Ground, ...]

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The texts that decided, as `kind:id`, each once."""
        return tuple(dict.fromkeys(ground.item for ground in self.grounds))

    @property
    def word(self) -> str:
        """Whose word it needs; several holders are joined."""
        return " and ".join(dict.fromkeys(ground.word for ground in self.grounds if ground.word))

    @property
    def delay(self) -> float:
        """Hours until the last word comes."""
        return max((ground.delay for ground in self.grounds), default=0.0)

    @property
    def reason(self) -> str:
        """The grounds in words."""
        return "; ".join(dict.fromkeys(ground.why for ground in self.grounds))


def combine(grounds: Sequence[Ground]) -> Ruling:
    """The strictest answer among the grounds, with those that give it. No ground at all forbids: silence permits nothing."""
    if not grounds:
        return Ruling("prohibited", ())
    worst = max((ground.answer for ground in grounds), key=RANK.__getitem__)
    return Ruling(worst, tuple(ground for ground in grounds if ground.answer == worst))


def task_grounds(problem: Problem, unit: Serving, task: Task, day: int, sector: str) -> list[Ground]:
    """Grounds on the task itself: mandate, transfer of authority, status of forces, force and caveats; its rules left out."""
    grounds = [
        provision_ground(problem, task.provision, task.force_level, sector, day),
        transfer_ground(problem, unit, task, day),
        status_ground(problem, unit, day),
    ]
    force = force_ground(problem, task)
    return [*grounds, *([force] if force else []), *caveat_grounds(problem, unit, task, sector, day)]


def decide(problem: Problem, unit: Serving, task: Task, rule: str, day: int, sector: str = "") -> Ruling:
    """Whether a unit may use a rule for a task, or (rule empty) carry out the task itself, on a day in a sector (its own by default)."""
    where = sector or unit.sector
    if rule:
        return combine(rule_grounds(problem, unit, task, rule, where, day))
    return combine(task_grounds(problem, unit, task, day, where))


def verdict(problem: Problem, unit: Serving, task: Task, day: int, sector: str = "") -> Ruling:
    """Whether a unit may act on a task, all the rules that it needs included. Self-defence needs none."""
    where = sector or unit.sector
    grounds = task_grounds(problem, unit, task, day, where)
    for rule in task.rules_to_use:
        grounds.extend(rule_grounds(problem, unit, task, rule, where, day))
    return combine(grounds)


def decisions(problem: Problem) -> tuple[Decision, ...]:
    """All decisions that are not plain permission, and one permitted example for each task and rule.

    A unit is judged on the day it is in place or the task starts, whichever is later; a rule is judged by itself, so that a bar
    on the task is said once.
    """
    found: list[Decision] = []
    for task in problem.tasks:
        permitted: dict[str, Decision] = {}
        for unit in problem.units:
            day = max(unit.start, problem.day(task.start))
            if day > min(unit.end, problem.day(task.end)):
                continue
            for sector in (sector for sector in task.sectors if problem.serves(unit, task, sector) and problem.capable(unit, task, sector)):
                for rule in ("", *task.rules_to_use):
                    decision = _decision(problem, unit, task, rule, day, decide(problem, unit, task, rule, day, sector), where=sector)
                    if decision.answer == "permitted":
                        permitted.setdefault(rule, decision)
                    else:
                        found.append(decision)
            if task.crosses_sectors:
                found.extend(_crossings(problem, unit, task, day))
        found.extend(permitted.values())
    return tuple(found)


def _crossings(problem: Problem, unit: Serving, task: Task, day: int) -> list[Decision]:
    own = {ground.item for ground in caveat_grounds(problem, unit, task, unit.sector, day)}
    barred: dict[Answer, list[Ground]] = {}
    sectors: dict[Answer, list[str]] = {}
    for sector in task.sectors:
        if sector == unit.sector or not problem.capable(unit, task, sector):
            continue
        grounds = [ground for ground in caveat_grounds(problem, unit, task, sector, day) if ground.item not in own]
        if grounds:
            ruling = combine(grounds)
            barred.setdefault(ruling.answer, []).extend(ruling.grounds)
            sectors.setdefault(ruling.answer, []).append(problem.sectors.get(sector, sector))
    return [
        _decision(problem, unit, task, "", day, Ruling(answer, tuple(dict.fromkeys(barred[answer]))), crossing=", ".join(sectors[answer]))
        for answer in sorted(barred, key=RANK.__getitem__)
    ]


def _decision(
    problem: Problem, unit: Serving, task: Task, rule: str, day: int, ruling: Ruling, crossing: str = "", where: str = ""
) -> Decision:
    doing = f"use '{problem.rules[rule].title}' for '{task.title}'" if rule in problem.rules else f"carry out '{task.title}'"
    place = crossing or problem.sectors.get(where or unit.sector, where or unit.sector)
    may = {"permitted": "may", "needs word": "may, once it has the word,", "prohibited": "may not"}[ruling.answer]
    return Decision(
        task=task.id,
        unit=unit.id,
        rule=rule,
        answer=ruling.answer,
        decided_by=ruling.decided_by,
        on_word_of=ruling.word,
        delay=ruling.delay,
        why=f"{unit.name} {may} {doing} in {place} on {day_name(day)}: {ruling.reason}.",
        day=day,
        crossing=bool(crossing),
    )
