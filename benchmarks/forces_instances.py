"""Large made-up force generation problems, drawn by chance from a seed, and a reckoning of any plan by other means than the solver's.

What they look like: sectors with lines of several capabilities and priorities, wanted from some month to another, more or less by phase;
units of fourteen kinds, mostly of company size, with stand-ins, a first month, and tours of 4 to 12 months, a third of them relieved once
by their own nation; 40 nations with one or two sectors each, to which three quarters of their units are tied; caveats on 40 % of the
units, which bar lines or sectors; ten nations to a sector; a ceiling on person-months paid and one on people there at once. Every month in
which a unit could begin is a column of it. As much is wanted as all units together offer, and a fifth less is paid. Every unit could serve
somewhere: a pledge that nobody has a use for is drawn again.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.graph.python import min_cost_flow

from casque.forces.matching.instance import Draft, Matching

KINDS = (
    ("infantry battalion that stays whole", 600, 0, 2),
    ("infantry company", 130, 0, 14),
    ("mechanised company", 140, 1, 5),
    ("mechanised battalion that stays whole", 650, 1, 1),
    ("reconnaissance company", 110, 2, 4),
    ("military police company", 90, 3, 5),
    ("engineer company", 110, 4, 6),
    ("hospital", 60, 5, 5),
    ("helicopter unit", 80, 6, 4),
    ("transport company", 150, 7, 6),
    ("signals company", 60, 8, 4),
    ("formed police unit", 120, 9, 5),
    ("explosive ordnance disposal team", 40, 10, 3),
    ("civil-military team", 30, 11, 3),
)
"""Name, people, capability, how often."""

STANDS_IN = {
    0: {1: 0.6, 2: 0.6, 3: 0.5},
    1: {0: 0.9, 2: 0.7},
    2: {0: 0.7, 1: 0.5},
    3: {0: 0.5, 9: 0.5},
    9: {3: 0.6},
    4: {10: 0.4},
    10: {4: 0.4},
}
"""Capabilities that one stands in for, and at what quality."""

WANTED = (500, 400, 200, 150, 180, 80, 100, 260, 90, 200, 60, 45)
"""Usual size of a line, by capability."""

NATIONS = 40
NATIONS_MOST = 10
"""Nations in one sector."""


@dataclass(frozen=True)
class Line:
    """A requirement line."""

    capability: int
    sector: int
    weight: int
    wanted: tuple[int, ...]


@dataclass(frozen=True)
class Tour:
    """A column: a unit serves as one capability in one sector from a month on."""

    unit: int
    nation: int
    pool: tuple[int, int]
    lines: tuple[int, ...]
    """Lines of the pool that no caveat bars."""
    people: int
    """Effective people."""
    strength: int
    months: tuple[int, ...]


@dataclass(frozen=True)
class World:
    """One problem as it is drawn."""

    months: int
    sectors: int
    units: int
    lines: tuple[Line, ...]
    tours: tuple[Tour, ...]
    nations_most: int
    paid_most: int
    """Person-months that can be paid."""
    there_most: int
    """People there at once."""


def drawn(units: int, lines: int, months: int, seed: int) -> World:
    """A world of so many units, lines and months."""
    chance = random.Random(seed)
    sectors = max(4, round(lines / 12))
    wanted = [_line(chance, sectors, months) for _ in range(lines)]
    homes = [tuple(chance.sample(range(sectors), chance.choice([1, 1, 2]))) for _ in range(NATIONS)]
    pools: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, item in enumerate(wanted):
        pools[item.capability, item.sector].append(index)
    pledged = [_unit(chance, homes, sectors, lines, months) for _ in range(units)]
    for number, unit in enumerate(pledged):
        while not _tours(number, unit, pools, wanted, months):
            unit = pledged[number] = _unit(chance, homes, sectors, lines, months)
    offered = sum(unit[1] * min(unit[3], months - unit[2]) for unit in pledged)
    scale = offered / sum(sum(line.wanted) for line in wanted)
    wanted = [Line(item.capability, item.sector, item.weight, tuple(int(scale * people) for people in item.wanted)) for item in wanted]
    tours = [tour for number, unit in enumerate(pledged) for tour in _tours(number, unit, pools, wanted, months)]
    paid, there = int(0.8 * sum(unit[1] * unit[3] for unit in pledged)), int(1.0 * offered / months)
    return World(months, sectors, units, tuple(wanted), tuple(tours), NATIONS_MOST, paid, there)


def _line(chance: random.Random, sectors: int, months: int) -> Line:
    capability, sector = chance.choices(range(12), [4] * 4 + [1] * 8)[0], chance.randrange(sectors)
    first, last = chance.choice([0, 0, 0, 1, 2, 3]), months - chance.choice([0, 0, 0, 0, 2, 4])
    base = WANTED[capability] * chance.uniform(0.4, 1.6)
    phases = [base * chance.choice([1.0, 1.0, 1.3, 0.8]) for _ in range(3)]
    people = tuple(round(100 * phases[min(2, month * 3 // months)]) if first <= month < last else 0 for month in range(months))
    return Line(capability, sector, chance.choices([160, 80, 40], [4, 4, 2])[0], people)


Pledged = tuple[int, int, int, int, tuple[int, ...], int, frozenset[int], frozenset[int]]
"""Capability, strength, first month, tour, sectors wished for, nation, lines barred, sectors barred."""


def _unit(chance: random.Random, homes: Sequence[tuple[int, ...]], sectors: int, lines: int, months: int) -> Pledged:
    _, people, capability, _ = chance.choices(KINDS, [kind[3] for kind in KINDS])[0]
    strength = max(10, int(people * chance.uniform(0.7, 1.3)))
    ready = min(months - 2, chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 8]) * months // 12)
    nation, tour = chance.randrange(NATIONS), chance.choice([4, 6, 6, 6, 9, 12]) * chance.choice([1, 1, 2])
    wish = homes[nation] if chance.random() < 0.75 else tuple(range(sectors))
    no_lines: frozenset[int] = frozenset()
    no_sectors: frozenset[int] = frozenset()
    if chance.random() < 0.4:
        if chance.random() < 0.6:
            no_lines = frozenset(chance.sample(range(lines), lines // 4))
        else:
            no_sectors = frozenset(chance.sample(range(sectors), max(1, sectors // 3)))
    return capability, strength, ready, tour, wish, nation, no_lines, no_sectors


def _tours(number: int, unit: Pledged, pools: dict[tuple[int, int], list[int]], lines: Sequence[Line], months: int) -> list[Tour]:
    capability, strength, ready, tour, wish, nation, no_lines, no_sectors = unit
    qualities = {capability: 1.0, **STANDS_IN.get(capability, {})}
    found = []
    for (served, sector), inside in pools.items():
        allowed = tuple(line for line in inside if line not in no_lines)
        if served not in qualities or sector not in wish or sector in no_sectors or not allowed:
            continue
        for start in range(ready, max(ready, months - tour) + 1):
            there = tuple(month for month in range(start, min(months, start + tour)))
            if any(lines[line].wanted[month] for line in allowed for month in there):
                people = int(strength * qualities[served] + 1e-9)
                found.append(Tour(number, nation, (served, sector), allowed, people, strength, there))
    return found


def matching(world: World) -> Matching:
    """The world as the matching core reads it; column i is tour i."""
    draft = Draft(units=world.units)
    pools: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(world.lines):
        pools[line.capability, line.sector].append(index)
    kinds: dict[tuple[tuple[int, int], int], set[tuple[int, ...]]] = defaultdict(set)
    for tour in world.tours:
        for month in tour.months:
            kinds[tour.pool, month].add(tour.lines)
    slots: dict[tuple[tuple[int, int], int, tuple[int, ...]], int] = {}
    for (pool, month), classes in sorted(kinds.items()):
        groups: dict[tuple[int, int], int] = defaultdict(int)
        ordered = sorted(classes)
        for index in pools[pool]:
            mask = sum(1 << position for position, lines in enumerate(ordered) if index in lines)
            if mask and world.lines[index].wanted[month]:
                groups[world.lines[index].weight, mask] += world.lines[index].wanted[month]
        first = draft.cell(len(ordered), [(weight, people, mask) for (weight, mask), people in sorted(groups.items())])
        slots.update({(pool, month, lines): first + position for position, lines in enumerate(ordered)})
    houses = [draft.house(world.nations_most) for _ in range(world.sectors)]
    standings: dict[tuple[int, int], int] = {}
    paid, there = draft.row(world.paid_most), [draft.row(world.there_most) for _ in range(world.months)]
    for tour in world.tours:
        pair = (tour.nation, tour.pool[1])
        if pair not in standings:
            standings[pair] = draft.stand(houses[tour.pool[1]])
        people = [(slots[tour.pool, month, tour.lines], tour.people) for month in tour.months]
        rows = [(paid, tour.strength * len(tour.months)), *((there[month], tour.strength) for month in tour.months)]
        draft.column(tour.unit, people, 0, rows, standings[pair])
    return draft.matching()


def reckoned(world: World, taken: Sequence[int]) -> int:
    """What a plan fills, by a minimum-cost flow for each pool and month. Raises AssertionError where it breaks a limit."""
    tours = [world.tours[index] for index in taken]
    assert len({tour.unit for tour in tours}) == len(tours), "a unit serves twice"
    assert sum(tour.strength * len(tour.months) for tour in tours) <= world.paid_most, "more is paid than can be"
    for month in range(world.months):
        assert sum(tour.strength for tour in tours if month in tour.months) <= world.there_most, "too many people at once"
    for sector in range(world.sectors):
        assert len({tour.nation for tour in tours if tour.pool[1] == sector}) <= world.nations_most, "too many nations"
    serving: dict[tuple[tuple[int, int], int], list[Tour]] = defaultdict(list)
    for tour in tours:
        for month in tour.months:
            serving[tour.pool, month].append(tour)
    return sum(_flow(world, pool, month, inside) for (pool, month), inside in sorted(serving.items()))


def _flow(world: World, pool: tuple[int, int], month: int, tours: Sequence[Tour]) -> int:
    network = min_cost_flow.SimpleMinCostFlow()
    lines = [index for index, line in enumerate(world.lines) if (line.capability, line.sector) == pool]
    supply, sink = sum(tour.people for tour in tours), len(tours) + len(lines)
    for number, tour in enumerate(tours):
        network.set_node_supply(number, tour.people)
        network.add_arc_with_capacity_and_unit_cost(number, sink, tour.people, 0)
        for position, index in enumerate(lines):
            if index in tour.lines:
                network.add_arc_with_capacity_and_unit_cost(number, len(tours) + position, tour.people, 0)
    for position, index in enumerate(lines):
        line = world.lines[index]
        network.add_arc_with_capacity_and_unit_cost(len(tours) + position, sink, line.wanted[month], -line.weight)
    network.set_node_supply(sink, -supply)
    assert network.solve() == network.OPTIMAL
    return -int(network.optimal_cost())
