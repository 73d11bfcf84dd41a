"""How good a schedule is: bounds that no schedule can pass, and the outcomes that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.deployment.alone import alone, by_group
from casque.deployment.schedule.balance import Balance, balance
from casque.deployment.schedule.bound import Level, ascend, proven
from casque.deployment.schedule.relaxed import counters_of, items_of
from casque.deployment.schedule.score import completion
from casque.deployment.schedule.solve import Found
from casque.deployment.schedule.world import Floats, Ints, World
from casque.deployment.translation.clock import DAY
from casque.deployment.translation.translate import Translated
from casque.errors import CasqueBug
from casque.plan.record import Outcome, gap_between

_GRAIN = 0.01
"""Days, or weighted days late, below which two figures are the same."""
_STEPS = 80
_PERIOD = DAY


@dataclass(frozen=True)
class Bounds:
    """What no schedule passes."""

    lines: Ints
    """By line: tick before which it is not in."""
    groups: Ints
    """By group, likewise."""
    closure: int
    """Tick before which no schedule closes."""
    lateness: float
    """Weighted days late that no schedule is below."""
    held: Balance | None
    """What holds the closure where it is not the journey of a group by itself."""


def bounds(translated: Translated, found: Found, steps: int) -> Bounds:
    """Bounds on closure and lateness, the cheapest first; the dear ones only where the schedule at hand does not meet the cheap ones."""
    world = translated.world
    lines = alone(translated)
    groups = by_group(translated, lines)
    single = int(groups.max(initial=0))
    reached, late = found.score.closure, tardiness(world, completion(world, found.plan))
    by_work: Balance | None = None
    if single < reached and len(world.resource_width) + len(world.fleet_cost):
        by_work = closing(world, found)
    tardy = tardiness(world, groups)
    if tardy < late - _GRAIN and steps > 0:
        levels = (Level(DAY, 12, steps, 1e-2, 1e-3),)
        items = items_of(world)
        prices = ascend(world, items, found.plan, max(1.0, found.score.lateness), levels)
        tardy = max(tardy, proven(world, items, prices))
    closure = max(single, int(by_work.closure) if by_work is not None else 0)
    return Bounds(lines, groups, closure, tardy, by_work)


def closing(world: World, found: Found) -> Balance:
    """The bound on closure by work against capacity."""
    return balance(world, items_of(world), counters_of(world, _PERIOD, found.plan), _STEPS)


def tardiness(world: World, complete: Ints) -> float:
    """Weighted days late: whole days behind the required one, each group by its people in hundreds; any hour of that day is in time."""
    return float(((world.group_weight * DAY) * late_days(world, complete)).sum())


def late_days(world: World, complete: Ints) -> Floats:
    """By group: days from its required day to the day on which it is complete."""
    days: Floats = np.maximum(0, complete // DAY - world.group_due // DAY).astype(np.float64)
    return days


def outcome(value: float, bound: float, moved: bool, left_behind: bool) -> Outcome:
    """Outcome of something to be made small: optimal where value and bound meet within the grain of a hundredth.

    Nothing is proven best while a unit is left behind, since value and bound then hold for the units that `moved` only. Raises CasqueBug
    where the bound passes the value.
    """
    if bound > value + _GRAIN:
        raise CasqueBug(f"a schedule reaches {value}, which its bound {bound} rules out")
    value, bound = round(value, 2) + 0.0, round(min(value, bound), 2) + 0.0
    if left_behind:
        return Outcome(status="feasible" if moved else "infeasible", value=value, bound=bound, gap=1.0 if moved else 0.0, sense="least")
    return Outcome(
        status="optimal" if value == bound else "feasible", value=value, bound=bound, gap=gap_between(value, bound), sense="least"
    )
