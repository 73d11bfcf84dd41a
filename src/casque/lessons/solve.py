"""The stage `learn`: lessons of earlier missions that apply to this plan, and the planning factors they would change."""

from __future__ import annotations

from dataclasses import dataclass

from casque.lessons.proposals import proposals
from casque.lessons.triggers import Fired, Plan, fire
from casque.mission.lessons import Lesson
from casque.mission.mission import Mission
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import JudgementRecord
from casque.plan.lesson import Applies, LessonsRecord
from casque.plan.movement import MovementRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """Nothing steers the stage: a lesson's own triggers say when it applies."""


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

    Reads area, lessons and tasks. A lesson without triggers stays silent.
    """
    plan = Plan(mission, findings, requirement, force, movement, supply, judgement)
    fired: list[tuple[Lesson, list[Fired]]] = []
    silent: list[str] = []
    for lesson in sorted(mission.lessons.lessons, key=lambda item: item.id):
        hits = [hit for hit in (fire(trigger, plan) for trigger in lesson.triggers) if hit is not None]
        if hits:
            fired.append((lesson, hits))
        else:
            silent.append(lesson.id)
    fired.sort(key=lambda pair: (-len(pair[1]), pair[0].id))
    return LessonsRecord(
        applies=tuple(_applies(lesson, hits) for lesson, hits in fired),
        silent=tuple(silent),
        proposals=proposals([lesson for lesson, _ in fired], reference),
    )


def _applies(lesson: Lesson, hits: list[Fired]) -> Applies:
    return Applies(
        lesson=lesson.id,
        title=lesson.title,
        mission=lesson.mission,
        why=tuple(dict.fromkeys(sentence for hit in hits for sentence in hit.why)),
        subjects=tuple(dict.fromkeys(subject for hit in hits for subject in hit.subjects)),
        recommendation=lesson.recommendation,
        grade=lesson.grade,
        source=lesson.source,
    )
