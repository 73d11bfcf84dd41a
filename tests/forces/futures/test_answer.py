"""Plans over sampled futures: against every possible plan, against the nominal one, and what must hold whatever is drawn."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.forces.best_plan import best_fill
from casque.forces.filling import pool_value
from casque.forces.futures.answer import FutureParams, futures
from casque.forces.futures.bound import bound
from casque.forces.futures.cells import cells
from casque.forces.futures.chances import chances
from casque.forces.futures.measured import measured
from casque.forces.futures.placing import NOBODY, Placing
from casque.forces.futures.presence import draws, people, strength
from casque.forces.futures.search import best, smallest, tail_of
from casque.forces.matched import strength as promised_strength
from casque.forces.matching.budget import Budget
from casque.forces.optimum import value_of
from casque.forces.problem import Problem, problem
from casque.mission.alliance import Alliance
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.vocabulary import PledgeStatus
from casque.reference.lateness import Chance
from casque.reference.load import Reference
from tests.forces.builders import GENERATE, narrowed, random_case

CASES = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
SMALL = FutureParams(sample=30, fresh=40)


def uncertain(example: Mission, number: int, units: int) -> Mission:
    """A random small mission whose pledges are all but sure, with what it wants kept beside it."""
    mission, _, seed = random_case(example, number, units)
    pledges = tuple(item.model_copy(update={"status": seed.choice(list(PledgeStatus))}) for item in mission.forces.pledges)
    members = tuple(
        item.model_copy(update={"reliability": seed.choice([0.5, 0.8, 1.0]), "delay_months": seed.choice([0.0, 0.5, 2.0])})
        for item in mission.alliance.members
    )
    alliance = mission.alliance.model_copy(update={"members": members})
    return narrowed(mission, GENERATE, forces=Forces(pledges=pledges), alliance=alliance)


def case(
    example: Mission, reference: Reference, number: int, units: int = 4, contingents: int = 10
) -> tuple[Mission, Problem, tuple[int, ...]]:
    """An uncertain small mission, its problem and its nominal plan."""
    mission = uncertain(example, number, units)
    matching = problem(mission, reference, random_case(example, number, units)[1], contingents)
    return mission, matching, best_fill(matching, Budget(1.0, 0)).taken


def by_hand(matching: Problem, coming: np.ndarray, future: int, taken: tuple[int, ...]) -> int:
    """Weighted fill of a plan in one future by the arithmetic of force generation, which shares no code with the compiled part."""
    options = tuple(
        option.__class__(**{**option.__dict__, "people": tuple(int(number) for number in coming[index, future])})
        for index, option in enumerate(matching.options)
    )
    there = Problem(**{**{name: getattr(matching, name) for name in Problem.__dataclass_fields__}, "options": options, "known": {}})
    pools = {option.pool for option in options}
    return sum(pool_value(pool, [index for index in taken if options[index].pool == pool], there) for pool in pools)


@FEW
@given(number=CASES)
def test_the_plans_are_the_best_of_all_plans(example: Mission, reference: Reference, number: int) -> None:
    mission, matching, nominal = case(example, reference, number, units=3, contingents=1 + number % 2)
    coming = people(matching, draws(matching, chances(mission, reference), reference, number, range(10)))
    every = []
    for chosen in product(*((NOBODY, *options) for options in matching.by_unit)):
        taken = tuple(sorted(index for index in chosen if index != NOBODY))
        nations: dict[str, set[str]] = {}
        for index in taken:
            nations.setdefault(matching.sector_of(index), set()).add(matching.options[index].member)
        if all(len(found) <= matching.contingents for found in nations.values()):
            every.append(np.array([by_hand(matching, coming, future, taken) for future in range(10)]))
    table = cells(matching)
    for tail in (10, 1):
        found, proven = best(matching, table, coming, nominal, tail, 10**6)
        assert proven
        assert smallest(Placing(matching, table, coming, found).total, tail) == max(smallest(total, tail) for total in every)


@FEW
@given(number=CASES)
def test_the_search_alone_gains_on_the_nominal_plan_and_keeps_below_the_bound(example: Mission, reference: Reference, number: int) -> None:
    mission, matching, nominal = case(example, reference, number, units=9, contingents=2)
    coming = people(matching, draws(matching, chances(mission, reference), reference, number, range(40)))
    table = cells(matching)
    for tail in (40, 4):
        found, _ = best(matching, table, coming, nominal, tail, 10**6)
        placing = Placing(matching, table, coming, found)
        after = smallest(placing.total, tail)
        assert after >= smallest(Placing(matching, table, coming, nominal).total, tail)
        assert (placing.total == [by_hand(matching, coming, future, found) for future in range(40)]).all()
        part = np.argsort(placing.total, kind="stable")[:tail]
        limit = bound(matching, table, coming[:, part], placing.total[part])
        assert limit is not None
        assert after / tail <= limit + 1e-6
        for sector in {matching.sector_of(index) for index in found}:
            assert len({matching.options[index].member for index in found if matching.sector_of(index) == sector}) <= 2


@FEW
@given(number=CASES)
def test_pledges_kept_to_the_day_give_the_nominal_fill(example: Mission, reference: Reference, number: int) -> None:
    mission, matching, nominal = case(example, reference, number, units=6)
    sure = tuple(Chance(pledge.id, pledge.member, 0.0, 0.0) for pledge in mission.forces.pledges)
    fate = draws(matching, sure, reference, number, range(4))
    coming = people(matching, fate)
    assert all((coming[index] == option.people).all() for index, option in enumerate(matching.options))
    assert (Placing(matching, cells(matching), coming, nominal).total == value_of(nominal, matching)).all()
    assert strength(matching, nominal, fate) == pytest.approx(np.tile(promised_strength(matching, nominal), (4, 1)))


@FEW
@given(number=CASES)
def test_a_less_reliable_pledge_never_raises_the_fill_of_a_plan(example: Mission, reference: Reference, number: int) -> None:
    mission, matching, nominal = case(example, reference, number, units=6)
    own = chances(mission, reference)
    seed = random.Random(number)
    worse = list(own)
    for row in seed.sample(range(len(own)), seed.randrange(1, len(own) + 1)):
        item = own[row]
        worse[row] = Chance(item.name, item.member, min(1.0, item.no_show + 0.3), item.delay + 10, min(1.0, item.doubt + 0.3))
    before = measured(matching, nominal, own, reference, number, range(30))
    after = measured(matching, nominal, worse, reference, number, range(30))
    assert (after.fill <= before.fill + 1e-12).all()
    assert (after.by_month <= before.by_month + 1e-12).all()


@FEW
@given(number=CASES)
def test_the_record_says_what_the_plans_are_worth(example: Mission, reference: Reference, number: int) -> None:
    mission, matching, nominal = case(example, reference, number, units=5)
    record = futures(matching, nominal, mission, reference, 3, SMALL)
    assert record == futures(matching, nominal, mission, reference, 3, SMALL)
    first, average, careful = record.plans
    assert average.sample_fill >= first.sample_fill
    assert careful.sample_worst_tenth >= first.sample_worst_tenth
    assert careful.sample_worst_tenth >= average.sample_worst_tenth
    assert average.sample_fill >= careful.sample_fill or not average.proven
    for plan in record.plans:
        assert plan.fill.low <= plan.fill.mean <= plan.fill.high
        assert plan.p10 <= plan.p50 <= plan.p90
        assert plan.worst_tenth.mean <= plan.fill.mean + 1e-12
        assert plan.fill.mean <= 1.0 + 1e-12
    assert average.bound is not None
    assert average.sample_fill <= average.bound + 1e-9
    moved = {move.unit for move in record.moves if move.aim == "average"}
    assert bool(moved) or average.fill == first.fill
    assert all(move.worth >= 0 and move.nominal != move.place for move in record.moves)
    assert {chance.unit for chance in record.chances} == {pledge.id for pledge in mission.forces.pledges}


def test_nobody_pledged_is_an_answer(example: Mission, reference: Reference) -> None:
    mission = narrowed(uncertain(example, 1, 3), GENERATE, forces=Forces(pledges=()))
    matching = problem(mission, reference, random_case(example, 1, 3)[1])
    record = futures(matching, (), mission, reference, 0, SMALL)
    assert [plan.fill.mean for plan in record.plans] == [0.0, 0.0, 0.0]
    assert not record.moves
    assert not record.chances


def test_what_makes_a_pledge_sure(example: Mission, reference: Reference) -> None:
    """Firmer pledges are surer, a figure of the pledge's own goes before its member's, and who stands near comes on its day."""
    mission = uncertain(example, 5, 4)
    members = tuple(item.model_copy(update={"reliability": 0.8, "delay_months": 1.0}) for item in mission.alliance.members)
    alliance: Alliance = mission.alliance.model_copy(update={"members": members})
    mission = narrowed(mission, GENERATE, alliance=alliance)
    pledge = mission.forces.pledges[0]

    def of(**update: object) -> Chance:
        return chances(mission, reference, (pledge.model_copy(update=update),))[0]

    offered, committed, confirmed = (of(status=status) for status in PledgeStatus)
    assert offered.no_show > committed.no_show > confirmed.no_show > 0
    assert offered.delay > committed.delay > confirmed.delay > 0
    assert committed.no_show == pytest.approx(0.2)
    own = of(status=PledgeStatus.OFFERED, reliability=0.6, delay_months=2.0)
    assert own.no_show == pytest.approx(0.4)
    assert own.delay == pytest.approx(2 * committed.delay)
    abroad = next(node.id for node in mission.transport.nodes if node.country not in ("", pledge.member))
    near = of(home=abroad)
    assert (near.no_show, near.delay) == (0.0, 0.0)
    assert near.doubt == pytest.approx(0.2)
    assert of(member="unknown").no_show == pytest.approx((1 - reference.value("simulation.usual-reliability")) * 0.25, rel=1.0)


def test_a_worst_tenth_is_a_tenth() -> None:
    assert [tail_of(number) for number in (1, 10, 11, 200)] == [1, 1, 2, 20]
    assert smallest(np.array([5, 1, 4, 2]), 2) == 3


def test_with_nobody_who_can_serve_there_are_futures_in_which_nothing_is_filled(example: Mission, reference: Reference) -> None:
    mission, wanted, _ = random_case(example, 1, 3)
    for pledges in ((), mission.forces.pledges):
        late = tuple(item.model_copy(update={"unit_type": "not-a-type"}) for item in pledges)
        own = narrowed(mission, GENERATE, forces=Forces(pledges=late))
        matching = problem(own, reference, wanted)
        assert not matching.options
        record = futures(matching, (), own, reference, 0, SMALL)
        assert [plan.fill.mean for plan in record.plans] == [0.0, 0.0, 0.0]
        assert record.moves == ()
        assert record.certain == 0.0
