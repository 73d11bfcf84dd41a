"""The coherence of rules: every verdict of the solver holds against trying all situations, and small cases are told as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.engagement.coherence.conditions import Texts
from casque.engagement.coherence.ground import Ground
from casque.engagement.coherence.incoherences import coherence
from casque.engagement.coherence.search import Search
from casque.engagement.law import law_of
from casque.engagement.request import Request
from casque.engagement.weigh import weigh
from casque.mission.engagement import Rule
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, RuleKind, RuleStatus, Season
from casque.plan.coherence import Incoherence
from casque.reference.load import Reference, load
from tests.checks.cases import add, both, change, day, drop
from tests.conftest import EXAMPLE
from tests.engagement.small_rule_sets import every_request, small_rule_set


@dataclass
class ByTrial:
    """What trying every situation shows, rule by rule."""

    applied: set[str] = field(default_factory=set)
    leave: set[tuple[str, str]] = field(default_factory=set)
    """Rule and member where it gave leave, at once or on a word."""
    spoke: set[tuple[str, str]] = field(default_factory=set)
    """Rule and member where it applied."""
    beside: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    """For every permitting rule that applied, the permissions that applied with it."""
    met: set[tuple[str, str]] = field(default_factory=set)
    """Prohibition and permitting rule that applied together."""
    served: set[tuple[str, str, str]] = field(default_factory=set)
    """Task, measure and sector for which a situation gave leave."""


def trial(mission: Mission, reference: Reference) -> ByTrial:
    """All verdicts by trying every situation."""
    law, found = law_of(mission, reference), ByTrial()
    manoeuvre = {kind.capability for kind in reference.unit_types.values() if kind.manoeuvre}
    kinds = {pledge.id: reference.unit_types[pledge.unit_type] for pledge in mission.forces.pledges}
    rules = {rule.id: rule for rule in mission.engagement.rules}
    d_day = mission.about.d_day

    def of_task(request: Request) -> set[str]:
        unit, kind = law.units[request.unit], kinds[request.unit]
        serving = set()
        for task in mission.tasks.tasks:
            asked = {need.capability for need in task.needs if not need.sectors or request.sector in need.sectors}
            able = bool(asked & unit.capabilities) or (kind.manoeuvre and bool(asked & manoeuvre))
            there = task.crosses_sectors or unit.sector in ("", request.sector)
            timely = (task.start - d_day).days <= request.day <= (task.end - d_day).days
            if able and there and timely and request.sector in task.sectors:
                serving.add(task.id)
        return serving

    permitted = mission.engagement.measures()
    for request in every_request(law):
        if request.measure not in permitted:
            continue
        weighed = weigh(law, request)
        member = law.units[request.unit].member
        permitting = [table.rule for table in (*weighed.permissions, *weighed.limitations)]
        bans = [name.removeprefix("rule:") for name in weighed.bars if name.startswith("rule:")]
        found.applied |= {rule.id for rule in permitting} | set(bans)
        found.spoke |= {(rule.id, member) for rule in permitting}
        found.met |= {(ban, rule.id) for ban in bans for rule in permitting}
        at_once = frozenset(rule.id for rule in permitting if rule.kind is RuleKind.PERMISSION)
        for rule in permitting:
            found.beside.setdefault(rule.id, set()).add(at_once)
        if weighed.answer != "prohibited":
            found.leave |= {(rule.id, member) for rule in permitting}
            found.served |= {(task, request.measure, request.sector) for task in of_task(request)}
    assert set(rules) >= found.applied
    return found


@cache
def _read() -> tuple[Mission, Reference]:
    example = read(EXAMPLE)
    return example, load(example.overrides)


def small(seed: int) -> tuple[Mission, Reference]:
    """A random small set of rules on the example's ground, and the reference set."""
    example, reference = _read()
    return small_rule_set(example, seed), reference


