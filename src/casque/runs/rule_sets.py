"""Compares the rules of engagement of two states of a mission, each on a day of its own."""

from __future__ import annotations

from pathlib import Path

from casque.engagement.naming import when_of
from casque.engagement.review.differences import RuleSet, rule_changes
from casque.errors import BadInput
from casque.plan.rule_review import RuleComparison
from casque.reference.opening import Opened, open_folder
from casque.runs.compare import opened_state


def compare_rule_sets(folder: Path, a: str, b: str, from_day: str, to_day: str) -> tuple[RuleComparison, Opened]:
    """What differs between the rules of A on one day and those of B on another, and the second state.

    A and B are each `base` (the folder as it stands), the id of one of its scenarios, or another folder. Raises BadInput for a folder that
    cannot be read, for days outside the mission, and where both sides are the same; NoSuchItem for a name that is none of these.
    """
    base = open_folder(folder)
    one, other = (opened_state(folder, base, name) for name in (a, b))
    first, second = (when_of(day, side.opened.mission.about).day for day, side in ((from_day, one), (to_day, other)))
    if a == b and first == second:
        raise BadInput(
            f"both sides are {a} on the same day",
            next_step="Name two scenarios, or two days: --from-day D+0 --to-day D+30.",
        )
    sides = (RuleSet(side.name, side.opened.mission, side.opened.reference, day) for side, day in ((one, first), (other, second)))
    return rule_changes(*sides), other.opened
