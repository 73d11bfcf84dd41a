"""A comparison on a terminal."""

from __future__ import annotations

from casque.mission.vocabulary import Severity
from casque.plan.compare import (
    ChangeDifference,
    Comparison,
    FigureDifference,
    FindingDifference,
    FixSetDifference,
    InputDifference,
    LinkDifference,
    Side,
)
from casque.plan.findings import State
from casque.products.comparison_text import comparison_tables, comparison_text

FULL = Comparison(
    a=Side(name="base", title="M: as it stands"),
    b=Side(name="cut", title="M: the road is cut"),
    depth="figures",
    inputs=(
        InputDifference(item="link:road", title="", field="closes", a=None, b="2030-03-20"),
        InputDifference(item="unit:x", title="X", field="", a="there", b=None),
    ),
    findings=(
        FindingDifference(rule="r", subject="task:t", a=None, b=Severity.ERROR, message_a="", message_b="It fails."),
        FindingDifference(rule="r", subject="task:u", a=Severity.NOTE, b=None, message_a="It was so.", message_b=""),
        FindingDifference(rule="r", subject="task:v", a=Severity.NOTE, b=Severity.WARNING, message_a="a", message_b="b"),
    ),
    links=(
        LinkDifference(task="t", title="T", link="movement", a=State.GREEN, b=State.RED, reason_a="There.", reason_b="Late."),
        LinkDifference(task="u", title="U", link="supply", a=State.RED, b=State.AMBER, reason_a="None.", reason_b="Some."),
        LinkDifference(task="w", title="W", link="", a=None, b=State.GREEN, reason_a="The task is not there.", reason_b=""),
    ),
    fix_set=FixSetDifference(
        changes=(ChangeDifference(kind="waive caveat", subject="caveat:c", text="Waive it.", in_a=False),),
        cost_a=10.0,
        cost_b=24.0,
        cannot_save_a=(),
        cannot_save_b=("t: no road",),
    ),
    figures=(
        FigureDifference(stage="deploy", name="closure", unit="day", a=30.0, b=44.0),
        FigureDifference(stage="generate", name="weighted fill, mean", unit="share", a=0.5, b=0.25),
        FigureDifference(stage="sustain", name="first stock-out", unit="day", a=None, b=31.0),
    ),
    left_out=("cut has no current record of simulate.",),
)


def test_lines_say_how_much_differs() -> None:
    text = "\n".join(comparison_text(FULL))
    assert "A  base: M: as it stands" in text
    assert "2 differences in what is written." in text
    assert "1 gone, 1 new, 1 of another severity" in text
    assert "1 link worse, 1 better, over 3 tasks" in text
    assert "cost 10 and 24 (+14)" in text
    assert "in B only: t: no road" in text
    assert text.endswith("cut has no current record of simulate.")


def test_tables_show_every_difference_and_none_without_rows() -> None:
    tables = {table.title: table.rows for table in comparison_tables(FULL)}
    assert tables["Inputs"] == (("link:road", "", "closes", "–", "2030-03-20"), ("unit:x", "X", "the whole item", "there", "–"))
    assert [row[2:4] for row in tables["Findings"]] == [("–", "error (new)"), ("note", "– (gone)"), ("note", "warning")]
    assert [row[1:4] for row in tables["Chains"]] == [
        ("movement", "● green", "○ red"),
        ("supply", "○ red", "◐ amber"),
        ("the whole task", "–", "● green"),
    ]
    assert tables["Cheapest sets of changes"] == (("B only", "Waive it.", "caveat:c"),)
    assert [row[2:] for row in tables["Key figures"]] == [("D+30", "D+44", "+14"), ("50 %", "25 %", "−25 points"), ("–", "D+31", "–")]


def test_inputs_alone() -> None:
    thin = Comparison(a=FULL.a, b=FULL.b, depth="inputs", inputs=())
    assert comparison_tables(thin) == []
    assert list(comparison_text(thin))[-1] == "0 differences in what is written."


def test_the_sets_that_turn_tasks_green_are_compared_apart() -> None:
    green = FixSetDifference(
        changes=(ChangeDifference(kind="observe measure", subject="measure:m", text="Observe it.", in_a=True),),
        cost_a=30.0,
        cost_b=8.0,
        cannot_save_a=("t: late",),
        cannot_save_b=(),
    )
    both = FULL.model_copy(update={"to_green": green})
    lines = list(comparison_text(both))
    text = next(line for line in lines if line.startswith("Cheapest sets that turn every task green"))
    assert "cost 30 and 8 (\u221222) in days and political weight; 1 change asked for on one side only" in text
    assert "  No known change turns green, in A only: t: late" in lines
    table = next(table for table in comparison_tables(both) if table.title == "Cheapest sets that turn every task green")
    assert table.rows == (("A only", "Observe it.", "measure:m"),)
    assert not [table for table in comparison_tables(FULL) if table.title == "Cheapest sets that turn every task green"]
