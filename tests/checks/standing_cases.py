"""Cases of the rules on standing arrangements."""

from __future__ import annotations

from casque.mission.standing import StandingArrangement
from casque.mission.vocabulary import AgreementStatus
from tests.checks.cases import Edit, add, both, change, day


def package(**more: object) -> Edit:
    """An edit that adds a package of one battalion: asked for in time, ready on D-day, and able to stay for its twelve months."""
    facts = {"id": "spearhead", "title": "Spearhead", "kind": "battlegroup", "organisation": "un", "members": ("alfaland",)}
    days = {"pledges": ("alf-inf",), "requested": day(-15), "decision": "5 d", "notice": "10 d", "endurance": "183 d", "renewals": 1}
    return add("standing", StandingArrangement.model_validate({**facts, **days, **more}))


STANDING_BREAKS: dict[str, Edit] = {
    "standing-off-call": package(until=day(-16)),
    "standing-not-ready": package(notice="30 d"),
    "standing-outstayed": package(renewals=0),
    "standing-without-basis": package(requested=day(-100), instrument="resolution-9999"),
}
"""For every rule an edit after which it has a finding."""

STANDING_SOUND: dict[str, tuple[str, Edit]] = {
    "on call that day": ("standing-off-call", package(from_day=day(-15), until=day(-15))),
    "ready to the day": ("standing-not-ready", package()),
    "renewed for as long as it is pledged": ("standing-outstayed", package()),
    "nothing of it pledged": ("standing-outstayed", package(pledges=(), renewals=0)),
    "text in force": ("standing-without-basis", package(instrument="resolution-9999", agreement="sofa")),
}
"""Edits that a rule lets pass: name -> (rule, edit)."""

STANDING_MILD: dict[str, tuple[str, Edit, str]] = {
    "agreement not in force": (
        "standing-without-basis",
        both(change("agreements", "sofa", status=AgreementStatus.NEGOTIATING, in_force=None), package(agreement="sofa")),
        "warning",
    ),
}
"""Edits whose finding has a stated severity: name -> (rule, edit, severity)."""
