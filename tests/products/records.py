"""Records made by hand: empty ones, and small full ones that fit the example mission."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Grade, Mode, Severity, SupplyClass
from casque.plan.engagement import CaveatCost, Decision, EngagementRecord, Usable
from casque.plan.findings import ChainLink, Change, CheckRecord, Finding, FixSet, State, TaskChain
from casque.plan.force import Assignment, Fill, ForceRecord, Idle, Shortfall
from casque.plan.force_answers import Asked, NextPledge, Pivotal
from casque.plan.judgement import BrokenAssumption, Comparison, ExitCriterion, JudgementRecord, MeasureJudgement, Point
from casque.plan.lesson import Applies, LessonsRecord, ProposedFactor
from casque.plan.movement import Bottleneck, InPlace, Leg, Load, MovementRecord, Unmoved, Workload
from casque.plan.outlook import Fan, FirstFailure, OutlookRecord, Sensitivity, Worth
from casque.plan.record import Outcome
from casque.plan.requirement import Band, RequirementLine, RequirementRecord
from casque.plan.supply import BaseSupply, CostLine, MedicalReach, SupplyRecord, WeakLink
from tests.products.force_records import following

Records = tuple[
    CheckRecord,
    RequirementRecord,
    ForceRecord,
    MovementRecord,
    EngagementRecord,
    SupplyRecord,
    OutlookRecord,
    JudgementRecord,
    LessonsRecord,
]
"""A record of every stage, in the order of the arguments of `solve`."""

NOTHING = Outcome(status="infeasible", value=0, bound=0, gap=0, sense="least")
LINKS = ("provision", "authority", "engagement", "agreements", "capability", "units", "movement", "supply", "measure")
MONTHS = 6
DAYS = 181


def empty() -> Records:
    """A record of every stage that found nothing."""
    return (
        CheckRecord(findings=(), chains=(), fix_set=FixSet(changes=(), outcome=NOTHING, saves=(), cannot_save=()), rules_checked=()),
        RequirementRecord(months=0, lines=(), bands=(), driver=""),
        ForceRecord(
            assignments=(),
            idle=(),
            fills=(),
            shortfalls=(),
            weighted_fill=(),
            strength_by_month=(),
            next_pledges=(),
            pivotal=(),
            outcome=NOTHING,
        ),
        MovementRecord(
            loads=(), in_place=(), unmoved=(), strength=(), in_theatre=(), workloads=(), closure=NOTHING, lateness=NOTHING, bottlenecks=()
        ),
        EngagementRecord(decisions=(), usable=(), caveat_costs=()),
        SupplyRecord(bases=(), total_demand={}, weak_links=(), medical=(), costs=()),
        OutlookRecord(replications=0, seed=1, steps=(), fans=(), failures=(), sensitivities=(), worth=(), unknown=()),
        JudgementRecord(measures=(), broken=(), exits=(), comparisons=()),
        LessonsRecord(applies=(), silent=(), proposals=()),
    )


def full(mission: Mission) -> Records:
    """A record of every stage with at least one of everything."""
    return (
        _check(mission),
        _requirement(mission),
        _force(mission),
        _movement(mission),
        _engagement(mission),
        _supply(mission),
        _outlook(),
        _judgement(),
        _lessons(),
    )


def _check(mission: Mission) -> CheckRecord:
    states = (State.RED, State.AMBER, State.GREEN)
    chains = tuple(
        TaskChain(
            task=task.id,
            title=task.title,
            priority=task.priority,
            state=states[min(place, 2)],
            links=tuple(
                ChainLink(
                    name=name,
                    state=states[min(place, 2)] if name == "agreements" else State.GREEN,
                    reason=f"because of {name}",
                    clears_on=12,
                )
                for name in LINKS
            ),
        )
        for place, task in enumerate(mission.tasks.tasks)
    )
    first = mission.tasks.tasks[0].id
    change = Change(kind="waive caveat", subject="caveat:x", text="Waive it", days=3, weight=2, mends=(f"task:{first}/agreements",))
    found = tuple(
        Finding(rule="r", severity=severity, subject=f"task:{first}", message="Something is wrong", fix="Mend it", doctrine="AJP-3")
        for severity in Severity
    )
    outcome = Outcome(status="optimal", value=5, bound=5, gap=0, sense="least")
    fixes = FixSet(changes=(change,), outcome=outcome, saves=(first,), cannot_save=(f"{first}: no known change",))
    return CheckRecord(findings=found, chains=chains, fix_set=fixes, rules_checked=("r",))


def _requirement(mission: Mission) -> RequirementRecord:
    lines = tuple(
        RequirementLine(
            id=f"line-{sector.id}",
            task=mission.tasks.tasks[0].id,
            sector=sector.id,
            capability=Capability.INFANTRY,
            low=80,
            likely=100,
            high=150,
            start=0,
            end=DAYS,
            required_by=40,
            priority=1,
            crosses_sectors=False,
            driver="static posts",
            working="10 x 10",
            grade=Grade.JUDGEMENT,
            by_month=(100.0,) * MONTHS,
        )
        for sector in mission.area.sectors
    )
    band = Band(name="Per thousand", low=100, likely=900, high=4000, working="20 x 45", grade=Grade.SECONDARY, source="RAND")
    return RequirementRecord(months=MONTHS, lines=lines, bands=(band,), driver="The posts drive it.")


def _force(mission: Mission) -> ForceRecord:
    sector, pledge = mission.area.sectors[0].id, mission.forces.pledges[0]
    return ForceRecord(
        assignments=tuple(
            Assignment(
                unit=item.id,
                member=item.member,
                unit_type=item.unit_type,
                capability=Capability.INFANTRY,
                quality=0.5 if place else 1.0,
                sector=sector,
                strength=item.strength,
                start=0,
                end=DAYS,
                tours=1,
            )
            for place, item in enumerate(mission.forces.pledges)
        ),
        idle=(Idle(unit=pledge.id, reason="No room"),),
        fills=tuple(
            Fill(line=f"line-{item.id}", required=(100.0,) * MONTHS, filled=(0.0, 50.0, 90.0, 100.0, 100.0, 100.0))
            for item in mission.area.sectors
        ),
        shortfalls=tuple(
            Shortfall(
                line=f"line-{sector}",
                sector=sector,
                capability=Capability.INFANTRY,
                priority=1,
                people_months=160,
                worst_month=0,
                worst=100,
                reason="date",
                text="It comes late.",
                cure="Ask earlier.",
            )
            for _ in range(14)
        ),
        weighted_fill=(0.0, 0.5, 0.9, 1.0, 1.0, 1.0),
        strength_by_month=(0.0, 100.0, 100.0, 100.0, 100.0, 100.0),
        next_pledges=(
            NextPledge(
                unit_type="infantry-battalion",
                sector=sector,
                by=10,
                gain=3.2,
                people_months=90,
                ask=(Asked(member=mission.alliance.members[0].id, will=0.5, has="that type"),),
            ),
        ),
        pivotal=tuple(Pivotal(member=item.id, strength=100, loss=4, loses_most="infantry") for item in (mission.alliance.members * 4)[:10]),
        outcome=Outcome(status="feasible", value=100, bound=110, gap=0.09, sense="most"),
        **following(mission),
    )


def _movement(mission: Mission) -> MovementRecord:
    sector = mission.area.sectors[0]
    nodes = [node.id for node in mission.transport.nodes]
    loads = []
    for place, pledge in enumerate(mission.forces.pledges):
        modes = (Mode.ROAD, Mode.SEA, Mode.AIR, Mode.RAIL)
        legs = tuple(
            Leg(link="l", start=nodes[0], end=nodes[-1], mode=mode, fleet="", departs=10 + place + 3 * step, arrives=13 + place + 3 * step)
            for step, mode in enumerate(modes)
        )
        loads += [
            Load(
                id=f"{pledge.id}-{what}",
                unit=pledge.id,
                sector=sector.id,
                what="people" if what == "people" else "equipment",
                people=10,
                vehicles=2,
                lane_metres=20,
                tonnes=30,
                ready=5,
                required=18,
                legs=legs,
                arrives=legs[-1].arrives,
            )
            for what in ("people", "equipment")
        ]
    placed = tuple(
        InPlace(unit=item.id, sector=sector.id, strength=item.strength, day=22 + place, earliest=20, late=4 + place)
        for place, item in enumerate(mission.forces.pledges)
    )
    return MovementRecord(
        loads=tuple(loads),
        in_place=placed,
        unmoved=(Unmoved(unit=mission.forces.pledges[0].id, reason="No lift"),),
        strength=tuple(min(day * 20.0, 2000.0) for day in range(DAYS)),
        in_theatre=tuple(min(day * 25.0, 2000.0) for day in range(DAYS)),
        workloads=(Workload(resource="port: lane metres", unit="m/d", capacity=(100.0,) * DAYS, used=(90.0,) * 30 + (0.0,) * (DAYS - 30)),),
        closure=Outcome(status="feasible", value=27, bound=24, gap=0.1, sense="least"),
        lateness=Outcome(status="feasible", value=9, bound=4, gap=0.5, sense="least"),
        bottlenecks=(Bottleneck(resource="port", more="one berth", days=2, text="One more berth wins 2 days."),),
    )


def _engagement(mission: Mission) -> EngagementRecord:
    task, sector, unit = mission.tasks.tasks[0].id, mission.area.sectors[0].id, mission.forces.pledges[0].id
    return EngagementRecord(
        decisions=(Decision(task=task, unit=unit, rule="", answer="prohibited", decided_by=(), why="A caveat bars it."),),
        usable=(
            Usable(
                task=task, sector=sector, assigned=100, permitted=60, needs_word=30, prohibited=10, hours=(1.0, 2.0), arriving=(20.0, 60.0)
            ),
        ),
        caveat_costs=(CaveatCost(caveat="no-crossing", member=mission.alliance.members[0].id, people=40, tasks=(task,), hours=48),),
    )


def _supply(mission: Mission) -> SupplyRecord:
    sector = mission.area.sectors[0]
    flat = (5.0,) * DAYS
    bases = tuple(
        BaseSupply(
            base=sector.base,
            sector=sector.id,
            supply_class=kind,
            demand=flat,
            delivered=flat,
            days_of_supply=tuple(max(0.0, 30.0 - day / 3) for day in range(DAYS)),
            below_least=70,
            stock_out=90 if kind is SupplyClass.III else None,
        )
        for kind in SupplyClass
    )
    return SupplyRecord(
        bases=bases,
        total_demand=dict.fromkeys(SupplyClass, flat),
        weak_links=(
            WeakLink(
                resource="road",
                kind="link",
                people=500,
                first_out=30,
                base=sector.base,
                supply_class="III",
                text="Without the road 500 people run out.",
            ),
        ),
        medical=(MedicalReach(sector=sector.id, hospital="", hours=9, within_two_hours=False, text="No hospital."),),
        costs=(CostLine(category="Rations", usd=2.5e6, working="1 x 2", grade=Grade.JUDGEMENT, source="Casque estimate"),),
    )


def _outlook() -> OutlookRecord:
    days = tuple(range(6, 180, 7))
    fans = tuple(
        Fan(
            series=name,
            title=title,
            unit="people",
            days=days,
            p05=(1.0,) * len(days),
            p25=(2.0,) * len(days),
            p50=(3.0,) * len(days),
            p75=(5.0,) * len(days),
            p95=(9.0,) * len(days),
        )
        for name, title in (("strength.in_area", "People in the area"), ("incidents-per-week", "Incidents"))
    )
    return OutlookRecord(
        replications=100,
        seed=1,
        steps=("Morning", "Evening"),
        fans=fans,
        failures=(FirstFailure(what="fuel runs out", share=0.6, first=0.4, p10=10, median=40, p90=90),),
        sensitivities=(Sensitivity(parameter="delay", outcome="incidents", correlation=-0.4, low=3, high=9),),
        worth=(Worth(change="one more battalion", outcome="incidents", median=-4, low=-9, high=1),),
        unknown=("Politics.",),
    )


def _judgement() -> JudgementRecord:
    point = Point(
        day=45,
        observed=900,
        planned=1161,
        low=800,
        high=1200,
        source=("press",),
        note="about",
        scheduled=1161,
        expected=1008,
        kind="about",
        fit="inside",
    )
    return JudgementRecord(
        measures=(
            MeasureJudgement(
                measure="incidents",
                title="Incidents",
                objective="safe",
                standing="behind",
                baseline=9,
                latest=8,
                day=60,
                target=2,
                expected=5,
                trend_per_month=-0.5,
                grade=Grade.SECONDARY,
                text="Behind.",
            ),
        ),
        broken=(BrokenAssumption(measure="incidents", assumption="Violence falls.", text="It does not."),),
        exits=(ExitCriterion(measure="incidents", met=None, text="Never seen."),),
        comparisons=(
            Comparison(
                series="strength.in_area",
                title="Force in the area",
                unit="people",
                points=(point,),
                inside=1.0,
                mean_difference=0.29,
                scheduled_difference=0.29,
                expected_difference=0.12,
                explanation="Late units.",
            ),
        ),
    )


def _lessons() -> LessonsRecord:
    return LessonsRecord(
        applies=(
            Applies(
                lesson="l",
                title="Reserves cross boundaries",
                mission="KFOR",
                why=("A caveat bars it.",),
                subjects=("rule:r",),
                recommendation="Ask early.",
                grade=Grade.SECONDARY,
                source=("press",),
            ),
        ),
        silent=("other",),
        proposals=(ProposedFactor(factor="force.relief", now=4.6, proposed=5, unit="1", lesson="l", reason="Seen."),),
    )
