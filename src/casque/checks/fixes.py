"""The fix set: the cheapest changes after which no task of the chosen priorities has a red link.

A covering integer program. x(c) is 1 where change c is made; y(o) is 1 where option o of a cause counts, which needs every change of
the option; for every cause of a red link the gains of its counting options reach what is wanting. The cost of a change is its days plus
its political weight.
"""

from __future__ import annotations

from dataclasses import dataclass

from casque.checks.chain import LINKS, JudgedTask
from casque.checks.problem import Problem
from casque.checks.remedy import Option, Proposal, Shortfall
from casque.plan.findings import Change, FixSet, State
from casque.plan.record import Outcome, Status, gap_between

COST_UNITS = 100
"""Whole units of cost per day, so that the program is exact on hundredths."""

GAIN_UNITS = 1000
"""Whole units of gain in what is wanting; gains are rounded down, so that a set that counts as enough is enough."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Cover:
    """A covering problem: the cost of every change, and the causes to be mended, each by options that add up."""

    costs: dict[Key, float]
    causes: tuple[Shortfall, ...]


@dataclass(frozen=True)
class Answer:
    """The changes chosen, in the order of the costs, and how the solver ended."""

    chosen: tuple[Key, ...]
    outcome: Outcome


@dataclass(frozen=True)
class Params:
    """What steers the fix set."""

    priority: int = 3
    """Tasks up to this priority are to be saved."""
    seed: int = 1
    """Seed of the solver."""
    effort: float = 10.0
    """Deterministic time at which the solver stops."""


def fix_set(problem: Problem, judged: tuple[JudgedTask, ...], params: Params) -> FixSet:
    """The cheapest set of changes that saves every task of the chosen priorities that can be saved, and the tasks that cannot."""
    broken = [item for item in judged if item.task.priority <= params.priority and any(v.state is State.RED for v in item.verdicts)]
    hopeless: list[str] = []
    links: list[tuple[str, Shortfall]] = []
    saves: list[str] = []
    for item in broken:
        end = problem.day(item.task.end)
        named = [
            (f"task:{item.task.id}/{name}", in_time(cause, end))
            for name, verdict in zip(LINKS, item.verdicts, strict=True)
            if verdict.state is State.RED
            for cause in verdict.shortfalls
        ]
        stuck = [cause.why for _, cause in named if not fillable(cause)]
        if stuck:
            hopeless.append(f"{item.task.id}: {'; '.join(dict.fromkeys(stuck))}, and no known change mends that by the task's end")
            continue
        saves.append(item.task.id)
        links += named
    proposals = merged(tuple(cause for _, cause in links))
    answer = cheapest(
        Cover({key: proposal.days + proposal.weight for key, proposal in proposals.items()}, tuple(c for _, c in links)), params
    )
    mends: dict[Key, list[str]] = {key: [] for key in answer.chosen}
    for name, cause in links:
        for option in cause.options:
            if all(proposal.key in mends for proposal in option.proposals):
                for proposal in option.proposals:
                    mends[proposal.key].append(name)
    changes = tuple(_change(proposals[key], tuple(dict.fromkeys(mends[key]))) for key in answer.chosen)
    return FixSet(changes=changes, outcome=answer.outcome, saves=tuple(saves), cannot_save=tuple(hopeless))


def _change(proposal: Proposal, mends: tuple[str, ...]) -> Change:
    return Change(kind=proposal.kind, subject=proposal.subject, text=proposal.text, days=proposal.days, weight=proposal.weight, mends=mends)


def in_time(cause: Shortfall, end: int) -> Shortfall:
    """A cause with only those options that are through by the task's end, when decided on D-day."""
    return Shortfall(cause.why, cause.amount, tuple(o for o in cause.options if all(proposal.days <= end for proposal in o.proposals)))


def fillable(cause: Shortfall) -> bool:
    """Whether all options together fill what is wanting."""
    return sum(_gain(option, cause) for option in cause.options) >= GAIN_UNITS


def merged(causes: tuple[Shortfall, ...]) -> dict[Key, Proposal]:
    """Every proposal once, in order of first mention; where one is made twice, the dearer text and cost stand for both."""
    found: dict[Key, Proposal] = {}
    for cause in causes:
        for option in cause.options:
            for proposal in option.proposals:
                known = found.get(proposal.key)
                if known is None or known.days + known.weight < proposal.days + proposal.weight:
                    found[proposal.key] = proposal
    return found


def _gain(option: Option, cause: Shortfall) -> int:
    return min(GAIN_UNITS, int(GAIN_UNITS * option.gain / cause.amount + 1e-6))


def cheapest(cover: Cover, params: Params) -> Answer:
    """The cheapest changes that fill every cause. The outcome is infeasible where no set does, unknown where time ran out first."""
    if not cover.causes:
        return Answer((), Outcome(status="optimal", value=0.0, bound=0.0, gap=0.0, sense="least"))
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    made = {key: model.new_bool_var(f"make {key}") for key in cover.costs}
    for number, cause in enumerate(cover.causes):
        counts = []
        for place, option in enumerate(cause.options):
            count = model.new_bool_var(f"count {number} {place}")
            for proposal in option.proposals:
                model.add_implication(count, made[proposal.key])
            counts.append(_gain(option, cause) * count)
        model.add(sum(counts) >= GAIN_UNITS)
    model.minimize(sum(round(COST_UNITS * cost) * made[key] for key, cost in cover.costs.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = params.seed
    solver.parameters.max_deterministic_time = params.effort
    ended = solver.solve(model)
    if ended not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        status: Status = "infeasible" if ended == cp_model.INFEASIBLE else "unknown"
        return Answer((), Outcome(status=status, value=0.0, bound=0.0, gap=0.0, sense="least"))
    chosen = tuple(key for key in cover.costs if solver.boolean_value(made[key]))
    value, bound = solver.objective_value / COST_UNITS, solver.best_objective_bound / COST_UNITS
    proven: Status = "optimal" if ended == cp_model.OPTIMAL else "feasible"
    return Answer(chosen, Outcome(status=proven, value=value, bound=bound, gap=gap_between(value, bound), sense="least"))
