"""Small problems for the tests of the scheduler: one lane, and networks drawn at random."""

from __future__ import annotations

from random import Random

import numpy as np

from casque.deployment.schedule.draft import Draft, Fleet, Loads, Use
from casque.deployment.schedule.world import BULK, METRES, PEOPLE, TONNES, TRIP, VEHICLES, World


def lane(missions: int, aircraft: int, way: int, load: int, ground: int, mog: int = 0, horizon: int = 4000) -> World:
    """One lane with full loads of 45 t: loading at home, the way, ground time at the field with so much working MOG (none for no limit)."""
    draft = Draft(horizon)
    home, field = draft.place("home"), draft.place("field")
    uses = [Use(draft.resource("mog", 1, mog), TRIP, load + way, ground)] if mog else []
    fleet = draft.fleet(Fleet([home] * aircraft, [[0, way], [way, 0]], [0, 45, 0, 0, 0, 0], look=way))
    kind = draft.routes([[draft.leg(home, field, load + way + ground, fleet, uses)]])
    amount = np.tile([0, 45.0, 0, 0, 0, 0, 0], (missions, 1))
    nothing = [0] * missions
    return draft.world(Loads(nothing, [kind] * missions, nothing, nothing, amount, [0], [1.0]))


def drawn(seed: int, groups: int = 4, horizon: int = 400) -> World:
    """A network with two homes, a port, an airfield, waiting space, a road with a closure, and two or three loads a group."""
    draw = Random(seed)
    draft = Draft(horizon, ahead=draw.choice([0, 6, 24]))
    homes = [draft.place("home-a"), draft.place("home-b")]
    port, field, base = draft.place("port"), draft.place("field"), draft.place("base")
    travel = [[0 if a == b else draw.randint(3, 9) for b in range(5)] for a in range(5)]
    ramp, hall = draft.resource("ramp", 1, draw.randint(1, 2)), draft.resource("hall", 24, draw.randint(40, 120))
    berth, roll = draft.resource("berth", 6, 1), draft.resource("roll", 24, draw.randint(120, 300))
    yard = draft.resource("yard", 12, draw.randint(60, 200))
    slots = np.full(horizon // 12, float(draw.randint(5, 12)))
    slots[2:5] = 0.0
    road = draft.resource("road", 12, slots)
    planes = draft.fleet(Fleet([homes[0]] * draw.randint(1, 2), travel, [40, 20, 20, 0, 0, 1e9], look=9, cost=1.0))
    ships = draft.fleet(Fleet([homes[1]] * draw.randint(1, 2), travel, [1e9] * 5 + [100.0], look=9, last=draw.choice([None, horizon - 60])))
    drive = draft.leg(port, base, 5, uses=[Use(road, VEHICLES, 3)], dwell=draw.choice([0, 8]), space=(yard, METRES))
    coach = draft.leg(field, base, 4, uses=[Use(road, VEHICLES, 2)], dwell=2)
    kinds = []
    for home in homes:
        fly = draft.leg(home, field, 6, planes, [Use(ramp, TRIP, 4, 2), Use(hall, PEOPLE, 4), Use(hall, TONNES, 4)], cost=3.0)
        sail = draft.leg(home, port, 14, ships, [Use(berth, TRIP, 8, 6), Use(roll, METRES, 8)], cost=2.0)
        kinds += [draft.routes([(fly, coach), (sail, drive)]), draft.routes([(sail, drive)]), draft.routes([(fly, coach)])]
    columns: list[tuple[int, int, int, int]] = []
    amount: list[list[float]] = []
    for group in range(groups):
        home, ready = draw.randint(0, 1), draw.randint(0, 30)
        for what in range(draw.randint(1, 3)):
            columns.append((group, kinds[3 * home + what], ready, int(what == 2)))
            people, tonnes, metres = (draw.randint(10, 30), 0, 0) if what == 2 else (0, draw.randint(3, 12), draw.randint(15, 50))
            amount.append([people, tonnes, 0, 0, 0, metres, draw.randint(1, 3)])
    assert BULK == 1
    table = np.array(columns)
    due = [draw.randint(20, 60) for _ in range(groups)]
    weight = [float(draw.randint(1, 3)) for _ in range(groups)]
    return draft.world(Loads(table[:, 0], table[:, 1], table[:, 2], table[:, 3], amount, due, weight))
