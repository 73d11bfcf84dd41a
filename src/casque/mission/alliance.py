"""alliance.yaml: organisations and how they decide, members, command posts and who stands under whom."""

from __future__ import annotations

from casque.mission.quantities import Dollars, People, Share
from casque.mission.standing import StandingArrangement
from casque.mission.vocabulary import Authority, DecisionRule, OrganisationKind
from casque.mission.written import Count, Day, Id, Rate, Sourced


class Organisation(Sourced):
    """A body that mandates, leads or supports."""

    id: Id
    """Name of the organisation."""
    name: str
    """Its full name."""
    kind: OrganisationKind
    """What sort of body it is."""
    decides_by: DecisionRule
    """How it decides."""
    seats: Count | None = None
    """Members of the body that decides, where that is known, such as 19 for the North Atlantic Council in 1999."""
    leader: Id | None = None
    """Member whose word decides, where a lead nation does."""


class Member(Sourced):
    """A nation that contributes, hosts or lets others pass."""

    id: Id
    """ISO 3166 alpha-3 code in lower case, or a name of that form where there is none."""
    name: str
    """Name of the nation in English."""
    organisations: tuple[Id, ...] = ()
    """Organisations it belongs to."""
    roles: tuple[str, ...] = ("contributor",)
    """Any of `contributor`, `host`, `transit`."""
    languages: tuple[str, ...] = ()
    """Working languages of its contingent, ISO 639-1 codes."""
    signals_standard: str = ""
    """Family of radio and data standards it works with, such as `nato` or `soviet`."""
    equipment_standard: str = ""
    """Family of ammunition, fuel couplings and spares, such as `nato` or `soviet`."""
    reliability: Share = 0.9
    """Share of what it pledged that past practice lets one expect."""
    delay_months: Rate = 1.3
    """Months that its units come late on average, in months; the default is that of the contributors to UN missions, see the study of
    pledges and strength."""
    will: Share = 0.5
    """Willingness to contribute more if asked: 0 % refuses, 100 % waits to be asked."""
    share_at_most: Share | None = None
    """Largest part of the people-months asked for that it is to provide; none means no limit."""
    people_at_most: People | None = None
    """Most of its people on the ground at once, as its parliament or government allows; units about to take over are not counted."""
    burden_key: Rate | None = None
    """Its part of the burden under an agreed key, against the parts of the others; none where no key was agreed."""
    gdp: Dollars | None = None
    """Gross domestic product in current US dollars in the year of D-day; none takes the reference figure of the nearest year."""
    population: People | None = None
    """Inhabitants in the year of D-day; none takes the reference figure of the nearest year."""


class Exercise(Sourced):
    """An exercise that members held together: who has worked with whom."""

    id: Id
    """Name of the exercise."""
    title: str
    """What it was called."""
    day: Day
    """Last day of it."""
    members: tuple[Id, ...]
    """Members that took part."""


class Rehatting(Sourced):
    """Units that pass from one lead organisation to another on a day, under a new mandate, authority and supply regime."""

    id: Id
    """Name of the change."""
    day: Day
    """First day under the new lead organisation."""
    from_organisation: Id
    """Organisation that led until then."""
    to_organisation: Id
    """Organisation that leads from then on."""
    instrument: Id
    """Instrument (mandate.yaml) that it rests on."""
    to_post: Id
    """Command post that receives authority over the units."""
    members: tuple[Id, ...] = ()
    """Contributors whose units pass over; empty means all."""
    supply: str = ""
    """Who supplies and pays from that day on, in words."""
    paid_by: Id | None = None
    """Organisation or member that pays the contributors for people and equipment from that day on; none means the new organisation."""
    standards: str = ""
    """What the new organisation asks of the units that pass, such as its standards of equipment and self-sustainment."""
    standards_by: Day | None = None
    """Last day on which units that fall short are still taken as they are; none means the day of the change."""
    below_standard: tuple[Id, ...] = ()
    """Units that are known to fall short of those standards."""


class CommandPost(Sourced):
    """A headquarters in the chain of command."""

    id: Id
    """Name of the post."""
    name: str
    """What it is called."""
    level: str
    """`political`, `strategic`, `operational`, `theatre`, `sector`."""
    superior: Id | None = None
    """Post it answers to; none only for the highest."""
    authority: Authority | None = None
    """Degree of authority over the units below it that its superior passes on to it."""
    nation: Id | None = None
    """Member that provides the commander."""
    sector: Id | None = None
    """Sector it commands, if it commands one."""
    organisation: Id | None = None
    """Organisation whose post it is, where several lead one after the other."""
    from_day: Day | None = None
    """First day of this arrangement; none means from the start."""


class Alliance(Sourced):
    """Who takes part and who commands."""

    organisations: tuple[Organisation, ...]
    """Organisations in the mission."""
    members: tuple[Member, ...]
    """Nations in the mission."""
    command_posts: tuple[CommandPost, ...]
    """Headquarters, highest first."""
    exercises: tuple[Exercise, ...] = ()
    """Exercises that members held together."""
    rehattings: tuple[Rehatting, ...] = ()
    """Changes of the lead organisation."""
    standing: tuple[StandingArrangement, ...] = ()
    """Standing arrangements: packages agreed on beforehand that can enter first."""
