"""The new text of a table, for tables and edits of any kind: it says what the sheet says, and keeps every row that is as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.mission.written import Written
from casque.products.workbook.cells import key_of
from casque.products.workbook.merge import matched, rewritten
from casque.products.workbook.table import Kind, Table, read_table


class Line(Written):
    """A row of a small table."""

    measure: str
    """A text."""
    value: float
    """A number."""
    note: str = ""
    """Another text."""


KIND = Kind("observations/a.csv", "observations", Line)
COLUMNS = ("measure", "value", "note")

texts = st.text(alphabet="ab ,\"\nΩ'", max_size=6).map(str.strip)
cells = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["1", "0.50", "2.5", "07", "x"]), texts)
fields = st.tuples(cells, st.booleans(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\n", " ,,\r\n"]))


def written(row: tuple[str, ...], quoted: bool) -> str:
    """A record in one of the styles that people use."""
    bare = [cell if cell and not quoted and not set(cell) & set(',"\n') else '"' + cell.replace('"', '""') + '"' for cell in row]
    return ",".join(bare)


def table_of(text: str) -> Table:
    """The table behind a text."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / KIND.name
        path.parent.mkdir()
        path.write_bytes(text.encode())
        return read_table(Path(temporary), KIND)


def keys(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows as they are compared."""
    return [tuple(key_of(cell, place == 1) for place, cell in enumerate(row)) for row in rows]


@settings(max_examples=100, deadline=None)
@given(st.lists(fields, max_size=6), st.lists(st.tuples(st.integers(0, 5), st.booleans(), cells), max_size=8), st.booleans())
def test_the_new_text_says_what_the_sheet_says(
    rows: list[tuple[tuple[str, ...], bool, str, str]], picks: list[tuple[int, bool, tuple[str, ...]]], finished: bool
) -> None:
    text = "measure,value,note\n" + "".join(lead + written(row, quoted) + end for row, quoted, end, lead in rows)
    text = text if finished or (rows and rows[-1][3]) else text.rstrip("\r\n")
    table = table_of(text)
    headings = dict(zip(COLUMNS, COLUMNS, strict=True))
    same = [dict(zip(COLUMNS, row.cells, strict=True)) for row in table.rows]
    assert rewritten(table, headings, same).text == text
    new = [table.rows[at].cells if keep and at < len(table.rows) else other for at, keep, other in picks]
    after = rewritten(table, headings, [dict(zip(COLUMNS, row, strict=True)) for row in new]).text
    again = table_of(after)
    assert keys([row.cells for row in again.rows]) == keys(new)
    origin = matched(keys([row.cells for row in table.rows]), keys(new), None)
    for number, source in enumerate(origin):
        if source is not None and keys([table.rows[source].cells]) == keys([new[number]]):
            assert again.rows[number].fields == table.rows[source].fields


@given(st.lists(st.sampled_from("abc"), max_size=6), st.permutations(range(6)))
def test_rows_that_only_moved_are_known_again(names: list[str], order: list[int]) -> None:
    old = [(name, str(number)) for number, name in enumerate(names)]
    moved = [old[place] for place in order if place < len(old)]
    assert [old[place] for place in matched(old, moved, None) if place is not None] == moved


def test_a_row_of_the_same_id_is_the_same_row_wherever_it_stands() -> None:
    old = [("a", "1"), ("b", "2"), ("c", "3")]
    assert matched(old, [("c", "9"), ("n", "0"), ("a", "1")], 0) == [2, None, 0]


def test_an_edited_row_without_an_id_is_known_by_its_place() -> None:
    old = [("a", "1"), ("a", "2"), ("a", "3")]
    assert matched(old, [("a", "1"), ("a", "9"), ("a", "3"), ("a", "4")], None) == [0, 1, 2, None]
