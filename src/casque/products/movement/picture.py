"""A mission with its movement plan: what lists, national plans and their merge are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from casque.errors import NoSuchItem
from casque.mission.mission import Mission
from casque.mission.transport import Lift, Node
from casque.plan.force import ForceRecord
from casque.plan.movement import Load, MovementRecord
from casque.plan.requirement import RequirementRecord
from casque.products.figures import Calendar
from casque.products.forces.picture import known
from casque.products.movement.numbering import line_numbers
from casque.products.movement.pieces import Piece, by_load
from casque.products.names import Names
from casque.reference.load import Reference

LAST_PRIORITY = 5
"""Priority of a line whose unit serves no requirement line that is known."""


@dataclass(frozen=True)
class MovementPicture:
    """A mission, its movement plan, and how names and days are written."""

    mission: Mission
    reference: Reference
    record: MovementRecord
    force: ForceRecord | None
    requirement: RequirementRecord | None
    names: Names
    calendar: Calendar

    def member(self, load: Load) -> str:
        """Member that a load belongs to; empty where nobody is known."""
        return load.member or self.names.member_of(load.unit)

    @cached_property
    def _by_load(self) -> Mapping[str, str]:
        return {load.unit: load.member for load in self.record.loads if load.member}

    def member_of(self, unit: str) -> str:
        """Member that a unit belongs to: that of its loads, as a unit of a staff's own list need not be pledged."""
        return self._by_load.get(unit) or self.names.member_of(unit)

    @cached_property
    def loads(self) -> Mapping[str, Load]:
        """Loads by id."""
        return {load.id: load for load in self.record.loads}

    @cached_property
    def pieces(self) -> Mapping[str, tuple[Piece, ...]]:
        """The parts of every load that stay together, by its id."""
        return by_load(self.record)

    @cached_property
    def unit_types(self) -> Mapping[str, str]:
        """Type of each pledged unit."""
        return {pledge.id: pledge.unit_type for pledge in self.mission.forces.pledges}

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Places of the network by id."""
        return {node.id: node for node in self.mission.transport.nodes}

    @cached_property
    def lift(self) -> Mapping[str, Lift]:
        """Fleets by id."""
        return {item.id: item for item in self.mission.transport.lift}

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Line number of every load, by its id."""
        pledges = tuple((item.id, item.member) for item in self.mission.forces.pledges)
        members = tuple(item.id for item in self.mission.alliance.members)
        return line_numbers(members, pledges, tuple((load.id, load.unit, self.member(load)) for load in self.record.loads))

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Members with units that move or cannot be moved, or with lift that carries, in the order of alliance.yaml."""
        found = {self.member(load) for load in self.record.loads}
        found |= {self.member_of(item.unit) for item in self.record.in_place}
        found |= {self.member_of(item.unit) for item in self.record.unmoved}
        found |= {self.lift[leg.fleet].owner for load in self.record.loads for leg in load.legs if leg.fleet in self.lift}
        return tuple(item.id for item in self.mission.alliance.members if item.id in found)

    @cached_property
    def priorities(self) -> Mapping[tuple[str, str], int]:
        """For each unit in a sector the weightiest priority of a requirement line that it can serve there, 1 first."""
        lines: dict[tuple[str, str], int] = {}
        for line in self.requirement.lines if self.requirement else ():
            key = (line.sector, line.capability.value)
            lines[key] = min(lines.get(key, LAST_PRIORITY), line.priority)
        found: dict[tuple[str, str], int] = {}
        for item in self.force.assignments if self.force else ():
            key = (item.unit, item.sector)
            found[key] = min(found.get(key, LAST_PRIORITY), lines.get((item.sector, item.capability.value), LAST_PRIORITY))
        return found

    def priority(self, load: Load) -> int:
        """Priority of the tasks that a load's unit serves, 1 first."""
        return self.priorities.get((load.unit, load.sector), LAST_PRIORITY)

    def nation(self, name: str) -> str:
        """A member with a part in the movement, by id or name. Raises NoSuchItem for any other."""
        found = known(name, {item.id: item.name for item in self.mission.alliance.members}, "member")
        if found not in self.members:
            raise NoSuchItem(
                f"{self.names.member(found)} has no unit and no lift in the movement plan", f"Known: {', '.join(self.members)}."
            )
        return found


def movement_picture(
    mission: Mission,
    reference: Reference,
    record: MovementRecord,
    force: ForceRecord | None = None,
    requirement: RequirementRecord | None = None,
) -> MovementPicture:
    """The picture of a movement plan."""
    calendar = Calendar(mission.about.d_day, int(mission.about.horizon))
    return MovementPicture(mission, reference, record, force, requirement, Names(mission, reference), calendar)
