"""A staff's own movement lines, beside or in place of those of the generated force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from typing import Literal

from casque.deployment.line import MovementLine
from casque.deployment.network import ANY_MODE, SURFACE, Network
from casque.mission.movements import ALONE, Movement
from casque.mission.vocabulary import StatementMode
from casque.reference.load import Reference

_USUAL = 3
"""Priority of a line that states none."""


def stated_lines(
    movements: Iterable[Movement], worked_out: tuple[MovementLine, ...], network: Network, reference: Reference
) -> tuple[MovementLine, ...]:
    """The worked-out lines with the staff's: left out where the staff overrides those of their unit and sector, joined by its own.

    A line of the staff speaks of a whole pledge; each assignment of the pledge moves its share of it by people. Lines of pledges that
    have no place in the force move nothing.
    """
    stated = sorted(movements, key=lambda item: item.id)
    if not stated:
        return worked_out
    footing: dict[tuple[str, str, str], MovementLine] = {}
    people: dict[tuple[str, str, str], float] = {}
    for line in worked_out:
        footing.setdefault(line.place, line)
        people[line.place] = people.get(line.place, 0.0) + line.people
    kept = [line for line in worked_out if not any(_overrides(item, line) for item in stated)]
    made: list[MovementLine] = []
    for item in stated:
        places = [place for place, line in footing.items() if line.unit == item.unit]
        whole = sum(people[place] for place in places)
        for place in places:
            if item.sector in (None, footing[place].sector):
                share = people[place] / whole if whole > 0 else 1 / len(places)
                made.append(_line(item, footing[place], share, len(places) > 1, network, reference))
    return (*kept, *made)


def _overrides(item: Movement, line: MovementLine) -> bool:
    return item.statement is StatementMode.OVERRIDES and item.unit == line.unit and item.sector in (None, line.sector)


def _line(item: Movement, footing: MovementLine, share: float, several: bool, network: Network, reference: Reference) -> MovementLine:
    """The part of a stated line that one assignment moves; what it does not state is as in the lines worked out for the assignment."""
    calendar = network.calendar
    heavy = item.vehicles > 0 or item.tonnes > 0
    what: Literal["people", "equipment"] = "equipment" if heavy else "people"
    suffix = footing.id.split(":")[0].removeprefix(footing.unit) if several else ""
    available, earliest, latest, required = (
        None if day is None else calendar.day(day)
        for day in (item.available_to_load, item.earliest_arrival, item.latest_arrival, item.required)
    )
    weight = reference.value(f"force.weight-{item.priority or _USUAL}") / reference.value(f"force.weight-{_USUAL}")
    return replace(
        footing,
        id=item.id + suffix,
        what=what,
        origin=item.origin or footing.origin,
        destination=item.destination or footing.destination,
        people=item.people * share,
        vehicles=item.vehicles * share,
        lane_metres=item.lane_metres * share,
        bulk=item.bulk * share,
        oversize=item.oversize * share,
        outsize=item.outsize * share,
        surface_only=item.surface_only * share,
        coaches=0.0 if heavy else float(ceil(item.people * share / reference.value("movement.coach-seats"))),
        dangerous=item.dangerous,
        modes=frozenset(item.modes) or (SURFACE if heavy else ANY_MODE),
        ready=footing.ready if item.ready_to_load is None else calendar.day(item.ready_to_load),
        available=available,
        earliest=earliest,
        latest=latest,
        required=footing.required if required is None else required,
        weight=footing.weight * weight,
        module=item.module or "",
        meets=item.element not in ALONE,
        load_class=_limit(item.load_class, footing.load_class, item.vehicles),
        height=_limit(item.height, footing.height, item.vehicles),
    )


def _limit(stated: float | None, usual: float, vehicles: float) -> float:
    """The class or height of the vehicles of a line; none where it has no vehicles."""
    if vehicles <= 0:
        return 0.0
    return usual if stated is None else float(stated)
