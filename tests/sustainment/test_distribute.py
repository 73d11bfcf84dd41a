"""The distribution program: closed forms, an independent verifier, and what must never get worse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.mission.mission import Mission
from casque.mission.vocabulary import SupplyClass
from casque.reference.load import Reference, shipped
from casque.sustainment.bases import days_of_supply
from casque.sustainment.capacity import Capacity, capacity_of
from casque.sustainment.constraints import add_balances, add_carriage
from casque.sustainment.demand import CLASSES, Demand, demand_of
from casque.sustainment.distribute import Distribution, Ledger, distribute, ledger
from casque.sustainment.objective import penalty
from casque.sustainment.presence import units_present
from casque.sustainment.problem import Params, Periods, Problem, Stocks, opening_stocks, periods_of, problem_of
from casque.sustainment.variables import variables
from tests.sustainment.small import entry, in_place, mission, node, road, sector, trucks, unit

Solved = tuple[Demand, Capacity, Problem, Distribution, Ledger]
WATER = CLASSES.index(SupplyClass.WATER)
FUEL = CLASSES.index(SupplyClass.III)


def solved(small: Mission, reference: Reference, params: Params | None = None) -> Solved:
    params = params or Params(daily_days=100)
    force, movement = in_place(small, reference)
    days = int(small.about.horizon) + 1
    present = units_present(small, reference, force, movement)
    demand = demand_of(small, reference, present, days)
    capacity = capacity_of(small, reference, present, movement, days)
    problem = problem_of(small, demand, capacity, opening_stocks(small), periods_of(capacity, small, days, params), params.most_ways)
    plan = distribute(small, problem, params.deterministic_seconds)
    return demand, capacity, problem, plan, ledger(small, demand, problem, plan)


def verify(small: Mission, answer: Solved) -> None:
    """Checks a plan against the mission itself: conservation of mass at every base and depot, and no capacity exceeded."""
    demand, _, problem, plan, kept = answer
    lengths = np.array(problem.periods.length)
    before = np.concatenate([problem.opening[..., None], kept.stock[..., :-1]], axis=-1)
    assert before + demand.brought + kept.delivered - kept.issued == pytest.approx(kept.stock, abs=1e-6)
    assert kept.stock.min() >= -1e-6
    assert kept.issued + kept.unmet == pytest.approx(demand.tonnes, abs=1e-9)
    sent = np.zeros((len(small.supply.depots), len(CLASSES), len(lengths)))
    for (pair, supply_class, period), tonnes in plan.flow.items():
        if problem.pairs[pair].source == "depot":
            sent[problem.pairs[pair].source_at, supply_class, period] += tonnes
        if problem.pairs[pair].target == "depot":
            sent[problem.pairs[pair].target_at, supply_class, period] -= tonnes
    assert problem.depot_opening[..., None] - np.cumsum(sent * lengths, axis=-1) == pytest.approx(plan.depots, abs=1e-5)
    over_links, work = np.zeros(problem.links.shape), np.zeros(len(lengths))
    for (pair, way, period), tonnes in plan.way.items():
        path = problem.pairs[pair].ways[way]
        assert len(path.nodes) == len(path.links) + 1
        for link in path.links:
            over_links[link, period] += tonnes
            work[period] += tonnes * small.transport.links[link].length
    assert (over_links <= problem.links + 1e-5).all()
    assert (work <= problem.road + 1e-4).all()


def test_trucks_that_carry_half(reference: Reference) -> None:
    kind = unit("one", "north", 700, days=6)
    demand_a_day = solved(mission(units=[kind]), reference)[0].tonnes[0, WATER, 0]
    # one truck carries payload x distance x loaded share / road length a day
    share = 0.5 * demand_a_day / (200 * reference.value("supply.truck-share") / 100)
    fleet = {**trucks(1), "availability": share / 10 if share < 10 else 1.0}
    small = mission(units=[kind], entries=[entry(classes=["water"])], trucks=[fleet])
    demand, capacity, problem, plan, kept = answer = solved(small, reference)
    verify(small, answer)
    assert capacity.fleets[0, 0] / 100 == pytest.approx(demand_a_day / 2, rel=1e-6)
    # six days brought, half a day's need hauled each day: all met for twelve days, half of it from then on
    days = np.arange(31)
    assert kept.unmet[0, WATER] == pytest.approx(np.where(days < 12, 0.0, demand_a_day / 2), abs=1e-6)
    assert plan.outcome.status == "optimal"
    assert problem.demand[0, WATER, 0] == pytest.approx(demand.tonnes[0, WATER, 0])


def test_stock_reaches_its_target_and_stays(reference: Reference) -> None:
    policy = [{"supply_class": "III", "target": "10 d", "least": "3 d"}]
    answer = solved(mission(units=[unit("one", "north")], policies=policy), reference)
    assert days_of_supply(answer[0], answer[4])[0, FUEL] == pytest.approx(np.full(31, 10.0))


def test_water_goes_before_the_rest(reference: Reference) -> None:
    """With too few trucks for everything, what is lacking is lacking in the last classes."""
    answer = solved(mission(units=[unit("one", "north")], trucks=[trucks(2)]), reference)
    unmet = answer[4].unmet[0].sum(axis=-1)
    short = np.flatnonzero(unmet > 1e-6)
    assert short.size
    assert not unmet[: short[0]].any()
    assert unmet[short[0] + 1 :] == pytest.approx(answer[0].tonnes[0, short[0] + 1 :].sum(axis=-1))


def test_a_contract_needs_no_truck(reference: Reference) -> None:
    contract = {"id": "well", "provider": "Well", "supply_class": "water", "share": 1.0, "from_day": "2030-03-01"}
    small = mission(units=[unit("one", "north")], trucks=[], contracts=[contract])
    demand, _, _, _, kept = solved(small, reference)
    assert kept.unmet[0, WATER] == pytest.approx(np.zeros(31))
    assert kept.unmet[0, FUEL] == pytest.approx(demand.tonnes[0, FUEL])


def test_depot_bridges_a_closed_port(reference: Reference) -> None:
    depot = {"id": "store", "node": "mid", "capacity": "5000 t", "opening": {"water": "500 t"}, "from_day": "2030-03-01"}
    nodes = [node("port", "seaport", opens="2030-03-16"), node("mid"), node("base", "sector base", 45.5)]
    small = mission(units=[unit("one", "north")], nodes=nodes, links=[road("port", "mid", 50), road("mid", "base", 50)], depots=[depot])
    answer = solved(small, reference)
    verify(small, answer)
    assert answer[4].unmet[0, WATER].max() == pytest.approx(0.0, abs=1e-6)
    assert answer[4].unmet[0, FUEL, :15] == pytest.approx(answer[0].tonnes[0, FUEL, :15])
    assert answer[4].unmet[0, FUEL, 15:].max() == pytest.approx(0.0, abs=1e-6)


def _two_bases(number: int, vehicles: int, days: int, north: int, south: int) -> Mission:
    nodes = [node("port", "seaport", tonnes_per_day="120 t/d"), node("mid"), node("base", "sector base"), node("far", "sector base")]
    links = [
        road("port", "mid", 60, vehicles_per_day=f"{vehicles} vehicle/d"),
        road("mid", "base", 40),
        road("mid", "far", 90, winter_share=0.5),
        road("base", "far", 70, vehicles_per_day="3 vehicle/d"),
    ]
    depot = {"id": "store", "node": "mid", "capacity": "300 t", "opening": {"water": "50 t", "III": "20 t"}, "from_day": "2030-03-05"}
    policy = [{"supply_class": name, "target": "6 d", "least": "2 d"} for name in ("water", "I", "III")]
    return mission(
        units=[unit("one", "north", north, days=days), unit("two", "south", south, "mechanised-battalion", days)],
        nodes=nodes,
        links=links,
        sectors=[sector("north", "base"), sector("south", "far")],
        trucks=[trucks(number)],
        depots=[depot],
        policies=policy,
        horizon=20,
    )


def least_shortfall(small: Mission, problem: Problem) -> float:
    """Least weighted shortfall with nothing else in the objective."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    made = variables(solver, problem)
    add_balances(solver, problem, made)
    add_carriage(solver, small, problem, made)
    for (_, supply_class, period), short in made.short.items():
        solver.Objective().SetCoefficient(short, penalty(problem, supply_class, period))
    solver.Objective().SetMinimization()
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return float(solver.Objective().Value())


