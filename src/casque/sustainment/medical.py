"""Medical reach: how far surgery is from the farthest place of each sector, against the two-hour limit of 10-1-2."""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt

from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.supply import MedicalReach
from casque.reference.load import Reference
from casque.sustainment.presence import Presence

FLYING = (Capability.AVIATION, Capability.MEDICAL_EVACUATION)
"""Capabilities of those who bring casualties by air."""

_EARTH_RADIUS = 6371.0


def medical_reach(mission: Mission, reference: Reference, present: tuple[Presence, ...]) -> tuple[MedicalReach, ...]:
    """One line a sector: the nearest hospital, in whichever sector it stands, seen from the sector's farthest named place."""
    hospitals = [unit for unit in present if unit.unit_type.surgery]
    aviation = [unit for unit in present if unit.unit_type.capability in FLYING]
    return tuple(_reach(mission, reference, sector, hospitals, aviation) for sector in mission.area.sectors)


def great_circle(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Kilometres between two longitude, latitude pairs in degrees (haversine formula)."""
    (east_1, north_1), (east_2, north_2) = ((radians(east), radians(north)) for east, north in (start, end))
    half = sin((north_2 - north_1) / 2) ** 2 + cos(north_1) * cos(north_2) * sin((east_2 - east_1) / 2) ** 2
    return 2 * _EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def _reach(mission: Mission, reference: Reference, sector: Sector, hospitals: list[Presence], aviation: list[Presence]) -> MedicalReach:
    ways = [(*_farthest(mission, reference, sector, hospital), hospital) for hospital in hospitals]
    if not ways:
        return MedicalReach(
            sector=sector.id,
            hospital="",
            hours=0.0,
            within_two_hours=False,
            text=f"{sector.name} has no surgery: no field hospital is in place.",
        )
    road, place, hospital = min(ways, key=lambda way: (round(way[0], 6), way[2].first, way[2].unit))
    limit = reference.value("medical.surgery-limit")
    hours, helicopter = road, ""
    if aviation:
        hours = road * reference.value("medical.helicopter-share")
        since = max(hospital.first, min(unit.first for unit in aviation))
        helicopter = f", {hours:.1f} hours by helicopter in flying weather from D+{since}"
    bases = {item.id: item.name for item in mission.area.sectors}
    stands = mission.area.sectors[hospital.sector].id
    verdict = "within" if hours <= limit else "beyond"
    only = " by helicopter only" if hours <= limit < road else ""
    text = (
        f"From {place} to {hospital.name} in {bases[stands]} it is {road:.1f} hours by road{helicopter}: "
        f"{verdict} the {limit:g}-hour limit of 10-1-2{only}. The hospital is there from D+{hospital.first} to D+{hospital.last}."
    )
    return MedicalReach(sector=sector.id, hospital=hospital.unit, hours=round(hours, 3), within_two_hours=hours <= limit, text=text)


def _farthest(mission: Mission, reference: Reference, sector: Sector, hospital: Presence) -> tuple[float, str]:
    """Hours by road to a hospital from the sector's farthest named place, or from its edge where it names none."""
    nodes = {node.id: (node.longitude, node.latitude) for node in mission.transport.nodes}
    stands = nodes.get(mission.area.sectors[hospital.sector].base)
    places = [place for place in mission.area.places if place.sector == sector.id]
    if stands is not None and places:
        far = max(places, key=lambda place: (great_circle((place.longitude, place.latitude), stands), place.id))
        kilometres, name = great_circle((far.longitude, far.latitude), stands), far.name
    else:
        base = nodes.get(sector.base)
        between = great_circle(base, stands) if base is not None and stands is not None else 0.0
        kilometres, name = between + sqrt(sector.area / pi), f"the edge of {sector.name}"
    return kilometres * reference.value("medical.circuity") / reference.value("medical.evacuation-speed"), name
