"""What the rules and the links look up in a mission: items by id, windows in days, the network and the best arrival of every unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casque.checks.network import Network, earliest_arrivals, network_of
from casque.checks.windows import ALWAYS, EVER, Window, agreement_window, caveat_window, provision_window, rule_window
from casque.mission.agreements import Agreement
from casque.mission.alliance import Member
from casque.mission.area import Sector
from casque.mission.engagement import Caveat, Rule
from casque.mission.forces import Pledge
from casque.mission.mandate import Instrument, Provision
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind
from casque.reference.load import Reference

HOST_KINDS = (AgreementKind.SOFA, AgreementKind.BASING)
TRANSIT_KINDS = (AgreementKind.TRANSIT, AgreementKind.SOFA, AgreementKind.BASING, AgreementKind.HOST_SUPPORT)


@dataclass(frozen=True)
class Problem:
    """A mission and its reference set, with the tables that the checks look things up in. Computed once, never changed."""

    mission: Mission
    reference: Reference

    @cached_property
    def d_day(self) -> date:
        """The day from which days are counted."""
        return self.mission.about.d_day

    @cached_property
    def period(self) -> Window:
        """D-day to the end of the horizon."""
        return Window(0, int(self.mission.about.horizon))

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.mission.tasks.tasks}

    @cached_property
    def provisions(self) -> dict[str, tuple[Instrument, Provision]]:
        """Provisions by id with their instruments."""
        return self.mission.mandate.provisions()

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules of engagement by id."""
        return {rule.id: rule for rule in self.mission.engagement.rules}

    @cached_property
    def members(self) -> dict[str, Member]:
        """Members by id."""
        return {member.id: member for member in self.mission.alliance.members}

    @cached_property
    def sectors(self) -> dict[str, Sector]:
        """Sectors by id."""
        return {sector.id: sector for sector in self.mission.area.sectors}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.mission.measures.measures}

    @cached_property
    def network(self) -> Network:
        """The transport network."""
        return network_of(self.mission.transport, self.d_day)

    @cached_property
    def contributors(self) -> tuple[str, ...]:
        """Members that pledged at least one unit, in the order of the pledges."""
        return tuple(dict.fromkeys(pledge.member for pledge in self.mission.forces.pledges))

    @cached_property
    def gates(self) -> dict[str, str]:
        """Countries on whose ground the force needs an agreement: `host` where it serves, `transit` where it only passes.

        A country that only contributes needs none: what lies there are places of loading.
        """
        nodes = self.network.nodes
        bases = [nodes[sector.base].country for sector in self.mission.area.sectors if sector.base in nodes]
        found = dict.fromkeys([self.mission.area.country, *bases], "host")
        supply = [entry.node for entry in self.mission.supply.entries] + [depot.node for depot in self.mission.supply.depots]
        roles = {member.id: member.roles for member in self.mission.alliance.members}
        passed = [node.country for node in self.mission.transport.nodes if {"host", "transit"} & set(roles.get(node.country, ("transit",)))]
        for country in (*(nodes[node].country for node in supply if node in nodes), *passed):
            found.setdefault(country, "transit")
        return found

    def agreements_on(self, country: str) -> tuple[Agreement, ...]:
        """Agreements, in force or not, that open the ground of a country for what the force does there."""
        kinds = HOST_KINDS if self.gates.get(country) == "host" else TRANSIT_KINDS
        return tuple(
            agreement
            for agreement in self.mission.agreements.agreements
            if agreement.kind in kinds and (agreement.country == country or (agreement.country is None and country in agreement.parties))
        )

    def ground(self, country: str, member: str) -> tuple[Window, ...]:
        """Windows in which the units of a member may be on the ground of a country."""
        if country == member or country not in self.gates:
            return (ALWAYS,)
        return tuple(agreement_window(self.d_day, agreement) for agreement in self.agreements_on(country) if agreement.covers(member))

    @cached_property
    def transfers(self) -> tuple[Agreement, ...]:
        """Transfers of authority, in force or not."""
        return tuple(agreement for agreement in self.mission.agreements.agreements if agreement.kind is AgreementKind.TRANSFER_OF_AUTHORITY)

    @cached_property
    def free_arrivals(self) -> dict[str, dict[str, float]]:
        """For every unit, the earliest day at every node it can reach, by lift and road, without regard to agreements or queues."""
        return {pledge.id: self._arrivals(pledge, gated=False, need_lift=True) for pledge in self.mission.forces.pledges}

    @cached_property
    def gated_arrivals(self) -> dict[str, dict[str, float]]:
        """As `free_arrivals`, on ground that an agreement opens only."""
        return {pledge.id: self._arrivals(pledge, gated=True, need_lift=True) for pledge in self.mission.forces.pledges}

    @cached_property
    def linked(self) -> dict[str, dict[str, float]]:
        """As `free_arrivals`, as if every mode had lift for everyone."""
        return {pledge.id: self._arrivals(pledge, gated=False, need_lift=False) for pledge in self.mission.forces.pledges}

    def _arrivals(self, pledge: Pledge, gated: bool, need_lift: bool) -> dict[str, float]:
        ready = self.day(pledge.available_to_load or pledge.ready_to_load)

        grounds = {country: self.ground(country, pledge.member) for country in self.gates}

        def gate(country: str) -> tuple[Window, ...]:
            return grounds.get(country, (ALWAYS,))

        return earliest_arrivals(self.network, pledge.home, ready, pledge.member, gate if gated else None, need_lift)

    def arrival(self, pledge: Pledge, sectors: Iterable[str], table: dict[str, dict[str, float]]) -> float:
        """First day a unit can be at the base of one of the sectors, by one of the tables of arrivals; infinite where it never can."""
        reached = table[pledge.id]
        days = [reached[self.sectors[sector].base] for sector in sectors if sector in self.sectors and self.sectors[sector].base in reached]
        earliest = -EVER if pledge.earliest_arrival is None else self.day(pledge.earliest_arrival)
        return max(min(days), earliest) if days else float("inf")

    def day(self, when: date) -> int:
        """Days from D-day."""
        return (when - self.d_day).days

    def window(self, task: Task) -> Window:
        """Days of a task."""
        return Window(self.day(task.start), self.day(task.end))

    def provision_window(self, provision: str) -> Window:
        """Days on which a provision binds."""
        return provision_window(self.d_day, *self.provisions[provision])

    def rule_window(self, rule: Rule) -> Window:
        """Days on which a rule of engagement holds."""
        return rule_window(self.d_day, rule)

    def agreement_window(self, agreement: Agreement) -> Window:
        """Days on which an agreement has effect."""
        return agreement_window(self.d_day, agreement)

    def caveat_window(self, caveat: Caveat) -> Window:
        """Days on which a caveat binds."""
        return caveat_window(self.d_day, caveat)

    def member_name(self, member: str) -> str:
        """Name of a member, or of whatever else has that id."""
        return self.members[member].name if member in self.members else member

    def sector_names(self, sectors: Iterable[str]) -> str:
        """Sectors as a sentence lists them; where all of several are meant, it says so."""
        several = list(dict.fromkeys(sectors))
        if len(several) > 2 and set(several) == set(self.sectors):
            return f"all {len(several)} sectors"
        return listed(map(self.sector_name, several))

    def sector_name(self, sector: str) -> str:
        """Name of a sector."""
        return self.sectors[sector].name if sector in self.sectors else sector


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names as a sentence lists them, cut after `most`."""
    every = list(dict.fromkeys(names))
    shown = every if len(every) <= most + 1 else every[:most]
    if len(every) > len(shown):
        return f"{', '.join(shown)} and {len(every) - len(shown)} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def day_text(day: float) -> str:
    """A day as planners write it."""
    whole = int(day // 1)
    return f"D{whole:+d}" if whole else "D-day"
