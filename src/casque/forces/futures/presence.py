"""Who is there in a future, and on which days: people of every option by future and month.

A unit that comes late is there from its planned first day plus its delay on, and goes home when promised: the day on which a tour ends is
fixed by a decision at home, by contracts and by the unit that relieves it, so a late arrival shortens the tour and does not shift it
(judgement; it is also what the simulation supposes). A unit whose relief fails goes home with the tour before. A month in which a caveat
closes a line to the unit stays closed, late or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from casque.forces.calendar_profile import Calendar
from casque.forces.futures.cells import People, Whole
from casque.forces.problem import Option, Problem
from casque.reference.chance import Floats
from casque.reference.lateness import Chance, Drawn, drawn
from casque.reference.load import Reference


def draws(problem: Problem, chances: Sequence[Chance], reference: Reference, seed: int, runs: range) -> Drawn:
    """What chance decides for the elements of a problem, futures x elements. The parts of a pledge share its fate.

    `chances` are those of the pledges by name.
    """
    by_name = {chance.name: chance for chance in chances}
    tours = [max((len(problem.options[index].tours) for index in options), default=1) for options in problem.by_unit]
    own = [replace(by_name[unit.pledge.id], reliefs=max(0, most - 1)) for unit, most in zip(problem.units, tours, strict=True)]
    return drawn(own, reference, seed, runs)


def people(problem: Problem, fate: Drawn) -> People:
    """Effective people by option, future and month: whole people, as in the plan."""
    found = np.zeros((len(problem.options), len(fate.comes), len(problem.calendar.months)), dtype=np.int32)
    for index, option in enumerate(problem.options):
        unit = problem.units[option.unit]
        found[index] = np.floor(unit.strength * option.quality * shares(problem, option, fate) + 1e-9)
    return found


def strength(problem: Problem, taken: Sequence[int], fate: Drawn) -> Floats:
    """People of all units of a plan by future and month, mean over the month's days; quality and lines are left aside.

    As in the plan, a relieving unit counts beside the one that it relieves.
    """
    starts, stops = _months(problem.calendar)
    total = np.zeros((len(fate.comes), len(starts)))
    for index in taken:
        option = problem.options[index]
        unit = problem.units[option.unit]
        before = _taskable_before(problem, option)
        arrives = np.ceil(option.tours[0][0] + fate.late[:, option.unit])
        for number, (begin, end) in enumerate(option.tours):
            serves = fate.comes[:, option.unit] & (fate.tours[:, option.unit] > number)
            first, last = _clipped(np.maximum(arrives, begin), starts, stops), _clipped(np.full(len(arrives), end + 1.0), starts, stops)
            there = np.maximum(0, before[last] - before[first]) * serves[:, None]
            total += unit.strength * there / np.maximum(1, stops - starts)
    return total


def shares(problem: Problem, option: Option, fate: Drawn) -> Floats:
    """Share of each month's days on which a unit is there and may be tasked, futures x months."""
    row = option.unit
    starts, stops = _months(problem.calendar)
    before = _taskable_before(problem, option)
    ends = np.array([last for _, last in option.tours])
    arrives = np.ceil(option.tours[0][0] + fate.late[:, row])
    leaves = ends[np.minimum(fate.tours[:, row], len(ends)) - 1] + 1.0
    first, last = _clipped(arrives, starts, stops), _clipped(leaves, starts, stops)
    there: Floats = np.maximum(0, before[last] - before[first]) * fate.comes[:, [row]] / np.maximum(1, stops - starts)
    return there


def _months(days: Calendar) -> tuple[Whole, Whole]:
    """First day of each month, and the day after its last."""
    starts = np.array([month[0] if month else 0 for month in days.months], dtype=np.int64)
    return starts, np.array([month[-1] + 1 if month else 0 for month in days.months], dtype=np.int64)


def _clipped(day: Floats, starts: Whole, stops: Whole) -> Whole:
    """A day by future, cut to each month: futures x months."""
    cut: Whole = np.clip(day[:, None], starts, stops).astype(np.int64)
    return cut


def _taskable_before(problem: Problem, option: Option) -> Whole:
    """Days of the plan before each day on which an option's unit would be there and may be tasked, were it on time."""
    may = np.zeros(int(_months(problem.calendar)[1].max(initial=0)), dtype=bool)
    may[list(problem.presence_of(option).taskable)] = True
    before: Whole = np.concatenate([[0], np.cumsum(may)]).astype(np.int64)
    return before
