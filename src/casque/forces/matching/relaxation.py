"""The linear relaxation of a matching problem: what its rows and people are worth at the margin, and how much of each column it takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from ortools.linear_solver import linear_solver_pb2
from ortools.linear_solver.python.model_builder_helper import ModelSolverHelper

from casque.forces.matching.instance import NONE, Array, Matching


@dataclass(frozen=True)
class Relaxed:
    """Prices, none below zero, and the share of each column taken."""

    unit: Array
    slot: Array
    row: Array
    house: Array
    link: dict[tuple[int, int], float]
    """Price of a unit's (first) leave to use a standing (second)."""
    taken: Array
    value: float


class _Program:
    """Rows of a linear program, collected for the solver."""

    def __init__(self) -> None:
        self.proto = linear_solver_pb2.MPModelProto(maximize=True)
        self.variables = 0

    def add(self, worth: Array, most: float) -> int:
        first = self.variables
        for each in worth.tolist():
            self.proto.variable.add(lower_bound=0.0, upper_bound=most, objective_coefficient=each)
        self.variables += len(worth)
        return first

    def row(self, variables: Array, factors: Array, least: float, most: float) -> int:
        row = self.proto.constraint.add(lower_bound=least, upper_bound=most)
        row.var_index.extend(variables.tolist())
        row.coefficient.extend(factors.tolist())
        return len(self.proto.constraint) - 1


def relaxed(matching: Matching, columns: Array | None = None, parameters: str = "", solver: str = "glop") -> Relaxed | None:
    """The relaxation over some columns, or over all; none where the solver gave up."""
    columns = np.arange(matching.columns) if columns is None else columns
    program = program_of(matching, columns)
    kind = (
        linear_solver_pb2.MPModelRequest.GLOP_LINEAR_PROGRAMMING
        if solver == "glop"
        else linear_solver_pb2.MPModelRequest.PDLP_LINEAR_PROGRAMMING
    )
    request = linear_solver_pb2.MPModelRequest(solver_type=kind)
    request.model.CopyFrom(program.proto)
    if parameters:
        request.solver_specific_parameters = parameters
    answer = linear_solver_pb2.MPSolutionResponse.FromString(
        ModelSolverHelper(solver).solve_serialized_request(request.SerializeToString())
    )
    if answer.status != linear_solver_pb2.MPSOLVER_OPTIMAL:
        return None
    dual = np.maximum(np.array(answer.dual_value), 0.0) if not matching.exactly else np.array(answer.dual_value)
    taken = np.zeros(matching.columns)
    taken[columns] = np.array(answer.variable_value)[program.takes : program.takes + len(columns)]
    links = {key: float(dual[row]) for key, row in program.links.items()}
    return Relaxed(dual[program.units], dual[program.slots], dual[program.rows], dual[program.houses], links, taken, answer.objective_value)


@dataclass(frozen=True)
class Relaxation:
    """The linear program, the position of its first column, and its rows by what they are about."""

    proto: Any
    takes: int
    units: Array
    slots: Array
    rows: Array
    houses: Array
    links: dict[tuple[int, int], int]


def program_of(matching: Matching, columns: Array) -> Relaxation:
    """The linear program over some columns."""
    program = _Program()
    takes = program.add(matching.gain[columns].astype(float), np.inf)
    place = np.full(matching.columns, NONE)
    place[columns] = np.arange(takes, takes + len(columns))
    units = _unit_rows(program, matching, columns, place)
    slots = _slot_rows(program, matching, columns, place)
    rows = _rows(program, matching, columns, place)
    houses, links = _house_rows(program, matching, columns, place)
    return Relaxation(program.proto, takes, units, slots, rows, houses, links)


def _unit_rows(program: _Program, matching: Matching, columns: Array, place: Array) -> Array:
    order = matching.unit[columns]
    edges = np.searchsorted(order, np.arange(matching.units + 1))
    return np.array(
        [
            program.row(place[columns[first:last]], np.ones(last - first), 1.0 if matching.exactly else -np.inf, 1.0)
            for first, last in pairwise(edges)
        ],
        dtype=np.int64,
    )


def _slot_rows(program: _Program, matching: Matching, columns: Array, place: Array) -> Array:
    owners, slots, people = entries(matching.column_first, matching.slot, matching.people, columns)
    order = np.argsort(slots, kind="stable")
    edges = np.searchsorted(slots[order], np.arange(matching.slots + 1))
    flows: list[list[int]] = [[] for _ in range(matching.slots)]
    for cell in range(matching.cells):
        first = int(matching.cell_slot[cell])
        for group in range(matching.cell_group[cell], matching.cell_group[cell + 1]):
            mask = int(matching.group_open[group])
            served = [first + bit for bit in range(mask.bit_length()) if mask >> bit & 1]
            flow = program.add(np.full(len(served), float(matching.group_weight[group])), np.inf)
            program.row(np.arange(flow, flow + len(served)), np.ones(len(served)), -np.inf, float(matching.group_demand[group]))
            for number, slot in enumerate(served):
                flows[slot].append(flow + number)
    found = []
    for slot in range(matching.slots):
        inside = order[edges[slot] : edges[slot + 1]]
        variables = np.concatenate((np.array(flows[slot], np.int64), place[owners[inside]]))
        found.append(program.row(variables, np.concatenate((np.ones(len(flows[slot])), -people[inside].astype(float))), -np.inf, 0.0))
    return np.array(found, dtype=np.int64)


def _rows(program: _Program, matching: Matching, columns: Array, place: Array) -> Array:
    owners, rows, amounts = entries(matching.row_first, matching.row, matching.row_amount, columns)
    order = np.argsort(rows, kind="stable")
    edges = np.searchsorted(rows[order], np.arange(len(matching.row_most) + 1))
    found = []
    for row, most in enumerate(matching.row_most):
        inside = order[edges[row] : edges[row + 1]]
        found.append(program.row(place[owners[inside]], amounts[inside].astype(float), -np.inf, float(most)))
    return np.array(found, dtype=np.int64)


def _house_rows(program: _Program, matching: Matching, columns: Array, place: Array) -> tuple[Array, dict[tuple[int, int], int]]:
    tight = tight_houses(matching)
    stands = program.add(np.zeros(len(matching.standing_house)), 1.0)
    links: dict[tuple[int, int], int] = {}
    members: dict[tuple[int, int], list[int]] = {}
    for column in columns.tolist():
        standing = int(matching.standing[column])
        if standing >= 0 and tight[matching.standing_house[standing]]:
            members.setdefault((int(matching.unit[column]), standing), []).append(int(place[column]))
    for (unit, standing), inside in members.items():
        variables = np.array([stands + standing, *inside], np.int64)
        links[unit, standing] = program.row(variables, np.array([-1.0] + [1.0] * len(inside)), -np.inf, 0.0)
    houses = []
    for house, most in enumerate(matching.house_most):
        guests = np.flatnonzero(matching.standing_house == house)
        houses.append(program.row(stands + guests, np.ones(len(guests)), -np.inf, float(most)))
    return np.array(houses, dtype=np.int64), links


def tight_houses(matching: Matching) -> Array:
    """Houses that could not take every standing of theirs."""
    return np.bincount(matching.standing_house, minlength=len(matching.house_most)) > matching.house_most


def entries(first: Array, item: Array, amount: Array, columns: Array) -> tuple[Array, Array, Array]:
    """Entries of some columns: the column, the item and the amount of each entry."""
    counts = first[columns + 1] - first[columns]
    total = int(counts.sum())
    owners = np.repeat(columns, counts)
    places = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first[columns], counts)
    return owners, item[places], amount[places]
