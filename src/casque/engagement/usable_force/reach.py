"""Which places a stated strength of usable people reaches within a stated time, and which strings keep it from the others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf

import numpy as np

from casque.engagement.naming import NOON, When
from casque.engagement.usable_force.arrivals import Board
from casque.engagement.usable_force.called import LEAST_HORIZON, Called, Question, called, strings_named
from casque.engagement.usable_force.freedom import Hours
from casque.engagement.usable_force.string_costs import Freed, costs_over, freed
from casque.engagement.usable_force.usable_at import HOURS, finite, hours_of, strength_of
from casque.mission.engagement import HOURS_OF_DAY
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.usable import PlaceReach, Reach
from casque.reference.load import Reference

FINE_HOURS = (*(half / 2 for half in range(13)), *(float(hour) for hour in range(7, 13)), 24.0)
"""Hours after a call at which a drawn curve is counted."""

UNREST = "5"
"""Number of the family of rules on unrest, in the UN numbering."""
MOST_TASKS = 12
"""Tasks that are looked at for the most demanding call."""

WITHIN = 2.0
"""Hours within which a place is to be reached, where nobody says."""


def reach(
    mission: Mission,
    reference: Reference,
    question: Question,
    *,
    within: float = WITHIN,
    strength: float | None = None,
    hours: Sequence[float] = HOURS,
    lift: Collection[str] = (),
    force: ForceRecord | None = None,
    movement: MovementRecord | None = None,
) -> Reach:
    """How soon every place within the sectors (of the task, where a task is asked for) is reached, those reached last first.

    `lift` takes strings away for the whole answer, as `caveat:NAME`, `rule:NAME`, `caveats`, `words` or `all`. Raises NoSuchItem for an
    unknown name and BadInput for a time or hours that cannot be meant.
    """
    counted, wanted, lifted = hours_of((*hours, within)), strength_of(strength, reference), strings_named(mission, lift)
    return reach_of(called(mission, reference, question, force, movement), counted, within, wanted, lifted)


def reach_of(asked: Called, hours: tuple[float, ...], within: float, strength: float, lifted: frozenset[str] = frozenset()) -> Reach:
    """The same for a question that has been read."""
    places = asked.places()
    board = asked.board(places, hours[-1]).without(lifted)
    states = freed(board)
    return Reach(
        call=asked.call.name,
        title=asked.call.title,
        day=asked.when.day,
        hour=asked.when.hour,
        situation=asked.situation,
        assumed=asked.call.assumed,
        from_run=asked.from_run,
        lifted=tuple(sorted(lifted)),
        strength=strength,
        within=within,
        hours=hours,
        units=len(board.field.units),
        places=_places(board, states, hours, within, strength),
        costs=costs_over(board, states, strength, within),
    )


def _places(board: Board, states: Freed, hours: tuple[float, ...], within: float, strength: float) -> tuple[PlaceReach, ...]:
    no_caveats = board.free(board.lifting({"caveats"}))
    first = [board.first(free, strength) for free in (states.standing, no_caveats, states.none)]
    early, late = (_first_at(board, first[0], slowest, strength) for slowest in (False, True))
    now, best = board.usable(states.standing, hours), board.usable(states.none, hours)
    row = hours.index(within)
    found = [
        PlaceReach(
            place=spot.place,
            sector=spot.sector,
            hours=finite(first[0][number]),
            quickest=finite(early[number]),
            slowest=finite(late[number]),
            without_caveats=finite(first[1][number]),
            free=finite(first[2][number]),
            people=round(float(now[row, number]), 6),
            people_free=round(float(best[row, number]), 6),
            curve=tuple(round(float(people), 6) for people in now[:, number]),
            free_curve=tuple(round(float(people), 6) for people in best[:, number]),
        )
        for number, spot in enumerate(board.field.spots)
    ]
    return tuple(sorted(found, key=lambda item: (-(inf if item.hours is None else item.hours), item.place)))


def _first_at(board: Board, expected: Hours, slowest: bool, strength: float) -> Hours:
    timed = board.words_at(slowest)
    return timed.first(timed.free(), strength) if board.banded else expected


def most_demanding(
    mission: Mission, reference: Reference, day_of: Mapping[str, int], force: ForceRecord, movement: MovementRecord
) -> Called | None:
    """The call that a plan is tried with: the task with most places that are not reached in time; none where no task takes force.

    Looked at are tasks that take force and answer calls (quick reaction, public order by population, across sectors, or with rules
    against unrest; any where none of these is), the weightiest first and no more than a dozen. The day is the one in `day_of`, on which
    most people of the task serve, so that what is out of reach is so by law and ground and not for want of arrivals. The hour is the
    one at which fewest of them may act, at once or on a word; the nearest to noon where several are alike.
    """
    forceful = [task for task in mission.tasks.tasks if task.rules_to_use]
    unrest = frozenset(rule.id for rule in mission.engagement.rules if rule.permits and rule.family.startswith(UNREST))
    answering = [task for task in forceful if _answers_calls(task, unrest)] or forceful
    tried = [
        _tried(mission, reference, task, day_of, force, movement) for task in sorted(answering, key=lambda task: task.priority)[:MOST_TASKS]
    ]
    found = [item for item in tried if item is not None]
    if not found:
        return None
    name, when, _ = max(found, key=lambda item: item[2])
    return called(mission, reference, Question(name, when), force, movement)


def _answers_calls(task: Task, unrest: frozenset[str]) -> bool:
    called_out = any(need.rule in ("quick reaction", "police by population") for need in task.needs)
    return task.crosses_sectors or called_out or not unrest.isdisjoint(task.rules)


def _tried(
    mission: Mission, reference: Reference, task: Task, day_of: Mapping[str, int], force: ForceRecord, movement: MovementRecord
) -> tuple[str, When, int] | None:
    """The hour of the day at which fewest may act on a task, and how many of its places no company then reaches in time."""
    day = min(max(day_of.get(task.id, (task.start - mission.about.d_day).days), 0), int(mission.about.horizon))
    name = f"task:{task.id}"
    asked = called(mission, reference, Question(name, When(day, 0)), force, movement)
    places = asked.places()
    if not places:
        return None
    board = asked.board(places, HOURS_OF_DAY + LEAST_HORIZON)
    free = board.free()
    people = sum((part for _, part in board.batches), np.zeros(board.travel.shape))

    def may(hour: int) -> float:
        return float((people * (free[:, :, board.like[hour]] < inf)).sum())

    hour = min(range(HOURS_OF_DAY), key=lambda item: (may(item), abs(item - NOON), item))
    first = board.first(free, strength_of(None, reference), hour)
    return name, When(day, hour), int((first > WITHIN).sum())
