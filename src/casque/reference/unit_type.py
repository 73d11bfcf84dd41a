"""Unit types: what a unit of a kind brings, moves and consumes, and what it can stand in for."""

from __future__ import annotations

from enum import StrEnum

from casque.mission.vocabulary import Capability, Grade
from casque.mission.written import Id, Written


class Echelon(StrEnum):
    """NATO's echelons, from the smallest; what a squadron or a troop is called follows the arm."""

    TEAM = "team"
    SQUAD = "squad"
    SECTION = "section"
    PLATOON = "platoon"
    COMPANY = "company"
    BATTALION = "battalion"
    REGIMENT = "regiment"
    BRIGADE = "brigade"
    DIVISION = "division"


class UnitType(Written):
    """A kind of unit at its reference strength; a pledge of another strength scales with its people."""

    id: Id
    """Name of the type."""
    name: str
    """What it is called."""
    capability: Capability
    """What it brings."""
    strength: float
    """People at reference strength; the other figures are for this many."""
    un_strength: float | None = None
    """People of such a unit where the United Nations states or uses a figure; none where no figure is known."""
    un_source: str = ""
    """Where the figure of the United Nations was read, or what it rests on."""
    un_grade: Grade | None = None
    """How good the evidence for the figure of the United Nations is."""
    nato_echelon: Echelon
    """Its NATO echelon."""
    vehicles: float
    """Vehicles, trailers counted as half."""
    lane_metres: float
    """Lane metres of its vehicles on a ship."""
    tonnes: float
    """Tonnes of vehicles and accompanying stores: the four classes of air cargo together."""
    tonnes_bulk: float
    """Tonnes that fit a standard pallet: any transport aircraft takes them."""
    tonnes_oversize: float
    """Tonnes too large for a pallet that a medium transport aircraft such as the C-130 still takes."""
    tonnes_outsize: float
    """Tonnes that only the largest aircraft take, such as the C-17 and the An-124."""
    tonnes_not_air: float
    """Tonnes that no aircraft takes."""
    fuel_litres: float
    """Litres of class III a day at sustained tempo in temperate hills."""
    ammunition_kg: float
    """Kilograms of class V a day at peace-support tempo."""
    stands_in: dict[Capability, float]
    """Other capabilities that it can serve as, with the quality of doing so, above 0 and below 1."""
    manoeuvre: bool
    """Whether it patrols, holds ground and reacts."""
    surgery: bool = False
    """Whether it has an operating theatre."""
    function: str
    """APP-6(D) land unit function, digits 11 to 16 of the symbol code."""
    echelon: str
    """APP-6(D) echelon, two digits."""
    source: str
    """What the figures rest on."""
    grade: Grade
    """How good the evidence is."""
