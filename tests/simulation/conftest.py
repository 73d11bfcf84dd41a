"""A small world by hand, and the records of a plan in which every pledge of the example serves where it wishes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Grade, SupplyClass
from casque.plan.engagement import Decision, EngagementRecord, Usable
from casque.plan.force import Assignment, ForceRecord
from casque.plan.force_answers import NextPledge, Pivotal
from casque.plan.movement import InPlace, MovementRecord
from casque.plan.record import Outcome
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.plan.supply import BaseSupply, SupplyRecord, WeakLink
from casque.reference.load import Reference
from casque.simulation.streams import keys_of
from casque.simulation.world import CIVIL, COVER, MEMBER, NEVER, PARTY, POPULATION, SECTOR, UNIT, World, rows


@dataclass(frozen=True)
class Plan:
    """The earlier records, in the order of the arguments of `solve`."""

    requirement: RequirementRecord
    force: ForceRecord
    movement: MovementRecord
    engagement: EngagementRecord
    supply: SupplyRecord

    @property
    def records(self) -> tuple[RequirementRecord, ForceRecord, MovementRecord, EngagementRecord, SupplyRecord]:
        """All of them."""
        return self.requirement, self.force, self.movement, self.engagement, self.supply


DONE = Outcome(status="optimal", value=0.0, bound=0.0, gap=0.0, sense="most")


@pytest.fixture(scope="session")
def world() -> World:
    """Twelve units of four members in three sectors over 181 days, two parties, one police institution, one displaced population."""
    units, members, sectors, days = 12, 4, 3, 181
    return World(
        units=rows(
            UNIT,
            units,
            {
                "key": keys_of(tuple(f"unit:{number}" for number in range(units))),
                "member": np.arange(units) % members,
                "sector": np.arange(units) % sectors,
                "people": np.full(units, 500.0),
                "presence": np.full(units, 500.0),
                "start": np.arange(units) * 3.0,
                "end": np.full(units, 400.0),
                "tours": np.full(units, 2),
                "no_show": np.full(units, 0.1),
                "delay": np.full(units, 15.0),
                "relief": np.full(units, 0.1),
            },
        ),
        members=rows(MEMBER, members, {"key": keys_of(("member:a", "member:b", "member:c", "member:d")), "risk": np.ones(members)}),
        sectors=rows(
            SECTOR, sectors, {"key": keys_of(("sector:a", "sector:b", "sector:c")), "thousands": [200.0, 300.0, 400.0], "usable": [0.8] * 3}
        ),
        cover=rows(
            COVER,
            (sectors, days),
            {name: np.full((sectors, days), figure) for name, figure in (("required", 1500.0), ("supply", 15.0), ("least", 5.0))},
        ),
        parties=rows(PARTY, 2, {"key": keys_of(("actor:a", "actor:b")), "consent": [0.8, 0.3], "leaves": [60.0, float(NEVER)]}),
        rates=np.array([[3.0, 2.0, 1.0], [4.0, 5.0, 6.0]]),
        civil=rows(CIVIL, 1, {"key": keys_of(("actor:police",)), "police": [1.0]}),
        civil_plan=np.linspace(0.0, 900.0, days)[None, :],
        populations=rows(POPULATION, 1, {"key": keys_of(("actor:displaced",)), "number": [50_000.0]}),
        expiries=np.array([120], dtype=np.int64),
        host_consents=1.0,
    )


@pytest.fixture(scope="session")
def plan(example: Mission, reference: Reference) -> Plan:
    """A plan for the example in which all goes as pledged."""
    return Plan(_requirement(example), _force(example, reference), _movement(example), _engagement(example), _supply(example))


def empty_plan(months: int = 12) -> Plan:
    """A plan with nothing in it."""
    return Plan(
        RequirementRecord(months=months, lines=(), bands=(), driver=""),
        ForceRecord(
            assignments=(),
            idle=(),
            fills=(),
            shortfalls=(),
            weighted_fill=(),
            strength_by_month=(),
            next_pledges=(),
            pivotal=(),
            outcome=DONE,
        ),
        MovementRecord(
            loads=(), in_place=(), unmoved=(), strength=(), in_theatre=(), workloads=(), closure=DONE, lateness=DONE, bottlenecks=()
        ),
        EngagementRecord(decisions=(), usable=(), caveat_costs=()),
        SupplyRecord(bases=(), total_demand={}, weak_links=(), medical=(), costs=()),
    )


def sector_of(mission: Mission, number: int) -> str:
    """Sector of the pledge with this number: the wished one, else in turn."""
    sectors = mission.area.sectors
    return mission.forces.pledges[number].sector or sectors[number % len(sectors)].id


def _requirement(mission: Mission) -> RequirementRecord:
    task = mission.tasks.tasks[0]
    line = RequirementLine(
        id="line",
        task=task.id,
        sector="",
        capability=Capability.INFANTRY,
        low=800.0,
        likely=1000.0,
        high=1500.0,
        start=0,
        end=300,
        required_by=40,
        priority=1,
        crosses_sectors=False,
        driver="",
        working="",
        grade=Grade.JUDGEMENT,
        by_month=(1000.0,) * 12,
    )
    lines = tuple(line.model_copy(update={"id": f"{task.id}/{sector.id}", "sector": sector.id}) for sector in mission.area.sectors)
    return RequirementRecord(months=12, lines=lines, bands=(), driver="")


def _force(mission: Mission, reference: Reference) -> ForceRecord:
    assignments = tuple(
        Assignment(
            unit=pledge.id,
            member=pledge.member,
            unit_type=pledge.unit_type,
            capability=reference.unit_types[pledge.unit_type].capability,
            quality=1.0,
            sector=sector_of(mission, number),
            strength=pledge.strength,
            start=20,
            end=20 + int(30.4 * pledge.tour * (1 + pledge.renewals)),
            tours=1 + pledge.renewals,
        )
        for number, pledge in enumerate(mission.forces.pledges)
    )
    first = mission.area.sectors[0].id
    return empty_plan().force.model_copy(
        update={
            "assignments": assignments,
            "next_pledges": (NextPledge(unit_type="infantry-battalion", sector=first, by=20, gain=3.0, people_months=2000.0),),
            "pivotal": (Pivotal(member=assignments[0].member, strength=assignments[0].strength, loss=10.0, loses_most=""),),
        }
    )


def _movement(mission: Mission) -> MovementRecord:
    in_place = tuple(
        InPlace(unit=pledge.id, sector=sector_of(mission, number), strength=pledge.strength, day=5.0 + 4 * number, earliest=3.0, late=0.0)
        for number, pledge in enumerate(mission.forces.pledges)
    )
    days = range(int(mission.about.horizon) + 1)
    strength = tuple(sum(row.strength for row in in_place if row.day <= day) for day in days)
    theatre = tuple(sum(row.strength for row in in_place if row.day - 4 <= day) for day in days)
    return empty_plan().movement.model_copy(update={"in_place": in_place, "strength": strength, "in_theatre": theatre})


def _engagement(mission: Mission) -> EngagementRecord:
    task, unit = mission.tasks.tasks[0].id, mission.forces.pledges[0].id
    decision = Decision(task=task, unit=unit, rule="", answer="prohibited", decided_by=("caveat:any",), why="")
    usable = tuple(
        Usable(task=task, sector=sector.id, assigned=1000.0, permitted=500.0, needs_word=100.0, prohibited=400.0, hours=(), arriving=())
        for sector in mission.area.sectors
    )
    return EngagementRecord(decisions=(decision,), usable=usable, caveat_costs=())


def _supply(mission: Mission) -> SupplyRecord:
    days = int(mission.about.horizon) + 1
    bases = tuple(
        BaseSupply(
            base=sector.base, sector=sector.id, supply_class=SupplyClass.WATER, demand=(10.0,) * days, delivered=(10.0,) * days,
            days_of_supply=(8.0,) * days, below_least=None, stock_out=None,
        )
        for sector in mission.area.sectors
    )  # fmt: skip
    weak = WeakLink(
        resource="the main road",
        kind="link",
        people=1e6,
        first_out=9,
        base=bases[0].base,
        supply_class=SupplyClass.WATER,
        text="It starves all.",
        starved=tuple(sector.id for sector in mission.area.sectors),
        closed=(90, 103),
    )
    return empty_plan().supply.model_copy(update={"bases": bases, "weak_links": (weak,)})
