"""The register: every built-in rule of the checks in order, and with them the mission's own."""

from __future__ import annotations

from casque.checks.own.rules import own_rules
from casque.checks.problem import Problem
from casque.checks.rule import Rule
from casque.checks.rules import (
    agreements,
    airspace,
    authority,
    command,
    engagement,
    force,
    lengths,
    mandate,
    measures,
    medical,
    movement,
    pledges,
    protection,
    rehatting,
    release,
    rule_requests,
    standing,
    supply,
    transit,
    votes,
)
from casque.checks.rules.lessons import lesson_rules

_ON_THE_PLAN: tuple[Rule, ...] = (
    *mandate.RULES,
    *votes.RULES,
    *agreements.RULES,
    *command.RULES,
    *authority.RULES,
    *rehatting.RULES,
    *engagement.RULES,
    *rule_requests.RULES,
    *protection.RULES,
    *force.RULES,
    *pledges.RULES,
    *standing.RULES,
    *medical.RULES,
    *movement.RULES,
    *lengths.RULES,
    *airspace.RULES,
    *transit.RULES,
    *supply.RULES,
    *measures.RULES,
    *release.RULES,
)

RULES: tuple[Rule, ...] = (*_ON_THE_PLAN, *lesson_rules(_ON_THE_PLAN))
"""Every built-in rule, family by family."""


def every_rule(problem: Problem) -> tuple[Rule, ...]:
    """The built-in rules, and after them those that the mission adds itself."""
    return (*RULES, *own_rules(problem))
