"""On whom the plan hangs: what is lost if a member leaves, or if a pair does, found by solving again without them.

The fill without a member is at most the fill with it, and at least what the plan fills when the member's units are struck from it; its
units add at most what they would fill alone. A pair costs at least as much as the worse of its two members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from casque.forces.answers.figures import Change, gained, place, points, rise
from casque.forces.answers.parts import Footing, Settled
from casque.forces.answers.placing import filled, positions
from casque.forces.problem import Problem
from casque.plan.force_answers import PairLoss, Pivotal, TaskLoss

QUICK = 0.3
"""Part of the most time of a program that each is given in the first round."""

LINES = 3
"""Lines named for a member."""


@dataclass(frozen=True)
class Loss:
    """What is lost without a member, and the problem after that; none where the member could place nobody."""

    change: Change
    after: Settled | None


def losses(footing: Footing, later: float) -> tuple[tuple[Pivotal, ...], dict[str, Loss]]:
    """Every member that pledged something or is a contributor, with what is lost without it, the greatest loss first.

    `later` is the part of the time that is given out once every member has been looked at, for those that bring most.
    """
    problem = footing.problem
    strength: dict[str, float] = {}
    for unit in problem.units:
        strength[unit.pledge.member] = strength.get(unit.pledge.member, 0.0) + unit.strength
    for known in problem.members.values():
        if "contributor" in known.roles:
            strength.setdefault(known.id, 0.0)
    able = {option.member for option in problem.options}
    # Where the time ends early, the members that bring most have been solved; finer prices come after the first round.
    order = sorted(strength, key=lambda member: (-struck(footing, member), member))
    footing.clock.part = QUICK
    first = {member: footing.without(frozenset({member})) for member in order if member in able}
    footing.clock.part = 1.0
    footing.clock.give(later)
    # The widest bands first.
    after = dict(first)
    for member in sorted(first, key=lambda member: (first[member].low - first[member].high, member)):
        after[member] = footing.finer(first[member])
    lost = {member: Loss(_change(footing, after.get(member), member), after.get(member)) for member in order}
    found = [_pivotal(problem, member, strength[member], lost[member], footing) for member in order]
    return tuple(sorted(found, key=lambda item: (-item.loss, item.member))), lost


def _change(footing: Footing, after: Settled | None, member: str) -> Change:
    return Change(0, 0, 0) if after is None else loss(footing, after, frozenset({member}))


def loss(footing: Footing, after: Settled, members: frozenset[str]) -> Change:
    """What is lost, with what the members' units would fill alone as its limit."""
    change = rise(footing, after)
    problem = footing.problem
    alone = sum(
        max((filled(problem, [index]) for index in options), default=0)
        for options in problem.by_unit
        if options and problem.options[options[0]].member in members
    )
    return Change(-change.estimate, -change.high, -change.low).within(0, max(0, min(alone, -change.low)))


def struck(footing: Footing, *members: str) -> int:
    """What the plan fills less when the units of some members are struck from it and nobody steps in."""
    problem = footing.problem
    taken = positions(problem, footing.plan)
    return filled(problem, taken) - filled(problem, [index for index in taken if problem.options[index].member not in members])


def _pivotal(problem: Problem, member: str, people: float, lost: Loss, footing: Footing) -> Pivotal:
    change, after = lost.change, lost.after
    where = ""
    lines: tuple[TaskLoss, ...] = ()
    if after is not None and change.estimate:
        less = {line: -people for line, people in gained(problem, footing.plan, after.problem, after.taken).items() if people < 0}
        where = _where(problem, less)
        lines = _lines(problem, less)
    return Pivotal(
        member=member,
        strength=people,
        loss=points(problem, change.estimate),
        loses_most=where,
        proven=change.proven,
        low=points(problem, change.low),
        high=points(problem, change.high),
        lines=lines,
    )


def _where(problem: Problem, less: Mapping[int, int]) -> str:
    """The pool whose lines lose most, each by its weight."""
    pools = {pool: sum(less.get(line, 0) * problem.weights[line] for line in found.lines) for pool, found in enumerate(problem.pools)}
    worst = max(pools, key=lambda pool: (pools[pool], -pool), default=None)
    return "" if worst is None or not pools[worst] else place(problem, worst)


