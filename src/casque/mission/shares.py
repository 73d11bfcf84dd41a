"""Needs whose troop-to-task rules look at what the other needs of a sector, or of the force, come to."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from casque.mission.quantities import Hours, People, Share
from casque.mission.vocabulary import BandProfile, Capability
from casque.mission.written import Count, Id, Rate, Written


class Asked(Written):
    """What every need says, whatever its rule."""

    capability: Capability
    """Capability that is asked for."""
    sectors: tuple[Id, ...] = ()
    """Sectors that it holds for; empty means every sector of the task."""


class PopulationBand(Asked):
    """No fewer security people than a rule of thumb by population: what the sector's other needs leave open is made up."""

    rule: Literal["population band"]
    """Name of the troop-to-task rule."""
    profile: BandProfile
    """How hard the task is; it names the planning factor."""
    per_thousand: Rate | None = None
    """Security people for each thousand inhabitants, where the staff states its own figure."""


class AreaBand(Asked):
    """No fewer security people than a rule of thumb by area: what the sector's other needs leave open is made up."""

    rule: Literal["area band"]
    """Name of the troop-to-task rule."""
    per_square_kilometre: Rate | None = None
    """Security people for each square kilometre; none means the planning factor."""


class Reserve(Asked):
    """A reserve as a share of what the other tasks of its sectors need."""

    rule: Literal["reserve"]
    """Name of the troop-to-task rule."""
    share: Share
    """Share of the manoeuvre force of the sector."""


class MedicalReach(Asked):
    """Medical facilities of one level, after the 10-1-2 guideline and by the people who depend on them."""

    rule: Literal["medical reach"]
    """Name of the troop-to-task rule."""
    level: Literal[1, 2, 3]
    """1 for the aid station of a battalion, 2 for surgery in a sector, 3 for the field hospital of the force. A level 3 need names one
    sector, in which the hospital stands; where it names several, the first of them."""
    within: Hours | None = None
    """Time within which it is reached; none means the guideline: an hour to level 1, two to surgery. No limit holds for level 3."""
    by_air: bool = False
    """Whether casualties are flown to it."""


class HeadquartersShare(Asked):
    """Headquarters as a share of the people they command in a sector."""

    rule: Literal["headquarters"]
    """Name of the troop-to-task rule."""
    share: Share | None = None
    """Share of the people commanded; none means the planning factor."""


class SupportRatio(Asked):
    """Support troops as a share of the force that they support in a sector."""

    rule: Literal["support ratio"]
    """Name of the troop-to-task rule."""
    share: Share | None = None
    """Support troops over the people supported; none means the planning factor."""


class NationalSupport(Asked):
    """National support elements: so many nations with one each, or a share of the force."""

    rule: Literal["national support"]
    """Name of the troop-to-task rule."""
    nations: Count | None = None
    """Contributing nations that bring one in each sector."""
    people_per_nation: People | None = None
    """People in the element of one nation; none means the planning factor."""
    share: Share | None = None
    """Elements of all nations over the people they support."""

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        """Nations or a share, and not both: the two would count the same people twice."""
        if (self.nations is None) == (self.share is None):
            raise PydanticCustomError("one_of", "expected either 'nations' or 'share', and not both")
        return self
