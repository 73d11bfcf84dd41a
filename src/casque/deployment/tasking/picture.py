"""The picture that a dispatcher works from: the network as it is now, where every vehicle is, and what still waits to be moved.

Times are in one unit throughout (hours, or the steps of a simulator), counted from one moment. Nodes are numbered from 0.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """A direct connection that a fleet can use."""

    start: int
    """Node it leaves."""
    end: int
    """Node it reaches."""
    time: float
    """Time under way."""
    cost: float = 0.0
    """Cost of one trip."""
    closed_for: float = 0.0
    """Time for which it is closed from now on; 0 where it is open."""


@dataclass(frozen=True)
class Fleet:
    """Vehicles of one kind: what one of them carries and where it can go."""

    payload: float
    """Most that one vehicle carries."""
    ways: tuple[Way, ...]
    """Connections open to it."""


@dataclass(frozen=True)
class Vehicle:
    """One vehicle."""

    fleet: int
    """Its fleet."""
    at: int
    """Node where it is, or which it reaches next."""
    free: float
    """Moment from which it can be handled or leave there."""
    aboard: tuple[int, ...] = ()
    """Requests aboard."""
    handled: bool = False
    """Whether it has been handled since it came, so that it may leave at once."""


@dataclass(frozen=True)
class Request:
    """Cargo or people to be brought from one node to another."""

    at: int | None
    """Node where it waits; None while it is aboard or being handled."""
    to: int
    """Node it has to reach."""
    weight: float
    """What it takes of a payload."""
    ready: float
    """First moment at which it can be picked up."""
    due: float
    """Moment after which it is late."""
    last: float
    """Moment after which it counts as missed."""


@dataclass(frozen=True)
class Picture:
    """Everything as it is now."""

    now: float
    handling: float
    """Time that a vehicle is handled at every stop."""
    slots: tuple[int, ...]
    """Vehicles that a node can handle at once, by node."""
    fleets: tuple[Fleet, ...]
    vehicles: dict[int, Vehicle]
    requests: dict[int, Request]
    """Requests that are not yet where they have to be."""


@dataclass(frozen=True)
class Haul:
    """What a vehicle has been told to do: bring some requests from where they wait to a node on their way, or to its end."""

    requests: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Order:
    """What a vehicle does at the node where it is: hand over, take aboard, and leave for a neighbouring node."""

    unload: tuple[int, ...] = ()
    load: tuple[int, ...] = ()
    to: int | None = None
    """Next node; None to stay."""
    urgency: float = float("inf")
    """Time left until the first of what it carries or fetches is late; where vehicles queue, the smallest is handled first."""
