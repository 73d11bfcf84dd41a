"""What one more unit brings, against solving anew with it, and the order of the list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.forces.solve import Params, solve
from casque.mission.agreements import Agreements
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.force_answers import NextPledge
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from tests.forces.builders import GENERATE, line, narrowed, pledge, random_case, requirement, small, transfer
from tests.forces.verifier import brute_force

FIVE = Params(next_pledges=5, futures=None)
PLAIN = Params(next_pledges=0, futures=None)
CASES = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
CLOSE = 1e-6


def newcomer(mission: Mission, reference: Reference, asked: NextPledge, ready: int) -> Pledge:
    """The unit that is asked for, as a pledge of the nation that leads its sector."""
    lead = next(item.lead for item in mission.area.sectors if item.id == asked.sector)
    people = reference.unit_types[asked.unit_type].strength
    return pledge(mission, "newcomer", lead, asked.unit_type, people, ready, 12, sector=asked.sector)


def with_one_more(mission: Mission, more: Pledge) -> Mission:
    """The mission with one more pledge."""
    forces = mission.forces.model_copy(update={"pledges": (*mission.forces.pledges, more)})
    return narrowed(mission, GENERATE, forces=forces)


def weighted(reference: Reference, wanted: RequirementRecord) -> float:
    """Weighted people-months wanted."""
    return sum(reference.value(f"force.weight-{item.priority}") * sum(item.by_month) for item in wanted.lines)


def test_the_next_pledge_brings_what_it_promises(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    wanted = requirement(line(example, task, sector, Capability.INFANTRY, (400.0, 400.0, 400.0)))
    mission = small(example, (pledge(example, "alone", "alfaland", "infantry-company", 100, -60, 6),))
    record = solve(mission, reference, wanted, FIVE)
    best = record.next_pledges[0]
    after = brute_force(with_one_more(mission, newcomer(mission, reference, best, 0)), reference, wanted)
    assert best.proven
    assert best.gain == pytest.approx(100 * (after - record.outcome.value) / weighted(reference, wanted))


def test_ready_by_the_day_named_it_brings_nearly_all_of_it_and_a_week_later_less(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    wanted = requirement(line(example, task, sector, Capability.INFANTRY, (900.0, 900.0, 900.0)))
    mission = small(example, (pledge(example, "alone", "alfaland", "infantry-company", 100, -60, 6),))
    best = solve(mission, reference, wanted, FIVE).next_pledges[0]
    before = brute_force(mission, reference, wanted)

    def gain(ready: int) -> float:
        after = brute_force(with_one_more(mission, newcomer(mission, reference, best, ready)), reference, wanted)
        return 100 * (after - before) / weighted(reference, wanted)

    assert gain(best.by) >= 0.95 * best.gain - CLOSE
    assert gain(best.by + 7) < 0.95 * best.gain


@FEW
@given(number=CASES)
def test_gains_lie_in_their_limits_and_the_list_in_its_order(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = random_case(example, number)
    before = brute_force(mission, reference, wanted)
    for params in (FIVE, replace(FIVE, what_if_time=0.0)):
        found = solve(mission, reference, wanted, params).next_pledges
        assert [item.gain for item in found] == sorted((item.gain for item in found), reverse=True)
        assert len({(item.sector, item.capability) for item in found}) == len(found)
        assert all(item.unit_type not in item.alike for item in found)
        for position, item in enumerate(found):
            assert item.low is not None
            assert item.high is not None
            assert item.low - CLOSE <= item.gain <= item.high + CLOSE
            if item.rank_proven:
                assert all(item.low >= (other.high or 0) - CLOSE for other in found[position + 1 :])
        for item in found[:1]:
            ready = first_day(mission, reference, item, wanted)
            # No caveat binds the unit, and authority over it is transferred in time.
            more = newcomer(mission, reference, item, ready).model_copy(update={"member": "newland"})
            over = (*mission.agreements.agreements, transfer(example, -400, ("newland",)))
            free = narrowed(with_one_more(mission, more), GENERATE, agreements=Agreements(agreements=over))
            true = 100 * (brute_force(free, reference, wanted) - before) / weighted(reference, wanted)
            assert (item.low or 0) - CLOSE <= true <= (item.high or 0) + CLOSE


def first_day(mission: Mission, reference: Reference, asked: NextPledge, wanted: RequirementRecord) -> int:
    """First day of need: the month in which something that the unit could fill is first short, less the planned movement."""
    kind = reference.unit_types[asked.unit_type]
    served = {kind.capability, *kind.stands_in}
    record = solve(mission, reference, wanted, PLAIN)
    filled = {item.line: item for item in record.fills}
    starts = []
    for capability in served:
        own = [item for item in wanted.lines if item.sector == asked.sector and item.capability is capability]
        for month in range(wanted.months):
            if sum(filled[item.id].filled[month] for item in own) < sum(int(item.by_month[month] + 1e-9) for item in own):
                starts.append(month)
                break
    month = min(starts)
    day = next(day for day in range(200) if int(day // (365.2425 / 12)) == month)
    return max(0, day - round(reference.value("movement.planning-days")))


def test_members_are_asked_by_what_they_have_and_by_their_will(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    wanted = requirement(line(example, task, sector, Capability.INFANTRY, (90.0, 90.0, 90.0)))
    mission = small(example, (pledge(example, "alone", "bravia", "motorised-company", 20, -60, 6),))
    wills = {"alfaland": 0.9, "bravia": 0.1}
    members = tuple(item.model_copy(update={"will": wills.get(item.id, 0.0)}) for item in example.alliance.members)
    alliance = example.alliance.model_copy(update={"members": members})
    found = solve(narrowed(mission, GENERATE, alliance=alliance), reference, wanted, replace(FIVE, next_pledges=60)).next_pledges
    (row,) = found
    assert "motorised-company" in row.alike
    assert [(item.member, item.has) for item in row.ask] == [("bravia", "that type"), ("alfaland", "not seen")]


def test_a_sector_full_of_contingents_is_offered_only_what_it_may_take(example: Mission, reference: Reference) -> None:
    """The sector holds its one contingent, which does not lead it: another nation's unit could fill more only in that one's place."""
    task, sector = example.tasks.tasks[0].id, next(item for item in example.area.sectors if item.lead == "alfaland")
    wanted = requirement(line(example, task, sector.id, Capability.INFANTRY, (900.0, 900.0, 900.0)))
    pledges = (pledge(example, "guest", "bravia", "infantry-battalion", 500, -60, 6, sector=sector.id),)
    mission = small(example, pledges)
    plan = solve(mission, reference, wanted, replace(FIVE, contingents=1))
    for asked in plan.next_pledges:
        after = brute_force(with_one_more(mission, newcomer(mission, reference, asked, 0)), reference, wanted, contingents=1)
        true = 100 * (after - plan.outcome.value) / weighted(reference, wanted)
        assert asked.low is not None
        assert asked.high is not None
        assert asked.low - CLOSE <= true <= asked.high + CLOSE
    assert plan.next_pledges


def test_a_type_named_beside_another_brings_at_least_nine_tenths_as_much(example: Mission, reference: Reference) -> None:
    task, sector = example.tasks.tasks[0].id, example.area.sectors[0].id
    wanted = requirement(line(example, task, sector, Capability.INFANTRY, (400.0, 400.0, 400.0)))
    mission = small(example, (pledge(example, "alone", "alfaland", "infantry-company", 100, -60, 6),))
    (row,) = solve(mission, reference, wanted, FIVE).next_pledges
    before = brute_force(mission, reference, wanted)

    def brings(kind: str) -> float:
        more = newcomer(mission, reference, row.model_copy(update={"unit_type": kind}), 0)
        return brute_force(with_one_more(mission, more), reference, wanted) - before

    assert row.alike
    assert all(brings(kind) >= 0.9 * brings(row.unit_type) - CLOSE for kind in row.alike)
    others = sorted(set(reference.unit_types) - {row.unit_type, *row.alike})
    assert all(brings(kind) < 0.9 * brings(row.unit_type) + CLOSE for kind in others)