def named(found: tuple[Incoherence, ...], *kinds: str) -> set[str]:
    """Rules that findings of some kinds are about."""
    return {name.removeprefix("rule:") for item in found if item.kind in kinds for name in item.subjects}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_every_verdict_agrees_with_trying_all_situations(seed: int) -> None:
    mission, reference = small(seed)
    rules = {rule.id: rule for rule in mission.engagement.rules}
    if not any(rule.permits for rule in rules.values()):
        return
    tried, found = trial(mission, reference), coherence(mission, reference)
    permitting = {name for name, rule in rules.items() if rule.permits}
    idle = set(rules) - tried.applied
    texts = Texts(Ground(mission, reference, {}))
    waiting = {name for name, rule in rules.items() if texts.rule_days(rule) is None}
    assert named(found, "never applies", "contradicts itself", "prohibition without effect") == idle - waiting
    assert waiting <= idle
    barred = {name for name in permitting - idle if not any(rule == name for rule, _ in tried.leave)}
    assert named(found, "wholly barred") == barred
    for_one = {(rule, member) for rule, member in tried.spoke - tried.leave if rule not in barred}
    shown = {(name.removeprefix("rule:"), i.member) for i in found if i.kind == "barred for a contingent" for name in i.subjects}
    assert shown == for_one
    live = permitting - idle - barred
    waits = {name for name in live if rules[name].kind is RuleKind.LIMITATION and all(others & live for others in tried.beside[name])}
    assert named(found, "word never needed") == waits
    met = {(ban, rule) for ban, rule in tried.met if rule in live}
    told = [item.subjects for item in found if item.kind == "permission meets prohibition"]
    assert {(ban.removeprefix("rule:"), rule.removeprefix("rule:")) for ban, *others in told for rule in others} == met
    gaps = {
        (task.id, rules[name].regulates, sector)
        for task in mission.tasks.tasks
        for name in task.rules_to_use
        if name in permitting
        for sector in task.sectors
    } - tried.served
    assert {(task, measure) for task, measure, _ in gaps} <= {
        (task.removeprefix("task:"), measure)
        for item in found
        if item.kind == "task without a situation"
        for task in item.subjects
        for measure in item.measures
    }
    search = Search(Ground(mission, reference, {}))
    clashes = [clash for clash in search.all() if clash.kind == "task without a situation"]
    assert {(clash.subjects[0].removeprefix("task:"), clash.measure, clash.sector) for clash in clashes} == gaps


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**9))
def test_conflicting_sets_clash_and_none_of_them_can_be_spared(seed: int) -> None:
    search = Search(Ground(*small(seed), {}))
    for clash in search.all():
        if clash.sides:
            continue
        assert not clash.prover.hold(clash.fixed, clash.conflict)
        for spared in clash.conflict:
            assert clash.prover.hold(clash.fixed, [item for item in clash.conflict if item is not spared])


def only(found: tuple[Incoherence, ...], kind: str) -> Incoherence:
    """The one finding of a kind."""
    (item,) = [item for item in found if item.kind == kind]
    return item


def ban(mission: Mission, measure: str) -> Rule:
    """A prohibition of a measure."""
    like = next(rule for rule in mission.engagement.rules if rule.id == "defend-mandate")
    return like.model_copy(update={"id": "ban", "title": "No", "kind": RuleKind.PROHIBITION, "measure": measure})


def test_the_example_has_nothing_to_mend(example: Mission, reference: Reference) -> None:
    assert coherence(example, reference) == ()


def test_circumstances_that_exclude_each_other_are_named(example: Mission, reference: Reference) -> None:
    act, only_property = Circumstance.HOSTILE_ACT, Circumstance.PROPERTY_ONLY
    mission = change("rules", "defend-mandate", given_all=(act, only_property), unless=(only_property,))(example)
    item = only(coherence(mission, reference), "contradicts itself")
    assert item.subjects == ("rule:defend-mandate",)
    assert item.conflict == (
        "“Force against those who hinder the mandate” asks for only property at risk",
        "“Force against those who hinder the mandate” is ruled out by only property at risk",
    )
    assert item.situation is not None
    assert act in item.situation.given


