"""Sources of supply that end: nothing comes from them after their last day, and what is left in a closed depot is lost."""

from __future__ import annotations

import numpy as np
import pytest

from casque.reference.load import Reference
from casque.sustainment.capacity import capacity_of
from casque.sustainment.cost import person_days_by_payer
from casque.sustainment.presence import units_present
from casque.sustainment.problem import Params, contracted
from casque.sustainment.solve import solve
from tests.sustainment.small import entry, in_place, mission, node, road, sector, trucks, unit
from tests.sustainment.test_distribute import FUEL, WATER, solved, verify

LAST = "2030-03-11"
"""D+10."""


def test_a_contract_ends_with_its_last_day(reference: Reference) -> None:
    well = {"id": "well", "provider": "Well", "supply_class": "water", "share": 1.0, "from_day": "2030-03-01", "until": LAST}
    small = mission(units=[unit("one", "north")], trucks=[], contracts=[well])
    assert contracted(small, 31)[WATER] == pytest.approx(np.where(np.arange(31) <= 10, 1.0, 0.0))
    demand, _, _, _, kept = answer = solved(small, reference, Params(daily_days=1, period_days=7))
    verify(small, answer)
    assert kept.unmet[0, WATER, :11] == pytest.approx(np.zeros(11))
    assert kept.unmet[0, WATER, 11:] == pytest.approx(demand.tonnes[0, WATER, 11:])


def test_contracts_that_follow_each_other_leave_no_gap(reference: Reference) -> None:
    old = {"id": "old", "provider": "Old", "supply_class": "water", "share": 1.0, "from_day": "2030-03-01", "until": LAST}
    new = {**old, "id": "new", "provider": "New", "from_day": "2030-03-12"} | {"until": None}
    small = mission(units=[unit("one", "north")], trucks=[], contracts=[old, new])
    assert contracted(small, 31)[WATER] == pytest.approx(np.ones(31))
    assert solved(small, reference)[4].unmet[0, WATER] == pytest.approx(np.zeros(31))


@pytest.mark.parametrize("period_days", [1, 9])
def test_an_entry_that_ends_leaves_what_is_in_stock(period_days: int, reference: Reference) -> None:
    policy = [{"supply_class": "III", "target": "5 d", "least": "2 d"}]
    small = mission(units=[unit("one", "north")], policies=policy, entries=[{**entry(), "until": LAST}])
    demand, _, problem, _, kept = answer = solved(small, reference, Params(daily_days=1, period_days=period_days))
    verify(small, answer)
    assert 11 in problem.periods.first
    assert kept.delivered[0, :, 11:].max() == pytest.approx(0.0, abs=1e-9)
    # five days of stock on the last day: fuel lasts to D+15
    assert kept.unmet[0, FUEL, :16].max() == pytest.approx(0.0, abs=1e-6)
    assert kept.unmet[0, FUEL, 16:] == pytest.approx(demand.tonnes[0, FUEL, 16:])


def test_a_fleet_that_leaves_carries_nothing_more(reference: Reference) -> None:
    lent, hired = {**trucks(20), "id": "lent", "until": LAST}, {**trucks(5), "id": "hired", "from_day": "2030-03-12"}
    small = mission(units=[unit("one", "north")], trucks=[lent, hired])
    force, movement = in_place(small, reference)
    fleets = capacity_of(small, reference, units_present(small, reference, force, movement), movement, 31).fleets
    assert (fleets[0] > 0).tolist() == [day <= 10 for day in range(31)]
    assert (fleets[1] > 0).tolist() == [day > 10 for day in range(31)]


def _with_depot(**more: object) -> dict[str, object]:
    depot = {"id": "store", "node": "mid", "capacity": "5000 t", "opening": {"III": "500 t"}, "from_day": "2030-03-01", **more}
    nodes = [node("port", "seaport", opens="2030-03-31"), node("mid"), node("base", "sector base", 45.5)]
    return {"nodes": nodes, "links": [road("port", "mid", 50), road("mid", "base", 50)], "depots": [depot], "horizon": 29}


