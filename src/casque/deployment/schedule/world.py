"""The movement problem as plain arrays, in ticks of equal length: loads, routes and their legs, capacities by period, vehicles.

A load takes one route, a chain of legs. A leg is either driven (no fleet: a convoy packet of its own) or sailed, flown or hauled by a
vehicle of a fleet on a trip that several loads share. The time of a leg runs from the start of loading to the end of unloading. A
vehicle stays where its trip ended, and takes its fleet's travel time to the start of the next.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PEOPLE, BULK, OVERSIZE, OUTSIZE, SURFACE_ONLY, METRES, VEHICLES, ONE, TONNES = range(9)
"""Quantities of a load: people; tonnes of bulk, oversize, outsize and surface-only cargo; lane metres; vehicles; one; all tonnes."""
TRIP = 9
"""Quantity of a use that is booked once for a trip, whatever it carries; once for a packet on a driven leg."""
DRIVEN = -1
"""Fleet of a leg that needs none."""


class World(NamedTuple):
    """The problem. `x_first[i]` to `x_first[i + 1]` is the range of the parts of item i."""

    horizon: int
    """Ticks planned over; what has not arrived by then is left behind."""
    ahead: int
    """Ticks by which people may be at their destination before the last of their vehicles."""
    load_group: Ints
    load_class: Ints
    load_ready: Ints
    load_people: Ints
    """1 where people travel apart from the vehicles of their group and have to meet them."""
    load_amount: Floats
    """Load x quantity."""
    share: Floats
    """Load x fleet: part of a vehicle that the load takes; infinity where the fleet cannot take it."""
    class_first: Ints
    """Routes by class."""
    route_first: Ints
    """Legs by route, as positions in `route_leg`."""
    route_leg: Ints
    leg_from: Ints
    leg_to: Ints
    leg_fleet: Ints
    leg_time: Ints
    leg_dwell: Ints
    """Least ticks between coming to the start of the leg and leaving on it; 0 for the first leg of a route."""
    leg_space: Ints
    """Capacity taken while waiting for the leg, from arrival to departure; -1 for none."""
    leg_space_quantity: Ints
    leg_cost: Floats
    """Cost of a trip, or of a packet."""
    use_first: Ints
    """Uses by leg."""
    use_resource: Ints
    use_offset: Ints
    """Ticks from the start of the leg."""
    use_time: Ints
    use_quantity: Ints
    use_factor: Floats
    resource_width: Ints
    """Ticks of a period."""
    resource_first: Ints
    """Periods by capacity, as positions in `capacity`."""
    capacity: Floats
    fleet_vehicle_first: Ints
    fleet_leg_first: Ints
    """Legs by fleet, as positions in `fleet_leg`; driven legs stand behind the last fleet."""
    fleet_leg: Ints
    fleet_look: Ints
    """Ticks that a fleet looks ahead for loads while a vehicle comes back empty."""
    fleet_cost: Floats
    """Cost of a tick of travel without loads."""
    vehicle_place: Ints
    vehicle_from: Ints
    vehicle_until: Ints
    travel: Ints
    """Fleet x place x place: ticks of travel without loads."""
    group_due: Ints
    """Tick by which the group is required; beyond the horizon where it is not."""
    group_weight: Floats
    """Weight of a tick of lateness."""
    group_vehicles: Ints
    """Loads of the group that its people have to meet."""

    @property
    def loads(self) -> int:
        """How many loads."""
        return len(self.load_group)


class Choice(NamedTuple):
    """What a dispatch is steered by."""

    rank: Ints
    """Place of each load in the order of urgency."""
    route: Ints
    """Route of each load."""
    free: Ints
    """1 where a load may take another route of its class that begins with the legs it has done, if a vehicle goes there.

    Where a route begins with a way that draws on no capacity, a free load waits at its origin for the vehicle that calls it forward.
    """
    release: Ints
    """Tick before which a load does not leave; never before it is ready."""
    through: Ints
    """One number: 1 where the departure by road is fixed together with the trip before it, so that waiting space is freed for others."""
    hold: Ints
    """By fleet: ticks after which a load waits no longer for its vehicle to fill; never longer than half the time of the leg."""
    fill: Floats
    """By fleet: part of a vehicle with which it leaves at once."""
    closed: Ints = np.zeros(0, dtype=np.int64)
    """By load: bit k is set where it does not take route k of its class while it is free; empty where every route is open."""
    eager: Floats = np.full(1, 0.1)
    """One number: the share of all loads that may come before a load for it to count e times less when a trip is chosen."""


class Plan(NamedTuple):
    """A schedule. Unmoved loads have the arrival -1."""

    route: Ints
    start: Ints
    """Load x leg of its route: tick of departure, -1 where there is none."""
    trip: Ints
    """Load x leg: the trip it shares, -1 on driven legs."""
    arrival: Ints
    trip_leg: Ints
    trip_vehicle: Ints
    trip_start: Ints
