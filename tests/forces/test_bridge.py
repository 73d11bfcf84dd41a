"""The bridge from first entry to the main force, on cases made by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.forces.bridge import bridge
from casque.forces.closings import Offer, cheapest, closings
from casque.mission.mission import Mission
from casque.mission.standing import StandingArrangement
from casque.mission.vocabulary import Capability, Grade
from casque.plan.bridge import BridgeCell, BridgeRecord, Step
from casque.plan.force import Assignment
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference

LAST = 179


def line(people: float, **more: Any) -> RequirementLine:
    """People of infantry wanted in the north over the six months of the example."""
    facts = {"id": "line", "task": "secure-area", "sector": "north", "capability": Capability.INFANTRY, "low": people, "likely": people}
    rest = {"high": people, "start": 0, "end": LAST, "required_by": 0, "priority": 1, "crosses_sectors": False, "driver": "", "working": ""}
    return RequirementLine.model_validate({**facts, **rest, "grade": Grade.JUDGEMENT, "by_month": (people,) * 6, **more})


def serving(unit: str, first: int, last: int, people: float = 500, **more: Any) -> Assignment:
    """A unit of infantry in the north."""
    facts = {"unit": unit, "member": unit.partition("-")[0], "unit_type": "infantry-battalion", "capability": Capability.INFANTRY}
    rest = {"quality": 1.0, "sector": "north", "strength": people, "start": first, "end": last, "tours": 1}
    return Assignment.model_validate({**facts, **rest, **more})


def package(**more: Any) -> StandingArrangement:
    """A spearhead of the 1st battalion of Alfaland, ready on D-day, for sixty days."""
    facts = {"id": "spearhead", "title": "Spearhead", "kind": "battlegroup", "organisation": "un", "members": ("alfaland",)}
    return StandingArrangement.model_validate({**facts, "pledges": ("alf-inf",), "notice": "0 d", "endurance": "60 d", **more})


def made(
    example: Mission, reference: Reference, units: list[Assignment], people: float = 500, *standing: StandingArrangement
) -> BridgeRecord:
    mission = example.model_copy(update={"alliance": example.alliance.model_copy(update={"standing": standing})})
    return bridge(mission, reference, RequirementRecord(months=6, lines=(line(people),), bands=(), driver=""), units)


def only(record: BridgeRecord) -> BridgeCell:
    (cell,) = record.cells
    return cell


def test_a_force_that_comes_and_stays_has_no_gap(example: Mission, reference: Reference) -> None:
    cell = only(made(example, reference, [serving("bra-inf", 0, 400)]))
    assert (cell.first, cell.takeover, cell.gaps, cell.overlap) == (0, None, (), 0)
    assert cell.main[0] == 500
    assert [holder.role for holder in cell.holders] == ["main"]


def test_ground_that_nobody_relieves_in_time_is_a_gap_with_its_days_and_people(example: Mission, reference: Reference) -> None:
    cell = only(made(example, reference, [serving("alf-inf", 2, 40), serving("bra-inf", 51, 400)]))
    assert [holder.role for holder in cell.holders] == ["early", "main"]
    before, gap = cell.gaps
    assert (before.kind, before.first, before.last, before.person_days) == ("before first entry", 0, 1, 1000)
    assert (gap.kind, gap.first, gap.last, gap.closed) == ("at the handover", 41, 50, True)
    assert (gap.people, gap.person_days, gap.leaving) == (500, 5000, ("alf-inf",))
    assert cell.takeover == 51
    ways = {way.how: way for way in gap.closings}
    assert ways["longer stay"].steps == (Step(how="longer stay", unit="alf-inf", days=10, people=500, person_days=5000),)
    assert ways["earlier arrival"].steps[0].days == 10
    assert all(way.closes == 1 for way in ways.values())


def test_units_that_overlap_leave_no_gap_and_their_surplus_is_counted(example: Mission, reference: Reference) -> None:
    cell = only(made(example, reference, [serving("alf-inf", 0, 49), serving("bra-inf", 30, 400)]))
    assert cell.gaps == ()
    assert (cell.overlap_days, cell.overlap) == (20, 10_000)
    assert cell.takeover == 30


def test_a_smaller_relief_leaves_a_gap_of_the_difference_that_never_closes(example: Mission, reference: Reference) -> None:
    (gap,) = only(made(example, reference, [serving("alf-inf", 0, 40), serving("bra-inf", 41, 400, people=300)])).gaps
    assert (gap.first, gap.last, gap.closed, gap.people) == (41, LAST, False, 200)


def test_a_need_that_falls_asks_no_relief(example: Mission, reference: Reference) -> None:
    mission = example.model_copy(update={})
    wanted = line(500, end=60, by_month=(500, 500, 0, 0, 0, 0))
    record = bridge(mission, reference, RequirementRecord(months=6, lines=(wanted,), bands=(), driver=""), [serving("alf-inf", 0, 60)])
    assert only(record).gaps == ()


def test_a_package_goes_when_its_endurance_is_over_though_it_was_pledged_for_longer(example: Mission, reference: Reference) -> None:
    units = [serving("alf-inf", 0, 300), serving("bra-inf", 90, 400)]
    record = made(example, reference, units, 500, package())
    (held,) = record.packages
    assert (held.first, held.last, held.stay, held.people) == (0, 59, 60, 500)
    (gap,) = only(record).gaps
    assert (gap.first, gap.last) == (60, 89)
    assert only(made(example, reference, units, 500, package(renewals=1))).gaps == ()


def test_a_package_comes_no_sooner_than_decision_and_notice_allow(example: Mission, reference: Reference) -> None:
    late = package(notice="8 d", decision="4 d")
    record = made(example, reference, [serving("alf-inf", 0, 300)], 500, late)
    (before, _) = only(record).gaps
    assert record.packages[0].ready == 12
    assert (before.kind, before.first, before.last) == ("before first entry", 0, 11)


def test_another_package_that_waits_can_close_a_gap(example: Mission, reference: Reference) -> None:
    spare = package(id="spare", members=("bravia",), pledges=("bra-inf",), endurance="90 d")
    pledges = tuple(pledge.model_copy(update={"sector": None}) for pledge in example.forces.pledges)
    example = example.model_copy(update={"forces": example.forces.model_copy(update={"pledges": pledges})})
    units = [serving("alf-inf", 0, 80), serving("car-mp", 120, 400)]
    (gap,) = only(made(example, reference, units, 500, spare)).gaps
    ways = {way.how: way for way in gap.closings}
    (step,) = ways["another package"].steps
    assert (step.unit, step.days, step.people) == ("bra-inf", 39, 700)
    # A package that nobody has called counts twice.
    assert ways["another package"].person_days == pytest.approx(2 * 39 * 700)
    assert gap.closings[0].how != "another package"


def test_weeks_are_means_of_their_days(example: Mission, reference: Reference) -> None:
    cell = only(made(example, reference, [serving("alf-inf", 3, 400, people=700)], 700))
    assert cell.main[0] == pytest.approx(700 * 4 / 7, abs=0.01)
    assert cell.need[0] == pytest.approx(700)


def offer(number: int, people: int, weight: int) -> Offer:
    return Step(how="longer stay", unit=f"u{number}", days=1, people=people, person_days=weight), float(weight)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), max_size=8), st.integers(1, 120))
def test_the_cheapest_choice_is_that_of_trying_all(pairs: list[tuple[int, int]], missing: int) -> None:
    offers = [offer(number, people, weight) for number, (people, weight) in enumerate(pairs)]
    chosen = cheapest(offers, missing)
    covers = [
        sum(weight for _, weight in some)
        for size in range(len(offers) + 1)
        for some in combinations(offers, size)
        if sum(step.people for step, _ in some) >= missing
    ]
    if covers:
        assert sum(weight for _, weight in chosen) == min(covers)
        assert sum(step.people for step, _ in chosen) >= missing
    else:
        assert len(chosen) == len(offers)


def test_ways_that_close_the_gap_stand_before_cheaper_ones_that_do_not() -> None:
    half = Step(how="earlier arrival", unit="a", days=1, people=50, person_days=1)
    found = closings([(half, 1.0), offer(1, 100, 500)], 100)
    assert [way.how for way in found] == ["longer stay", "earlier arrival"]
    assert [way.closes for way in found] == [1, 0.5]
    assert closings([], 100) == ()
