"""A comparison of two states of a mission as lines and tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from casque.plan.compare import Comparison, FigureDifference, FixSetDifference
from casque.plan.findings import State
from casque.products.figures import NONE, count, d_plus, number, percent, signed
from casque.products.findings_text import MARKS
from casque.products.svg import shortened
from casque.products.tables import Table

LONGEST = 60
"""Characters of a value that a table shows."""


def comparison_text(comparison: Comparison) -> Iterator[str]:
    """What is compared, and how much differs, in a few lines."""
    yield f"A  {comparison.a.name}: {comparison.a.title}"
    yield f"B  {comparison.b.name}: {comparison.b.title}"
    yield ""
    yield f"{_count(len(comparison.inputs), 'difference')} in what is written."
    if comparison.fix_set is None:
        return
    gone, new = (sum(getattr(item, side) is None for item in comparison.findings) for side in ("b", "a"))
    weighs = len(comparison.findings) - gone - new
    yield f"Findings from A to B: {gone} gone, {new} new, {weighs} of another severity."
    worse = sum(_rank(item.b) > _rank(item.a) for item in comparison.links if item.link)
    better = sum(_rank(item.b) < _rank(item.a) for item in comparison.links if item.link)
    tasks = len({item.task for item in comparison.links})
    yield f"Chains from A to B: {_count(worse, 'link')} worse, {better} better, over {_count(tasks, 'task')}."
    yield from _fix_sets(comparison.fix_set, "Cheapest sets of changes", "saves")
    if comparison.to_green is not None:
        yield from _fix_sets(comparison.to_green, "Cheapest sets that turn every task green", "turns green")
    yield from comparison.left_out


def _fix_sets(fix: FixSetDifference, title: str, brings: str) -> Iterator[str]:
    cost = f"cost {number(fix.cost_a)} and {number(fix.cost_b)} ({signed(fix.cost_b - fix.cost_a)}) in days and political weight"
    yield f"{title}: {cost}; {_count(len(fix.changes), 'change')} asked for on one side only."
    yield from (f"  No known change {brings}, in A only: {text}" for text in fix.cannot_save_a)
    yield from (f"  No known change {brings}, in B only: {text}" for text in fix.cannot_save_b)


def comparison_tables(comparison: Comparison) -> list[Table]:
    """What differs, in tables; those without rows are left out."""
    made = [
        Table("Inputs", ("item", "title", "field", "A", "B"), tuple(_inputs(comparison))),
        Table("Findings", ("rule", "subject", "A", "B", "what it says"), tuple(_findings(comparison))),
        Table("Chains", ("task", "link", "A", "B", "why in B, or in A where B has none"), tuple(_links(comparison))),
        Table("Cheapest sets of changes", ("asked for in", "change", "subject"), tuple(_changes(comparison.fix_set))),
        Table("Cheapest sets that turn every task green", ("asked for in", "change", "subject"), tuple(_changes(comparison.to_green))),
        Table("Key figures", ("stage", "figure", "A", "B", "B less A"), tuple(_figures(comparison))),
    ]
    return [table for table in made if table.rows]


def _inputs(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for item in comparison.inputs:
        yield (item.item, shortened(item.title, 40), item.field or "the whole item", _value(item.a), _value(item.b))


def _findings(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for item in comparison.findings:
        before = item.a.value if item.a else NONE
        after = NONE if item.b is None else item.b.value
        mark = " (gone)" if item.b is None else " (new)" if item.a is None else ""
        yield (item.rule, item.subject, before, after + mark, shortened(item.message_b or item.message_a, 120))


def _links(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for item in comparison.links:
        yield (item.task, item.link or "the whole task", _state(item.a), _state(item.b), shortened(item.reason_b or item.reason_a, 120))


def _changes(fix_set: FixSetDifference | None) -> Iterator[tuple[str, ...]]:
    for change in fix_set.changes if fix_set else ():
        yield ("A only" if change.in_a else "B only", change.text, change.subject)


def _figures(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for item in comparison.figures:
        yield (item.stage, f"{item.name} [{item.unit}]", _figure(item.a, item), _figure(item.b, item), _difference(item))


def _figure(value: float | None, item: FigureDifference) -> str:
    if value is None:
        return NONE
    written = d_plus(value) if item.unit == "day" else percent(value) if item.unit == "share" else number(value)
    return written.replace("\u00a0", " ")


def _difference(item: FigureDifference) -> str:
    if item.a is None or item.b is None:
        return NONE
    return f"{signed(100 * (item.b - item.a))} points" if item.unit == "share" else signed(item.b - item.a)


def _value(text: str | None) -> str:
    return NONE if text is None else shortened(text, LONGEST)


def _state(state: State | None) -> str:
    return NONE if state is None else f"{MARKS[state]} {state.value}"


def _rank(state: State | None) -> int:
    return -1 if state is None else list(State).index(state)


def _count(many: int, one: str) -> str:
    return count(many, one).replace("\u00a0", " ")
