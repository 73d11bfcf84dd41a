"""actors.yaml: parties to the conflict, institutions and populations, and what each does to security."""

from __future__ import annotations

from casque.mission.quantities import People, PerWeek, Share
from casque.mission.vocabulary import ActorKind, Capability
from casque.mission.written import Day, Id, Sourced


class Violence(Sourced):
    """Serious incidents that an actor would cause in a sector each week if no force stood in the way."""

    sector: Id
    """Sector it happens in."""
    rate: PerWeek
    """Incidents a week at D-day."""


class Arrival(Sourced):
    """Strength of an institution that takes tasks over, on a day."""

    day: Day
    """Day of the figure."""
    strength: People
    """People present."""


class Displaced(Sourced):
    """A population outside its homes."""

    number: People
    """People displaced at D-day."""
    expected_return: Share
    """Share expected to return within the horizon if it is safe."""


class Actor(Sourced):
    """Anyone in the area besides the force."""

    id: Id
    """Name of the actor."""
    name: str
    """What it is called."""
    kind: ActorKind
    """Party, institution or population."""
    strength: People = 0.0
    """Armed strength or staff at D-day."""
    consent: Share = 1.0
    """How far it accepts the mission: 0 % fights it, 100 % works with it."""
    leaves_by: Day | None = None
    """Day by which it has undertaken to leave the area or lay down arms."""
    violence: tuple[Violence, ...] = ()
    """Incidents it causes if nothing stands in the way."""
    takes_over: Capability | None = None
    """Capability that it relieves the force of as it arrives."""
    authorised: People = 0.0
    """Strength that it is authorised to reach."""
    arrivals: tuple[Arrival, ...] = ()
    """Strength expected over time, for an institution that takes tasks over."""
    displaced: Displaced | None = None
    """Displacement, for a population."""


class Actors(Sourced):
    """Everyone in the area besides the force."""

    actors: tuple[Actor, ...]
    """Actors in any order."""
