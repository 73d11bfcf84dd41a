"""What lifting each caveat would bring: the pledges placed again as if it, and no other, were lifted."""

from __future__ import annotations

from casque.forces.best_plan import best_fill
from casque.forces.eligibility import bars
from casque.forces.matched import filled_people
from casque.forces.matching.budget import Budget
from casque.forces.optimum import Plan
from casque.forces.problem import Problem, problem
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.plan.requirement import RequirementRecord
from casque.plan.waiver import Waiver
from casque.reference.load import Reference

Key = tuple[str, int, str, str, object]
"""What an option is, whatever its position: pledge, part, sector, capability and tours."""


def waivers(
    mission: Mission,
    reference: Reference,
    requirement: RequirementRecord,
    base: Problem,
    plan: Plan,
    time: float,
    seed: int,
    contingents: int | None = None,
) -> tuple[Waiver, ...]:
    """Every caveat that bars something, with what its lifting would bring, the most first.

    The plan stands at the beginning of each search, so that no gain is below zero; a gain that is not proven comes with its band.
    """
    bearing = [caveat for caveat in mission.engagement.caveats if _bears(caveat, base)]
    start = {_key(base, index) for index in plan.taken}
    found = []
    for caveat in bearing:
        lifted = problem(_without(mission, caveat), reference, requirement, contingents)
        taken = tuple(index for index in range(len(lifted.options)) if _key(lifted, index) in start)
        best = best_fill(lifted, Budget(time / len(bearing), seed), taken)
        low, high = max(0, best.value - plan.bound), max(0, best.bound - plan.value)
        gain = min(max(0, best.value - plan.value), high)
        found.append(
            Waiver(
                caveat=caveat.id,
                member=caveat.member,
                gain=_points(base, gain),
                people_months=_people(lifted, best) - _people(base, plan) if gain else 0.0,
                proven=low == high,
                low=_points(base, low),
                high=_points(base, high),
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.gain, item.caveat)))


def _bears(caveat: Caveat, base: Problem) -> bool:
    """Whether a caveat keeps any unit of the plan's pledges from any line."""
    found = [barrier for unit in base.units for barrier in unit.barriers if barrier.caveat.id == caveat.id]
    return bool(found) and any(bars(found[0], base.tasks.get(line.task), line.sector, line.crosses_sectors) for line in base.lines)


def _without(mission: Mission, caveat: Caveat) -> Mission:
    kept = tuple(item for item in mission.engagement.caveats if item.id != caveat.id)
    return mission.model_copy(update={"engagement": mission.engagement.model_copy(update={"caveats": kept})})


def _key(matching: Problem, index: int) -> Key:
    option = matching.options[index]
    unit, pool = matching.units[option.unit], matching.pools[option.pool]
    return unit.pledge.id, unit.part, pool.sector, pool.capability.value, option.tours


def _points(base: Problem, value: int) -> float:
    return 100 * value / base.wanted if base.wanted else 0.0


def _people(matching: Problem, plan: Plan) -> float:
    return float(sum(map(sum, filled_people(matching, plan.taken))))