def _near_and_far(number: int, days: int, people: int, horizon: int = 90) -> Mission:
    """A base next to the port with much to stock, and one 800 km away that the trucks barely reach."""
    return mission(
        units=[unit("one", "north", people, days=days), unit("two", "south", people, days=days)],
        nodes=[node("port", "seaport"), node("base", "sector base"), node("far", "sector base")],
        links=[road("port", "base", 10), road("port", "far", 800)],
        sectors=[sector("north", "base"), sector("south", "far")],
        trucks=[trucks(number)],
        policies=[{"supply_class": "III", "target": "60 d", "least": "60 d"}],
        horizon=horizon,
    )


@pytest.mark.parametrize(("number", "days", "people"), [(15, 20, 700), (9, 5, 350)])
def test_no_stock_is_filled_while_somebody_goes_short(reference: Reference, number: int, days: int, people: int) -> None:
    """A truck that fills stocks near by could feed the far base: what is claimed as least is least."""
    small = _near_and_far(number, days, people)
    answer = solved(small, reference)
    verify(small, answer)
    least = least_shortfall(small, answer[2])
    assert answer[3].outcome.status == "optimal"
    assert answer[3].outcome.value == pytest.approx(least, rel=2e-6)
    short = sum(answer[3].short[key] * penalty(answer[2], key[1], key[2]) for key in np.ndindex(answer[3].short.shape))
    assert short == pytest.approx(answer[3].outcome.value, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 30), st.integers(0, 25), st.integers(100, 900))
