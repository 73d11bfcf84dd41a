"""Demand: tonnes a day by sector base, class of supply and day, from the people, vehicles, climate, season and threat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from casque.mission.mission import Mission
from casque.mission.season import is_winter
from casque.mission.vocabulary import Climate, SupplyClass, Threat
from casque.reference.load import Reference
from casque.sustainment.presence import Presence

Array = NDArray[np.float64]

CLASSES: tuple[SupplyClass, ...] = (
    SupplyClass.WATER,
    SupplyClass.I,
    SupplyClass.III,
    SupplyClass.MEDICAL,
    SupplyClass.V,
    SupplyClass.II,
    SupplyClass.IV,
)
"""Classes in the order in which the force can least do without them; every array of this room has its classes in this order."""

_WATER = {
    Climate.TEMPERATE: "supply.water-temperate",
    Climate.COLD: "supply.water-cold",
    Climate.HOT_ARID: "supply.water-hot-arid",
    Climate.HOT_TROPICAL: "supply.water-hot-tropical",
}
_AMMUNITION = {Threat.LOW: "supply.ammunition-low", Threat.MEDIUM: "supply.ammunition-medium", Threat.HIGH: "supply.ammunition-high"}
_HEATED = (Climate.TEMPERATE, Climate.COLD)
_KG_PER_TONNE = 1000.0


@dataclass(frozen=True)
class Demand:
    """Demand and what units bring along; axes are sector base, class (`CLASSES`) and day."""

    people: Array
    """People in place by base and day."""
    tonnes: Array
    """Tonnes a day by base, class and day."""
    brought: Array
    """Tonnes that units bring along, by base, class and day they are in place."""


def demand_of(mission: Mission, reference: Reference, present: tuple[Presence, ...], days: int) -> Demand:
    """Demand of the units present; classes II, IV, I, water and medical go by people, III and V by unit type."""
    sectors = len(mission.area.sectors)
    people, fuel, rounds = (np.zeros((sectors, days)) for _ in range(3))
    for unit in present:
        stay = slice(unit.first, unit.last + 1)
        people[unit.sector, stay] += unit.people
        fuel[unit.sector, stay] += unit.unit_type.fuel_litres * unit.scale
        rounds[unit.sector, stay] += unit.unit_type.ammunition_kg * unit.scale
    person, litre, round_ = _rates(mission, reference, people, days)
    tonnes = person * people[:, None, :] + litre * fuel[:, None, :] + round_ * rounds[:, None, :]
    brought = np.zeros_like(tonnes)
    for unit in present:
        at = (unit.sector, slice(None), unit.first)
        own = person[at] * unit.people + (litre[at] * unit.unit_type.fuel_litres + round_[at] * unit.unit_type.ammunition_kg) * unit.scale
        brought[at] += unit.self_sufficient * own
    return Demand(people, tonnes, brought)


def winter_days(d_day: date, days: int, latitude: float) -> NDArray[np.bool_]:
    """Days of winter at a latitude in degrees, north positive."""
    return np.array([is_winter(d_day + timedelta(days=day), latitude) for day in range(days)], dtype=bool)


def _rates(mission: Mission, reference: Reference, people: Array, days: int) -> tuple[Array, Array, Array]:
    """Tonnes a person, a litre of the type's fuel figure and a kilogram of its ammunition figure, by base, class and day."""
    value = reference.value
    latitude = {node.id: node.latitude for node in mission.transport.nodes}
    person, litre, round_ = (np.zeros((len(mission.area.sectors), len(CLASSES), days)) for _ in range(3))
    at = {supply_class: position for position, supply_class in enumerate(CLASSES)}
    for position, sector in enumerate(mission.area.sectors):
        cold = winter_days(mission.about.d_day, days, latitude.get(sector.base, 0.0)) & (sector.climate in _HEATED)
        water = np.where(cold, value("supply.water-cold"), value(_WATER[sector.climate]))
        person[position, at[SupplyClass.WATER]] = water / _KG_PER_TONNE
        person[position, at[SupplyClass.I]] = value("supply.rations") / _KG_PER_TONNE
        person[position, at[SupplyClass.II]] = value("supply.class-ii") / _KG_PER_TONNE
        person[position, at[SupplyClass.MEDICAL]] = value("supply.medical") / _KG_PER_TONNE
        person[position, at[SupplyClass.IV]] = value("supply.class-iv") * _construction(reference, people[position]) / _KG_PER_TONNE
        season = np.where(cold, value("supply.fuel-winter"), 1.0)
        litre[position, at[SupplyClass.III]] = value("supply.fuel-tempo") * value("supply.fuel-density") / _KG_PER_TONNE * season
        round_[position, at[SupplyClass.V]] = _tempo(mission, reference, position, days) / _KG_PER_TONNE
    return person, litre, round_


def _construction(reference: Reference, people: Array) -> Array:
    """Share of the class IV rate by day: all of it while camps are built, a part afterwards."""
    share = np.full(people.shape, reference.value("supply.class-iv-steady"))
    there = np.flatnonzero(people)
    if there.size:
        share[: there[0] + int(reference.value("supply.construction-days"))] = 1.0
    return share


def _tempo(mission: Mission, reference: Reference, sector: int, days: int) -> Array:
    """Ammunition demand by day over the unit types' peace-support figure, from the threat of the phase; medium outside the phases."""
    tempo = np.full(days, reference.value(_AMMUNITION[Threat.MEDIUM]))
    levels = {threat.phase: threat.level for threat in mission.area.sectors[sector].threats}
    for phase in mission.about.phases:
        first, last = ((day - mission.about.d_day).days for day in (phase.start, phase.end))
        if phase.id in levels and last >= 0:
            tempo[max(0, first) : last + 1] = reference.value(_AMMUNITION[levels[phase.id]])
    return tempo
