"""measures.yaml: objectives, the measures that show progress towards them, and the exit criteria."""

from __future__ import annotations

from casque.mission.vocabulary import Direction
from casque.mission.written import Day, Id, Sourced


class Objective(Sourced):
    """A state of things that the mandate asks for."""

    id: Id
    """Name of the objective."""
    title: str
    """The state to be reached."""
    provisions: tuple[Id, ...]
    """Provisions that it follows from."""


class Measure(Sourced):
    """Something counted that shows whether an objective is being reached."""

    id: Id
    """Name of the measure; observations refer to it."""
    title: str
    """What is counted."""
    objective: Id
    """Objective that it speaks for."""
    unit: str
    """Unit of the count, in words."""
    direction: Direction
    """Which way it has to go."""
    baseline: float
    """Value at D-day."""
    target: float
    """Value at which the objective counts as reached."""
    amber: float
    """Value beyond which the planned course is in doubt."""
    by: Day
    """Day by which the target is to be reached."""
    exit: bool = False
    """Whether the target is an exit criterion."""
    assumption: str = ""
    """Planning assumption that breaks if the measure goes the wrong way."""
    model: str = ""
    """Series of the simulation that predicts it: `incidents-per-week`, `returns-cumulative`, `freedom-of-movement`, `strength.in_area`,
    `civil-police`."""


class Measures(Sourced):
    """The results framework."""

    objectives: tuple[Objective, ...]
    """Objectives."""
    measures: tuple[Measure, ...]
    """Measures."""