def test_a_rule_outside_the_mission_never_applies(example: Mission, reference: Reference) -> None:
    mission = change("rules", "defend-mandate", implemented=day(400))(example)
    item = only(coherence(mission, reference), "never applies")
    assert item.conflict == ("“Force against those who hinder the mandate” holds only from D+400, outside the mission (D-day to D+180)",)
    assert item.example.startswith("1st Infantry Battalion (Alfaland) in Sector North on D-day at 12:00")


def test_a_prohibition_without_conditions_bars_every_task_that_needs_the_measure(example: Mission, reference: Reference) -> None:
    found = coherence(both(add("rules", ban(example, "detain")), change("tasks", "public-order", rules=("detain",)))(example), reference)
    assert only(found, "wholly barred").subjects == ("rule:detain",)
    assert only(found, "wholly barred").conflict == ("“No” forbids it",)
    gap = only(found, "task without a situation")
    assert (gap.subjects, gap.measures, gap.rests_on) == (("task:public-order",), ("detain",), ("rule:ban",))
    assert gap.fault


def test_a_caveat_that_nobody_can_lift_bars_its_contingent(example: Mission, reference: Reference) -> None:
    bar = change("caveats", "carolia-own-sector", bars_crossing=False, bars_measures=("detain",), waived_by="")
    item = only(coherence(bar(example), reference), "barred for a contingent")
    assert (item.subjects, item.member, item.rests_on) == (("rule:detain",), "carolia", ("caveat:carolia-own-sector",))
    lifted = both(bar, change("caveats", "carolia-own-sector", waived_by="the ministry"))
    assert coherence(lifted(example), reference) == ()


def test_a_prohibition_that_meets_a_permission_comes_with_a_situation_in_which_it_wins(example: Mission, reference: Reference) -> None:
    when = (Circumstance.PROPERTY_ONLY,)
    mission = add("rules", ban(example, "defend-mandate").model_copy(update={"given_all": when}))(example)
    item = only(coherence(mission, reference), "permission meets prohibition")
    assert item.subjects == ("rule:ban", "rule:defend-mandate")
    assert item.situation is not None
    assert item.situation.given == when
    assert not item.fault
    law, met = law_of(mission, reference), item.situation
    asked = Request(met.unit, met.measure, met.sector, met.place, met.day, met.hour, frozenset(met.given), met.protecting)
    assert weigh(law, asked).bars == ("rule:ban",)


def test_a_limitation_beside_a_wider_permission_waits_for_a_word_that_nobody_needs(example: Mission, reference: Reference) -> None:
    mission = change("rules", "defend-mandate", measure="detain")(example)
    item = only(coherence(mission, reference), "word never needed")
    assert item.subjects == ("rule:detain",)
    assert "“Force against those who hinder the mandate” lets it be done without a word" in item.conflict


def test_a_provision_that_no_rule_draws_on_is_named(example: Mission, reference: Reference) -> None:
    mission = both(drop("rules", "defend-mandate"), change("tasks", "*", rules=("protect-civilians",)))(example)
    item = only(coherence(mission, reference), "provision without a rule")
    assert item.subjects == ("provision:separate",)


def test_a_rule_that_waits_for_an_answer_is_no_fault_but_may_leave_a_gap(example: Mission, reference: Reference) -> None:
    asked = change("rules", "detain", status=RuleStatus.REQUESTED, implemented=None)
    found = coherence(both(asked, change("tasks", "public-order", rules=("detain",)))(example), reference)
    assert [item.kind for item in found] == ["task without a situation"]
    assert found[0].conflict == ("“Detain and hand over” holds on no day: it is requested without one",)


def test_a_caveat_of_another_season_never_binds(example: Mission, reference: Reference) -> None:
    mission = change("caveats", "carolia-own-sector", season=Season.WINTER)(example)
    item = only(coherence(mission, reference), "caveat never binds")
    assert item.conflict == ("it binds in winter",)


def test_a_mission_without_units_is_answered(example: Mission, reference: Reference) -> None:
    assert coherence(drop("pledges")(example), reference) == ()
