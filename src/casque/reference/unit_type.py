"""Unit types: what a unit of a kind brings, moves and consumes, and what it can stand in for."""

from __future__ import annotations

from casque.mission.vocabulary import Capability, Grade
from casque.mission.written import Id, Written


class UnitType(Written):
    """A kind of unit at its reference strength; a pledge of another strength scales with its people."""

    id: Id
    """Name of the type."""
    name: str
    """What it is called."""
    capability: Capability
    """What it brings."""
    strength: float
    """People at reference strength."""
    vehicles: float
    """Vehicles, trailers counted as half."""
    lane_metres: float
    """Lane metres of its vehicles on a ship."""
    tonnes: float
    """Tonnes of vehicles and accompanying stores."""
    fuel_litres: float
    """Litres of class III a day at sustained tempo in temperate hills."""
    ammunition_kg: float
    """Kilograms of class V a day at peace-support tempo."""
    stands_in: dict[Capability, float]
    """Other capabilities that it can serve as, with the quality of doing so, above 0 and below 1."""
    manoeuvre: bool
    """Whether it patrols, holds ground and reacts."""
    function: str
    """APP-6(D) land unit function, digits 11 to 16 of the symbol code."""
    echelon: str
    """APP-6(D) echelon, two digits."""
    source: str
    """What the figures rest on."""
    grade: Grade
    """How good the evidence is."""
