"""The formulation against brute force over every schedule of every part, and against its own columns without the rule that drops some."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from casque.forces import columns
from casque.forces.optimum import value_of
from casque.forces.problem import WEIGHT_SCALE, Problem, problem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.forces.every_plan import EveryPlan
from tests.forces.random_missions import rich_case


def plans(matching: Problem) -> Iterator[tuple[int, ...]]:
    """Every plan of a problem that keeps its hard rows."""
    for chosen in itertools.product(*([None, *own] for own in matching.by_unit)):
        taken = tuple(index for index in chosen if index is not None)
        nations: dict[str, set[str]] = {}
        for index in taken:
            nations.setdefault(matching.sector_of(index), set()).add(matching.options[index].member)
        if any(len(found) > matching.most_nations(sector) for sector, found in nations.items()):
            continue
        if all(_sum(row.options, row.amounts, taken) <= row.most for row in matching.limits):
            yield taken


def _sum(options: tuple[int, ...], amounts: tuple[int, ...], taken: tuple[int, ...]) -> int:
    return sum(amount for index, amount in zip(options, amounts, strict=True) if index in taken)


def points(matching: Problem, taken: tuple[int, ...]) -> tuple[int, ...]:
    """Points against a plan by level."""
    total = [sum(matching.options[index].points[level] for index in taken) for level in range(4)]
    for pair in {(matching.options[index].member, matching.sector_of(index)) for index in taken}:
        for level, number in enumerate(matching.standing.get(pair, ())):
            total[level] += number
    for row in matching.excesses:
        total[row.level] += row.price * max(0, _sum(row.options, row.amounts, taken) - row.beyond)
    return tuple(total)


def best(matching: Problem) -> tuple[int, tuple[int, ...]]:
    """Most weighted fill, and the fewest points level by level at that fill."""
    values = [(value_of(taken, matching), taken) for taken in plans(matching)]
    most = max(value for value, _ in values)
    return most, min(points(matching, taken) for value, taken in values if value == most)


@pytest.mark.parametrize("number", range(200))
def test_the_columns_hold_the_best_fill_of_every_plan(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = rich_case(example, number, units=2)
    matching = problem(mission, reference, wanted)
    assert best(matching)[0] == WEIGHT_SCALE * EveryPlan(mission, reference, wanted).best()


@pytest.mark.parametrize("number", range(100))
def test_no_column_that_is_left_out_would_make_a_better_plan(
    example: Mission, reference: Reference, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mission, wanted, _ = rich_case(example, 1000 + number, units=2)
    kept = problem(mission, reference, wanted)

    monkeypatch.setattr(columns, "undominated", lambda own, *_: [option for _, option in own])
    every = problem(mission, reference, wanted)
    assert len(kept.options) <= len(every.options)
    # Fair shares follow from how long each element could serve at most, whichever of its columns were kept.
    assert best(kept) == best(every)
