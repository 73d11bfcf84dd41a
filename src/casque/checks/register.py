"""The register: every rule of the checks in order."""

from __future__ import annotations

from casque.checks.rule import Rule
from casque.checks.rules import agreements, command, engagement, force, mandate, measures, movement, release, supply

RULES: tuple[Rule, ...] = (
    *mandate.RULES,
    *agreements.RULES,
    *command.RULES,
    *engagement.RULES,
    *force.RULES,
    *movement.RULES,
    *supply.RULES,
    *measures.RULES,
    *release.RULES,
)
"""Every rule, family by family."""
