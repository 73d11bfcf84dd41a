"""Troop-to-task rules that look at what other needs come to: bands, reserve, medical levels, headquarters, support, national support.

They are worked out after the needs that they look at, in the order of `ORDER`, and never look at their own kind, so that no circle closes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from casque.forces.reach import Covered, Speeds, covered, seasons_of
from casque.forces.sizes import Size, Values, at, band, count, grade_of, grade_of_needs, weakest
from casque.forces.troop_to_task import Network
from casque.mission.area import Sector
from casque.mission.needs import Need
from casque.mission.shares import AreaBand, HeadquartersShare, MedicalReach, NationalSupport, PopulationBand, Reserve, SupportRatio
from casque.mission.tasks import Task
from casque.mission.vocabulary import Grade
from casque.reference.load import Reference

Share = PopulationBand | AreaBand | Reserve | MedicalReach | HeadquartersShare | SupportRatio | NationalSupport

ORDER: tuple[tuple[type, ...], ...] = (
    (PopulationBand, AreaBand),
    (Reserve,),
    (MedicalReach,),
    (HeadquartersShare,),
    (SupportRatio,),
    (NationalSupport,),
)
"""In which order they are worked out: each looks at everything before it."""


@dataclass(frozen=True)
class Others:
    """What the other needs come to that a need looks at, in people at one time, with the ends of their bands and their evidence."""

    likely: float
    low: float
    high: float
    grade: Grade
    month: int
    """Month of which this is said: that in which they are most."""


@dataclass(frozen=True)
class Rule:
    """A rule in one sector: people from the factors in use and from the people that the other needs come to."""

    people: Callable[[Values, float], float]
    factors: tuple[str, ...]
    told: Callable[[Values, float], str]
    """The arithmetic, readable, but for the people that come out."""
    driver: str
    grade: Grade
    looks: bool = True
    """Whether it looks at other needs at all."""


def phase_of(need: Need) -> int:
    """The place of a need in the order of working out; -1 for one that looks at no other."""
    return next((place for place, kinds in enumerate(ORDER) if isinstance(need, kinds)), -1)


def rule_of(task: Task, need: Share, sector: Sector, network: Network) -> Rule:
    """The rule of a need in a sector."""
    match need:
        case PopulationBand():
            return _population_band(task, need, sector)
        case AreaBand():
            return _area_band(task, need, sector)
        case Reserve():
            return _share(task, need.share, "", "reserve", "manoeuvre troops", sector)
        case MedicalReach():
            return _medical(task, need, sector, network)
        case HeadquartersShare():
            return _share(task, need.share, "force.headquarters-share", "headquarters", "people commanded", sector)
        case SupportRatio():
            return _share(task, need.share, "force.support-ratio", "support ratio", "people supported", sector)
        case NationalSupport():
            return _national(task, need, sector)


def size_of(rule: Rule, others: Others, reference: Reference) -> Size:
    """The size of a rule beside what the other needs come to; those count in its band as one more thing that is not known for sure."""
    value = reference.value
    likely = rule.people(value, others.likely)
    working = rule.told(value, others.likely) + (f" in month {others.month}" if rule.looks else "") + f" = {count(likely)}"
    if likely <= 0:
        return Size(0.0, 0.0, 0.0, working, rule.driver, rule.grade)
    ends = [(rule.people(value, others.low), rule.people(value, others.high))]
    for name in rule.factors:
        factor = reference.factor(name)
        ends.append(
            (rule.people(at(reference, name, factor.low), others.likely), rule.people(at(reference, name, factor.high), others.likely))
        )
    low, high = band(likely, ends)
    grade = weakest(rule.grade, others.grade, *(reference.factor(name).grade for name in rule.factors))
    return Size(low, likely, high, working, rule.driver, grade)


def _share(task: Task, stated: float | None, factor: str, name: str, of: str, sector: Sector) -> Rule:
    def share(value: Values) -> float:
        return value(factor) if stated is None else stated

    return Rule(
        people=lambda value, people: share(value) * people,
        factors=(factor,) if stated is None else (),
        told=lambda value, people: f"{share(value):.0%} of {count(people)} {of} in {sector.name}",
        driver=f"{name}: " + (f"{stated:.0%} of the sector's {of}" if stated is not None else f"share of the sector's {of}"),
        grade=grade_of_needs(task),
    )


def _population_band(task: Task, need: PopulationBand, sector: Sector) -> Rule:
    factor = f"force.band-{need.profile.value}"

    def rate(value: Values) -> float:
        return value(factor) if need.per_thousand is None else need.per_thousand

    def wanted(value: Values) -> float:
        return rate(value) * sector.population / 1000

    return Rule(
        people=lambda value, people: max(0.0, wanted(value) - people),
        factors=(factor,) if need.per_thousand is None else (),
        told=lambda value, people: (
            f"{rate(value):g} per thousand x {count(sector.population)} inhabitants = {count(wanted(value))},"
            f" less {count(people)} manoeuvre troops and police"
        ),
        driver=f"population band: {need.profile.value}, {count(sector.population)} inhabitants",
        grade=weakest(grade_of_needs(task), grade_of(sector, "population")),
    )


def _area_band(task: Task, need: AreaBand, sector: Sector) -> Rule:
    def rate(value: Values) -> float:
        return value("force.area-density") if need.per_square_kilometre is None else need.per_square_kilometre

    return Rule(
        people=lambda value, people: max(0.0, rate(value) * sector.area - people),
        factors=("force.area-density",) if need.per_square_kilometre is None else (),
        told=lambda value, people: (
            f"{rate(value):g} per km2 x {sector.area:,.0f} km2 = {count(rate(value) * sector.area)},"
            f" less {count(people)} manoeuvre troops and police"
        ),
        driver=f"area band: {sector.area:,.0f} km2",
        grade=weakest(grade_of_needs(task), grade_of(sector, "area")),
    )


def _national(task: Task, need: NationalSupport, sector: Sector) -> Rule:
    if need.nations is None:
        return _share(task, need.share, "", "national support", "people", sector)
    nations = need.nations

    def each(value: Values) -> float:
        return value("force.national-support") if need.people_per_nation is None else need.people_per_nation

    return Rule(
        people=lambda value, _: nations * each(value),
        factors=("force.national-support",) if need.people_per_nation is None else (),
        told=lambda value, _: f"{nations} nations x {each(value):g} people",
        driver=f"national support: {nations} nations",
        grade=grade_of_needs(task),
        looks=False,
    )


def _medical(task: Task, need: MedicalReach, sector: Sector, network: Network) -> Rule:
    """Facilities by the way to them and by the people who depend on them, whichever asks for more; level 3 by people only."""
    staff = f"force.medical-staff-{need.level}"
    limit = {1: "medical.advanced-care-limit", 2: "medical.surgery-limit", 3: ""}[need.level]
    depend = {1: "force.level-1-people", 2: "", 3: "force.level-3-people"}[need.level]
    speeds = ("force.helicopter-speed", "force.medevac-notice") if need.by_air else _BY_ROAD
    known: dict[tuple[float, ...], Covered] = {}

    def reached(value: Values) -> Covered | None:
        if not limit:
            return None
        within = value(limit) if need.within is None else need.within
        key = (within, *(value(name) for name in speeds))
        if key not in known:
            known[key] = _flown(value, sector, within) if need.by_air else _driven(value, sector, within, network)
        return known[key]

    def by_people(value: Values, people: float) -> int:
        return ceil(people / value(depend) - 1e-9) if depend and value(depend) > 0 else 0

    def facilities(value: Values, people: float) -> int:
        way = reached(value)
        return max(by_people(value, people), 0 if way is None else way.forces)

    def told(value: Values, people: float) -> str:
        way, said = reached(value), []
        if way is not None:
            within = value(limit) if need.within is None else need.within
            how = "by air" if need.by_air else "over the roads of the network" if way.ways is not None else "by road"
            said.append(f"{way.forces} to be reached within {within:g} h {how} ({way.radius:.0f} km)")
        if depend:
            said.append(f"{by_people(value, people)} for {count(people)} people at {value(depend):g} each")
        return f"{', '.join(said)}: {facilities(value, people)} at level {need.level} x {value(staff):g} staff"

    factors = [staff, *([depend] if depend else []), *(speeds if limit else ()), *([limit] if limit and need.within is None else [])]
    return Rule(
        people=lambda value, people: facilities(value, people) * value(staff),
        factors=tuple(factors),
        told=told,
        driver=f"medical reach: level {need.level}",
        grade=weakest(grade_of_needs(task), grade_of(sector, "area")) if limit else grade_of_needs(task),
        looks=bool(depend),
    )


_BY_ROAD = ("medical.evacuation-speed", "medical.circuity", "engagement.local-speed", "engagement.detour")


def _flown(value: Values, sector: Sector, within: float) -> Covered:
    """The helicopter comes and brings: half of the time in the air is the way."""
    left = max(0.0, within - value("force.medevac-notice")) / 2
    return covered(sector, (), left, value("force.helicopter-speed"))


def _driven(value: Values, sector: Sector, within: float, network: Network) -> Covered:
    speed = value("medical.evacuation-speed")
    speeds = Speeds(speed, value("engagement.local-speed"), value("engagement.detour"))
    seasons = seasons_of(network.area, network.transport, sector, network.first, network.last, speeds)
    return covered(sector, seasons, within, speed / value("medical.circuity"))
