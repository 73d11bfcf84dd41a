"""Empty records of the plan, to which a test adds the one thing that it is about."""

from __future__ import annotations

from casque.mission.lessons import Lesson, Lessons
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Grade, LessonStatus, Severity, SupplyClass
from casque.plan.findings import CheckRecord, Finding, FixSet
from casque.plan.force import Fill, ForceRecord, Shortfall
from casque.plan.judgement import JudgementRecord, MeasureJudgement, Standing
from casque.plan.movement import InPlace, MovementRecord, Unmoved
from casque.plan.record import Outcome
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.plan.supply import BaseSupply, SupplyRecord

OUTCOME = Outcome(status="feasible", value=0, bound=0, gap=0, sense="least")
READS = ("about", "lessons", "measures", "area", "tasks")


def narrowed(mission: Mission, *lessons: Lesson) -> Mission:
    """The mission as the stage sees it, with these lessons."""
    return Mission.model_construct(None, **{name: getattr(mission, name) for name in READS} | {"lessons": Lessons(lessons=lessons)})


def lesson(name: str, *triggers: dict[str, object], **update: object) -> Lesson:
    """A lesson with these triggers."""
    fields = {"id": name, "title": f"Title of {name}", "mission": "Elsewhere", "observation": "o", "cause": "c", "recommendation": "r"}
    return Lesson.model_validate({**fields, "status": LessonStatus.IDENTIFIED, "triggers": triggers, **update})


def checks(*findings: tuple[str, str, str]) -> CheckRecord:
    """Findings as (rule, subject, message)."""
    found = tuple(
        Finding(rule=rule, severity=Severity.WARNING, subject=subject, message=message, fix="", doctrine="")
        for rule, subject, message in findings
    )
    return CheckRecord(findings=found, chains=(), fix_set=FixSet(changes=(), outcome=OUTCOME, saves=(), cannot_save=()), rules_checked=())


def line(name: str, capability: Capability, required_by: int = 30, by_month: tuple[float, ...] = (100.0, 100.0)) -> RequirementLine:
    """A line of the requirement in the north."""
    return RequirementLine(
        id=name,
        task="secure-area",
        sector="north",
        capability=capability,
        low=80,
        likely=100,
        high=120,
        start=0,
        end=60,
        required_by=required_by,
        priority=1,
        crosses_sectors=False,
        driver="",
        working="",
        grade=Grade.JUDGEMENT,
        by_month=by_month,
    )


def requirement(*lines: RequirementLine) -> RequirementRecord:
    """A requirement."""
    return RequirementRecord(months=2, lines=lines, bands=(), driver="")


def force(fills: tuple[Fill, ...] = (), shortfalls: tuple[Shortfall, ...] = ()) -> ForceRecord:
    """A force."""
    return ForceRecord(
        assignments=(),
        idle=(),
        fills=fills,
        shortfalls=shortfalls,
        weighted_fill=(),
        strength_by_month=(),
        next_pledges=(),
        pivotal=(),
        outcome=OUTCOME,
    )


def movement(*in_place: InPlace, unmoved: tuple[Unmoved, ...] = ()) -> MovementRecord:
    """A movement plan."""
    return MovementRecord(
        loads=(),
        in_place=in_place,
        unmoved=unmoved,
        strength=(),
        in_theatre=(),
        workloads=(),
        closure=OUTCOME,
        lateness=OUTCOME,
        bottlenecks=(),
    )


def supply(*bases: tuple[str, SupplyClass, int | None, int | None]) -> SupplyRecord:
    """Bases as (base, class, first day below the least, first day of a stock-out)."""
    found = tuple(
        BaseSupply(
            base=base, sector="north", supply_class=kind, demand=(), delivered=(), days_of_supply=(), below_least=below, stock_out=out
        )
        for base, kind, below, out in bases
    )
    return SupplyRecord(bases=found, total_demand={}, weak_links=(), medical=(), costs=())


def judged(**standings: Standing) -> JudgementRecord:
    """Measures with these standings."""
    found = tuple(
        MeasureJudgement(
            measure=name,
            title=name,
            objective="safe",
            standing=standing,
            baseline=0,
            latest=1,
            day=1,
            target=2,
            expected=1,
            trend_per_month=None,
            grade=None,
            text=f"{name} is {standing}.",
        )
        for name, standing in standings.items()
    )
    return JudgementRecord(measures=found, broken=(), exits=(), comparisons=())
