"""The vectorised curve is that of a plain loop over `weigh`, and no string taken away ever lowers it."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, inf, isinf
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.engagement.law import law_of
from casque.engagement.naming import When
from casque.engagement.request import Request
from casque.engagement.usable_force.arrivals import Board
from casque.engagement.usable_force.called import Called, Question, called
from casque.engagement.usable_force.string_costs import freed
from casque.engagement.weigh import weigh
from casque.mission.engagement import Engagement, Rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, RuleKind
from casque.reference.load import Reference
from tests.engagement.four_nodes import DAY, LINKS, caveat, four_nodes, rule

HOURS = (0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 4.0, 6.0, 7.5, 11.0, 13.0, 24.0, 30.0, 47.5)
LIVES = {"alf": ("alfa", "north", 100.0), "bra": ("bravo", "south", 300.0), "car": ("market", "north", 60.0)}
MILL = 5.5597463 * 1.4 / 20
"""Hours from delta to the mill: straight line over the ground, times the detour, at the local speed."""

windows = st.none() | st.builds(lambda start, end: {"start": start, "end": end}, st.integers(0, 23), st.integers(0, 23))
some_sectors = st.sampled_from([(), (), ("north",), ("south",)])
circumstances = st.lists(st.sampled_from(["violent crowd", "superior out of reach", "hostile act"]), max_size=1).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """One to four rules on the measure `hold`, and sometimes a prohibition that bounds all."""
    found = [rule("first", measure="hold", given_any=draw(circumstances))]
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["permission", "limitation", "limitation", "prohibition"]))
        fields: dict[str, Any] = {"measure": "hold", "kind": kind, "hours": draw(windows), "sectors": draw(some_sectors)}
        fields |= {"given_any": draw(circumstances), "unless": draw(circumstances)}
        fields |= {"places": draw(st.sampled_from([(), (), ("mill",)])), "members": draw(st.sampled_from([(), ("bravia",)]))}
        if kind == "limitation":
            fields |= {"held_by": draw(st.sampled_from(["force-hq", None])), "delay": f"{draw(st.integers(0, 9))} h"}
            fields |= {"word_if_possible": draw(st.booleans())}
            if draw(st.booleans()):
                fields["delegations"] = ({"to": "force-hq", "delay": "1 h", "sectors": draw(some_sectors)},)
        found.append(rule(f"r{number}", **fields))
    if draw(st.booleans()):
        found = found[1:] if len(found) > 1 and any(item.permits for item in found[1:]) else found
    if draw(st.integers(0, 2)) == 0:
        level = draw(st.sampled_from(["self-defence", "minimum force"]))
        found.append(rule("bound", kind="prohibition", force_level=level, hours=draw(windows), sectors=draw(some_sectors)))
    return found


@st.composite
def caveats(draw: st.DrawFn) -> list[Any]:
    """Up to four caveats of any kind that bears on a measure."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        bars: dict[str, Any] = draw(
            st.sampled_from(
                [
                    {"bars_crossing": True},
                    {"bars_measures": ("hold",)},
                    {"bars_sectors": ("south",)},
                    {"bars_places": ("quarter",)},
                    {"force_at_most": "self-defence"},
                ]
            )
        )
        lifted: dict[str, Any] = draw(st.sampled_from([{}, {"waived_by": "Ministry", "delay": f"{draw(st.integers(0, 30))} h"}]))
        season = draw(st.sampled_from([None, None, "winter", "summer"]))
        member = draw(st.sampled_from(["alfaland", "bravia", "carolia"]))
        found.append(caveat(f"c{number}", member, hours=draw(windows), season=season, **bars, **lifted))
    return found


def laid(mission: Mission, reference: Reference, given: list[str] | None, hour: int) -> tuple[Called, Board]:
    asked = called(mission, reference, Question("hold", When(DAY, hour), given))
    return asked, asked.board(asked.places(), HOURS[-1])


def without(mission: Mission, strings: frozenset[str]) -> Mission:
    """The mission as if the strings had never been attached."""
    kept = tuple(item for item in mission.engagement.caveats if f"caveat:{item.id}" not in strings)
    changed = tuple(
        item.model_copy(update={"kind": RuleKind.PERMISSION}) if f"rule:{item.id}" in strings else item for item in mission.engagement.rules
    )
    return mission.model_copy(update={"engagement": Engagement(rules=changed, caveats=kept)})


