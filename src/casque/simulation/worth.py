"""What changes of the plan are worth: the same runs with the same chances, the plan changed in one thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord
from casque.plan.force import ForceRecord
from casque.plan.force_answers import NextPledge
from casque.plan.outlook import Worth
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference
from casque.simulation.presence import barred_by_caveat, usable_shares
from casque.simulation.problem import Problem
from casque.simulation.replications import replicate
from casque.simulation.streams import key_of
from casque.simulation.units import presence_capabilities
from casque.simulation.world import MEMBER, UNIT, Floats, Results, World, rows

NINETY = 90
"""Day on which strength is compared, or the last day of a shorter plan."""


@dataclass(frozen=True)
class Change:
    """A change of the plan."""

    text: str
    """In words."""
    world: World
    """The changed plan."""


def changes(
    problem: Problem,
    reference: Reference,
    mission: Mission,
    requirement: RequirementRecord,
    force: ForceRecord,
    engagement: EngagementRecord,
    supply: SupplyRecord,
) -> list[Change]:
    """The changes that apply to this plan."""
    found = []
    if problem.units:
        found.append(Change("Every unit comes, and on its planned date", _on_time(problem.world)))
    waived = _waived(problem, reference, requirement, force, engagement)
    if waived is not None:
        found.append(Change("All national caveats are waived", waived))
    sector_ids = tuple(sector for sector, _ in problem.sectors)
    wanted = [item for item in force.next_pledges if item.sector in sector_ids and item.unit_type in reference.unit_types]
    pivotal = [item.member for item in force.pivotal if item.member in {member for member, _ in problem.members}]
    found += [_pledged(problem, reference, mission, pledge) for pledge in wanted[:1]]
    found += [_without(problem, member) for member in pivotal[:1]]
    closed = _closed(problem, supply)
    return found if closed is None else [*found, closed]


def worths(found: list[Change], base: Results, drawn: Floats, seed: int, workers: int) -> tuple[Worth, ...]:
    """Differences run by run, changed plan less this plan: cumulative incidents, and strength on day 90."""
    rows_found: list[Worth] = []
    for change in found:
        changed = replicate(change.world, drawn, seed, workers)
        day = min(NINETY, base.strength.shape[1] - 1)
        incidents = changed.incidents.sum(axis=(1, 2)) - base.incidents.sum(axis=(1, 2))
        strength = changed.strength[:, day] - base.strength[:, day]
        rows_found.append(_worth(change.text, "incidents over the horizon, changed plan less this one", incidents))
        rows_found.append(_worth(change.text, f"people in the area on D+{day}, changed plan less this one", strength))
    return tuple(rows_found)


def _worth(change: str, outcome: str, difference: Floats) -> Worth:
    low, median, high = (round(float(value), 2) for value in np.quantile(difference, (0.05, 0.5, 0.95)))
    return Worth(change=change, outcome=outcome, median=median, low=low, high=high)


def _on_time(world: World) -> World:
    units = world.units.copy()
    units["delay"] = 0.0
    units["no_show"] = 0.0
    return world._replace(units=units)


def _waived(
    problem: Problem, reference: Reference, requirement: RequirementRecord, force: ForceRecord, engagement: EngagementRecord
) -> World | None:
    freed = barred_by_caveat(engagement, force)
    if not freed:
        return None
    sectors = problem.world.sectors.copy()
    sectors["usable"] = usable_shares(reference, requirement, engagement, tuple(sector for sector, _ in problem.sectors), freed)
    return problem.world._replace(sectors=sectors)


def _pledged(problem: Problem, reference: Reference, mission: Mission, pledge: NextPledge) -> Change:
    """One more unit of a nation like the average, in place after the usual planning time."""
    kind = reference.unit_types[pledge.unit_type]
    names = [sector for sector, _ in problem.sectors]
    start = max(0.0, float(pledge.by)) + reference.value("movement.planning-days")
    world = problem.world
    unit = rows(
        UNIT,
        1,
        {
            "key": [key_of("unit:next pledge")],
            "member": [len(world.members)],
            "sector": [names.index(pledge.sector)],
            "people": [kind.strength],
            "presence": [kind.strength * (kind.capability in presence_capabilities(reference))],
            "start": [start],
            "end": [max(start, float(int(mission.about.horizon)))],
            "tours": [1],
            "no_show": [1.0 - reference.value("simulation.usual-reliability")],
            "delay": [reference.value("simulation.usual-delay")],
        },
    )
    member = rows(MEMBER, 1, {"key": [key_of("member:next pledge")], "risk": [1.0]})
    place = problem.sectors[names.index(pledge.sector)][1]
    changed = world._replace(units=np.concatenate([world.units, unit]), members=np.concatenate([world.members, member]))
    return Change(f"One more {kind.name.lower()} of {kind.strength:.0f} is pledged to {place}, ready by D+{pledge.by}", changed)


def _without(problem: Problem, member: str) -> Change:
    row = [name for name, _ in problem.members].index(member)
    units = problem.world.units.copy()
    units["no_show"] = np.where(units["member"] == row, 1.1, units["no_show"])
    return Change(f"{problem.members[row][1]} sends nobody", problem.world._replace(units=units))


def _closed(problem: Problem, supply: SupplyRecord) -> Change | None:
    """The worst weak link shut for the days for which its loss was tried: the bases that it starves get nothing.

    None where the loss of no link starves a base.
    """
    link = next(iter(supply.weak_links), None)
    if link is None or link.people <= 0 or link.closed is None:
        return None
    first, last = link.closed
    cover = problem.world.cover.copy()
    for row, (sector, _) in enumerate(problem.sectors):
        if sector in link.starved:
            cover["shut"][row, first : last + 1] = 1.0
    return Change(f"The {link.kind} {link.resource} is lost from D+{first} to D+{last}", problem.world._replace(cover=cover))
