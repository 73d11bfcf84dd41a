"""Usable force at the size of the bar: 300 units, 100 places, 24 hours; part of `benchmarks.bench_engagement`.

Random law from `benchmarks.laws`, on a network of roads on a grid. The peer is a plain loop: `weigh` for every unit, place and hour, and a
shortest path for every unit and place; it answers every twenty-fifth place, and its time is told for all of them.
"""

from __future__ import annotations

import heapq
import random
from math import floor
from time import perf_counter

from benchmarks.figures import Figure, in_turn
from benchmarks.laws import BAR, Sizes, drawn
from casque.engagement.law import Law, law_of
from casque.engagement.request import Request
from casque.engagement.travel import Graph, road_graph
from casque.engagement.usable_force.arrivals import Board, board
from casque.engagement.usable_force.calls import Call, call_of
from casque.engagement.usable_force.present import Present, present
from casque.engagement.weigh import weigh
from casque.mission.area import Place
from casque.mission.engagement import HOURS_OF_DAY
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.transport import Link, Node, Transport
from casque.reference.load import Reference

SEED = 1
SIDE = 15
"""Nodes along each side of the grid of roads."""
DAY, HOUR = 60, 14
COMPANY = 120.0
SMALL = Sizes(units=60, members=6, sectors=5, places=20, measures=8, rules=60, caveats=40)
Curve = tuple[float, ...]
HOURS = tuple(float(hour) for hour in range(HOURS_OF_DAY + 1))


def usable_figures(base: Mission, reference: Reference, size: str) -> list[Figure]:
    """Seconds for every arrival curve, as the law stands and without any string, and the same from a plain loop."""
    sizes, step = (SMALL, 10) if size == "small" else (BAR, 25)
    mission = _on_roads(base, reference, sizes)
    places = mission.area.places
    ours: list[Board] = []
    theirs: list[dict[int, Curve]] = []

    def mine() -> float:
        started = perf_counter()
        ours.append(_curves(mission, reference, places))
        return perf_counter() - started

    def loop() -> float:
        started = perf_counter()
        theirs.append(_plain(mission, reference, range(0, len(places), step)))
        return (perf_counter() - started) * step

    value, peer = in_turn(mine, loop, 3 if size == "full" else 1)
    found = ours[0].usable(ours[0].free(), HOURS)
    for number, curve in theirs[0].items():
        assert all(abs(a - b) < 1e-6 for a, b in zip(found[:, number], curve, strict=True)), places[number].id
    assert found.any()
    asserted = f"curves of {len(theirs[0])} places are those of the loop"
    name = f"usable force, {sizes.units} units x {sizes.places} places x 24 h"
    return [
        Figure(name, value, "s", f"plain loop over weigh, a path a pair (1 in {step} places, told for all)", value / peer, asserted),
        Figure(f"{name}, against its bar", value, "s", "bar of 2 s", value / 2.0, asserted),
        _every_call(mission, reference, places, name),
    ]


def _every_call(mission: Mission, reference: Reference, places: tuple[Place, ...], name: str) -> Figure:
    """The same for a call made at each of the 24 hours of the day: 24 curves of 24 hours for every place."""
    started = perf_counter()
    laid = _laid(mission, reference, places, 0, 2 * HOURS_OF_DAY)
    free = laid.free()
    curves = [laid.usable(free, HOURS, start) for start in range(HOURS_OF_DAY)]
    seconds = perf_counter() - started
    alone = _laid(mission, reference, places, HOUR, HOURS_OF_DAY)
    assert (curves[HOUR] == alone.usable(alone.free(), HOURS)).all()
    return Figure(f"{name}, called at every hour of a day", seconds, "s", "bar of 2 s", seconds / 2.0, "the call at 14:00 as by itself")


def _curves(mission: Mission, reference: Reference, places: tuple[Place, ...]) -> Board:
    laid = _laid(mission, reference, places, HOUR, HOURS_OF_DAY)
    for lifted in (frozenset[str](), laid.lifting({"caveats"}), laid.lifting({"all"})):
        free = laid.free(lifted)
        laid.usable(free, HOURS)
        laid.first(free, COMPANY)
    return laid


