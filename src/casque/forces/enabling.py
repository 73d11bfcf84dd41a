"""Troop-to-task rules for those who enable the others: engineers, aviation, signals, ordnance disposal, transport."""

from __future__ import annotations

from math import ceil

from casque.forces.reach import circles
from casque.forces.sizes import Size, Values, count, grade_of, grade_of_needs, sized, weakest
from casque.mission.area import Sector
from casque.mission.needs import Flights, Haulage, MedicalEvacuation, OrdnanceDisposal, RoadsKeptOpen, Signals
from casque.mission.tasks import Task
from casque.mission.vocabulary import Climate
from casque.reference.load import Reference

WEEK = 168.0
"""Hours."""
FROSTS = (Climate.TEMPERATE, Climate.COLD)
"""Climates whose winter makes roads harder to keep open."""


def roads_kept_open(task: Task, need: RoadsKeptOpen, sector: Sector, reference: Reference) -> Size:
    """Engineers by the length of road and the ground under it, outside winter and the wet months (see `road_season`)."""
    ground = f"force.roadwork-{sector.terrain.value}"
    length = need.share_of_roads * sector.road

    def people(value: Values) -> float:
        return length / 100 * value("force.road-crew") * value(ground)

    crew, share = reference.value("force.road-crew"), reference.value(ground)
    working = (
        f"{need.share_of_roads:.0%} of {sector.road:.0f} km = {length:.0f} km x {crew:g} people per 100 km"
        f" x {share:g} for {sector.terrain.value} = {count(people(reference.value))} in the dry"
    )
    driver = f"roads kept open: {length:.0f} km"
    grade = weakest(grade_of_needs(task), grade_of(sector, "road", "terrain"))
    return sized(people, ("force.road-crew", ground), reference, working, driver, grade)


def road_season(need: RoadsKeptOpen, sector: Sector, month: int, winter: bool, reference: Reference) -> float:
    """What keeping roads open takes in a month of the year, as a share of the dry season: the harder of rain and frost."""
    wet = reference.value("force.roadwork-wet") if month in need.wet_months else 1.0
    frost = reference.value("force.roadwork-winter") if winter and sector.climate in FROSTS else 1.0
    return max(wet, frost)


def flights(task: Task, need: Flights, reference: Reference) -> Size:
    """Aircraft by the hours in the air that one of them gives in a day, and the people who fly, mend and guard them."""
    hours = need.sorties_per_day * need.hours_per_sortie

    def aircraft(value: Values) -> int:
        return ceil(hours / value("force.flying-hours") - 1e-9) if hours > 0 else 0

    def people(value: Values) -> float:
        return aircraft(value) * value("force.people-per-aircraft")

    factors = ("force.flying-hours", "force.people-per-aircraft")
    flown, crew = (reference.value(name) for name in factors)
    working = (
        f"{need.sorties_per_day:g} sorties/d x {need.hours_per_sortie:g} h / {flown:g} h/d = {aircraft(reference.value)} aircraft"
        f" x {crew:g} people = {count(people(reference.value))}"
    )
    driver = f"flights: {hours:g} hours in the air a day"
    return sized(people, factors, reference, working, driver, grade_of_needs(task))


def evacuation(task: Task, need: MedicalEvacuation, sector: Sector, reference: Reference) -> Size:
    """Lines of helicopters that fetch a casualty anywhere in the sector and have him in surgery in time: out and back, call-out counted."""

    def reach(value: Values) -> float:
        within = value("medical.surgery-limit") if need.within is None else need.within
        return value("force.helicopter-speed") * max(0.0, within - value("force.medevac-notice")) / 2

    def lines(value: Values) -> int:
        return circles(sector.area, reach(value))

    def people(value: Values) -> float:
        return lines(value) * (value("force.medevac-aircraft") * value("force.people-per-aircraft") + value("force.medevac-team"))

    factors = [
        "force.helicopter-speed",
        "force.medevac-notice",
        "force.medevac-aircraft",
        "force.people-per-aircraft",
        "force.medevac-team",
    ]
    speed, notice, aircraft, crew, team = (reference.value(name) for name in factors)
    factors += ["medical.surgery-limit"] if need.within is None else []
    limit = reference.value("medical.surgery-limit") if need.within is None else need.within
    driver = f"medical evacuation: surgery within {limit:g} h by air"
    if reach(reference.value) <= 0:
        return Size(
            0.0, 0.0, 0.0, f"no line reaches anyone: {limit:g} h are less than {notice:g} h of call-out", driver, grade_of_needs(task)
        )
    working = (
        f"{speed:g} km/h x ({limit:g} h - {notice:g} h of call-out) / 2 ways = {reach(reference.value):.0f} km;"
        f" {sector.area:,.0f} km2 covered by {lines(reference.value)} such circles x ({aircraft:g} aircraft x {crew:g} people"
        f" + {team:g} of the medical team) = {count(people(reference.value))}"
    )
    return sized(people, factors, reference, working, driver, weakest(grade_of_needs(task), grade_of(sector, "area")))


