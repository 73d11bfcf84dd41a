"""Force protection: the posture that the threat asks for, the one that is held, what each costs and what risk is left."""

from __future__ import annotations

from dataclasses import dataclass

from casque.plan.engagement import Protection
from casque.products.figures import count, number
from casque.products.material import Material

MARKS = {"meets": "good", "above": "good", "below": "bad", "no posture answers": "bad"}


@dataclass(frozen=True)
class ProtectionRow:
    """One sector in one stretch of days: the contingents that hold the same posture together."""

    sector: str
    members: tuple[str, ...]
    item: Protection
    people: float
    guards: float
    guards_asked: float
    patrols_lost: float
    patrols_lost_asked: float
    held: str
    asked: str

    @property
    def mark(self) -> str:
        """How it stands, as the report marks states."""
        return MARKS[self.item.standing]


@dataclass(frozen=True)
class ProtectionView:
    """Postures against threats."""

    lead: str
    rows: tuple[ProtectionRow, ...]
    places: tuple[tuple[str, str, str, str, str], ...]
    """Place, phase, threat, posture that it asks for, contingents below it."""


def view(material: Material) -> ProtectionView:
    """The part on force protection; without rows where the mission writes no postures."""
    record, names = material.engagement, material.names
    titles = {posture.id: posture.title for posture in material.mission.engagement.postures}
    phases = {phase.id: phase.title for phase in material.mission.about.phases}
    groups: dict[tuple[str, int, int, str, str], list[Protection]] = {}
    for item in record.protection:
        groups.setdefault((item.sector, item.first, item.last, item.held, item.standing), []).append(item)
    rows = tuple(
        ProtectionRow(
            sector=names.sector(items[0].sector),
            members=tuple(names.member(item.member) for item in items),
            item=items[0],
            people=sum(item.people for item in items),
            guards=sum(item.guards for item in items),
            guards_asked=sum(item.guards_asked for item in items),
            patrols_lost=sum(item.patrols_lost for item in items),
            patrols_lost_asked=sum(item.patrols_lost_asked for item in items),
            held=titles.get(items[0].held, "none written"),
            asked=titles.get(items[0].asked, "none answers it"),
        )
        for items in groups.values()
    )
    places = tuple(
        (
            names.of("place", item.place),
            phases.get(item.phase, item.phase),
            item.threat,
            titles.get(item.asked, "none answers it"),
            ", ".join(names.member(member) for member in item.below) or "nobody",
        )
        for item in record.place_protection
    )
    return ProtectionView(_lead(record.protection), rows, places)


def _lead(items: tuple[Protection, ...]) -> str:
    low = [item for item in items if item.standing in ("below", "no posture answers")]
    if not items:
        return ""
    if not low:
        return "Every contingent holds a posture that answers the threat in its sector on every day that it is there."
    people = max(sum(item.people for item in low if item.first <= day <= item.last) for day in {item.first for item in low})
    contingents = len({(item.sector, item.member) for item in low})
    more = max(
        sum(item.guards_asked - item.guards for item in low if item.first <= day <= item.last) for day in {item.first for item in low}
    )
    hold = "holds" if contingents == 1 else "hold"
    return (
        f"{count(contingents, 'contingent')} in a sector {hold} less than the posture that the threat asks for, "
        f"up to {number(people)} people at a time. To reach it would tie up to {number(max(0.0, more))} more people to guarding themselves."
    )
