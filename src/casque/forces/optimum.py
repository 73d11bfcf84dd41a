"""A plan: the options taken, what they fill together, and the bound that says how good that is."""

from __future__ import annotations

from dataclasses import dataclass

from casque.errors import CasqueBug
from casque.forces.filling import pool_value
from casque.forces.problem import Problem
from casque.plan.record import Status


@dataclass(frozen=True)
class Plan:
    """Options taken, in order, and what they fill; value and bound in tenths of weighted people-months."""

    taken: tuple[int, ...]
    value: int
    bound: int
    status: Status
    points: tuple[int, ...] = ()
    """Points against it, by level."""
    proven: int = 0
    """Levels at which its points are proven least, from the first on."""


def value_of(taken: tuple[int, ...], problem: Problem) -> int:
    """Weighted people-months, in tenths, that some options fill together."""
    by_pool: dict[int, list[int]] = {}
    for index in taken:
        by_pool.setdefault(problem.options[index].pool, []).append(index)
    return sum(pool_value(pool, options, problem) for pool, options in by_pool.items())


def certified(taken: tuple[int, ...], value: int, bound: int) -> Plan:
    """A plan with its certificate. Raises CasqueBug where it fills more than its bound allows."""
    if value > bound:
        raise CasqueBug(f"a plan fills {value}, which its bound {bound} rules out")
    return Plan(taken, value, bound, "optimal" if value == bound else "feasible")
