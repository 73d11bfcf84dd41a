"""What things are called: the names and titles behind the ids of a mission, for answers in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casque.engagement.law import Soldiers
from casque.engagement.problem import day_name
from casque.engagement.request import Request
from casque.mission.agreements import Agreement
from casque.mission.engagement import HOURS_OF_DAY, Caveat, HoursOfDay, Rule
from casque.mission.mandate import Instrument, Provision
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind

IN_DAYS_FROM = 96
"""Hours from which a wait is told in days."""


@dataclass(frozen=True)
class Titles:
    """Names and titles by id."""

    d_day: date
    units: Mapping[str, str]
    members: Mapping[str, str]
    posts: Mapping[str, str]
    sectors: Mapping[str, str]
    places: Mapping[str, str]
    rules: Mapping[str, Rule]
    caveats: Mapping[str, Caveat]
    provisions: Mapping[str, tuple[Instrument, Provision]]
    agreements: Mapping[str, tuple[Agreement, ...]]
    """Agreements that gate, by `transfer` or `status`, whether in force or not."""
    sources: Mapping[str, str]

    def day(self, day: int) -> str:
        """A day as plans write it, with its date."""
        return f"{day_name(day)} ({self.d_day + timedelta(days=day)})"

    def moment(self, request: Request) -> str:
        """Day and hour of a request."""
        return f"{self.day(request.day)} at {request.hour:02d}:00"

    def where(self, request: Request) -> str:
        """Place and sector of a request."""
        sector = self.sectors.get(request.sector, "outside every sector of the mission")
        return f"{self.places[request.place]} ({sector})" if request.place else sector

    def measure(self, name: str, rules: Iterable[Rule]) -> str:
        """A measure by its name and the title of the first rule that speaks about it."""
        title = next((rule.title for rule in rules), "")
        return f"{name} ({title})" if title and title.casefold() != name.casefold() else name

    def provision(self, name: str) -> str:
        """A provision by its paragraph and instrument."""
        if name not in self.provisions:
            return f"the provision {name}, which the mandate does not hold"
        instrument, provision = self.provisions[name]
        return f"paragraph {provision.paragraph} of {instrument.title}"

    def sector_names(self, names: Iterable[str]) -> str:
        """Sectors by name, joined by or."""
        return any_of(self.sectors.get(name, name) for name in sorted(names))

    def place_names(self, names: Iterable[str]) -> str:
        """Places by name, joined by or."""
        return any_of(self.places.get(name, name) for name in sorted(names))

    def spoken_to(self, rule: Rule, unit: Soldiers) -> str:
        """Units that a rule speaks to, as far as this is what keeps it from speaking to one."""
        parts = []
        if rule.members and unit.member not in rule.members:
            parts.append(f"a unit of {any_of(self.members.get(name, name) for name in rule.members)}")
        if rule.capabilities and unit.capabilities.isdisjoint(rule.capabilities):
            parts.append(f"a unit for {any_of(rule.capabilities)}")
        if rule.units and unit.id not in rule.units:
            parts.append(any_of(self.units.get(name, name) for name in rule.units))
        return "by " + " that is ".join(parts)


def any_of(names: Iterable[str]) -> str:
    """Names joined by commas and a last `or`; the rest is counted where there are many."""
    listed = list(dict.fromkeys(str(name) for name in names))
    if len(listed) > 4:
        return f"{', '.join(listed[:3])} or one of {len(listed) - 3} more"
    return " or ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def quoted(names: Iterable[str]) -> str:
    """Circumstances in quotation marks, joined by and."""
    return " and ".join(f"'{name}'" for name in names)


def wait_text(hours: float) -> str:
    """How long a word takes, in hours, or in days where it takes long."""
    return f"{hours:.3g} h" if hours < IN_DAYS_FROM else f"{hours / HOURS_OF_DAY:,.0f} days"


def hours_text(hours: HoursOfDay) -> str:
    """A stretch of the day."""
    return f"from {hours.start:02d}:00 to {hours.end:02d}:00"


def titles_of(mission: Mission) -> Titles:
    """The names and titles of a mission."""
    gating = mission.agreements.agreements
    return Titles(
        d_day=mission.about.d_day,
        units={pledge.id: pledge.name for pledge in mission.forces.pledges},
        members={member.id: member.name for member in mission.alliance.members},
        posts={post.id: post.name for post in mission.alliance.command_posts},
        sectors={sector.id: sector.name for sector in mission.area.sectors},
        places={place.id: place.name for place in mission.area.places},
        rules={rule.id: rule for rule in mission.engagement.rules},
        caveats={caveat.id: caveat for caveat in mission.engagement.caveats},
        provisions=mission.mandate.provisions(),
        agreements={
            "transfer": tuple(item for item in gating if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY),
            "status": tuple(item for item in gating if item.kind is AgreementKind.SOFA and item.country == mission.area.country),
        },
        sources={source.id: source.title for source in mission.sources},
    )