def test_a_closed_depot_gives_nothing_and_keeps_nothing(reference: Reference) -> None:
    open_ = solved(mission(units=[unit("one", "north")], **_with_depot()), reference)  # type: ignore[arg-type]
    shut = solved(mission(units=[unit("one", "north")], **_with_depot(until=LAST)), reference)  # type: ignore[arg-type]
    assert open_[4].unmet[0, FUEL].max() == pytest.approx(0.0, abs=1e-6)
    assert shut[3].outcome.status == "optimal"
    assert shut[3].depots[0, FUEL, 11:].max() == pytest.approx(0.0, abs=1e-9)
    assert shut[3].depots[0, FUEL, 9] > 0
    assert shut[4].delivered[0, FUEL, 11:].max() == pytest.approx(0.0, abs=1e-9)
    # without a use for it at the base the rest stays behind; the base takes its room at most
    assert shut[4].unmet[0, FUEL, 11:].sum() > 0


def test_stocks_move_out_before_the_depot_closes(reference: Reference) -> None:
    policy = [{"supply_class": "III", "target": "20 d", "least": "5 d"}]
    small = mission(units=[unit("one", "north")], policies=policy, **_with_depot(until=LAST))  # type: ignore[arg-type]
    kept = solved(small, reference)[4]
    assert kept.unmet[0, FUEL].max() == pytest.approx(0.0, abs=1e-6)


def test_a_depot_closed_before_the_first_day_is_no_source(reference: Reference) -> None:
    facts = _with_depot(until="2030-02-20")
    facts["depots"][0]["from_day"] = "2030-02-01"  # type: ignore[index]
    answer = solved(mission(units=[unit("one", "north")], **facts), reference)  # type: ignore[arg-type]
    assert answer[3].outcome.status == "optimal"
    assert answer[4].delivered.max() == pytest.approx(0.0, abs=1e-9)


CHANGE = {"id": "handover", "day": "2030-03-11", "from_organisation": "old", "to_organisation": "new", "instrument": "x", "to_post": "y"}


def test_people_are_paid_by_the_old_organisation_and_then_by_the_new(reference: Reference) -> None:
    small = mission(units=[unit("one", "north", 700), unit("two", "north", 300)], rehattings=[CHANGE])
    force, movement = in_place(small, reference)
    record = solve(small, reference, force, movement)
    present = units_present(small, reference, force, movement)
    paid = person_days_by_payer(small, present)
    assert paid == {"old": 10 * 1000.0, "new": 21 * 1000.0}
    lines = {line.payer: line for line in record.costs if line.category == "Military and police personnel"}
    assert lines["old"].usd / lines["new"].usd == pytest.approx(10 / 21, rel=1e-3)
    assert "paid by old" in lines["old"].working
    plain = solve(mission(units=[unit("one", "north", 700), unit("two", "north", 300)]), reference, force, movement)
    whole = next(line.usd for line in plain.costs if line.category == "Military and police personnel")
    assert sum(line.usd for line in lines.values()) == pytest.approx(whole, abs=0.02)
    assert {line.payer for line in plain.costs} == {""}


def test_members_that_do_not_pass_stay_with_the_lead_and_others_may_pay(reference: Reference) -> None:
    stays = {**unit("two", "north", 300), "member": "beta"}
    small = mission(units=[unit("one", "north", 700), stays], rehattings=[{**CHANGE, "members": ["alfa"], "paid_by": "donor"}])
    force, movement = in_place(small, reference)
    paid = person_days_by_payer(small, units_present(small, reference, force, movement))
    assert paid == {"old": 10 * 700.0, "donor": 21 * 700.0, "alfa": 31 * 300.0}


def test_a_unit_that_comes_after_the_change_is_paid_by_the_new_organisation_only(reference: Reference) -> None:
    small = mission(units=[unit("one", "north", 700)], sectors=[sector("north", "base")], rehattings=[CHANGE])
    force, movement = in_place(small, reference, first=15)
    assert person_days_by_payer(small, units_present(small, reference, force, movement)) == {"new": 16 * 700.0}
