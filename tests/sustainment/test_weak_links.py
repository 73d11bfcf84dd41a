"""Weak links on networks where the answer is plain."""

from __future__ import annotations

import pytest

from casque.plan.supply import SupplyRecord
from casque.reference.load import Reference
from casque.sustainment.problem import Params
from casque.sustainment.solve import solve
from tests.sustainment.small import in_place, mission, node, road, trucks, unit

POLICY = [{"supply_class": name, "target": "5 d", "least": "2 d"} for name in ("water", "I", "III", "medical", "V", "II", "IV")]


def _solved(reference: Reference, *roads: dict[str, object], number: int = 100) -> SupplyRecord:
    nodes = [node("port", "seaport"), node("mid"), node("base", "sector base", 45.5)]
    small = mission(units=[unit("one", "north", 700)], nodes=nodes, links=list(roads), policies=POLICY, horizon=40, trucks=[trucks(number)])
    return solve(small, reference, *in_place(small, reference), Params(daily_days=60))


def test_the_only_road_starves_the_base_when_its_stock_is_used_up(reference: Reference) -> None:
    record = _solved(reference, road("port", "base", 100))
    worst = record.weak_links[0]
    assert worst.people == 700
    assert worst.base == "base"
    # five days in stock, so the first day without is the sixth of the closure
    start = int(worst.text.split("closed from D+")[1].split(" ")[0])
    assert worst.first_out == start + 5
    assert worst.starved == ("north",)
    assert worst.closed == (start, start + 13)
    assert {"port-base", "port"} <= {link.resource for link in record.weak_links if link.people}


def test_a_second_road_takes_over(reference: Reference) -> None:
    record = _solved(reference, road("port", "base", 100), road("port", "mid", 80), road("mid", "base", 80))
    by_name = {link.resource: link for link in record.weak_links}
    assert by_name["port-base"].people == 0
    assert by_name["port-base"].first_out is None
    assert by_name["port-base"].starved == ()
    assert by_name["port"].people == 700
    assert record.weak_links[0].resource in ("port", "trucks")


def test_the_only_fleet_is_a_weak_link(reference: Reference) -> None:
    record = _solved(reference, road("port", "base", 100))
    fleet = next(link for link in record.weak_links if link.kind == "fleet")
    assert (fleet.resource, fleet.people) == ("trucks", 700)


def test_worst_comes_first(reference: Reference) -> None:
    record = _solved(reference, road("port", "base", 100), road("port", "mid", 80), road("mid", "base", 80))
    assert [link.people for link in record.weak_links] == sorted((link.people for link in record.weak_links), reverse=True)


def test_a_base_that_starves_anyway_is_not_laid_at_a_closure(reference: Reference) -> None:
    record = _solved(reference, road("port", "base", 100), number=0)
    assert record.weak_links == ()
    assert all(base.stock_out == 0 for base in record.bases if max(base.demand) > 0)


@pytest.mark.parametrize("closures", [0, 1])
def test_number_tried_is_the_callers_choice(reference: Reference, closures: int) -> None:
    small = mission(units=[unit("one", "north")])
    record = solve(small, reference, *in_place(small, reference), Params(closures_tried=closures))
    assert len(record.weak_links) == closures
