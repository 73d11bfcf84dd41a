"""The lessons that ship: where they come from, and that they are held against other missions and never against their own."""

from __future__ import annotations

from casque.checks.solve import check
from casque.lessons.solve import recalled
from casque.mission.folder import read
from casque.mission.lessons import WhenFinding
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.plan.findings import CheckRecord, Finding
from casque.reference.lessons import known_lessons
from casque.reference.load import Reference, load
from tests.conftest import ROOT


def test_every_known_lesson_has_a_source_a_remedy_and_a_trigger() -> None:
    assert len(known_lessons()) >= 29
    assert len({known.id for known in known_lessons()}) == len(known_lessons())
    for known in known_lessons():
        assert known.titles, known.id
        assert known.lesson.recommendation, known.id
        assert known.lesson.triggers, known.id


def test_most_known_lessons_can_speak_on_any_mission(example: Mission, reference: Reference) -> None:
    """A trigger on a built-in rule works everywhere; one on a measure or a rule of its own mission does not."""
    rules = set(check(example, reference).rules_checked)
    general = [
        known
        for known in known_lessons()
        if any(not isinstance(trigger, WhenFinding) or trigger.rule in rules for trigger in known.lesson.triggers)
    ]
    assert len(general) >= 0.8 * len(known_lessons())


def test_a_finding_calls_lessons_to_mind_with_the_reason(example: Mission, reference: Reference) -> None:
    record = check(example, reference)
    found = recalled(example, record)
    named = {item.lesson: item for item in found}
    reserve = named["kosovo-1999/sectors-that-cannot-be-left"]
    crossing = next(finding for finding in record.findings if finding.rule == "caveat-bars-crossing")
    assert crossing.message in reserve.why
    assert crossing.subject in reserve.subjects
    assert reserve.source
    assert recalled(example, empty(record)) == ()


def test_a_mission_is_not_taught_its_own_lessons() -> None:
    mission = read(ROOT / "missions" / "kosovo-1999")
    found = recalled(mission, check(mission, load(mission.overrides)))
    assert found
    assert not any(item.lesson.startswith("kosovo-1999/") for item in found)


def test_lessons_with_more_findings_behind_them_come_first(example: Mission, reference: Reference) -> None:
    record = check(example, reference)
    several = next(known for known in known_lessons() if sum(isinstance(trigger, WhenFinding) for trigger in known.lesson.triggers) >= 2)
    rules = [trigger.rule for trigger in several.lesson.triggers if isinstance(trigger, WhenFinding)]
    findings = tuple(
        Finding(rule=rule, severity=Severity.NOTE, subject="mission:x", message=f"{rule}.", fix="-", doctrine="-") for rule in rules
    )
    first = recalled(example, record.model_copy(update={"findings": findings}))[0]
    assert len(first.why) >= len(set(rules))


def empty(record: CheckRecord) -> CheckRecord:
    """The record without findings."""
    return record.model_copy(update={"findings": ()})
