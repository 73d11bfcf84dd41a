"""A tighter bound than the linear relaxation's: cutting planes and a few branchings of HiGHS over the columns that a
better plan could take."""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from casque.forces.matching.instance import Array, Matching
from casque.forces.matching.relaxation import program_of

SLACK = 1e-6
"""Share by which a bound in floating point is widened."""


def cut(matching: Matching, columns: Array, nodes: int, seed: int, held: Array | None = None) -> tuple[Array | None, int | None]:
    """The best plan over some columns that the solver came across, and what no plan over them can pass; none where there is no answer.

    Stops after so many nodes of the search tree, never by the clock. Columns `held` are taken in every plan looked at.
    """
    program = program_of(matching, columns)
    takes = slice(program.takes, program.takes + len(columns))
    if held is not None:
        for place in np.flatnonzero(np.isin(columns, held)).tolist():
            program.proto.variable[program.takes + place].lower_bound = 1.0
    options = {"mip_max_nodes": nodes, "random_seed": seed, "threads": 1}
    parameters = mathopt.SolveParameters()
    parameters.highs.int_options.update(options)
    parameters.highs.double_options.update({"mip_heuristic_effort": 0.02, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5})
    answer = mathopt.solve(model_of(program.proto, takes), mathopt.SolverType.HIGHS, params=parameters)
    limit = answer.termination.objective_bounds.dual_bound
    bound = int(np.floor(limit + SLACK * abs(limit))) if np.isfinite(limit) else None
    if not answer.solutions:
        return None, bound
    values = answer.variable_values()
    shares = np.array([value for _, value in sorted((variable.id, value) for variable, value in values.items())])[takes]
    return columns[shares > 0.5], bound


def model_of(proto: Any, takes: slice) -> Any:
    """A linear program as a model of MathOpt in which the variables of a slice are whole, 0 or 1."""
    model = model_pb2.ModelProto()
    count = len(proto.variable)
    model.variables.ids.extend(range(count))
    model.variables.lower_bounds.extend(variable.lower_bound for variable in proto.variable)
    model.variables.upper_bounds.extend(
        min(1.0, variable.upper_bound) if takes.start <= number < takes.stop else variable.upper_bound
        for number, variable in enumerate(proto.variable)
    )
    model.variables.integers.extend(takes.start <= number < takes.stop for number in range(count))
    model.objective.maximize = True
    worth = [(number, variable.objective_coefficient) for number, variable in enumerate(proto.variable) if variable.objective_coefficient]
    model.objective.linear_coefficients.ids.extend(number for number, _ in worth)
    model.objective.linear_coefficients.values.extend(value for _, value in worth)
    model.linear_constraints.ids.extend(range(len(proto.constraint)))
    model.linear_constraints.lower_bounds.extend(row.lower_bound for row in proto.constraint)
    model.linear_constraints.upper_bounds.extend(row.upper_bound for row in proto.constraint)
    matrix = model.linear_constraint_matrix
    for number, row in enumerate(proto.constraint):
        order = np.argsort(np.array(row.var_index), kind="stable")
        matrix.row_ids.extend([number] * len(order))
        matrix.column_ids.extend(np.array(row.var_index)[order].tolist())
        matrix.coefficients.extend(np.array(row.coefficient)[order].tolist())
    return mathopt.Model.from_model_proto(model)
