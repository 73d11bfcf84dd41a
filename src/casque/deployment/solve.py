"""Deploy: the generated force in, a schedule in hours with its proof out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casque.deployment.disruption.outlook import Params as Disruptions
from casque.deployment.disruption.record import disrupted
from casque.deployment.line import MovementLine
from casque.deployment.lines import calendar_of, movement_lines
from casque.deployment.network import Network
from casque.deployment.record import Proof, record_of
from casque.deployment.schedule.solve import Found, Progress
from casque.deployment.schedule.solve import Params as Search
from casque.deployment.search import search
from casque.deployment.translation.clock import DAY
from casque.deployment.translation.translate import NEVER, Barred, Translated, translate
from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord, Unmoved
from casque.reference.load import Reference

__all__ = ["Params", "solve"]


@dataclass(frozen=True)
class Params:
    """What steers the movement plan."""

    seed: int = 1
    """Seed of the neighbourhood search."""
    iterations: int = 15
    """Dispatches after the first ones; the stop rule of the search."""
    hold: float = 0.3
    """Part of its usual cycle that a vehicle waits at most to fill, before the search changes it."""
    fill: float = 0.6
    """Part of a vehicle with which it leaves at once, likewise."""
    steps: int = 4
    """Steps of the ascent that bounds lateness."""
    more: int = 2
    """Dispatches for each capacity of which there is one more."""
    runs: int = 8
    """Runs through drawn breakdowns, weather, strikes, closed skies and lost bridges; 0 for none."""
    workers: int = 1
    """Processes for these runs; the record is the same for any number."""


def solve(
    mission: Mission, reference: Reference, force: ForceRecord, params: Params | None = None, progress: Progress | None = None
) -> MovementRecord:
    """Move every assigned unit from its home station to its sector base, each part of it by a vehicle of its own or on its own wheels.

    Only a unit's first tour is moved.
    Reads `about`, `agreements`, `area`, `forces` and `transport` of the mission. Closure and lateness carry bounds over the same
    capacities and the same candidate routes; days count from D-day.
    """
    params = params or Params()
    calendar = calendar_of(mission, force)
    network = Network(mission.transport, mission.agreements.agreements, calendar)
    lines = movement_lines(mission, reference, force, network)
    held: list[Unmoved] = []
    barred: Barred = frozenset()
    while True:
        translated = translate(lines, network, reference, calendar, barred)
        found = search(translated.world, _due(translated), Search(params.seed, params.iterations, params.hold, params.fill), progress)
        behind = _behind(translated, found)
        if not behind:
            break
        barred |= _unfinished(translated, found)
        stuck = _stuck(translated, barred)
        lines = tuple(line for line in lines if line.place not in stuck)
        held += [_held(stuck[place], calendar.first + calendar.size - 1) for place in sorted(stuck)]
    record = record_of(translated, found, mission, Proof(params.steps, params.more, params.seed), tuple(held))
    events = disrupted(translated, found.plan, network, reference, Disruptions(seed=params.seed, runs=params.runs, workers=params.workers))
    return record.model_copy(update={"barred": tuple(sorted(barred)), "disruption": events})


def _due(translated: Translated) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """By load: the last tick of the day on which its unit is required."""
    key = translated.key
    days = [NEVER if line.required is None else (line.required - key.first + 1) * DAY - 1 for line in key.lines]
    return np.array(days, dtype=np.int64)[key.line_of]


def _behind(translated: Translated, found: Found) -> dict[tuple[str, str, str], MovementLine]:
    """Units of which something is left behind."""
    key = translated.key
    left = np.unique(key.line_of[found.plan.arrival < 0])
    return {key.lines[line].place: key.lines[line] for line in left.tolist()}


def _unfinished(translated: Translated, found: Found) -> Barred:
    """Lines with the ways on which parts of them are left behind."""
    key = translated.key
    loads = np.flatnonzero(found.plan.arrival < 0).tolist()
    return frozenset((key.lines[int(key.line_of[load])].id, key.ways[int(found.plan.route[load])].label) for load in loads)


def _stuck(translated: Translated, barred: Barred) -> dict[tuple[str, str, str], MovementLine]:
    """Units of which a line has no way left."""
    world, key = translated.world, translated.key
    result = {}
    for number, line in enumerate(key.lines):
        kind = int(world.load_class[int(np.searchsorted(key.line_of, number))])
        ways = key.ways[int(world.class_first[kind]) : int(world.class_first[kind + 1])]
        if all((line.id, way.label) in barred for way in ways):
            result[line.place] = line
    return result


def _held(line: MovementLine, last: int) -> Unmoved:
    """Why a unit that has routes is held at home."""
    reason = (
        f"{line.name} cannot be moved: none of its routes brings all of it in by D{last:+d}, "
        f"because they are closed, too narrow or taken by units dispatched before it."
    )
    return Unmoved(unit=line.unit, reason=reason)
