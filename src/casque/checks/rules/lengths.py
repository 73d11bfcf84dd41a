"""Rules on distances: the lengths that a folder states, beside those that the world has."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from casque.checks.problem import Problem
from casque.checks.rule import Breach, Rule, judgement
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import Mode, NodeKind, Severity
from casque.reference.world.sea_lanes import sea_distance
from casque.reference.world.sphere import great_circle

_ENDS = {Mode.SEA: NodeKind.SEAPORT, Mode.AIR: NodeKind.AIRPORT}
"""What stands at both ends of a link that can be measured; a home station may stand for many places."""


def _implausible(problem: Problem) -> Iterator[Breach]:
    nodes = {node.id: node for node in problem.mission.transport.nodes}
    share, least = problem.reference.value("check.length-difference"), problem.reference.value("check.length-least")
    for link in problem.mission.transport.links:
        ends = [nodes[name] for name in (link.start, link.end) if name in nodes and nodes[name].located]
        if len(ends) < 2 or isnan(link.length):
            continue
        direct = great_circle(_point(ends[0]), _point(ends[1]))
        between = f"The link {link.id} from {ends[0].name} to {ends[1].name} is stated as {link.length:,.0f} km"
        if link.length < (1 - share) * direct and direct >= least:
            yield Breach(f"link:{link.id}", f"{between}; the straight line between them is {direct:,.0f} km.")
            continue
        measured = _measured(link, ends, direct)
        if measured is None or min(link.length, measured) < least or abs(link.length - measured) <= share * measured:
            continue
        way = "the great circle" if link.mode is Mode.AIR else "the way by the sea lanes"
        apart = f"{abs(link.length / measured - 1):.0%} {'longer' if link.length > measured else 'shorter'}"
        yield Breach(f"link:{link.id}", f"{between}; {way} is {measured:,.0f} km, so that the link is {apart}.")


def _measured(link: Link, ends: list[Node], direct: float) -> float | None:
    kind = _ENDS.get(link.mode)
    if kind is None or any(node.kind is not kind for node in ends):
        return None
    return direct if link.mode is Mode.AIR else sea_distance(_point(ends[0]), _point(ends[1]))


def _point(node: Node) -> tuple[float, float]:
    return node.longitude, node.latitude


RULES = (
    Rule(
        "length-implausible",
        Severity.NOTE,
        "A link whose stated length is not that between its ends",
        (
            "No link is shorter than the straight line between its ends, and those between airports or seaports are about as long as "
            "the great circle or the sea lanes. Short links are left out: coordinates and lanes are too coarse for them."
        ),
        judgement("staff practice: distances are measured twice; two networks of sea lanes agree within 1 to 3 %"),
        "Correct the length or the coordinates, leave the length blank, or say in the note why the way is another one.",
        _implausible,
    ),
)
