"""Cases of the rules on the strings of a pledge."""

from __future__ import annotations

from casque.mission.vocabulary import Readiness
from tests.checks.cases import Edit, both, change, day

PLEDGE_BREAKS: dict[str, Edit] = {
    "part-below-company": change("pledges", "alf-inf", splits_into=20),
    "ready-before-notice": change("pledges", "alf-inf", readiness=Readiness.UN_RAPID, ready_to_load=day(-10)),
    "wish-without-choice": change("pledges", "alf-inf", sector="north", wishes=("south",)),
    "unit-above-ceiling": change("members", "alfaland", people_at_most=50.0),
    "lead-bound-elsewhere": both(
        change("sectors", "north", lead="alfaland", lead_stays=True),
        both(change("sectors", "south", lead="bravia"), change("pledges", "alf-inf", sector="south")),
    ),
}
"""For every rule an edit after which it has a finding."""

PLEDGE_SOUND: dict[str, tuple[str, Edit]] = {
    "companies": ("part-below-company", change("pledges", "alf-inf", splits_into=2)),
    "called in time": (
        "ready-before-notice",
        change("pledges", "alf-inf", readiness=Readiness.UN_RAPID, called=day(-70), ready_to_load=day(-10)),
    ),
    "own notice before that of the readiness": (
        "ready-before-notice",
        change("pledges", "alf-inf", readiness=Readiness.UN_RAPID, notice=5.0, called=day(-20), ready_to_load=day(-10)),
    ),
    "wish where it may serve": ("wish-without-choice", change("pledges", "alf-inf", sector="north", wishes=("north",))),
    "ceiling above every unit": ("unit-above-ceiling", change("members", "alfaland", people_at_most=5000.0)),
    "lead nation in its own sector": (
        "lead-bound-elsewhere",
        both(change("sectors", "north", lead="alfaland", lead_stays=True), change("pledges", "alf-inf", sector="north")),
    ),
}
"""Edits that a rule lets pass: name -> (rule, edit)."""
