"""The stage as a whole: what applies, what is silent, which factors are proposed."""

from __future__ import annotations

from casque.lessons.solve import Params, solve
from casque.mission.lessons import Lesson
from casque.mission.mission import Mission
from casque.plan.findings import CheckRecord
from casque.plan.lesson import LessonsRecord
from casque.reference.lessons import known_lessons
from casque.reference.load import Reference
from tests.lessons.builders import checks, force, judged, lesson, movement, narrowed, requirement, supply

FINDING: dict[str, object] = {"when": "finding", "rule": "a"}
BEHIND: dict[str, object] = {"when": "measure behind", "measure": "incidents"}
FOUND = checks(("a", "task:x", "Because."))


def learned(example: Mission, reference: Reference, *lessons: Lesson, findings: CheckRecord = FOUND) -> LessonsRecord:
    records = (findings, requirement(), force(), movement(), supply(), judged(incidents="behind"))
    return solve(narrowed(example, *lessons), reference, *records, Params())


def test_most_triggers_first_and_any_one_is_enough(example: Mission, reference: Reference) -> None:
    record = learned(
        example,
        reference,
        lesson("one", FINDING, {"when": "supply below least"}),
        lesson("two", FINDING, BEHIND),
        lesson("none", {"when": "finding", "rule": "b"}),
        lesson("empty"),
    )
    assert [item.lesson for item in record.applies] == ["two", "one"]
    assert record.applies[0].why == ("Because.", "incidents is behind.")
    assert record.applies[0].subjects == ("task:x", "measure:incidents")
    assert record.silent == ("empty", "none")


def test_every_lesson_is_either_applied_or_silent_in_any_order(example: Mission, reference: Reference) -> None:
    lessons = tuple(lesson(f"l{i}", FINDING if i % 2 else BEHIND) for i in range(6))
    record = learned(example, reference, *lessons, findings=checks())
    assert {item.lesson for item in record.applies} | set(record.silent) == {item.id for item in lessons}
    turned = learned(example, reference, *lessons[::-1], findings=checks())
    assert turned.model_dump_json() == record.model_dump_json()
    assert LessonsRecord.model_validate_json(record.model_dump_json()) == record


def test_factors_are_proposed_by_lessons_that_apply_and_differ(example: Mission, reference: Reference) -> None:
    now = reference.value("fix.rule-days")
    record = learned(
        example,
        reference,
        lesson("applies", FINDING, proposal={"factor": "fix.rule-days", "value": now + 5, "reason": "It took longer."}),
        lesson("same", FINDING, proposal={"factor": "fix.rule-days", "value": now, "reason": "No change."}),
        lesson("silent", {"when": "finding", "rule": "b"}, proposal={"factor": "fix.rule-days", "value": 1, "reason": "Silent."}),
        lesson("unknown", FINDING, proposal={"factor": "nobody.knows", "value": 1, "reason": "Unknown."}),
    )
    assert [(item.factor, item.now, item.proposed, item.unit, item.lesson) for item in record.proposals] == [
        ("fix.rule-days", now, now + 5, "d", "applies")
    ]


def test_a_mission_without_lessons(example: Mission, reference: Reference) -> None:
    found = learned(example, reference)
    assert found == LessonsRecord(applies=(), silent=(), proposals=(), known=len(known_lessons()))
