"""Record of the stage `require`: what the tasks need, line by line, and what the rules of thumb say."""

from __future__ import annotations

from casque.mission.vocabulary import Capability, Grade
from casque.plan.record import Record


class RequirementLine(Record):
    """A capability wanted in a sector for a task."""

    id: str
    """Name of the line: task, sector, capability and rule."""
    task: str
    """Task it follows from."""
    sector: str
    """Sector it is wanted in."""
    capability: Capability
    """Capability wanted."""
    low: float
    """People, low end of the band."""
    likely: float
    """People, likely."""
    high: float
    """People, high end of the band."""
    start: int
    """First day."""
    end: int
    """Last day."""
    required_by: int
    """Commander's required date."""
    priority: int
    """1 to 5."""
    crosses_sectors: bool
    """Whether the force must be able to act outside its sector."""
    driver: str
    """The troop-to-task rule, and what drives it."""
    working: str
    """The arithmetic, readable."""
    grade: Grade
    """Grade of the weakest figure in it."""
    by_month: tuple[float, ...]
    """People wanted in each mission month, take-over by civil institutions deducted."""
    rule: str = ""
    """The troop-to-task rule; `stated` for a line of the staff's own statement."""
    stated: bool = False
    """Whether the staff states it (forces/requirements.csv)."""
    source: tuple[str, ...] = ()
    """Sources of a stated line."""


class Band(Record):
    """What a rule of thumb says about the whole force, for comparison."""

    name: str
    """Rule of thumb."""
    low: float
    """People."""
    likely: float
    """People."""
    high: float
    """People."""
    working: str
    """The arithmetic, readable."""
    grade: Grade
    """Grade of the evidence."""
    source: str
    """Where it comes from."""


class RequirementRecord(Record):
    """What the mandate needs in people."""

    months: int
    """Mission months in the plan."""
    lines: tuple[RequirementLine, ...]
    """Lines."""
    bands: tuple[Band, ...]
    """Rules of thumb beside them."""
    driver: str
    """Which task or rule drives the total most, in a sentence."""
