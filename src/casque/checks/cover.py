"""The integer program behind the fix set, on the solver CP-SAT.

x(c) is 1 where change c is made, y(t, m) is 1 where the force of sector m carries out task t (empty: its own). The cost of the changes
made is to be least. Of every cut at least one change is made, or one of those left out that stand against it; the people that waivers
and new pledges bring to a task reach what it takes. Ties go to fewer changes.

Where changes for one task may be to the harm of another, z(t) is 1 where task t is saved, and its constraints bind only then; as many
tasks as possible are saved, and among such sets the cheapest is sought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from ortools.sat.python import cp_model

from casque.checks.remedy import Proposal, Substance
from casque.plan.record import Outcome, Status, gap_between

COST_UNITS = 100
"""Whole units of cost per day, so that the program is exact on hundredths."""

PEOPLE_UNITS = 100
"""Whole units per person; people brought are rounded up and people wanted down, so that rounding never forbids a set."""


@dataclass(frozen=True)
class Solution:
    """The changes chosen, the force that carries out each task, and how the solver ended."""

    chosen: frozenset[int]
    modes: dict[str, str]
    outcome: Outcome
    saved: frozenset[str] = frozenset()
    """Tasks that are saved, where the program may leave some out."""


class Cover:
    """The program, to which cuts are added as they are found."""

    def __init__(self, proposals: Sequence[Proposal], seed: int, effort: float) -> None:
        self._model = cp_model.CpModel()
        self._made = [self._model.new_bool_var(f"make {number}") for number in range(len(proposals))]
        self._modes: dict[tuple[str, str], cp_model.IntVar] = {}
        self._both: dict[tuple[frozenset[int], frozenset[int]], cp_model.IntVar] = {}
        self._seed, self._effort = seed, effort
        self._scale = len(proposals) + 1
        self._costs = [round(COST_UNITS * proposal.cost) for proposal in proposals]
        self._cost: cp_model.LinearExprT = sum((cost * self._scale + 1) * made for cost, made in zip(self._costs, self._made, strict=True))
        self._model.minimize(self._cost)
        self._saved: dict[str, cp_model.IntVar] = {}
        self._alike: dict[Substance, list[int]] = {}
        for number, proposal in enumerate(proposals):
            self._alike.setdefault(proposal.substance, []).append(number)
        self._substance = [proposal.substance for proposal in proposals]
        self._classes: dict[Substance, cp_model.IntVar] = {}

    def add_modes(self, task: str, moves: dict[str, int | None]) -> None:
        """A task that one of several forces carries out; every force but its own needs the change that hands the task over."""
        for mode, move in moves.items():
            self._modes[task, mode] = self._model.new_bool_var(f"mode {task} {mode}")
            if move is not None:
                self._model.add_implication(self._modes[task, mode], self._made[move])
        self._model.add_exactly_one(self._modes[task, mode] for mode in moves)
        self._model.add_at_most_one(self._made[move] for move in moves.values() if move is not None)

    def add_choice(self, tasks: Iterable[str]) -> None:
        """Tasks that need not be saved, of which as many as possible are to be."""
        self._saved = {task: self._model.new_bool_var(f"saved {task}") for task in tasks}
        dear = sum(cost * self._scale + 1 for cost in self._costs) + 1
        left_out = [dear * kept.negated() for kept in self._saved.values()]
        self._model.minimize(sum([self._cost, *left_out]))

    def settle(self, saved: Iterable[str]) -> None:
        """From now on exactly these tasks are to be saved."""
        wanted = frozenset(saved)
        for task, chosen in self._saved.items():
            self._model.add(chosen == (task in wanted))

    def add_cut(self, cut: Iterable[int], task: str, mode: str, against: Iterable[int] = ()) -> None:
        """One change of a cut is made, or one of those against it left out, if the force that it was found for saves the task."""
        literals: list[cp_model.LiteralT] = [self._made[number] for number in sorted(cut)]
        literals += [self._made[number].negated() for number in sorted(against)]
        self._model.add_bool_or([*literals, *(literal.negated() for literal in self._given(task, mode))])

    def _given(self, task: str, mode: str) -> list[cp_model.IntVar]:
        """What has to hold for a constraint of a task to bind."""
        return [part for part in (self._modes.get((task, mode)), self._saved.get(task)) if part is not None]

    def add_people(self, task: str, mode: str, there: float, wanted: float, brought: Iterable[tuple[float, list[list[int]]]]) -> None:
        """People that the task takes: `brought` are people with what has to be made for them, one change of each list."""
        terms: list[cp_model.LinearExprT] = [floor(PEOPLE_UNITS * there + 1)]
        terms += [ceil(PEOPLE_UNITS * people) * self._and(lists) for people, lists in brought]
        constraint = self._model.add(sum(terms) >= floor(PEOPLE_UNITS * wanted - 1))
        if given := self._given(task, mode):
            constraint.only_enforce_if(given)

    def _and(self, lists: list[list[int]]) -> cp_model.IntVar:
        if len(lists) == 1 and len(lists[0]) == 1:
            return self._made[lists[0][0]]
        key = (frozenset(part[0] for part in lists if len(part) == 1), frozenset(n for part in lists if len(part) > 1 for n in part))
        if key not in self._both:
            self._both[key] = self._model.new_bool_var(f"both {len(self._both)}")
            for part in lists:
                self._model.add_bool_or([self._both[key].negated(), *(self._made[number] for number in part)])
        return self._both[key]

    def forbid(self, chosen: frozenset[int]) -> None:
        """From now on no set counts that makes changes of all the substances of this one."""
        members = []
        for substance in dict.fromkeys(self._substance[number] for number in sorted(chosen)):
            if substance not in self._classes:
                alike = self._alike[substance]
                self._classes[substance] = self._made[alike[0]] if len(alike) == 1 else self._model.new_bool_var(f"class {substance}")
                if len(alike) > 1:
                    for number in alike:
                        self._model.add_implication(self._made[number], self._classes[substance])
            members.append(self._classes[substance])
        self._model.add_bool_or([member.negated() for member in members])

    def solve(self) -> Solution:
        """The cheapest changes that meet everything known so far."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self._seed
        solver.parameters.max_deterministic_time = self._effort
        ended = solver.solve(self._model)
        if ended not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            status: Status = "infeasible" if ended == cp_model.INFEASIBLE else "unknown"
            return Solution(frozenset(), {}, Outcome(status=status, value=0.0, bound=0.0, gap=0.0, sense="least"))
        chosen = frozenset(number for number, made in enumerate(self._made) if solver.boolean_value(made))
        modes = {task: mode for (task, mode), used in self._modes.items() if solver.boolean_value(used)}
        saved = frozenset(task for task, kept in self._saved.items() if solver.boolean_value(kept))
        value = sum(self._costs[number] for number in chosen) / COST_UNITS
        if ended == cp_model.OPTIMAL:
            return Solution(chosen, modes, Outcome(status="optimal", value=value, bound=value, gap=0.0, sense="least"), saved)
        bound = 0.0 if self._saved else min(value, max(0.0, floor(solver.best_objective_bound / self._scale) / COST_UNITS))
        outcome = Outcome(status="feasible", value=value, bound=bound, gap=gap_between(value, bound), sense="least")
        return Solution(chosen, modes, outcome, saved)
