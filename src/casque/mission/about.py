"""mission.yaml: what the mission is called, who leads it, when it starts, how far the plan looks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from casque.mission.quantities import Dollars, Horizon
from casque.mission.written import Day, Id, Marking, Sourced


def _calendar_day(value: Any) -> Any:
    if isinstance(value, str) and value.strip()[:1] == "D":
        raise PydanticCustomError("day", "expected a date such as '1999-06-12': 'D+14' is counted from it")
    return value


class Phase(Sourced):
    """A stretch of the mission with its own threat and posture."""

    id: Id
    """Name by which threats and tasks refer to it."""
    title: str
    """What it is called in the plan."""
    start: Day
    """First day."""
    end: Day
    """Last day."""


class About(Sourced):
    """The title page of the folder."""

    format: Literal[1]
    """Version of the folder format."""
    id: Id
    """Short name of the mission; names the records."""
    title: str
    """What the mission is called."""
    summary: str
    """Two or three sentences for someone who has never heard of it."""
    lead: Id
    """Id of the organisation that leads (alliance.yaml)."""
    d_day: Annotated[Day, BeforeValidator(_calendar_day)]
    """The day from which `D+n` is counted."""
    horizon: Horizon
    """How far the plan looks from D-day."""
    currency: Literal["USD"] = "USD"
    """Currency of every amount of money."""
    budget: Dollars | None = None
    """Most that the people of the force may cost up to the horizon, by the rates of the factors for a person's month; none means no
    ceiling."""
    reference_set: str = "casque-1"
    """Name of the set of planning factors that is used."""
    marking: Marking = Marking()
    """Default marking of everything in the folder."""
    phases: tuple[Phase, ...]
    """Phases in order; they must not overlap."""
