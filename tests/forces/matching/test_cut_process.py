"""Cutting planes house by house: the same for any number of processes, and a bound on every plan."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

import casque.forces.matching.cut_process as cut_process
from casque.forces.matching.budget import Budget
from casque.forces.matching.by_house import house_bound, separable
from casque.forces.matching.cut_process import Effort
from casque.forces.matching.pricing import priced
from casque.forces.matching.solution import solved
from tests.forces.matching.test_descent import drawn


def test_any_number_of_processes_gives_the_same_answer() -> None:
    problem = drawn(1)
    prices = priced(problem)
    assert prices is not None
    assert separable(problem)
    called: list[None] = []
    alone, plans = house_bound(problem, prices.prices, np.arange(problem.columns), Effort(1, 3, 1), lambda: called.append(None))
    assert len(called) == 4
    for workers in (2, 3):
        bound, same = house_bound(problem, prices.prices, np.arange(problem.columns), Effort(1, 3, workers))
        assert bound == alone
        assert [plan.tolist() for plan in same] == [plan.tolist() for plan in plans]
    assert alone is not None
    assert solved(problem, Budget(1.0), levels=False).value <= alone


def test_a_process_that_dies_only_costs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead() -> subprocess.Popen[bytes]:
        return subprocess.Popen(["false"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    problem = drawn(2)
    prices = priced(problem)
    assert prices is not None
    alone = house_bound(problem, prices.prices, np.arange(problem.columns), Effort(1, 0, 1))
    monkeypatch.setattr(cut_process, "_helper", dead)
    bound, plans = house_bound(problem, prices.prices, np.arange(problem.columns), Effort(1, 0, 2))
    assert bound == alone[0]
    assert [plan.tolist() for plan in plans] == [plan.tolist() for plan in alone[1]]
