"""What holds the closure: one more of each capacity that binds, and the force without the unit that comes last, solved again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from casque.deployment.certificate import Bounds, closing
from casque.deployment.schedule.solve import Found
from casque.deployment.schedule.world import Ints, World
from casque.deployment.search import continued
from casque.deployment.translation.clock import DAY
from casque.deployment.translation.translate import Key, Translated
from casque.deployment.usage import label
from casque.plan.movement import Bottleneck

MOST = 4
"""Capacities of which one more is tried."""
SHARE = 0.2
"""Part by which a throughput is raised."""


def bottlenecks(
    translated: Translated, found: Found, proof: Bounds, binding: Sequence[int], seed: int, iterations: int
) -> tuple[Bottleneck, ...]:
    """What a little more of each capacity that holds the bound or binds, or the units that come last, takes off closure and its bound.

    The closing capacities come first: those with the largest part in the bound, then those that are full on most days.
    """
    world, key = translated.world, translated.key
    asked = [row for row in _holding(proof) if not _gate(key, row)]
    asked += [row for row in binding if row not in asked and not _gate(key, row)]
    items: list[Bottleneck] = []
    for row in asked[:MOST]:
        raised, more = one_more(world, key, row)
        again = continued(raised, found, seed, iterations)
        won = max(0.0, (found.score.closure - again.score.closure) / DAY) if again.score[:2] <= found.score[:2] else 0.0
        bound = _bound(raised, again, proof)
        items.append(_bottleneck(label(key, row)[0], more, max(0.0, (proof.closure - bound) / DAY), won))
    items.extend(_last_ready(translated, found, proof))
    return tuple(sorted((item for item in items if item.days > 0 or item.won > 0), key=lambda item: (-item.days, -item.won, item.resource)))


def _gate(key: Key, row: int) -> bool:
    return row < len(key.capacities) and key.capacities[row].gate


def _holding(proof: Bounds) -> list[int]:
    """Capacities and fleets that hold the bound, the largest part first."""
    if proof.held is None:
        return []
    weight = proof.held.weight
    order = np.argsort(-weight, kind="stable")
    return [int(row) for row in order if weight[row] > 0.02]


def _bound(raised: World, again: Found, proof: Bounds) -> float:
    """The bound with more of a capacity; never below the journeys of the groups by themselves, which are those without it."""
    if proof.held is None:
        return float(proof.closure)
    return max(float(proof.groups.max(initial=0)), closing(raised, again).closure)


def one_more(world: World, key: Key, row: int) -> tuple[World, str]:
    """The world with one more vehicle of a fleet, one more place for a vehicle that loads, or a fifth more of a throughput."""
    if row >= len(key.capacities):
        return _one_more_vehicle(world, row - len(key.capacities)), "one more vehicle of the fleet"
    first, behind = int(world.resource_first[row]), int(world.resource_first[row + 1])
    capacity = world.capacity.copy()
    if key.capacities[row].width == 1:
        capacity[first:behind] += np.where(capacity[first:behind] > 0, 1.0, 0.0)
        return world._replace(capacity=capacity), "one more place"
    capacity[first:behind] *= 1 + SHARE
    return world._replace(capacity=capacity), f"{SHARE:.0%} more of it"


def _one_more_vehicle(world: World, fleet: int) -> World:
    first, behind = int(world.fleet_vehicle_first[fleet]), int(world.fleet_vehicle_first[fleet + 1])
    firsts = world.fleet_vehicle_first.copy()
    firsts[fleet + 1 :] += 1

    def longer(row: Ints) -> Ints:
        return np.insert(row, behind, row[first]).astype(np.int64)

    return world._replace(
        fleet_vehicle_first=firsts,
        vehicle_place=longer(world.vehicle_place),
        vehicle_from=longer(world.vehicle_from),
        vehicle_until=longer(world.vehicle_until),
    )


def _bottleneck(resource: str, more: str, days: float, won: float) -> Bottleneck:
    days, won = round(days, 2), round(won, 2)
    text = f"With {more}, {resource} lowers the bound on closure by {days:g} days"
    text += f", and the plan closes {won:g} days sooner." if won > 0 else "."
    return Bottleneck(resource=resource, more=more, days=days, won=won, text=text)


def _last_ready(translated: Translated, found: Found, proof: Bounds) -> list[Bottleneck]:
    """Units whose own journey alone, not the competition, sets the bound, and what the bound is for the rest of the force."""
    key = translated.key
    last: Ints = np.flatnonzero(proof.groups >= proof.closure).astype(np.int64)
    rest = np.flatnonzero(proof.groups < proof.closure)
    if not len(last) or not len(rest):
        return []
    earlier = float(proof.groups[rest].max(initial=0))
    world = without(translated.world, last)
    reached = int(found.plan.arrival[np.isin(translated.world.load_group, rest)].max(initial=0))
    if earlier < reached:
        earlier = min(float(reached), max(earlier, closing(world, found).closure))
    gain, won = round((proof.closure - earlier) / DAY, 2), round(max(0.0, (found.score.closure - reached) / DAY), 2)
    if gain <= 0:
        return []
    names = {group: line.name for line in key.lines for group in last.tolist() if line.group == key.groups[group]}
    ready = {group: min(line.ready for line in key.lines if line.group == key.groups[group]) for group in names}
    text = (
        f"{' and '.join(names.values())}, ready to load on {', '.join(f'D{day:+d}' for day in ready.values())}, would close last even with "
        f"nobody else on the network; leaving {'it' if len(last) == 1 else 'them'} out lowers the bound on closure by {gain:g} days."
    )
    return [Bottleneck(resource=f"journey of {' and '.join(names.values())}", more="left out of the force", days=gain, won=won, text=text)]


def without(world: World, groups: Ints) -> World:
    """The world without the loads of some groups, which keep their numbers."""
    mine = ~np.isin(world.load_group, groups)
    return world._replace(
        load_group=world.load_group[mine],
        load_class=world.load_class[mine],
        load_ready=world.load_ready[mine],
        load_people=world.load_people[mine],
        load_amount=world.load_amount[mine],
        share=world.share[mine],
        group_vehicles=np.bincount(world.load_group[mine][world.load_people[mine] == 0], minlength=len(world.group_due)).astype(np.int64),
    )
