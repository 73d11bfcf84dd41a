"""The decision on a measure: the semantics one by one, and what must hold for every law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.laws import Drawn, Sizes, drawn, requests
from casque.engagement.decide import RANK
from casque.engagement.law import Law, law_of
from casque.engagement.request import SELF_DEFENCE, Request
from casque.engagement.weigh import weigh, without
from casque.mission.engagement import Caveat, Rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, Protected, RuleKind
from casque.reference.load import Reference

FEW = settings(max_examples=60, deadline=None)
SMALL = Sizes(units=10, members=3, sectors=3, places=5, measures=4, rules=14, caveats=8)
CROWD, ACT, OUT = Circumstance.VIOLENT_CROWD, Circumstance.HOSTILE_ACT, Circumstance.OUT_OF_REACH


@dataclass(frozen=True)
class Bench:
    """The example with one rule and some caveats in the place of its own."""

    mission: Mission
    reference: Reference

    def law(self, rules: list[dict[str, Any]], caveats: list[dict[str, Any]] | None = None, **postings: str) -> Law:
        base = {"family": "1 use of force", "title": "T", "text": "t", "kind": "permission", "force_level": "minimum force"}
        base |= {"provision": "secure", "status": "implemented", "measure": "act"}
        context = {"d_day": self.mission.about.d_day}
        written = [Rule.model_validate(base | {"id": f"r{n}"} | rule, context=context) for n, rule in enumerate(rules)]
        strings = [
            Caveat.model_validate({"id": f"c{n}", "member": "carolia", "text": "t"} | item, context=context)
            for n, item in enumerate(caveats or [])
        ]
        engagement = self.mission.engagement.model_copy(update={"rules": tuple(written), "caveats": tuple(strings)})
        return law_of(self.mission.model_copy(update={"engagement": engagement}), self.reference, postings)


@pytest.fixture(scope="module")
def bench(example: Mission, reference: Reference) -> Bench:
    return Bench(example, reference)


ASKED = Request("car-mp", "act", "south", "old-quarter", 40, 14)


@pytest.mark.parametrize(
    ("rule", "asked", "answer"),
    [
        ({}, {}, "permitted"),
        ({"implemented": "D+41"}, {}, "prohibited"),
        ({"implemented": "D+40"}, {}, "permitted"),
        ({"withdrawn": "D+39"}, {}, "prohibited"),
        ({"status": "requested"}, {}, "prohibited"),
        ({"status": "requested", "implemented": "D+30"}, {}, "permitted"),
        ({"status": "denied", "implemented": "D+30"}, {}, "prohibited"),
        ({"status": "withdrawn"}, {}, "prohibited"),
        ({"sectors": ["north"]}, {}, "prohibited"),
        ({"sectors": ["north"]}, {"sector": "north", "place": ""}, "permitted"),
        ({"places": ["bridge"]}, {}, "prohibited"),
        ({"places": ["old-quarter"]}, {}, "permitted"),
        ({"places": ["old-quarter"]}, {"place": ""}, "prohibited"),
        ({"hours": {"start": 20, "end": 6}}, {}, "prohibited"),
        ({"hours": {"start": 20, "end": 6}}, {"hour": 5}, "permitted"),
        ({"hours": {"start": 20, "end": 6}}, {"hour": 6}, "prohibited"),
        ({"members": ["bravia"]}, {}, "prohibited"),
        ({"units": ["car-mp"]}, {}, "permitted"),
        ({"capabilities": ["infantry"]}, {}, "prohibited"),
        ({"capabilities": ["military police"]}, {}, "permitted"),
        ({"given_all": [CROWD, ACT]}, {"given": frozenset({CROWD})}, "prohibited"),
        ({"given_all": [CROWD, ACT]}, {"given": frozenset({CROWD, ACT})}, "permitted"),
        ({"given_any": [CROWD, ACT]}, {"given": frozenset({ACT})}, "permitted"),
        ({"given_any": [CROWD, ACT]}, {}, "prohibited"),
        ({"unless": [CROWD]}, {"given": frozenset({CROWD})}, "prohibited"),
        ({"protects": ["civilians"]}, {}, "prohibited"),
        ({"protects": ["civilians"]}, {"protecting": Protected.CIVILIANS}, "permitted"),
        ({"protects": ["civilians"]}, {"protecting": Protected.PROPERTY}, "prohibited"),
        ({"provision": "separate", "force_level": "all necessary means"}, {}, "prohibited"),
        ({}, {"day": 181}, "prohibited"),
        ({}, {"day": 180}, "permitted"),
        ({}, {"day": -1}, "prohibited"),
    ],
)
def test_a_rule_speaks_only_where_when_and_to_whom_it_says(bench: Bench, rule: dict[str, Any], asked: dict[str, Any], answer: str) -> None:
    assert weigh(bench.law([rule]), replace(ASKED, **asked)).answer == answer


def test_what_a_unit_stands_in_for_is_not_what_it_is_trained_for(bench: Bench) -> None:
    """Infantry can stand in for military police at a lower quality; a rule for trained police does not speak to it."""
    law = bench.law([{"capabilities": ["military police"]}])
    assert weigh(law, replace(ASKED, unit="bra-inf")).answer == "prohibited"


def test_a_limitation_needs_the_quickest_word_there_and_then(bench: Bench) -> None:
    limited = {"kind": "limitation", "held_by": "force-hq", "delay": "6 h"}
    near = {"to": "south-hq", "delay": "1 h", "sectors": ["south"], "until": "D+60"}
    law = bench.law([limited | {"delegations": [near]}])
    found = weigh(law, ASKED)
    assert (found.answer, found.delay, found.decided_by) == ("needs word", 1.0, ("rule:r0",))
    assert weigh(law, replace(ASKED, day=61)).delay == 6.0
    assert weigh(law, replace(ASKED, sector="north", place="")).delay == 6.0
    orphan = bench.law([limited | {"held_by": None, "delegations": [near], "word_if_possible": True}])
    assert weigh(orphan, replace(ASKED, day=61)).answer == "prohibited"
    assert weigh(orphan, replace(ASKED, day=61, given=frozenset({OUT}))).answer == "prohibited"


def test_the_word_may_be_done_without_while_the_superior_is_out_of_reach(bench: Bench) -> None:
    limited = {"kind": "limitation", "held_by": "force-hq", "delay": "6 h"}
    out = replace(ASKED, given=frozenset({OUT}))
    assert weigh(bench.law([limited]), out).answer == "needs word"
    found = weigh(bench.law([limited | {"word_if_possible": True}]), out)
    assert (found.answer, found.delay, found.decided_by) == ("permitted", 0.0, ("rule:r0",))


def test_forbidding_overrides_permitting(bench: Bench) -> None:
    law = bench.law([{}, {"kind": "prohibition", "given_all": [CROWD]}])
    assert weigh(law, ASKED).answer == "permitted"
    found = weigh(law, replace(ASKED, given=frozenset({CROWD})))
    assert (found.answer, found.decided_by) == ("prohibited", ("rule:r1",))


def test_a_prohibition_without_a_measure_bounds_what_takes_more_force(bench: Bench) -> None:
    bound = {"kind": "prohibition", "measure": None, "force_level": "minimum force"}
    assert weigh(bench.law([{}, bound]), ASKED).answer == "permitted"
    strong = {"force_level": "all necessary means"}
    assert weigh(bench.law([strong, bound]), ASKED).decided_by == ("rule:r1",)
    # A measure takes the least force that a rule for it allows.
    assert weigh(bench.law([strong, {}, bound]), ASKED).answer == "permitted"


def test_a_measure_that_rules_only_prohibit_is_known_and_prohibited(bench: Bench) -> None:
    found = weigh(bench.law([{"kind": "prohibition"}]), ASKED)
    assert (found.answer, found.decided_by) == ("prohibited", ("rule:r0",))


@pytest.mark.parametrize(
    ("bars", "asked", "barred"),
    [
        ({"bars_rules": ["r0"]}, {}, True),
        ({"bars_measures": ["act"]}, {}, True),
        ({"bars_measures": ["other"]}, {}, False),
        ({"force_at_most": "self-defence"}, {}, True),
        ({"force_at_most": "minimum force"}, {}, False),
        ({"bars_sectors": ["south"]}, {}, True),
        ({"bars_places": ["old-quarter"]}, {}, True),
        ({"bars_places": ["old-quarter"]}, {"place": ""}, False),
        ({"bars_crossing": True}, {}, False),
        ({"bars_crossing": True}, {"sector": "north", "place": ""}, True),
        ({"bars_measures": ["act"], "hours": {"start": 22, "end": 5}}, {}, False),
        ({"bars_measures": ["act"], "hours": {"start": 22, "end": 5}}, {"hour": 23}, True),
        ({"bars_measures": ["act"], "season": "winter"}, {}, False),
        ({"bars_measures": ["act"], "season": "summer"}, {}, True),
        ({"bars_measures": ["act"], "until": "D+39"}, {}, False),
        ({"bars_measures": ["act"], "from_day": "D+41"}, {}, False),
        ({"bars_measures": ["act"], "units": ["bra-inf"]}, {}, False),
        ({"bars_measures": ["act"], "member": "bravia"}, {}, False),
    ],
)
def test_a_caveat_bars_while_it_binds(bench: Bench, bars: dict[str, Any], asked: dict[str, Any], barred: bool) -> None:
    request = replace(ASKED, **asked)
    final = weigh(bench.law([{}], [bars]), request)
    assert (final.answer, final.bars) == (("prohibited", ("caveat:c0",)) if barred else ("permitted", ()))
    lifted = bars | {"waived_by": "Capital", "delay": "30 h", "delay_least": "10 h", "delay_most": "80 h"}
    word = weigh(bench.law([{}], [lifted]), request)
    assert (word.answer, word.delay) == (("needs word", 40.0) if barred else ("permitted", 0.0))
    assert word.decided_by == (("caveat:c0",) if barred else ("rule:r0",))
    assert without(word, ("caveat:c0",)).answer == "permitted"


def test_crossing_is_measured_from_where_the_unit_serves(bench: Bench) -> None:
    crossing = [{"bars_crossing": True}]
    assert weigh(bench.law([{}], crossing, **{"car-mp": "north"}), ASKED).bars == ("caveat:c0",)
    nowhere = bench.law([{}], crossing, **{"car-mp": ""})
    assert weigh(nowhere, ASKED).answer == "permitted"


def test_words_are_asked_for_at_the_same_time(bench: Bench) -> None:
    limited = {"kind": "limitation", "held_by": "force-hq", "delay": "6 h"}
    caveats = [{"bars_measures": ["act"], "waived_by": "Capital", "delay": f"{hours} h"} for hours in (4, 9)]
    found = weigh(bench.law([limited], caveats), ASKED)
    assert (found.answer, found.delay, found.decided_by) == ("needs word", 9.0, ("caveat:c0", "caveat:c1", "rule:r0"))
    assert weigh(bench.law([limited, {}], caveats[:1]), ASKED).decided_by == ("caveat:c0",)
    assert weigh(bench.law([limited], caveats[:1]), ASKED).delay == 6.0


def test_no_unit_may_be_tasked_without_authority_and_status(bench: Bench) -> None:
    law = bench.law([{}])
    assert weigh(law, replace(ASKED, day=0)).answer == "permitted"
    assert weigh(replace(law, transfers={"carolia": ()}), ASKED).bars == ("gate:transfer",)
    assert weigh(replace(law, statuses={"carolia": ()}), ASKED).bars == ("gate:status",)


@pytest.fixture(scope="module")
def worlds(example: Mission, reference: Reference) -> list[tuple[Drawn, Law, list[Request]]]:
    """Random laws, each with random requests."""
    found = []
    for seed in range(6):
        subject = drawn(example, reference, Random(seed), SMALL)
        found.append((subject, law_of(subject.mission, reference, subject.postings), requests(subject, Random(seed + 100), 40)))
    return found


@FEW
@given(st.integers(0, 5), st.integers(0, 39), st.integers(0, 10_000))
def test_adding_a_caveat_never_makes_more_permitted(
    worlds: list[tuple[Drawn, Law, list[Request]]], reference: Reference, world: int, number: int, seed: int
) -> None:
    subject, law, asked = worlds[world]
    more = drawn(subject.mission, reference, Random(seed), SMALL).mission.engagement.caveats
    engagement = subject.mission.engagement
    added = tuple(item.model_copy(update={"id": f"new-{item.id}"}) for item in more[:3])
    wider = engagement.model_copy(update={"caveats": (*engagement.caveats, *added)})
    after = law_of(subject.mission.model_copy(update={"engagement": wider}), reference, subject.postings)
    for request in (asked[number], *asked[:10]):
        old, new = weigh(law, request), weigh(after, request)
        assert RANK[new.answer] >= RANK[old.answer]
        assert new.answer != "needs word" or new.delay >= old.delay


@FEW
@given(st.integers(0, 5), st.integers(0, 39), st.integers(0, 10_000))
def test_adding_a_permission_never_makes_less_permitted(
    worlds: list[tuple[Drawn, Law, list[Request]]], reference: Reference, world: int, number: int, seed: int
) -> None:
    subject, law, asked = worlds[world]
    more = drawn(subject.mission, reference, Random(seed), SMALL).mission.engagement.rules
    added = tuple(
        item.model_copy(update={"id": f"new-{item.id}", "measure": item.regulates or asked[number].measure, "kind": kind})
        for item, kind in zip(more[:4], [RuleKind.PERMISSION, RuleKind.PERMISSION, RuleKind.LIMITATION, RuleKind.PERMISSION], strict=True)
    )
    engagement = subject.mission.engagement
    wider = engagement.model_copy(update={"rules": (*engagement.rules, *added)})
    after = law_of(subject.mission.model_copy(update={"engagement": wider}), reference, subject.postings)
    for request in (asked[number], *asked[:10]):
        old, new = weigh(law, request), weigh(after, request)
        assert RANK[new.answer] <= RANK[old.answer]
        assert old.answer != "needs word" or new.delay <= old.delay


def test_self_defence_is_always_permitted_and_silence_permits_nothing(worlds: list[tuple[Drawn, Law, list[Request]]]) -> None:
    silent = 0
    for _, law, asked in worlds:
        mute = replace(law, measures=dict.fromkeys(law.measures, ()), bounds=())
        for request in asked:
            assert weigh(law, replace(request, measure=SELF_DEFENCE)).answer == "permitted"
            if request.measure != SELF_DEFENCE:
                assert weigh(mute, request).answer == "prohibited"
                silent += 1
    assert silent > 200
