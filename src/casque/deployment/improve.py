"""Neighbourhood search on the dispatch order: move one unit forward, or let two change places, and keep what is not worse."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from random import Random

from casque.deployment.dispatch import Dispatch, Movement, Score, dispatch, first_order, score
from casque.deployment.problem import Params, Problem


def improve(problem: Problem, params: Params, goal: Score) -> list[Movement]:
    """The best movements found within `params.iterations` orders, or as soon as the goal is met.

    The goal is a score that no schedule can beat. Units that are late or close the movement are moved forward more often than others.
    """
    order = first_order(problem)
    state = dispatch(problem, order)
    best = score(problem, state.movements)
    random = Random(params.seed)
    for _ in range(params.iterations if len(order) > 1 else 0):
        if _meets(best, goal):
            break
        trial, kept = _neighbour(problem, state.movements, order, random)
        called = state.cut(kept)
        for index in trial[kept:]:
            state.add(problem.movers[index])
        reached = score(problem, state.movements)
        if reached <= best:
            best, order = reached, trial
        else:
            state.cut(kept)
            state.restore(called)
    return _settled(problem, order).movements


def _meets(reached: Score, goal: Score) -> bool:
    return reached[0] <= goal[0] and reached[1] <= goal[1] + 1e-6 and reached[2] <= goal[2] + 1e-9


def _settled(problem: Problem, order: Sequence[int]) -> Dispatch:
    """The same order dispatched afresh, so that no rounding error of many trials is left in it."""
    return dispatch(problem, order)


def _neighbour(problem: Problem, movements: Sequence[Movement], order: Sequence[int], random: Random) -> tuple[list[int], int]:
    """Another order, and how many units at its head are unchanged."""
    size = len(order)
    trial = list(order)
    closing = max((movement.arrives for movement in movements if movement.shipments), default=-inf)
    pressing = [place for place in range(1, size) if _presses(problem, movements[place], closing)]
    source = random.choice(pressing) if pressing and random.random() < 0.7 else random.randrange(size)
    target = random.randrange(size)
    if random.random() < 0.5:
        trial.insert(target, trial.pop(source))
    else:
        trial[source], trial[target] = trial[target], trial[source]
    return trial, min(source, target)


def _presses(problem: Problem, movement: Movement, closing: float) -> bool:
    if not movement.shipments:
        return True
    return movement.arrives >= closing or problem.late(movement.mover, movement.arrives + problem.calendar.first) > 0
