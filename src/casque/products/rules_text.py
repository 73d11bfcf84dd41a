"""Changes between two sets of rules, and what a review of one finds, as lines of text and tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casque.plan.coherence import Situation
from casque.plan.rule_review import DueText, RuleChange, RuleComparison, RuleReview
from casque.products.figures import count, d_plus, number
from casque.products.names import Names
from casque.products.tables import Table

MOST = 5
"""Names that a line shows before it counts the rest."""

GATES = {"gate:transfer": "no transfer of authority in force", "gate:status": "no status-of-forces agreement in force"}


def changes_text(found: RuleComparison, names: Names) -> Iterator[str]:
    """Changes, a group of alike decisions each: what becomes of which measure, for whom, where and in which situation."""
    yield f"From {found.a} on {d_plus(found.day_a)} to {found.b} on {d_plus(found.day_b)}:"
    for item in found.changes:
        yield f"  {', '.join(item.measures)}: {item.was} -> {item.now}"
        yield f"    for {_whom(item, names)}, {_where(item, names)}{_hours(item.hours)}"
        yield f"    {_cases(item)}"
        yield f"    before: {_decided(item.decided_before, names)}; after: {_decided(item.decided_after, names)}"
    if found.units_left_out:
        yield f"  Units of one side only, left out: {_listed(found.units_left_out)}."
    same = "No decision differs" if not found.changes else f"{count(found.changed, 'decision')} of {number(found.decisions)} differ"
    yield f"{same}; {count(len(found.changes), 'group')} of alike changes."


def review_tables(found: RuleReview, names: Names) -> list[Table]:
    """Pending requests, and reviews and ends that are due."""
    pending = [
        (
            names.of("rule", item.rule),
            item.status.value,
            names.of("post", item.requested_by) if item.requested_by else "not said",
            item.reason or "not said",
            "not said" if item.requested is None else f"{d_plus(item.requested)} ({item.days} d)",
            "no day" if item.expected is None else d_plus(item.expected),
            _listed([names.task(task) for task in item.tasks]) or "nothing",
        )
        for item in found.pending
    ]
    due = [
        (d_plus(item.day) + (" (overdue)" if item.overdue else ""), item.what, names.with_kind(item.subject), _waiting(item, names))
        for item in found.due
    ]
    return [
        Table(
            f"Requests that wait on {d_plus(found.day)}",
            ("rule", "status", "asked by", "why", "since", "expected", "what waits"),
            tuple(pending),
        ),
        Table(f"Due by {d_plus(found.day + found.within)}", ("day", "what", "text", "tasks that need it after"), tuple(due)),
    ]


def review_text(found: RuleReview) -> str:
    """The review in a sentence."""
    late = sum(item.overdue for item in found.due)
    return f"{count(len(found.pending), 'request')} waiting; {count(len(found.due), 'text')} due, {late} of them overdue."


def _waiting(item: DueText, names: Names) -> str:
    return _listed([names.task(task) for task in item.tasks]) or "none"


def _whom(item: RuleChange, names: Names) -> str:
    parts = [f"all units of {_listed([names.member(member) for member in item.members])}"] if item.members else []
    if len(item.units) <= MOST:
        return " and ".join([*parts, *([_listed([names.unit(unit) for unit in item.units])] if item.units else [])])
    by_member: dict[str, int] = {}
    for unit in item.units:
        by_member[names.member_of(unit)] = by_member.get(names.member_of(unit), 0) + 1
    return " and ".join([*parts, _listed([f"{count(units, 'unit')} of {names.member(member)}" for member, units in by_member.items()])])


def _where(item: RuleChange, names: Names) -> str:
    if item.extent != "named":
        return {"everywhere": "everywhere", "own sector": "in their own sector"}.get(item.extent, "outside their own sector")
    return f"in {_listed([*map(names.sector, item.sectors), *(names.of('place', place) for place in item.places)])}"


def _hours(hours: Sequence[int]) -> str:
    return f", in the hours from {', '.join(f'{hour}:00' for hour in hours)}" if hours else ""


def _cases(item: RuleChange) -> str:
    if item.always:
        return "whatever is the case"
    whose = f" (for {item.measures[0]})" if len(item.measures) > 1 else ""
    return f"in such situations{whose} as: " + "; ".join(map(_case, item.situations))


def _case(situation: Situation) -> str:
    given = " and ".join(situation.given) or "nothing in particular"
    return given + (f", protecting {situation.protecting}" if situation.protecting else "")


def _decided(items: Sequence[str], names: Names) -> str:
    return "; ".join(GATES.get(item) or names.with_kind(item) for item in items[:MOST]) or "no rule spoke"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
