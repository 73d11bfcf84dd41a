"""Usable force at one place and moment: `usable_force(mission, reference, Question("public-order", "D+30T14:00"), "pristina")`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import isinf

import numpy as np
from pydantic_core import PydanticCustomError

from casque.engagement.usable_force.arrivals import Board
from casque.engagement.usable_force.called import Question, called, strings_named
from casque.engagement.usable_force.freedom import EVERY_ASK, Hours
from casque.engagement.usable_force.string_costs import Freed, costs_at, freed
from casque.errors import BadInput
from casque.mission.mission import Mission
from casque.mission.quantities import Quantity
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.usable import ArrivalCurve, Coming, UsableForce
from casque.reference.load import Reference

HOURS = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0, 48.0)
"""Hours after a call at which the usable force is counted, where nobody says."""

LONGEST = 24 * 14
"""Hours after a call that may be looked at."""


def usable_force(
    mission: Mission,
    reference: Reference,
    question: Question,
    at: str,
    *,
    hours: Sequence[float] = HOURS,
    strength: float | None = None,
    lift: Collection[str] = (),
    force: ForceRecord | None = None,
    movement: MovementRecord | None = None,
) -> UsableForce:
    """Who may act at a place, and how long until each is there, as an arrival curve with and without the strings attached.

    `at` is a place, or a sector for its base; `strength` the people that make a force worth the name (factor `engagement.company`);
    `lift` the strings to take away, as `caveat:NAME`, `rule:NAME`, `caveats`, `words` or `all`. With the records of a run, units
    stand where it put them. Raises NoSuchItem for an unknown name and BadInput for a time or hours that cannot be meant.
    """
    counted = hours_of(hours)
    wanted = strength_of(strength, reference)
    lifted = strings_named(mission, lift)
    asked = called(mission, reference, question, force, movement)
    place = asked.place(at)
    board = asked.board([place], counted[-1])
    states = freed(board)
    return UsableForce(
        call=asked.call.name,
        title=asked.call.title,
        place=place.id,
        place_name=place.name,
        sector=place.sector or "",
        day=asked.when.day,
        hour=asked.when.hour,
        situation=asked.situation,
        assumed=asked.call.assumed,
        from_run=asked.from_run,
        strength=wanted,
        hours=counted,
        curves=tuple(_curves(board, states, counted, wanted, lifted)),
        band=tuple(_band(board, counted, wanted)),
        coming=_coming(board, states.standing),
        costs=costs_at(mission, board, states, counted, wanted),
    )


def hours_of(hours: Sequence[float]) -> tuple[float, ...]:
    """Hours in order, each once. Raises BadInput where there are none or they cannot be looked at."""
    counted = tuple(sorted(set(hours)))
    if not counted or not all(0 <= hour <= LONGEST for hour in counted):
        raise BadInput(f"hours after a call run from 0 to {LONGEST}", next_step="Two hours is the default of a quick reaction.")
    return counted


def written(text: str, unit: str) -> float:
    """A number with its unit as people write it, such as `2h` or `90 min`. Raises BadInput."""
    try:
        return Quantity(unit).parse(text)
    except PydanticCustomError as error:
        raise BadInput(f"'{text[:40]}' cannot be read: {error.message()}", next_step=f"Write it as in '{2:g} {unit}'.") from None


def strength_of(strength: float | None, reference: Reference) -> float:
    """The stated strength, or a company. Raises BadInput where it is not above 0."""
    wanted = reference.value("engagement.company") if strength is None else strength
    if not 0 < wanted < 1e6:
        raise BadInput(f"a strength of {wanted:g} people cannot be asked for", next_step="A company of 120 people is the default.")
    return wanted


def _curves(board: Board, states: Freed, hours: tuple[float, ...], strength: float, lifted: frozenset[str]) -> list[ArrivalCurve]:
    sets: list[tuple[str, frozenset[str], Hours]] = [("as it stands", frozenset(), states.standing)]
    asked = board.lifting(lifted)
    for label, names in (("lifted as asked", asked if lifted else None), ("no caveats", {"caveats"}), ("every word at once", {"words"})):
        if names is not None:
            gone = board.lifting(names) & frozenset(board.strings)
            sets.append((label, gone, board.free(gone)))
    sets.append(("no strings at all", frozenset(board.strings), states.none))
    return [_curve(board, label, gone, free, hours, strength) for label, gone, free in sets]


def _band(board: Board, hours: tuple[float, ...], strength: float) -> Iterator[ArrivalCurve]:
    for label, slowest in (("words at their quickest", False), ("words at their slowest", True)) if board.banded else ():
        timed = board.words_at(slowest)
        yield _curve(timed, label, frozenset(), timed.free(), hours, strength)


def _curve(board: Board, label: str, gone: frozenset[str], free: Hours, hours: tuple[float, ...], strength: float) -> ArrivalCurve:
    return ArrivalCurve(
        lifted=tuple(sorted(gone)),
        label=label,
        people=tuple(round(float(people), 6) for people in board.usable(free, hours)[:, 0]),
        first=finite(board.first(free, strength)[0]),
    )


def _coming(board: Board, free: Hours) -> tuple[Coming, ...]:
    there, word = board.first_of_each(free, 0)
    sent = sum((people[:, 0] for _, people in board.batches), np.zeros(len(board.field.units)))
    at_call = int(board.like[0])
    found = []
    for row, unit in enumerate(board.field.units):
        wait = float(free[row, 0, at_call])
        found.append(
            Coming(
                unit=unit.id,
                name=unit.name,
                member=unit.member,
                sector=unit.sector,
                people=round(float(sent[row]), 6),
                answer="prohibited" if isinf(wait) else "needs word" if wait > 0 or held_by(board, row, 0, at_call) else "permitted",
                hours=finite(there[row]),
                word=round(float(word[row]), 6) if not isinf(there[row]) else 0.0,
                road=finite(board.travel[row, 0]),
                held_by=held_by(board, row, 0, at_call),
            )
        )
    shown = [unit for unit in found if unit.people > 0]
    return tuple(sorted(shown, key=lambda unit: (unit.hours is None, unit.hours or 0.0, -unit.people, unit.unit)))


def held_by(board: Board, row: int, place: int, moment: int) -> tuple[str, ...]:
    """What forbids a unit to act at a place and (distinct) moment, or ties it to a word; `silence` where nothing permits it."""
    here = [text for text in board.texts if text.when[moment] and row in text.rows_at(place) and not isinf(text.hours_at(place, moment))]
    asks = [ask for ask, needed in enumerate(board.asks) if needed is None or needed[row, place]]
    here = [text for text in here if text.ask == EVERY_ASK or text.ask in asks]
    bars = [text.item for text in here if text.effect == "bars"]
    silent = [ask for ask in asks if not any(text.ask == ask and text.effect != "bars" for text in here)]
    if bars or silent:
        return tuple(dict.fromkeys(bars + ["silence"] * bool(silent)))
    tied = [text.item for text in here if text.effect == "waits"]
    for ask in asks:
        mine = [text for text in here if text.ask == ask]
        if not any(text.effect == "permits" for text in mine):
            tied += [text.item for text in mine if text.effect == "on word"]
    return tuple(dict.fromkeys(tied))


def finite(hours: float) -> float | None:
    """Hours, or none where they never come."""
    return None if isinf(hours) else round(float(hours), 6)
