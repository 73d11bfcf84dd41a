"""Rules of thumb for the size of a whole force, to stand beside the total that the tasks add up to."""

from __future__ import annotations

from collections.abc import Sequence

from casque.forces.sizes import count, grade_of, weakest
from casque.mission.actors import Actor
from casque.mission.area import Area
from casque.mission.vocabulary import Capability, Grade
from casque.plan.requirement import Band, RequirementLine
from casque.reference.load import Reference

POLICE = (Capability.MILITARY_POLICE, Capability.FORMED_POLICE)


def manoeuvre_capabilities(reference: Reference) -> frozenset[Capability]:
    """Capabilities of the units that patrol, hold ground and react."""
    return frozenset(unit_type.capability for unit_type in reference.unit_types.values() if unit_type.manoeuvre)


def bands(area: Area, actors: Sequence[Actor], lines: Sequence[RequirementLine], reference: Reference) -> tuple[Band, ...]:
    """The rules of thumb, first the total of the tasks that they are to be compared with.

    The population is that of the sectors and the displaced who are expected back.
    """
    returning = sum(actor.displaced.number * actor.displaced.expected_return for actor in actors if actor.displaced is not None)
    population = sum(sector.population for sector in area.sectors) + returning
    extent = sum(sector.area for sector in area.sectors)
    people = weakest(*(grade_of(sector, "population") for sector in area.sectors))
    ground = weakest(*(grade_of(sector, "area") for sector in area.sectors))
    inhabitants = f"{count(population)} inhabitants" + (f" with {count(returning)} expected back" if returning else "")
    return (
        *_task_bands(lines, reference),
        _scaled("Population, peaceful policing", "force.band-policing", population / 1000, inhabitants, people, reference),
        _scaled("Population, hard stabilisation", "force.band-stabilisation", population / 1000, inhabitants, people, reference),
        _scaled("Area, hard stabilisation", "force.area-density", extent, f"{extent:,.0f} km2", ground, reference),
        _scaled("Earlier missions at their peak", "force.band-analogue", population / 1000, inhabitants, people, reference),
    )


def _task_bands(lines: Sequence[RequirementLine], reference: Reference) -> tuple[Band, Band]:
    months = max((len(line.by_month) for line in lines), default=0)
    totals = [sum(line.by_month[month] for line in lines) for month in range(months)]
    peak = max(range(months), key=lambda month: (totals[month], -month), default=0)
    low, high = _ends(lines, peak)
    likely = totals[peak] if totals else 0.0
    grade = weakest(*(line.grade for line in lines))
    alone = Band(
        name="Tasks, line by line",
        low=low,
        likely=likely,
        high=high,
        working=f"sum of {len(lines)} lines in month {peak}, the month that wants most",
        grade=grade,
        source="troop-to-task rules on this mission's tasks",
    )
    forward = [line for line in lines if line.capability in manoeuvre_capabilities(reference) or line.capability in POLICE]
    share = reference.factor("force.support-share")
    front = sum(line.by_month[peak] for line in forward)
    front_low, front_high = _ends(forward, peak)
    with_support = Band(
        name="Tasks with support and headquarters",
        low=max(low, _grossed(front_low, share.low)),
        likely=max(likely, _grossed(front, share.value)),
        high=max(high, _grossed(front_high, share.high)),
        working=f"{count(front)} manoeuvre troops and police / (1 - {share.value:g} support share), but no less than the lines themselves",
        grade=weakest(grade, share.grade),
        source=share.source,
    )
    return alone, with_support


def _ends(lines: Sequence[RequirementLine], month: int) -> tuple[float, float]:
    # A line's high end has the worst threat in it already, and the month its own: the line's high end caps their product.
    low = sum(line.by_month[month] * min(1.0, line.low / line.likely) for line in lines if line.likely > 0)
    high = sum(
        max(line.by_month[month], min(line.high, line.by_month[month] * line.high / line.likely)) for line in lines if line.likely > 0
    )
    return round(low), round(high)


def _grossed(people: float, share: float) -> float:
    return round(people / (1 - share)) if share < 1 else people


def _scaled(name: str, factor_id: str, measure: float, of: str, grade: Grade, reference: Reference) -> Band:
    factor = reference.factor(factor_id)
    each = "" if "km2" in of else " per thousand"
    return Band(
        name=name,
        low=round(factor.low * measure),
        likely=round(factor.value * measure),
        high=round(factor.high * measure),
        working=f"{factor.value:g}{each} ({factor.low:g} to {factor.high:g}) x {of} = {count(factor.value * measure)}",
        grade=weakest(grade, factor.grade),
        source=factor.source,
    )
