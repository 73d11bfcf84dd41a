"""The matrix of authority: nested as the definitions say, and the same as what the checks have always asked of a transfer."""

from __future__ import annotations

import itertools

import pytest

from casque.mission.command_authority import MATRIX, PASSED_ON, Act, may, powers, widest, withheld
from casque.mission.vocabulary import Authority, Grade

FULL, COMMAND, CONTROL, TACTICAL, LOCAL = Authority


def test_every_act_stands_once_with_its_evidence() -> None:
    assert [holding.act for holding in MATRIX] == list(Act)
    for holding in MATRIX:
        assert FULL in holding.degrees
        assert set(holding.within) <= holding.degrees
        assert holding.source
        assert holding.grade is not Grade.VERIFIED, "the printed table has not been seen"
        assert holding.grade is Grade.SECONDARY or "not read" in holding.source


@pytest.mark.parametrize(
    ("degree", "does", "does_not"),
    [
        (COMMAND, (Act.MISSION, Act.REASSIGN, Act.SPLIT, Act.DEPLOY, Act.TASK), (Act.ADMINISTER, Act.SUPPLY)),
        (CONTROL, (Act.DEPLOY, Act.TASK, Act.MOVEMENT), (Act.MISSION, Act.REASSIGN, Act.SPLIT, Act.SUPPLY)),
        (TACTICAL, (Act.TASK, Act.MOVEMENT), (Act.DEPLOY, Act.MISSION, Act.SPLIT)),
        (LOCAL, (Act.MOVEMENT,), (Act.TASK, Act.DEPLOY)),
    ],
)
def test_the_degrees_as_they_are_defined(degree: Authority, does: tuple[Act, ...], does_not: tuple[Act, ...]) -> None:
    assert all(may(degree, act) for act in does)
    assert not any(may(degree, act) for act in does_not)
    assert len(powers(degree)) + len(withheld(degree)) == len(Act)


def test_a_narrower_degree_never_lets_do_more() -> None:
    for wide, narrow in itertools.pairwise(Authority):
        assert {act for act in Act if may(narrow, act)} < {act for act in Act if may(wide, act)} | {Act.MOVEMENT} or wide is CONTROL
        assert PASSED_ON[narrow] <= PASSED_ON[wide]
    assert {act for act in Act if may(TACTICAL, act)} <= {act for act in Act if may(CONTROL, act)}


def test_nobody_passes_on_more_than_he_holds() -> None:
    for degree, passed in PASSED_ON.items():
        assert FULL not in passed
        assert all(item.rank >= degree.rank for item in passed)
    assert PASSED_ON[LOCAL] == frozenset()
    assert COMMAND not in PASSED_ON[COMMAND]


def test_only_tacon_lets_no_task_be_assigned() -> None:
    """The links of the chain leave out transfers at TACON, and no others."""
    assert {degree for degree in Authority if not may(degree, Act.TASK)} == {LOCAL}


def test_bounds_are_told() -> None:
    assert any("within the mission" in text for text in powers(TACTICAL))
    assert "assign tasks" in powers(COMMAND)
    assert widest((LOCAL, CONTROL)) is CONTROL
    assert widest(()) is None
