"""How the people of a pool's units are best spread over its lines in one month, once it is settled which units serve there.

The lines are served by falling weight, each as far as people can be moved between the units' open lines to make room for it. This
greedy order is exact, because the fills that a set of units can reach form a polymatroid (Edmonds 1970).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casque.forces.problem import Problem


@dataclass(frozen=True)
class Group:
    """Lines of a pool with the same weight that are open to the same units: one demand."""

    bits: tuple[int, ...]
    weight: int
    demand: int
    classes: tuple[int, ...]
    """Positions of the classes of units that may serve it."""


def groups(pool: int, month: int, masks: Sequence[int], problem: Problem) -> tuple[Group, ...]:
    """The demands of a pool in a month as seen by units with some masks of open lines, heaviest first."""
    key = (pool, month, tuple(masks))
    known: tuple[Group, ...] | None = problem.known.get(key)
    if known is None:
        known = problem.known[key] = _groups(pool, month, masks, problem)
    return known


def _groups(pool: int, month: int, masks: Sequence[int], problem: Problem) -> tuple[Group, ...]:
    found: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    lines = problem.pools[pool].lines
    for bit, line in enumerate(lines):
        classes = tuple(position for position, mask in enumerate(masks) if mask >> bit & 1)
        if classes and problem.demand[line][month]:
            found.setdefault((-problem.weights[line], classes), []).append(bit)
    return tuple(
        Group(tuple(bits), -weight, sum(problem.demand[lines[bit]][month] for bit in bits), classes)
        for (weight, classes), bits in sorted(found.items())
    )


def supply(options: Iterable[int], month: int, problem: Problem) -> dict[int, int]:
    """Effective people in a month by mask of open lines, in the order of the masks."""
    people: dict[int, int] = {}
    for index in options:
        option = problem.options[index]
        if option.people[month] and option.open[month]:
            people[option.open[month]] = people.get(option.open[month], 0) + option.people[month]
    return dict(sorted(people.items()))


def spread(pool: int, options: Iterable[int], month: int, problem: Problem) -> dict[int, int]:
    """People on each line of a pool in a month, for the units that serve there; lines without anyone are left out."""
    people = supply(options, month, problem)
    masks = list(people)
    wanted = groups(pool, month, masks, problem)
    filled = _filled(wanted, list(people.values()))
    lines = problem.pools[pool].lines
    result: dict[int, int] = {}
    for group, number in zip(wanted, filled, strict=True):
        demands = [problem.demand[lines[bit]][month] for bit in group.bits]
        for bit, part in zip(group.bits, _shared(number, demands), strict=True):
            if part:
                result[lines[bit]] = part
    return result


def pool_value(pool: int, options: Sequence[int], problem: Problem) -> int:
    """Weighted people-months, in tenths, that some units fill in a pool."""
    key = (pool, tuple(sorted(problem.names[index] for index in options)))
    known: int | None = problem.known.get(key)
    if known is None:
        known = problem.known[key] = _pool_value(pool, options, problem)
    return known


def _pool_value(pool: int, options: Sequence[int], problem: Problem) -> int:
    total = 0
    for month in range(len(problem.calendar.months)):
        people = supply(options, month, problem)
        if people:
            wanted = groups(pool, month, list(people), problem)
            filled = _filled(wanted, list(people.values()))
            total += sum(group.weight * number for group, number in zip(wanted, filled, strict=True))
    return total


def _filled(wanted: Sequence[Group], people: list[int]) -> list[int]:
    if len(people) == 1:
        left, filled = people[0], []
        for group in wanted:
            filled.append(min(left, group.demand))
            left -= filled[-1]
        return filled
    spare = list(people)
    flow = [[0] * len(wanted) for _ in people]
    filled = []
    for index, group in enumerate(wanted):
        missing = group.demand
        while missing and (pushed := _push(index, missing, wanted, spare, flow)):
            missing -= pushed
        filled.append(group.demand - missing)
    return filled


def _push(target: int, most: int, wanted: Sequence[Group], spare: list[int], flow: list[list[int]]) -> int:
    """Brings people to a group along a shortest chain of moves, and says how many; 0 where no chain is left."""
    reached = {target: (-1, -1)}
    queue = [target]
    for group in queue:
        for source in wanted[group].classes:
            if spare[source]:
                chain, number, at, via = [(group, source)], min(most, spare[source]), group, source
                while reached[at][0] >= 0:
                    at, via = reached[at]
                    chain.append((at, via))
                # A step gives `via`'s people to `at`; what it held in the group before comes from the next class down the chain.
                for (giver, _), (_, via) in pairwise(chain):
                    number = min(number, flow[via][giver])
                spare[source] -= number
                flow[source][group] += number
                for (giver, _), (taker, via) in pairwise(chain):
                    flow[via][giver] -= number
                    flow[via][taker] += number
                return number
            for other in range(len(wanted)):
                if other not in reached and flow[source][other]:
                    reached[other] = (group, source)
                    queue.append(other)
    return 0


def _shared(number: int, demands: Sequence[int]) -> list[int]:
    """Splits people in proportion to demands, whole people by largest remainder, never more than the demand."""
    total = sum(demands)
    if number >= total:
        return list(demands)
    parts = [number * demand // total for demand in demands]
    order = sorted(range(len(demands)), key=lambda index: (-(number * demands[index] % total), index))
    for index in order[: number - sum(parts)]:
        parts[index] += 1
    return parts
