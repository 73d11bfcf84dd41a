"""Opening a mission folder together with the reference set that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casque.mission.faults import Fault, nearest
from casque.mission.folder import Reading, look, mission_of, under
from casque.mission.mission import Mission
from casque.mission.places import places_in
from casque.mission.scenarios import BASE
from casque.reference.load import SETS, Reference, load, shipped
from casque.reference.world.filling import filled, world_faults


@dataclass(frozen=True)
class Opened:
    """A mission folder, read, with its reference set and the place of every item."""

    mission: Mission
    """The mission."""
    reference: Reference
    """The reference set with the mission's overrides."""
    places: dict[str, tuple[str, int]]
    """File and line of every item, by `kind:id`."""
    warnings: tuple[Fault, ...] = ()
    """What is wrong with scenarios that were not asked for."""


def open_folder(folder: Path, scenario: str = BASE) -> Opened:
    """Read a folder, as it stands or under one of its scenarios, and the reference set it names.

    Raises BadInput with every fault, those against the reference set included, and those of the scenarios where the folder itself has
    any or the scenario asked for has; NoSuchItem for an unknown scenario.
    """
    reading = look(folder)
    faults = list(reference_faults(reading))
    for found in reading.under.values():
        found.faults += found.blamed(list(reference_faults(found)), sound=not faults)
    reading.faults.extend(faults)
    mission = mission_of(reading, folder)
    chosen = under(reading, scenario, folder)
    if chosen is not reading:
        mission = mission_of(chosen, folder)
    mission = mission.model_copy(update={"transport": filled(mission.transport)})
    return Opened(mission, load(mission.overrides), places_in(chosen), tuple(reading.warnings))


def reference_faults(reading: Reading) -> Iterator[Fault]:
    """Names in a folder that the reference set does not know: the set itself, unit types, planning factors, codes of places."""
    parts, reference = reading.parts, shipped()
    if "about" in parts and parts["about"].reference_set not in SETS:
        line = reading.parsed["mission.yaml"].lines.get(("reference_set",), 1)
        name = parts["about"].reference_set
        yield Fault("mission.yaml", line, "reference_set", f"'{name}'", "expected a set that ships with this version: " + ", ".join(SETS))
    for number, pledge in enumerate(parts["forces"].pledges if "forces" in parts else ()):
        if pledge.unit_type not in reference.unit_types:
            yield _unknown(reading, "pledges", number, "unit_type", pledge.unit_type, "unit type", reference.unit_types)
    for number, override in enumerate(parts["overrides"].overrides if "overrides" in parts else ()):
        if override.id not in reference.factors:
            yield _unknown(reading, "overrides", number, "id", override.id, "planning factor", reference.factors)
    for number, lesson in enumerate(parts["lessons"].lessons if "lessons" in parts else ()):
        if lesson.proposal is not None and lesson.proposal.factor not in reference.factors:
            yield _unknown(reading, "lessons", number, "proposal.factor", lesson.proposal.factor, "planning factor", reference.factors)
    yield from world_faults(reading)


def _unknown(reading: Reading, key: str, number: int, where: str, name: str, kind: str, known: dict[str, object] | object) -> Fault:
    file, row = reading.rows[key][number]
    path = tuple(where.split("."))
    line = reading.parsed[file].lines.get((key, row, *path) if row >= 0 else path, 1)
    names = list(known) if isinstance(known, dict) else []
    return Fault(
        file,
        line,
        where,
        f"'{name}'",
        f"expected the id of a known {kind}",
        nearest(name, names),
        "The reference pages of the docs list them.",
    )
