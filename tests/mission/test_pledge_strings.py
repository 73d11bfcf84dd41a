"""The strings of a pledge are read from the table with their units, and wrong ones are named with the nearest right one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casque.errors import BadInput
from casque.mission.folder import read
from casque.mission.vocabulary import Readiness
from tests.conftest import EXAMPLE

HEAD = "renewals,readiness,notice [d],called,may_wait [month],rest [month],splits_into,wishes,reliability [%],delay_months"


def folder(place: Path, cells: str) -> Path:
    """The example with strings on its first pledge."""
    shutil.copytree(EXAMPLE, place)
    table = place / "forces/pledges.csv"
    head, first, *rest = table.read_text(encoding="utf-8").splitlines()
    empty = "," * (HEAD.count(","))
    lines = [head.replace("renewals", HEAD), first.replace(",6,1,north", f",6,1,{cells},north")]
    width = head.split(",").index("renewals")
    for line in rest:
        parts = line.split(",")
        lines.append(",".join([*parts[:width], parts[width] + empty, *parts[width + 1 :]]))
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def test_every_string_is_read(tmp_path: Path) -> None:
    first = read(folder(tmp_path / "m", "UN rapid deployment,14,D-20,2,12,4,north;south,80,1.5")).forces.pledges[0]
    assert (first.readiness, first.notice, first.may_wait, first.rest) == (Readiness.UN_RAPID, 14.0, 2.0, 12.0)
    assert (first.splits_into, first.wishes, first.reliability, first.delay_months) == (4, ("north", "south"), 0.8, 1.5)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("UN rapid deploymnet,,,,,,,,", "UN rapid deployment"),
        (",,,,,several,,,", "whole number"),
        (",,,,,,,,late", "number"),
        (",,,,,,norht,,", "expected the id of a known sector"),
        (",-3,,,,,,,", "at least 0 d"),
        (",,,,,99,,,", "at most 40"),
    ],
)
def test_a_wrong_string_is_named(tmp_path: Path, cells: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(folder(tmp_path / "m", cells))
    text = str(caught.value) + "".join(map(str, getattr(caught.value, "faults", ())))
    assert words in text
    assert "pledges.csv" in text
