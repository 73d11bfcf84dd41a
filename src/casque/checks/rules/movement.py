"""Rules on movement: every unit has a way to its base, and no base hangs on one thread."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.network import single_points
from casque.checks.problem import Problem, listed
from casque.checks.rule import Breach, Rule
from casque.checks.sustained import class_name
from casque.checks.throughput import UNLIMITED, road_flow, roads
from casque.mission.transport import Link
from casque.mission.vocabulary import Mode, Severity, SupplyClass


def _unreachable(problem: Problem) -> Iterator[Breach]:
    for pledge in problem.mission.forces.pledges:
        sectors = (pledge.sector,) if pledge.sector else tuple(problem.sectors)
        if not sectors or problem.arrival(pledge, sectors, problem.free_arrivals) < float("inf"):
            continue
        home = problem.network.nodes[pledge.home].name if pledge.home in problem.network.nodes else pledge.home
        where = problem.sector_names(sectors)
        start = f"{pledge.name} of {problem.member_name(pledge.member)} has no way from {home} to the base of {where}"
        if problem.arrival(pledge, sectors, problem.linked) < float("inf"):
            if not problem.mission.transport.lift:
                continue
            modes = [mode for mode in Mode if not problem.network.carried(mode, pledge.member)]
            yield Breach(
                f"unit:{pledge.id}",
                (
                    f"{start}: the links are there, the lift is not; no fleet of the modes "
                    f"{listed(map(str, modes)) or 'needed'} takes its loads in time."
                ),
                fix="Charter or borrow lift that takes its loads.",
            )
        else:
            yield Breach(
                f"unit:{pledge.id}",
                f"{start}: no chain of links that are open joins them.",
                fix="Add the missing links or open them in time.",
            )


def _no_lift(problem: Problem) -> Iterator[Breach]:
    if problem.mission.transport.lift:
        return
    sectors = tuple(problem.sectors)
    stuck = [
        pledge
        for pledge in problem.mission.forces.pledges
        if problem.arrival(pledge, sectors, problem.free_arrivals) == float("inf") > problem.arrival(pledge, sectors, problem.linked)
    ]
    if stuck:
        total = len(problem.mission.forces.pledges)
        yield Breach(
            f"mission:{problem.mission.about.id}", f"No lift is written down, and {len(stuck)} of {total} units cannot come by road alone."
        )


def _single_line(problem: Problem) -> Iterator[Breach]:
    names = {node.id: node.name for node in problem.mission.transport.nodes}
    links = {link.id: link for link in problem.mission.transport.links}
    entering: dict[tuple[str, ...], list[SupplyClass]] = {}
    for supply_class in SupplyClass:
        entries = tuple(dict.fromkeys(entry.node for entry in problem.mission.supply.entries if supply_class in entry.classes))
        if entries:
            entering.setdefault(entries, []).append(supply_class)
    for sector in problem.mission.area.sectors:
        for entries, classes in entering.items():
            cut_nodes, cut_links = (
                single_points(problem.network, entries, sector.base, problem.period) if sector.base in names else ((), ())
            )
            if not cut_nodes and not cut_links:
                continue
            parts = [_link_text(links[name], names) for name in cut_links] + [f"the node {names[name]}" for name in cut_nodes]
            what = "every class of supply" if len(entering) == 1 else listed(map(class_name, classes), most=8)
            where = "its only entry" if len(entries) == 1 else f"all {len(entries)} entries"
            text = f"For {what} the loss of any one of these cuts the base of {sector.name} off from {where}: {listed(parts, most=6)}."
            yield Breach(f"sector:{sector.id}", text)


def _leading_line(problem: Problem) -> Iterator[Breach]:
    entries = [entry.node for entry in problem.mission.supply.entries]
    bases = [sector.base for sector in problem.mission.area.sectors]
    whole = road_flow(problem.network, entries, bases, problem.period)
    if not 0 < whole < UNLIMITED:
        return
    names = {node.id: node.name for node in problem.mission.transport.nodes}
    for link in roads(problem.network, problem.period):
        left = road_flow(problem.network, entries, bases, problem.period, without=link.id)
        lost = 1 - left / whole
        if left and lost >= problem.reference.value("check.leading-line"):
            road = _link_text(link, names)
            yield Breach(
                f"link:{link.id}",
                f"{road[0].upper()}{road[1:]} carries {lost:.0%} of what the roads can bring from the entries to the bases: "
                f"without it {left:,} of {whole:,} vehicles a day are left.",
            )


def _link_text(link: Link, names: dict[str, str]) -> str:
    ends = f"{names.get(link.start, link.start)}–{names.get(link.end, link.end)}"
    return {
        Mode.ROAD: f"the road {ends}",
        Mode.RAIL: f"the railway {ends}",
        Mode.SEA: f"the sea lane {ends}",
        Mode.AIR: f"the air route {ends}",
    }[link.mode]


RULES = (
    Rule(
        "unit-unreachable",
        Severity.ERROR,
        "A unit that has no way to its base",
        (
            "From the home of every unit a chain of open links leads to a base that it may serve at, "
            "and a fleet takes its loads where it is not a road."
        ),
        "NATO AJP-4.4: a movement plan runs from origin to destination",
        "Complete the network, or find lift for the unit.",
        _unreachable,
    ),
    Rule(
        "lift-missing",
        Severity.ERROR,
        "A force that needs lift, and none is written down",
        "Where units cannot come by road, the mission has lift.",
        "NATO AJP-4.4: strategic lift is planned with the force",
        "Write the fleets into transport/lift.csv.",
        _no_lift,
    ),
    Rule(
        "single-line-of-communication",
        Severity.WARNING,
        "A base that one loss cuts off",
        "For no class of supply does a single link or node lie on every surface route from its entries to a sector base.",
        "NATO AJP-4: lines of communication",
        "Open a second entry or a second route, or hold more days of supply at the base.",
        _single_line,
    ),
    Rule(
        "leading-line-of-communication",
        Severity.WARNING,
        "A road on which most of the traffic into the area hangs",
        "No single road that has a way round it carries most of what the roads can bring from the entries to the bases.",
        "NATO AJP-4: lines of communication",
        "Widen the way round, bring another entry into use, or plan engineers, escorts and stocks for the loss of this road.",
        _leading_line,
    ),
)
