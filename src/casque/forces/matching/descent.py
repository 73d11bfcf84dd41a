"""Prices for large problems, by stepping downhill on the bound that they prove, and no linear program.

At prices for people, rows and leave to stand, every unit takes its dearest column, every group buys what is worth its weight, every house
takes its best standings; together that is a bound on every plan. Where less is brought than bought a price rises, where more it falls. The
steps go along an average of what the rounds found wanting, and always from the best prices so far; the same average of what the units took
is close to what the linear relaxation takes (volume algorithm, Barahona and Anbil 2000).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from casque.forces.matching.compilation import kept
from casque.forces.matching.instance import NONE, Array, Matching
from casque.forces.matching.relaxation import Relaxed, entries, tight_houses

ROUNDS = 4_000
"""Most rounds."""

STALE = 400
"""Rounds in which the bound must fall by a share of `LITTLE`, lest the search end."""

LITTLE = 2e-4

AIM = 0.03
"""Share of the bound by which the steps aim below it."""

TIRED = 10
"""Rounds without a better bound after which steps become shorter."""


class Links(NamedTuple):
    """Leave of a unit to use a standing in a house that cannot take all of its standings."""

    of: Array
    """Leave that each column needs, or -1."""
    unit: Array
    standing: Array


class Weighing(NamedTuple):
    """Prices of slots, rows and leave, one after the other, and what weighs on them, as floats but for `chosen`."""

    price: Array
    best: Array
    pull: Array
    """What is brought less what is bought, at the prices."""
    average: Array
    scale: Array
    """How much one unit more or less weighs, squared."""
    chosen: Array
    """Dearest column of each unit, or -1."""
    taken: Array
    """Share of each column in the average."""
    leave: Array
    order: Array
    """Room to work in, by standing."""


def _unit_side(matching: Any, links: Any, weighing: Any) -> float:
    price, pull = weighing.price, weighing.pull
    slots, past = len(matching.slot_cell), len(matching.slot_cell) + len(matching.row_most)
    total = 0.0
    for unit in range(len(matching.unit_first) - 1):
        most, pick = 0.0, -1
        for column in range(matching.unit_first[unit], matching.unit_first[unit + 1]):
            worth = float(matching.gain[column])
            for entry in range(matching.column_first[column], matching.column_first[column + 1]):
                worth += matching.people[entry] * price[matching.slot[entry]]
            for entry in range(matching.row_first[column], matching.row_first[column + 1]):
                worth -= matching.row_amount[entry] * price[slots + matching.row[entry]]
            if links.of[column] >= 0:
                worth -= price[past + links.of[column]]
            if worth > most or (pick < 0 and matching.exactly):
                most, pick = worth, column
        weighing.chosen[unit] = pick
        total += most
        if pick >= 0:
            for entry in range(matching.column_first[pick], matching.column_first[pick + 1]):
                pull[matching.slot[entry]] += matching.people[entry]
            for entry in range(matching.row_first[pick], matching.row_first[pick + 1]):
                pull[slots + matching.row[entry]] -= matching.row_amount[entry]
            if links.of[pick] >= 0:
                pull[past + links.of[pick]] -= 1.0
    return total


def _cell_side(matching: Any, weighing: Any) -> float:
    price, pull = weighing.price, weighing.pull
    slots, total = len(matching.slot_cell), 0.0
    for row in range(len(matching.row_most)):
        total += price[slots + row] * matching.row_most[row]
        pull[slots + row] += matching.row_most[row]
    for cell in range(len(matching.cell_slot) - 1):
        first = matching.cell_slot[cell]
        for group in range(matching.cell_group[cell], matching.cell_group[cell + 1]):
            cheapest = -1
            for bit in range(matching.cell_slot[cell + 1] - first):
                if (matching.group_open[group] >> bit) & 1 and (cheapest < 0 or price[first + bit] < price[cheapest]):
                    cheapest = first + bit
            if cheapest >= 0 and matching.group_weight[group] > price[cheapest]:
                total += (matching.group_weight[group] - price[cheapest]) * matching.group_demand[group]
                pull[cheapest] -= matching.group_demand[group]
    return total


def _house_side(matching: Any, links: Any, weighing: Any) -> float:
    past = len(matching.slot_cell) + len(matching.row_most)
    leave, order, total = weighing.leave, weighing.order, 0.0
    leave[:] = 0.0
    for link in range(len(links.standing)):
        leave[links.standing[link]] += weighing.price[past + link]
    for house in range(len(matching.house_most)):
        guests = 0
        for standing in range(len(leave)):
            if matching.standing_house[standing] == house and leave[standing] > 0:
                order[guests] = standing
                guests += 1
        for place in range(min(guests, matching.house_most[house])):
            dearest = place
            for other in range(place + 1, guests):
                if leave[order[other]] > leave[order[dearest]]:
                    dearest = other
            order[place], order[dearest] = order[dearest], order[place]
            total += leave[order[place]]
            # A standing that is let in is marked by leave below zero.
            leave[order[place]] = -1.0
    for link in range(len(links.standing)):
        if leave[links.standing[link]] < 0:
            weighing.pull[past + link] += 1.0
    return total


unit_side, cell_side, house_side = kept(_unit_side), kept(_cell_side), kept(_house_side)


def _weigh(matching: Any, links: Any, weighing: Any) -> float:
    """The bound at the prices; notes what pulls at them."""
    weighing.pull[:] = 0.0
    return float(unit_side(matching, links, weighing) + cell_side(matching, weighing) + house_side(matching, links, weighing))


def _step(weighing: Any, length: float) -> None:
    """Prices a step of some length, in bound, away from the best ones."""
    best, average, scale = weighing.best, weighing.average, weighing.scale
    norm = 1e-12
    for item in range(len(best)):
        if best[item] > 0 or average[item] < 0:
            norm += average[item] * average[item] / scale[item]
    for item in range(len(best)):
        weighing.price[item] = max(0.0, best[item] - length / norm * average[item] / scale[item])


weigh, step = kept(_weigh), kept(_step)


def _descend(matching: Any, links: Any, weighing: Any, rounds: int) -> float:
    bound = weigh(matching, links, weighing)
    weighing.average[:] = weighing.pull
    pace, share, tired, mark, marked = 0.3, 0.2, 0, bound, 0
    for number in range(rounds):
        step(weighing, pace * AIM * abs(bound))
        value = weigh(matching, links, weighing)
        agreed = 0.0
        for item in range(len(weighing.price)):
            agreed += weighing.pull[item] * weighing.average[item] / weighing.scale[item]
            weighing.average[item] += share * (weighing.pull[item] - weighing.average[item])
        weighing.taken[:] *= 1.0 - share
        for unit in range(len(weighing.chosen)):
            if weighing.chosen[unit] >= 0:
                weighing.taken[weighing.chosen[unit]] += share
        tired += 1
        if value < bound:
            bound, tired = value, 0
            weighing.best[:] = weighing.price
            pace = min(2.0, pace * 1.1) if agreed > 0 else pace
        if tired >= TIRED:
            pace, tired = max(1e-4, pace * 0.9), 0
        if number % 100 == 99:
            share = max(0.01, share * 0.85)
        if bound < mark - LITTLE * abs(mark):
            mark, marked = bound, number
        if number - marked > STALE:
            break
    return float(bound)


_compiled_descent = kept(_descend)


def descended(matching: Matching, rounds: int = ROUNDS) -> Relaxed:
    """Prices after so many rounds, at most, and how much of each column the rounds took of late."""
    links = links_of(matching)
    sizes = np.cumsum([matching.slots, len(matching.row_most), len(links.standing)])
    scale = np.concatenate(
        (
            _weights(matching, matching.column_first, matching.slot, matching.people, matching.slots),
            _weights(matching, matching.row_first, matching.row, matching.row_amount, len(matching.row_most)),
            np.full(len(links.standing), 2.0),
        )
    )
    price = np.zeros(sizes[-1])
    heaviest = np.zeros(matching.cells)
    np.maximum.at(heaviest, np.repeat(np.arange(matching.cells), np.diff(matching.cell_group)), matching.group_weight)
    price[: sizes[0]] = 0.5 * heaviest[matching.slot_cell]
    standings = len(matching.standing_house)
    room = (np.full(matching.units, NONE, np.int64), np.zeros(matching.columns), np.zeros(standings), np.zeros(standings, np.int64))
    weighing = Weighing(price, price.copy(), np.zeros(sizes[-1]), np.zeros(sizes[-1]), scale, *room)
    value = _compiled_descent(matching, links, weighing, rounds)
    weighing.price[:] = weighing.best
    slot, row, link = np.split(weighing.best, sizes[:-1])
    pairs = zip(links.unit.tolist(), links.standing.tolist(), strict=True)
    leave = dict(zip(pairs, link.tolist(), strict=True))
    dearest, no_house = _best(matching, links, weighing), np.zeros(len(matching.house_most))
    return Relaxed(dearest, slot, row, no_house, leave, weighing.taken, float(value))


def _best(matching: Matching, links: Links, weighing: Weighing) -> Array:
    """What the dearest column of each unit is worth."""
    weigh(matching, links, weighing)
    found = np.zeros(matching.units)
    for unit, column in enumerate(weighing.chosen.tolist()):
        if column >= 0:
            people = slice(matching.column_first[column], matching.column_first[column + 1])
            rows = slice(matching.row_first[column], matching.row_first[column + 1])
            worth = matching.gain[column] + (matching.people[people] * weighing.price[matching.slot[people]]).sum()
            worth -= (matching.row_amount[rows] * weighing.price[matching.slots + matching.row[rows]]).sum()
            link = links.of[column]
            found[unit] = worth - (weighing.price[matching.slots + len(matching.row_most) + link] if link >= 0 else 0.0)
    return found


def links_of(matching: Matching) -> Links:
    """The leave that columns need."""
    wide, tight = len(matching.standing_house) + 1, tight_houses(matching)
    housed = matching.standing >= 0
    if len(tight):
        housed = housed & tight[matching.standing_house[np.maximum(matching.standing, 0)]]
    known, place = np.unique(matching.unit[housed] * wide + matching.standing[housed], return_inverse=True)
    of = np.full(matching.columns, NONE, np.int64)
    of[housed] = place
    return Links(of, known // wide, known % wide)


def _weights(matching: Matching, first: Array, item: Array, amount: Array, count: int) -> Array:
    """For each item the sum over units of the most that one of their columns brings to it, squared."""
    owners, items, amounts = entries(first, item, amount, np.arange(matching.columns))
    keys, place = np.unique(matching.unit[owners] * count + items, return_inverse=True)
    most = np.zeros(len(keys))
    np.maximum.at(most, place, amounts.astype(float))
    total = np.zeros(count)
    np.add.at(total, keys % count if count else keys, most**2)
    return np.maximum(total, 1.0)
