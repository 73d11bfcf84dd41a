"""Answers in words: what decided, whose word, what would change it, and that all of it is true."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random

import pytest

from benchmarks.laws import Sizes, drawn, requests
from casque.engagement.decide import RANK
from casque.engagement.law import law_of
from casque.engagement.may import Counsel, as_data, counsel_of, lines, may
from casque.engagement.postings import Posting, postings_of
from casque.engagement.reasons import Reasoned, reasoned
from casque.engagement.titles import titles_of
from casque.engagement.weigh import weigh
from casque.mission.engagement import Caveat, Rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementStatus
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference

NIGHT: dict[str, object] = {
    "id": "c",
    "member": "carolia",
    "text": "Not at night.",
    "bars_measures": ["detain"],
    "hours": {"start": 20, "end": 6},
}


def changed(example: Mission, caveat: Mapping[str, object] | None = None, rule: Mapping[str, object] | None = None) -> Mission:
    """The example with another caveat in the place of its own, and its rule `detain` changed."""
    context = {"d_day": example.about.d_day}
    rules = []
    for item in example.engagement.rules:
        written = item.model_dump(exclude_unset=True) | dict(rule or {}) if item.id == "detain" else item.model_dump(exclude_unset=True)
        rules.append(Rule.model_validate(written, context=context))
    caveats = () if caveat is None else (Caveat.model_validate(caveat, context=context),)
    update = {"rules": tuple(rules), "caveats": caveats}
    return example.model_copy(update={"engagement": example.engagement.model_copy(update=update)})


def told(answer: Reasoned) -> str:
    return "\n".join(lines(answer))


def test_one_line_answers_a_user(example: Mission, reference: Reference) -> None:
    answer = may(example, reference, "car-mp", "detain", at="bridge", time="D+40T22:00", given=["violent crowd"])
    assert (answer.answer, answer.delay, answer.decided_by) == ("needs word", 48.0, ("caveat:carolia-own-sector", "rule:detain"))
    assert [(word.of, word.expected) for word in answer.words] == [("Ministry of Defence of Carolia", 48.0), ("Force headquarters", 6.0)]
    assert [text.item for text in answer.texts] == [
        "caveat:carolia-own-sector",
        "rule:detain",
        "provision:secure",
        "agreement:toa",
        "agreement:sofa",
    ]
    said = told(answer)
    for part in ("Military Police Company", "Bridge on the cease-fire line", "Units stay in the sector", "[verified]", "2030-04-10"):
        assert part in said


def test_every_change_that_is_told_is_true(example: Mission, reference: Reference) -> None:
    """Each change that a request can express is decided anew here, and each answer has what a reader needs."""
    kinds = set()
    for seed in range(12):
        subject = drawn(example, reference, Random(seed), Sizes(rules=12 + seed))
        law, titles = law_of(subject.mission, reference, subject.postings), titles_of(subject.mission)
        for request in requests(subject, Random(seed + 50), 60):
            answer = reasoned(law, titles, request)
            assert (answer.answer, answer.decided_by) == (weigh(law, request).answer, weigh(law, request).decided_by)
            assert [text.item for text in answer.texts if text.decided] == list(answer.decided_by)
            for change in answer.changes:
                kinds.add((answer.answer, change.answer, change.request is None))
                better = RANK[change.answer] < RANK[answer.answer] or (change.answer == "needs word" and change.delay < answer.delay)
                worse = answer.answer == "permitted" and change.answer != "permitted"
                assert better or worse or change.answer == answer.answer
                if change.request is not None:
                    again = weigh(law, change.request)
                    assert again.answer == change.answer
                    assert again.delay == pytest.approx(change.delay)
    assert {("prohibited", "permitted", False), ("prohibited", "needs word", False), ("needs word", "permitted", False)} <= kinds
    assert {("permitted", "prohibited", False), ("prohibited", "permitted", True), ("needs word", "permitted", True)} <= kinds


@pytest.mark.parametrize(
    ("rule", "at", "part"),
    [
        ({"implemented": "D+60"}, "south", "From D+60"),
        ({"status": "requested", "implemented": None}, "south", "Once it is implemented; so far it is only requested"),
        ({"status": "denied"}, "south", "which was denied"),
        ({"withdrawn": "D+20"}, "south", "its last day is D+20"),
        ({"given_all": ["violent crowd"]}, "south", "Given 'violent crowd'"),
        ({"given_any": ["hostile act", "obstruction"]}, "south", "Given 'hostile act' or 'obstruction'"),
        ({"protects": ["civilians"]}, "south", "To protect civilians"),
        ({"sectors": ["north"]}, "south", "In Sector North"),
        ({"places": ["bridge"]}, "south", "At Bridge on the cease-fire line"),
        ({"hours": {"start": 6, "end": 10}}, "south", "From 06:00 to 10:00"),
        ({"members": ["bravia"]}, "south", "By a unit of Bravia"),
        ({"capabilities": ["infantry"]}, "south", "By a unit for infantry"),
        ({"held_by": None}, "south", "Once somebody is named whose word lifts it"),
        ({"provision": "separate", "force_level": "all necessary means"}, "south", "it allows minimum force"),
    ],
)
def test_silence_says_what_would_make_a_rule_speak(
    example: Mission, reference: Reference, rule: dict[str, object], at: str, part: str
) -> None:
    answer = may(changed(example, rule=rule), reference, "car-mp", "detain", at=at, time="D+40")
    assert (answer.answer, answer.decided_by) == ("prohibited", ())
    assert "nothing is permitted by silence" in answer.sentence
    assert any(part in change.sentence and change.answer == "needs word" for change in answer.changes), told(answer)


def test_a_caveat_says_when_it_falls_silent_and_who_lifts_it(example: Mission, reference: Reference) -> None:
    final = may(changed(example, NIGHT), reference, "car-mp", "detain", at="south", time="D+40T23:00")
    assert final.decided_by == ("caveat:c",)
    assert any("Outside 20:00 to 06:00" in change.sentence and change.answer == "needs word" for change in final.changes)
    assert any("somebody in Carolia were named" in change.sentence for change in final.changes)
    lifted = NIGHT | {"waived_by": "Ministry", "delay": "10 h", "delay_least": "4 h", "delay_most": "40 h", "declared": False}
    word = may(changed(example, lifted), reference, "car-mp", "detain", at="south", time="D+40T23:00")
    assert (word.words[0].expected, word.words[0].least, word.words[0].most) == (18.0, 4.0, 40.0)
    assert "expected after 18 h (6 h to 40 h)" in word.sentence
    assert word.delay_band == (6.0, 40.0), "the word of the headquarters takes 6 h, however quick the capital is"
    assert any("only observed" in remark for remark in word.remarks)
    by_day = may(changed(example, lifted, {"kind": "permission"}), reference, "car-mp", "detain", at="south", time="D+40")
    assert any("From 20:00 to 06:00" in change.sentence and change.answer == "needs word" for change in by_day.changes)


def test_bars_that_must_fall_together_are_told_together(example: Mission, reference: Reference) -> None:
    mission = changed(example, NIGHT, {"given_all": ["violent crowd"]})
    answer = may(mission, reference, "car-mp", "detain", at="south", time="D+40T23:00")
    both = [change for change in answer.changes if change.answer != "prohibited"]
    assert both
    assert any(len(change.conditions) == 2 for change in both), told(answer)


def test_a_missing_agreement_says_from_when_it_has_effect(example: Mission, reference: Reference) -> None:
    late = tuple(
        item.model_copy(update={"in_force": example.about.d_day.replace(month=5)}) if item.id == "toa" else item
        for item in example.agreements.agreements
    )
    mission = example.model_copy(update={"agreements": example.agreements.model_copy(update={"agreements": late})})
    answer = may(mission, reference, "bra-inf", "defend-mandate", at="south", time="D+40")
    assert answer.decided_by == ("gate:transfer",)
    assert any("From D+61" in change.sentence and change.answer == "permitted" for change in answer.changes), told(answer)
    none = example.model_copy(update={"agreements": example.agreements.model_copy(update={"agreements": ()})})
    answer = may(none, reference, "bra-inf", "defend-mandate", at="south", time="D+40")
    assert "no agreement is written" in told(answer)
    assert {change.answer for change in answer.changes} == {"prohibited"}, "one missing agreement alone is not enough"


def test_what_is_counted_on_before_it_is_in_force_is_said(example: Mission, reference: Reference) -> None:
    mission = changed(example, None, {"status": "authorised", "implemented": "D+10", "review_by": "D+30"})
    pending = tuple(
        item.model_copy(update={"status": AgreementStatus.SIGNED, "tasks": ("secure-area",)}) if item.id == "toa" else item
        for item in mission.agreements.agreements
    )
    mission = mission.model_copy(update={"agreements": mission.agreements.model_copy(update={"agreements": pending})})
    remarks = " ".join(may(mission, reference, "car-mp", "detain", at="south", time="D+40").remarks)
    for part in ("only authorised", "was to be reviewed by 2030-03-31", "is only signed", "for some tasks only: secure-area"):
        assert part in remarks


def test_a_caveat_behind_the_silence_is_not_left_out(example: Mission, reference: Reference) -> None:
    answer = may(example, reference, "car-mp", "detain", at="north", time="D+2")
    assert (answer.answer, answer.decided_by) == ("prohibited", ())
    assert any("carolia-own-sector stands in the way too" in remark for remark in answer.remarks)


def test_outside_its_own_sector_the_first_sentence_says_what_is_needed_beside(example: Mission, reference: Reference) -> None:
    """A word on crossing stands in the sentence that is read first; a unit at home, and self-defence, need none."""
    crossing: dict[str, object] = {"crossing": True, "measure": "act-elsewhere", "kind": "limitation", "members": []}
    mission = changed(example, rule=crossing)
    away = may(mission, reference, "bra-inf", "defend-mandate", at="north", time="D+40", given=["obstruction"])
    home = may(mission, reference, "bra-inf", "defend-mandate", at="south", time="D+40", given=["obstruction"])
    assert (home.answer, away.answer) == ("permitted", "permitted")
    assert (
        "outside its own sector, and act-elsewhere (Detain and hand over) needs the word of Force headquarters: about 6 h" in away.sentence
    )
    assert "outside" not in home.sentence
    assert "outside" not in may(mission, reference, "bra-inf", "self-defence", at="north", time="D+40").sentence
    barred = may(changed(example, rule=crossing | {"status": "denied"}), reference, "bra-inf", "defend-mandate", at="north", time="D+40")
    assert "act-elsewhere (Detain and hand over) is prohibited" in barred.sentence


def test_an_answer_that_counts_on_an_awaited_rule_says_so_first(example: Mission, reference: Reference) -> None:
    awaited = may(changed(example, rule={"status": "requested"}), reference, "car-mp", "detain", at="south", time="D+40")
    assert "counts on a rule that is only requested; until it is implemented, the answer is no" in awaited.sentence
    in_force = may(changed(example), reference, "car-mp", "detain", at="south", time="D+40")
    assert "counts on" not in in_force.sentence


def test_long_words_are_told_in_days(example: Mission, reference: Reference) -> None:
    slow = NIGHT | {"waived_by": "Parliament", "delay": "4120 h"}
    answer = may(changed(example, slow), reference, "car-mp", "detain", at="south", time="D+40T23:00")
    assert "expected after 172 days" in answer.sentence
    assert "e+0" not in told(answer)


def test_self_defence_has_no_strings(example: Mission, reference: Reference) -> None:
    answer = may(example, reference, "car-mp", "self-defence", at="north", time="D+1")
    assert (answer.answer, answer.decided_by, answer.changes, answer.words) == ("permitted", (), (), ())


def test_postings_of_a_run_go_before_wishes(example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord) -> None:
    postings = postings_of(force, movement)
    assert postings["car-mp"][0].start > force.assignments[0].start
    moved = {**postings, "car-mp": (Posting("south", 0, 50), Posting("north", 51, 100))}
    counsel = counsel_of(example, reference, moved)
    assert counsel.may("car-mp", "detain", at="north", time="D+40").decided_by[0] == "caveat:carolia-own-sector"
    assert counsel.may("car-mp", "detain", at="north", time="D+60").decided_by == ("rule:detain",)
    late = counsel.may("car-mp", "detain", at="north", time="D+120")
    assert any("not in place then" in remark for remark in late.remarks)
    wish = may(example, reference, "car-mp", "detain", at="north", time="D+40")
    assert any("as its member wishes" in remark for remark in wish.remarks)


def test_the_listing_holds_every_name(example: Mission, reference: Reference) -> None:
    counsel: Counsel = counsel_of(example, reference)
    listing = counsel.listing()
    assert [name for name, _ in listing["measures"]] == ["self-defence", *counsel.law.measures]
    assert len(listing["units"]) == 6
    assert {"bridge", "north"} <= {name for name, _ in listing["places"]}


def test_an_answer_goes_to_machines(example: Mission, reference: Reference) -> None:
    data = as_data(may(example, reference, "car-mp", "detain", at="bridge", time="D+40", given=["violent crowd"], protecting="civilians"))
    again = json.loads(json.dumps(data))
    assert again["request"]["given"] == ["violent crowd"]
    assert again["changes"][0]["sentence"]
