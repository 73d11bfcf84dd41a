"""The fix set as lines of text."""

from __future__ import annotations

from casque.plan.findings import Alternative, Change, FixSet
from casque.plan.record import Outcome
from casque.products.findings_text import fix_text


def change(kind: str, text: str, place: str = "") -> Change:
    """A change that mends one link."""
    return Change(kind=kind, subject="x:1", place=place, text=text, days=5, weight=3, mends=("task:t/units",))


def outcome(value: float, bound: float) -> Outcome:
    """How the search ended."""
    return Outcome(status="optimal" if value == bound else "feasible", value=value, bound=bound, gap=0.0, sense="least")


def test_the_set_its_alternatives_and_what_nothing_saves() -> None:
    waive, pledge = change("waive caveat", "Lift it."), change("add pledge", "Send more.", "sector:north")
    both = change("add measure", "Measure it.")
    other = Alternative(changes=(both, pledge), outcome=outcome(60, 50))
    fixes = FixSet(
        priority=2, changes=(waive, both), outcome=outcome(16, 16), saves=("t",), cannot_save=("u: it was refused",), alternatives=(other,)
    )
    lines = list(fix_text(fixes))
    assert lines[0] == "Cheapest set of changes (optimal, cost 16 in days and political weight), saves 1 task of priority 2 or higher: t"
    assert lines[1].startswith("  - Lift it. (waive caveat, 5 days, weight 3")
    assert lines[3].startswith("Alternative 2 (feasible, cost 60")
    assert "no set can cost less than 50" in lines[3]
    assert lines[4].startswith("  - Send more.")
    assert lines[5:] == ["  without: Lift it.", "  No known change saves u: it was refused"]


def test_nothing_to_change_and_nothing_found_are_told_apart() -> None:
    none = FixSet(changes=(), outcome=outcome(0, 0), saves=(), cannot_save=())
    assert list(fix_text(none)) == ["No change is needed or would help for tasks of priority 3 or higher."]
    unknown = none.model_copy(update={"outcome": outcome(0, 0).model_copy(update={"status": "unknown"})})
    assert list(fix_text(unknown)) == ["No set of changes was found (unknown)."]
