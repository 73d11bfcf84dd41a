"""Situations that differ from another one by a single change: what a good question is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casque.engagement.law import Law, RuleTable, Soldiers
from casque.engagement.request import Request
from casque.engagement.training.pocket import plain_request
from casque.engagement.weigh import Weighed, weigh
from casque.mission.engagement import HOURS_OF_DAY
from casque.mission.vocabulary import Capability, Circumstance, Protected

FIGHTING = frozenset(
    (
        Capability.INFANTRY,
        Capability.MECHANISED,
        Capability.ARMOUR,
        Capability.RECONNAISSANCE,
        Capability.MILITARY_POLICE,
        Capability.FORMED_POLICE,
    )
)
"""Capabilities of units that meet people and threats first."""

GIVEN_UP = "-"
TAKEN_ON = "+"


@dataclass(frozen=True)
class Change:
    """One change to a situation. `lesson` names what it touches, `value` what comes (sign `+`) or goes (sign `-`)."""

    sign: str
    lesson: str
    value: str

    def __str__(self) -> str:
        return f"{self.sign}{self.lesson}:{self.value}"


@dataclass(frozen=True)
class Neighbour:
    """A situation after one change, and the change that leads back."""

    request: Request
    change: Change
    back: Change


def neighbours(law: Law, request: Request, table: RuleTable) -> Iterator[Neighbour]:
    """Every situation one change away: circumstances, whom it protects, the hour, the sector, the unit, the reach of superiors."""
    yield from _circumstances(law, request)
    for item in Protected:
        if item is not request.protecting and any(other.protects for other in law.measures[request.measure]):
            yield Neighbour(
                replace(request, protecting=item),
                Change(TAKEN_ON, "protected", item),
                Change(TAKEN_ON, "protected", request.protecting or ""),
            )
    for hour in _hours(law, request, table):
        yield Neighbour(replace(request, hour=hour), Change(TAKEN_ON, "hour", str(hour)), Change(TAKEN_ON, "hour", str(request.hour)))
    for sector in law.sectors:
        if sector != request.sector:
            moved = replace(request, sector=sector, place="")
            yield Neighbour(moved, Change(TAKEN_ON, "boundary", sector), Change(TAKEN_ON, "boundary", request.sector))
    own = law.units[request.unit]
    for unit in law.units.values():
        if unit.id != own.id and (unit.member, unit.sector, fights(unit)) == (own.member, own.sector, fights(own)):
            yield Neighbour(replace(request, unit=unit.id), Change(TAKEN_ON, "unit", unit.id), Change(TAKEN_ON, "unit", request.unit))


def fights(unit: Soldiers) -> bool:
    """Whether a unit is of a kind that meets people and threats first: not a staff, a hospital or a workshop."""
    return not unit.capabilities.isdisjoint(FIGHTING) and Capability.HEADQUARTERS not in unit.capabilities


def possible(request: Request) -> bool:
    """Whether a situation can be told without contradiction: where only property is at risk nobody is in danger."""
    if Circumstance.PROPERTY_ONLY not in request.given:
        return True
    return Circumstance.IMMINENT_THREAT not in request.given and request.protecting in (
        None,
        Protected.PROPERTY,
        Protected.DESIGNATED_SITES,
    )


def _circumstances(law: Law, request: Request) -> Iterator[Neighbour]:
    spoken_of = {item for table in (*law.measures[request.measure], *law.bounds) for item in (*table.rule.given_all, *table.rule.unless)}
    if any(table.rule.word_if_possible for table in law.measures[request.measure]):
        spoken_of.add(Circumstance.OUT_OF_REACH)
    for item in Circumstance:
        lesson = "reach" if item is Circumstance.OUT_OF_REACH else "circumstance"
        if item in request.given:
            gone = replace(request, given=request.given - {item})
            yield Neighbour(gone, Change(GIVEN_UP, lesson, item), Change(TAKEN_ON, lesson, item))
        elif item in spoken_of:
            come = replace(request, given=request.given | {item})
            yield Neighbour(come, Change(TAKEN_ON, lesson, item), Change(GIVEN_UP, lesson, item))


def _hours(law: Law, request: Request, table: RuleTable) -> list[int]:
    """One hour of the day outside the hours of the rule, and one outside those of each caveat, where there is one."""
    found: dict[int, None] = {}
    for mask in (table.hours, *(item.hours for item in law.caveats[request.unit])):
        inside = bool(mask >> request.hour & 1)
        other = next((hour for hour in (22, *range(HOURS_OF_DAY)) if bool(mask >> hour & 1) is not inside), None)
        if other is not None:
            found[other] = None
    return list(found)


@dataclass(frozen=True)
class Candidate:
    """A situation that could be asked about, with its answer and the nearest situation with another one."""

    request: Request
    table: RuleTable
    weighed: Weighed
    lesson: str
    change: Change | None
    otherwise: Weighed | None


def candidates(law: Law, table: RuleTable, unit: str, day: int) -> list[Candidate]:
    """The plainest situation of a rule for a unit, and every neighbour whose answer is another: each with the change between them."""
    base = plain_request(law, table, law.units[unit], day)
    plain = weigh(law, base)
    found: list[Candidate] = []
    turned: Neighbour | None = None
    for item in neighbours(law, base, table):
        other = weigh(law, item.request)
        if other.answer == plain.answer or not possible(item.request):
            continue
        turned = turned or item
        back = item.back if item.back.value else None
        found.append(Candidate(item.request, table, other, item.change.lesson, back, plain if back else None))
    change, otherwise = (turned.change, weigh(law, turned.request)) if turned else (None, None)
    lesson = "rule"
    if any(bar.startswith("caveat:") for bar in plain.bars) or (plain.answer == "needs word" and plain.liftable):
        lesson = "caveat"
    elif any(bar.startswith("rule:") for bar in plain.bars):
        lesson = "prohibition"
    return [Candidate(base, table, plain, lesson, change, otherwise), *found]
