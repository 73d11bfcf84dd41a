"""The rules, caveats and agreements of a mission as tables, so that a question is answered without reading them all.

Windows are first and last day from D-day. Hours of the day, circumstances and the protected are bit masks in the order of their lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from casque.mission.agreements import Agreement
from casque.mission.engagement import HOURS_OF_DAY, Caveat, HoursOfDay, Rule
from casque.mission.mission import Mission
from casque.mission.season import is_winter
from casque.mission.vocabulary import AgreementKind, AgreementStatus, Capability, Circumstance, Protected, RuleKind, Season
from casque.reference.load import Reference

EVER = 10**6
"""Days that lie beyond every mission."""
WHOLE_DAY = (1 << HOURS_OF_DAY) - 1

CIRCUMSTANCE_BIT = {circumstance: 1 << number for number, circumstance in enumerate(Circumstance)}
PROTECTED_BIT = {protected: 1 << number for number, protected in enumerate(Protected)}

Days = tuple[int, int]


@dataclass(frozen=True)
class Soldiers:
    """A pledged unit as the rules see it."""

    id: str
    member: str
    sector: str
    """Sector it is posted to; empty where that is not known."""
    capabilities: frozenset[Capability]
    """What its own kind of unit brings."""


@dataclass(frozen=True)
class RuleTable:
    """A rule with what has to be so for it to speak."""

    rule: Rule
    days: tuple[Days, ...]
    """Days on which it holds, and for what permits, on which its provision carries it too; empty where it never does."""
    sectors: frozenset[str] | None
    """Sectors in which it speaks and its provision reaches; none means everywhere."""
    places: frozenset[str]
    hours: int
    all_of: int
    any_of: int
    none_of: int
    protects: int
    units: frozenset[str]
    """Units it speaks to."""

    def speaks(self, day: int, sector: str, place: str, hour: int) -> bool:
        """Whether it holds there and then, whoever asks and whatever is the case."""
        return (
            any(first <= day <= last for first, last in self.days)
            and (self.sectors is None or sector in self.sectors)
            and (not self.places or place in self.places)
            and bool(self.hours >> hour & 1)
        )

    def met(self, given: int, protecting: int) -> bool:
        """Whether the circumstances, as bit masks, are those it asks for."""
        return (
            given & self.all_of == self.all_of
            and (not self.any_of or bool(given & self.any_of))
            and not given & self.none_of
            and (not self.protects or bool(protecting & self.protects))
        )


@dataclass(frozen=True)
class CaveatTable:
    """A caveat with what it bars; measures barred by name or by the force that they take are listed by name."""

    caveat: Caveat
    days: Days
    hours: int
    measures: frozenset[str]
    """Measures it bars wherever it binds."""
    sectors: frozenset[str]
    places: frozenset[str]

    def binds(self, day: int, hour: int, winter: bool) -> bool:
        """Whether it binds at that time."""
        season = self.caveat.season
        return (
            self.days[0] <= day <= self.days[1] and bool(self.hours >> hour & 1) and (season is None or (season is Season.WINTER) == winter)
        )

    def bars(self, measure: str, own: str, sector: str, place: str) -> bool:
        """Whether it bars a measure, taken in a sector and place by a unit posted to its own sector."""
        crossing = self.caveat.bars_crossing and own != "" and sector != own
        return measure in self.measures or sector in self.sectors or place in self.places or crossing


@dataclass(frozen=True)
class Law:
    """Everything that a decision on a measure rests on."""

    d_day: date
    latitude: float
    units: Mapping[str, Soldiers]
    measures: Mapping[str, tuple[RuleTable, ...]]
    """By measure, the rules that permit, limit or prohibit it. A measure that rules only prohibit is known too."""
    force: Mapping[str, int]
    """By measure, the least force that a rule for it allows, as a rank; 0 where none allows it."""
    bounds: tuple[RuleTable, ...]
    """Prohibitions of all measures that take more force than they allow."""
    caveats: Mapping[str, tuple[CaveatTable, ...]]
    """By unit, the caveats that are meant for it."""
    transfers: Mapping[str, tuple[tuple[Agreement, Days], ...]]
    """By member, the agreements that pass authority over its units."""
    statuses: Mapping[str, tuple[tuple[Agreement, Days], ...]]
    """By member, the agreements on the status of its forces in the country of the mission."""
    places: Mapping[str, str]
    """Sector of every place."""
    sectors: Mapping[str, str]
    """Name of every sector."""
    _winters: dict[int, bool] = field(default_factory=dict, repr=False, compare=False)

    def winter(self, day: int) -> bool:
        """Whether a day lies in winter."""
        if day not in self._winters:
            self._winters[day] = is_winter(self.d_day + timedelta(days=day), self.latitude)
        return self._winters[day]


def law_of(mission: Mission, reference: Reference, postings: Mapping[str, str] | None = None) -> Law:
    """The law of a mission. `postings` says in which sector each unit serves; without it, it is the sector that its member wants."""
    known = postings or {}
    units = {
        pledge.id: Soldiers(
            pledge.id,
            pledge.member,
            known.get(pledge.id, pledge.sector or ""),
            # What a unit can stand in for at a lower quality is not what it is trained for.
            frozenset((kind.capability,)) if (kind := reference.unit_types.get(pledge.unit_type)) else frozenset(),
        )
        for pledge in mission.forces.pledges
    }
    rules = [_rule_table(mission, rule, units.values()) for rule in mission.engagement.rules]
    by_measure: dict[str, list[RuleTable]] = {}
    for table in rules:
        if table.rule.regulates:
            by_measure.setdefault(table.rule.regulates, []).append(table)
    measures = {name: tuple(tables) for name, tables in by_measure.items()}
    force = {
        name: min((table.rule.force_level.rank for table in tables if table.rule.permits), default=0) for name, tables in measures.items()
    }
    caveats = [_caveat_table(mission, caveat, measures, force) for caveat in mission.engagement.caveats]
    sofas = [item for item in mission.agreements.agreements if item.kind is AgreementKind.SOFA and item.country == mission.area.country]
    transfers = [item for item in mission.agreements.agreements if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY]
    return Law(
        d_day=mission.about.d_day,
        latitude=mean_latitude(mission),
        units=units,
        measures=measures,
        force=force,
        bounds=tuple(table for table in rules if not table.rule.regulates),
        caveats={unit.id: tuple(item for item in caveats if _meant(item.caveat, unit)) for unit in units.values()},
        transfers=_by_member(mission, units, transfers),
        statuses=_by_member(mission, units, sofas),
        places={place.id: place.sector or "" for place in mission.area.places},
        sectors={sector.id: sector.name for sector in mission.area.sectors},
    )


def crossing_measures(law: Law) -> tuple[str, ...]:
    """Measures that units need to act outside their own sector, beside what they do there."""
    return tuple(name for name, tables in law.measures.items() if any(table.rule.crossing and table.rule.permits for table in tables))


def mean_latitude(mission: Mission) -> float:
    """Mean latitude of the outlines of the sectors, in degrees north; it decides when winter is."""
    outlines = [latitude for sector in mission.area.sectors for _, latitude in sector.outline]
    return sum(outlines) / len(outlines) if outlines else 0.0


def _meant(caveat: Caveat, unit: Soldiers) -> bool:
    return caveat.member == unit.member and (not caveat.units or unit.id in caveat.units)


def _rule_table(mission: Mission, rule: Rule, units: Iterable[Soldiers]) -> RuleTable:
    days = _rule_days(mission, rule)
    sectors = frozenset(rule.sectors) if rule.sectors else None
    if rule.permits:
        days, sectors = _carried(mission, rule, days, sectors)
    return RuleTable(
        rule=rule,
        days=days,
        sectors=sectors,
        places=frozenset(rule.places),
        hours=_hours(rule.hours),
        all_of=sum(CIRCUMSTANCE_BIT[item] for item in set(rule.given_all)),
        any_of=sum(CIRCUMSTANCE_BIT[item] for item in set(rule.given_any)),
        none_of=sum(CIRCUMSTANCE_BIT[item] for item in set(rule.unless)),
        protects=sum(PROTECTED_BIT[item] for item in set(rule.protects)),
        units=frozenset(
            unit.id
            for unit in units
            if (not rule.members or unit.member in rule.members)
            and (not rule.units or unit.id in rule.units)
            and (not rule.capabilities or not unit.capabilities.isdisjoint(rule.capabilities))
        ),
    )


def _rule_days(mission: Mission, rule: Rule) -> tuple[Days, ...]:
    """Days on which a rule is in force, or expected to be. One that was denied, or is pending without a date, never is."""
    return (_days(mission, rule.implemented, rule.withdrawn),) if rule.ever_in_force else ()


def _carried(
    mission: Mission, rule: Rule, days: tuple[Days, ...], sectors: frozenset[str] | None
) -> tuple[tuple[Days, ...], frozenset[str] | None]:
    """The part of a rule's days and sectors on which its provision has effect and allows as much force."""
    found = mission.mandate.provisions().get(rule.provision)
    if found is None or rule.force_level.rank > found[1].force_level.rank:
        return (), sectors
    if rule.kind is RuleKind.LIMITATION and rule.held_by is None and not rule.delegations:
        return (), sectors
    instrument, provision = found
    ends = [end for end in (instrument.expires, provision.until) if end is not None]
    first, last = _days(mission, instrument.in_force, min(ends, default=None))
    within = tuple((max(first, start), min(last, end)) for start, end in days if max(first, start) <= min(last, end))
    if not provision.sectors:
        return within, sectors
    reached = frozenset(provision.sectors)
    return within, reached if sectors is None else sectors & reached


