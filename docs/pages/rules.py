"""The reference page of the rules of the checks, from their register."""

from __future__ import annotations

from casque.checks.register import RULES
from docs.pages.markdown import page, table

_HEAD = """`casque check` judges a mission by these rules. Severity *error*: the task cannot lawfully, or cannot at all, be done as written.
*warning*: it can be done late, in part, or at a named risk. *note*: worth knowing. The severity shown is the worst that the rule gives;
a breach that clears by itself or holds in part only is milder."""


def rules_page() -> str:
    """docs/reference/rules.md"""
    listed = table(["rule", "severity", "what is wrong"], ([f"[{rule.id}](#{rule.id})", rule.severity, rule.title] for rule in RULES))
    parts = [
        f"## {rule.id}\n\n**{rule.title}**\n\n"
        f"* Severity: {rule.severity}\n* What is checked: {rule.checks}\n* Doctrine: {rule.doctrine}\n* Fix: {rule.fix}"
        for rule in RULES
    ]
    return page("Rules of the checks", _HEAD, f"{len(RULES)} rules.", listed, *parts)
