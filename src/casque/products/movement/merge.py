"""The plan with what nations brought back laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from casque.mission.vocabulary import Mode
from casque.plan.movement import Leg, Load, Shipment
from casque.products.movement.brought import Brought
from casque.products.movement.journey import MAIN, ONWARD, TO_PORT, Part
from casque.products.movement.lines import AMOUNTS, DATES, Line, lines_of
from casque.products.movement.picture import MovementPicture
from casque.products.movement.pieces import Piece, Step
from casque.products.movement.proposal import Proposal

Paths = Mapping[tuple[str, str], tuple[Leg, ...]]
"""Legs by land between two nodes, as some line of the plan goes."""


def merged(seen: MovementPicture, found: Brought) -> tuple[MovementPicture, tuple[str, ...]]:
    """The picture of the plan as the nations would have it, and notes on what it cannot follow.

    Shipments keep their place within their part of the journey: the part is moved and stretched as its first departure and its last
    arrival were. With another port a line goes over land as another line of the plan does between the same nodes.
    """
    lines = {line.load.id: line for line in lines_of(seen)}
    paths = _paths(lines.values())
    loads, shipments, notes = [], [], []
    for load in seen.record.loads:
        proposal = found.proposals.get(load.id)
        if proposal is None:
            loads.append(load)
            continue
        changed, its, unknown = _changed(lines[load.id], proposal, paths)
        loads.append(changed)
        shipments += its
        notes += [f"{seen.numbers[load.id]}: no line of the plan goes from {a} to {b}; that stretch is not counted." for a, b in unknown]
    kept = [item for item in seen.record.shipments if item.load not in found.proposals]
    record = seen.record.model_copy(update={"loads": tuple(loads), "shipments": tuple(sorted([*kept, *shipments], key=_order))})
    return replace(seen, record=record), tuple(notes)


def _order(item: Shipment) -> tuple[str, int]:
    return item.load, item.number


def _paths(lines: Iterable[Line]) -> Paths:
    """Ways over land of all lines, to their ports and from them."""
    found: dict[tuple[str, str], tuple[Leg, ...]] = {}
    for line in lines:
        for part in (line.way.parts[TO_PORT], line.way.parts[ONWARD]):
            if part.legs:
                found.setdefault((part.legs[0].start, part.legs[-1].end), part.legs)
    return found


def _changed(line: Line, proposal: Proposal, paths: Paths) -> tuple[Load, list[Shipment], list[tuple[str, str]]]:
    """A line as its nation would have it: load, shipments, and stretches for which no way is known."""
    load, times = line.load, line.way.times()
    ways, unknown = _ways(line, proposal, paths)
    factors = {field: _factor(getattr(load, field), proposal.amounts.get(head)) for head, field in AMOUNTS.items()}
    pieces = []
    for piece in line.pieces:
        steps: list[Step] = []
        for part, legs in enumerate(ways):
            names = line.way.ends(part)
            before = (times.get(names[0], 0.0), times.get(names[1], 0.0))
            after = (proposal.times.get(names[0], before[0]), proposal.times.get(names[1], before[1]))
            steps += _steps(piece, line.way.parts[part], legs, before, after)
        pieces.append((piece, tuple(steps)))
    legs = tuple(
        Leg(
            link=step.link,
            start=step.start,
            end=step.end,
            mode=step.mode,
            fleet=step.fleet,
            departs=min(steps[place].departs for _, steps in pieces),
            arrives=max(steps[place].arrives for _, steps in pieces),
        )
        for place, step in enumerate(pieces[0][1])
    )
    update = {DATES[head]: day for head, day in proposal.dates.items()} | {
        field: proposal.amounts[head] for head, field in AMOUNTS.items() if head in proposal.amounts
    }
    changed = load.model_copy(update=update | {"legs": legs, "arrives": legs[-1].arrives if legs else load.arrives})
    return changed, [_shipment(piece, steps, factors, changed, len(pieces)) for piece, steps in pieces], unknown


def _ways(line: Line, proposal: Proposal, paths: Paths) -> tuple[list[tuple[Leg, ...]], list[tuple[str, str]]]:
    """Legs of the three parts with the ports that were changed."""
    way = line.way
    ways = [part.legs for part in way.parts]
    boards, lands = (proposal.ports.get(head, port) for head, port in (("POE", way.embarkation), ("POD", way.debarkation)))
    unknown: list[tuple[str, str]] = []
    if (boards, lands) != (way.embarkation, way.debarkation):
        ways[MAIN] = (ways[MAIN][0].model_copy(update={"link": "", "start": boards, "end": lands}),)
    for part, old, pair in (
        (TO_PORT, way.embarkation != boards, (way.origin, boards)),
        (ONWARD, way.debarkation != lands, (lands, way.destination)),
    ):
        if old:
            straight = Leg(link="", start=pair[0], end=pair[1], mode=Mode.ROAD, fleet="", departs=0.0, arrives=0.0)
            ways[part] = () if pair[0] == pair[1] else paths.get(pair, (straight,))
            unknown += [pair] if pair[0] != pair[1] and pair not in paths else []
    return ways, unknown


def _steps(piece: Piece, part: Part, legs: tuple[Leg, ...], before: tuple[float, float], after: tuple[float, float]) -> list[Step]:
    """The steps of a part of a load over one part of its journey, moved and stretched with it."""

    def moved(day: float) -> float:
        span = before[1] - before[0]
        share = (day - before[0]) / span if span > 1e-9 else 0.0
        return after[0] + share * (after[1] - after[0]) if span > 1e-9 else day + after[0] - before[0]

    own = piece.steps[part.first : part.first + len(part.legs)]
    if legs is part.legs:
        return [step._replace(departs=moved(step.departs), arrives=moved(step.arrives)) for step in own]
    begins, ends = (moved(own[0].departs), moved(own[-1].arrives)) if own else after
    trip, fleet = (own[0].trip, own[0].fleet) if own else ("", "")
    lifted = bool(legs) and legs[0].mode in (Mode.SEA, Mode.AIR)
    each = (ends - begins) / max(len(legs), 1)
    return [
        Step(
            leg.link,
            leg.start,
            leg.end,
            leg.mode,
            fleet if lifted else leg.fleet,
            trip if lifted else "",
            begins + place * each,
            begins + (place + 1) * each,
        )
        for place, leg in enumerate(legs)
    ]


def _factor(before: float, after: float | None) -> float:
    """By how much an amount was changed; infinity where it was nothing before."""
    if after is None:
        return 1.0
    return after / before if before > 0 else (float("inf") if after > 0 else 1.0)


def _shipment(piece: Piece, steps: tuple[Step, ...], factors: Mapping[str, float], load: Load, pieces: int) -> Shipment:
    def amount(field: str) -> float:
        factor: float = factors[field]
        whole: float = getattr(load, field)
        return whole / pieces if factor == float("inf") else float(getattr(piece, field)) * factor

    return Shipment(
        load=piece.load,
        number=piece.number,
        people=amount("people"),
        vehicles=amount("vehicles"),
        lane_metres=amount("lane_metres"),
        tonnes=amount("tonnes"),
        departs=tuple(step.departs for step in steps),
        arrives=tuple(step.arrives for step in steps),
        trips=tuple(step.trip for step in steps),
    )
