"""The integer program: cuts, forces, people, forbidden sets."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.checks.cover import Cover
from casque.checks.remedy import Proposal

PROPOSALS = tuple(Proposal("ask", f"item:{number}", "Ask.", float(number + 1), 0.5) for number in range(6))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 5), min_size=1, max_size=3), max_size=6))
def test_cuts_are_hit_at_least_cost(cuts: list[frozenset[int]]) -> None:
    cover = Cover(PROPOSALS, 1, 10.0)
    for cut in cuts:
        cover.add_cut(cut, "task", "")
    subsets = [frozenset(s) for size in range(7) for s in combinations(range(6), size)]
    costs = [sum(PROPOSALS[n].cost for n in s) for s in subsets if all(s & cut for cut in cuts)]
    solution = cover.solve()
    assert solution.outcome.status == "optimal"
    assert solution.outcome.value == solution.outcome.bound == pytest.approx(min(costs))
    assert all(solution.chosen & cut for cut in cuts)


def test_people_are_counted_with_all_that_they_need() -> None:
    cover = Cover(PROPOSALS, 1, 10.0)
    cover.add_people("task", "", 100, 300, [(200, [[0], [1]]), (150, [[2]]), (60, [[4, 5]])])
    assert cover.solve().chosen == {0, 1}
    cover.forbid(frozenset({0, 1}))
    assert cover.solve().chosen == {2, 4}


def test_another_force_needs_the_task_handed_over() -> None:
    cover = Cover(PROPOSALS, 1, 10.0)
    cover.add_modes("task", {"": None, "south": 1})
    cover.add_cut(frozenset({5}), "task", "")
    solution = cover.solve()
    assert solution.chosen == {1}
    assert solution.modes == {"task": "south"}


def test_a_set_of_another_size_is_no_alternative() -> None:
    sizes = (Proposal("add", "x:1", "", 1, 1, size=1), Proposal("add", "x:1", "", 1, 2, size=2), Proposal("add", "x:2", "", 9, 9))
    cover = Cover(sizes, 1, 10.0)
    cover.add_cut(frozenset({0, 1, 2}), "task", "")
    assert cover.solve().chosen == {0}
    cover.forbid(frozenset({0}))
    assert cover.solve().chosen == {2}
    cover.forbid(frozenset({2}))
    assert cover.solve().outcome.status == "infeasible"
