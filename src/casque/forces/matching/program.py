"""A matching problem, or the part of it that some units may still change, as an integer program for CP-SAT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from casque.forces.matching.earnings import cells_value, loads
from casque.forces.matching.instance import Array, Matching


@dataclass(frozen=True)
class Part:
    """What is still open: `columns` of some units may be taken, rising; the columns `fixed`, of other units, are."""

    columns: Array
    fixed: Array


class Program:
    """The integer program of a part of a matching problem."""

    def __init__(self, matching: Matching, part: Part) -> None:
        self.matching = matching
        self.part = part
        self.model = cp_model.CpModel()
        self.takes = {int(column): self.model.new_bool_var("") for column in part.columns}
        self.load = loads(matching, part.fixed)
        self.flows: list[tuple[int, int, Any]] = []
        self._units()
        self._cells()
        self._rows()
        self.stands = self._houses()
        self.excess = self._excesses()

    def _units(self) -> None:
        by_unit: dict[int, list[Any]] = {}
        for column, takes in self.takes.items():
            by_unit.setdefault(int(self.matching.unit[column]), []).append(takes)
        for choices in by_unit.values():
            if self.matching.exactly:
                self.model.add_exactly_one(choices)
            elif len(choices) > 1:
                self.model.add_at_most_one(choices)

    def _cells(self) -> None:
        matching = self.matching
        brought: dict[int, list[tuple[Any, int]]] = {}
        cells: dict[int, None] = {}
        for column, takes in self.takes.items():
            for entry in range(matching.column_first[column], matching.column_first[column + 1]):
                slot = int(matching.slot[entry])
                brought.setdefault(slot, []).append((takes, int(matching.people[entry])))
                cells[int(matching.slot_cell[slot])] = None
        self.cells = sorted(cells)
        for cell in self.cells:
            self._cell(cell, brought)

    def _cell(self, cell: int, brought: dict[int, list[tuple[Any, int]]]) -> None:
        matching = self.matching
        first, last = int(matching.cell_slot[cell]), int(matching.cell_slot[cell + 1])
        most = [int(self.load[slot]) + sum(people for _, people in brought.get(slot, ())) for slot in range(first, last)]
        leaving: list[list[Any]] = [[] for _ in most]
        for group in range(int(matching.cell_group[cell]), int(matching.cell_group[cell + 1])):
            demand, mask = int(matching.group_demand[group]), int(matching.group_open[group])
            served = [slot for slot in range(last - first) if mask >> slot & 1 and most[slot]]
            flows = [self.model.new_int_var(0, min(demand, most[slot]), "") for slot in served]
            if len(flows) > 1:
                self.model.add(cp_model.LinearExpr.sum(flows) <= demand)
            for slot, flow in zip(served, flows, strict=True):
                self.flows.append((group, first + slot, flow))
                leaving[slot].append(flow)
        for slot, flows in enumerate(leaving):
            if flows:
                found = brought.get(first + slot, ())
                variables = [*flows, *(takes for takes, _ in found)]
                factors = [1] * len(flows) + [-people for _, people in found]
                self.model.add(cp_model.LinearExpr.weighted_sum(variables, factors) <= int(self.load[first + slot]))

    def _rows(self) -> None:
        matching = self.matching
        used = _sums(matching.row_first, matching.row, matching.row_amount, self.part.fixed, len(matching.row_most))
        for row, terms in self._terms(matching.row_first, matching.row, matching.row_amount).items():
            left = int(matching.row_most[row] - used[row])
            if sum(amount for _, amount in terms) > left:
                self.model.add(cp_model.LinearExpr.weighted_sum([takes for takes, _ in terms], [amount for _, amount in terms]) <= left)

    def _houses(self) -> dict[int, Any]:
        matching = self.matching
        there = frozenset(int(standing) for standing in matching.standing[self.part.fixed] if standing >= 0)
        guests = (
            np.bincount(matching.standing_house[sorted(there)], minlength=len(matching.house_most))
            if there
            else np.zeros(len(matching.house_most))
        )
        members: dict[int, list[Any]] = {}
        for column, takes in self.takes.items():
            standing = int(matching.standing[column])
            if standing >= 0 and standing not in there:
                members.setdefault(standing, []).append(takes)
        stands: dict[int, Any] = {}
        by_house: dict[int, list[Any]] = {}
        for standing, inside in members.items():
            stands[standing] = self.model.new_bool_var("")
            for takes in inside:
                self.model.add_implication(takes, stands[standing])
            by_house.setdefault(int(matching.standing_house[standing]), []).append(stands[standing])
        for house, found in by_house.items():
            left = int(matching.house_most[house] - guests[house])
            if len(found) > left:
                self.model.add(cp_model.LinearExpr.sum(found) <= left)
        return stands

    def _excesses(self) -> dict[int, Any]:
        matching = self.matching
        used = _sums(matching.excess_first, matching.excess, matching.excess_amount, self.part.fixed, len(matching.excess_level))
        found: dict[int, Any] = {}
        self.never: set[int] = set()
        for row, terms in self._terms(matching.excess_first, matching.excess, matching.excess_amount).items():
            beyond = int(matching.excess_beyond[row] - used[row])
            most = sum(max(0, amount) for _, amount in terms) - beyond
            if most <= 0:
                self.never.add(row)
            else:
                found[row] = self.model.new_int_var(0, most, "")
                variables = [*(takes for takes, _ in terms), found[row]]
                self.model.add(cp_model.LinearExpr.weighted_sum(variables, [*(amount for _, amount in terms), -1]) <= beyond)
        return found

    def _terms(self, first: Array, item: Array, amount: Array) -> dict[int, list[tuple[Any, int]]]:
        found: dict[int, list[tuple[Any, int]]] = {}
        for column, takes in self.takes.items():
            for entry in range(first[column], first[column + 1]):
                found.setdefault(int(item[entry]), []).append((takes, int(amount[entry])))
        return found

    def fill(self) -> Any:
        """Gain and earnings of what is open, as a linear expression."""
        matching = self.matching
        variables = [flow for _, _, flow in self.flows] + list(self.takes.values())
        factors = [int(matching.group_weight[group]) for group, _, _ in self.flows] + [int(matching.gain[column]) for column in self.takes]
        return cp_model.LinearExpr.weighted_sum(variables, factors)

    def points(self, level: int) -> Any:
        """Points at a level of what is open, as a linear expression; points that stand whatever is taken are left out."""
        matching = self.matching
        terms = [(takes, int(matching.points[column, level])) for column, takes in self.takes.items()]
        terms += [(stands, int(matching.standing_points[standing, level])) for standing, stands in self.stands.items()]
        terms += [(over, int(matching.excess_price[row])) for row, over in self.excess.items() if matching.excess_level[row] == level]
        terms = [(variable, factor) for variable, factor in terms if factor]
        return cp_model.LinearExpr.weighted_sum([variable for variable, _ in terms], [factor for _, factor in terms])

    def value_of_rest(self, taken: Array) -> int:
        """What a plan is worth outside the columns and cells that are open."""
        matching = self.matching
        rest = np.setdiff1d(np.arange(matching.cells), np.array(self.cells, np.int64))
        return int(matching.gain[self.part.fixed].sum()) + cells_value(matching, rest, taken)

    def points_of_rest(self, level: int) -> int:
        """Points at a level that stand whatever is taken of what is open, as far as `points` leaves them out."""
        matching = self.matching
        fixed = self.part.fixed
        standings = np.unique(matching.standing[fixed])
        total = int(matching.points[fixed, level].sum()) + int(matching.standing_points[standings[standings >= 0], level].sum())
        used = _sums(matching.excess_first, matching.excess, matching.excess_amount, fixed, len(matching.excess_level))
        for row in np.flatnonzero(matching.excess_level == level).tolist():
            if row not in self.excess and row not in self.never:
                total += int(matching.excess_price[row]) * max(0, int(used[row] - matching.excess_beyond[row]))
        return total

    def hint(self, taken: Array) -> None:
        """Begins from a plan, given by the columns taken of those that are open."""
        chosen = frozenset(np.asarray(taken).tolist())
        for column, takes in self.takes.items():
            self.model.add_hint(takes, column in chosen)
        standing = frozenset(self.matching.standing[sorted(chosen)].tolist()) if chosen else frozenset()
        for number, stands in self.stands.items():
            self.model.add_hint(stands, number in standing)

    def chosen(self, solver: Any) -> Array:
        """Columns of the part that a solver took."""
        return np.array([column for column, takes in self.takes.items() if solver.boolean_value(takes)], np.int64)


def _sums(first: Array, item: Array, amount: Array, columns: Array, length: int) -> Array:
    total = np.zeros(length, np.int64)
    for column in columns:
        entries = slice(first[column], first[column + 1])
        np.add.at(total, item[entries], amount[entries])
    return total
