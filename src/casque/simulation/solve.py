"""The door of the room: a plan in, its outlook out."""

from __future__ import annotations

from dataclasses import dataclass

from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference
from casque.simulation.draws import parameters
from casque.simulation.explain import unknown
from casque.simulation.failures import failures
from casque.simulation.fans import fans
from casque.simulation.order import sentences
from casque.simulation.problem import build
from casque.simulation.replications import replicate
from casque.simulation.sensitivity import sensitivities
from casque.simulation.worth import NINETY, changes, worths


@dataclass(frozen=True)
class Params:
    """How the plan is run."""

    seed: int = 1
    """Seed of every chance."""
    replications: int = 1000
    """Runs, 1 or more; also the stop rule."""
    workers: int = 2
    """Threads; their number changes no byte of the result."""


def solve(
    mission: Mission,
    reference: Reference,
    requirement: RequirementRecord,
    force: ForceRecord,
    movement: MovementRecord,
    engagement: EngagementRecord,
    supply: SupplyRecord,
    params: Params = Params(),
) -> OutlookRecord:
    """Runs the plan many times and says what will probably happen, what breaks first, what it hangs on and what changes would be worth."""
    count = max(1, params.replications)
    problem = build(mission, reference, requirement, force, movement, engagement, supply)
    drawn = parameters(reference, params.seed, count)
    results = replicate(problem.world, drawn, params.seed, params.workers)
    last = results.strength.shape[1] - 1
    day = min(NINETY, last)
    outcomes = {
        f"incidents to D+{last}": results.incidents.sum(axis=(1, 2)),
        f"people in the area on D+{day}": results.strength[:, day],
        f"freedom of movement in the last week to D+{last}": results.weeks["movement"][:, -1],
        f"people returned by D+{day}": results.weeks["returns"][:, day // 7],
    }
    found = changes(problem, reference, mission, requirement, force, engagement, supply)
    return OutlookRecord(
        replications=count,
        seed=params.seed,
        steps=sentences(),
        fans=fans(problem, results, movement, mission.measures.measures),
        failures=failures(problem, results, reference.value("simulation.strength-floor")),
        sensitivities=sensitivities(reference, drawn, outcomes),
        worth=worths(found, results, drawn, params.seed, params.workers),
        unknown=unknown(problem, reference, results, len(force.assignments) - len(problem.units)),
    )
