"""When tours could lie: relief without a gap, rest, starts that wait, notice, re-hatting; and what the record says of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casque.forces.calendar_profile import Calendar, calendar
from casque.forces.solve import Params, solve
from casque.forces.tours import Spans, first_day, overlapping, ready_day, schedules, stays
from casque.forces.verify import verify
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Readiness
from casque.plan.force import Assignment
from casque.reference.load import Reference
from tests.forces.builders import line, pledge, requirement, small
from tests.forces.random_missions import rich_case

QUICK = Params(next_pledges=0, what_if_time=0.01, futures=None)


def unit(example: Mission, **update: object) -> Pledge:
    """A company that can serve from D-day for a month."""
    return pledge(example, "alone", "alfaland", "infantry-company", 90, -21, 1, **update)


def days(example: Mission) -> Calendar:
    """Three months."""
    return calendar(small(example, ()).about)


def found(example: Mission, reference: Reference, **update: object) -> tuple[Spans, ...]:
    """Schedules of the company."""
    return schedules(unit(example, **update), example.alliance, days(example), reference)


def test_promised_tours_follow_without_a_gap_and_the_relief_takes_no_day_away(example: Mission, reference: Reference) -> None:
    (spans,) = found(example, reference, renewals=2, may_wait="0 month")
    assert spans == ((0, 29), (20, 60), (51, 90))
    assert overlapping(spans) == ((20, 29), (51, 60))
    assert stays(spans) == ((0, 90),)
    (own,) = found(example, reference, renewals=1, may_wait="0 month", relief_overlap="0 d")
    assert own == ((0, 29), (30, 60))


def test_a_unit_comes_back_after_rest_and_like_units_take_turns(example: Mission, reference: Reference) -> None:
    (alone,) = found(example, reference, may_wait="0 month", rest="1 month")
    assert alone == ((0, 29), (60, 89))
    assert stays(alone) == ((0, 29), (60, 89))
    (turns,) = found(example, reference, renewals=1, may_wait="0 month", rest="1 month")
    assert stays(turns) == ((0, max(last for _, last in turns)),), "the second rests while the first is back"
    assert turns == ((0, 29), (20, 60), (60, 90))


def test_a_start_may_wait_to_the_first_day_of_a_month_unless_a_date_is_required(example: Mission, reference: Reference) -> None:
    starts = [spans[0][0] for spans in found(example, reference)]
    assert starts == [month[0] for month in days(example).months]
    assert [spans[0][0] for spans in found(example, reference, may_wait="1 month")] == starts[:1]
    assert [spans[0][0] for spans in found(example, reference, may_wait="1.1 month")] == starts[:2]
    required = example.about.d_day + timedelta(days=10)
    assert [spans[0][0] for spans in found(example, reference, required=required)] == [10]


def test_notice_counts_from_the_call_and_readiness_gives_it(example: Mission, reference: Reference) -> None:
    moving = round(reference.value("movement.planning-days"))
    late = unit(example, notice="15 d")
    assert (ready_day(late, days(example), reference), first_day(late, days(example), reference)) == (15, 15 + moving)
    early = unit(example, notice="15 d", called=example.about.d_day - timedelta(days=60))
    assert (ready_day(early, days(example), reference), first_day(early, days(example), reference)) == (-21, -21 + moving)
    rapid = unit(example, readiness=Readiness.UN_RAPID)
    assert ready_day(rapid, days(example), reference) == reference.value("force.notice-un-rapid-deployment") == 60
    assert ready_day(unit(example, readiness=Readiness.UN_RAPID, notice="3 d"), days(example), reference) == 3


@pytest.mark.parametrize("level", list(Readiness))
def test_every_readiness_has_its_days_of_notice(reference: Reference, level: Readiness) -> None:
    factor = reference.factor(level.factor)
    assert factor.low <= factor.value <= factor.high


def test_who_does_not_pass_over_leaves_on_the_day(example: Mission, reference: Reference) -> None:
    change = next(made for number in range(100) if (made := rich_case(example, number)[0].alliance.rehattings))[0]
    gone = (change.day - example.about.d_day).days
    assert change.members == (example.alliance.members[0].id,)
    bravia = example.alliance.members[1].model_copy(update={"organisations": (change.from_organisation,)})
    alliance = example.alliance.model_copy(update={"rehattings": (change,), "members": (example.alliance.members[0], bravia)})
    staying = pledge(example, "a", "alfaland", "infantry-company", 90, -21, 6, may_wait="0 month")
    leaving = pledge(example, "b", bravia.id, "infantry-company", 90, -21, 6, may_wait="0 month")
    assert schedules(staying, alliance, days(example), reference)[0][-1][1] > gone
    assert schedules(leaving, alliance, days(example), reference)[0][-1][1] == gone - 1


def test_the_earliest_start_is_taken_unless_a_later_one_fills_more(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    for people, start in (((80.0, 80.0, 80.0), 0), ((20.0, 80.0, 20.0), 31), ((0.0, 0.0, 50.0), 61)):
        record = solve(
            small(example, (unit(example),)), reference, requirement(line(example, task, sector, Capability.INFANTRY, people)), QUICK
        )
        assert record.assignments[0].start == start, people


def test_parts_serve_apart_and_stand_together_where_they_serve_alike(example: Mission, reference: Reference) -> None:
    task, (first, second) = example.tasks.tasks[0].id, (sector.id for sector in example.area.sectors[:2])
    wanted = requirement(
        line(example, task, first, Capability.INFANTRY, (60.0, 60.0, 60.0)),
        line(example, task, second, Capability.INFANTRY, (30.0, 30.0, 30.0)),
    )
    whole = pledge(example, "alone", "alfaland", "infantry-company", 90, -21, 6)
    split = whole.model_copy(update={"splits_into": 3})
    mission = small(example, (split,))
    record = solve(mission, reference, wanted, QUICK)
    assert verify(mission, reference, wanted, record) == ()
    assert record.weighted_fill == (1.0, 1.0, 1.0)
    assert sorted((item.sector, item.strength) for item in record.assignments) == sorted([(first, 60.0), (second, 30.0)])
    assert {item.part.split(" of ")[1] for item in record.assignments} == {"3"}
    assert len({item.place for item in record.assignments}) == 2
    assert solve(small(example, (whole,)), reference, wanted, QUICK).outcome.value < record.outcome.value


def test_money_and_ceilings_bind_and_are_named(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    wanted = requirement(line(example, task, sector, Capability.INFANTRY, (100.0, 100.0, 100.0)))
    plain = small(example, (pledge(example, "alone", "alfaland", "infantry-company", 90, -21, 1, renewals=2, may_wait="0 month"),))
    poor = Mission.model_construct(None, **{**dict(plain), "about": plain.about.model_copy(update={"budget": 300_000.0})})
    record = solve(poor, reference, wanted, QUICK)
    assert verify(poor, reference, wanted, record) == ()
    assert record.assignments[0].tours == 1, "money for one tour of three"
    assert record.shortfalls[0].reason == "money"
    assert "budget" in record.shortfalls[0].text
    strict = example.alliance.model_copy(
        update={"members": tuple(member.model_copy(update={"people_at_most": 50.0}) for member in example.alliance.members)}
    )
    held = solve(Mission.model_construct(None, **{**dict(plain), "alliance": strict}), reference, wanted, QUICK)
    assert held.assignments == ()
    assert held.shortfalls[0].reason == "share limit"
    assert "ceiling" in held.idle[0].reason


def test_stays_of_an_assignment_begin_when_it_arrives(example: Mission) -> None:
    item = Assignment(
        unit="alone",
        member="alfaland",
        unit_type="infantry-company",
        capability=Capability.INFANTRY,
        quality=1.0,
        sector="north",
        strength=90.0,
        start=0,
        end=89,
        tours=3,
        spans=((0, 20), (11, 40), (60, 89)),
    )
    assert item.stays() == ((0, 40), (60, 89))
    assert item.stays(12.5) == ((12.5, 40), (60, 89))
    assert item.stays(50.0) == ((50.0, 89),)
    assert (item.tours_in(0, 40), item.tours_in(60, 89)) == (2, 1)
    assert example.about.horizon > 89
