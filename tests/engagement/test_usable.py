"""Usable force: shares add up, the curve rises, neighbours come by road and only where they may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casque.engagement.caveat_cost import caveat_costs
from casque.engagement.decide import decisions
from casque.engagement.problem import Problem
from casque.engagement.travel import road_hours
from casque.engagement.usable import Readiness, busiest_day, usable
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.mission.vocabulary import RuleKind
from casque.plan.engagement import Usable
from casque.plan.force import ForceRecord
from casque.reference.load import Reference
from tests.engagement.conftest import moved, narrowed

READINESS = Readiness(notice=2, duty=0.5, spare=0.25)
HOURS = (0.0, 1.0, 2.0, 4.0, 6.0, 48.0, 96.0)


def table(problem: Problem, travel: dict[tuple[str, str], float] | None = None) -> dict[tuple[str, str], Usable]:
    roads = {("north", "south"): 1.5, ("south", "north"): 1.5} if travel is None else travel
    return {(item.task, item.sector): item for item in usable(problem, READINESS, lambda _: roads, HOURS)}


def test_shares_add_up_and_the_curve_rises(problem: Problem) -> None:
    found = table(problem)
    assert set(found) == {(task.id, sector) for task in problem.tasks for sector in task.sectors}
    for item in found.values():
        assert item.assigned == pytest.approx(item.permitted + item.needs_word + item.prohibited)
        assert list(item.arriving) == sorted(item.arriving)


def test_own_sector_at_once_and_neighbours_after_notice_and_road(problem: Problem) -> None:
    north = table(problem)["secure-area", "north"]
    assert north.assigned == north.permitted == 850
    # Half of 850 on duty, all after the notice of 2 h; a quarter of Bravia's 700 after 3.5 h; a quarter of Carolia's 120 on a word of 48 h.
    assert north.arriving == (425, 425, 850, 1025, 1025, 1025, 1055)


def test_nobody_comes_without_a_road_or_where_the_task_stays_in_its_sector(problem: Problem) -> None:
    assert table(problem, {})["secure-area", "north"].arriving[-1] == 850
    assert table(problem)["separate-parties", "north"].arriving[-1] == 850


def test_a_task_done_by_the_force_of_another_sector_counts_that_force_after_the_road(problem: Problem) -> None:
    tasks = tuple(
        task.model_copy(update={"sectors": ("north",), "force_of": "south", "crosses_sectors": False})
        if task.id == "separate-parties"
        else task
        for task in problem.tasks
    )
    lent = replace(problem, tasks=tasks, caveats=())
    north = table(lent)["separate-parties", "north"]
    south = sum(unit.people for unit in lent.units if unit.sector == "south" and lent.capable(unit, tasks[0], "north"))
    assert tasks[0].id == "separate-parties"
    assert north.assigned == south > 0
    assert north.arriving[:3] == pytest.approx((0, 0, south * READINESS.duty))
    assert north.arriving[3] == pytest.approx(south)
    assert table(lent, {})["separate-parties", "north"].arriving[-1] == 0
    acting = {decision.unit for decision in decisions(lent) if decision.task == "separate-parties"}
    assert acting <= {unit.id for unit in lent.units if unit.sector == "south"}
    assert acting


def test_a_limitation_delays_everyone(problem: Problem) -> None:
    order = table(problem)["public-order", "south"]
    assert (order.permitted, order.needs_word) == (0, 820)
    assert order.arriving == (0, 0, 0, 0, 410, 820, 820)


def test_barring_a_task_takes_its_people_out(problem: Problem) -> None:
    bar = Caveat.model_validate({"id": "bar", "member": "alfaland", "text": "t", "units": ("alf-inf",), "bars_tasks": ("secure-area",)})
    before, after = table(problem), table(replace(problem, caveats=(*problem.caveats, bar)))
    for key, item in after.items():
        assert item.permitted <= before[key].permitted
        assert all(new <= old for new, old in zip(item.arriving, before[key].arriving, strict=True))
    assert after["secure-area", "north"].prohibited == 700


def test_units_that_never_move_are_assigned_and_never_arrive(example: Mission, reference: Reference, force: ForceRecord) -> None:
    from casque.engagement.problem import build

    stuck = build(narrowed(example), reference, force, moved(()))
    north = table(stuck)["secure-area", "north"]
    assert north.permitted == 850
    assert set(north.arriving) == {0}


def test_the_day_is_the_one_on_which_most_serve(problem: Problem) -> None:
    task = next(item for item in problem.tasks if item.id == "secure-area")
    one, other = (
        replace(problem.units[0], id=name, sector="north", start=start, end=end) for name, start, end in (("a", 10, 40), ("b", 30, 60))
    )
    assert busiest_day(replace(problem, units=(one, other)), task, "north") == 30
    assert busiest_day(replace(problem, units=()), task, "north") == 0


def test_roads_follow_the_shortest_open_way(example: Mission) -> None:
    hours = road_hours(narrowed(example), 20, 35)
    assert hours["north", "south"] == hours["south", "north"] == pytest.approx(1.5)
    assert hours["north", "north"] == 0
    assert road_hours(narrowed(example), 20, 15)["north", "south"] == pytest.approx(3.0)
    closed = example.transport.model_copy(
        update={
            "links": tuple(link.model_copy(update={"opens": example.about.d_day.replace(year=2031)}) for link in example.transport.links)
        }
    )
    assert set(road_hours(narrowed(example, transport=closed), 20, 35)) == {("north", "north"), ("south", "south")}


def test_a_caveat_costs_the_people_it_withholds(problem: Problem) -> None:
    (cost,) = caveat_costs(problem)
    assert (cost.caveat, cost.people, cost.tasks, cost.hours) == ("carolia-own-sector", 120, ("secure-area",), 48)
    final = Caveat.model_validate(
        {"id": "final", "member": "alfaland", "text": "t", "bars_sectors": ("north",), "until": problem.d_day.replace(month=12)}
    )
    costs = caveat_costs(replace(problem, caveats=(*problem.caveats, final)))
    assert [item.caveat for item in costs] == ["final", "carolia-own-sector"]
    assert costs[0].people == 850 + 250
    assert costs[0].hours == 24 * problem.horizon
    idle = final.model_copy(update={"until": problem.d_day})
    assert caveat_costs(replace(problem, caveats=(idle,)))[0].people == 0


def test_a_caveat_on_a_prohibition_costs_nothing(problem: Problem) -> None:
    """To bar a rule that only bounds what others permit takes nothing from anyone; to bar a permission does."""
    caveat = Caveat.model_validate({"id": "c", "member": "alfaland", "text": "t", "bars_rules": ("defend-mandate",)})
    assert caveat_costs(replace(problem, caveats=(caveat,)))[0].people > 0
    bounded = problem.rules["defend-mandate"].model_copy(update={"kind": RuleKind.PROHIBITION})
    (cost,) = caveat_costs(replace(problem, caveats=(caveat,), rules={**problem.rules, "defend-mandate": bounded}))
    assert (cost.people, cost.tasks) == (0, ())
