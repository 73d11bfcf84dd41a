"""Parts of a nation's sheet on its own units: what is asked of it, what became of its pledges, what its caveats cost."""

from __future__ import annotations

from dataclasses import dataclass

from casque.plan.force import Assignment, Idle
from casque.plan.force_answers import NextPledge
from casque.products.figures import Calendar, count, percent, signed, whole
from casque.products.forces.members import certainty
from casque.products.forces.picture import Picture
from casque.products.forces.release import Reader
from casque.products.forces.text import alike

MOST_INSTEAD = 2
"""Other units that a wish names."""
HAS = {
    "that type": "you pledged such units",
    "that capability": "you pledged units of this capability",
    "not seen": "not seen among your pledges",
}


@dataclass(frozen=True)
class Part:
    """A part of the sheet: a heading, what it says first, and a table."""

    key: str
    title: str
    lead: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    more: str = ""
    """How many rows were left out, where some were."""


@dataclass(frozen=True)
class Wish:
    """A unit that a nation is asked for."""

    place: int
    """Place in the list of next pledges of all."""
    item: NextPledge
    has: str
    """Whether the nation is known to have such units."""


def wishes(seen: Picture, member: str) -> list[Wish]:
    """What a member is asked for: those that it is known to have stand first, then those that bring most."""
    order = list(HAS)
    found = []
    for place, item in enumerate(seen.force.next_pledges, 1):
        has = next((asked.has for asked in item.ask if asked.member == member), None)
        if has is not None:
            found.append(Wish(place, item, has))
    return sorted(found, key=lambda wish: (order.index(wish.has), wish.place))


def asks_part(seen: Picture, reader: Reader) -> Part:
    """What the nation is asked for next."""
    sectors = {sector.id: sector for sector in seen.mission.area.sectors}
    will = next((item.will for item in seen.mission.alliance.members if item.id == reader.member), 0.0)
    rows = []
    for wish in wishes(seen, reader.member) if reader.plan_released else ():
        item = wish.item
        if not reader.may(sectors.get(item.sector)):
            continue
        reader.show(sectors[item.sector])
        gain = f"{signed(item.gain)} ({certainty(item.proven, item.low, item.high)})"
        others = alike(item, seen.names, MOST_INSTEAD)
        unit = seen.names.of("unit_type", item.unit_type) + (f"; {others}" if others else "")
        rows.append((unit, seen.names.sector(item.sector), seen.calendar.day(item.by), gain, str(wish.place), HAS[wish.has]))
    title = "What you are asked for next"
    if not rows:
        none = "None of the units that would help most is of a kind that you are known to have."
        return Part("ask", title, none if reader.plan_released else "")
    lead = (
        "One row for each gap, first what you are known to have. Points: by how many hundredths this unit alone would raise the weighted "
        f"fill. Rank: its place among all units that anybody could be asked for. Your willingness to give more is taken as {percent(will)}."
    )
    return Part("ask", title, lead, ("Unit", "For", "Ready to load by", "Points", "Rank", "Why you"), tuple(rows))


def units_part(seen: Picture, reader: Reader) -> Part:
    """The pledges of the nation: those without a place first, then by sector."""
    names, calendar = seen.names, seen.calendar
    pledges = {pledge.id: pledge for pledge in seen.mission.forces.pledges if pledge.member == reader.member and reader.may(pledge)}
    for pledge in pledges.values():
        reader.show(pledge)
    sectors = {sector.id: sector for sector in seen.mission.area.sectors}
    idle = [item for item in sorted(seen.force.idle, key=lambda item: item.unit) if item.unit in pledges]
    placed = sorted(seen.force.assignments, key=lambda item: (item.sector, item.start, item.unit))
    served = [item for item in placed if item.unit in pledges and reader.may(sectors.get(item.sector))]
    rows = [(_called(seen, item), whole(pledges[item.unit].strength), "no place", "", _sentence(item.reason)) for item in idle]
    rows += [
        (
            _called(seen, item),
            whole(item.strength),
            names.sector(item.sector),
            f"{calendar.date(item.start)} to {_until(calendar, item)}",
            _serves(seen, item),
        )
        for item in served
    ]
    if not reader.plan_released:
        rows = [(pledge.name, whole(pledge.strength), "", "", "") for pledge in pledges.values()]
    else:
        for item in served:
            reader.show(sectors[item.sector])
    waiting = len(idle) if reader.plan_released else 0
    lead = f"{count(waiting, 'entry', 'entries')} without a place {'stands' if waiting == 1 else 'stand'} first." if waiting else ""
    columns = ("Unit", "People", "Sector", "There", "Serves as, or why it has no place")
    return Part("units", "Your pledges, and what became of them", lead, columns, tuple(rows))


def _called(seen: Picture, item: Assignment | Idle) -> str:
    return seen.names.of("unit", item.unit) + (f", part {item.part}" if item.part else "")


def _serves(seen: Picture, item: Assignment) -> str:
    as_what = item.capability.value if item.quality >= 0.999 else f"{item.capability.value} as a stand-in, at {percent(item.quality)}"
    package = next((found.title for found in seen.mission.alliance.standing if item.unit in found.pledges), "")
    return as_what + (f"; {package}" if package else "")


def _until(calendar: Calendar, item: Assignment) -> str:
    return "the end of the plan" if item.end >= calendar.horizon - 1 else calendar.date(item.end)


def caveats_part(seen: Picture, reader: Reader) -> Part:
    """Its caveats, and what lifting each would bring."""
    gains = {item.caveat: item for item in seen.force.waivers}
    rows = []
    for caveat in seen.mission.engagement.caveats:
        if caveat.member != reader.member or not reader.may(caveat):
            continue
        reader.show(caveat)
        found = gains.get(caveat.id)
        brings = "–"
        if found is not None and reader.plan_released:
            brings = f"{signed(found.gain)} points, {whole(found.people_months)} people-months" if found.gain > 0 else "no more fill"
        who = caveat.waived_by or "nobody named"
        rows.append((caveat.text, "declared" if caveat.declared else "observed only", who, brings))
    lead = "" if rows else "None of yours is known."
    return Part("caveats", "Your caveats", lead, ("Caveat", "Known how", "Who can lift it", "Lifted it would bring"), tuple(rows))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
