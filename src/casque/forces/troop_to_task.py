"""Troop-to-task rules that look at a task's figures, the sector and the roads there: how many people one need takes in one sector.

The rules that look at what other needs come to stand in `shares.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from casque.forces.enabling import WEEK, evacuation, flights, haulage, ordnance_disposal, roads_kept_open, signals
from casque.forces.reach import Covered, Speeds, covered, seasons_of
from casque.forces.sizes import Size, Values, count, grade_of, grade_of_needs, sized, weakest
from casque.mission.area import Area, Sector
from casque.mission.needs import (
    Border,
    Checkpoints,
    Escorts,
    Flights,
    Haulage,
    MedicalEvacuation,
    Need,
    OrdnanceDisposal,
    Patrols,
    PopulationPolice,
    QuickReaction,
    RoadsKeptOpen,
    Searches,
    Signals,
    StaticPosts,
    Units,
)
from casque.mission.tasks import Task
from casque.mission.transport import Transport
from casque.reference.load import Reference


@dataclass(frozen=True)
class Network:
    """The roads that a task's forces drive on, and the days on which they do."""

    area: Area
    transport: Transport
    first: date
    last: date


def size(task: Task, need: Need, sector: Sector, reference: Reference, network: Network | None = None) -> Size:
    """People that a need of a task takes in a sector.

    Needs that depend on others are no business of this function: they come back with no people.
    """
    match need:
        case StaticPosts():
            return _static_posts(task, need, reference)
        case Checkpoints():
            return _checkpoints(task, need, reference)
        case Searches():
            return _searches(task, need, reference)
        case Patrols():
            return _patrols(task, need, sector, reference)
        case QuickReaction():
            return _quick_reaction(task, need, sector, reference, network)
        case Escorts():
            return _escorts(task, need, reference)
        case Units():
            working = f"{count(need.strength)} people as stated in the task"
            return Size(need.strength, need.strength, need.strength, working, "units: stated in the task", grade_of_needs(task))
        case PopulationPolice():
            return _police(task, need, sector)
        case Border():
            return _border(task, need, sector, reference)
        case RoadsKeptOpen():
            return roads_kept_open(task, need, sector, reference)
        case Flights():
            return flights(task, need, reference)
        case MedicalEvacuation():
            return evacuation(task, need, sector, reference)
        case Signals():
            return signals(task, need, reference)
        case OrdnanceDisposal():
            return ordnance_disposal(task, need, sector, reference)
        case Haulage():
            return haulage(task, need, reference)
        case _:
            return Size(0.0, 0.0, 0.0, "", "", grade_of_needs(task))


def _static_posts(task: Task, need: StaticPosts, reference: Reference) -> Size:
    def people(value: Values) -> float:
        return need.posts * need.people_per_post * value("force.relief")

    relief = reference.value("force.relief")
    working = f"{need.posts} posts x {need.people_per_post:g} people x {relief:g} relief = {count(people(reference.value))}"
    driver = f"static posts: {need.posts} posts held day and night"
    return sized(people, ("force.relief",), reference, working, driver, grade_of_needs(task))


def _checkpoints(task: Task, need: Checkpoints, reference: Reference) -> Size:
    """Lanes for the vehicles to be searched, each with its team, and the cover of the checkpoint; all relieved over the hours manned."""
    hours = min(24.0, need.hours_per_day)

    def lanes(value: Values) -> int:
        return max(1, ceil(need.vehicles_per_hour * need.share_searched * value("force.search-minutes") / 60 - 1e-9))

    def people(value: Values) -> float:
        on_post = value("force.checkpoint-cover") + lanes(value) * value("force.search-team")
        return need.checkpoints * on_post * value("force.relief") * hours / 24

    factors = ("force.search-minutes", "force.checkpoint-cover", "force.search-team", "force.relief")
    minutes, cover, team, relief = (reference.value(name) for name in factors)
    working = (
        f"{need.vehicles_per_hour:g} vehicles/h x {need.share_searched:.0%} searched x {minutes:g} min = {lanes(reference.value)} lanes;"
        f" {need.checkpoints} checkpoints x ({cover:g} people of cover + {lanes(reference.value)} lanes x {team:g} people)"
        f" x {relief:g} relief x {hours:g} h / 24 h = {count(people(reference.value))}"
    )
    driver = f"checkpoints: {need.checkpoints} with {need.vehicles_per_hour:g} vehicles an hour each"
    return sized(people, factors, reference, working, driver, grade_of_needs(task))


