"""Requests that wait, and rules and caveats that end or are due for review."""

from __future__ import annotations

import pytest

from casque.engagement.review.pending import rule_review
from casque.errors import BadInput
from casque.mission.mission import Mission
from casque.mission.vocabulary import RuleStatus
from tests.checks.cases import both, change, day


def test_the_example_asks_for_nothing(example: Mission) -> None:
    found = rule_review(example, 10, 30)
    assert found.pending == ()
    assert [item.what for item in found.due if item.overdue] == []


def test_a_request_says_who_asked_why_since_when_and_what_waits(example: Mission) -> None:
    asked = {"status": RuleStatus.REQUESTED, "requested": day(3), "requested_by": "south-hq", "reason": "Arms at the market"}
    mission = change("rules", "detain", implemented=day(40), **asked)(example)
    (item,) = rule_review(mission, 20, 0).pending
    assert (item.rule, item.requested_by, item.reason, item.days, item.expected) == ("detain", "south-hq", "Arms at the market", 17, 40)
    assert item.tasks == ("public-order",)
    assert rule_review(mission, 2, 0).pending == (), "not asked for yet"


def test_the_longest_waiting_request_comes_first(example: Mission) -> None:
    mission = both(
        change("rules", "detain", status=RuleStatus.REQUESTED, requested=day(10)),
        change("rules", "protect-civilians", status=RuleStatus.AUTHORISED, requested=day(2), implemented=None),
        change("rules", "defend-mandate", status=RuleStatus.REQUESTED, requested=None),
    )(example)
    assert [item.rule for item in rule_review(mission, 20, 0).pending] == ["protect-civilians", "detain", "defend-mandate"]


def test_reviews_and_ends_are_listed_by_day_and_overdue_ones_marked(example: Mission) -> None:
    mission = both(
        change("rules", "detain", review_by=day(15)),
        change("rules", "defend-mandate", withdrawn=day(40)),
        change("caveats", "carolia-own-sector", until=day(30)),
    )(example)
    due = [(item.subject, item.what, item.day, item.overdue) for item in rule_review(mission, 20, 30).due]
    assert due == [
        ("rule:detain", "review", 15, True),
        ("caveat:carolia-own-sector", "ends", 30, False),
        ("rule:defend-mandate", "ends", 40, False),
    ]
    ending = rule_review(mission, 20, 30).due[2]
    assert "separate-parties" in ending.tasks


def test_the_end_of_a_provision_ends_the_rules_that_rest_on_it(example: Mission) -> None:
    mission = change("instruments", "*", expires=day(50))(example)
    found = {(item.subject, item.what, item.day) for item in rule_review(mission, 30, 30).due}
    assert ("rule:defend-mandate", "its provision ends", 50) in found


def test_a_span_that_cannot_be_meant_is_refused(example: Mission) -> None:
    with pytest.raises(BadInput, match="look ahead"):
        rule_review(example, 0, -1)
