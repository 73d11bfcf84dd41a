"""The fix set: against brute force on small random covers, and on missions with a red link."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.checks.fixes import Cover, Key, Params, cheapest, in_time
from casque.checks.remedy import Option, Proposal, Shortfall
from casque.checks.solve import solve
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementStatus, ForceLevel, RuleStatus
from casque.plan.findings import State
from casque.reference.load import Reference
from tests.checks.cases import Edit, both, change, drop, provision

PROPOSALS = tuple(Proposal("ask", f"item:{number}", f"Ask for {number}.", 10.0, 1.0) for number in range(5))

options = st.builds(
    Option,
    st.sampled_from([0.25, 0.5, 1.0, 3.0]),
    st.lists(st.sampled_from(PROPOSALS), min_size=1, max_size=2, unique=True).map(tuple),
)
shortfalls = st.builds(Shortfall, st.just("wanting"), st.sampled_from([1.0, 2.0]), st.lists(options, max_size=4).map(tuple))
covers = st.builds(
    lambda costs, causes: Cover({p.key: cost / 4 for p, cost in zip(PROPOSALS, costs, strict=True)}, tuple(causes)),
    st.lists(st.integers(0, 40), min_size=5, max_size=5),
    st.lists(shortfalls, max_size=4),
)


def filled(cover: Cover, made: frozenset[Key]) -> bool:
    """Whether a set of changes fills every cause."""
    return all(
        sum(option.gain for option in cause.options if all(p.key in made for p in option.proposals)) >= cause.amount
        for cause in cover.causes
    )


@settings(max_examples=120, deadline=None)
@given(covers)
def test_cheapest_set_agrees_with_brute_force(cover: Cover) -> None:
    keys = list(cover.costs)
    subsets = chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1))
    costs = [sum(cover.costs[key] for key in subset) for subset in subsets if filled(cover, frozenset(subset))]
    answer = cheapest(cover, Params())
    if not costs:
        assert answer.outcome.status == "infeasible"
        return
    assert answer.outcome.status == "optimal"
    assert answer.outcome.value == pytest.approx(min(costs))
    assert answer.outcome.bound == pytest.approx(min(costs))
    assert filled(cover, frozenset(answer.chosen))
    assert sum(cover.costs[key] for key in answer.chosen) == pytest.approx(min(costs))


def test_changes_that_come_after_the_task_do_not_count() -> None:
    cause = Shortfall("late", 1.0, (Option(1.0, (PROPOSALS[0],)),))
    assert in_time(cause, 10).options
    assert not in_time(cause, 9).options


@pytest.mark.parametrize(
    ("edit", "kind", "mended"),
    [
        (drop("agreements", "sofa"), "bring agreement into force", "agreements"),
        (drop("agreements", "toa"), "transfer authority", "authority"),
        (change("rules", "detain", status=RuleStatus.REQUESTED, implemented=None), "implement rule", "engagement"),
        (change("tasks", "separate-parties", force_level=ForceLevel.ALL_NECESSARY), "amend mandate", "provision"),
        (drop("pledges", "bra-med"), "add pledge", "capability"),
        (drop("entries"), "add supply", "supply"),
        (drop("policies"), "add supply policy", "supply"),
        (change("tasks", "escort-returns", measures=()), "add measure", "measure"),
        (drop("lift"), "add lift", "movement"),
        (drop("links", "port-road", "airport-road"), "open route", "movement"),
    ],
)
def test_every_kind_of_red_link_is_mended(edit: Edit, kind: str, mended: str, example: Mission, reference: Reference) -> None:
    record = solve(edit(example), reference)
    red = {f"task:{c.task}/{link.name}" for c in record.chains for link in c.links if link.state is State.RED and c.priority <= 3}
    saved = {link for link in red if link.partition("/")[0].removeprefix("task:") in record.fix_set.saves}
    assert any(link.endswith(f"/{mended}") for link in red)
    assert kind in {change.kind for change in record.fix_set.changes}
    assert saved == {link for change in record.fix_set.changes for link in change.mends}
    assert record.fix_set.outcome.status == "optimal"
    assert record.fix_set.outcome.value == pytest.approx(sum(change.days + change.weight for change in record.fix_set.changes))


def test_a_waiver_is_chosen_over_a_new_pledge_when_it_is_cheaper(example: Mission, reference: Reference) -> None:
    barred = both(
        change("caveats", "carolia-own-sector", member="alfaland", bars_crossing=False, bars_tasks=("separate-parties",)),
        drop("pledges", "bra-inf", "car-mp"),
    )
    record = solve(barred(example), reference)
    assert ("waive caveat", "caveat:carolia-own-sector") in {(change.kind, change.subject) for change in record.fix_set.changes}
    assert "separate-parties" in record.fix_set.saves
    silent = change("caveats", "carolia-own-sector", waived_by="")
    without = solve(silent(barred(example)), reference)
    assert "waive caveat" not in {change.kind for change in without.fix_set.changes}
    assert without.fix_set.outcome.value > record.fix_set.outcome.value


def test_refusals_cannot_be_mended(example: Mission, reference: Reference) -> None:
    refused = change("agreements", "sofa", status=AgreementStatus.REFUSED)
    record = solve(refused(example), reference)
    assert len(record.fix_set.cannot_save) == 4
    assert all("refused" in reason for reason in record.fix_set.cannot_save)
    denied = solve(change("rules", "detain", status=RuleStatus.DENIED)(example), reference)
    assert [reason.partition(":")[0] for reason in denied.fix_set.cannot_save] == ["public-order"]


def test_priority_limits_what_is_to_be_saved(example: Mission, reference: Reference) -> None:
    mission = both(provision("separate", until=example.about.d_day.replace(month=2)), change("tasks", "escort-returns", measures=()))(
        example
    )
    assert set(solve(mission, reference).fix_set.saves) == {"separate-parties", "escort-returns"}
    assert set(solve(mission, reference, Params(priority=2)).fix_set.saves) == {"separate-parties"}


def test_more_changes_never_cost_less(example: Mission, reference: Reference) -> None:
    one = solve(drop("agreements", "toa")(example), reference).fix_set.outcome.value
    two = solve(both(drop("agreements", "toa"), drop("policies"))(example), reference).fix_set.outcome.value
    assert two > one > 0
