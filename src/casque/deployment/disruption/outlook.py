"""Runs of a movement through drawn events, with re-planning as they become known, and the closures that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from casque.deployment.disruption.drawing import drawn
from casque.deployment.disruption.hazard import KINDS, Event, Hazard, Kind
from casque.deployment.execution.changes import Changes, Cut, Outage
from casque.deployment.execution.replan import Params as Replanning
from casque.deployment.execution.replan import replan
from casque.deployment.execution.widening import shortened
from casque.deployment.schedule.world import Plan, World
from casque.deployment.translation.clock import DAY

REPLANNING = Replanning(lateness=0.25, closure=24, notice=(48,), rules=("flow",), spare=None, iterations=0)


@dataclass(frozen=True)
class Params:
    """How the runs are made."""

    seed: int = 1
    runs: int = 30
    apart: int = 5
    """Runs, the first ones, in which each kind of event is left out in turn."""
    together: int = 168
    """Ticks of events that are met with one new plan: those of a week are known on its first day."""
    patience: int = 2 * DAY
    """Ticks for which everybody waits for his announced way to open."""
    longest: int = 60 * DAY
    """Ticks behind the planned closure after which what has not arrived counts as left behind."""
    replanning: Replanning = REPLANNING
    """Later by a quarter, or closed a day later, than announced, other plans are looked at than the one that keeps all that holds."""
    workers: int = 1
    """Processes; the runs are the same for any number."""


class Closing(NamedTuple):
    """How one run ended."""

    closure: int
    """Tick on which the last load that moves is in."""
    behind: int
    """Loads left behind that the plan would have moved."""
    replans: int
    """How often it was planned again."""


class Outcome(NamedTuple):
    """One run with all events, and with each kind left out."""

    whole: Closing
    events: dict[Kind, int]
    """Events before the movement closed, by kind."""
    without: dict[Kind, Closing]
    """The same run without the events of a kind; empty where that was not looked at."""


def outlook(world: World, plan: Plan, hazards: Sequence[Hazard], params: Params | None = None) -> tuple[Outcome, ...]:
    """The runs in order of their number."""
    params = params or Params()
    world = shortened(world, int(plan.arrival.max(initial=0)) + params.longest)
    one = partial(_run, world, plan, tuple(hazards), params)
    if params.workers <= 1 or params.runs <= 1:
        return tuple(one(number) for number in range(params.runs))
    with ProcessPoolExecutor(params.workers) as pool:
        return tuple(pool.map(one, range(params.runs), chunksize=max(1, params.runs // (4 * params.workers))))


def _run(world: World, plan: Plan, hazards: tuple[Hazard, ...], params: Params, number: int) -> Outcome:
    events = drawn(hazards, params.seed, number, world.horizon)
    known: dict[tuple[Event, ...], tuple[World, Plan]] = {}
    whole = carried_out(world, plan, events, params, known)
    met = tuple(event for event in events if event.tick <= whole.closure)
    counts = {kind: sum(event.kind == kind for event in met) for kind in KINDS}
    without = {
        kind: carried_out(world, plan, tuple(event for event in events if event.kind != kind), params, known) if counts[kind] else whole
        for kind in (KINDS if number < params.apart else ())
    }
    return Outcome(whole, counts, without)


def carried_out(
    world: World, plan: Plan, events: Sequence[Event], params: Params, known: dict[tuple[Event, ...], tuple[World, Plan]] | None = None
) -> Closing:
    """A plan carried out through events, made again from the state as it then is whenever some have become known.

    `known` keeps what each first part of a run came to, so that runs that begin alike share it.
    """
    announced, replans, met = int((plan.arrival < 0).sum()), 0, 0
    known = {} if known is None else known
    while met < len(events):
        now = events[met].tick // DAY * DAY
        if now > int(plan.arrival.max(initial=0)) and not (plan.arrival < 0).any():
            break
        first = met
        while met < len(events) and events[met].tick < now + params.together:
            met += 1
        begun = tuple(events[:met])
        if begun not in known:
            again = replan(world, plan, now, changes_of(events[first:met], events[:first], now), _rules(events[first:met], params))
            known[begun] = again.world, again.plan
        world, plan = known[begun]
        replans += 1
    behind = int((plan.arrival < 0).sum())
    return Closing(int(plan.arrival.max(initial=0)), max(0, behind - announced), replans)


def _rules(events: Sequence[Event], params: Params) -> Replanning:
    """Nobody takes another way for the sake of what is over before he is there."""
    lasting = any(event.cuts and event.until - event.tick > params.patience for event in events)
    return params.replanning if lasting else replace(params.replanning, rules=("announced",))


def changes_of(events: Sequence[Event], earlier: Sequence[Event] = (), now: int = 0) -> Changes:
    """What some events change, beside vehicles that are still out from earlier ones."""
    cuts = [Cut(resource, event.tick, event.until, share) for event in events for resource, share in event.cuts]
    out = [event for event in earlier if event.until > now] + list(events)
    outages = [Outage(event.vehicle, event.tick, event.until) for event in out if event.vehicle >= 0]
    return Changes(cuts=tuple(cuts), outages=tuple(outages))


def mean_days(outcomes: Sequence[Outcome], kind: Kind, longest: int) -> float:
    """Days by which closure falls on average when a kind is left out, over the runs in which that was looked at.

    A run that leaves something behind counts as `longest` ticks behind the latest closure of the others.
    """
    runs = [one for outcome in outcomes for one in (outcome.whole, *outcome.without.values())]
    horizon = max((one.closure for one in runs if not one.behind), default=0) + longest
    gains = [_end(outcome.whole, horizon) - _end(outcome.without[kind], horizon) for outcome in outcomes if kind in outcome.without]
    return float(np.mean(gains)) / DAY if gains else 0.0


def _end(closing: Closing, horizon: int) -> int:
    return horizon if closing.behind else closing.closure