def _laid(mission: Mission, reference: Reference, places: tuple[Place, ...], hour: int, hours: int) -> Board:
    units, law, call = _asked(mission, reference)
    return board(mission, reference, law, call, units, places, (DAY, hour), hours)


def _asked(mission: Mission, reference: Reference) -> tuple[tuple[Present, ...], Law, Call]:
    units = present(mission, reference, DAY)
    law = law_of(mission, reference, {unit.id: unit.sector for unit in units})
    most = max(law.measures, key=lambda name: (sum(table.rule.permits and bool(table.days) for table in law.measures[name]), name))
    return units, law, call_of(mission, reference, law, f"measure:{most}")


def _plain(mission: Mission, reference: Reference, numbers: range) -> dict[int, Curve]:
    units, law, call = _asked(mission, reference)
    roads = road_graph(mission, DAY, reference.value("force.reaction-speed"))
    notice, duty, spare = (reference.value(name) for name in ("engagement.notice", "force.duty-share", "engagement.spare-share"))
    (ask,) = call.asks
    found = {}
    for number in numbers:
        place = mission.area.places[number]
        people = [0.0] * len(HOURS)
        for unit in units:
            road = _path(roads, unit.node, place.node or "")
            own = unit.sector == place.sector
            batches = ((0.0, unit.people * duty), (notice, unit.people * (1 - duty))) if own else ((notice, unit.people * spare),)
            for row, after in enumerate(HOURS):
                then = HOUR + floor(after)
                request = Request(
                    unit.id, ask.measure, place.sector or "", place.id, DAY + then // 24, then % 24, ask.given, ask.protecting
                )
                weighed = weigh(law, request)
                if weighed.answer != "prohibited":
                    people[row] += sum(part for wait, part in batches if weighed.delay + wait + road <= after + 1e-9)
        found[number] = tuple(people)
    return found


def _path(roads: Graph, start: str, end: str) -> float:
    best, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        hours, node = heapq.heappop(queue)
        if node == end:
            return hours
        for other, more in roads[node]:
            if hours + more < best.get(other, float("inf")):
                best[other] = hours + more
                heapq.heappush(queue, (hours + more, other))
    return float("inf")


def _on_roads(base: Mission, reference: Reference, sizes: Sizes) -> Mission:
    """A mission with random law whose units and places lie on a grid of roads; every unit is an infantry battalion in place."""
    chance = random.Random(SEED)
    subject = drawn(base, reference, chance, sizes).mission
    names = [[f"n{row}-{column}" for column in range(SIDE)] for row in range(SIDE)]
    node, link = base.transport.nodes[0], next(item for item in base.transport.links if item.mode.value == "road")
    nodes = tuple(
        node.model_copy(update={"id": names[row][column], "longitude": 10 + column / 10, "latitude": 45 + row / 10})
        for row in range(SIDE)
        for column in range(SIDE)
    )
    pairs = [(names[row][column], names[row][column + 1]) for row in range(SIDE) for column in range(SIDE - 1)]
    pairs += [(names[row][column], names[row + 1][column]) for row in range(SIDE - 1) for column in range(SIDE)]
    links: list[Link] = [
        link.model_copy(
            update={"id": f"l{number}", "start": start, "end": end, "length": chance.uniform(5, 15), "speed": chance.uniform(15, 60)}
        )
        for number, (start, end) in enumerate(pairs)
    ]
    grid: list[Node] = list(nodes)
    sectors = tuple(sector.model_copy(update={"base": chance.choice(grid).id}) for sector in subject.area.sectors)
    places = tuple(place.model_copy(update={"node": chance.choice(grid).id}) for place in subject.area.places)
    pledges = tuple(
        pledge.model_copy(
            update={
                "unit_type": "infantry-battalion",
                "stationed": chance.choice(grid).id,
                "sector": pledge.sector or chance.choice(sectors).id,
            }
            | {"ready_to_load": base.about.d_day, "required": None, "earliest_arrival": None}
        )
        for pledge in subject.forces.pledges
    )
    return subject.model_copy(
        update={
            "area": subject.area.model_copy(update={"sectors": sectors, "places": places}),
            "transport": Transport(nodes=nodes, links=tuple(links), lift=()),
            "forces": Forces(pledges=pledges),
        }
    )
