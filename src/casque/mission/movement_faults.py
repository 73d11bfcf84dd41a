"""What is wrong with a staff's own movement lines beside the units that they are parts of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casque.mission.faults import Fault
from casque.mission.forces import Pledge
from casque.mission.links import Rows
from casque.mission.movements import Movement
from casque.mission.vocabulary import Mode
from casque.mission.yaml_source import Parsed, written_path

FILE, KEY = "forces/movements.csv", "movements"

DATES = ("ready_to_load", "available_to_load", "earliest_arrival", "latest_arrival", "required")
"""RLD, ALD, EAD, LAD and RDD: none may come before the one to its left."""


def movement_faults(parts: Mapping[str, Any], parsed: Mapping[str, Parsed], rows: Rows) -> list[Fault]:
    """Lines that move nothing, that must fly with what no aircraft takes, or whose dates contradict those of their unit.

    Ids that nothing carries and dates of one line out of order are found with those of every other item.
    """
    if KEY not in parts or FILE not in parsed:
        return []
    pledges = {pledge.id: pledge for pledge in parts["forces"].pledges} if "forces" in parts else {}
    lines, faults = parsed[FILE].lines, []
    for number, item in enumerate(parts[KEY].movements):
        row = rows[KEY][number][1] if KEY in rows else number
        for field, seen, expected, step in _wrong(item, pledges.get(item.unit)):
            line = lines.get((KEY, row, field), lines.get((KEY, row), 1))
            faults.append(Fault(FILE, line, written_path((KEY, row, field)), seen, expected, "", step))
    return faults


def _wrong(item: Movement, unit: Pledge | None) -> Iterator[tuple[str, str, str, str]]:
    if not (item.people or item.vehicles or item.lane_metres or item.tonnes):
        step = "Fill in what is to be moved, or take the line out."
        yield "people", "a line that moves nothing", "expected people, vehicles, lane metres or tonnes above 0", step
    if item.surface_only > 0 and item.modes and all(mode is Mode.AIR for mode in item.modes):
        step = "Add a mode on the surface, or move the tonnes to another class."
        yield "modes", f"air alone for {item.surface_only:g} t that no aircraft takes", "expected a mode on the surface", step
    if unit is not None:
        yield from _against_unit(item, unit)


def _against_unit(item: Movement, unit: Pledge) -> Iterator[tuple[str, str, str, str]]:
    """Dates of a line that contradict those which it takes from its unit."""
    written: list[tuple[str, date]] = [(name, day) for name in DATES if (day := getattr(item, name)) is not None]
    step = "Write the line's own date, or correct one of the two."
    if written and item.ready_to_load is None and written[0][1] < unit.ready_to_load:
        name, day = written[0]
        yield name, f"{name} {day}", f"expected no earlier than ready_to_load {unit.ready_to_load} of unit '{unit.id}'", step
    if written and item.required is None and unit.required is not None and written[-1][1] > unit.required:
        name, day = written[-1]
        yield name, f"{name} {day}", f"expected no later than required {unit.required} of unit '{unit.id}'", step
