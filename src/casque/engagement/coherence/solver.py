"""Asking the solver: can these conditions hold together, which few of them clash, and what is the plainest situation that meets them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import z3

from casque.engagement.coherence.ground import Formula, Ground, Spot, UnitClass
from casque.plan.coherence import Situation

SEED = 1
NOON = 12


@dataclass(frozen=True, eq=False)
class Condition:
    """One thing that is asked of a situation."""

    key: str
    """Name of its own."""
    text: str
    """In words."""
    rests_on: str
    """What asks it, as `kind:id`."""
    formula: Formula
    rule: str = ""
    """Rule that asks it, where it only matters if that rule is the one used; empty where it always does."""
    circumstance: bool = False
    """Whether it is about what is the case."""


class Prover:
    """A solver that keeps every condition it has met behind a switch, so that one question after the other turns them on and off."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._solver = z3.SolverFor("QF_FD")
        self._solver.set("random_seed", SEED)
        self._solver.add(*ground.world)
        self._switches: dict[str, Any] = {}
        self._bounds = 0

    def use(self, rules: Sequence[str]) -> Any:
        """The switch by which at least one of these rules is used, with its own conditions."""
        if len(rules) == 1:
            return self._switch(f"use {rules[0]}", None)
        return self._switch("use " + "|".join(rules), z3.Or([self.use([rule]) for rule in rules]))

    def fix(self, key: str, formula: Formula) -> Any:
        """A switch for something that is taken for granted in a question and never part of a conflict."""
        return self._switch(key, formula)

    def hold(self, fixed: Sequence[Any], conditions: Iterable[Condition]) -> bool:
        """Whether a situation meets them all."""
        return bool(self._solver.check(*fixed, *map(self._of, conditions)) == z3.sat)

    def met(self) -> tuple[UnitClass, Spot, int]:
        """Unit, spot and day of the situation that the last question found, whichever of those that there are."""
        return self.ground.cell(self._solver.model())

    def conflict(self, fixed: Sequence[Any], conditions: Sequence[Condition]) -> tuple[Condition, ...] | None:
        """Conditions that no situation meets together, none of which can be left out; None where some situation meets all.

        Found by leaving out from the end: the last of the set is the one without which all before it can be met, the one before that is
        found in the same way with the last one held, and so on. So the set depends on the order of the conditions only, never on how the
        solver searches; its unsatisfiable cores just save steps.
        """
        if self.hold(fixed, conditions):
            return None
        kept: list[Condition] = []
        before = list(conditions)
        while before and self.hold(fixed, kept):
            last = self._last_needed(fixed, before, kept)
            kept.insert(0, before[last])
            before = before[:last]
        return tuple(kept)

    def _last_needed(self, fixed: Sequence[Any], before: Sequence[Condition], kept: Sequence[Condition]) -> int:
        """The least number at which the conditions up to it cannot be met together with those kept."""
        low, high = 0, len(before) - 1
        while low < high:
            middle = (low + high) // 2
            part = before[: middle + 1]
            if self.hold(fixed, [*part, *kept]):
                low = middle + 1
            else:
                core = {str(item) for item in self._solver.unsat_core()}
                high = max((number for number, item in enumerate(part) if item.key in core), default=0)
        return low

    def nearest(
        self, fixed: Sequence[Any], conditions: Sequence[Condition], conflict: Sequence[Condition], measure: str
    ) -> tuple[Situation, Condition] | None:
        """The plainest situation that meets as much as can be met without the last of a conflict, and that one; None for no conflict."""
        if not conflict:
            return None
        missing = conflict[-1]
        kept = [item for item in conditions if item is not missing]
        if not self.hold(fixed, kept):
            kept = list(conflict[:-1])
            if not self.hold(fixed, kept):
                return None
            for item in conditions:
                if item is not missing and item not in kept and self.hold(fixed, [*kept, item]):
                    kept.append(item)
        return self.plainest(fixed, kept, measure), missing

    def plainest(self, fixed: Sequence[Any], conditions: Iterable[Condition], measure: str) -> Situation:
        """The situation that meets all conditions with the first unit, the fewest circumstances, the first spot and day, and at noon.

        One after the other in that order, so that the answer does not depend on how the solver searches.
        """
        ground, solver = self.ground, self._solver
        switches = [*fixed, *map(self._of, conditions)]
        at_noon = self._switch("noon", ground.hour == NOON)
        solver.push()
        solver.add(*switches)
        solver.check()
        model = self._least(ground.unit, solver.model())
        for sign in ground.given.values():
            if z3.is_true(model.eval(sign, model_completion=True)) and solver.check(z3.Not(sign)) == z3.sat:
                model = solver.model()
            solver.add(sign if z3.is_true(model.eval(sign, model_completion=True)) else z3.Not(sign))
        for variable in (ground.protecting, ground.spot, ground.day):
            model = self._least(variable, model)
        model = solver.model() if solver.check(at_noon) == z3.sat else self._least(ground.hour, model)
        found = ground.situation(model, measure)
        solver.pop()
        return found

    def _least(self, variable: Any, model: Any) -> Any:
        """Bind a variable to the least value that it can have; a model with that value, given one without."""
        solver = self._solver
        low, high = 0, int(model.eval(variable, model_completion=True).as_long())
        while low < high:
            middle = (low + high) // 2
            self._bounds += 1
            bound = z3.Bool(f"bound {self._bounds}")
            solver.add(z3.Implies(bound, z3.ULE(variable, middle)))
            if solver.check(bound) == z3.sat:
                model = solver.model()
                high = int(model.eval(variable, model_completion=True).as_long())
            else:
                low = middle + 1
        solver.add(variable == low)
        return model

    def _of(self, condition: Condition) -> Any:
        if condition.key in self._switches:
            return self._switches[condition.key]
        switch = self._switch(condition.key, None)
        guard = z3.And(switch, self.use([condition.rule])) if condition.rule else switch
        self._solver.add(z3.Implies(guard, _formula(condition.formula)))
        return switch

    def _switch(self, key: str, formula: Formula | None) -> Any:
        if key not in self._switches:
            self._switches[key] = z3.Bool(key)
            if formula is not None:
                self._solver.add(z3.Implies(self._switches[key], _formula(formula)))
        return self._switches[key]


def _formula(part: Formula) -> Any:
    return z3.BoolVal(part) if isinstance(part, bool) else part
