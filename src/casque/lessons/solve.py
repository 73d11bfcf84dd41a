"""The stage `learn`: lessons of earlier missions that apply to this plan, and the planning factors they would change."""

from __future__ import annotations

from dataclasses import dataclass

from casque.lessons.proposals import proposals
from casque.lessons.triggers import Fired, Plan, fire, on_finding
from casque.mission.lessons import Lesson, WhenFinding
from casque.mission.mission import Mission
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import JudgementRecord
from casque.plan.lesson import Applies, LessonsRecord
from casque.plan.movement import MovementRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.reference.lessons import known_lessons
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """Nothing steers the stage: a lesson's own triggers say when it applies."""


@dataclass(frozen=True)
class Told:
    """A lesson, its name among all known ones, and its sources: ids of the folder for its own lessons, titles for others."""

    id: str
    lesson: Lesson
    sources: tuple[str, ...]


def solve(
    mission: Mission,
    reference: Reference,
    findings: CheckRecord,
    requirement: RequirementRecord,
    force: ForceRecord,
    movement: MovementRecord,
    supply: SupplyRecord,
    judgement: JudgementRecord,
    params: Params,  # noqa: ARG001
) -> LessonsRecord:
    """Lessons whose triggers fire, those with most triggers fired first, each with its reasons and subjects.

    They are the folder's own and those of the other missions that ship with Casque; only the folder's own propose factors.
    Reads about, area, lessons and tasks. A lesson without triggers stays silent.
    """
    plan = Plan(mission, findings, requirement, force, movement, supply, judgement)
    own = [Told(lesson.id, lesson, lesson.source) for lesson in sorted(mission.lessons.lessons, key=lambda item: item.id)]
    others = [Told(known.id, known.lesson, known.titles) for known in known_lessons() if known.folder != mission.about.id]
    fired = [(told, hits) for told in (*own, *others) if (hits := _hits(told.lesson, plan))]
    fired.sort(key=lambda pair: (-len(pair[1]), pair[0].id))
    heard = {told.id for told, _ in fired}
    return LessonsRecord(
        applies=tuple(_applies(told, hits) for told, hits in fired),
        silent=tuple(told.id for told in own if told.id not in heard),
        proposals=proposals([told.lesson for told, _ in fired if told in own], reference),
        known=len(own) + len(others),
    )


def recalled(mission: Mission, findings: CheckRecord) -> tuple[Applies, ...]:
    """Lessons of other missions whose triggers on findings fire, before anything has been planned; most triggers first."""
    found = []
    for known in known_lessons():
        if known.folder != mission.about.id:
            asked = [trigger for trigger in known.lesson.triggers if isinstance(trigger, WhenFinding)]
            hits = [hit for hit in (on_finding(trigger, findings) for trigger in asked) if hit is not None]
            if hits:
                found.append((Told(known.id, known.lesson, known.titles), hits))
    found.sort(key=lambda pair: (-len(pair[1]), pair[0].id))
    return tuple(_applies(told, hits) for told, hits in found)


def _hits(lesson: Lesson, plan: Plan) -> list[Fired]:
    return [hit for hit in (fire(trigger, plan) for trigger in lesson.triggers) if hit is not None]


def _applies(told: Told, hits: list[Fired]) -> Applies:
    """A lesson that applies, with its reasons."""
    lesson = told.lesson
    return Applies(
        lesson=told.id,
        title=lesson.title,
        mission=lesson.mission,
        why=tuple(dict.fromkeys(sentence for hit in hits for sentence in hit.why)),
        subjects=tuple(dict.fromkeys(subject for hit in hits for subject in hit.subjects)),
        recommendation=lesson.recommendation,
        grade=lesson.grade,
        source=told.sources,
    )
