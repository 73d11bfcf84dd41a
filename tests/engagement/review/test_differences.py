"""Differences between two sets of rules, as a planner would read them."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.engagement.law import law_of
from casque.engagement.request import Request
from casque.engagement.review.differences import RuleSet, rule_changes
from casque.engagement.weigh import weigh
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Circumstance, RuleKind
from casque.plan.rule_review import RuleComparison
from casque.reference.load import Reference
from tests.checks.cases import Edit, both, change, day, drop
from tests.engagement.coherence.test_incoherences import small

DAY = 60


def between(mission: Mission, edit: Edit, reference: Reference, first: int = DAY, second: int = DAY) -> RuleComparison:
    """A mission and the same after an edit."""
    return rule_changes(RuleSet("before", mission, reference, first), RuleSet("after", edit(mission), reference, second))


def test_the_same_rules_do_not_differ(example: Mission, reference: Reference) -> None:
    found = between(example, lambda mission: mission, reference)
    assert found.changes == ()
    assert found.changed == 0
    assert found.decisions > 0


def test_a_withdrawn_rule_forbids_what_it_permitted_to_all_everywhere(example: Mission, reference: Reference) -> None:
    (item,) = between(drop("caveats")(example), change("rules", "defend-mandate", withdrawn=day(30)), reference).changes
    assert (item.measures, item.was, item.now) == (("defend-mandate",), "permitted", "prohibited")
    assert item.members == ("alfaland", "bravia", "carolia")
    assert item.extent == "everywhere"
    assert item.decided_before == ("rule:defend-mandate",)


def test_a_caveat_on_crossing_is_told_once_for_all_measures(example: Mission, reference: Reference) -> None:
    (item,) = between(example, drop("caveats"), reference).changes
    assert (item.was, item.now, item.members, item.extent) == ("needs word", "permitted", ("carolia",), "outside own sector")
    assert {"defend-mandate", "protect-civilians"} <= set(item.measures)
    assert item.decided_before == ("caveat:carolia-own-sector",)
    assert item.situations[0].sector == "north"


def test_two_days_of_one_mission_are_held_against_each_other(example: Mission, reference: Reference) -> None:
    found = between(example, lambda mission: mission, reference, first=2, second=DAY)
    assert {(item.measures, item.was, item.now) for item in found.changes} == {(("detain",), "prohibited", "needs word")}


def test_circumstances_and_units_that_a_rule_speaks_to_are_named(example: Mission, reference: Reference) -> None:
    base = change("rules", "*", given_all=())(example)
    crowd = (Circumstance.VIOLENT_CROWD,)
    narrowed = both(drop("caveats"), change("rules", "detain", unless=crowd, capabilities=(Capability.MILITARY_POLICE,)))
    found = between(drop("caveats")(base), narrowed, reference)
    assert all((item.measures, item.now) == (("detain",), "prohibited") for item in found.changes)
    given = {case.given for item in found.changes for case in item.situations}
    assert given == {(), crowd}
    always = next(item for item in found.changes if item.always)
    assert always.units == () or all(not unit.startswith("car") for unit in always.units)


def test_units_of_one_side_only_are_left_out_and_said(example: Mission, reference: Reference) -> None:
    found = between(example, drop("pledges", "car-mp"), reference)
    assert found.units_left_out == ("car-mp",)
    assert found.changes == ()


def test_what_is_taken_away_comes_first(example: Mission, reference: Reference) -> None:
    edit = both(change("rules", "defend-mandate", withdrawn=day(30)), change("rules", "detain", kind=RuleKind.PERMISSION))
    assert between(example, edit, reference).changes[0].now == "prohibited"


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_changes_tell_of_every_decision_that_differs(seed: int) -> None:
    (one, reference), (other, _) = small(seed), small(seed + 1)
    other = other.model_copy(update={"forces": one.forces})
    found = rule_changes(RuleSet("a", one, reference, 4), RuleSet("b", other, reference, 4))
    laws = [law_of(mission, reference) for mission in (one, other)]
    told = {(measure, unit) for item in found.changes for measure in item.measures for unit in _touched(item.members, item.units, one)}

    def answer(number: int, request: Request) -> str:
        return weigh(laws[number], request).answer if request.measure in laws[number].measures else "prohibited"

    differing = set()
    for measure, unit, sector, hour in product({*laws[0].measures, *laws[1].measures}, laws[0].units, ("north", "south"), (2, 12, 19)):
        for case in (frozenset[Circumstance](), frozenset({Circumstance.HOSTILE_ACT})):
            request = Request(unit, measure, sector, "", 4, hour, case)
            if answer(0, request) != answer(1, request):
                differing.add((measure, unit))
    assert differing <= told
    for item in found.changes:
        first = item.situations[0]
        request = Request(first.unit, first.measure, first.sector, first.place, 4, first.hour, frozenset(first.given), first.protecting)
        assert (answer(0, request), answer(1, request)) == (item.was, item.now)


def _touched(members: tuple[str, ...], units: tuple[str, ...], mission: Mission) -> set[str]:
    return {pledge.id for pledge in mission.forces.pledges if pledge.member in members or pledge.id in units}
