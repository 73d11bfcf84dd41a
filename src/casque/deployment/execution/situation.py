"""A mission's announced movement plan as a world and a schedule, with the names of its loads, vehicles and places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casque.deployment.lines import calendar_of, movement_lines
from casque.deployment.network import Network
from casque.deployment.schedule.world import Plan
from casque.deployment.translation.clock import day_of
from casque.deployment.translation.plan_back import plan_of
from casque.deployment.translation.section import Section
from casque.deployment.translation.translate import Translated, translate
from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Situation:
    """What was announced."""

    mission: Mission
    record: MovementRecord
    network: Network
    translated: Translated
    plan: Plan

    @cached_property
    def loads(self) -> dict[str, tuple[int, ...]]:
        """Numbers of the parts of each load, line and unit by its name; a load's name counts before a line's, a line's before a unit's."""
        key = self.translated.key
        found: dict[str, list[int]] = {}
        for load, name in self.load_of.items():
            found.setdefault(name, []).append(load)
        by_line: dict[str, list[int]] = {}
        by_unit: dict[str, list[int]] = {}
        for load, line in enumerate(key.line_of.tolist()):
            by_line.setdefault(key.lines[line].id, []).append(load)
            by_unit.setdefault(key.lines[line].unit, []).append(load)
        return {name: tuple(sorted(some)) for name, some in (by_unit | by_line | found).items()}

    @cached_property
    def load_of(self) -> dict[int, str]:
        """Name of the load that each part belongs to."""
        key = self.translated.key
        pairs = zip(key.line_of.tolist(), key.number_of.tolist(), strict=True)
        numbers = {(key.lines[line].id, number): load for load, (line, number) in enumerate(pairs)}
        lines = {load.id: load.line for load in self.record.loads}
        return {numbers[lines[part.load], part.number]: part.load for part in self.record.shipments}

    def sections(self, load: int) -> tuple[Section, ...]:
        """Sections of the announced way of a part of a load."""
        return self.translated.key.ways[int(self.plan.route[load])].sections

    def vehicle(self, number: int) -> str:
        """Name of a vehicle."""
        lift, which = self.translated.key.vehicle(self.translated.world, number)
        return f"{lift.id} {which}"

    @cached_property
    def vehicles(self) -> dict[str, int]:
        """Numbers of the vehicles by name."""
        return {self.vehicle(number): number for number in range(len(self.translated.world.vehicle_place))}

    def day(self, tick: float) -> float:
        """Day from D-day of a tick."""
        return day_of(tick, self.translated.key.first)


def situation_of(mission: Mission, reference: Reference, force: ForceRecord, record: MovementRecord) -> Situation:
    """The announced plan of a record, over the units that it moves.

    Raises CasqueBug where the record is not of this mission and force.
    """
    network = Network(mission.transport, mission.agreements.agreements, calendar_of(mission, force))
    moved = {row.place for row in record.in_place}
    lines = tuple(line for line in movement_lines(mission, reference, force, network) if line.place in moved)
    translated = translate(lines, network, reference, network.calendar, frozenset(record.barred))
    return Situation(mission, record, network, translated, plan_of(translated, record))
