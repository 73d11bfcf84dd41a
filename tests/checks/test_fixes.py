"""The fix set: against every subset of the changes on random small missions, and kind by kind on the example."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casque.checks.chain import JudgedTask, judge_task
from casque.checks.effects import applied, effect_of
from casque.checks.fixes import Params
from casque.checks.options import options_for
from casque.checks.problem import Problem
from casque.checks.solve import check, fix, solve
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementStatus, Authority, ForceLevel, RuleStatus
from casque.plan.findings import Change, FixSet, State
from casque.reference.load import Reference
from tests.checks.cases import Edit, add, both, change, day, drop, provision
from tests.checks.small_missions import by_trial, small_mission

MOST_CHANGES = 7


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_random_small_missions_agree_with_trying_every_subset(seed: int, example: Mission, reference: Reference) -> None:
    mission, priced = small_mission(example, reference, seed)
    expected = by_trial(mission, priced, 3, MOST_CHANGES)
    assume(expected is not None)
    assert expected is not None
    found = fix(mission, priced, Params(alternatives=0))
    assert found.outcome.status == "optimal"
    assert found.outcome.value == found.outcome.bound == pytest.approx(expected.cost)
    assert set(found.saves) == expected.saved


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_the_chain_after_the_set_has_no_red_link_left(seed: int, example: Mission, reference: Reference) -> None:
    mission, priced = small_mission(example, reference, seed)
    found = fix(mission, priced, Params(priority=5))
    before = {item.task.id: {v.state for v in item.verdicts} for item in judged(mission, priced)}
    broken = {task for task, states in before.items() if State.RED in states}
    assert set(found.saves) | {text.partition(":")[0] for text in found.cannot_save} == broken
    for changes in [found.changes, *(other.changes for other in found.alternatives)]:
        after = {item.task.id: {v.state for v in item.verdicts} for item in judged(made(mission, priced, changes), priced)}
        assert {task for task, states in after.items() if State.RED in states} == broken - set(found.saves)


def judged(mission: Mission, reference: Reference) -> list[JudgedTask]:
    """Every task judged anew."""
    problem = Problem(mission, reference)
    return [judge_task(problem, task) for task in mission.tasks.tasks]


def made(mission: Mission, reference: Reference, changes: tuple[Change, ...]) -> Mission:
    """The mission after some changes of a fix set."""
    problem = Problem(mission, reference)
    broken = tuple(item.task for item in judged(mission, reference) if any(v.state is State.RED for v in item.verdicts))
    known = {(p.kind, p.subject, f"sector:{p.place}" if p.place else "", p.weight): p for p in options_for(problem, broken).proposals}
    chosen = [known[(*item.key, item.weight)] for item in changes]
    return applied(mission, [effect_of(problem, proposal) for proposal in chosen])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_alternatives_cost_no_less_and_differ_in_substance(seed: int, example: Mission, reference: Reference) -> None:
    mission, priced = small_mission(example, reference, seed)
    found = fix(mission, priced, Params(alternatives=4))
    sets = [frozenset(item.key for item in found.changes), *(frozenset(c.key for c in other.changes) for other in found.alternatives)]
    costs = [found.outcome.value, *(other.outcome.value for other in found.alternatives)]
    assert costs == sorted(costs)
    assert not [(a, b) for place, a in enumerate(sets) for b in sets[place + 1 :] if a <= b]
    assert len(found.alternatives) <= 4


BARRED = both(
    change("caveats", "carolia-own-sector", member="alfaland", bars_crossing=False, bars_tasks=("separate-parties",)),
    drop("pledges", "bra-inf", "car-mp"),
)
NORTH_CUT = both(drop("links", "south-north"), drop("tasks", "secure-area", "escort-returns"))

KINDS: dict[str, tuple[Edit, str, str]] = {
    "agreement": (drop("agreements", "sofa"), "bring agreement into force", "agreements"),
    "pending": (
        change("agreements", "sofa", status=AgreementStatus.NEGOTIATING, in_force=None),
        "bring agreement into force",
        "agreements",
    ),
    "transfer": (drop("agreements", "toa"), "transfer authority", "authority"),
    "degree": (change("agreements", "toa", authority=Authority.TACON), "change command relationship", "authority"),
    "memorandum": (drop("agreements", "mou"), "sign memorandum", "agreements"),
    "rule": (change("rules", "detain", status=RuleStatus.REQUESTED, implemented=None), "implement rule", "engagement"),
    "no rule": (both(change("tasks", "public-order", rules=()), drop("rules")), "request rule", "engagement"),
    "holder": (change("rules", "detain", held_by=None), "delegate authority", "engagement"),
    "mandate": (change("tasks", "separate-parties", force_level=ForceLevel.ALL_NECESSARY), "amend mandate", "provision"),
    "expired": (change("instruments", "*", expires=day(5)), "renew mandate", "provision"),
    "pledge": (drop("pledges", "bra-med"), "add pledge", "capability"),
    "waiver": (BARRED, "waive caveat", "units"),
    "entry": (drop("entries"), "add supply", "supply"),
    "policy": (drop("policies"), "add supply policy", "supply"),
    "measure": (change("tasks", "escort-returns", measures=()), "add measure", "measure"),
    "lift": (drop("lift"), "add lift", "movement"),
    "route": (drop("links", "port-road", "airport-road"), "open route", "movement"),
    "other force": (NORTH_CUT, "move task", "movement"),
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_of_red_link_is_mended(name: str, example: Mission, reference: Reference) -> None:
    edit, kind, mended = KINDS[name]
    record = solve(edit(example), reference)
    fixes = record.fix_set
    red = {f"task:{c.task}/{link.name}" for c in record.chains for link in c.links if link.state is State.RED and c.priority <= 3}
    saved = {link for link in red if link.partition("/")[0].removeprefix("task:") in fixes.saves}
    assert any(link.endswith(f"/{mended}") for link in red)
    assert kind in {change.kind for change in fixes.changes}
    assert saved == {link for change in fixes.changes for link in change.mends}
    assert fixes.outcome.status == "optimal"
    assert fixes.outcome.value == pytest.approx(sum(change.days + change.weight for change in fixes.changes))


def kinds_of(fixes: FixSet) -> set[str]:
    """Kinds of change in a fix set."""
    return {change.kind for change in fixes.changes}


def test_a_waiver_is_chosen_over_a_new_pledge_when_it_is_cheaper(example: Mission, reference: Reference) -> None:
    found = fix(BARRED(example), reference, Params())
    assert ("waive caveat", "caveat:carolia-own-sector") in {(change.kind, change.subject) for change in found.changes}
    assert "separate-parties" in found.saves
    silent = change("caveats", "carolia-own-sector", waived_by="")
    without = fix(silent(BARRED(example)), reference, Params())
    assert "waive caveat" not in kinds_of(without)
    assert without.outcome.value > found.outcome.value
    slow = change("caveats", "carolia-own-sector", delay=24.0 * 20)
    assert next(c.days for c in fix(slow(BARRED(example)), reference, Params()).changes if c.kind == "waive caveat") == 20


def test_a_pledge_is_asked_for_sector_by_sector_and_for_the_largest_need(example: Mission, reference: Reference) -> None:
    both_sectors = both(drop("pledges", "car-mp", "alf-inf", "bra-inf", "alf-mech"), drop("tasks", "secure-area", "escort-returns"))
    asked = [item for item in fix(both_sectors(example), reference, Params()).changes if item.kind == "add pledge"]
    assert {item.place for item in asked} == {"sector:north", "sector:south"}
    mission = both(drop("pledges", "bra-med"), add("tasks", *twins(example)))(example)
    texts = [item.text for item in fix(mission, reference, Params()).changes if item.kind == "add pledge"]
    assert len(texts) == 1
    assert "500 people" in texts[0]


def twins(example: Mission) -> tuple[Task, ...]:
    """Two tasks like one of the example with other needs of one capability, both within a battalion."""
    task = next(task for task in example.tasks.tasks if task.id == "escort-returns")
    need = next(need for need in task.needs if need.capability == "medical")
    return tuple(
        task.model_copy(update={"id": f"twin-{people}", "sectors": ("north",), "needs": (need.model_copy(update={"strength": people}),)})
        for people in (100.0, 500.0)
    )


def test_agreements_and_rules_take_the_days_that_the_folder_states(example: Mission, reference: Reference) -> None:
    sofa = change("agreements", "sofa", status=AgreementStatus.SIGNED, in_force=day(12), members=("carolia",))
    only_late = both(sofa, drop("pledges", "car-mp"), change("tasks", "*", priority=1))
    found = fix(only_late(example), reference, Params())
    assert [(c.subject, c.days) for c in found.changes if c.kind == "bring agreement into force"] == [("agreement:sofa", 12)]


def test_refusals_cannot_be_mended(example: Mission, reference: Reference) -> None:
    refused = fix(change("agreements", "sofa", status=AgreementStatus.REFUSED)(example), reference, Params())
    assert len(refused.cannot_save) == 4
    assert all("refused" in reason for reason in refused.cannot_save)
    denied = fix(change("rules", "detain", status=RuleStatus.DENIED)(example), reference, Params())
    assert [reason.partition(":")[0] for reason in denied.cannot_save] == ["public-order"]
    assert not denied.saves
    assert not denied.changes


def test_nobody_is_saved_without_a_set(example: Mission, reference: Reference) -> None:
    found = fix(drop("agreements", "toa")(example), reference, Params(effort=0.0))
    assert found.outcome.status in ("unknown", "feasible", "optimal")
    assert bool(found.saves) == bool(found.changes)


def test_priority_limits_what_is_to_be_saved(example: Mission, reference: Reference) -> None:
    mission = both(provision("separate", until=example.about.d_day.replace(month=2)), change("tasks", "escort-returns", measures=()))(
        example
    )
    assert set(solve(mission, reference).fix_set.saves) == {"separate-parties", "escort-returns"}
    assert set(solve(mission, reference, Params(priority=2)).fix_set.saves) == {"separate-parties"}


def test_more_wrong_never_costs_less(example: Mission, reference: Reference) -> None:
    one = fix(drop("agreements", "toa")(example), reference, Params()).outcome.value
    two = fix(both(drop("agreements", "toa"), drop("policies"))(example), reference, Params()).outcome.value
    assert two > one > 0


def test_checking_alone_gives_the_same_chains_and_no_set(example: Mission, reference: Reference) -> None:
    mission = drop("agreements", "toa")(example)
    whole, alone = solve(mission, reference), check(mission, reference)
    assert (alone.findings, alone.chains) == (whole.findings, whole.chains)
    assert (alone.fix_set.changes, alone.fix_set.outcome.status) == ((), "unknown")


def test_a_caveat_that_lapses_while_the_task_runs_makes_its_units_late(example: Mission, reference: Reference) -> None:
    bars = Caveat(id="x", member="bravia", text="Not yet.", bars_tasks=("escort-returns",)).model_copy(update={"until": day(70)})
    chain = next(c for c in check(add("caveats", bars)(example), reference).chains if c.task == "escort-returns")
    assert {link.name: (link.state, link.clears_on) for link in chain.links}["movement"] == (State.AMBER, 71)
