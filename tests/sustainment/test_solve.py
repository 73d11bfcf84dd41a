"""The whole stage: the example mission, thin missions, and the same bytes twice."""

from __future__ import annotations

import pytest

from casque.mission.mission import Mission
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference
from casque.sustainment.problem import Params
from casque.sustainment.solve import solve
from tests.sustainment.small import in_place, mission, node, road, sector, trucks, unit

POLICY = [{"supply_class": name, "target": "5 d", "least": "2 d"} for name in ("water", "I", "III")]


def test_example_is_supplied_and_the_record_holds_together(example: Mission, reference: Reference) -> None:
    record = solve(example, reference, *in_place(example, reference, first=20))
    assert len(record.bases) == 7 * len(example.area.sectors)
    for supply_class, total in record.total_demand.items():
        lines = [base.demand for base in record.bases if base.supply_class == supply_class]
        assert [sum(day) for day in zip(*lines, strict=True)] == pytest.approx(total, abs=0.01)
    assert {reach.sector for reach in record.medical} == {item.id for item in example.area.sectors}
    assert record.outcome is not None
    assert record.outcome.status == "optimal"


def test_same_bytes_twice(example: Mission, reference: Reference) -> None:
    first, second = (solve(example, reference, *in_place(example, reference, first=20), Params()).model_dump_json() for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "thin",
    [
        mission(units=[]),
        mission(units=[unit("one", "north")], entries=[], trucks=[]),
        mission(units=[unit("one", "north")], links=[]),
        mission(units=[unit("one", "north")], nodes=[node("elsewhere")], links=[]),
        mission(units=[unit("one", "north")], horizon=1),
        mission(
            units=[unit("one", "north")],
            depots=[{"id": "d", "node": "base", "capacity": "0 t", "opening": {"I": "9 t"}, "from_day": "2030-01-01"}],
        ),
    ],
    ids=["nobody", "no entry", "no road", "no node", "one day", "depot at the base"],
)
def test_thin_missions_get_a_record(thin: Mission, reference: Reference) -> None:
    record = solve(thin, reference, *in_place(thin, reference))
    assert len(record.bases) == 7
    if not thin.forces.pledges:
        assert record.costs == ()
        assert record.outcome is None
    if not thin.supply.entries or not thin.transport.links:
        assert all(base.stock_out == 0 for base in record.bases if base.demand[0] > 0 and not thin.supply.depots)


def test_stock_out_follows_the_days_that_units_bring(reference: Reference) -> None:
    small = mission(units=[unit("one", "north", days=7)], trucks=[], policies=POLICY)
    record = solve(small, reference, *in_place(small, reference, first=2))
    water = next(base for base in record.bases if base.supply_class == "water")
    assert (water.stock_out, water.below_least) == (9, 9)
    assert water.days_of_supply[:10] == pytest.approx([0, 0, 6, 5, 4, 3, 2, 1, 0, 0], abs=0.001)


def test_budget_of_a_battalion(reference: Reference) -> None:
    small = mission(units=[unit("one", "north", 700)], horizon=30)
    record = solve(small, reference, *in_place(small, reference))
    lines = {line.working.split(":")[0]: line for line in record.costs}
    pay = lines[reference.factor("cost.personnel").name]
    assert pay.usd == pytest.approx(700 * 31 / DAYS_PER_MONTH * reference.value("cost.personnel"), rel=1e-6)
    assert pay.category == "Military and police personnel"
    assert pay.source == reference.factor("cost.personnel").source
    litres = reference.unit_types["infantry-battalion"].fuel_litres * reference.value("supply.fuel-tempo") * 31
    assert lines[reference.factor("cost.fuel").name].usd == pytest.approx(litres * reference.value("cost.fuel"), rel=1e-6)


def test_two_sectors_may_share_a_base(reference: Reference) -> None:
    small = mission(
        units=[unit("one", "north"), unit("two", "south")],
        sectors=[sector("north", "base"), sector("south", "base")],
        links=[road("port", "base", 100, vehicles_per_day="1000 vehicle/d")],
        trucks=[trucks(500)],
        policies=POLICY,
    )
    record = solve(small, reference, *in_place(small, reference))
    assert all(base.stock_out is None for base in record.bases)
