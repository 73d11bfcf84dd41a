"""Booking of capacities by period: whether a load or a trip fits from a tick on, and if not, when it is worth asking again."""

from __future__ import annotations

from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.world import TRIP, Floats, World

SLACK = 1e-7
"""Rounding forgiven when a capacity is filled to the brim."""


@compiled
def used(world: World, leg: int, use: int, load: int, trip: bool) -> float:
    """What a load takes of a use, or with `trip` the trip as a whole; 0 where the use is not theirs. Who drives himself is his own trip."""
    quantity = world.use_quantity[use]
    if quantity == TRIP:
        return float(world.use_factor[use]) if trip or world.leg_fleet[leg] < 0 else 0.0
    return 0.0 if trip else float(world.use_factor[use] * world.load_amount[load, quantity])


@compiled
def fits(world: World, left: Floats, leg: int, load: int, start: int, trip: bool) -> int:
    """The start itself where the uses of a load (or, with `trip`, those of the trip as a whole) fit; else the next start worth asking."""
    for use in range(world.use_first[leg], world.use_first[leg + 1]):
        amount = used(world, leg, use, load, trip)
        if amount <= 0.0:
            continue
        resource, offset = world.use_resource[use], world.use_offset[use]
        width, base = world.resource_width[resource], world.resource_first[resource]
        first, last = (start + offset) // width, (start + offset + world.use_time[use] - 1) // width
        if base + last >= world.resource_first[resource + 1]:
            return int(max(start + 1, world.horizon))
        for period in range(last, first - 1, -1):
            if left[base + period] + SLACK < amount:
                return int((period + 1) * width - offset)
    return start


@compiled
def book(world: World, left: Floats, leg: int, load: int, start: int, trip: bool, sign: float) -> None:
    """Take (sign -1) or give back (sign 1) what a load, or a trip as a whole, uses."""
    for use in range(world.use_first[leg], world.use_first[leg + 1]):
        amount = used(world, leg, use, load, trip)
        if amount <= 0.0:
            continue
        resource, offset = world.use_resource[use], world.use_offset[use]
        width, base = world.resource_width[resource], world.resource_first[resource]
        for period in range((start + offset) // width, (start + offset + world.use_time[use] - 1) // width + 1):
            left[base + period] += sign * amount


@compiled
def has_space(world: World, left: Floats, leg: int, load: int, arrival: int) -> bool:
    """Whether a load that comes in may wait for a leg as long as it takes.

    Whoever is there, or on the way there, is counted until his departure is fixed, so that a place can never overflow.
    """
    resource = world.leg_space[leg]
    if resource < 0:
        return True
    amount = world.load_amount[load, world.leg_space_quantity[leg]]
    first = world.resource_first[resource] + arrival // world.resource_width[resource]
    if first >= world.resource_first[resource + 1]:
        return False
    least = left[first]
    for period in range(first, world.resource_first[resource + 1]):
        least = min(least, left[period])
    return bool(least + SLACK >= amount)


@compiled
def take_space(world: World, left: Floats, leg: int, load: int, arrival: int) -> None:
    """Take the space to wait for a leg, with no end as yet."""
    resource = world.leg_space[leg]
    if resource >= 0:
        amount = world.load_amount[load, world.leg_space_quantity[leg]]
        first = world.resource_first[resource] + arrival // world.resource_width[resource]
        for period in range(first, world.resource_first[resource + 1]):
            left[period] -= amount


@compiled
def leave_space(world: World, left: Floats, leg: int, load: int, departure: int) -> None:
    """Give back the space from the first period that begins with the departure or after it."""
    resource = world.leg_space[leg]
    if resource >= 0:
        width = world.resource_width[resource]
        first = world.resource_first[resource] + (departure + width - 1) // width
        for period in range(first, world.resource_first[resource + 1]):
            left[period] += world.load_amount[load, world.leg_space_quantity[leg]]


@compiled
def lodge(world: World, left: Floats, leg: int, load: int, arrival: int, departure: int, sign: float) -> bool:
    """Take (sign -1) or give back (sign 1) the space to wait for a leg between two ticks; false, and nothing taken, where there is none."""
    resource = world.leg_space[leg]
    if resource < 0:
        return True
    amount, width = world.load_amount[load, world.leg_space_quantity[leg]], world.resource_width[resource]
    base = world.resource_first[resource]
    first, behind = base + arrival // width, base + (departure + width - 1) // width
    if behind > world.resource_first[resource + 1]:
        return False
    for period in range(first, behind):
        if sign < 0.0 and left[period] + SLACK < amount:
            return False
    for period in range(first, behind):
        left[period] += sign * amount
    return True
