"""Rule on transit: how much of the heavy equipment hangs on the word of one country that the force only passes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casque.checks.network import Network
from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule, judgement
from casque.checks.windows import Window
from casque.checks.wording import day_text
from casque.mission.agreements import Agreement
from casque.mission.forces import Pledge
from casque.mission.vocabulary import AgreementStatus, Mode, NodeKind, Severity


@dataclass(frozen=True)
class _Way:
    """The quickest way by sea, rail and road from a base to a node: days, and the node before it."""

    days: float
    before: str


def _single_transit(problem: Problem) -> Iterator[Breach]:
    heavy = _equipment(problem)
    bases = tuple(dict.fromkeys(base for _, base, _ in heavy))
    ways = {base: _surface(problem.network, base, problem.period) for base in bases}
    coming = [(unit, base, tonnes) for unit, base, tonnes in heavy if unit.home in ways[base]]
    whole = sum(tonnes for _, _, tonnes in coming)
    nodes = problem.network.nodes
    for country in (name for name, role in problem.gates.items() if role == "transit"):
        through = [
            (unit, base, tonnes)
            for unit, base, tonnes in coming
            if any(nodes[node].country == country for node in _path(ways[base], unit.home))
        ]
        share = sum(tonnes for _, _, tonnes in through) / whole if whole else 0.0
        if through and share >= problem.reference.value("check.transit-share"):
            ports = [node for unit, base, _ in through for node in _path(ways[base], unit.home) if nodes[node].kind is NodeKind.SEAPORT]
            landing = [nodes[node].name for node in dict.fromkeys(ports) if nodes[node].country == country]
            text = _text(problem, country, share, len(through), landing) + _otherwise(problem, country, through, ways)
            yield Breach(_subject(problem, country), text)


def _equipment(problem: Problem) -> list[tuple[Pledge, str, float]]:
    """Units with vehicles, the base each goes to (that of the first sector where none is stated), and the tonnes it brings."""
    first = next(iter(problem.sectors.values()), None)
    found = []
    for pledge in problem.mission.forces.pledges:
        kind = problem.reference.unit_types.get(pledge.unit_type)
        sector = problem.sectors.get(pledge.sector or "", first)
        if kind is not None and kind.vehicles > 0 and kind.tonnes > 0 and sector is not None:
            found.append((pledge, sector.base, kind.tonnes))
    return found


def _surface(network: Network, base: str, period: Window) -> dict[str, _Way]:
    """The quickest way to a base from every node that sea, rail and road join to it in a period."""
    carried = {mode: mode is not Mode.AIR and any(window.meets(period) for window in network.carried(mode, None)) for mode in Mode}
    found: dict[str, _Way] = {}
    waiting = [(0.0, base, "")] if base in network.nodes else []
    while waiting:
        days, node, before = heapq.heappop(waiting)
        if node in found or not network.node_windows[node].meets(period):
            continue
        found[node] = _Way(days, before)
        for far, length, mode, link in network.ways[node]:
            if far not in found and carried[mode] and network.link_windows[link].meets(period):
                heapq.heappush(waiting, (days + length, far, node))
    return found


def _path(ways: dict[str, _Way], home: str) -> Iterator[str]:
    while home:
        yield home
        home = ways[home].before


def _text(problem: Problem, country: str, share: float, units: int, landing: list[str]) -> str:
    name, total = problem.member_name(country), len(problem.mission.forces.pledges)
    agreements = [item for item in problem.agreements_on(country) if not problem.refused(item)]
    lands = f" and lands at {listed(landing)}" if landing else ""
    opened = listed((_standing(problem, item) for item in agreements), most=3)
    hangs = f"It hangs on {opened}" if agreements else "No agreement opens that ground"
    return (
        f"The quickest way by sea, rail and road of {share:.0%} of the equipment, {counted(units, 'unit')} of {total}, "
        f"crosses {name}{lands}. {hangs}."
    )


def _standing(problem: Problem, item: Agreement) -> str:
    window = problem.agreement_window(item)
    held = item.status.value if item.status is not AgreementStatus.IN_FORCE or window.empty else f"in force from {day_text(window.first)}"
    return f"“{item.title}” ({held})" if -problem.period.last < window.first or window.empty else f"“{item.title}” (in force)"


def _otherwise(problem: Problem, country: str, through: list[tuple[Pledge, str, float]], ways: dict[str, dict[str, _Way]]) -> str:
    """What is left of the way where the country says no."""
    network = problem.network
    left = replace(network, nodes={name: node for name, node in network.nodes.items() if node.country != country})
    others = {base: _surface(left, base, problem.period) for base in ways}
    stuck = sum(tonnes for unit, base, tonnes in through if unit.home not in others[base])
    moved = [
        (others[base][unit.home].days - ways[base][unit.home].days, tonnes) for unit, base, tonnes in through if unit.home in others[base]
    ]
    parts = [f"{stuck:,.0f} t would have no way by surface"] if stuck else []
    if moved:
        longer = sum(days * tonnes for days, tonnes in moved) / sum(tonnes for _, tonnes in moved)
        parts.append(f"{sum(tonnes for _, tonnes in moved):,.0f} t would go round, {longer:.1f} days longer on empty roads")
    return f" Without it {listed(parts)}."


def _subject(problem: Problem, country: str) -> str:
    agreements = [item for item in problem.agreements_on(country) if not problem.refused(item)]
    return f"agreement:{agreements[0].id}" if agreements else f"member:{country}"


RULES = (
    Rule(
        "single-transit-country",
        Severity.WARNING,
        "Heavy equipment that hangs on the word of one country",
        "No country that the force only passes lies on the quickest way by sea, rail and road of most of its equipment, counted in tonnes.",
        judgement("staff practice: lines of communication and the agreements that open them; AJP-4.4 not read"),
        "Agree on use of the port, road and rail for the whole mission, keep a second line of communication open by agreement, "
        "or hold stocks forward of that country.",
        _single_transit,
    ),
)
