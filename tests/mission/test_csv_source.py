"""Reading tables: every record keeps its text, and nothing that a spreadsheet would run gets in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.mission.csv_source import is_formula, parse_csv, split_csv
from casque.mission.observations import Observation

HEAD = "measure,start,end,value,note\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-cmd", "-2+3+cmd|' /C calc'!A0", " =1", '"\t=1"', "+", "- see below"]
)
def test_a_cell_that_begins_a_formula_is_a_fault(cell: str) -> None:
    parsed = parse_csv(f"{HEAD}a,D,D,1,ok\na,D,D,1,{cell}\n", "observations/a.csv", Observation, "observations")
    (fault,) = parsed.faults
    assert (fault.file, fault.line, fault.where) == ("observations/a.csv", 3, "note")
    assert "formula" in fault.expected


@pytest.mark.parametrize("cell", ["-1.72", "+5", "-.5", "1e3", "-1e-3", "+1 000", "-1_000", "D-3", "a=b", "x@y", "'=1", ""])
def test_numbers_and_plain_texts_are_none(cell: str) -> None:
    assert not parse_csv(f"{HEAD}a,D,D,1,{cell}\n", "observations/a.csv", Observation, "observations").faults
    assert not is_formula(cell)


@given(st.text(alphabet='ab,"\r\n =', max_size=40))
def test_records_hold_the_whole_text(text: str) -> None:
    split = split_csv(text)
    whole = "".join(record.raw for record in split.records)
    assert text == whole if not split.trouble else text.startswith(whole)
