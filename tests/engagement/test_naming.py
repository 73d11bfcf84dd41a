"""Names as people write them: known ones are found, others refused with the nearest, never answered."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.engagement.law import Law, law_of
from casque.engagement.naming import When, nearest_names, request_of, when_of, where_of
from casque.errors import BadInput, CasqueError, NoSuchItem
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, Protected
from casque.reference.load import Reference

SOUND = {"unit": "car-mp", "measure": "detain", "at": "bridge", "time": "D+40", "given": ["violent crowd"], "protecting": "civilians"}


@pytest.fixture(scope="module")
def law(example: Mission, reference: Reference) -> Law:
    return law_of(example, reference)


def test_a_request_is_found_behind_its_names(example: Mission, law: Law) -> None:
    found = request_of(law, example.about, "car-mp", "detain", "bridge", "D+40T22:00", ["violent-crowd", "Hostile_Act"], "Civilians")
    assert (found.sector, found.place, found.day, found.hour) == ("north", "bridge", 40, 22)
    assert found.given == {Circumstance.VIOLENT_CROWD, Circumstance.HOSTILE_ACT}
    assert found.protecting is Protected.CIVILIANS
    assert request_of(law, example.about, "car-mp", "Self Defence", "south", "D+40").measure == "self-defence"


@pytest.mark.parametrize(
    ("field", "written", "near"),
    [
        ("unit", "car-pm", "car-mp"),
        ("unit", "", ""),
        ("measure", "detian", "detain"),
        ("measure", "defend", "defend-mandate"),
        ("at", "brige", "bridge"),
        ("at", "nort", "north"),
        ("at", "sector:brdge", ""),
        ("at", "place:brdge", "bridge"),
        ("given", ["violent crow"], "violent crowd"),
        ("given", ["violent crowd", "riot"], ""),
        ("protecting", "civilian", "civilians"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(example: Mission, law: Law, field: str, written: object, near: str) -> None:
    with pytest.raises(NoSuchItem) as refused:
        request_of(law, example.about, **{**SOUND, field: written})  # type: ignore[arg-type]
    assert near == "" or f"'{near}'" in refused.value.next_step
    assert refused.value.next_step


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.text(max_size=30))
def test_what_is_not_known_is_never_answered(example: Mission, law: Law, field: str, written: str) -> None:
    known = {*law.units, *law.measures, *law.places, *law.sectors, *Circumstance, *Protected, "self-defence"}
    plain = written.casefold().replace("-", " ").replace("_", " ").split()
    if any(plain == name.replace("-", " ").split() for name in known) or (field == "protecting" and not written):
        return
    value: object = [written] if field == "given" else written
    with pytest.raises(CasqueError):
        request_of(law, example.about, **{**SOUND, field: value})  # type: ignore[arg-type]


def test_a_rule_that_is_no_measure_says_which_measure_it_speaks_about(example: Mission, reference: Reference) -> None:
    rules = tuple(rule.model_copy(update={"measure": "hold"}) if rule.id == "detain" else rule for rule in example.engagement.rules)
    changed = example.model_copy(update={"engagement": example.engagement.model_copy(update={"rules": rules})})
    with pytest.raises(NoSuchItem) as refused:
        request_of(law_of(changed, reference), example.about, **SOUND)  # type: ignore[arg-type]
    assert "'hold'" in refused.value.next_step


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("D", When(0)),
        ("D+3", When(3)),
        ("D+3T14:00", When(3, 14)),
        ("D+3 7", When(3, 7)),
        ("2030-03-04", When(3)),
        ("2030-03-04T23:59", When(3, 23)),
        (date(2030, 3, 4), When(3)),
        (datetime(2030, 3, 4, 5, 6), When(3, 5)),
        (When(7, 0), When(7, 0)),
        ("D+180", When(180)),
    ],
)
def test_a_time_is_read(example: Mission, written: str | date | When, found: When) -> None:
    assert when_of(written, example.about) == found


@pytest.mark.parametrize(
    "written", ["", "tomorrow", "D+3T24:00", "D+3T10:60", "2030-02-30", "D+181", "D-1", "1999-06-15", "D+99999", "2030-03-04T", When(3, 24)]
)
def test_what_is_no_time_of_the_mission_is_refused(example: Mission, written: str | When) -> None:
    with pytest.raises(BadInput) as refused:
        when_of(written, example.about)
    assert refused.value.next_step


def test_a_name_of_a_place_and_a_sector_means_the_place(example: Mission, reference: Reference) -> None:
    place = example.area.places[0].model_copy(update={"id": "south"})
    both = example.model_copy(update={"area": example.area.model_copy(update={"places": (place,)})})
    law = law_of(both, reference)
    assert where_of(law, "south") == ("north", "south")
    assert where_of(law, "sector:south") == ("south", "")


def test_the_nearest_names_come_first_and_then_those_that_hold_the_word() -> None:
    assert nearest_names("crowd", ["violent crowd", "crowds", "property"]) == ["crowds", "violent crowd"]
    assert nearest_names("x" * 5000, ["a"]) == []
