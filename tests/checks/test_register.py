"""Every rule has a case that triggers it and one that does not."""

from __future__ import annotations

import pytest

from casque.checks.register import RULES
from casque.mission.mission import Mission
from casque.mission.own_rule_faults import PREFIX
from casque.mission.vocabulary import Grade, Severity
from casque.reference.load import Reference
from tests.checks import cases, decision_cases, further_cases, pledge_cases, standing_cases
from tests.checks.cases import Edit, same
from tests.conftest import ROOT

BY_ID = {rule.id: rule for rule in RULES}
BREAKS = (
    cases.BREAKS
    | further_cases.FURTHER_BREAKS
    | decision_cases.DECISION_BREAKS
    | standing_cases.STANDING_BREAKS
    | pledge_cases.PLEDGE_BREAKS
)
KEEPS = cases.KEEPS | further_cases.FURTHER_KEEPS
SOUND = (
    cases.SOUND | further_cases.FURTHER_SOUND | decision_cases.DECISION_SOUND | standing_cases.STANDING_SOUND | pledge_cases.PLEDGE_SOUND
)
MILD = cases.MILD | further_cases.FURTHER_MILD | decision_cases.DECISION_MILD | standing_cases.STANDING_MILD
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
        assert all((rule.title, rule.checks, rule.doctrine.text, rule.fix)), rule.id
        assert not rule.id.startswith(PREFIX), "names of that form are for own rules"


def test_there_are_sixty_rules_and_each_has_its_entry_in_the_reference() -> None:
    page = (ROOT / "docs/reference/rules.md").read_text(encoding="utf-8")
    assert len(RULES) >= 60
    for rule in RULES:
        entry = page.split(f"\n## {rule.id}\n", 1)[1].split("\n## ", 1)[0]
        for part in (rule.title, rule.checks, f"({rule.doctrine.grade}): {rule.doctrine.text}", rule.fix):
            assert part in entry, rule.id


def test_doctrine_that_nobody_read_says_so(example: Mission, reference: Reference) -> None:
    unread = ("AJP-", "AAP-", "STANAG 6001", "A/45/594", "MC 362", "UN Charter", "COPD", "CJCSM")
    for rule in RULES:
        text = rule.doctrine.text
        if rule.doctrine.grade is Grade.JUDGEMENT:
            assert str(rule.doctrine) == f"{text} (judgement)"
            assert "not read" in text or not any(name in text for name in unread), rule.id
        else:
            assert str(rule.doctrine) == text
            assert not any(name in text for name in unread), rule.id
    finding = next(iter(BY_ID["single-line-of-communication"].evaluate(example, reference)))
    assert finding.doctrine == "staff practice: lines of communication; AJP-4 not read (judgement)"


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
