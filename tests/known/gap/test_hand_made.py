"""A generalised assignment worked out by hand.

Two agents share four jobs. Jobs 1 and 2 are cheap with agent A (1 each, against 5), jobs 3 and 4 with agent B (2 each, against 6).
Where every job needs 5 of an agent and each agent has 10, each does its two cheap ones: 1 + 1 + 2 + 2 = 6. Where A needs 6 for a job
and has 10, and B needs 5 and has 15, A can do one job only and B does three: one of jobs 1 and 2 goes to B, and 1 + 5 + 2 + 2 = 10.
"""

from __future__ import annotations

import pytest

from casque.forces.matching.budget import Budget
from casque.forces.matching.solution import solved
from tests.forces.matching.test_core import assignment

COSTS = [[1, 1, 6, 6], [5, 5, 2, 2]]


@pytest.mark.parametrize(("needs", "most", "cost"), [([[5] * 4, [5] * 4], [10, 10], 6), ([[6] * 4, [5] * 4], [10, 15], 10)])
def test_the_least_cost_is_found(needs: list[list[int]], most: list[int], cost: int) -> None:
    found = solved(assignment(COSTS, needs, most), Budget(0.2))
    assert -found.value == cost
    assert -found.bound <= cost
