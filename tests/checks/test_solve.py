"""The door of the checks: order, sameness, and missions with next to nothing in them."""

from __future__ import annotations

import pytest

from casque.checks.register import RULES
from casque.checks.solve import solve
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.reference.load import Reference
from tests.checks.cases import BREAKS, COLLECTIONS, drop


def test_a_sound_mission_has_no_error(example: Mission, reference: Reference) -> None:
    record = solve(example, reference)
    assert not [finding for finding in record.findings if finding.severity is Severity.ERROR]
    assert record.rules_checked == (*(rule.id for rule in RULES), "own-tour-too-short")
    assert record.fix_set.changes == ()


def test_findings_are_worst_first(example: Mission, reference: Reference) -> None:
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    findings = solve(BREAKS["agreement-missing"](example), reference).findings
    keys = [(order.index(finding.severity), finding.rule, finding.subject) for finding in findings]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", ["caveat-bars-all", "base-unsupplied", "lift-missing", "authority-not-transferred"])
def test_same_mission_same_bytes(name: str, example: Mission, reference: Reference) -> None:
    mission = BREAKS[name](example)
    assert solve(mission, reference).model_dump_json() == solve(mission, reference).model_dump_json()


@pytest.mark.parametrize("kind", sorted(COLLECTIONS))
def test_thin_missions_are_answered(kind: str, example: Mission, reference: Reference) -> None:
    record = solve(drop(kind)(example), reference)
    assert record.rules_checked


def test_an_empty_mission_is_answered(example: Mission, reference: Reference) -> None:
    mission = example
    for kind in COLLECTIONS:
        if kind not in ("sectors", "tasks"):
            mission = drop(kind)(mission)
    record = solve(mission, reference)
    assert all(chain.state == "red" for chain in record.chains)
    assert len(record.fix_set.saves) + len(record.fix_set.cannot_save) == len(record.chains)
