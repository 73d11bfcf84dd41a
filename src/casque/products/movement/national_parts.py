"""Tables of a national deployment plan."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from casque.mission.written import Sourced
from casque.products.figures import count, d_plus, days, number, percent, whole
from casque.products.forces.parts import Part
from casque.products.movement.journey import MOMENTS
from casque.products.movement.lines import Line
from casque.products.movement.manifest import Loaded, owner
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import moment

MOST_TRIPS = 120
"""Trips on the page; the manifest has all of them."""


def lines_part(lines: tuple[Line, ...]) -> Part:
    """Every line with its way and days."""
    rows = []
    for line in lines:
        times, way, node = line.way.times(), line.way, line.seen.names.of
        leaves = next((times[name] for name in MOMENTS if name in times), None)
        ports = " to ".join(node("node", port) for port in (way.embarkation, way.debarkation) if port)
        rows.append(
            (
                line.seen.numbers[line.load.id],
                f"{node('unit', line.load.unit)}: {line.load.what}",
                whole(line.load.people) if line.load.people else "",
                whole(line.load.tonnes) if line.load.tonnes else "",
                node("node", way.origin) if way.origin else "",
                ports or "by land",
                node("node", way.destination) if way.destination else "",
                "" if leaves is None else d_plus(leaves),
                d_plus(line.load.arrives),
                "" if line.load.required is None else d_plus(line.load.required),
                f"{days(line.late)} d" if line.late > 0.5 else "",
            )
        )
    heads = ("line", "unit", "people", "tonnes", "from", "ports", "to", "leaves", "arrives", "required", "late by")
    return Part("lines", "Lines", "Line numbers are those of the time-phased list.", heads, tuple(rows))


def ports_part(seen: MovementPicture, lines: tuple[Line, ...]) -> Part:
    """Ports that are used: on which days, by how much."""
    found: dict[tuple[str, str], list[tuple[float, float, float, float]]] = {}
    for line in lines:
        times, way = line.way.times(), line.way
        for port, role, first, last in (
            (way.embarkation, "embarkation", "leaves POE", "leaves POE"),
            (way.debarkation, "debarkation", "reaches POD", "leaves POD"),
        ):
            if port:
                begins = times[first]
                ends = max(begins, times.get(last, begins))
                found.setdefault((role, port), []).append((begins, ends, line.load.people, line.load.tonnes))
    rows = [
        (
            seen.names.of("node", port),
            role,
            f"{d_plus(min(item[0] for item in its))} to {d_plus(max(item[1] for item in its))}",
            number(len(its)),
            whole(sum(item[2] for item in its)),
            whole(sum(item[3] for item in its)),
        )
        for (role, port), its in sorted(
            found.items(), key=lambda entry: (entry[0][0] != "embarkation", -sum(x[3] + x[2] / 10 for x in entry[1]))
        )
    ]
    return Part("ports", "Ports and airfields", "", ("port", "of", "days", "lines", "people", "tonnes"), tuple(rows))


def carriers_part(seen: MovementPicture, lines: tuple[Line, ...], trips: Sequence[Loaded]) -> Part:
    """Who carries the nation's lines."""
    carried: dict[str, list[float]] = {}
    for line in lines:
        for fleet in dict.fromkeys(leg.fleet for leg in line.load.legs if leg.fleet):
            sums = carried.setdefault(fleet, [0.0, 0.0])
            sums[0] += line.load.people
            sums[1] += line.load.tonnes
    rows = [
        (
            seen.names.of("fleet", fleet),
            seen.names.member(owner(seen, fleet)),
            seen.lift[fleet].mode.value if fleet in seen.lift else "",
            whole(people),
            whole(tonnes),
            number(sum(trip.trip.fleet == fleet for trip in trips)) if seen.record.trips else "",
        )
        for fleet, (people, tonnes) in sorted(carried.items(), key=lambda item: (-item[1][1] - item[1][0] / 10, item[0]))
    ]
    heads = ("lift", "of", "by", "people", "tonnes", "trips that carry yours")
    return Part("carriers", "Who carries you", "Loads that change vehicle count once for each.", heads, tuple(rows))


def lift_part(seen: MovementPicture, member: str, trips: Sequence[Loaded]) -> Part:
    """The nation's own lift and whom it carries."""
    own = {name: item for name, item in seen.lift.items() if item.owner == member}
    whom: dict[str, dict[str, list[float]]] = {}
    for load in seen.record.loads:
        for fleet in dict.fromkeys(leg.fleet for leg in load.legs if leg.fleet in own):
            sums = whom.setdefault(fleet, {}).setdefault(seen.member(load), [0.0, 0.0])
            sums[0] += load.people
            sums[1] += load.tonnes
    rows = []
    for fleet, item in own.items():
        its = [trip.trip for trip in trips if trip.trip.fleet == fleet]
        carried = sorted(whom.get(fleet, {}).items(), key=lambda entry: (-entry[1][1] - entry[1][0] / 10, entry[0]))
        told = "; ".join(f"{seen.names.member(who)} ({whole(people)} people, {whole(tonnes)} t)" for who, (people, tonnes) in carried)
        filled = percent(sum(trip.full for trip in its) / len(its)) if its else ""
        rows.append(
            (item.name, number(item.number), item.mode.value, number(len(its)) if seen.record.trips else "", filled, told or "nobody")
        )
    heads = ("your lift", "vehicles", "by", "trips", "filled", "carries")
    return Part("lift", "Your lift, and whom it carries", "", heads, tuple(rows))


