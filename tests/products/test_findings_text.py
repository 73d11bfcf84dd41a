"""The fix set as lines of text."""

from __future__ import annotations

from casque.mission.vocabulary import Grade, Severity
from casque.plan.findings import Alternative, ChainLink, Change, CheckRecord, Finding, FixSet, State, TaskChain
from casque.plan.record import Outcome
from casque.products.findings_text import findings_text, fix_text


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
    assert lines[1] == "  - Lift it. (waive caveat; cost 5 days and weight 3; mends 1 link of t)"
    assert lines[3].startswith("Alternative 2 (feasible, cost 60")
    assert "no set can cost less than 50" in lines[3]
    assert lines[4].startswith("  - Send more.")
    assert lines[5:] == ["  without: Lift it.", "  No known change saves u: it was refused"]


def test_nothing_to_change_and_nothing_found_are_told_apart() -> None:
    none = FixSet(changes=(), outcome=outcome(0, 0), saves=(), cannot_save=())
    assert list(fix_text(none)) == ["No task of priority 3 or higher has a red link: no change is needed."]
    green = none.model_copy(update={"goal": "green"})
    assert list(fix_text(green)) == ["No task of priority 3 or higher has an amber or red link: no change is needed."]
    short = green.model_copy(update={"cannot_save": ("u: it is late",)})
    assert list(fix_text(short)) == ["No known change would help the tasks named below.", "  No known change turns green u: it is late"]
    unknown = none.model_copy(update={"outcome": outcome(0, 0).model_copy(update={"status": "unknown"})})
    assert list(fix_text(unknown)) == ["No set of changes was found (unknown)."]


def test_a_set_that_turns_tasks_green_says_so_with_days_and_tasks() -> None:
    links = tuple(f"task:t{number}/authority" for number in range(6))
    asked = change("transfer authority", "Transfer it.").model_copy(update={"through": 12, "mends": links})
    fixes = FixSet(goal="green", changes=(asked,), outcome=outcome(8, 8), saves=("t0", "t1"), cannot_save=())
    lines = list(fix_text(fixes))
    assert lines[0].endswith("turns 2 tasks of priority 3 or higher green: t0, t1")
    assert "through on D+12; cost 5 days and weight 3; mends 6 links of t0, t1, t2, t3 and 2 more" in lines[1]
    assert lines[2] == "  No other set of known changes that differs in substance does the same."


def test_links_that_do_not_hold_say_when_they_turn_green() -> None:
    links = (
        ChainLink(name="supply", state=State.AMBER, reason="Supplies come late.", clears_on=50),
        ChainLink(name="movement", state=State.AMBER, reason="Too slow."),
        ChainLink(name="units", state=State.RED, reason="Too few."),
    )
    chain = TaskChain(task="t", title="Hold it", priority=1, state=State.RED, links=links)
    record = CheckRecord(
        findings=(), chains=(chain,), fix_set=FixSet(changes=(), outcome=outcome(0, 0), saves=(), cannot_save=()), rules_checked=()
    )
    lines = list(findings_text(record, {}))
    assert "      ◐ supply: Supplies come late. It turns green on D+50." in lines
    assert "      ○ units: Too few." in lines
    assert not any("Too slow" in line for line in lines)


def test_findings_show_doctrine_sources_and_grade() -> None:
    finding = Finding(
        rule="r", severity=Severity.NOTE, subject="task:t", message="It is so.", fix="Mend it.", doctrine="the book", clears_on=9
    )
    known = finding.model_copy(update={"sources": ("a", "b"), "grade": Grade.SECONDARY})
    nothing = FixSet(changes=(), outcome=outcome(0, 0), saves=(), cannot_save=())
    green = nothing.model_copy(update={"goal": "green", "changes": (change("add measure", "Measure it."),)})
    unnamed = known.model_copy(update={"sources": (), "grade": Grade.JUDGEMENT})
    record = CheckRecord(findings=(finding, known, unnamed), chains=(), fix_set=nothing, to_green=green, rules_checked=("r",))
    lines = list(findings_text(record, {"task:t": ("tasks.yaml", 4)}))
    assert lines[0] == "tasks.yaml:4: note: It is so. Clears by itself on D+9. [r, task:t]"
    assert lines[2] == "    rests on the book"
    assert lines[5] == "    rests on the book; the item on a, b (secondary)"
    assert lines[8] == "    rests on the book; the item names no source (judgement)"
    assert "To turn amber links green as well:" in lines
