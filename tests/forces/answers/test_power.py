"""Indices of power against the literature and against counting every set and every order."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.forces.answers.power import Game, game_of, power, voting_power
from casque.mission.mission import Mission
from casque.mission.vocabulary import DecisionRule

# Security Council, as the literature since Shapley and Shubik (1954) has it: 0.19627 and 0.00186; Banzhaf 848 and 84 swings of 5080.
COUNCIL_SHAPLEY = (Fraction(421, 2145), Fraction(4, 2145))
COUNCIL_BANZHAF = (Fraction(848, 5080), Fraction(84, 5080))


def wins(game: Game, there: set[int]) -> bool:
    """Whether a set of members decides."""
    return game.vetoes <= there and sum(game.votes[member] for member in there) >= game.needed


def test_the_security_council_is_as_the_literature_has_it() -> None:
    found = power(game_of(DecisionRule.COUNCIL_NINE_OF_FIFTEEN, 15))
    assert (found.shapley[0], found.shapley[14]) == COUNCIL_SHAPLEY
    assert (found.banzhaf[0], found.banzhaf[14]) == COUNCIL_BANZHAF
    assert float(found.shapley[0]) == pytest.approx(0.19627, abs=1e-5)
    assert float(found.shapley[14]) == pytest.approx(0.00186, abs=1e-5)
    assert float(found.banzhaf[14]) == pytest.approx(0.0165, abs=1e-4)


def test_the_security_council_by_counting_every_set() -> None:
    game = game_of(DecisionRule.COUNCIL_NINE_OF_FIFTEEN, 15)
    swings = [0] * 15
    for votes in product((False, True), repeat=15):
        there = {member for member, vote in enumerate(votes) if vote}
        if wins(game, there):
            for member in there:
                swings[member] += not wins(game, there - {member})
    assert swings == [848] * 5 + [84] * 10
    assert [Fraction(count, 2**14) for count in swings] == list(power(game).swing)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    votes=st.lists(st.integers(0, 6), min_size=1, max_size=6),
    needed=st.integers(1, 20),
    vetoes=st.sets(st.integers(0, 5), max_size=3),
)
def test_any_small_game_by_counting_every_order_and_every_set(votes: list[int], needed: int, vetoes: set[int]) -> None:
    number = len(votes)
    game = Game(tuple(votes), needed, frozenset(member for member in vetoes if member < number))
    turned, orders = [0] * number, 0
    for order in permutations(range(number)):
        orders += 1
        there: set[int] = set()
        for member in order:
            before = wins(game, there)
            there.add(member)
            if wins(game, there) and not before:
                turned[member] += 1
    swings = [0] * number
    for choice in product((False, True), repeat=number):
        there = {member for member, vote in enumerate(choice) if vote}
        for member in there if wins(game, there) else ():
            swings[member] += not wins(game, there - {member})
    found = power(game)
    assert found.shapley == tuple(Fraction(count, orders) for count in turned)
    assert found.swing == tuple(Fraction(count, 2 ** (number - 1)) for count in swings)
    assert sum(found.shapley) == (1 if wins(game, set(range(number))) else 0)


@pytest.mark.parametrize("rule", [DecisionRule.CONSENSUS, DecisionRule.MAJORITY, DecisionRule.TWO_THIRDS])
def test_alike_members_have_alike_power(rule: DecisionRule) -> None:
    found = power(game_of(rule, 19))
    assert set(found.shapley) == {Fraction(1, 19)}
    assert set(found.banzhaf) == {Fraction(1, 19)}


def test_a_consensus_hangs_on_everyone_and_a_lead_nation_on_itself() -> None:
    assert power(game_of(DecisionRule.CONSENSUS, 19)).swing[0] == Fraction(1, 2**18)
    assert power(game_of(DecisionRule.LEAD_NATION, 4)).shapley == (Fraction(1), *(Fraction(0),) * 3)


def test_permanent_members_are_named_and_elected_ones_are_not(kosovo: Mission) -> None:
    rows = {(item.organisation, item.seat): item for item in voting_power(kosovo.alliance)}
    assert set(rows["un", "permanent member"].members) == {"fra", "gbr", "rus", "usa"}
    assert rows["un", "elected member"].members == ()
    seats = rows["nato", "member"]
    assert seats.shapley == pytest.approx(1 / seats.seats)


@pytest.mark.parametrize(("rule", "alone"), [(DecisionRule.CONSENSUS, 2.0**-18), (DecisionRule.MAJORITY, 48620 / 2**18)])
def test_seats_that_an_organisation_states_count_and_not_the_members_of_the_mission(
    kosovo: Mission, rule: DecisionRule, alone: float
) -> None:
    stated = tuple(item.model_copy(update={"decides_by": rule}) for item in kosovo.alliance.organisations if item.id == "nato")
    (row,) = voting_power(kosovo.alliance.model_copy(update={"organisations": stated}))
    assert (row.seats, row.seats_known) == (19, True)
    assert len(row.members) < 19
    assert row.shapley == pytest.approx(1 / 19)
    # Nine of the other eighteen decide a majority: C(18, 9) sets.
    assert row.swing == pytest.approx(alone)