def trips_part(seen: MovementPicture, member: str, trips: Sequence[Loaded]) -> Part:
    """Trips that carry the nation's loads, by day."""
    node = seen.names.of
    order = sorted(trips, key=lambda item: (item.trip.departs, item.trip.id))
    rows = []
    for item in order[:MOST_TRIPS]:
        trip = item.trip
        own = [x for x in item.aboard if seen.member(x.load) == member]
        others = [seen.names.member(other) for other in item.members if other != member]
        rows.append(
            (
                f"{node('fleet', trip.fleet)} {trip.vehicle}",
                f"{node('node', trip.start)} to {node('node', trip.end)}",
                hour(seen, trip.departs),
                hour(seen, trip.arrives),
                ", ".join(dict.fromkeys(seen.numbers[x.load.id] for x in own)),
                whole(sum(x.piece.people for x in own)),
                whole(sum(x.piece.tonnes for x in own)),
                ", ".join(others),
            )
        )
    lead = f"The first {MOST_TRIPS} of {number(len(order))} trips; the manifest has all of them." if len(order) > MOST_TRIPS else ""
    heads = ("vehicle", "way", "departs", "arrives", "your lines", "people", "tonnes", "shared with")
    return Part("trips", "Trips", lead, heads, tuple(rows))


def hour(seen: MovementPicture, day: float) -> str:
    """A day in parts as date and hour: `16 Jul 1999 14:00 (D+34)`."""
    then = moment(seen.calendar, day)
    return f"{seen.calendar.date(floor(day + 1e-6))} {then:%H:%M} ({d_plus(floor(day + 1e-6))})"


def late_part(seen: MovementPicture, lines: tuple[Line, ...], member: str) -> Part:
    """Units in place after their required date, the latest first."""
    required = {line.load.unit: line.load.required for line in lines if line.load.required is not None}
    late = [item for item in seen.record.in_place if item.late > 0.5 and seen.member_of(item.unit) == member]
    rows = []
    for item in sorted(late, key=lambda item: (-item.late, item.unit)):
        wanted = required.get(item.unit)
        why = (
            "it would be late even with the whole network to itself"
            if wanted is not None and item.earliest > wanted
            else "others go before it"
        )
        rows.append(
            (
                seen.names.of("unit", item.unit),
                seen.names.sector(item.sector),
                "" if wanted is None else seen.calendar.day(wanted),
                seen.calendar.day(item.day),
                seen.calendar.day(item.earliest),
                f"{days(item.late)} d",
                why,
            )
        )
    return Part("late", "Late units", "", ("unit", "sector", "required", "in place", "earliest", "late by", "why"), tuple(rows))


def unmoved_part(seen: MovementPicture, member: str) -> Part:
    """Units that cannot be moved."""
    rows = tuple((seen.names.of("unit", item.unit), item.reason) for item in seen.record.unmoved if seen.member_of(item.unit) == member)
    return Part("unmoved", f"{count(len(rows), 'unit')} cannot be moved", "", ("unit", "why"), rows)


def sources_part(seen: MovementPicture, member: str, lines: tuple[Line, ...]) -> Part:
    """Points of contact: where what the plan says of the nation's units, ports and lift comes from, as the folder names it."""
    units = {line.load.unit for line in lines}
    ports = {port for line in lines for port in (line.way.embarkation, line.way.debarkation) if port}
    carriers = {leg.fleet for line in lines for leg in line.load.legs if leg.fleet}
    said: list[tuple[str, str, Sourced]] = [
        *(("unit", item.name, item) for item in seen.mission.forces.pledges if item.id in units),
        *(("port", item.name, item) for item in seen.mission.transport.nodes if item.id in ports),
        *(("lift", item.name, item) for item in seen.mission.transport.lift if item.id in carriers or item.owner == member),
    ]
    found: dict[tuple[str, str, str], list[str]] = {}
    for kind, name, item in said:
        for source in item.source or ("no source",):
            found.setdefault((source, kind, item.grade.value), []).append(name)
    sources = {item.id: item for item in seen.mission.sources}
    rows = tuple(
        (
            sources[source].title if source in sources else source.replace("-", " "),
            ", ".join(part for part in (sources[source].publisher, sources[source].date) if part) if source in sources else "",
            f"{kind}: {', '.join(names[:6])}" + (f" and {len(names) - 6} more" if len(names) > 6 else ""),
            grade,
        )
        for (source, kind, grade), names in found.items()
    )
    lead = "Whom to ask: the sources on which the plan rests for these units, ports and vehicles."
    return Part("contacts", "Points of contact", lead, ("source", "from", "says", "grade"), rows)
