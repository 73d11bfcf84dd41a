"""Troop-to-task rules: how many people one need of a task takes in one sector.

Each rule gives a likely figure from the factors in use. Its band takes one factor at a time to either end of that factor's own band
and combines the relative changes as independent ones (root of the sum of squared logarithms), because all factors at their worst
at once is not a band but a bet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, exp, log, sqrt

from casque.mission.area import Sector
from casque.mission.tasks import Border, Escorts, Need, Patrols, PopulationPolice, QuickReaction, Reserve, StaticPosts, Task, Units
from casque.mission.vocabulary import Grade
from casque.reference.load import Reference

Values = Callable[[str], float]

HEXAGON = 3 * sqrt(3) / 2
"""Area of the hexagon inside a unit circle: the thinnest covering of the plane by circles (Kershner 1939) spends one circle on each."""


@dataclass(frozen=True)
class Size:
    """People that a need takes in a sector: band, arithmetic and evidence."""

    low: float
    likely: float
    high: float
    working: str
    driver: str
    grade: Grade


def size(task: Task, need: Need, sector: Sector, reference: Reference) -> Size:
    """People that a need of a task takes in a sector.

    A reserve depends on the other lines of its sector and is no business of this function: it comes back with no people.
    """
    match need:
        case StaticPosts():
            return _static_posts(task, need, reference)
        case Patrols():
            return _patrols(task, need, sector, reference)
        case QuickReaction():
            return _quick_reaction(task, need, sector, reference)
        case Escorts():
            return _escorts(task, need, reference)
        case Units():
            working = f"{count(need.strength)} people as stated in the task"
            return Size(need.strength, need.strength, need.strength, working, "units: stated in the task", _grade(task))
        case PopulationPolice():
            return _police(task, need, sector)
        case Border():
            return _border(task, need, sector, reference)
        case Reserve():
            return Size(0.0, 0.0, 0.0, "", "", _grade(task))


def weakest(*grades: Grade) -> Grade:
    """The weakest of several grades of evidence; judgement where there is none."""
    order = list(Grade)
    return max(grades, key=order.index, default=Grade.JUDGEMENT)


def grade_of(sector: Sector, *fields: str) -> Grade:
    """Grade of the named fields of a sector."""
    return Grade.JUDGEMENT if any(field in sector.judged for field in fields) else sector.grade


def _grade(task: Task) -> Grade:
    return Grade.JUDGEMENT if "needs" in task.judged else task.grade


def count(people: float) -> str:
    """People as a reader sees them: whole, thousands parted."""
    return f"{round(people):,}"


def _static_posts(task: Task, need: StaticPosts, reference: Reference) -> Size:
    def people(value: Values) -> float:
        return need.posts * need.people_per_post * value("force.relief")

    relief = reference.value("force.relief")
    working = f"{need.posts} posts x {need.people_per_post:g} people x {relief:g} relief = {count(people(reference.value))}"
    return _sized(people, ("force.relief",), reference, working, f"static posts: {need.posts} posts held day and night", _grade(task))


def _patrols(task: Task, need: Patrols, sector: Sector, reference: Reference) -> Size:
    terrain = f"force.terrain-{sector.terrain.value}"
    visits = sector.settlements * need.visits_per_week / 7
    road = need.share_of_roads_daily * sector.road

    def patrols(value: Values) -> float:
        return (visits / value("force.patrol-visits") + road / value("force.patrol-road")) / value(terrain)

    def people(value: Values) -> float:
        return patrols(value) * value("force.patrol-size") / value("force.duty-share")

    factors = ("force.patrol-visits", "force.patrol-road", "force.patrol-size", "force.duty-share", terrain)
    visit_rate, road_rate, patrol_size, duty, pace = (reference.value(factor) for factor in factors)
    working = (
        f"({visits:.1f} visits/d / {visit_rate:g} + {road:.0f} km/d / {road_rate:g} km) / {pace:g} for {sector.terrain.value}"
        f" = {patrols(reference.value):.1f} patrols/d; x {patrol_size:g} people / {duty:g} duty share = {count(people(reference.value))}"
    )
    if visits / visit_rate >= road / road_rate:
        driver = f"patrols: {sector.settlements} settlements visited {need.visits_per_week:g} times a week"
    else:
        driver = f"patrols: {need.share_of_roads_daily:.0%} of {sector.road:.0f} km of road each day"
    return _sized(people, factors, reference, working, driver, weakest(_grade(task), grade_of(sector, "settlements", "road", "terrain")))


def _quick_reaction(task: Task, need: QuickReaction, sector: Sector, reference: Reference) -> Size:
    terrain = f"force.terrain-{sector.terrain.value}"

    def reach(value: Values) -> float:
        return value("force.reaction-speed") * value(terrain) * need.within / value("force.circuity")

    def forces(value: Values) -> int:
        radius = reach(value)
        return max(1, ceil(sector.area / (HEXAGON * radius * radius) - 1e-9)) if radius > 0 else 0

    def people(value: Values) -> float:
        return forces(value) * need.strength * value("force.reaction-relief")

    factors = ("force.reaction-speed", terrain, "force.circuity", "force.reaction-relief")
    if need.within <= 0:
        return Size(0.0, 0.0, 0.0, "no time to react is given", "quick reaction", _grade(task))
    speed, pace, circuity, relief = (reference.value(factor) for factor in factors)
    working = (
        f"reach {speed:g} km/h x {pace:g} for {sector.terrain.value} x {need.within:g} h / {circuity:g} circuity"
        f" = {reach(reference.value):.0f} km;"
        f" {sector.area:,.0f} km2 covered by {forces(reference.value)} such circles"
        f" x {need.strength:g} people x {relief:g} relief = {count(people(reference.value))}"
    )
    driver = f"quick reaction: any settlement within {need.within:g} h"
    return _sized(people, factors, reference, working, driver, weakest(_grade(task), grade_of(sector, "area", "terrain")))


def _escorts(task: Task, need: Escorts, reference: Reference) -> Size:
    def people(value: Values) -> float:
        on_the_road = need.convoys_per_day * need.people_per_convoy * need.hours / 24 / value("force.duty-share")
        return max(need.people_per_convoy, on_the_road) if need.convoys_per_day > 0 else 0.0

    duty = reference.value("force.duty-share")
    working = (
        f"{need.convoys_per_day:g} convoys/d x {need.people_per_convoy:g} people x {need.hours:g} h / 24 h / {duty:g} duty share,"
        f" at least one escort = {count(people(reference.value))}"
    )
    return _sized(people, ("force.duty-share",), reference, working, f"escorts: {need.convoys_per_day:g} convoys a day", _grade(task))


def _police(task: Task, need: PopulationPolice, sector: Sector) -> Size:
    people = need.per_thousand * sector.population / 1000
    working = f"{need.per_thousand:g} per thousand x {count(sector.population)} inhabitants = {count(people)}"
    driver = f"police by population: {count(sector.population)} inhabitants"
    return Size(people, people, people, working, driver, weakest(_grade(task), grade_of(sector, "population")))


def _border(task: Task, need: Border, sector: Sector, reference: Reference) -> Size:
    posts = ceil(sector.border / need.kilometres_per_post - 1e-9) if need.kilometres_per_post > 0 else 0

    def people(value: Values) -> float:
        return posts * need.people_per_post * value("force.relief")

    relief = reference.value("force.relief")
    working = (
        f"{sector.border:.0f} km / {need.kilometres_per_post:g} km = {posts} posts x {need.people_per_post:g} people"
        f" x {relief:g} relief = {count(people(reference.value))}"
    )
    driver = f"border watch: {sector.border:.0f} km of boundary"
    return _sized(people, ("force.relief",), reference, working, driver, weakest(_grade(task), grade_of(sector, "border")))


def _sized(
    people: Callable[[Values], float], factors: tuple[str, ...], reference: Reference, working: str, driver: str, grade: Grade
) -> Size:
    likely = people(reference.value)
    if likely <= 0:
        return Size(0.0, 0.0, 0.0, working, driver, grade)
    down = up = 0.0
    for name in factors:
        factor = reference.factor(name)
        ends = [people(_with(reference, name, end)) for end in (factor.low, factor.high)]
        down += log(min(likely, *ends) / likely) ** 2
        up += log(max(likely, *ends) / likely) ** 2
    evidence = weakest(grade, *(reference.factor(name).grade for name in factors))
    return Size(likely * exp(-sqrt(down)), likely, likely * exp(sqrt(up)), working, driver, evidence)


def _with(reference: Reference, changed: str, to: float) -> Values:
    return lambda factor: to if factor == changed else reference.value(factor)
