"""Requests that wait, and rules and caveats that end or have to be reviewed, as they stand on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casque.errors import BadInput
from casque.mission.engagement import Rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import RuleStatus
from casque.plan.rule_review import DueText, PendingRule, RuleReview

WAITING = (RuleStatus.REQUESTED, RuleStatus.AUTHORISED)


def rule_review(mission: Mission, day: int, within: int) -> RuleReview:
    """What of the rules and caveats asks for attention on a day, looking some days ahead. Raises BadInput for days that cannot be meant."""
    if not 0 <= within <= 3650:
        raise BadInput(f"{within} is no number of days to look ahead", next_step="Write 0 to 3650.")
    waiting = sorted(_pending(mission, day), key=lambda item: (-(item.days if item.days is not None else -1), item.rule))
    due = sorted(_due(mission, day, within), key=lambda item: (item.day, item.subject, item.what))
    return RuleReview(day=day, within=within, pending=tuple(waiting), due=tuple(due))


def _pending(mission: Mission, day: int) -> Iterator[PendingRule]:
    for rule in mission.engagement.rules:
        asked = _day(mission, rule.requested)
        if rule.status not in WAITING or (asked is not None and asked > day):
            continue
        yield PendingRule(
            rule=rule.id,
            status=rule.status,
            requested_by=rule.requested_by or "",
            reason=rule.reason,
            requested=asked,
            days=None if asked is None else day - asked,
            expected=_day(mission, rule.implemented),
            tasks=_needing(mission, rule, day),
        )


def _due(mission: Mission, day: int, within: int) -> Iterator[DueText]:
    provisions = mission.mandate.provisions()
    last = day + within
    for rule in mission.engagement.rules:
        if rule.status is RuleStatus.DENIED:
            continue
        end = _day(mission, rule.withdrawn)
        if end is not None and end < day:
            continue
        review = _day(mission, rule.review_by)
        if review is not None and review <= last:
            yield _item(mission, rule, "review", review, day)
        if end is not None and end <= last:
            yield _item(mission, rule, "ends", end, day)
        if rule.permits and rule.provision in provisions:
            instrument, provision = provisions[rule.provision]
            ends = [_day(mission, item) for item in (instrument.expires, provision.until)]
            carried = min((item for item in ends if item is not None), default=None)
            if carried is not None and carried <= last and (end is None or carried < end):
                yield _item(mission, rule, "its provision ends", carried, day)
    for caveat in mission.engagement.caveats:
        end = _day(mission, caveat.until)
        if end is not None and day <= end <= last:
            yield DueText(subject=f"caveat:{caveat.id}", what="ends", day=end, overdue=False, tasks=())


def _item(mission: Mission, rule: Rule, what: str, when: int, day: int) -> DueText:
    return DueText.model_validate(
        {"subject": f"rule:{rule.id}", "what": what, "day": when, "overdue": when < day, "tasks": _needing(mission, rule, when + 1)}
    )


def _needing(mission: Mission, rule: Rule, day: int) -> tuple[str, ...]:
    """Tasks that need a rule and run on a day or later."""
    return tuple(task.id for task in mission.tasks.tasks if rule.id in task.rules_to_use and (task.end - mission.about.d_day).days >= day)


def _day(mission: Mission, when: date | None) -> int | None:
    return None if when is None else (when - mission.about.d_day).days
