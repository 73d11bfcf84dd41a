"""Own rules as rules of the checks: findings, texts, limits."""

from __future__ import annotations

import pytest

from casque.checks.own import rules
from casque.checks.own.rules import own_rules
from casque.checks.problem import Problem
from casque.checks.register import RULES, every_rule
from casque.mission.mission import Mission
from casque.mission.own_rules import OwnRule, OwnRules
from casque.plan.findings import Finding
from casque.reference.load import Reference


def rule(**values: str) -> OwnRule:
    """An own rule about units, with some fields set otherwise."""
    written = {"id": "own-test", "severity": "note", "title": "Test", "for_each": "unit", "breach": "strength > 500 person"}
    return OwnRule.model_validate(written | {"message": "{name} has {strength}.", "fix": "Ask {member.name}."} | values)


def findings(mission: Mission, reference: Reference, *own: OwnRule) -> list[Finding]:
    problem = Problem(mission.model_copy(update={"own_rules": OwnRules(rules=own)}), reference)
    return [finding for item in own_rules(problem) for finding in item.judge(problem)]


def test_findings_carry_severity_subject_text_fix_and_doctrine(example: Mission, reference: Reference) -> None:
    first, second = findings(example, reference, rule(doctrine="house rule"))
    assert (first.rule, first.severity, first.subject) == ("own-test", "note", "unit:alf-inf")
    assert first.message == "1st Infantry Battalion has 700 people."
    assert first.fix == "Ask Alfaland."
    assert first.doctrine == "house rule (judgement)"
    assert second.subject == "unit:bra-inf"


def test_where_narrows_what_a_rule_is_about(example: Mission, reference: Reference) -> None:
    assert [f.subject for f in findings(example, reference, rule(where='member.id = "bravia"'))] == ["unit:bra-inf"]


@pytest.mark.parametrize(
    ("braces", "shown"),
    [
        ("{tour}", "6 months"),
        ("{required}", "D+40"),
        ("{earliest_arrival}", "nothing"),
        ("{required - latest_arrival}", "5 days"),
        ("{1 d}", "1 day"),
        ("{renewals}", "1"),
        ("{member.reliability}", "95%"),
        ("{member.languages}", "en"),
        ("{source}", "estimate"),
        ("{strength * 1.5}", "1,050 people"),
        ("{strength / 3}", "233.3 people"),
        ("{status}", "confirmed"),
        ("{strength > 1 person}", "yes"),
        ("{count(unit)}", "6"),
        ("{strength / 1 km2}", "0.0007"),
        ("{strength * 3000}", "2,100,000 people"),
        ("{home.longitude}", "4"),
    ],
)
def test_values_stand_in_sentences(braces: str, shown: str, example: Mission, reference: Reference) -> None:
    assert findings(example, reference, rule(message=f"It is {braces}."))[0].message == f"It is {shown}."


def test_subjects_of_items_without_an_id(example: Mission, reference: Reference) -> None:
    own = rule(for_each="policy", breach="target > 30 d", message="{target}", fix="x")
    assert [f.subject for f in findings(example, reference, own)] == ["supply:medical"]
    own = rule(for_each="mission", breach="horizon < 200 d", message="{horizon}", fix="x")
    assert [(f.subject, f.message) for f in findings(example, reference, own)] == [("mission:example", "180 days")]


def test_a_rule_that_runs_too_long_says_so(example: Mission, reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_STEPS", 10)
    found = findings(example, reference, rule(breach="count(unit where strength > 0 person) > 100"))
    assert [f.subject for f in found] == ["mission:example"]
    assert "given up after 10 steps: 0 of 6 items" in found[0].message


def test_own_rules_come_after_the_built_in_ones(example: Mission, reference: Reference) -> None:
    problem = Problem(example, reference)
    every = every_rule(problem)
    assert every[: len(RULES)] == RULES
    assert [item.id for item in every[len(RULES) :]] == [own.id for own in example.own_rules.rules] != []


def test_the_examples_rule_fires_where_a_tour_is_shorter(example: Mission, reference: Reference) -> None:
    own = example.own_rules.rules[0]
    assert findings(example, reference, own) == []
    short = tuple(unit.model_copy(update={"tour": 2.0}) for unit in example.forces.pledges)
    shorter = example.model_copy(update={"forces": example.forces.model_copy(update={"pledges": short})})
    found = findings(shorter, reference, own)
    assert [f.subject for f in found] == ["unit:bra-med", "unit:car-mp"]
    assert found[0].message == (
        "Medical Company of Bravia (120 people) goes home after 2 months, and Bravia has promised no unit to follow it; 4 tasks still run."
    )
