"""The plan, the state of a run and its results as the kernel sees them: tables of plain numbers, days counted from D-day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Rows = Any
"""A structured array: rows with named fields, which the type checker cannot follow."""

NEVER = 1 << 40
"""A day that does not come."""
UNLIMITED = 1.0e6
"""Days of supply where nothing says otherwise."""


def _fields(floats: str, whole: str = "", keyed: bool = True) -> np.dtype[np.void]:
    fields: list[tuple[str, Any]] = [("key", np.uint64)] if keyed else []
    return np.dtype(fields + [(name, np.int64) for name in whole.split()] + [(name, np.float64) for name in floats.split()])


UNIT = _fields("people presence police start end moving ahead rear outside no_show delay relief", "member sector tours")
"""Key of its streams; rows of member and sector; promised tours; people; people that count for presence; 1 for police; planned day in
place; last day of the last promised tour; days from the day it is ready to load to the day in place; days by which its people are in the
area before it is in place; days by which they are in the theatre before that; 1 where it is stationed outside the area; chance
that it does not come; mean delay in days; unreliability at each relief."""
MEMBER = _fields("risk")
"""Multiplier on the risk of withdrawal."""
SECTOR = _fields("thousands usable")
"""Thousand inhabitants, those expected to return counted; share of the force that may lawfully act."""
COVER = _fields("required supply least shut", keyed=False)
"""By sector and day: patrolling people required; days of supply of the scarcest class; least of that class; 1 where the plan shuts the
route."""
PARTY = _fields("consent leaves")
"""Consent at D-day; day by which it has undertaken to leave."""
CIVIL = _fields("police")
"""1 where the institution does police work."""
POPULATION = _fields("number")
"""Displaced people who mean to return."""

UNIT_STATE = _fields("nears enters arrives leaves manned", keyed=False)
"""Day its people are in the theatre; day they are in the area; day it is in place; first day it is gone; people it brings for each one
promised."""
SECTOR_STATE = _fields(
    "people patrolling plain malicious shut_until lost_days supply supplied effective felt excited pressure today hostility",
    keyed=False,
)
"""People present; those in place that count for presence, police weighted and plain; chance a day that one person is killed; day the route
opens; days of supply lost; days of supply; share of effect that supply leaves; effective presence per thousand; the same as felt; reprisals
expected a day; incidents a week for each 100,000 of late; incidents today; violence
of the parties that refuse consent, as a share of all that was stated, 1 at most."""
MEMBER_STATE = _fields("recent gone", keyed=False)
"""Malicious deaths of the last three months; 1 once it has decided to leave."""
PARTY_STATE = _fields("level consent", keyed=False)
"""Violence as a share of the stated rate; consent today."""
CIVIL_STATE = _fields("delay", keyed=False)
"""Days that the institution is late."""
POPULATION_STATE = _fields("returned speed", keyed=False)
"""People returned; time constant of return in days."""
AREA_STATE = _fields("theatre civil_police mandate_ends lost next_change", keyed=False)
"""People in the theatre; civil police there; day on which the mandate or the host's consent ended; peacekeepers dead so far; next
day on which a unit comes or goes."""
WEEK = _fields("presence civil returns movement supply losses", keyed=False)
"""Effective presence per thousand inhabitants; civil police; people returned; freedom of movement, share; days of supply
at the worst base; peacekeepers dead so far."""


class World(NamedTuple):
    """What the runs of one plan have in common. Shapes: U units, M members, S sectors, A parties, I institutions, P populations, T days."""

    units: Rows
    """UNIT, U."""
    members: Rows
    """MEMBER, M."""
    sectors: Rows
    """SECTOR, S."""
    cover: Rows
    """COVER, S x T."""
    parties: Rows
    """PARTY, A."""
    rates: Floats
    """Stated incidents a week, A x S."""
    civil: Rows
    """CIVIL, I."""
    civil_plan: Floats
    """Planned strength, I x T."""
    populations: Rows
    """POPULATION, P."""
    expiries: Whole
    """Days on which the mandate runs out unless renewed."""
    host_consents: float
    """1 where the mission rests on the consent of a host."""


class State(NamedTuple):
    """What one run remembers from day to day."""

    units: Rows
    """UNIT_STATE, U."""
    sectors: Rows
    """SECTOR_STATE, S."""
    members: Rows
    """MEMBER_STATE, M."""
    by_member: Floats
    """People present, M x S."""
    parties: Rows
    """PARTY_STATE, A."""
    civil: Rows
    """CIVIL_STATE, I."""
    populations: Rows
    """POPULATION_STATE, P."""
    window: Floats
    """Incidents of the last 28 days, S x 28."""
    area: Rows
    """AREA_STATE, one row."""


class Results(NamedTuple):
    """What all runs leave behind. R replications, W weeks (day 0, 7, 14 ...), other letters as in World."""

    weeks: Rows
    """WEEK, R x W."""
    incidents: Floats
    """Incidents of the week that starts on the day, R x S x W."""
    strength: Floats
    """People present by day, R x T."""
    theatre: Floats
    """People in the theatre by day, those in the area included, R x T."""
    arrivals: Floats
    """Day each unit was in place, or was to come after the horizon; NEVER where it was not sent, R x U."""
    broke_incidents: Whole
    """First day on which four weeks lie clearly above the stated rates, R x S."""
    broke_supply: Whole
    """First day below the least supply, R x S."""
    broke_consent: Whole
    """Day a party withdrew consent, R x A."""
    broke_member: Whole
    """Day a member decided to leave, R x M."""
    broke_mandate: Whole
    """Day the mandate or the host's consent ended, R x 1."""


def rows(kind: np.dtype[np.void], shape: int | tuple[int, ...], columns: Mapping[str, Sequence[Any] | NDArray[Any]]) -> Rows:
    """Rows of a kind from named columns; columns that are not given are 0."""
    table = np.zeros(shape, dtype=kind)
    for name, values in columns.items():
        table[name] = values
    return table


def blank_state(world: World) -> State:
    """The state of a run before it is opened."""
    sectors, members = len(world.sectors), len(world.members)
    return State(
        units=np.zeros(len(world.units), dtype=UNIT_STATE),
        sectors=np.zeros(sectors, dtype=SECTOR_STATE),
        members=np.zeros(members, dtype=MEMBER_STATE),
        by_member=np.zeros((members, sectors)),
        parties=np.zeros(len(world.parties), dtype=PARTY_STATE),
        civil=np.zeros(len(world.civil), dtype=CIVIL_STATE),
        populations=np.zeros(len(world.populations), dtype=POPULATION_STATE),
        window=np.zeros((sectors, 28)),
        area=np.zeros(1, dtype=AREA_STATE),
    )


def blank_results(world: World, replications: int) -> Results:
    """Results with room for every run and nothing in them."""
    sectors, days = world.cover.shape
    weeks = (days + 6) // 7
    counts = (sectors, sectors, len(world.parties), len(world.members), 1)
    broken = [np.full((replications, count), NEVER, dtype=np.int64) for count in counts]
    return Results(
        np.zeros((replications, weeks), dtype=WEEK),
        np.zeros((replications, sectors, weeks)),
        np.zeros((replications, days)),
        np.zeros((replications, days)),
        np.zeros((replications, len(world.units))),
        *broken,
    )
