"""Rules on the folder's lessons: what is called learned is learned, triggers can fire, and what applies here leads to something."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.lessons import Lesson, Trigger, WhenFinding, WhenLate, WhenMeasure, WhenShortfall, WhenSupply
from casque.mission.vocabulary import Grade, LessonStatus, Severity


def _unvalidated(problem: Problem) -> Iterator[Breach]:
    for lesson in problem.mission.lessons.lessons:
        if lesson.status is not LessonStatus.LEARNED:
            continue
        missing = [] if lesson.recommendation.strip() else ["no remedial action"]
        missing += [] if lesson.source and lesson.grade is not Grade.JUDGEMENT else ["no source better than judgement"]
        if missing:
            text = f"“{lesson.title}” is called learned, and {listed(missing)} shows that anything has changed."
            yield Breach(f"lesson:{lesson.id}", text)


def _dead(rules: tuple[str, ...], problem: Problem) -> Iterator[Breach]:
    known = {*rules, *(own.id for own in problem.mission.own_rules.rules)}
    for lesson in problem.mission.lessons.lessons:
        if not lesson.triggers:
            yield Breach(f"lesson:{lesson.id}", f"“{lesson.title}” has no trigger: it never applies to any plan.")
        reasons = [reason for trigger in lesson.triggers if (reason := _never(problem, trigger, known))]
        if reasons:
            every = "no trigger of it" if len(reasons) == len(lesson.triggers) else counted(len(reasons), "trigger") + " of it"
            text = f"“{lesson.title}”: {every} can fire here" if every.startswith("no") else f"“{lesson.title}”: {every} cannot fire here"
            severity = None if len(reasons) == len(lesson.triggers) else Severity.NOTE
            yield Breach(f"lesson:{lesson.id}", f"{text}: {listed(reasons)}.", severity=severity)


def _never(problem: Problem, trigger: Trigger, known: set[str]) -> str:
    """Why a trigger can never fire on this mission; nothing where it can."""
    match trigger:
        case WhenFinding():
            return "" if trigger.rule in known else f"no rule is called “{trigger.rule}”"
        case WhenShortfall():
            asked = any(need.capability is trigger.capability for task in problem.mission.tasks.tasks for need in task.needs)
            return "" if asked else f"no task needs {trigger.capability}"
        case WhenMeasure():
            return "" if trigger.measure in problem.measures else f"no measure is called “{trigger.measure}”"
        case WhenSupply():
            return "" if problem.mission.supply.policies else "no stock policy names a least"
        case WhenLate():
            dated = any(pledge.required is not None for pledge in problem.mission.forces.pledges)
            return "" if dated else "no unit has a required date"


def _without_action(rules: tuple[Rule, ...], problem: Problem) -> Iterator[Breach]:
    by_id = {rule.id: rule for rule in rules}
    for lesson in problem.mission.lessons.lessons:
        if lesson.status is not LessonStatus.OBSERVATION and lesson.recommendation.strip():
            continue
        found = [name for name in _findings_asked(lesson) if name in by_id and any(True for _ in by_id[name].search(problem))]
        if found:
            state = "is only an observation" if lesson.status is LessonStatus.OBSERVATION else "recommends nothing"
            text = f"“{lesson.title}” applies here ({listed(found)}), and {state}: nobody has said what to do."
            yield Breach(f"lesson:{lesson.id}", text)


def _findings_asked(lesson: Lesson) -> list[str]:
    return list(dict.fromkeys(trigger.rule for trigger in lesson.triggers if isinstance(trigger, WhenFinding)))


def lesson_rules(others: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules on lessons, which look at the findings of the others."""
    own = ("lesson-not-validated", "lesson-trigger-dead", "lesson-without-action")
    return (
        Rule(
            own[0],
            Severity.WARNING,
            "A lesson that is called learned without validated action",
            "A lesson that is called learned has a recommendation and a source better than judgement for what changed.",
            secondary("NATO JALLC on the lessons learned process: learned only after remedial action, validated where needed"),
            "Call it identified until the action is validated, or name the source.",
            _unvalidated,
        ),
        Rule(
            own[1],
            Severity.WARNING,
            "A lesson whose trigger can never fire",
            "Every trigger names a rule that exists, a capability that a task needs, or something else that this mission has. "
            "It is a warning where no trigger of a lesson can fire, otherwise a note.",
            judgement("staff practice: a lesson that cannot be found at planning time is not used"),
            "Correct the name, or give the lesson a trigger that this mission can fire.",
            partial(_dead, (*(rule.id for rule in others), *own)),
        ),
        Rule(
            own[2],
            Severity.WARNING,
            "A lesson that applies here and says nothing to do",
            "Every lesson whose finding the plan has is more than an observation, and recommends something.",
            secondary("NATO JALLC on the lessons learned process: a lesson identified has a remedial action"),
            "Find the root cause, and write the action into the lesson.",
            partial(_without_action, others),
        ),
    )
