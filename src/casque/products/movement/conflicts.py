"""What does not go together in the plan as the nations would have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casque.plan.movement import Trip
from casque.products.figures import d_plus, listed, number
from casque.products.movement.brought import Brought
from casque.products.movement.capacity import Capacity, Key, capacities
from casque.products.movement.conflict import KINDS, Conflict, in_words, yielding
from casque.products.movement.line_conflicts import line_conflicts
from casque.products.movement.picture import MovementPicture
from casque.products.movement.pieces import Piece
from casque.products.movement.traffic import Traffic, traffic

GRAIN = 0.005
"""Part of a capacity below which an excess is none."""
SLACK = 0.02
"""Days by which two uses of a vehicle may overlap."""

Claim = tuple[float, float]
"""First and last day of a use of a vehicle."""


def conflicts(before: MovementPicture, after: MovementPicture, found: Brought) -> tuple[Conflict, ...]:
    """Conflicts of the merged plan that the plan itself does not have, by kind and day."""
    made = [*_over_capacity(before, after, found), *_double_booked(before, after, found), *line_conflicts(before, after, found)]
    order = list(KINDS)
    return tuple(sorted(made, key=lambda item: (order.index(item.kind), item.first, item.what, item.nations)))


def _over_capacity(before: MovementPicture, after: MovementPicture, found: Brought) -> Iterator[Conflict]:
    """Days on which more is wanted of a capacity than there is, and more than the plan wanted; days in a row make one conflict."""
    known = capacities(before)
    planned, wanted = (traffic([piece for its in seen.pieces.values() for piece in its], known, before.lift) for seen in (before, after))
    for key in sorted(wanted.drawn):
        run: list[tuple[int, float]] = []
        for day in sorted(wanted.drawn[key]):
            over = _over(key, day, known, planned, wanted)
            if over > 0 and run and day != run[-1][0] + 1:
                yield _excess(after, key, run, known, wanted, found)
                run = []
            if over > 0:
                run.append((day, over))
        if run:
            yield _excess(after, key, run, known, wanted, found)


def _over(key: Key, day: int, known: Mapping[Key, Capacity], planned: Traffic, wanted: Traffic) -> float:
    """By how much a capacity is exceeded on a day beyond what the plan itself draws."""
    limit = max(known[key].on(day), sum(planned.drawn.get(key, {}).get(day, {}).values()))
    over = sum(wanted.drawn[key][day].values()) - limit
    return over if over > GRAIN * max(limit, 1.0) else 0.0


def _excess(
    seen: MovementPicture, key: Key, run: list[tuple[int, float]], known: Mapping[Key, Capacity], wanted: Traffic, found: Brought
) -> Conflict:
    capacity = known[key]
    worst, over = max(run, key=lambda item: (item[1], -item[0]))
    drawn = wanted.drawn[key][worst]
    members = _by_member(seen, drawn)
    giving = yielding(seen, tuple(drawn.items()), over, found.proposals)
    days = d_plus(run[0][0]) if len(run) == 1 else f"{d_plus(run[0][0])} to {d_plus(run[-1][0])}"
    when = "" if len(run) == 1 else f", most of all on {d_plus(worst)}"
    shares = listed([f"{seen.names.member(member)} {number(amount)}" for member, amount in members])
    there = capacity.on(worst)
    limit = f"there are {number(there)}" if there > 0 else "it is closed"
    text = f"{capacity.label}, {days}{when}: {number(sum(drawn.values()))} wanted ({shares}), {limit} {capacity.unit}".rstrip()
    text = text if there > 0 else text.removesuffix(f" {capacity.unit}")
    nations = tuple(member for member, _ in members)
    return Conflict(
        "capacity",
        capacity.label,
        run[0][0],
        run[-1][0],
        nations,
        round(over, 2),
        capacity.unit,
        text + ".",
        tuple(seen.numbers[load] for load in giving),
        in_words(seen, giving),
    )


def _by_member(seen: MovementPicture, drawn: Mapping[str, float]) -> list[tuple[str, float]]:
    """Draw by member, the heaviest first."""
    loads = seen.loads
    sums: dict[str, float] = {}
    for load, amount in drawn.items():
        member = seen.member(loads[load])
        sums[member] = sums.get(member, 0.0) + amount
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def _double_booked(before: MovementPicture, seen: MovementPicture, found: Brought) -> Iterator[Conflict]:
    """Vehicles that are wanted for two different times that overlap, or for one trip at two times."""
    trips = {trip.id: trip for trip in seen.record.trips}
    planned = {(load, piece.number): piece for load, pieces in before.pieces.items() for piece in pieces}
    claims: dict[tuple[str, int], dict[tuple[str, Claim], set[str]]] = {}
    for load, pieces in seen.pieces.items():
        for piece in pieces:
            for name in dict.fromkeys(step.trip for step in piece.steps if step.trip in trips):
                trip = trips[name]
                claim = _claim(trip, planned[load, piece.number], piece) if load in found.proposals else (trip.departs, trip.arrives)
                claims.setdefault((trip.fleet, trip.vehicle), {}).setdefault((name, claim), set()).add(load)
    for vehicle, its in sorted(claims.items()):
        if set().union(*its.values()).isdisjoint(found.proposals):
            continue
        uses = sorted(its.items(), key=lambda item: (item[0][1], item[0][0]))
        for place, ((trip_id, one), first) in enumerate(uses):
            for (other_id, other), second in uses[place + 1 :]:
                apart = trip_id != other_id and other[0] >= one[1] - SLACK
                if not apart and not (first | second).isdisjoint(found.proposals):
                    yield _clash(seen, vehicle, (one, first), (other, second), found, trip_id == other_id)


def _claim(trip: Trip, planned: Piece, wanted: Piece) -> Claim:
    """The time for which a part of a load wants its vehicle: the trip, moved as far as the part was."""
    was, now = _ends(planned, trip.id), _ends(wanted, trip.id)
    sooner, later = now[0] - was[0], now[1] - was[1]
    if abs(sooner) <= SLACK and abs(later) <= SLACK:
        return trip.departs, trip.arrives
    return round(trip.departs + sooner, 3), round(trip.arrives + later, 3)


def _ends(piece: Piece, trip: str) -> Claim:
    """When a part of a load leaves and lands on a trip."""
    own = [step for step in piece.steps if step.trip == trip]
    return own[0].departs, own[-1].arrives


def _clash(
    seen: MovementPicture,
    vehicle: tuple[str, int],
    one: tuple[Claim, set[str]],
    other: tuple[Claim, set[str]],
    found: Brought,
    same: bool,
) -> Conflict:
    loads = seen.loads
    wanting = sorted(one[1] | other[1])
    last = yielding(seen, [(load, 1.0) for load in wanting], 1.0, found.proposals)[0]
    giving = tuple(sorted(one[1] if last in one[1] else other[1]))
    nations = tuple(sorted({seen.member(loads[load]) for load in wanting}))
    name = f"{seen.names.of('fleet', vehicle[0])}, vehicle {vehicle[1]}"
    spans = [f"{number(claim[0])} to {number(claim[1])}" for claim, _ in (one, other)]
    how = "one trip is wanted at two times" if same else "two trips overlap"
    overlap = max(0.0, min(one[0][1], other[0][1]) - max(one[0][0], other[0][0]))
    return Conflict(
        "vehicle",
        name,
        min(one[0][0], other[0][0]),
        max(one[0][1], other[0][1]),
        nations,
        round(overlap, 2),
        "d",
        f"{name}: {how}, days {listed(spans)} from D-day.",
        tuple(seen.numbers[load] for load in giving),
        in_words(seen, giving),
    )
