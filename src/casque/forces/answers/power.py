"""Power of members under an organisation's decision rule: the indices of Shapley and Shubik (1954) and of Banzhaf (1965).

A rule is a game in which a set of members decides if all with a veto are in it and it brings enough votes. The sets that a member turns are
counted by generating functions: how many sets of so many members bring so many votes. All figures are exact fractions until they are
written. Consensus, by silence procedure or by show of hands, gives everyone a veto, and so everyone the same power.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from casque.mission.alliance import Alliance, Organisation
from casque.mission.vocabulary import DecisionRule
from casque.mission.votes import COUNCIL, NEEDED, PERMANENT
from casque.plan.force_answers import VotingPower


@dataclass(frozen=True)
class Game:
    """A decision: the votes of each member, the votes needed, and the members (positions) without whom nothing is decided."""

    votes: tuple[int, ...]
    needed: int
    vetoes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Power:
    """Indices of each member of a game."""

    shapley: tuple[Fraction, ...]
    banzhaf: tuple[Fraction, ...]
    """Normalised: shares of all swings; all 0 where nothing can be decided."""
    swing: tuple[Fraction, ...]
    """Absolute: part of the sets of the others that the member turns."""


def power(game: Game) -> Power:
    """The indices of every member, exactly; members with the same votes and the same veto are worked out once."""
    number = len(game.votes)
    kinds: dict[tuple[int, bool], tuple[Fraction, int]] = {}
    shapley, swings = [], []
    for member, votes in enumerate(game.votes):
        kind = (votes, member in game.vetoes)
        if kind not in kinds:
            kinds[kind] = _turns(game, member)
        shapley.append(kinds[kind][0])
        swings.append(kinds[kind][1])
    total = sum(swings)
    banzhaf = [Fraction(count, total) if total else Fraction(0) for count in swings]
    return Power(tuple(shapley), tuple(banzhaf), tuple(Fraction(count, 2 ** (number - 1)) for count in swings))


def _turns(game: Game, member: int) -> tuple[Fraction, int]:
    """The Shapley-Shubik index of a member, and the number of sets of the others that it turns."""
    number = len(game.votes)
    forced = game.vetoes - {member}
    others = [votes for other, votes in enumerate(game.votes) if other != member and other not in game.vetoes]
    base = sum(game.votes[other] for other in forced)
    shapley, swings = Fraction(0), 0
    for (size, votes), count in _sets(others).items():
        without = base + votes
        decided_before = member not in game.vetoes and without >= game.needed
        if without + game.votes[member] >= game.needed and not decided_before:
            there = size + len(forced)
            swings += count
            shapley += Fraction(count * factorial(there) * factorial(number - there - 1), factorial(number))
    return shapley, swings


def _sets(votes: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many sets of so many members bring so many votes: the coefficients of the product of (1 + x y^votes)."""
    found: dict[tuple[int, int], int] = {(0, 0): 1}
    # Alike members together: a choice of k of them brings k times their votes, in so many ways.
    for each, alike in sorted(Counter(votes).items()):
        more: dict[tuple[int, int], int] = {}
        for (size, total), count in found.items():
            for chosen in range(alike + 1):
                key = (size + chosen, total + chosen * each)
                more[key] = more.get(key, 0) + count * comb(alike, chosen)
        found = more
    return found


def game_of(rule: DecisionRule, seats: int) -> Game:
    """The game that a decision rule makes of so many seats; the seats with a veto, or the lead nation, come first.

    Two thirds and majority are of all seats: who would stay away is not known.
    """
    if rule is DecisionRule.COUNCIL_NINE_OF_FIFTEEN:
        return Game((1,) * COUNCIL, NEEDED, frozenset(range(len(PERMANENT))))
    if rule is DecisionRule.CONSENSUS:
        return Game((1,) * seats, seats, frozenset(range(seats)))
    if rule is DecisionRule.TWO_THIRDS:
        return Game((1,) * seats, -(-2 * seats // 3))
    if rule is DecisionRule.LEAD_NATION:
        return Game((1, *(0,) * (seats - 1)), 1, frozenset({0}))
    return Game((1,) * seats, seats // 2 + 1)


def voting_power(alliance: Alliance) -> tuple[VotingPower, ...]:
    """Power of each kind of seat in every organisation of the mission, the strongest seats first."""
    found: list[VotingPower] = []
    for organisation in alliance.organisations:
        found += _of(organisation, tuple(member.id for member in alliance.members if organisation.id in member.organisations))
    return tuple(found)


def _of(organisation: Organisation, members: tuple[str, ...]) -> list[VotingPower]:
    rule = organisation.decides_by
    council = rule is DecisionRule.COUNCIL_NINE_OF_FIFTEEN
    seats = COUNCIL if council else max(organisation.seats or 0, len(members))
    if not seats:
        return []
    indices = power(game_of(rule, seats))
    known = council or (organisation.seats or 0) >= max(1, len(members))

    def row(seat: str, first: int, count: int, who: tuple[str, ...]) -> VotingPower:
        return VotingPower.model_validate(
            {
                "organisation": organisation.id,
                "rule": rule,
                "seat": seat,
                "seats": count,
                "members": who,
                "shapley": float(indices.shapley[first]),
                "banzhaf": float(indices.banzhaf[first]),
                "swing": float(indices.swing[first]),
                "seats_known": known,
            }
        )

    if council:
        permanent = tuple(member for member in members if member in PERMANENT)
        vetoes = len(PERMANENT)
        return [row("permanent member", 0, vetoes, permanent), row("elected member", vetoes, COUNCIL - vetoes, ())]
    if rule is DecisionRule.LEAD_NATION:
        leader = () if organisation.leader is None else (organisation.leader,)
        rest = tuple(member for member in members if member not in leader)
        lead = [row("lead nation", 0, 1, leader)]
        return lead + ([row("other member", 1, seats - 1, rest)] if seats > 1 else [])
    return [row("member", 0, seats, members)]
