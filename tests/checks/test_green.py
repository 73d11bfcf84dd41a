"""The fix set of the goal `green`: against every subset of the changes, and that its clauses hold for every set that turns a task green."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casque.checks.chain import judge_task
from casque.checks.effects import applied, effect_of
from casque.checks.fixes import Params
from casque.checks.green_oracle import GreenOracle
from casque.checks.green_tests import TESTS
from casque.checks.options import options_for
from casque.checks.problem import Problem
from casque.checks.solve import MOST_PAIRS, fix, solve
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.mission.vocabulary import Authority
from casque.plan.findings import Change, State
from casque.reference.load import Reference
from tests.checks.cases import Edit, add, both, change, day, drop, provision
from tests.checks.small_missions import by_trial_green, small_mission

MOST_CHANGES = 8


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), late=st.booleans())
def test_random_small_missions_agree_with_trying_every_subset(seed: int, late: bool, example: Mission, reference: Reference) -> None:
    mission, priced = small_mission(example, reference, seed, late)
    expected = by_trial_green(mission, priced, 3, MOST_CHANGES)
    assume(expected is not None)
    assert expected is not None
    found = fix(mission, priced, Params(alternatives=0, goal="green"))
    assert found.outcome.status == "optimal"
    assert found.outcome.value == found.outcome.bound == pytest.approx(expected.cost)
    assert len(found.saves) == len(expected.saved)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), late=st.booleans())
def test_every_set_that_turns_a_task_green_meets_every_clause(seed: int, late: bool, example: Mission, reference: Reference) -> None:
    mission, priced = small_mission(example, reference, seed, late)
    options = options_for(Problem(mission, priced), mission.tasks.tasks, "green")
    oracle = GreenOracle(options, mission.tasks.tasks)
    for task in mission.tasks.tasks:
        for mode in oracle.modes[task.id]:
            for test in TESTS:
                bearing = sorted(oracle.bearing(task.id, mode, test))[-6:]
                subsets = [frozenset(s) for size in range(len(bearing) + 1) for s in combinations(bearing, size)]
                passing = [s for s in subsets if oracle.passes(task.id, mode, test, s)]
                for failing in [s for s in subsets if s not in passing][:8]:
                    clause = oracle._clause(task.id, mode, test, failing)
                    assert not (clause.make & failing), test
                    assert clause.leave <= failing, test
                    assert all(s & clause.make or clause.leave - s for s in passing), (
                        test,
                        [options.proposals[n].key for n in clause.make],
                    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), late=st.booleans())
def test_what_stays_short_is_named_with_its_reason_and_alternatives_cost_no_less(
    seed: int, late: bool, example: Mission, reference: Reference
) -> None:
    mission, priced = small_mission(example, reference, seed, late)
    before = states(mission, priced)
    found = fix(mission, priced, Params(priority=5, goal="green"))
    short = {text.partition(":")[0]: text.partition(":")[2] for text in found.cannot_save}
    troubled = {task for task, green in before.items() if not green}
    assert set(found.saves) == troubled - set(short)
    assert all(len(why) > 20 for why in short.values())
    for changes in [found.changes, *(other.changes for other in found.alternatives)]:
        after = states(made(mission, priced, changes), priced)
        assert {task for task, green in after.items() if not green} <= set(short)
    sets = [frozenset(item.key for item in found.changes), *(frozenset(c.key for c in other.changes) for other in found.alternatives)]
    costs = [found.outcome.value, *(other.outcome.value for other in found.alternatives)]
    assert costs == sorted(costs)
    assert not [(a, b) for place, a in enumerate(sets) for b in sets[place + 1 :] if a <= b]


def states(mission: Mission, reference: Reference) -> dict[str, bool]:
    """Whether each task is green."""
    problem = Problem(mission, reference)
    return {task.id: all(verdict.state is State.GREEN for verdict in judge_task(problem, task).verdicts) for task in mission.tasks.tasks}


def made(mission: Mission, reference: Reference, changes: tuple[Change, ...]) -> Mission:
    """The mission after some changes of a fix set."""
    problem, green = Problem(mission, reference), states(mission, reference)
    asking = tuple(task for task in mission.tasks.tasks if not green[task.id])
    proposals = options_for(problem, asking, "green").proposals
    known = {(p.kind, p.subject, f"sector:{p.place}" if p.place else "", p.through, p.weight): p for p in proposals}
    chosen = [known[(*item.key, item.through or 0, item.weight)] for item in changes]
    return applied(mission, [effect_of(problem, proposal) for proposal in sorted(chosen, key=proposals.index)])


CASES: dict[str, tuple[Edit, str, str, str]] = {
    "unit late": (change("pledges", "bra-med", ready_to_load=day(80)), "hasten unit", "escort-returns", "movement"),
    "unit too small": (change("pledges", "bra-med", strength=90.0), "add pledge", "escort-returns", "units"),
    "stand-in": (
        both(drop("pledges", "car-mp"), change("tasks", "public-order", required_by=day(90))),
        "add pledge",
        "public-order",
        "capability",
    ),
    "transfer late": (change("agreements", "toa", in_force=day(60)), "bring agreement forward", "separate-parties", "authority"),
    "no transfer for one": (
        change("agreements", "toa", members=("alfaland", "bravia")),
        "transfer authority",
        "separate-parties",
        "authority",
    ),
    "narrow for one": (
        both(
            change("agreements", "toa", members=("alfaland", "bravia")),
            lambda mission: add(
                "agreements",
                mission.agreements.agreements[1].model_copy(
                    update={"id": "toa-narrow", "members": ("carolia",), "authority": Authority.TACON}
                ),
            )(mission),
        ),
        "change command relationship",
        "separate-parties",
        "authority",
    ),
    "ground late": (change("agreements", "sofa", in_force=day(70)), "bring agreement into force", "separate-parties", "agreements"),
    "rule late": (change("rules", "detain", implemented=day(40)), "implement rule", "public-order", "engagement"),
    "rule not named": (change("tasks", "public-order", rules=()), "name rule", "public-order", "engagement"),
    "mandate short": (change("instruments", "*", expires=day(90)), "renew mandate", "separate-parties", "provision"),
    "provision short": (provision("separate", until=day(90)), "amend mandate", "separate-parties", "provision"),
    "entry late": (change("entries", "*", from_day=day(70)), "add supply", "escort-returns", "supply"),
    "no carriers": (both(drop("trucks"), drop("contracts")), "hire carriers", "separate-parties", "supply"),
    "nobody observes": (change("observations", "*", measure="returns"), "observe measure", "separate-parties", "measure"),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_amber_link_is_mended_by_what_is_asked(name: str, example: Mission, reference: Reference) -> None:
    edit, kind, task, link = CASES[name]
    record = solve(edit(example), reference)
    fixes = record.to_green
    assert fixes is not None
    assert not record.fix_set.changes
    amber = {f"task:{c.task}/{item.name}" for c in record.chains for item in c.links if item.state is State.AMBER}
    assert f"task:{task}/{link}" in amber
    change_made = next(item for item in fixes.changes if item.kind == kind)
    assert f"task:{task}/{link}" in {item for made_one in fixes.changes for item in made_one.mends}
    assert change_made.through is not None
    assert task in fixes.saves
    assert fixes.goal == "green"
    assert fixes.outcome.value == pytest.approx(sum(item.days + item.weight for item in fixes.changes))


def test_sooner_than_usual_costs_a_day_for_each_day_gained(example: Mission, reference: Reference) -> None:
    late = change("agreements", "toa", in_force=day(60))(example)
    (asked,) = [c for c in fix(late, reference, Params(goal="green")).changes if c.kind == "bring agreement forward"]
    assert asked.through is not None
    assert asked.days == reference.value("fix.authority-days") + 60 - asked.through
    toa = example.agreements.agreements[1]
    tacon = add("agreements", toa.model_copy(update={"id": "toa-narrow", "members": ("bravia",), "authority": Authority.TACON}))
    early = both(change("tasks", "*", required_by=day(9)), change("pledges", "*", required=None))
    narrow = both(both(early, change("agreements", "toa", members=("alfaland", "carolia"))), tacon)(example)
    problem = Problem(narrow, reference)
    usual = reference.value("fix.command-days")
    raised = [p for p in options_for(problem, narrow.tasks.tasks, "green").proposals if p.kind == "change command relationship"]
    assert {p.days for p in raised if p.by is not None} == {2 * usual - p.through for p in raised if p.by is not None}
    assert all(p.through < usual for p in raised if p.by is not None)
    assert any(p.by is not None for p in raised)


def test_a_mission_that_is_green_needs_no_change(example: Mission, reference: Reference) -> None:
    found = fix(example, reference, Params(goal="green"))
    assert (found.changes, found.saves, found.cannot_save, found.outcome.status) == ((), (), (), "optimal")


def test_a_waiver_brings_the_transfer_that_its_units_need(example: Mission, reference: Reference) -> None:
    bars = Caveat(id="x", member="bravia", text="Not this.", bars_tasks=("escort-returns",), waived_by="the ministry")
    mission = both(add("caveats", bars), change("agreements", "toa", members=("alfaland", "carolia")))(example)
    mission = drop("tasks", "separate-parties", "secure-area", "public-order")(mission)
    for goal in ("doable", "green"):
        assert {c.kind for c in fix(mission, reference, Params(goal=goal)).changes} == {"waive caveat", "transfer authority"}


def test_where_it_would_take_long_the_changes_to_green_are_left_out(example: Mission, reference: Reference) -> None:
    pledge = example.forces.pledges[0]
    many = tuple(pledge.model_copy(update={"id": f"u{number}"}) for number in range(MOST_PAIRS // 4 + 1))
    assert solve(example, reference).to_green is not None
    assert solve(add("pledges", *many)(example), reference).to_green is None


def test_a_search_that_gives_up_says_so_and_chooses_nothing(example: Mission, reference: Reference) -> None:
    mission = both(drop("pledges", "bra-med", "car-mp"), drop("policies"), drop("links", "south-north"))(example)
    found = fix(mission, reference, Params(goal="green", most_tests=0))
    assert (found.outcome.status, found.changes, found.saves) == ("unknown", (), ())
    assert found.outcome.bound == 0
    assert fix(mission, reference, Params(goal="green")).outcome.status == "optimal"
