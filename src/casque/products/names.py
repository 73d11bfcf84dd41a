"""Names for readers: what stands behind every id of a mission."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.reference.load import Reference


class Names:
    """Titles by kind and id; an id without a title is shown as it is."""

    def __init__(self, mission: Mission, reference: Reference) -> None:
        self._by_kind: dict[str, dict[str, str]] = {
            "member": {item.id: item.name for item in mission.alliance.members},
            "organisation": {item.id: item.name for item in mission.alliance.organisations},
            "post": {item.id: item.name for item in mission.alliance.command_posts},
            "unit": {item.id: item.name for item in mission.forces.pledges},
            "sector": {item.id: item.name for item in mission.area.sectors},
            "place": {item.id: item.name for item in mission.area.places},
            "task": {item.id: item.title for item in mission.tasks.tasks},
            "rule": {item.id: item.title for item in mission.engagement.rules},
            "caveat": {item.id: item.text for item in mission.engagement.caveats},
            "agreement": {item.id: item.title for item in mission.agreements.agreements},
            "instrument": {item.id: item.title for item in mission.mandate.instruments},
            "provision": {
                item.id: f"{instrument.title}, {item.paragraph}"
                for instrument in mission.mandate.instruments
                for item in instrument.provisions
            },
            "measure": {item.id: item.title for item in mission.measures.measures},
            "objective": {item.id: item.title for item in mission.measures.objectives},
            "node": {item.id: item.name for item in mission.transport.nodes},
            "fleet": {item.id: item.name for item in mission.transport.lift},
            "actor": {item.id: item.name for item in mission.actors.actors},
            "lesson": {item.id: item.title for item in mission.lessons.lessons},
            "source": {item.id: item.title for item in mission.sources},
            "unit_type": {item.id: item.name for item in reference.unit_types.values()},
            "factor": {item.id: item.name for item in reference.factors.values()},
        }
        nodes = self._by_kind["node"]
        self._by_kind["link"] = {
            item.id: f"{item.mode.value} from {nodes.get(item.start, item.start)} to {nodes.get(item.end, item.end)}"
            for item in mission.transport.links
        }
        self._by_kind["fleet"] |= {
            item.id: f"{item.number:,} trucks of {self.member(item.owner)} ({item.id.replace('-', ' ')})" for item in mission.supply.trucks
        }
        self._by_kind["fleet"]["unit-trucks"] = "trucks of the force's own units"
        self._by_kind["pledge"] = self._by_kind["unit"]
        self._by_kind["lift"] = self._by_kind["fleet"]
        self._by_kind["base"] = self._by_kind["node"]
        self._of_unit = {item.id: item.member for item in mission.forces.pledges}

    def of(self, kind: str, name: str) -> str:
        """Title of an item."""
        return self._by_kind.get(kind, {}).get(name, name)

    def ref(self, reference: str) -> str:
        """Title of an item written as `kind:id`."""
        kind, _, name = reference.partition(":")
        return self.of(kind, name) if name else reference

    def with_kind(self, reference: str) -> str:
        """An item written as `kind:id`, as `kind: title`."""
        kind, _, name = reference.partition(":")
        return f"{kind.replace('_', ' ')}: {self.of(kind, name)}" if name else reference

    def member(self, name: str) -> str:
        """Name of a member, or of an organisation."""
        return self.of("member", name) if name in self._by_kind["member"] else self.of("organisation", name)

    def unit(self, name: str) -> str:
        """Name of a unit, with its member."""
        member = self._of_unit.get(name)
        return f"{self.of('unit', name)} ({self.member(member)})" if member else name

    def member_of(self, unit: str) -> str:
        """Id of the member that pledged a unit; empty where it is unknown."""
        return self._of_unit.get(unit, "")

    def sector(self, name: str) -> str:
        """Name of a sector."""
        return self.of("sector", name)

    def task(self, name: str) -> str:
        """Title of a task."""
        return self.of("task", name)