def _searches(task: Task, need: Searches, reference: Reference) -> Size:
    def people(value: Values) -> float:
        out = need.searches_per_week * need.people_per_search * need.hours / WEEK / value("force.duty-share")
        return max(need.people_per_search, out) if need.searches_per_week > 0 else 0.0

    duty = reference.value("force.duty-share")
    working = (
        f"{need.searches_per_week:g} searches/wk x {need.people_per_search:g} people x {need.hours:g} h / {WEEK:g} h / {duty:g} duty share,"
        f" at least one search at a time = {count(people(reference.value))}"
    )
    driver = f"searches: {need.searches_per_week:g} a week"
    return sized(people, ("force.duty-share",), reference, working, driver, grade_of_needs(task))


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
    grade = weakest(grade_of_needs(task), grade_of(sector, "settlements", "road", "terrain"))
    return sized(people, factors, reference, working, driver, grade)


def _quick_reaction(task: Task, need: QuickReaction, sector: Sector, reference: Reference, network: Network | None) -> Size:
    """Reaction forces so placed that every settlement is reached in time: over the roads of the network where it speaks for the sector."""
    if need.within <= 0:
        return Size(0.0, 0.0, 0.0, "no time to react is given", "quick reaction", grade_of_needs(task))
    terrain = f"force.terrain-{sector.terrain.value}"

    def forces(value: Values) -> Covered:
        speeds = Speeds(value("force.reaction-speed") * value(terrain), value("engagement.local-speed"), value("engagement.detour"))
        seasons = () if network is None else seasons_of(network.area, network.transport, sector, network.first, network.last, speeds)
        return covered(sector, seasons, need.within, speeds.road / value("force.circuity"))

    def people(value: Values) -> float:
        return forces(value).forces * need.strength * value("force.reaction-relief")

    found = forces(reference.value)
    factors = ["force.reaction-speed", terrain, "force.reaction-relief"]
    factors += ["force.circuity"] if found.ways is None else ["engagement.local-speed", "engagement.detour"]
    end = f"x {need.strength:g} people x {reference.value('force.reaction-relief'):g} relief = {count(people(reference.value))}"
    working = _by_circles(need, sector, reference, found, end) if found.ways is None else _by_road(need, sector, found, end)
    driver = f"quick reaction: any settlement within {need.within:g} h"
    return sized(people, factors, reference, working, driver, weakest(grade_of_needs(task), grade_of(sector, "area", "terrain")))


def _by_circles(need: QuickReaction, sector: Sector, reference: Reference, found: Covered, end: str) -> str:
    speed, circuity = reference.value("force.reaction-speed"), reference.value("force.circuity")
    pace = reference.value(f"force.terrain-{sector.terrain.value}")
    return (
        f"reach {speed:g} km/h x {pace:g} for {sector.terrain.value} x {need.within:g} h / {circuity:g} circuity"
        f" = {found.radius:.0f} km; {sector.area:,.0f} km2 covered by {found.circles} such circles {end}"
    )


def _by_road(need: QuickReaction, sector: Sector, found: Covered, end: str) -> str:
    assert found.ways is not None
    return (
        f"over the roads open on {found.ways.day}: {found.from_base} of {len(found.ways.places)} named places within {need.within:g} h"
        f" of {found.ways.base}, all of them from {found.stands} stand{'' if found.stands == 1 else 's'};"
        f" {found.ways.crow_speed:.0f} km/h as the crow flies x {need.within:g} h = {found.radius:.0f} km,"
        f" {sector.area:,.0f} km2 covered by {found.circles} such circles; the larger, {found.forces}, {end}"
    )


def _escorts(task: Task, need: Escorts, reference: Reference) -> Size:
    def people(value: Values) -> float:
        on_the_road = need.convoys_per_day * need.people_per_convoy * need.hours / 24 / value("force.duty-share")
        return max(need.people_per_convoy, on_the_road) if need.convoys_per_day > 0 else 0.0

    duty = reference.value("force.duty-share")
    working = (
        f"{need.convoys_per_day:g} convoys/d x {need.people_per_convoy:g} people x {need.hours:g} h / 24 h / {duty:g} duty share,"
        f" at least one escort = {count(people(reference.value))}"
    )
    driver = f"escorts: {need.convoys_per_day:g} convoys a day"
    return sized(people, ("force.duty-share",), reference, working, driver, grade_of_needs(task))


def _police(task: Task, need: PopulationPolice, sector: Sector) -> Size:
    people = need.per_thousand * sector.population / 1000
    working = f"{need.per_thousand:g} per thousand x {count(sector.population)} inhabitants = {count(people)}"
    driver = f"police by population: {count(sector.population)} inhabitants"
    return Size(people, people, people, working, driver, weakest(grade_of_needs(task), grade_of(sector, "population")))


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
    return sized(people, ("force.relief",), reference, working, driver, weakest(grade_of_needs(task), grade_of(sector, "border")))
