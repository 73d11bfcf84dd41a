"""Exercises before deployment: what they buy, and that the plan of them can be held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.forces.answers.interoperability import Pair, _greedy, _rounds, training
from casque.forces.best_plan import best_plan
from casque.forces.matching.budget import Budget
from casque.forces.points import standing
from casque.forces.problem import Problem, problem
from casque.mission.alliance import Exercise
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.force_answers import Training
from casque.reference.load import Reference
from tests.forces.builders import line, pledge, requirement, small


def three_contingents(example: Mission, reference: Reference, ready: int) -> tuple[Problem, tuple[int, ...]]:
    """Three nations in the sector that alfaland leads, ready on the same day; an old exercise of nobody is written."""
    sector = next(item for item in example.area.sectors if item.lead == "alfaland")
    wanted = requirement(line(example, example.tasks.tasks[0].id, sector.id, Capability.INFANTRY, (900.0,) * 3))
    names = ("alfaland", "bravia", "carolia")
    units = tuple(pledge(example, f"of-{name}", name, "infantry-company", 100, ready, 12, sector=sector.id) for name in names)
    matching = problem(small(example, units), reference, wanted)
    old = Exercise(id="old", title="Old", day=example.about.d_day - timedelta(days=9000), members=("bravia",))
    matching = replace(matching, exercises=(old,))
    return matching, best_plan(matching, Budget(1.0, 0)).taken


def test_what_an_exercise_buys_is_what_standing_falls_by(example: Mission, reference: Reference) -> None:
    matching, taken = three_contingents(example, reference, -10)
    found = [item for item in training(matching, taken, reference, 0) if item.counts]
    assert {(item.first, item.second) for item in found} == {("alfaland", "bravia"), ("alfaland", "carolia")}
    for item in found:
        held = Exercise(id="held", title="Held", day=example.about.d_day, members=(item.first, item.second))
        before, after = (
            standing(replace(matching, exercises=written), reference)[item.second, item.sector]
            for written in (matching.exercises, (*matching.exercises, held))
        )
        assert sum(before) - sum(after) == item.buys


@pytest.mark.parametrize("ready", [-55, -50, -40, -5, 20])
def test_exercises_end_before_the_earlier_is_ready_and_nobody_is_in_two(example: Mission, reference: Reference, ready: int) -> None:
    matching, taken = three_contingents(example, reference, ready)
    days = round(reference.value("force.exercise-days"))
    opening = -round(reference.value("force.exercise-window"))
    found = training(matching, taken, reference, 0)
    assert len(found) == 3
    held = [item for item in found if item.start is not None]
    assert len(held) == min(3, (ready - opening) // days)
    for item in held:
        assert item.start is not None
        assert item.end == item.start + days - 1
        assert opening <= item.start
        assert item.end < item.ready == ready
    for one, other in ((one, other) for one in held for other in held if one is not other):
        if {one.first, one.second} & {other.first, other.second}:
            assert _apart(one, other)
    for item in found:
        assert bool(item.why) == (item.start is None)
    # Where not all fit, those under the lead go first: they buy more.
    assert all(item.kind == "lead and led" for item in held[:2])


def _apart(one: Training, other: Training) -> bool:
    return (one.end or 0) < (other.start or 0) or (other.end or 0) < (one.start or 0)


def test_those_who_exercised_of_late_need_not_again(example: Mission, reference: Reference) -> None:
    matching, taken = three_contingents(example, reference, -10)
    late = Exercise(id="late", title="Late", day=example.about.d_day - timedelta(days=100), members=("alfaland", "bravia", "carolia"))
    assert training(replace(matching, exercises=(late,)), taken, reference, 0) == ()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 9), st.integers(0, 2)), min_size=1, max_size=5))
def test_the_rounds_buy_as_much_as_any_rounds_could(rows: list[tuple[int, int, int, int]]) -> None:
    pairs = [Pair(str(one), str(other), "s", False, float(buys), 0) for one, other, buys, _ in rows if one != other]
    rounds = dict(enumerate(number for one, other, _, number in rows if one != other))

    def fits(at: tuple[int | None, ...]) -> bool:
        busy = [(name, when) for pair, when in zip(pairs, at, strict=True) if when is not None for name in (pair.first, pair.second)]
        return len(busy) == len(set(busy))

    choices = product(*((None, *range(rounds[number])) for number in range(len(pairs))))
    best = max(sum(pair.buys for pair, when in zip(pairs, at, strict=True) if when is not None) for at in choices if fits(at))
    held = _rounds(pairs, rounds, 0)
    assert fits(tuple(held.get(number) for number in range(len(pairs))))
    assert sum(pairs[number].buys for number in held) == best >= sum(pairs[number].buys for number in _greedy(pairs, rounds))
