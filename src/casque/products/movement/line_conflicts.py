"""What is wrong within a line that a nation changed: dates out of order, too early, too fast, too late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from casque.products.figures import d_plus, number
from casque.products.movement.brought import Brought
from casque.products.movement.conflict import Conflict, Kind
from casque.products.movement.journey import (
    DEPARTS_ORIGIN,
    LEAVES_POD,
    LEAVES_POE,
    MAIN,
    MOMENTS,
    ONWARD,
    REACHES_DESTINATION,
    REACHES_POD,
    REACHES_POE,
    TO_PORT,
)
from casque.products.movement.lines import DATES, Line, lines_of
from casque.products.movement.picture import MovementPicture
from casque.products.movement.proposal import Proposal

Times = Mapping[str, float]

SLACK = 0.02
"""Days by which a time may be off before it counts."""

IN_ORDER = (
    (DEPARTS_ORIGIN, REACHES_POE),
    (DEPARTS_ORIGIN, LEAVES_POE),
    (DEPARTS_ORIGIN, REACHES_DESTINATION),
    (LEAVES_POE, REACHES_POD),
    (REACHES_POE, REACHES_POD),
    (LEAVES_POE, LEAVES_POD),
    (LEAVES_POD, REACHES_DESTINATION),
    (REACHES_POD, REACHES_DESTINATION),
)
"""Times of which the first never comes after the second: first departures and last arrivals."""


def line_conflicts(before: MovementPicture, after: MovementPicture, found: Brought) -> Iterator[Conflict]:
    """Conflicts within the lines that were changed."""
    planned = {line.load.id: line for line in lines_of(before)}
    for line in lines_of(after):
        proposal = found.proposals.get(line.load.id)
        if proposal is not None:
            was = planned[line.load.id]
            # The times as they were written: those of the merged line follow from them, and hide what is out of order.
            times = was.way.times() | dict(proposal.times)
            yield from _dates(line)
            yield from _order(line, times)
            yield from _ready(line, times)
            yield from _too_fast(was, times, proposal)
            yield from _window(line, times)
            yield from _late(was, line)


def _dates(line: Line) -> Iterator[Conflict]:
    """Stated days out of order: RLD, ALD, EAD, LAD, RDD."""
    stated = [(name, day) for name, field in DATES.items() if (day := getattr(line.load, field)) is not None]
    for (one, first), (other, second) in pairwise(stated):
        if first > second:
            text = f"{one} {d_plus(first)} comes after {other} {d_plus(second)}."
            yield _conflict(line, "dates", second, first, first - second, text)


def _order(line: Line, times: Times) -> Iterator[Conflict]:
    """Times out of order; the first of them, as the others follow from it."""
    for one, other in IN_ORDER:
        if one in times and other in times and times[one] > times[other] + SLACK:
            text = f"it {one} on {_at(times[one])} and {other} on {_at(times[other])}, which is before."
            yield _conflict(line, "dates", times[other], times[one], times[one] - times[other], text)
            return


def _ready(line: Line, times: Times) -> Iterator[Conflict]:
    load = line.load
    leaves = next((times[name] for name in MOMENTS if name in times), None)
    if leaves is not None and leaves < load.ready - SLACK:
        text = f"it leaves on {_at(leaves)} and is ready to load on {d_plus(load.ready)}."
        yield _conflict(line, "not ready", leaves, load.ready, load.ready - leaves, text)
    boards = times.get(LEAVES_POE)
    if load.available is not None and boards is not None and boards < load.available - SLACK:
        text = f"it leaves {line.way.embarkation} on {_at(boards)} and is available to load there on {d_plus(load.available)}."
        yield _conflict(line, "not ready", boards, load.available, load.available - boards, text)


def _too_fast(was: Line, times: Times, proposal: Proposal) -> Iterator[Conflict]:
    """A part of the journey in less time than the fastest shipment of the line takes for it in the plan."""
    if proposal.ports:
        return
    for number_of, where in ((TO_PORT, "to its port"), (MAIN, "between its ports"), (ONWARD, "from its port")):
        part = was.way.parts[number_of]
        begins, ends = was.way.ends(number_of)
        if not part.legs or not {begins, ends} & set(proposal.times):
            continue
        last = part.first + len(part.legs) - 1
        least = min((piece.steps[last].arrives - piece.steps[part.first].departs for piece in was.pieces), default=0.0)
        taken = times[ends] - times[begins]
        if 0 <= taken < least - SLACK:
            text = f"{_days(taken)} {where}; in the plan the fastest shipment of the line takes {_days(least)}."
            yield _conflict(was, "too fast", times[begins], times[ends], least - taken, text)


def _window(line: Line, times: Times) -> Iterator[Conflict]:
    load, lands = line.load, times.get(REACHES_POD)
    if lands is None:
        return
    if load.latest is not None and lands >= load.latest + 1:
        text = f"it reaches {line.way.debarkation} on {_at(lands)}, latest arrival date {d_plus(load.latest)}."
        yield _conflict(line, "window", load.latest, lands, lands - load.latest, text)
    if load.earliest is not None and lands < load.earliest - SLACK:
        text = f"it reaches {line.way.debarkation} on {_at(lands)}, earliest arrival date {d_plus(load.earliest)}."
        yield _conflict(line, "window", lands, load.earliest, load.earliest - lands, text)


def _late(was: Line, line: Line) -> Iterator[Conflict]:
    if line.late > was.late + SLACK and line.load.required is not None:
        text = f"it would arrive on {_at(line.load.arrives)}, {_days(line.late)} after its required date {d_plus(line.load.required)}"
        text += f" (planned: {_days(was.late)} late)." if was.late > 0 else "."
        yield _conflict(line, "late", line.load.required, line.load.arrives, line.late, text)


def _conflict(line: Line, kind: Kind, first: float, last: float, over: float, text: str) -> Conflict:
    name = f"{line.seen.numbers[line.load.id]} {line.seen.names.of('unit', line.load.unit)}, {line.load.what}"
    own = f"{name}: {text}"
    return Conflict(kind, name, first, last, (line.member,), round(over, 2), "d", own, (), "")


def _at(day: float) -> str:
    """A time in days from D-day, as the list has it."""
    return f"D{day:+.2f}".replace("-", "−")


def _days(value: float) -> str:
    return f"{number(round(value, 2))} days"
