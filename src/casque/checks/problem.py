"""What the rules and the links look up in a mission: items by id, windows in days, the network and the best arrival of every unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from casque.checks.arrivals import Arrivals, AtBase, Days
from casque.checks.gates import HOST_KINDS, SUSTAINING_KINDS, TRANSIT_KINDS, gates_of
from casque.checks.limits import Limit, Limits
from casque.checks.network import Gate, Network, network_of, reached_from
from casque.checks.roll import Figures, Roll, roll_of
from casque.checks.roster import Able, able_units
from casque.checks.windows import ALWAYS, EVER, Window, agreement_window, provision_window, rule_window
from casque.checks.wording import counted as counted
from casque.checks.wording import day_text as day_text
from casque.checks.wording import listed as listed
from casque.mission.agreements import Agreement
from casque.mission.alliance import Member
from casque.mission.area import Sector
from casque.mission.engagement import Rule
from casque.mission.forces import Pledge
from casque.mission.mandate import Instrument, Provision
from casque.mission.marking import mission_marking
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind, AgreementStatus, Authority, Capability
from casque.mission.written import Marking
from casque.reference.load import Reference


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
    def marking(self) -> Marking:
        """The marking of the whole mission, every item's own counted."""
        return mission_marking(self.mission)

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
    def musters(self) -> dict[str, Any]:
        """Musters that have been worked out, by task."""
        return {}

    @cached_property
    def pools(self) -> dict[str, Any]:
        """Units that could serve a task, as far as worked out."""
        return {}

    @cached_property
    def rule_windows(self) -> list[tuple[Rule, Window, int]]:
        """Rules of engagement with the days on which they hold, and the rank of the force that they allow."""
        return [(rule, self.rule_window(rule), rule.force_level.rank) for rule in self.mission.engagement.rules]

    @cached_property
    def users(self) -> dict[str, list[Task]]:
        """Tasks that use a rule, by rule."""
        found: dict[str, list[Task]] = {}
        for task in self.mission.tasks.tasks:
            for name in dict.fromkeys(task.rules_to_use):
                found.setdefault(name, []).append(task)
        return found

    @cached_property
    def pledges_of(self) -> dict[str, list[Pledge]]:
        """Units by member."""
        found: dict[str, list[Pledge]] = {}
        for pledge in self.mission.forces.pledges:
            found.setdefault(pledge.member, []).append(pledge)
        return found

    @cached_property
    def needs(self) -> dict[str, Any]:
        """Rough needs that have been worked out, by task."""
        return {}

    @cached_property
    def roll(self) -> Roll:
        """The pledged units as columns."""
        return roll_of(self.mission.forces.pledges)

    @cached_property
    def required_days(self) -> Figures:
        """Day on which every unit on the roll is required at its destination; before every plan where none is named."""
        dates = (pledge.required for pledge in self.mission.forces.pledges)
        return np.array([-EVER if date is None else self.day(date) for date in dates], dtype=np.float64)

    @cached_property
    def _able(self) -> dict[Capability, list[Able]]:
        return able_units(self.mission.forces.pledges, 0, self.reference, self.d_day)

    def able(self, capability: Capability) -> list[Able]:
        """Units that bring a capability or stand in for it: row on the roll, quality of doing so, and the day they are ready to load."""
        return self._able.get(capability, [])

    @cached_property
    def rosters(self) -> dict[Capability, Any]:
        """Rosters of the units that could serve a capability, as far as worked out."""
        return {}

    def type_for(self, capability: Capability) -> str | None:
        """The first unit type of a capability."""
        return next((item.id for item in self.reference.unit_types.values() if item.capability is capability), None)

    @cached_property
    def limits(self) -> Limits:
        """What the caveats bar."""
        return Limits(self.mission.engagement, self.d_day, self._limits_known)

    @cached_property
    def _limits_known(self) -> dict[int, Limit]:
        return {}

    @cached_property
    def observed(self) -> frozenset[str]:
        """Measures that somebody has observed."""
        return frozenset(observation.measure for observation in self.mission.observations.observations)

    def force_sectors(self, task: Task) -> tuple[str, ...]:
        """Sectors from whose bases a task is carried out."""
        return (task.force_of,) if task.force_of in self.sectors else task.sectors

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
        return gates_of(self.mission, self.network.nodes)

    @cached_property
    def _agreements_on(self) -> dict[str, tuple[Agreement, ...]]:
        return {}

    def agreements_on(self, country: str) -> tuple[Agreement, ...]:
        """Agreements, in force or not, that open the ground of a country for what the force does there."""
        if country not in self._agreements_on:
            kinds = HOST_KINDS if self.gates.get(country) == "host" else TRANSIT_KINDS
            self._agreements_on[country] = tuple(
                agreement
                for agreement in self.mission.agreements.agreements
                if agreement.kind in kinds
                and (agreement.country == country or (agreement.country is None and country in agreement.parties))
            )
        return self._agreements_on[country]

    def refused(self, agreement: Agreement) -> bool:
        """Whether an agreement was refused."""
        return agreement.status is AgreementStatus.REFUSED

    def items_on(self, country: str) -> tuple[str, ...]:
        """As `agreements_on`, as links of the chain name them."""
        if country not in self._items_on:
            self._items_on[country] = tuple(f"agreement:{item.id}" for item in self.agreements_on(country))
        return self._items_on[country]

    @cached_property
    def _items_on(self) -> dict[str, tuple[str, ...]]:
        return {}

    def ground(self, country: str, member: str) -> tuple[Window, ...]:
        """Windows in which the units of a member may be on the ground of a country."""
        if country == member or country not in self.gates:
            return (ALWAYS,)
        if (country, member) not in self._grounds:
            self._grounds[country, member] = tuple(
                map(self.agreement_window, (item for item in self.agreements_on(country) if item.covers(member)))
            )
        return self._grounds[country, member]

    @cached_property
    def _grounds(self) -> dict[tuple[str, str], tuple[Window, ...]]:
        return {}

    @cached_property
    def memoranda(self) -> tuple[Agreement, ...]:
        """Memoranda of understanding and letters of assist, in force or not."""
        return tuple(item for item in self.mission.agreements.agreements if item.kind in SUSTAINING_KINDS)

    @cached_property
    def transfers(self) -> tuple[Agreement, ...]:
        """Transfers of authority, in force or not."""
        return tuple(agreement for agreement in self.mission.agreements.agreements if agreement.kind is AgreementKind.TRANSFER_OF_AUTHORITY)

    @cached_property
    def transfer_items(self) -> tuple[str, ...]:
        """Transfers of authority as links of the chain name them."""
        return tuple(f"agreement:{item.id}" for item in self.transfers)

    @cached_property
    def taskable_days(self) -> dict[Window, dict[str, int | None]]:
        """First day of a stretch on which a member's units can be tasked, by stretch and member, as far as worked out."""
        return {}

    @cached_property
    def sustained_members(self) -> dict[Window, frozenset[str]]:
        """Members that an agreement sustains on a day of a stretch, by stretch, as far as worked out."""
        return {}

    def transferred(self, member: str) -> tuple[Window, ...]:
        """Days on which a transfer of authority covers a member's units, however narrow it is."""
        if member not in self._transferred:
            self._transferred[member] = tuple(self.agreement_window(item) for item in self.transfers if item.covers(member))
        return self._transferred[member]

    @cached_property
    def _transferred(self) -> dict[str, tuple[Window, ...]]:
        return {}

    def taskable(self, member: str) -> tuple[Window, ...]:
        """Days on which a transfer of authority lets a member's units be tasked."""
        if member not in self._taskable:
            self._taskable[member] = tuple(self.agreement_window(item) for item in self.wide_transfers if item.covers(member))
        return self._taskable[member]

    @cached_property
    def _taskable(self) -> dict[str, tuple[Window, ...]]:
        return {}

    @cached_property
    def reached(self) -> dict[Window, dict[str, tuple[str, str]]]:
        """Nodes that supplies reach from the entries, by period, as far as worked out."""
        return {}

    def supplied(self, period: Window) -> dict[str, tuple[str, str]]:
        """Nodes that supplies reach from the entries in a period."""
        if period not in self.reached:
            entries = tuple(entry.node for entry in self.mission.supply.entries)
            self.reached[period] = reached_from(self.network, entries, period)
        return self.reached[period]

    @cached_property
    def wide_transfers(self) -> tuple[Agreement, ...]:
        """Transfers of authority wide enough to task the units: TACON only directs movements in place."""
        return tuple(item for item in self.transfers if item.authority is not Authority.TACON)

    @cached_property
    def free_days(self) -> Days:
        """Best arrivals by lift and road, without regard to agreements or queues, by home, day ready and member."""
        return Days()

    @cached_property
    def gated_days(self) -> Days:
        """As `free_days`, on ground that an agreement opens only."""
        return Days()

    @cached_property
    def linked_days(self) -> Days:
        """As `free_days`, as if every mode had lift for everyone."""
        return Days()

    @cached_property
    def free_arrivals(self) -> Arrivals:
        """For every unit, the earliest day at every node it can reach, by lift and road, without regard to agreements or queues."""
        return self._arrivals(self.free_days)

    @cached_property
    def gated_arrivals(self) -> Arrivals:
        """As `free_arrivals`, on ground that an agreement opens only."""
        return self._arrivals(self.gated_days, gated=True)

    @cached_property
    def linked(self) -> Arrivals:
        """As `free_arrivals`, as if every mode had lift for everyone."""
        return self._arrivals(self.linked_days, need_lift=False)

    def _arrivals(self, known: Days, gated: bool = False, need_lift: bool = True) -> Arrivals:
        def gate_of(member: str) -> Gate | None:
            if not gated:
                return None
            grounds = {country: self.ground(country, member) for country in self.gates}
            return lambda country: grounds.get(country, (ALWAYS,))

        bases = frozenset(sector.base for sector in self.sectors.values())
        return Arrivals(self.network, self.d_day, self.mission.forces.pledges, known, gate_of, need_lift, bases)

    def arrival(self, pledge: Pledge, sectors: Iterable[str], table: Arrivals) -> float:
        """First day a unit can be at the base of one of the sectors, by one of the tables of arrivals; infinite where it never can."""
        return table.at(self.bases(sectors))[pledge.id]

    def at_bases(self, task: Task, table: Arrivals) -> AtBase:
        """For every unit the first day at a base from which a task is carried out, by one of the tables of arrivals."""
        return table.at(self.bases(self.force_sectors(task)))

    def days_at_bases(self, task: Task, table: Arrivals) -> Figures:
        """As `at_bases`, as a column of the roll."""
        return table.days(self.bases(self.force_sectors(task)))

    def bases(self, sectors: Iterable[str]) -> tuple[str, ...]:
        """Bases of sectors."""
        named = tuple(sectors)
        if named not in self._bases:
            self._bases[named] = tuple(self.sectors[sector].base for sector in named if sector in self.sectors)
        return self._bases[named]

    @cached_property
    def _bases(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

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
        known = self._agreement_windows.get(id(agreement))
        if known is None or known[0] is not agreement:
            known = self._agreement_windows[id(agreement)] = (agreement, agreement_window(self.d_day, agreement))
        return known[1]

    @cached_property
    def _agreement_windows(self) -> dict[int, tuple[Agreement, Window]]:
        return {}

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
