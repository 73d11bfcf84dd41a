"""Movement problems of any size, drawn from a seed: home stations in Europe, a theatre with ports and airfields, lift for some months.

With the lines grow the lift, the ports, the airfields and the roads, so that the force takes about as long to close; below 10,000 lines
there are fewer places too, so that vehicles still fill. All figures are round planning figures, not those of any mission.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casque.deployment.schedule.draft import Draft, Fleet, Loads, Use
from casque.deployment.schedule.world import METRES, PEOPLE, TONNES, TRIP, VEHICLES, World

HOMES = 60
PLACES = (10, 6, 12, 8, 10)
"""Airfields and ports of embarkation, airfields and ports of debarkation, bases of 10,000 lines and more."""
HOUR_DAYS = 24
"""Hours of a day."""
HORIZON = 200 * HOUR_DAYS
"""Hours planned over: the 120 days of the bar, and room for what closes later."""
AIR = ((9, 90, 40.0, 60.0), (12, 90, 22.0, 24.0), (4, 0, 90.0, 100.0), (13, 180, 0.0, 0.0))
"""Aircraft of 10,000 lines: number, seats, tonnes of bulk and of oversize cargo. Two kinds of freighter, one outsize, one for people."""
SHIPS = ((11, 1800.0), (8, 2600.0), (6, 1200.0))
"""Ships of 10,000 lines: number, lane metres."""
PEOPLE_CLASS, CARGO_CLASS, HEAVY_CLASS = range(3)

Floats = NDArray[np.float64]


class Capacities(NamedTuple):
    """Numbers of the capacities in the draft, by airfield, port or base."""

    ramps: list[int]
    """Aircraft at a time."""
    halls: list[int]
    """People a day."""
    berths: list[int]
    """Ships at a time."""
    ramp_rate: list[int]
    """Lane metres a day."""
    clear: list[int]
    """Tonnes a day."""
    yards: list[int]
    """Lane metres that wait."""
    roads: list[int]
    """Vehicles a day."""


def world(lines: int, seed: int = 1) -> World:
    """A problem with so many movement lines, in hours; below about 60 lines a day's share of a road is less than a load."""
    draw = np.random.default_rng(seed)
    scale = lines / 10_000
    draft = Draft(HORIZON, ahead=72)
    kinds = _network(draft, draw, scale)
    return draft.world(_loads(draw, lines, kinds))


def first_units(whole: World, units: int) -> World:
    """The same network and lift, with the loads of the first units only."""
    mine = whole.load_group < units
    return whole._replace(
        load_group=whole.load_group[mine],
        load_class=whole.load_class[mine],
        load_ready=whole.load_ready[mine],
        load_people=whole.load_people[mine],
        load_amount=whole.load_amount[mine],
        share=whole.share[mine],
        group_due=whole.group_due[:units],
        group_weight=whole.group_weight[:units],
        group_vehicles=whole.group_vehicles[:units],
    )


def fewer(full: int, scale: float) -> int:
    """Places of a smaller problem: fewer, so that vehicles still fill."""
    return int(max(2, min(full, round(full * scale**0.5))))


def _points(draw: np.random.Generator, count: int, box: tuple[float, float, float, float]) -> Floats:
    return np.column_stack([draw.uniform(box[0], box[1], count), draw.uniform(box[2], box[3], count)])


