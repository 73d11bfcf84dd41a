"""The chain of a task: every link turns red or amber where it should, and says when it clears."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.checks.chain import LINKS, is_red, judge_task
from casque.checks.problem import Problem
from casque.checks.solve import solve
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementStatus, Authority, OrganisationKind, RuleStatus
from casque.plan.findings import ChainLink, State
from casque.reference.load import Reference
from tests.checks.cases import Edit, add, both, change, day, drop, provision
from tests.checks.small_missions import small_mission


def link_of(mission: Mission, reference: Reference, task: str, name: str) -> ChainLink:
    """One link of one task."""
    chain = next(chain for chain in solve(mission, reference).chains if chain.task == task)
    return next(link for link in chain.links if link.name == name)


def test_a_sound_mission_has_green_chains_with_items(example: Mission, reference: Reference) -> None:
    for chain in solve(example, reference).chains:
        assert tuple(link.name for link in chain.links) == LINKS
        assert chain.state is State.GREEN
        assert all(link.clears_on is None and link.reason[-1] == "." for link in chain.links)
        assert all(item.partition(":")[2] for link in chain.links for item in link.items)


def later_unit(ready: date, **values: object) -> Edit:
    """An edit that adds a medical unit that is ready on a day."""
    changed = {"id": "later", "ready_to_load": ready, "strength": 60.0} | values
    return lambda mission: add("pledges", next(u for u in mission.forces.pledges if u.id == "bra-med").model_copy(update=changed))(mission)


def late_half(arrival: date) -> Edit:
    """An edit that gives the medical company part of what it takes, and the rest to a unit that arrives on a day."""
    return both(change("pledges", "bra-med", strength=90.0), later_unit(day(100), earliest_arrival=arrival))


def lapsing(last: date) -> Edit:
    """An edit that adds a caveat that keeps the medical company from its task until a day."""
    bars = Caveat(id="x", member="bravia", units=("bra-med",), text="Not yet.", bars_tasks=("escort-returns",))
    return add("caveats", bars.model_copy(update={"until": last}))


CASES: dict[str, tuple[str, str, Edit, State, int | None]] = {
    "provision ends early": ("separate-parties", "provision", provision("separate", until=day(90)), State.AMBER, None),
    "provision starts late": ("separate-parties", "provision", change("instruments", "*", in_force=day(20)), State.AMBER, 20),
    "provision over": ("separate-parties", "provision", provision("separate", until=day(-2)), State.RED, None),
    "authority late": ("separate-parties", "authority", change("agreements", "toa", in_force=day(60)), State.AMBER, 60),
    "authority after the task": ("separate-parties", "authority", change("agreements", "toa", in_force=day(250)), State.RED, 250),
    "authority late and missing": (
        "secure-area",
        "authority",
        change("agreements", "toa", in_force=day(60), members=("alfaland", "carolia")),
        State.AMBER,
        None,
    ),
    "authority never": ("separate-parties", "authority", drop("agreements", "toa"), State.RED, None),
    "no post in the sector": ("separate-parties", "authority", drop("posts", "north-hq"), State.AMBER, None),
    "rule late": ("public-order", "engagement", change("rules", "detain", implemented=day(40)), State.AMBER, 40),
    "rule after the task": ("public-order", "engagement", change("rules", "detain", implemented=day(200)), State.RED, 200),
    "rule denied": ("public-order", "engagement", change("rules", "detain", status=RuleStatus.DENIED), State.RED, None),
    "rule elsewhere": ("public-order", "engagement", change("rules", "detain", sectors=("north",)), State.RED, None),
    "agreement late": ("separate-parties", "agreements", change("agreements", "sofa", in_force=day(70)), State.AMBER, 70),
    "agreement after the task": ("separate-parties", "agreements", change("agreements", "sofa", in_force=day(300)), State.RED, 300),
    "agreement refused": ("separate-parties", "agreements", change("agreements", "sofa", status=AgreementStatus.REFUSED), State.RED, None),
    "agreement for some": ("separate-parties", "agreements", change("agreements", "sofa", members=("bravia",)), State.AMBER, None),
    "agreement for some after the task": (
        "separate-parties",
        "agreements",
        both(
            change("agreements", "sofa", members=("bravia",)),
            lambda mission: add(
                "agreements",
                mission.agreements.agreements[0].model_copy(update={"id": "later", "members": (), "in_force": day(300)}),
            )(mission),
        ),
        State.AMBER,
        300,
    ),
    "capability after the task": ("escort-returns", "capability", change("pledges", "bra-med", ready_to_load=day(240)), State.RED, 240),
    "capability absent": ("escort-returns", "capability", drop("pledges", "bra-med"), State.RED, None),
    "capability lent": ("public-order", "capability", drop("pledges", "car-mp"), State.AMBER, None),
    "too few": ("escort-returns", "units", change("pledges", "bra-med", strength=90.0), State.AMBER, None),
    "far too few": ("escort-returns", "units", change("pledges", "bra-med", strength=10.0), State.RED, None),
    "too few until later": (
        "escort-returns",
        "units",
        both(change("pledges", "bra-med", strength=90.0), later_unit(day(210))),
        State.AMBER,
        210,
    ),
    "too few until a caveat lapses": ("escort-returns", "units", lapsing(day(220)), State.RED, 221),
    "wanted elsewhere": ("separate-parties", "units", change("pledges", "*", sector="south"), State.AMBER, None),
    "late": ("escort-returns", "movement", change("pledges", "bra-med", ready_to_load=day(80)), State.AMBER, 80),
    "part only by the end": ("escort-returns", "movement", late_half(day(190)), State.AMBER, 190),
    "nobody of a capability can be tasked": (
        "escort-returns",
        "authority",
        change("agreements", "toa", members=("alfaland", "carolia")),
        State.RED,
        None,
    ),
    "nobody of a capability may enter": (
        "escort-returns",
        "agreements",
        change("agreements", "sofa", members=("alfaland", "carolia")),
        State.RED,
        None,
    ),
    "nobody sustained": ("separate-parties", "agreements", drop("agreements", "mou"), State.RED, None),
    "one not sustained": (
        "separate-parties",
        "agreements",
        change("agreements", "mou", parties=("alfaland", "bravia", "un")),
        State.AMBER,
        None,
    ),
    "sustained until the task begins": ("separate-parties", "agreements", change("agreements", "mou", expires=day(-1)), State.RED, None),
    "nations sustain themselves": (
        "separate-parties",
        "agreements",
        both(drop("agreements", "mou"), change("organisations", "un", kind=OrganisationKind.ALLIANCE)),
        State.GREEN,
        None,
    ),
    "no lift": ("separate-parties", "movement", drop("lift"), State.RED, None),
    "no entry": ("separate-parties", "supply", drop("entries"), State.RED, None),
    "one sector cut": ("secure-area", "supply", drop("links", "south-north"), State.AMBER, None),
    "one sector cut until later": ("secure-area", "supply", change("links", "south-north", opens=day(230)), State.AMBER, 230),
    "entry late": ("separate-parties", "supply", change("entries", "*", from_day=day(50)), State.AMBER, 50),
    "no measure": ("separate-parties", "measure", change("tasks", "separate-parties", measures=()), State.RED, None),
    "nobody observes": ("separate-parties", "measure", change("observations", "*", measure="returns"), State.AMBER, None),
}


@pytest.mark.parametrize("name", CASES)
def test_link_shows_what_is_wrong(name: str, example: Mission, reference: Reference) -> None:
    task, link_name, edit, state, clears = CASES[name]
    link = link_of(edit(example), reference, task, link_name)
    assert (link.state, link.clears_on) == (state, clears), link.reason


def test_caveat_takes_units_out_and_says_whose(example: Mission, reference: Reference) -> None:
    edit = change("caveats", "carolia-own-sector", bars_tasks=("public-order",))
    link = link_of(both(edit, drop("pledges", "alf-inf", "alf-mech", "bra-inf"))(example), reference, "public-order", "units")
    assert link.state is State.RED
    assert "Carolia" in link.reason


def test_a_link_says_which_capability_is_left_too_thin(example: Mission, reference: Reference) -> None:
    untasked = change("agreements", "toa", members=("alfaland", "carolia"))
    link = link_of(untasked(example), reference, "escort-returns", "authority")
    assert "covers Bravia, whose units could serve; without them too little medical is left" in link.reason
    shut = change("agreements", "sofa", members=("alfaland", "carolia"))
    link = link_of(shut(example), reference, "escort-returns", "agreements")
    assert "not covered are those of Bravia; without them too little medical is left" in link.reason
    bare = change("agreements", "mou", parties=("alfaland", "carolia", "un"))
    link = link_of(bare(example), reference, "escort-returns", "agreements")
    assert "says who sustains the units of Bravia; without them too little medical is left" in link.reason


def test_who_refused_a_memorandum_is_not_asked_again(example: Mission, reference: Reference) -> None:
    refused = change("agreements", "mou", status=AgreementStatus.REFUSED)
    fixes = solve(refused(example), reference).fix_set
    assert len(fixes.cannot_save) == 4
    assert not fixes.changes


def test_too_narrow_a_transfer_is_told_from_none(example: Mission, reference: Reference) -> None:
    toa = next(item for item in example.agreements.agreements if item.id == "toa")
    narrow = toa.model_copy(update={"id": "narrow", "members": ("bravia",), "authority": Authority.TACON})
    without = change("agreements", "toa", members=("alfaland",))
    link = link_of(both(without, add("agreements", narrow))(example), reference, "secure-area", "authority")
    assert link.state is State.AMBER
    assert "Bravia passes on TACON only, which directs movements in place" in link.reason
    assert "takes TACOM, OPCON or OPCOM" in link.reason
    assert "No transfer of authority covers Bravia" not in link.reason
    none = link_of(without(example), reference, "secure-area", "authority")
    assert "No transfer of authority covers Bravia" in none.reason


def test_units_that_come_after_the_task_need_no_authority_for_it(example: Mission, reference: Reference) -> None:
    without = change("agreements", "toa", members=("alfaland", "carolia"))
    assert link_of(without(example), reference, "separate-parties", "authority").state is State.AMBER
    after = both(without, change("pledges", "bra-inf", required=day(200)))
    assert link_of(after(example), reference, "separate-parties", "authority").state is State.GREEN


def test_chain_state_is_the_worst_of_its_links(example: Mission, reference: Reference) -> None:
    order = [State.GREEN, State.AMBER, State.RED]
    for edit in (drop("entries"), change("rules", "detain", implemented=day(40))):
        for chain in solve(edit(example), reference).chains:
            assert order.index(chain.state) == max(order.index(link.state) for link in chain.links)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_a_link_is_red_without_its_reason_where_it_is_with_it(seed: int, example: Mission, reference: Reference) -> None:
    mission, _ = small_mission(example, reference, seed)
    problem = Problem(mission, reference)
    for task in mission.tasks.tasks:
        verdicts = judge_task(problem, task).verdicts
        assert [is_red(problem, task, link) for link in LINKS] == [verdict.state is State.RED for verdict in verdicts]