def by_hand(mission: Mission, reference: Reference, asked: Called, hour: int) -> dict[tuple[str, float], float]:
    """Usable people by place and hour, unit by unit and hour by hour."""
    law = law_of(mission, reference)
    notice, duty, spare = (reference.value(name) for name in ("engagement.notice", "force.duty-share", "engagement.spare-share"))
    (ask,) = asked.call.asks
    found: dict[tuple[str, float], float] = {}
    for place, sector, node, more in (("quarter", "north", "market", 0.0), ("mill", "south", "delta", MILL)):
        for after in HOURS:
            then = hour + floor(after)
            total = 0.0
            for unit, (home, own, people) in LIVES.items():
                request = Request(unit, "hold", sector, place, DAY + then // 24, then % 24, ask.given, ask.protecting)
                weighed = weigh(law, request)
                if weighed.answer == "prohibited":
                    continue
                there = weighed.delay + ways(home)[node] + more
                batches = ((0.0, people * duty), (notice, people * (1 - duty))) if own == sector else ((notice, people * spare),)
                total += sum(part for wait, part in batches if there + wait <= after + 1e-9)
            found[place, after] = total
    return found


def ways(home: str) -> Mapping[str, float]:
    """Hours from a node to every other, by going over all links as often as there are nodes (Bellman and Ford)."""
    hours = dict.fromkeys(("alfa", "market", "bravo", "delta"), inf) | {home: 0.0}
    for _ in hours:
        for start, end, length in LINKS:
            hours[end] = min(hours[end], hours[start] + length)
            hours[start] = min(hours[start], hours[end] + length)
    return hours


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules(),
    caveats(),
    st.none() | st.lists(st.sampled_from(list(Circumstance)), max_size=3),
    st.integers(0, 23),
    st.randoms(use_true_random=False),
)
def test_the_curve_is_that_of_a_plain_loop(
    example: Mission, reference: Reference, written: list[Rule], tied: list[Any], given: list[Circumstance] | None, hour: int, random: Any
) -> None:
    mission = four_nodes(example, written, tied)
    asked, board = laid(mission, reference, None if given is None else [item.value for item in given], hour)
    strings = frozenset(item for item in board.strings if random.random() < 0.5)
    words = frozenset(f"rule:{item.id}" for item in written if item.held_by is None and item.permits)
    for lifted in (frozenset(), strings - words):
        usable = board.usable(board.free(lifted), HOURS)
        expected = by_hand(without(mission, lifted), reference, asked, hour)
        for column, spot in enumerate(board.field.spots):
            assert list(usable[:, column]) == pytest.approx([expected[spot.place, after] for after in HOURS], abs=1e-6)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules(), caveats(), st.integers(0, 23))
def test_taking_a_string_away_never_lowers_the_curve(
    example: Mission, reference: Reference, written: list[Rule], tied: list[Any], hour: int
) -> None:
    _, board = laid(four_nodes(example, written, tied), reference, ["violent crowd"], hour)
    states = freed(board)
    now, best = board.usable(states.standing, HOURS), board.usable(states.none, HOURS)
    for item in board.strings:
        alone, stays = board.usable(states.alone[item], HOURS), board.usable(states.stays[item], HOURS)
        assert (alone >= now - 1e-9).all()
        assert (stays <= best + 1e-9).all()
        assert (states.alone[item] == board.free({item})).all()
        assert (board.first(states.alone[item], 120) <= board.first(states.standing, 120)).all()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules(), caveats(), st.integers(0, 23), st.sampled_from([20.0, 60.0, 120.0, 200.0]))
def test_the_first_hour_is_where_the_curve_reaches_the_strength(
    example: Mission, reference: Reference, written: list[Rule], tied: list[Any], hour: int, strength: float
) -> None:
    _, board = laid(four_nodes(example, written, tied), reference, ["violent crowd"], hour)
    free = board.free()
    for column, first in enumerate(board.first(free, strength)):
        before = [after / 10 for after in range(10 * 48) if after / 10 < first - 1e-6]
        assert all(board.usable(free, before)[:, column] < strength) if before else True
        assert isinf(first) or board.usable(free, [first])[0, column] >= strength - 1e-6


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([(start, end) for start, end, _ in LINKS]), unique=True), st.integers(0, 23))
def test_a_closed_road_never_brings_anybody_sooner(
    example: Mission, reference: Reference, closed: list[tuple[str, str]], hour: int
) -> None:
    whole, shut = (laid(four_nodes(example, [rule("hold")], closed=roads), reference, None, hour)[1] for roads in ([], closed))
    assert (shut.travel >= whole.travel - 1e-9).all()
    assert (shut.usable(shut.free(), HOURS) <= whole.usable(whole.free(), HOURS) + 1e-9).all()
