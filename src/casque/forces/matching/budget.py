"""How much work may go into an answer, counted in work and never by the clock, so that every machine gives the same answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from casque.errors import CasqueBug

STEPS = 150_000
"""Steps of local search that count as one second."""


@dataclass
class Budget:
    """Deterministic seconds that are left; a free core of today takes about as long."""

    left: float
    seed: int = 0
    each: float = 1.0
    """Most for one solve of an integer program."""
    workers: int = 2
    """Processes side by side, at most; they have no say in the answer."""

    def solver(self, most: float | None = None) -> Any:
        """A solver on one worker that stops with the budget."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = max(1e-3, min(self.each if most is None else most, self.left))
        return solver

    def spend(self, solver: Any) -> None:
        """Takes what a solve used from the budget."""
        self.left -= solver.response_proto.deterministic_time

    def steps(self, most: int) -> int:
        """Steps of local search that the budget still allows, up to a number; takes them from it."""
        steps = max(0, min(most, int(self.left * STEPS)))
        self.left -= steps / STEPS
        return steps


def answered(solver: Any, status: Any) -> bool:
    """Whether a solve found a plan in its time. Every program here has one, to take nothing or what is known; where the solver says it
    has none, or cannot read it, the program is wrong: raises CasqueBug."""
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return True
    if status == cp_model.UNKNOWN:
        return False
    raise CasqueBug(f"the matching program ended {solver.status_name(status)}, though a plan is known")