def _lines(problem: Problem, less: Mapping[int, int]) -> tuple[TaskLoss, ...]:
    worst = sorted(less, key=lambda line: (-less[line] * problem.weights[line], line))[:LINES]
    return tuple(TaskLoss(line=problem.lines[line].id, task=problem.lines[line].task, people_months=float(less[line])) for line in worst)


@dataclass(frozen=True)
class Pairs:
    """What pairs of members cost together."""

    worst: tuple[PairLoss, ...]
    """Those that cost most, the worst first."""
    others: float
    """Points of a hundred that no pair left out of them can pass."""
    standing_in: tuple[PairLoss, ...]
    """Those that cost most beyond the sum of their single losses: each stands in for the other."""


def pairs(footing: Footing, single: Mapping[str, Loss], most: int) -> Pairs:
    """The pairs whose leaving would cost most, and those that cost most beyond the sum of the two.

    A pair loses at most what the plan loses when both are struck from it, and no more than one member loses and the other one's units fill
    in the plan without it, so that pairs are solved in that order until none that is left could belong to the worst; then those whose
    limit leaves most room beyond the two single losses.
    """
    problem = footing.problem
    able = sorted({option.member for option in problem.options})
    limits = _limits(footing, single, able)
    found: dict[tuple[str, str], Change] = {}
    for pair in sorted(limits, key=lambda pair: (-limits[pair], pair)):
        lows = sorted((change.low for change in found.values()), reverse=True)
        if len(found) >= 2 * most or (len(found) >= most and lows[most - 1] >= limits[pair]):
            break
        found[pair] = _both(footing, pair, single, limits[pair])
    slack = footing.highest - footing.value
    room = {pair: limit - sum(single[member].change.estimate for member in pair) for pair, limit in limits.items()}
    for pair in sorted(room, key=lambda pair: (-room[pair], pair))[:most]:
        if pair not in found and room[pair] > slack:
            found[pair] = _both(footing, pair, single, limits[pair])
    told = [_told(problem, change, pair, single) for pair, change in found.items()]
    worst = sorted(told, key=lambda item: (-item.loss, item.members))
    left = [item.high for item in worst[most:]] + [points(problem, limit) for pair, limit in limits.items() if pair not in found]
    if len(able) < len(single):
        # With a member that has nothing to place, the other one's loss is the pair's.
        left += [points(problem, item.change.high) for item in single.values()]
    instead = sorted((item for item in told if item.synergy > 0), key=lambda item: (-item.synergy, item.members))
    return Pairs(tuple(worst[:most]), max(left, default=0.0), tuple(instead[:most]))


def _limits(footing: Footing, single: Mapping[str, Loss], able: Sequence[str]) -> dict[tuple[str, str], int]:
    """What each pair loses at most: with either of the two gone, the other one's units are struck from the plan of the rest."""
    left: dict[tuple[str, str], int] = {}
    problem = footing.problem
    for member in able:
        after = single[member].after
        names = footing.plan if after is None else after.taken
        taken = positions(problem, names)
        whole = filled(problem, taken)
        pools: dict[str, set[int]] = {}
        for index in taken:
            pools.setdefault(problem.options[index].member, set()).add(problem.options[index].pool)
        for other in able:
            touched = pools.get(other, set())
            inside = [index for index in taken if problem.options[index].pool in touched]
            rest = [index for index in inside if problem.options[index].member != other]
            left[member, other] = whole - filled(problem, inside) + filled(problem, rest)
    return {(one, other): footing.highest - max(left[one, other], left[other, one]) for one, other in combinations(able, 2)}


def _both(footing: Footing, pair: tuple[str, str], single: Mapping[str, Loss], limit: int) -> Change:
    one, other = (single[member].change for member in pair)
    starts = tuple(after.taken for after in (single[member].after for member in pair) if after is not None)
    after = footing.without(frozenset(pair), starts)
    change = loss(footing, after, frozenset(pair)).within(max(one.low, other.low), limit)
    return Change(min(max(change.estimate, one.estimate, other.estimate), change.high), change.low, change.high)


def _told(problem: Problem, change: Change, pair: tuple[str, str], single: Mapping[str, Loss]) -> PairLoss:
    return PairLoss(
        members=pair,
        loss=points(problem, change.estimate),
        synergy=points(problem, change.estimate - sum(single[member].change.estimate for member in pair)),
        low=points(problem, change.low),
        high=points(problem, change.high),
        proven=change.proven,
    )
