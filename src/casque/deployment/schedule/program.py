"""The linear program that spreads all work over the routes: the least longest capacity, or all of them at growing cost."""

from __future__ import annotations

import numpy as np
from ortools.linear_solver.python import model_builder_helper as helper

from casque.deployment.schedule.work import Work, offered
from casque.deployment.schedule.world import Floats

EDGES = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)
"""Parts of the time of the longest, and"""
SLOPES = (0.1, 0.2, 0.7, 2.0, 7.0, 100.0)
"""what a part of that time costs from each of them on."""


def longest(whole: Work, closure: float) -> tuple[Floats, float]:
    """Least part of what is offered up to a closure that the capacity with the most work takes, and the price of each row in it."""
    unit = np.maximum(offered(whole, closure), 1e-9)
    model, first = _model(whole, unit)
    most = model.add_var()
    model.set_var_lower_bound(most, 0.0)
    model.set_var_objective_coefficient(most, 1.0)
    for row in range(len(unit)):
        model.add_term_to_constraint(first + row, most, -1.0)
    solver = helper.ModelSolverHelper("GLOP")
    solver.solve(model)
    if not solver.has_solution():
        return np.zeros(0), 0.0
    return np.maximum(-np.array(solver.dual_values())[first : first + len(unit)], 0.0) / unit, float(solver.objective_value())


def graded(whole: Work, unit: Floats) -> Floats:
    """Price of each row where its cost grows the steeper the more of its unit is taken, in steps."""
    model, first = _model(whole, unit)
    for row in range(len(unit)):
        for number, slope in enumerate(SLOPES):
            part = model.add_var()
            model.set_var_lower_bound(part, 0.0)
            if number + 1 < len(EDGES):
                model.set_var_upper_bound(part, EDGES[number + 1] - EDGES[number])
            model.set_var_objective_coefficient(part, slope)
            model.add_term_to_constraint(first + row, part, -1.0)
    solver = helper.ModelSolverHelper("GLOP")
    solver.solve(model)
    if not solver.has_solution():
        return np.zeros(len(unit))
    price: Floats = np.maximum(-np.array(solver.dual_values())[first : first + len(unit)], 0.0) / unit
    return price


def _model(whole: Work, unit: Floats) -> tuple[helper.ModelBuilderHelper, int]:
    """Every item on its routes in any parts; and the first of the rows that hold the work, in parts of the unit of each."""
    model = helper.ModelBuilderHelper()
    item = whole.item.tolist()
    for number in dict.fromkeys(item):
        row = model.add_linear_constraint()
        model.set_constraint_lower_bound(row, 1.0)
        model.set_constraint_upper_bound(row, 1.0)
        del number
    first = len(dict.fromkeys(item))
    for _ in range(len(unit)):
        row = model.add_linear_constraint()
        model.set_constraint_upper_bound(row, 0.0)
    order = {number: row for row, number in enumerate(dict.fromkeys(item))}
    draws = (whole.amount / unit[whole.row]).tolist()
    rows, firsts = whole.row.tolist(), whole.first.tolist()
    for column, number in enumerate(item):
        part = model.add_var()
        model.set_var_lower_bound(part, 0.0)
        model.add_term_to_constraint(order[number], part, 1.0)
        for draw in range(firsts[column], firsts[column + 1]):
            model.add_term_to_constraint(first + rows[draw], part, draws[draw])
    return model, first
