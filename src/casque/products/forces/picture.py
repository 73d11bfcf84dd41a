"""What tables and sheets of the force are made of, and the part of it that somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casque.errors import BadInput, NoSuchItem
from casque.mission.faults import nearest
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.findings import Finding
from casque.plan.force import Fill, ForceRecord
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.products.figures import Calendar
from casque.products.names import Names
from casque.reference.load import Reference


@dataclass(frozen=True)
class Picture:
    """A mission with its force, and how names and days are written."""

    mission: Mission
    reference: Reference
    requirement: RequirementRecord
    force: ForceRecord
    findings: tuple[Finding, ...]
    names: Names
    calendar: Calendar

    def lines(self) -> dict[str, RequirementLine]:
        """Requirement lines by name."""
        return {line.id: line for line in self.requirement.lines}

    def fills(self) -> list[tuple[RequirementLine, Fill]]:
        """Lines with their fill."""
        lines = self.lines()
        return [(lines[fill.line], fill) for fill in self.force.fills if fill.line in lines]

    @property
    def contributors(self) -> tuple[str, ...]:
        """Members that pledged a unit, in the order of alliance.yaml."""
        pledging = {pledge.member for pledge in self.mission.forces.pledges}
        return tuple(member.id for member in self.mission.alliance.members if member.id in pledging)


def picture(
    mission: Mission, reference: Reference, requirement: RequirementRecord, force: ForceRecord, findings: Iterable[Finding] = ()
) -> Picture:
    """The picture of a force."""
    calendar = Calendar(mission.about.d_day, int(mission.about.horizon))
    return Picture(mission, reference, requirement, force, tuple(findings), Names(mission, reference), calendar)


@dataclass(frozen=True)
class Narrowed:
    """The part of a force that somebody asked for; what is not given lets everything through."""

    sector: str = ""
    capability: str = ""
    month: int | None = None
    member: str = ""

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for."""
        return self == Narrowed()

    def cell(self, sector: str, capability: Capability | str) -> bool:
        """Whether a capability in a sector is meant."""
        return self.sector in ("", sector) and self.capability in ("", str(capability))

    def whose(self, member: str) -> bool:
        """Whether a member is meant."""
        return self.member in ("", member)

    def months(self, count: int) -> range:
        """Months that are meant."""
        return range(count) if self.month is None else range(self.month, self.month + 1)


def narrowed(seen: Picture, sector: str = "", capability: str = "", month: int | None = None, member: str = "") -> Narrowed:
    """What was asked for, by names as they are typed. Raises NoSuchItem for an unknown name, BadInput for a month outside the plan."""
    if month is not None and not 0 <= month < max(1, seen.requirement.months):
        raise BadInput(
            f"--month is {month}; expected 0 to {seen.requirement.months - 1}", next_step="Months count from D-day; month 0 begins then."
        )
    sectors = {item.id: item.name for item in seen.mission.area.sectors}
    return Narrowed(
        known(sector, sectors, "sector"),
        known(capability, {item.value: item.value for item in Capability}, "capability"),
        month,
        nation(seen, member) if member else "",
    )


def nation(seen: Picture, name: str) -> str:
    """A contributor by id or name. Raises NoSuchItem for one that is unknown or has pledged nothing."""
    members = {item.id: item.name for item in seen.mission.alliance.members}
    found = known(name, members, "member")
    if found not in seen.contributors:
        pledged = ", ".join(seen.contributors)
        raise NoSuchItem(f"{members[found]} has pledged no unit", f"Members with pledges: {pledged}." if pledged else "Nobody has.")
    return found


def known(name: str, names: dict[str, str], kind: str) -> str:
    """The id behind an id or a title, whatever its case; nothing for nothing. Raises NoSuchItem with the nearest name."""
    if not name:
        return ""
    by_word = {title.casefold(): key for key, title in names.items()} | {key.casefold(): key for key in names}
    if name.casefold() in by_word:
        return by_word[name.casefold()]
    near = nearest(name.casefold(), by_word)
    hint = f"Did you mean '{by_word[near]}'? " if near else ""
    raise NoSuchItem(f"no {kind} is called '{name[:60]}'", f"{hint}Known: {', '.join(names)}.")
