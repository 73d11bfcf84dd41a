"""What follows from a force, made by hand: answers, futures and a bridge with at least one of everything."""

from __future__ import annotations

from typing import Any

from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, DecisionRule, Grade, StandingKind
from casque.plan.bridge import BridgeCell, BridgeGap, BridgeRecord, GapClosing, Holder, Package, Step
from casque.plan.force_answers import Burden, ForceAnswers, PairLoss, Training, VotingPower
from casque.plan.futures import Estimate, FutureMove, FuturePlan, FuturesRecord, PledgeChance, Spread
from casque.plan.waiver import Waiver

MONTHS, WEEKS = 6, 26


def following(mission: Mission) -> dict[str, Any]:
    """Fields of a force record beyond the plan itself."""
    return {"answers": _answers(mission), "waivers": _waivers(mission), "bridge": _bridge(mission), "futures": _futures(mission)}


def _answers(mission: Mission) -> ForceAnswers:
    members = [member.id for member in mission.alliance.members]
    sector, task = mission.area.sectors[0].id, mission.tasks.tasks[0].id
    assert task
    burdens = tuple(
        Burden(
            member=name,
            people_months=1000,
            cost=1e6,
            share=0.5,
            gdp=1e9 if place else None,
            gdp_share=0.4 if place else None,
            population=1e6,
            population_share=0.3,
            key_share=None,
            year=1999,
            grade=Grade.SECONDARY,
            measure="gross domestic product",
            fair=0.4 if place else None,
            bears="over" if place else "unknown",
        )
        for place, name in enumerate(members)
    )
    pair = (members[0], members[1])
    training = (
        Training(
            first=pair[0], second=pair[1], sector=sector, kind="lead and led", buys=3, counts=True, ready=0, start=-30, end=-20, why=""
        ),
        Training(
            first=pair[0],
            second=members[2],
            sector=sector,
            kind="side by side",
            buys=1,
            counts=False,
            ready=0,
            start=None,
            end=None,
            why="No time.",
        ),
    )
    power = VotingPower(
        organisation="un",
        rule=DecisionRule.COUNCIL_NINE_OF_FIFTEEN,
        seat="permanent member",
        seats=5,
        members=(),
        shapley=0.196,
        banzhaf=0.167,
        swing=0.05,
        seats_known=True,
    )
    return ForceAnswers(
        pairs=(PairLoss(members=pair, loss=9, synergy=1, low=8, high=10, proven=False),),
        other_pairs=2.5,
        power=(power,),
        burdens=burdens,
        training=training,
    )


def _waivers(mission: Mission) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(caveat=item.id, member=item.member, gain=2.5, people_months=40, proven=True, low=2.5, high=2.5)
        for item in mission.engagement.caveats[:1]
    )


def _bridge(mission: Mission) -> BridgeRecord:
    first, second = mission.forces.pledges[0], mission.forces.pledges[3]
    steps = (Step(how="longer stay", unit=first.id, days=10, people=500, person_days=5000),)
    gap = BridgeGap(
        kind="at the handover",
        first=40,
        last=49,
        closed=True,
        people=500,
        person_days=5000,
        leaving=(first.id,),
        closings=(GapClosing(how="longer stay", steps=steps, person_days=5000, closes=1),),
    )
    holders = tuple(
        Holder(unit=item.id, member=item.member, role=role, arrangement=held, first=start, last=end, people=500)
        for item, role, held, start, end in ((first, "package", "spearhead", 0, 39), (second, "main", "", 50, 180))
    )
    cell = BridgeCell(
        sector=mission.area.sectors[0].id,
        capability=Capability.INFANTRY,
        lines=(),
        wanted_by=0,
        first=0,
        takeover=50,
        need=(500.0,) * WEEKS,
        package=(500.0,) * 5 + (0.0,) * (WEEKS - 5),
        early=(0.0,) * WEEKS,
        main=(0.0,) * 7 + (500.0,) * (WEEKS - 7),
        holders=holders,
        gaps=(gap,) * 12,
        overlap_days=0,
        overlap=0,
    )
    package = Package(
        arrangement="spearhead",
        title="Spearhead",
        kind=StandingKind.BATTLEGROUP,
        organisation="un",
        decides_by=DecisionRule.COUNCIL_NINE_OF_FIFTEEN,
        asked=-15,
        ready=0,
        units=(first.id,),
        idle=(),
        people=500,
        first=0,
        last=39,
        stay=40,
    )
    return BridgeRecord(weeks=WEEKS, packages=(package,), cells=(cell,))


def _futures(mission: Mission) -> FuturesRecord:
    flat = (0.5,) * MONTHS
    spread = Spread(mean=flat, low=flat, high=flat, p10=(0.4,) * MONTHS, p50=flat, p90=(0.6,) * MONTHS)
    sure, pledge = Estimate(mean=0.5, low=0.48, high=0.52), mission.forces.pledges[0]
    plans = tuple(
        FuturePlan.model_validate(
            {"aim": aim, "fill": sure, "worst_tenth": sure, "p10": 0.4, "p50": 0.5, "p90": 0.6, "over_nominal": sure, "by_month": spread}
            | {
                "strength": spread,
                "sample_fill": 0.5,
                "sample_worst_tenth": 0.4,
                "bound": 0.6 if aim != "nominal" else None,
                "proven": False,
            }
        )
        for aim in ("nominal", "average", "worst tenth")
    )
    move = FutureMove(
        aim="average", unit=pledge.id, part="", nominal="", place="infantry in the north", worth=0.2, why="It comes more surely."
    )
    return FuturesRecord(
        seed=1,
        sample=100,
        fresh=1000,
        certain=0.6,
        plans=plans,
        moves=(move,),
        chances=(PledgeChance(unit=pledge.id, member=pledge.member, comes=0.9, late=10, late_p90=40),),
        supposes=("Pledges are independent.",),
    )
