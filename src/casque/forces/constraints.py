"""Constraints of the integer program: one place for each unit, no more people than serve there, nations in a sector."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ortools.sat.python import cp_model

from casque.forces.problem import Problem
from casque.forces.variables import Variables


def constrain(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    """Adds every constraint of a problem to a model."""
    _one_place(model, problem, variables)
    _people(model, variables)
    _contingents(model, problem, variables)


def _one_place(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    for options in problem.by_unit:
        if len(options) > 1:
            model.add_at_most_one(variables.takes[index] for index in options)


def _people(model: cp_model.CpModel, variables: Variables) -> None:
    for block, flow in zip(variables.blocks, variables.flows, strict=True):
        for source, units in enumerate(block.classes):
            leaving = [flow[source, wanted] for wanted, group in enumerate(block.groups) if source in group.classes]
            if leaving:
                model.add(sum(leaving) <= sum(people * variables.takes[index] for index, people in units))
        for wanted, group in enumerate(block.groups):
            if len(group.classes) > 1:
                model.add(sum(flow[source, wanted] for source in group.classes) <= group.demand)


def _contingents(model: cp_model.CpModel, problem: Problem, variables: Variables) -> None:
    by_pair: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for index, option in enumerate(problem.options):
        by_pair[option.member, problem.sector_of(index)].append(variables.takes[index])
    by_sector: dict[str, list[Any]] = defaultdict(list)
    for pair, stands in variables.stands.items():
        for takes in by_pair[pair]:
            model.add_implication(takes, stands)
        by_sector[pair[1]].append(stands)
    for nations in by_sector.values():
        if len(nations) > problem.contingents:
            model.add(sum(nations) <= problem.contingents)
