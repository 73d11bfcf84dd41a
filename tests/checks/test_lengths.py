"""Stated lengths beside measured ones."""

from __future__ import annotations

import pytest

from casque.checks.problem import Problem
from casque.checks.rules.lengths import RULES
from casque.mission.mission import Mission
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import Mode, NodeKind
from casque.reference.load import shipped
from casque.reference.world.codes import place
from tests.deployment.worlds import link, node


def at(code: str) -> Node:
    found, kind = place(code), NodeKind.AIRPORT if len(code) == 4 else NodeKind.SEAPORT
    assert found is not None
    return node(code.lower(), kind, longitude=found.longitude, latitude=found.latitude)


def noted(mission: Mission, mode: Mode, start: Node, end: Node, length: float) -> list[str]:
    stated: Link = link(start.id, end.id, mode, length=length)
    transport = mission.transport.model_copy(update={"nodes": (start, end), "links": (stated,), "lift": ()})
    problem = Problem(mission.model_copy(update={"transport": transport}), shipped())
    return [breach.message for breach in RULES[0].search(problem)]


@pytest.mark.parametrize(
    ("mode", "start", "end", "length", "says"),
    [
        (Mode.SEA, "BEANR", "GRSKG", 5671.0, None),
        (Mode.SEA, "BEANR", "GRSKG", 6200.0, None),
        (Mode.SEA, "BEANR", "GRSKG", 6500.0, "15% longer"),
        (Mode.SEA, "BEANR", "GRSKG", 3000.0, "47% shorter"),
        (Mode.SEA, "BEANR", "GRSKG", 1500.0, "the straight line between them"),
        (Mode.AIR, "EDDF", "LGTS", 1600.0, None),
        (Mode.AIR, "EDDF", "LGTS", 2400.0, "the great circle"),
    ],
)
def test_a_length_far_from_the_measured_one_is_noted(
    example: Mission, mode: Mode, start: str, end: str, length: float, says: str | None
) -> None:
    found = noted(example, mode, at(start), at(end), length)
    assert len(found) == (0 if says is None else 1)
    assert says is None or says in found[0]


def test_a_short_link_is_left_alone(example: Mission) -> None:
    assert noted(example, Mode.SEA, at("SLFNA"), at("LRMLW"), 400.0) == []