def test_what_is_called_least_is_the_least(number: int, days: int, people: int) -> None:
    small = _near_and_far(number, days, people, horizon=40)
    answer = solved(small, shipped())
    assert answer[3].outcome.status == "optimal"
    assert answer[3].outcome.value == pytest.approx(least_shortfall(small, answer[2]), rel=2e-6, abs=2e-3)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 30), st.integers(1, 12), st.integers(0, 5), st.integers(100, 1500), st.integers(100, 1500), st.sampled_from([3, 8, 21])
)
def test_every_plan_passes_the_verifier(number: int, vehicles: int, days: int, north: int, south: int, daily: int) -> None:
    small = _two_bases(number, vehicles, days, north, south)
    answer = solved(small, shipped(), Params(daily_days=daily, period_days=5))
    verify(small, answer)
    assert answer[3].outcome.gap == 0.0


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 15), st.integers(1, 10), st.integers(1, 8))
def test_more_trucks_or_road_never_hurt(number: int, vehicles: int, more: int) -> None:
    few = solved(_two_bases(number, vehicles, 2, 700, 900), shipped())[3]
    for small in (_two_bases(number + more, vehicles, 2, 700, 900), _two_bases(number, vehicles + more, 2, 700, 900)):
        many = solved(small, shipped())[3]
        assert many.outcome.value <= few.outcome.value * (1 + 2e-6) + 2e-3
        if few.outcome.value == pytest.approx(many.outcome.value, rel=1e-9, abs=1e-6):
            assert many.upkeep <= few.upkeep * (1 + 1e-6) + 1e-2


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 12), st.integers(1, 8), st.integers(0, 6), st.integers(2, 9))
def test_closing_the_road_never_raises_days_of_supply(first: int, length: int, days: int, number: int) -> None:
    """A closure that nobody foresaw: the same stocks on its morning, and never more in stock on any later day."""
    reference, params = shipped(), Params(daily_days=100)
    policy = [{"supply_class": "water", "target": "5 d", "least": "2 d"}]
    fleet = trucks(number, payload=5)
    small = mission(
        units=[unit("one", "north", days=days)], entries=[entry(classes=["water"])], trucks=[fleet], policies=policy, horizon=20
    )
    demand, capacity, _, _, kept = solved(small, reference, params)
    stocks = Stocks(kept.stock[..., first - 1], opening_stocks(small).depots)
    rest = Periods(tuple(range(first, 21)), (1,) * (21 - first))
    covers, ranks = [], []
    for state in (capacity, capacity.closed("link", 0, first, first + length)):
        problem = problem_of(small, demand, state, stocks, rest, params.most_ways)
        plan = distribute(small, problem, 60.0)
        covers.append(days_of_supply(demand, ledger(small, demand, problem, plan))[0, WATER])
        ranks.append((round(plan.outcome.value, 3), plan.upkeep))
    assert (covers[1] <= covers[0] + 1e-6).all()
    assert ranks[1] >= (ranks[0][0], ranks[0][1] - 1e-6)


def test_stopped_at_once_delivers_nothing_and_says_so(reference: Reference) -> None:
    small = _two_bases(8, 6, 2, 700, 900)
    answer = solved(small, reference, Params(daily_days=100, deterministic_seconds=1e-9))
    assert answer[3].outcome.status == "unknown"
    assert answer[3].outcome.bound == 0.0
    assert answer[3].outcome.value > 0.0
    assert not answer[4].delivered.any()
