"""The stage `generate`: which pledge serves where, what is short and why, what to ask for next, and on whom the plan hangs."""

from __future__ import annotations

from dataclasses import dataclass, field

from casque.forces.auction import Budget
from casque.forces.explain import idle, shortfalls
from casque.forces.matched import assignments, filled_people, fills
from casque.forces.objective import Preferences
from casque.forces.optimum import Plan, best_fill, cohesive
from casque.forces.prices import prices
from casque.forces.problem import WEIGHT_SCALE, Problem, problem, shares_by_month
from casque.forces.what_if import next_pledges, pivotal
from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.record import Outcome, gap_between
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers `generate`. Times are deterministic, as the solver counts them, so that a faster machine gives the same plan."""

    seed: int = 0
    """Seed of the solver."""
    fill_time: float = 1.0
    """Most time for the weighted fill."""
    cohesion_time: float = 0.4
    """Most time for cohesion and fairness at that fill."""
    what_if_time: float = 3.0
    """Most time for the next pledges and the pivotal members, half for each; past it they are estimates by single moves."""
    next_pledges: int = 10
    """Units to ask for."""
    contingents: int | None = None
    """Most nations in one sector; none takes the planning factor."""
    preferences: Preferences = field(default_factory=Preferences)
    """Prices of cohesion and fairness."""


def solve(mission: Mission, reference: Reference, requirement: RequirementRecord, params: Params | None = None) -> ForceRecord:
    """The force that the pledges add up to.

    Reads about, alliance, agreements, area, tasks, engagement and forces. Each pledge serves in at most one sector as one
    capability; the weighted fill comes first, then cohesion and fairness at that fill. A plan that was stopped comes with its gap.
    """
    params = params or Params()
    matching = problem(mission, reference, requirement, params.contingents)
    budget = Budget(params.fill_time, params.seed)
    worth = prices(matching)
    plan = best_fill(matching, budget, worth)
    plan = cohesive(matching, plan, params.preferences, Budget(params.cohesion_time, params.seed, params.cohesion_time))
    people = filled_people(matching, plan.taken)
    asking, losing = (Budget(params.what_if_time / 2, params.seed, bids=budget.bids) for _ in range(2))
    return ForceRecord(
        assignments=assignments(matching, plan.taken),
        idle=idle(matching, plan.taken, people),
        fills=fills(matching, people),
        shortfalls=shortfalls(matching, plan.taken, people, reference),
        weighted_fill=_weighted_fill(matching, people),
        strength_by_month=_strength(matching, plan),
        next_pledges=next_pledges(matching, plan, reference, asking, params.next_pledges, worth),
        pivotal=pivotal(matching, plan, losing, worth),
        outcome=Outcome(
            status=plan.status,
            value=plan.value / WEIGHT_SCALE,
            bound=plan.bound / WEIGHT_SCALE,
            gap=gap_between(plan.value, plan.bound),
            sense="most",
        ),
    )


def _weighted_fill(matching: Problem, people: list[list[int]]) -> tuple[float, ...]:
    shares: list[float] = []
    for month in range(len(matching.calendar.months)):
        wanted = sum(weight * months[month] for weight, months in zip(matching.weights, matching.demand, strict=True))
        filled = sum(weight * months[month] for weight, months in zip(matching.weights, people, strict=True))
        shares.append(filled / wanted if wanted else 1.0)
    return tuple(shares)


def _strength(matching: Problem, plan: Plan) -> tuple[float, ...]:
    total = [0.0] * len(matching.calendar.months)
    for index in plan.taken:
        unit = matching.units[matching.options[index].unit]
        for month, share in enumerate(shares_by_month(unit.presence.taskable, matching.calendar)):
            total[month] += unit.pledge.strength * share
    return tuple(total)
