"""Decisions: what forbids overrides, silence permits nothing, and more law never turns round."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.engagement.decide import RANK, decide, decisions, verdict
from casque.engagement.grounds import Ground
from casque.engagement.problem import Problem, Serving
from casque.mission.engagement import Caveat, Delegation, Rule
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementStatus, Capability, ForceLevel, RuleKind, RuleStatus, Season

FAST = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def unit(problem: Problem, name: str) -> Serving:
    return next(item for item in problem.units if item.id == name)


def task(problem: Problem, name: str) -> Task:
    return next(item for item in problem.tasks if item.id == name)


def with_rule(problem: Problem, name: str, **update: object) -> Problem:
    return replace(problem, rules={**problem.rules, name: problem.rules[name].model_copy(update=update)})


def test_plain_permission_names_the_texts_it_rests_on(problem: Problem) -> None:
    ruling = verdict(problem, unit(problem, "alf-inf"), task(problem, "separate-parties"), 40)
    assert ruling.answer == "permitted"
    assert set(ruling.decided_by) == {"provision:separate", "agreement:toa", "agreement:sofa", "rule:defend-mandate"}


def test_limitation_needs_the_word_of_its_holder(problem: Problem) -> None:
    ruling = verdict(problem, unit(problem, "car-mp"), task(problem, "public-order"), 60)
    assert (ruling.answer, ruling.delay) == ("needs word", 6.0)
    assert ruling.word == problem.posts["force-hq"]


@pytest.mark.parametrize(
    ("update", "answer"),
    [
        ({"status": RuleStatus.REQUESTED, "implemented": None}, "prohibited"),
        ({"status": RuleStatus.DENIED}, "prohibited"),
        ({"withdrawn": "D+30"}, "prohibited"),
        ({"implemented": "D+50"}, "prohibited"),
        ({"implemented": "D+40"}, "permitted"),
        ({"sectors": ("south",)}, "prohibited"),
        ({"force_level": ForceLevel.ALL_NECESSARY}, "prohibited"),
    ],
)
def test_a_rule_permits_only_while_it_is_implemented_there_and_within_its_provision(
    problem: Problem, update: dict[str, object], answer: str
) -> None:
    dated = {
        key: problem.d_day + timedelta(days=int(value[2:])) if isinstance(value, str) and value.startswith("D+") else value
        for key, value in update.items()
    }
    changed = with_rule(problem, "defend-mandate", **dated)
    separate = task(problem, "separate-parties")
    assert problem.provisions["separate"][1].force_level is ForceLevel.MINIMUM
    assert verdict(changed, unit(problem, "alf-inf"), separate, 40).answer == answer


def test_a_prohibition_bars_only_force_beyond_its_level(problem: Problem) -> None:
    soldiers, separate = unit(problem, "alf-inf"), task(problem, "separate-parties")
    separate = separate.model_copy(update={"rules": ("defend-mandate", "protect-civilians")})
    bounded = with_rule(problem, "protect-civilians", kind=RuleKind.PROHIBITION, force_level=ForceLevel.MINIMUM)
    barred = with_rule(problem, "protect-civilians", kind=RuleKind.PROHIBITION, force_level=ForceLevel.SELF_DEFENCE)
    assert verdict(bounded, soldiers, separate, 40).answer == "permitted"
    assert verdict(barred, soldiers, separate, 40).decided_by == ("rule:protect-civilians",)


def test_silence_permits_nothing_and_self_defence_needs_no_rule(problem: Problem) -> None:
    soldiers = unit(problem, "alf-inf")
    silent = task(problem, "separate-parties").model_copy(update={"rules": ()})
    assert verdict(problem, soldiers, silent, 40).answer == "prohibited"
    assert verdict(problem, soldiers, silent.model_copy(update={"force_level": ForceLevel.SELF_DEFENCE}), 40).answer == "permitted"
    unknown = silent.model_copy(update={"rules": ("nowhere",)})
    assert verdict(problem, soldiers, unknown, 40).decided_by == ("rule:nowhere",)
    assert verdict(replace(problem, provisions={}), soldiers, task(problem, "separate-parties"), 40).answer == "prohibited"


@pytest.mark.parametrize("kind", ["transfers", "statuses"])
def test_without_an_agreement_in_force_a_unit_may_not_be_tasked(problem: Problem, kind: str) -> None:
    soldiers, separate = unit(problem, "alf-inf"), task(problem, "separate-parties")
    (agreement,) = problem.transfers if kind == "transfers" else problem.statuses
    for update in (
        {"status": AgreementStatus.REFUSED},
        {"status": AgreementStatus.NEGOTIATING, "in_force": None},
        {"in_force": problem.d_day + timedelta(days=41)},
        {"expires": problem.d_day + timedelta(days=39)},
        {"members": ("bravia",)},
    ):
        changed = replace(problem, **{kind: (agreement.model_copy(update=update),)})  # type: ignore[arg-type]
        ruling = decide(changed, soldiers, separate, "", 40)
        assert ruling.answer == "prohibited"
        assert ruling.decided_by in ((f"agreement:{agreement.id}",), ("member:alfaland",))
    assert decide(replace(problem, **{kind: ()}), soldiers, separate, "", 40).answer == "prohibited"  # type: ignore[arg-type]


def test_authority_may_be_passed_on_for_some_tasks_only(problem: Problem) -> None:
    (agreement,) = problem.transfers
    limited = replace(problem, transfers=(agreement.model_copy(update={"tasks": ("secure-area",)}),))
    soldiers = unit(problem, "alf-inf")
    assert verdict(limited, soldiers, task(problem, "secure-area"), 40).answer == "permitted"
    ruling = verdict(limited, soldiers, task(problem, "separate-parties"), 40)
    assert (ruling.answer, ruling.decided_by) == ("prohibited", (f"agreement:{agreement.id}",))
    assert "for other tasks only" in ruling.reason


def test_a_caveat_somebody_can_lift_needs_a_word_and_another_forbids(problem: Problem) -> None:
    soldiers, area = unit(problem, "alf-inf"), task(problem, "secure-area")
    base = {"id": "c", "member": "alfaland", "text": "t"}
    for field in (
        {"bars_tasks": ("secure-area",)},
        {"bars_rules": ("protect-civilians",)},
        {"bars_sectors": ("north",)},
        {"force_at_most": ForceLevel.MINIMUM},
    ):
        final = Caveat.model_validate(base | field)
        lifted = final.model_copy(update={"waived_by": "Parliament of Alfaland", "delay": 30.0})
        assert verdict(replace(problem, caveats=(final,)), soldiers, area, 40).decided_by == ("caveat:c",)
        ruling = verdict(replace(problem, caveats=(lifted,)), soldiers, area, 40)
        assert (ruling.answer, ruling.word, ruling.delay) == ("needs word", "Parliament of Alfaland", 30.0)
    crossing = Caveat.model_validate(base | {"bars_crossing": True})
    assert verdict(replace(problem, caveats=(crossing,)), soldiers, area, 40).answer == "permitted"
    assert verdict(replace(problem, caveats=(crossing,)), soldiers, area, 40, "south").answer == "prohibited"


def test_a_limitation_that_nobody_holds_forbids(problem: Problem) -> None:
    """There is no word to ask for where nobody is named who could give it."""
    orphan = with_rule(problem, "detain", held_by=None)
    ruling = verdict(orphan, unit(problem, "car-mp"), task(problem, "public-order"), 60)
    assert (ruling.answer, ruling.word, ruling.delay) == ("prohibited", "", 0.0)
    assert ruling.decided_by == ("rule:detain",)
    assert "nobody is named" in ruling.reason


def test_an_agreement_without_a_first_day_is_not_in_effect(problem: Problem) -> None:
    (agreement,) = problem.transfers
    undated = replace(problem, transfers=(agreement.model_copy(update={"in_force": None}),))
    ruling = decide(undated, unit(problem, "alf-inf"), task(problem, "separate-parties"), "", 40)
    assert ruling.answer == "prohibited"
    assert "no first day is written" in ruling.reason


def test_words_are_asked_for_at_once_and_the_longest_counts(problem: Problem) -> None:
    both = Caveat.model_validate(
        {"id": "c", "member": "carolia", "text": "t", "bars_tasks": ("public-order",), "waived_by": "Capital", "delay": "20 h"}
    )
    ruling = verdict(replace(problem, caveats=(both,)), unit(problem, "car-mp"), task(problem, "public-order"), 60)
    assert ruling.delay == 20
    assert ruling.word == f"Capital and {problem.posts['force-hq']}"


CAVEATS = st.builds(
    Caveat.model_construct,
    id=st.just("extra"),
    member=st.sampled_from(["alfaland", "bravia", "carolia"]),
    units=st.sampled_from([(), ("alf-inf",), ("car-mp",)]),
    bars_rules=st.sampled_from([(), ("defend-mandate",), ("detain", "protect-civilians")]),
    bars_tasks=st.sampled_from([(), ("secure-area",), ("public-order",)]),
    bars_crossing=st.booleans(),
    bars_sectors=st.sampled_from([(), ("north",), ("south",)]),
    force_at_most=st.sampled_from([None, *ForceLevel]),
    waived_by=st.sampled_from(["", "Capital"]),
    delay=st.sampled_from([0.0, 12.0, 90.0]),
)


@FAST
@given(first=CAVEATS, second=CAVEATS)
def test_adding_a_caveat_never_makes_more_permitted(problem: Problem, first: Caveat, second: Caveat) -> None:
    before = replace(problem, caveats=(first,))
    after = replace(problem, caveats=(first, second))
    for serving in problem.units:
        for wanted in problem.tasks:
            for sector in ("north", "south"):
                old, new = (verdict(item, serving, wanted, 60, sector) for item in (before, after))
                assert RANK[new.answer] >= RANK[old.answer]
                assert new.answer != "needs word" or new.delay >= old.delay


@FAST
@given(
    kept=st.sets(st.sampled_from(["defend-mandate", "protect-civilians", "detain"])),
    added=st.sampled_from(["defend-mandate", "protect-civilians", "detain"]),
    level=st.sampled_from(list(ForceLevel)),
    caveat=CAVEATS,
)
def test_adding_a_permission_never_makes_less_permitted(
    problem: Problem, kept: set[str], added: str, level: ForceLevel, caveat: Caveat
) -> None:
    before = replace(problem, caveats=(caveat,), rules={name: problem.rules[name] for name in sorted(kept)})
    permission = problem.rules[added].model_copy(update={"kind": RuleKind.PERMISSION, "force_level": level})
    old_rule: Rule | None = before.rules.get(added)
    if old_rule is not None and level is not old_rule.force_level:
        permission = permission.model_copy(update={"force_level": old_rule.force_level})
    after = replace(before, rules={**before.rules, added: permission})
    for serving in problem.units:
        for wanted in problem.tasks:
            assert RANK[verdict(after, serving, wanted, 60).answer] <= RANK[verdict(before, serving, wanted, 60).answer]


def test_the_list_holds_what_is_not_plain_and_one_example_each(problem: Problem) -> None:
    found = decisions(problem)
    plain = [item for item in found if item.answer == "permitted"]
    assert len({(item.task, item.rule) for item in plain}) == len(plain)
    held = [item for item in found if item.rule == "detain"]
    assert (held[0].unit, held[0].answer, held[0].delay) == ("bra-inf", "needs word", 6.0)
    crossing = [item for item in found if item.crossing]
    assert [(item.unit, item.task, item.decided_by) for item in crossing] == [("car-mp", "secure-area", ("caveat:carolia-own-sector",))]
    assert all(item.why.endswith(".") and "D+" in item.why for item in found)


def test_a_unit_is_judged_on_the_later_of_its_arrival_and_the_start(problem: Problem) -> None:
    days = {(item.unit, item.task): item.day for item in decisions(problem) if not item.crossing}
    assert days["bra-inf", "public-order"] == max(unit(problem, "bra-inf").start, 10)
    assert unit(problem, "alf-inf").start == 30


def test_no_ground_at_all_forbids() -> None:
    from casque.engagement.decide import combine

    assert combine([]).answer == "prohibited"
    assert combine([Ground("permitted", "a:b", "c")]).answer == "permitted"


@pytest.mark.parametrize(
    ("update", "answer"),
    [
        ({"members": ("bravia",)}, "prohibited"),
        ({"members": ("alfaland",)}, "permitted"),
        ({"units": ("alf-mech",)}, "prohibited"),
        ({"capabilities": (Capability.MILITARY_POLICE,)}, "prohibited"),
        ({"capabilities": (Capability.INFANTRY,)}, "permitted"),
        ({"places": ("old-quarter",)}, "prohibited"),
        ({"places": ("bridge",)}, "permitted"),
    ],
)
def test_a_rule_serves_only_those_it_speaks_to(problem: Problem, update: dict[str, object], answer: str) -> None:
    """Infantry that could stand in for military police is not spoken to by a rule for military police."""
    ruling = verdict(with_rule(problem, "defend-mandate", **update), unit(problem, "alf-inf"), task(problem, "separate-parties"), 40)
    assert ruling.answer == answer
    assert answer == "permitted" or ruling.decided_by == ("rule:defend-mandate",)


def test_a_prohibition_binds_only_those_it_speaks_to(problem: Problem) -> None:
    order = task(problem, "public-order").model_copy(update={"rules": ("protect-civilians", "bar")})
    bar = problem.rules["protect-civilians"].model_copy(
        update={"id": "bar", "kind": RuleKind.PROHIBITION, "force_level": ForceLevel.SELF_DEFENCE, "members": ("bravia",)}
    )
    changed = replace(problem, rules={**problem.rules, "bar": bar})
    assert verdict(changed, unit(problem, "car-mp"), order, 60).answer == "permitted"
    assert verdict(changed, unit(problem, "bra-inf"), order, 60).decided_by == ("rule:bar",)


def test_the_quickest_word_counts(problem: Problem) -> None:
    near = Delegation.model_validate({"to": "south-hq", "delay": "1 h", "sectors": ["south"], "until": problem.when(70)})
    changed = with_rule(problem, "detain", delegations=(near,))
    police, order = unit(problem, "car-mp"), task(problem, "public-order")
    ruling = verdict(changed, police, order, 60)
    assert (ruling.word, ruling.delay) == (problem.posts["south-hq"], 1.0)
    assert verdict(changed, police, order, 71).delay == 6.0
    unheld = with_rule(problem, "detain", delegations=(near,), held_by=None)
    assert verdict(unheld, police, order, 60).answer == "needs word"
    assert verdict(unheld, police, order, 71).answer == "prohibited"


@pytest.mark.parametrize(
    ("bars", "barred"),
    [
        ({"bars_places": ("old-quarter",)}, True),
        ({"bars_places": ("bridge",)}, False),
        ({"bars_measures": ("detain",)}, True),
        ({"bars_tasks": ("public-order",), "season": Season.WINTER}, False),
        ({"bars_tasks": ("public-order",), "season": Season.SUMMER}, True),
        ({"bars_tasks": ("public-order",), "hours": {"start": 22, "end": 23}}, True),
    ],
)
def test_a_caveat_on_a_part_of_the_task_stands_in_the_way_of_it(problem: Problem, bars: dict[str, object], barred: bool) -> None:
    caveat = Caveat.model_validate(
        {"id": "c", "member": "carolia", "text": "t", "waived_by": "Capital", "delay": "30 h", "delay_most": "90 h", **bars}
    )
    ruling = verdict(replace(problem, caveats=(caveat,)), unit(problem, "car-mp"), task(problem, "public-order"), 60)
    assert ("caveat:c" in ruling.decided_by) is barred
    assert ruling.delay == (50.0 if barred else 6.0), "the mean of 30, 30 and 90 hours, or the word on the rule alone"
