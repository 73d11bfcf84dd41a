"""Rules on medical reach: surgery within its time limit from everywhere, and in place when the force is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt

from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement
from casque.mission.area import Sector
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Capability, Severity

TREATMENT = (Capability.MEDICAL, Capability.HOSPITAL)
"""Capabilities of those who treat."""
FLYING = (Capability.AVIATION, Capability.MEDICAL_EVACUATION)
"""Capabilities of those who bring casualties by air."""

_EARTH_RADIUS = 6371.0


@dataclass(frozen=True)
class _Way:
    """The way from the farthest place of a sector to the nearest surgery."""

    hours: float
    """By road."""
    place: str
    hospital: Pledge


def _units(problem: Problem, capabilities: tuple[Capability, ...]) -> list[Pledge]:
    types = problem.reference.unit_types
    return [p for p in problem.mission.forces.pledges if p.unit_type in types and types[p.unit_type].capability in capabilities]


def _surgical(problem: Problem) -> list[Pledge]:
    """Units with an operating theatre; a medical company treats and evacuates."""
    types = problem.reference.unit_types
    return [p for p in problem.mission.forces.pledges if p.unit_type in types and types[p.unit_type].surgery]


def _apart(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Kilometres between two longitude, latitude pairs in degrees (haversine formula)."""
    (east_1, north_1), (east_2, north_2) = ((radians(east), radians(north)) for east, north in (start, end))
    half = sin((north_2 - north_1) / 2) ** 2 + cos(north_1) * cos(north_2) * sin((east_2 - east_1) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def _way(problem: Problem, sector: Sector, hospitals: list[Pledge]) -> _Way | None:
    """The shortest way to surgery by road. A hospital that no sector is named for may stand in any."""
    places = [place for place in problem.mission.area.places if place.sector == sector.id]
    per_kilometre = problem.reference.value("medical.circuity") / problem.reference.value("medical.evacuation-speed")
    ways = []
    for stands, hospital in _standing(problem, hospitals).items():
        node, own = problem.network.nodes.get(problem.sectors[stands].base), problem.network.nodes.get(sector.base)
        if node is None or own is None:
            continue
        here = (node.longitude, node.latitude)
        far = [(_apart((place.longitude, place.latitude), here), place.name) for place in places]
        edge = _apart((own.longitude, own.latitude), here) + sqrt(sector.area / pi)
        kilometres, name = max(far) if far else (edge, f"the edge of {sector.name}")
        ways.append(_Way(kilometres * per_kilometre, name, hospital))
    return min(ways, key=lambda way: (way.hours, way.hospital.id), default=None)


def _standing(problem: Problem, hospitals: list[Pledge]) -> dict[str, Pledge]:
    """For every sector in which a hospital may stand, the first of those that may by id."""
    found: dict[str, Pledge] = {}
    for sector in problem.sectors:
        able = [hospital for hospital in hospitals if hospital.sector == sector or hospital.sector not in problem.sectors]
        if able:
            found[sector] = min(able, key=lambda hospital: hospital.id)
    return found


def _far_surgery(problem: Problem) -> Iterator[Breach]:
    hospitals = _surgical(problem)
    if not problem.mission.forces.pledges:
        return
    if not hospitals:
        total = sum(pledge.strength for pledge in problem.mission.forces.pledges)
        text = f"No unit with an operating theatre is pledged for the {total:,.0f} people of the force."
        yield Breach(f"mission:{problem.mission.about.id}", text, fix="Ask contributors for a field hospital, or agree on the use of one.")
        return
    limit, share = problem.reference.value("medical.surgery-limit"), problem.reference.value("medical.helicopter-share")
    by_air = bool(_units(problem, FLYING))
    for sector in problem.mission.area.sectors:
        way = _way(problem, sector, hospitals)
        if way is None or way.hours * (share if by_air else 1) <= limit:
            continue
        air = f" and {way.hours * share:.1f} hours by helicopter" if by_air else ""
        text = (
            f"From {way.place} in {sector.name} the nearest surgery ({way.hospital.name} of {problem.member_name(way.hospital.member)}) "
            f"is {way.hours:.1f} hours away by road{air}; the limit is {limit:g} hours."
        )
        yield Breach(f"sector:{sector.id}", text)


def _no_aviation(problem: Problem) -> Iterator[Breach]:
    hospitals = _surgical(problem)
    if _units(problem, FLYING):
        return
    limit, share = problem.reference.value("medical.surgery-limit"), problem.reference.value("medical.helicopter-share")
    ways = [(sector, _way(problem, sector, hospitals)) for sector in problem.mission.area.sectors]
    helped = [sector.name for sector, way in ways if way is not None and way.hours * share <= limit < way.hours]
    if helped:
        text = f"No aviation is pledged; helicopters would bring surgery within {limit:g} hours of {listed(helped)}, the road does not."
        yield Breach(f"mission:{problem.mission.about.id}", text)


def _late_medical(problem: Problem) -> Iterator[Breach]:
    wanted = [problem.day(task.required_by) for task in problem.mission.tasks.tasks]
    days = [_in_place(problem, pledge) for pledge in _units(problem, TREATMENT)]
    known = [day for day in days if day is not None]
    if wanted and known and min(known) > min(wanted):
        text = (
            f"The first medical unit is in place on {day_text(min(known))}, {min(known) - min(wanted)} days after the force of the first "
            f"task is required on {day_text(min(wanted))}."
        )
        yield Breach(f"mission:{problem.mission.about.id}", text, min(known))


def _in_place(problem: Problem, pledge: Pledge) -> int | None:
    """Day on which a unit is in place as planned: at its required date, or at best when it can arrive."""
    arrival = problem.arrival(pledge, (pledge.sector,) if pledge.sector else tuple(problem.sectors), problem.free_arrivals)
    if arrival == float("inf"):
        return None
    return max(int(arrival // 1), problem.day(pledge.required) if pledge.required else int(arrival // 1))


RULES = (
    Rule(
        "surgery-out-of-reach",
        Severity.WARNING,
        "Surgery too far from a sector",
        "From the farthest named place of every sector a pledged field hospital is within factor medical.surgery-limit, by road, or by "
        "helicopter where aviation is pledged.",
        judgement("the 10-1-2 guideline (damage-control surgery within two hours); medical support manual not read"),
        "Place a field hospital nearer, ask for another, or ask for aviation for evacuation.",
        _far_surgery,
    ),
    Rule(
        "evacuation-without-aviation",
        Severity.WARNING,
        "Evacuation that only helicopters could do in time, and none is pledged",
        "Where surgery is within its limit by air and not by road, an aviation unit is pledged.",
        judgement("the 10-1-2 guideline (damage-control surgery within two hours); medical support manual not read"),
        "Ask contributors for an aviation unit, or contract evacuation by air.",
        _no_aviation,
    ),
    Rule(
        "medical-after-force",
        Severity.WARNING,
        "A force that waits for its first medical unit",
        "The first medical unit is in place when the force of the first task is required.",
        judgement("staff practice: medical support is in place before the force that it serves"),
        "Bring a medical unit forward, or say who gives medical support until it is there.",
        _late_medical,
    ),
)
