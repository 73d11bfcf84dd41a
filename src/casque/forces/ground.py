"""What a matching problem has to say before any element is placed in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from casque.forces.calendar_profile import Calendar
from casque.forces.elements import Pool
from casque.forces.preferences import Preferences
from casque.mission.alliance import Exercise, Member
from casque.mission.area import Sector
from casque.mission.tasks import Task
from casque.plan.requirement import RequirementLine


class Ground(Protocol):
    """The wants of a mission, its members and its sectors."""

    @property
    def calendar(self) -> Calendar:
        """The days of the plan."""

    @property
    def lines(self) -> tuple[RequirementLine, ...]:
        """Requirement lines."""

    @property
    def demand(self) -> tuple[tuple[int, ...], ...]:
        """Whole people wanted, by line and month."""

    @property
    def weights(self) -> tuple[int, ...]:
        """Weight of a filled place, by line, in tenths."""

    @property
    def pools(self) -> tuple[Pool, ...]:
        """Pools."""

    @property
    def tasks(self) -> Mapping[str, Task]:
        """Tasks by id."""

    @property
    def sectors(self) -> Mapping[str, Sector]:
        """Sectors by id."""

    @property
    def members(self) -> Mapping[str, Member]:
        """Members by id."""

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Exercises that members held together."""

    @property
    def budget(self) -> float | None:
        """Most that the people of the force may cost, in USD."""

    @property
    def preferences(self) -> Preferences:
        """Prices of what tells plans with the same fill apart."""


def limited(member: str, ground: Ground) -> bool:
    """Whether money or a ceiling of its nation limits the units of a member."""
    known = ground.members.get(member)
    return ground.budget is not None or (known is not None and not (known.share_at_most is None and known.people_at_most is None))
