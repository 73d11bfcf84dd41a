"""Rules on movement: every unit has a way to its base, and no base hangs on one thread."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.network import reached_from, single_points
from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.checks.sustained import class_name
from casque.checks.throughput import UNLIMITED, road_flow, roads
from casque.mission.transport import Link
from casque.mission.vocabulary import Capability, Mode, NodeKind, Severity, SupplyClass


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


def _limitless_port(problem: Problem) -> Iterator[Breach]:
    for node in problem.mission.transport.nodes:
        known = (node.people_per_day, node.tonnes_per_day, node.lane_metres_per_day)
        used = any(link.mode in (Mode.SEA, Mode.AIR) for link in problem.network.links.get(node.id, ()))
        if node.kind in (NodeKind.SEAPORT, NodeKind.AIRPORT) and node.country in problem.gates and used and not any(known):
            text = f"{node.name} states no capacity for people, cargo or vehicles: the plan takes it to have no limit."
            yield Breach(f"node:{node.id}", text)


def _unlinked(problem: Problem) -> Iterator[Breach]:
    for node in problem.mission.transport.nodes:
        if not problem.network.links.get(node.id):
            yield Breach(f"node:{node.id}", f"No link joins {node.name} to any other node.")


def _short_onward(problem: Problem) -> Iterator[Breach]:
    entries = [node.id for node in problem.mission.transport.nodes if node.kind in (NodeKind.SEAPORT, NodeKind.AIRPORT)]
    entries = [node for node in entries if problem.network.nodes[node].country in problem.gates]
    best: dict[str, float] = {}
    for pledge in problem.mission.forces.pledges:
        if pledge.latest_arrival is None or pledge.required is None or pledge.sector not in problem.sectors:
            continue
        base = problem.sectors[pledge.sector].base
        if base not in best:
            days = [problem.linked.between(entry, 0, "").get(base, float("inf")) for entry in entries if entry != base]
            best[base] = min(days, default=float("inf"))
        room = (pledge.required - pledge.latest_arrival).days
        moving = problem.arrival(pledge, (pledge.sector,), problem.free_arrivals) - problem.day(
            pledge.available_to_load or pledge.ready_to_load
        )
        home = problem.network.nodes.get(pledge.home)
        # A unit that stands in theatre, or is there sooner than any port allows, does not come by a port.
        if home is not None and home.country not in problem.gates and room < best[base] // 1 <= moving < float("inf"):
            text = (
                f"{pledge.name} of {problem.member_name(pledge.member)} may arrive at its port {counted(room, 'day')} before "
                f"it is required at the base of {problem.sector_name(pledge.sector)}; "
                f"from the nearest port the way there takes {best[base]:.1f} days."
            )
            yield Breach(f"unit:{pledge.id}", text)


_HEAVY = (Capability.ARMOUR, Capability.MECHANISED, Capability.ENGINEER)


def _heavy_by_air(problem: Problem) -> Iterator[Breach]:
    bases = [sector.base for sector in problem.mission.area.sectors]
    surface = reached_from(problem.network, bases, problem.period, by_air=False)
    for pledge in problem.mission.forces.pledges:
        kind = problem.reference.unit_types.get(pledge.unit_type)
        if kind is None or kind.capability not in _HEAVY or pledge.home in surface or pledge.home not in problem.network.nodes:
            continue
        if problem.arrival(pledge, tuple(problem.sectors), problem.linked) < float("inf"):
            text = (
                f"{pledge.name} of {problem.member_name(pledge.member)} has {kind.vehicles:,.0f} vehicles and {kind.tonnes:,.0f} t, "
                "and no way by sea, rail or road to any base: all of it would have to fly."
            )
            yield Breach(f"unit:{pledge.id}", text)


RULES = (
    Rule(
        "unit-unreachable",
        Severity.ERROR,
        "A unit that has no way to its base",
        (
            "From the home of every unit a chain of open links leads to a base that it may serve at, "
            "and a fleet takes its loads where it is not a road."
        ),
        secondary("Transportation Strategy (article): a plan is feasible only if lift and infrastructure fit from origin to destination"),
        "Complete the network, or find lift for the unit.",
        _unreachable,
    ),
    Rule(
        "lift-missing",
        Severity.ERROR,
        "A force that needs lift, and none is written down",
        "Where units cannot come by road, the mission has lift.",
        secondary("Transportation Strategy (article): a plan is feasible only if lift and infrastructure fit from origin to destination"),
        "Write the fleets into transport/lift.csv.",
        _no_lift,
    ),
    Rule(
        "single-line-of-communication",
        Severity.WARNING,
        "A base that one loss cuts off",
        "For no class of supply does a single link or node lie on every surface route from its entries to a sector base.",
        judgement("staff practice: lines of communication; AJP-4 not read"),
        "Open a second entry or a second route, or hold more days of supply at the base.",
        _single_line,
    ),
    Rule(
        "leading-line-of-communication",
        Severity.WARNING,
        "A road on which most of the traffic into the area hangs",
        "No single road that has a way round it carries most of what the roads can bring from the entries to the bases.",
        judgement("staff practice: lines of communication; AJP-4 not read"),
        "Widen the way round, bring another entry into use, or plan engineers, escorts and stocks for the loss of this road.",
        _leading_line,
    ),
    Rule(
        "port-without-capacity",
        Severity.NOTE,
        "A port of entry without a stated capacity",
        "Every seaport and airport by which the force enters states what it can clear in a day.",
        secondary("RAND MR-700 (Stucker): the capacity of an airfield follows from its own resources, not from one standard figure"),
        "Ask for the figures of the port, or estimate them and say so.",
        _limitless_port,
    ),
    Rule(
        "node-unlinked",
        Severity.NOTE,
        "A node that nothing leads to",
        "Every node of the network has a link.",
        judgement("staff practice: a network without loose ends"),
        "Add the links, or take the node out.",
        _unlinked,
    ),
    Rule(
        "onward-movement-too-short",
        Severity.WARNING,
        "A unit with too few days between port and base",
        "Between the latest arrival at the port and the required date lies at least the quickest way from any port to the unit's base.",
        judgement("staff practice of movement dates (RLD, ALD, EAD, LAD, RDD); CJCSM 3122.02B not read"),
        "Bring the latest arrival forward, or move the required date.",
        _short_onward,
    ),
    Rule(
        "heavy-unit-by-air-only",
        Severity.WARNING,
        "A unit with heavy equipment that only aircraft can bring",
        "From the home of every armoured, mechanised and engineer unit sea, rail and road lead to a base without a leg by air.",
        judgement("staff practice: heavy equipment goes by sea and rail; AJP-4.4 not read"),
        "Add the route by sea or rail, or ask for the unit without its heavy equipment.",
        _heavy_by_air,
    ),
)