def _caveat_table(mission: Mission, caveat: Caveat, measures: Mapping[str, tuple[RuleTable, ...]], force: Mapping[str, int]) -> CaveatTable:
    barred = {table.rule.regulates for tables in measures.values() for table in tables if caveat.bars_use(table.rule)}
    barred |= set(caveat.bars_measures)
    if caveat.force_at_most is not None:
        barred |= {name for name, rank in force.items() if rank > caveat.force_at_most.rank}
    return CaveatTable(
        caveat=caveat,
        days=_days(mission, caveat.from_day, caveat.until),
        hours=_hours(caveat.hours),
        measures=frozenset(barred),
        sectors=frozenset(caveat.bars_sectors),
        places=frozenset(caveat.bars_places),
    )


def _by_member(
    mission: Mission, units: Mapping[str, Soldiers], agreements: Iterable[Agreement]
) -> dict[str, tuple[tuple[Agreement, Days], ...]]:
    dated = [
        (item, _days(mission, item.in_force, item.expires))
        for item in agreements
        if item.in_force is not None and item.status is not AgreementStatus.REFUSED
    ]
    members = dict.fromkeys(unit.member for unit in units.values())
    return {member: tuple((item, days) for item, days in dated if item.covers(member)) for member in members}


def _days(mission: Mission, first: date | None, last: date | None) -> Days:
    d_day = mission.about.d_day
    return (-EVER if first is None else (first - d_day).days, EVER if last is None else (last - d_day).days)


def _hours(hours: HoursOfDay | None) -> int:
    return WHOLE_DAY if hours is None else sum(1 << hour for hour in range(HOURS_OF_DAY) if hours.covers(hour))
