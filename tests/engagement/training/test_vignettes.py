"""Training questions: every right answer is the decision, sets are repeatable, and the three answers take turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.engagement.law import Law, law_of
from casque.engagement.request import SELF_DEFENCE, Request
from casque.engagement.training.vignettes import training_set, vignettes
from casque.engagement.weigh import weigh
from casque.errors import BadInput, NoSuchItem
from casque.mission.mission import Mission
from casque.mission.new_folder import LIKE, write_new
from casque.mission.vocabulary import Circumstance, Protected
from casque.plan.card import Vignette
from casque.reference.load import Reference, load
from casque.reference.opening import open_folder


@pytest.fixture(scope="module")
def law(kosovo: Mission) -> Law:
    """The law of Kosovo 1999."""
    return law_of(kosovo, load(kosovo.overrides))


def request_of(item: Vignette) -> Request:
    """The situation of a vignette as a request."""
    return Request(item.unit, item.measure, item.sector, item.place, item.day, item.hour, frozenset(item.given), item.protecting)


def changed(request: Request, change: str) -> Request:
    """A request after the change that a vignette names."""
    lesson, _, value = change.partition(":")
    match lesson[1:]:
        case "circumstance" | "reach":
            case = frozenset({Circumstance(value)})
            return replace(request, given=request.given | case if lesson[0] == "+" else request.given - case)
        case "protected":
            return replace(request, protecting=Protected(value))
        case "hour":
            return replace(request, hour=int(value))
        case "boundary":
            return replace(request, sector=value, place="")
        case "unit":
            return replace(request, unit=value)
    raise AssertionError(change)


def holds(law: Law, item: Vignette) -> None:
    """The right answer, what decided it, the words and the turn are those of the decision."""
    request = request_of(item)
    found = weigh(law, request)
    assert item.answer == found.answer
    assert item.decided_by == found.decided_by
    assert not set(item.given) & set(item.absent)
    if item.answer == "needs word":
        assert item.words
        assert max(word.hours for word in item.words) == pytest.approx(found.delay)
        assert all(word.by in item.offered for word in item.words)
    else:
        assert not item.words
        assert item.offered
    if item.change:
        turned = weigh(law, changed(request, item.change)).answer
        assert turned == item.otherwise != item.answer


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["deu", "fra", "usa", "ita", "rus", "grc", "gbr"]), st.integers(0, 2**31 - 1), st.integers(20, 350))
def test_every_right_answer_is_the_decision(law: Law, kosovo: Mission, member: str, seed: int, day: int) -> None:
    found = vignettes(law, kosovo, member, day, 12, seed)
    assert [item.number for item in found.vignettes] == list(range(1, len(found.vignettes) + 1))
    assert len(found.vignettes) == 12
    for item in found.vignettes:
        assert law.units[item.unit].member == member
        holds(law, item)


@pytest.mark.parametrize("like", LIKE)
def test_templates_can_be_trained_on(like: str, tmp_path: Path) -> None:
    write_new(tmp_path / "new", like=like)
    opened = open_folder(tmp_path / "new")
    law = law_of(opened.mission, opened.reference)
    found = training_set(opened.mission, opened.reference, "carolia", 60, 20, 3)
    for item in found.vignettes:
        holds(law, item)
    assert {item.answer for item in found.vignettes} == {"permitted", "needs word", "prohibited"}


def test_the_same_seed_gives_the_same_questions(law: Law, kosovo: Mission) -> None:
    assert vignettes(law, kosovo, "deu", 30, 10, 5) == vignettes(law, kosovo, "deu", 30, 10, 5)
    assert vignettes(law, kosovo, "deu", 30, 10, 5).vignettes != vignettes(law, kosovo, "deu", 30, 10, 6).vignettes


@pytest.mark.parametrize("seed", range(8))
def test_answers_take_turns(law: Law, kosovo: Mission, seed: int) -> None:
    found = vignettes(law, kosovo, "fra", 60, 12, seed).vignettes
    counts = Counter(item.answer for item in found)
    assert min(counts[answer] for answer in ("permitted", "needs word", "prohibited")) >= 2
    assert len({item.measure for item in found}) >= 6
    assert len({item.lesson for item in found}) >= 5
    assert [item.measure for item in found].count(SELF_DEFENCE) == 1
    assert len({request_of(item) for item in found}) == 12


def test_situations_can_be_told_without_contradiction(law: Law, kosovo: Mission) -> None:
    for seed in range(10):
        for item in vignettes(law, kosovo, "gbr", 60, 30, seed).vignettes:
            if Circumstance.PROPERTY_ONLY in item.given:
                assert Circumstance.IMMINENT_THREAT not in item.given
                assert item.protecting in (None, Protected.PROPERTY, Protected.DESIGNATED_SITES)


def test_wrong_numbers_and_names_are_refused(example: Mission, reference: Reference) -> None:
    for number in (0, -1, 61):
        with pytest.raises(BadInput, match="expected 1 to 60"):
            training_set(example, reference, "alfaland", 60, number)
    with pytest.raises(NoSuchItem, match="bravi"):
        training_set(example, reference, "bravi", 60)
    assert len(training_set(example, reference, "alfaland", 60, 1).vignettes) == 1
