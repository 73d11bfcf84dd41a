"""Every rule has a case that triggers it and one that does not."""

from __future__ import annotations

import pytest

from casque.checks.register import RULES
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.reference.load import Reference
from tests.checks.cases import BREAKS, KEEPS, MILD, SOUND, Edit, same

BY_ID = {rule.id: rule for rule in RULES}
REFERRED_TO = [
    "provision-not-in-force",
    "task-without-provision",
    "force-level-above-mandate",
    "task-window-outside-mandate",
    "rule-not-in-force",
    "rule-missing",
    "agreement-missing",
    "agreement-late",
    "authority-not-transferred",
    "capability-not-pledged",
    "caveat-bars-all",
    "caveat-bars-crossing",
    "unit-unreachable",
    "single-line-of-communication",
    "supply-policy-missing",
    "measure-missing",
    "measure-without-observation",
    "exit-without-measure",
    "civil-police-gap",
    "pledge-after-required",
    "mandate-expires-in-horizon",
    "marking-not-releasable",
]


def test_ids_are_unique_and_every_rule_explains_itself() -> None:
    assert len(BY_ID) == len(RULES)
    assert set(REFERRED_TO) <= set(BY_ID)
    for rule in RULES:
        assert all((rule.title, rule.checks, rule.doctrine, rule.fix)), rule.id


def test_every_rule_has_a_case_that_breaks_it_and_one_that_keeps_it(example: Mission, reference: Reference) -> None:
    assert set(BREAKS) == set(BY_ID)
    unkept = [rule.id for rule in RULES if list(rule.evaluate(KEEPS.get(rule.id, same)(example), reference))]
    assert unkept == []


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_rule_finds_its_breach(name: str, example: Mission, reference: Reference) -> None:
    findings = list(BY_ID[name].evaluate(BREAKS[name](example), reference))
    assert findings
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    for finding in findings:
        assert finding.rule == name
        assert order.index(finding.severity) <= order.index(BY_ID[name].severity) or name == "caveat-bars-crossing"
        assert ":" in finding.subject
        assert finding.message[-1] == "."
        assert finding.fix


@pytest.mark.parametrize("name", sorted(KEEPS))
def test_edits_that_keep_a_rule_are_needed(name: str, example: Mission, reference: Reference) -> None:
    assert list(BY_ID[name].evaluate(example, reference))


@pytest.mark.parametrize(("rule", "edit"), SOUND.values(), ids=SOUND)
def test_rule_lets_pass_what_is_sound(rule: str, edit: Edit, example: Mission, reference: Reference) -> None:
    assert not list(BY_ID[rule].evaluate(edit(example), reference))


@pytest.mark.parametrize(("rule", "edit", "severity"), MILD.values(), ids=MILD)
def test_severity_follows_what_is_left(rule: str, edit: Edit, severity: str, example: Mission, reference: Reference) -> None:
    findings = list(BY_ID[rule].evaluate(edit(example), reference))
    assert severity in {finding.severity for finding in findings}
    if severity == "warning":
        assert Severity.ERROR not in {finding.severity for finding in findings}
