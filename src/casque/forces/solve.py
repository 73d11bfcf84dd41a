"""The stage `generate`: which pledge serves where, what is short and why, what to ask for next, and on whom the plan hangs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import casque.forces.answers.solve as asking
from casque.forces.best_plan import best_plan
from casque.forces.bridge import bridge
from casque.forces.explain import idle, shortfalls
from casque.forces.futures.answer import FutureParams, futures
from casque.forces.matched import assignments, filled_people, fills, level_outcomes, strength, weighted_fill
from casque.forces.matching.budget import Budget as Work
from casque.forces.preferences import Preferences
from casque.forces.problem import WEIGHT_SCALE, problem
from casque.forces.waivers import waivers
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
    fill_time: float = 2.0
    """Most work for the plan, about as many seconds: half of it for the weighted fill, the rest for risk, cohesion, burden and cost."""
    what_if_time: float = 4.0
    """Most time for the next pledges and for what is lost without members; past it they are given as wider intervals."""
    waiver_time: float = 2.0
    """Most work for what lifting each caveat would bring; past it the gains are given as wider intervals."""
    next_pledges: int = 20
    """Units to ask for."""
    pairs: int = 10
    """Pairs of members to name."""
    contingents: int | None = None
    """Most nations in one sector; none takes the planning factor."""
    preferences: Preferences = field(default_factory=Preferences)
    """Prices of what tells plans with the same fill apart."""
    futures: FutureParams | None = field(default_factory=FutureParams)
    """Sampled futures of the pledges; none leaves them out."""


def solve(mission: Mission, reference: Reference, requirement: RequirementRecord, params: Params | None = None) -> ForceRecord:
    """The force that the pledges add up to.

    Reads about, alliance, agreements, area, tasks, engagement, forces and transport. Each pledge, or each part of one that may be split,
    serves in at most one sector as one capability; the weighted fill comes first, then at that fill risk, cohesion, fairness of the burden
    and cost. A plan that was stopped comes with its gap.
    """
    params = params or Params()
    matching = problem(mission, reference, requirement, params.contingents, params.preferences)
    plan = best_plan(matching, Work(params.fill_time, params.seed))
    people = filled_people(matching, plan.taken)
    steer = asking.Params(params.seed, params.what_if_time, next_pledges=params.next_pledges, pairs=params.pairs)
    # Each has a budget of its own, so that which of them ends first decides nothing.
    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(asking.solve, matching, plan, mission.alliance, reference, steer)
        lifted = waivers(mission, reference, requirement, matching, plan, params.waiver_time, params.seed, params.contingents)
        sampled = None if params.futures is None else futures(matching, plan.taken, mission, reference, params.seed, params.futures)
        answers = asked.result()
    serving = assignments(matching, plan.taken)
    return ForceRecord(
        assignments=serving,
        idle=idle(matching, plan.taken, people),
        fills=fills(matching, people),
        shortfalls=shortfalls(matching, plan.taken, people, reference),
        weighted_fill=weighted_fill(matching, people),
        strength_by_month=strength(matching, plan.taken),
        next_pledges=answers.next_pledges,
        pivotal=answers.pivotal,
        outcome=Outcome(
            status=plan.status,
            value=plan.value / WEIGHT_SCALE,
            bound=plan.bound / WEIGHT_SCALE,
            gap=gap_between(plan.value, plan.bound),
            sense="most",
        ),
        levels=level_outcomes(matching, plan.points, plan.proven),
        answers=answers.rest,
        waivers=lifted,
        bridge=bridge(mission, reference, requirement, serving),
        futures=sampled,
    )
