"""Votes under each decision rule, by the votes that history knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.mission.vocabulary import DecisionRule
from casque.mission.votes import COUNCIL, PERMANENT, Vote, carried, who_could_stop
from tests.conftest import KOSOVO

CONSENSUS, RULE, THIRDS, MAJORITY, LEAD = DecisionRule


def vote(favour: int, against: int = 0, abstaining: int = 0, absent: int = 0, by: tuple[str, ...] = ()) -> Vote:
    """A vote of the Council."""
    return Vote(organisation="un", in_favour=favour, against=against, abstaining=abstaining, absent=absent, against_by=by)


@pytest.mark.parametrize(
    ("what", "cast", "holds"),
    [
        ("resolution 1244, 10 June 1999, China abstaining", vote(14, 0, 1), True),
        ("resolution 1497, 1 August 2003, France, Germany and Mexico abstaining", vote(12, 0, 3), True),
        ("resolution 1509, 19 September 2003, unanimous", vote(15), True),
        ("nine in favour and six abstaining", vote(9, 0, 6), True),
        ("eight are not enough", vote(8, 0, 7), False),
        ("fourteen in favour and a veto", vote(14, 1, by=("rus",)), False),
        ("two vetoes", vote(13, 2, by=("rus", "chn")), False),
        ("a member without a veto is against", vote(14, 1, by=("deu",)), True),
        ("a permanent member is absent", vote(11, 0, 3, 1), True),
    ],
)
def test_the_security_council(what: str, cast: Vote, holds: bool) -> None:
    assert carried(RULE, cast).holds is holds, what


def test_consensus_is_broken_by_one_and_not_by_abstaining() -> None:
    assert carried(CONSENSUS, vote(18, 0, 1)).holds
    broken = carried(CONSENSUS, vote(18, 1, by=("grc",)))
    assert not broken.holds
    assert broken.why == "silence was broken by grc"


@pytest.mark.parametrize(
    ("rule", "cast", "members", "holds"),
    [
        (THIRDS, vote(10, 5), 15, True),
        (THIRDS, vote(9, 5), 15, False),
        (THIRDS, vote(6, 3, 6), 15, True),
        (THIRDS, vote(5, 0, 0, 10), 15, False),
        (MAJORITY, vote(8, 7), 15, True),
        (MAJORITY, vote(7, 7), 15, False),
        (MAJORITY, vote(0, 0, 15), 15, False),
        (MAJORITY, vote(2, 1), None, True),
    ],
)
def test_assemblies_count_the_votes_cast(rule: DecisionRule, cast: Vote, members: int | None, holds: bool) -> None:
    assert carried(rule, cast, members).holds is holds


def test_a_lead_nation_decides_alone() -> None:
    assert carried(LEAD, vote(1, 9, by=("fra",)), leader="usa").holds
    assert not carried(LEAD, vote(9, 1, by=("usa",)), leader="usa").holds


@given(st.integers(0, 15), st.integers(0, 15), st.sampled_from(list(DecisionRule)))
def test_one_more_in_favour_never_hurts(favour: int, against: int, rule: DecisionRule) -> None:
    if carried(rule, vote(favour, against), COUNCIL).holds:
        assert carried(rule, vote(favour + 1, against), COUNCIL).holds


@given(st.sampled_from(list(DecisionRule)), st.integers(1, 20))
def test_whoever_could_stop_it_does(rule: DecisionRule, seats: int) -> None:
    members = tuple(f"m{number}" for number in range(seats))
    for name in who_could_stop(rule, members, "m0"):
        others = COUNCIL - 1 if rule is RULE else seats - 1
        assert not carried(rule, vote(others, 1, by=(name,)), leader="m0").holds
    if rule in (THIRDS, MAJORITY):
        assert who_could_stop(rule, members) == ()


def test_the_kosovo_folder_carries_its_vote() -> None:
    from casque.mission.folder import read

    mission = read(KOSOVO)
    resolution = next(item for item in mission.mandate.instruments if item.id == "unscr-1244")
    (cast,) = resolution.votes
    assert (cast.figures, cast.abstaining_by, cast.cast) == ("14-0-1", ("chn",), COUNCIL)
    assert cast.source
    assert carried(RULE, cast).holds
    assert set(PERMANENT) >= set(cast.abstaining_by)