def _hours(a: Floats, b: Floats, speed: float) -> NDArray[np.int64]:
    """Hours between points in kilometres at a speed, at least one."""
    away = np.sqrt(((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2))
    hours: NDArray[np.int64] = np.maximum(1, np.ceil(away / speed)).astype(np.int64)
    return hours


def _number(base: float, scale: float) -> int:
    return max(1, round(base * scale))


def _network(draft: Draft, draw: np.random.Generator, scale: float) -> NDArray[np.int64]:
    """Everything but the loads; gives the class for each home, base and kind of load."""
    air_count, sea_count, field_count, port_count, base_count = (fewer(full, scale) for full in PLACES)
    europe, theatre = (0.0, 1200.0, 0.0, 900.0), (3200.0, 3700.0, -300.0, 400.0)
    homes, air_out, sea_out = (_points(draw, count, europe) for count in (HOMES, air_count, sea_count))
    air_in, sea_in, bases = (_points(draw, count, theatre) for count in (field_count, port_count, base_count))
    where = np.concatenate([homes, air_out, sea_out, air_in, sea_in, bases])
    starts = np.cumsum([0, HOMES, air_count, sea_count, field_count, port_count])
    for number in range(len(where)):
        draft.place(f"place-{number}")
    held = _capacities(draft, draw, scale, (field_count, port_count, base_count))
    air = _air_fleets(draft, where, starts, scale)
    sea = _sea_fleets(draft, where, starts, scale)
    out_air, out_sea = _hours(homes, air_out, 40), _hours(homes, sea_out, 25)
    in_air, in_sea = _hours(air_in, bases, 20), _hours(sea_in, bases, 20)
    first: dict[tuple[int, int], int] = {}
    flight: dict[tuple[int, int, int], int] = {}
    last: dict[tuple[int, int], int] = {}

    def out(home: int, port: int, hours: int) -> int:
        key = (home, port)
        if key not in first:
            first[key] = draft.leg(home, port, hours)
        return first[key]

    def haul(fleet: int, port: int, pod: int) -> int:
        key = (fleet, port, pod)
        if key not in flight:
            flight[key] = draft.leg(port, pod, *_trip(draft, fleet, port, pod, starts, air, held))
        return flight[key]

    def onward(pod: int, base: int) -> int:
        key = (pod, base)
        if key not in last:
            by_air = pod < starts[4]
            number = pod - starts[3] if by_air else pod - starts[4]
            hours = int((in_air if by_air else in_sea)[number, base])
            space = (-1, 0) if by_air else (held.yards[number], METRES)
            uses = [Use(held.roads[base], VEHICLES, hours - 1)]
            last[key] = draft.leg(pod, starts[5] + base, hours, uses=uses, dwell=12 if by_air else 36, space=space)
        return last[key]

    kinds = np.zeros((HOMES, base_count, 3), dtype=np.int64)
    for home in range(HOMES):
        for base in range(base_count):
            nearest_air = np.argsort(out_air[home], kind="stable")[:2]
            nearest_sea = np.argsort(out_sea[home], kind="stable")[:2]
            by_air = np.argsort(in_air[:, base], kind="stable")[:3]
            by_sea = np.argsort(in_sea[:, base], kind="stable")[:3]

            def chains(fleets: list[int], plane: bool, home: int = home, base: int = base) -> list[tuple[int, int, int]]:
                near, far = (nearest_air, by_air) if plane else (nearest_sea, by_sea)  # noqa: B023
                times = out_air if plane else out_sea
                outs, ins = (starts[1], starts[3]) if plane else (starts[2], starts[4])
                return [
                    (out(home, int(outs + a), int(times[home, a])), haul(f, int(outs + a), int(ins + b)), onward(int(ins + b), base))
                    for a in near.tolist()
                    for b in far.tolist()
                    for f in fleets
                ]

            kinds[home, base, PEOPLE_CLASS] = draft.routes(chains([air[3], air[0]], True))
            kinds[home, base, CARGO_CLASS] = draft.routes([*chains(air[:3], True)[:12], *chains(sea[:2], False)[:6]])
            kinds[home, base, HEAVY_CLASS] = draft.routes(chains(sea, False))
    return kinds


def _capacities(draft: Draft, draw: np.random.Generator, scale: float, counts: tuple[int, int, int]) -> Capacities:
    """Capacities of so many airfields, ports and bases; together they are in proportion to the lines."""
    field_count, port_count, base_count = counts
    day = HOUR_DAYS
    at_field, at_port, at_base = (scale * full / count for full, count in ((12, field_count), (8, port_count), (10, base_count)))
    ramps = [draft.resource(f"ramp {n}", 1, max(1, round(x))) for n, x in enumerate(draw.uniform(1.5, 3.5, field_count) * at_field)]
    halls = [draft.resource(f"hall {n}", day, x) for n, x in enumerate(draw.uniform(400, 900, field_count) * max(at_field, 0.3))]
    berths = [draft.resource(f"berth {n}", 6, max(1, round(x))) for n, x in enumerate(draw.uniform(0.6, 2.4, port_count) * at_port)]
    ramp_rate = [draft.resource(f"ro-ro {n}", day, x) for n, x in enumerate(draw.uniform(1800, 3000, port_count) * max(at_port, 1.0))]
    clear = [draft.resource(f"clearance {n}", day, x) for n, x in enumerate(draw.uniform(300, 700, field_count) * max(at_field, 0.3))]
    yards = [draft.resource(f"yard {n}", day, x) for n, x in enumerate(draw.uniform(20000, 40000, port_count) * max(at_port, 0.3))]
    winter = np.where(np.arange(HORIZON // day) > 90, 0.7, 1.0)
    roads = [draft.resource(f"road {n}", day, winter * x) for n, x in enumerate(draw.uniform(110, 260, base_count) * at_base)]
    return Capacities(ramps, halls, berths, ramp_rate, clear, yards, roads)


def _trip(
    draft: Draft, fleet: int, port: int, pod: int, starts: NDArray[np.int64], air: list[int], held: Capacities
) -> tuple[int, int, list[Use]]:
    """Hours, fleet and uses of a trip: loading, the way, unloading at the port of debarkation."""
    way = int(np.asarray(draft.fleets[fleet].travel)[port, pod])
    if fleet in air:
        number, load, unload = pod - int(starts[3]), 3, 2
        uses = [
            Use(held.ramps[number], TRIP, load + way, unload),
            Use(held.halls[number], PEOPLE, load + way),
            Use(held.clear[number], TONNES, load + way),
        ]
    else:
        number = pod - int(starts[4])
        load, unload = 24, 24
        uses = [Use(held.berths[number], TRIP, load + way, unload), Use(held.ramp_rate[number], METRES, load + way)]
    return load + way + unload, fleet, uses


def _air_fleets(draft: Draft, where: Floats, starts: NDArray[np.int64], scale: float) -> list[int]:
    fleets = []
    for rank, (number, seats, bulk, oversize) in enumerate(AIR):
        travel = _hours(where, where, 700 if rank != 1 else 480)
        homes = [int(starts[1] + n % int(starts[2] - starts[1])) for n in range(_number(number, scale))]
        limits = [seats, bulk, min(bulk, oversize), 0.0, 0.0, 1e9]
        fleets.append(draft.fleet(Fleet(homes, travel, limits, look=8, cost=5.0)))
    return fleets


def _sea_fleets(draft: Draft, where: Floats, starts: NDArray[np.int64], scale: float) -> list[int]:
    fleets = []
    for rank, (number, metres) in enumerate(SHIPS):
        travel = _hours(where, where, (28, 33, 40)[rank])
        homes = [int(starts[2] + n % int(starts[3] - starts[2])) for n in range(_number(number, scale))]
        plenty = 1e9
        fleets.append(draft.fleet(Fleet(homes, travel, [plenty, plenty, plenty, plenty, plenty, metres], look=150, cost=1.0)))
    return fleets


def _loads(draw: np.random.Generator, lines: int, kinds: NDArray[np.int64]) -> Loads:
    """Lines of units: two of equipment and one of people each, split evenly into loads that a vehicle or a packet takes."""
    units = -(-lines // 3)
    home, base = draw.integers(0, HOMES, units), draw.integers(0, kinds.shape[1], units)
    ready = draw.integers(0, 45, units) * HOUR_DAYS
    due = ready + draw.integers(8, 25, units) * HOUR_DAYS
    weight = draw.choice([1.0, 2.0, 4.0], units, p=[0.5, 0.3, 0.2])
    columns: list[tuple[int, int, int, int]] = []
    amounts: list[list[float]] = []
    for line in range(lines):
        unit, what = line // 3, line % 3
        kind = int(kinds[home[unit], base[unit], (HEAVY_CLASS, CARGO_CLASS, PEOPLE_CLASS)[what]])
        parts = int(draw.integers(3, 10))
        if what == 0:
            each = [0.0, 0.0, 0.0, 0.0, float(draw.integers(20, 60)), float(draw.integers(12, 30)), float(draw.integers(2, 4))]
        elif what == 1:
            each = [
                0.0,
                float(draw.integers(2, 8)),
                float(draw.integers(2, 10)),
                0.0,
                0.0,
                float(draw.integers(8, 20)),
                float(draw.integers(1, 3)),
            ]
        else:
            each = [float(draw.integers(10, 31)), 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
        for _ in range(parts):
            columns.append((unit, kind, int(ready[unit]), int(what == 2)))
            amounts.append(each)
    table = np.array(columns, dtype=np.int64)
    return Loads(table[:, 0], table[:, 1], table[:, 2], table[:, 3], np.array(amounts), due, weight)