def signals(task: Task, need: Signals, reference: Reference) -> Size:
    """Detachments that keep a headquarters, base or relay site in touch day and night."""

    def people(value: Values) -> float:
        return need.nodes * value("force.signals-node")

    each = reference.value("force.signals-node")
    working = f"{need.nodes} nodes x {each:g} people, relief counted = {count(people(reference.value))}"
    driver = f"signals nodes: {need.nodes} kept in touch"
    return sized(people, ("force.signals-node",), reference, working, driver, grade_of_needs(task))


def ordnance_disposal(task: Task, need: OrdnanceDisposal, sector: Sector, reference: Reference) -> Size:
    """Teams for the calls, at least one at a time, and search teams for the routes."""
    terrain = f"force.terrain-{sector.terrain.value}"

    def teams(value: Values) -> int:
        return max(1, ceil(need.calls_per_week * need.hours / WEEK / value("force.duty-share") - 1e-9)) if need.calls_per_week > 0 else 0

    def routes(value: Values) -> float:
        return need.routes_per_day / (value("force.route-search") * value(terrain)) * value("force.route-team") / value("force.duty-share")

    def people(value: Values) -> float:
        return teams(value) * value("force.ordnance-team") + routes(value)

    factors = ["force.duty-share", "force.ordnance-team"]
    duty, team = (reference.value(name) for name in factors)
    working = (
        f"{need.calls_per_week:g} calls/wk x {need.hours:g} h / {WEEK:g} h / {duty:g} duty share = {teams(reference.value)} teams"
        f" x {team:g} people"
    )
    if need.routes_per_day > 0:
        more = ["force.route-search", terrain, "force.route-team"]
        rate, pace, searchers = (reference.value(name) for name in more)
        factors += more
        ground = f"({rate:g} km x {pace:g} for {sector.terrain.value})"
        working += f" + {need.routes_per_day:g} km/d / {ground} x {searchers:g} people / {duty:g} duty share"
    working += f" = {count(people(reference.value))}"
    driver = f"ordnance disposal: {need.calls_per_week:g} calls a week"
    return sized(people, factors, reference, working, driver, weakest(grade_of_needs(task), grade_of(sector, "terrain")))


def haulage(task: Task, need: Haulage, reference: Reference) -> Size:
    """Trucks by tonnes and distance, there and back, and the people who drive, mend and lead them."""

    def trucks(value: Values) -> int:
        lifted = value("supply.truck-load") * value("supply.unit-distance") * value("force.truck-availability")
        return ceil(need.tonnes_per_day * 2 * need.distance / lifted - 1e-9) if lifted > 0 else 0

    def people(value: Values) -> float:
        return trucks(value) * value("force.people-per-truck")

    factors = ("supply.truck-load", "supply.unit-distance", "force.truck-availability", "force.people-per-truck")
    load, distance, fit, crew = (reference.value(name) for name in factors)
    working = (
        f"{need.tonnes_per_day:g} t/d x 2 x {need.distance:g} km / ({load:g} t x {distance:g} km/d x {fit:g} fit)"
        f" = {trucks(reference.value)} trucks x {crew:g} people = {count(people(reference.value))}"
    )
    driver = f"haulage: {need.tonnes_per_day:g} t a day over {need.distance:g} km"
    return sized(people, factors, reference, working, driver, grade_of_needs(task))
