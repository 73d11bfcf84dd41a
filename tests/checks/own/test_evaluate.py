"""Own rules: what their expressions come to, and that no text does more than be looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque.checks.own.evaluate import Budget, Ground, OutOfSteps, ready
from casque.checks.problem import Problem
from casque.mission.expression import NotAnExpression, parse
from casque.mission.item_fields import fields_of, kinds
from casque.mission.mission import Mission
from casque.mission.typed_expression import meaning
from casque.reference.load import Reference


def value(mission: Mission, kind: str, name: str, text: str, steps: int = 100_000) -> Any:
    """What an expression comes to for one item."""
    ground = Ground(mission, Budget(steps))
    item = next(item for item in kinds()[kind].items(mission) if item.id == name)
    return ready(meaning(parse(text), kind), ground)(item, item)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("strength", 700.0),
        ("strength = 700 person", True),
        ("strength / 1 person - 600", 100.0),
        ("2 + 3 * 4 - -1", 15.0),
        ("(2 + 3) * 4", 20.0),
        ("1 < 2 and not 2 < 1 or false", True),
        ("member.name", "Alfaland"),
        ("member.reliability >= 95 %", True),
        ("sector.lead.reliability", 0.95),
        ("required", date(2030, 4, 10)),
        ("required = D+40", True),
        ("required - latest_arrival", 5 * 24.0),
        ("required - latest_arrival <= 1 wk", True),
        ("D + 20 d", date(2030, 3, 21)),
        ("1999-06-12 < required", True),
        ("earliest_arrival = none", True),
        ("earliest_arrival < required", False),
        ("earliest_arrival + 3 d", None),
        ("strength / 0 person", None),
        ("1e", None),
        ("D+99999 + 90000000 d", None),
        ('status in ["offered", "confirmed"]', True),
        ('"en" not in member.languages', False),
        ("count(unit where member = this.member)", 3.0),
        ("count(unit where sector.lead = this.member)", 3.0),
        ("any(task where this.sector in sectors and priority = 1)", True),
        ("all(unit where member = this.member, renewals > 0)", True),
        ("sum(unit where member = this.member, strength)", 1100.0),
        ("sum(unit where false, strength)", 0.0),
        ("least(unit, required) < most(unit, required)", True),
        ("least(unit where false, strength)", None),
        ("tour * 2 > 300 d", True),
        ("self_sufficient", 30 * 24.0),
    ],
)
def test_values(text: str, wanted: object, example: Mission) -> None:
    if text == "1e":
        with pytest.raises(NotAnExpression):
            value(example, "unit", "alf-inf", text)
        return
    found = value(example, "unit", "alf-inf", text)
    assert found == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)


@pytest.mark.parametrize(
    ("kind", "name", "text", "wanted"),
    [
        ("task", "secure-area", 'count(needs where rule = "quick reaction")', 1.0),
        ("task", "secure-area", "sum(needs, strength)", 60.0),
        ("task", "secure-area", 'force_level > "minimum force"', True),
        ("sector", "south", 'any(threats where level >= "high" and phase.title = "Entry and separation")', True),
        ("sector", "south", "population / area > 100 person/km2", True),
        ("actor", "displaced-people", "displaced.number", 50000.0),
        ("actor", "movement", "displaced.number", None),
        ("post", "north-hq", "superior.superior.name", "Security Council"),
        ("post", "council", "superior.name", None),
        ("provision", "secure", "count(task where provision = this.id)", 3.0),
        ("agreement", "toa", "authority < none or to_post.level", None),
    ],
)
def test_values_of_other_kinds(kind: str, name: str, text: str, wanted: object, example: Mission) -> None:
    if wanted is None and "or" in text.split():
        with pytest.raises(NotAnExpression):
            value(example, kind, name, text)
        return
    assert value(example, kind, name, text) == wanted


def test_a_rule_that_runs_too_long_is_stopped(example: Mission) -> None:
    text = "count(unit where count(unit where count(unit) > 0) > 0) > 0"
    assert value(example, "unit", "alf-inf", text) is True
    with pytest.raises(OutOfSteps):
        value(example, "unit", "alf-inf", text, steps=50)


_FIELDS = sorted({name for kind in kinds().values() for name in fields_of(kind.shape)})
_LANGUAGE = [
    *("and", "or", "not", "in", "where", "count", "any", "all", "sum", "least", "most", "this", "none", "true", "(", ")", "[", "]", ","),
    *(".", "+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="),
]
_VALUES = ['"offered"', "'x'", "D+14", "1999-06-12", "3", "500 person", "20 d", "80 %", "0.5", "1 km/h", "D+99999"]
_STRAY = ["{", "}", "__class__", "\x00", "é", "2030-13-40", "#", "1..2"]
_WORDS = st.sampled_from([*_FIELDS, *kinds(), *_LANGUAGE, *_VALUES, *_STRAY])


def _explained(error: NotAnExpression) -> None:
    assert error.expected
    assert error.seen
    assert error.at >= 1


@settings(max_examples=400, deadline=None)
@given(words=st.lists(_WORDS, max_size=30), kind=st.sampled_from(sorted(kinds())))
def test_any_text_is_worked_out_or_refused(words: list[str], kind: str, example: Mission) -> None:
    try:
        typed = meaning(parse(" ".join(words)), kind)
    except NotAnExpression as error:
        _explained(error)
        return
    ground = Ground(example, Budget(20_000))
    found = ready(typed, ground)
    for item in kinds()[kind].items(example)[:3]:
        try:
            found(item, item)
        except OutOfSteps:
            return


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_characters_are_read_or_refused(text: str) -> None:
    try:
        meaning(parse(text), "unit")
    except NotAnExpression as error:
        _explained(error)


@pytest.mark.parametrize(
    "text",
    [
        *("__class__", "member.__class__", "this.model_fields", "strength.real", "name.upper()", "model_dump()", "open('x')", "lambda"),
        *("name.__len__ > 0", "this", "member.model_copy", "strength.__add__", "().x", "[].append", "1 .real", "unit.id", "id[0]"),
    ],
)
def test_nothing_but_fields_can_be_asked_for(text: str) -> None:
    with pytest.raises(NotAnExpression):
        meaning(parse(text), "unit")


def test_deep_and_long_texts_are_refused_soon() -> None:
    for text in (
        "(" * 1999,
        "not " * 400,
        "-" * 399 + "1",
        "[" * 500,
        "1" + "+1" * 900,
        "count(unit where " * 60,
        "a" * 2001,
        "any(" * 399,
    ):
        with pytest.raises(NotAnExpression):
            parse(text)
    assert meaning(parse("1" + "+1" * 150 + " > 0"), "unit").type.name == "truth"


def test_every_field_of_every_item_can_be_asked_for(example: Mission, reference: Reference) -> None:
    problem = Problem(example, reference)
    for kind in kinds().values():
        for name in fields_of(kind.shape):
            typed = meaning(parse(name), kind.name)
            found = ready(typed, Ground(problem.mission, Budget(1000)))
            for item in kind.items(example)[:2]:
                found(item, item)
