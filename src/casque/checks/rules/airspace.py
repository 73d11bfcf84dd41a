"""Rule on the air that a contributor has to cross: who must fly round whom, and who cannot fly at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from casque.checks.problem import Problem, listed
from casque.checks.rule import Breach, Rule, judgement
from casque.mission.agreements import air_barred
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import AgreementKind, Mode, Severity
from casque.reference.world.airways import air_distance
from casque.reference.world.sphere import great_circle


def _barred_flights(problem: Problem) -> Iterator[Breach]:
    agreements = problem.mission.agreements.agreements
    countries = sorted({item.country for item in agreements if item.kind is AgreementKind.OVERFLIGHT and item.country})
    if not countries:
        return
    share = problem.reference.value("check.length-difference")
    for member in sorted({pledge.member for pledge in problem.mission.forces.pledges}):
        day = min(pledge.ready_to_load for pledge in problem.mission.forces.pledges if pledge.member == member)
        barred = frozenset(country for country in countries if air_barred(agreements, country, member, day))
        shut, longer = _flights(problem, member, barred, share) if barred else ([], [])
        if not shut and not longer:
            continue
        names = listed([problem.member_name(country) for country in sorted(barred)])
        text = f"The air of {names} is barred to {problem.member_name(member)} on {day}{_until(problem, member, barred, day)}."
        if shut:
            text += f" There is no way round for its flights {listed(shut)}."
        if longer:
            text += f" The way round makes its flights longer: {listed(longer)}."
        yield Breach(f"member:{member}", text, severity=None if shut else Severity.NOTE)


def _flights(problem: Problem, member: str, barred: frozenset[str], share: float) -> tuple[list[str], list[str]]:
    """Flights of a contributor that have no way round barred air, and those that it makes longer by a share or more."""
    nodes = {node.id: node for node in problem.mission.transport.nodes}
    own = {nodes[pledge.home].country for pledge in problem.mission.forces.pledges if pledge.member == member and pledge.home in nodes}
    shut, longer = [], []
    for link in problem.mission.transport.links:
        ends = _ends(link, nodes)
        countries = {node.country for node in ends}
        if ends and countries & (own | {member}):
            here, there = ((node.longitude, node.latitude) for node in ends)
            direct, way = great_circle(here, there), air_distance(here, there, barred - countries - own)
            flight = f"from {ends[0].name} to {ends[1].name}"
            if way is None:
                shut.append(flight)
            elif way >= (1 + share) * direct > 0:
                longer.append(f"{flight} by {way / direct - 1:.0%}")
    return shut, longer


def _ends(link: Link, nodes: dict[str, Node]) -> tuple[Node, ...]:
    """Both ends of a link by air; nothing for other links and where an end is not on the map."""
    ends = tuple(nodes[name] for name in (link.start, link.end) if name in nodes and nodes[name].located)
    return ends if link.mode is Mode.AIR and len(ends) == 2 else ()


def _until(problem: Problem, member: str, barred: frozenset[str], first: date) -> str:
    """Until when all of that air is barred or some of it, in words."""
    last = problem.d_day + timedelta(days=problem.period.last)
    agreements, day = problem.mission.agreements.agreements, first
    while any(air_barred(agreements, country, member, day) for country in barred):
        day += timedelta(days=1)
        if day > last:
            return ", and some of it to the end of the plan"
    return f", and all of it is open on {day}"


RULES = (
    Rule(
        "flight-barred",
        Severity.WARNING,
        "A contributor that must fly round others, or cannot fly",
        (
            "On the day its first unit is ready no country bars its air to a contributor so that a flight from its homes has no way round, "
            "or one much longer. A country bars its air where overflight is refused, or written down and not yet in effect."
        ),
        judgement("staff practice: diplomatic clearance for overflight is asked before the flow is planned"),
        "Ask for the right to fly over, or plan with the longer way and the later day.",
        _barred_flights,
    ),
)
