"""Deploy: the generated force in, a time-phased movement plan and the proof of how good it is out."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from casque.deployment.bound import Alone, alone, closure_bound
from casque.deployment.dispatch import Movement, score
from casque.deployment.explain import binding, bottlenecks, in_theatre, strength, used, workloads
from casque.deployment.improve import improve
from casque.deployment.lateness import alone_lateness, lateness_bound
from casque.deployment.problem import Params, Problem, formulate
from casque.deployment.record import held_reason, in_place, load, outcome
from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.movement import Bottleneck, MovementRecord, Unmoved
from casque.reference.load import Reference

__all__ = ["Params", "solve"]


def solve(mission: Mission, reference: Reference, force: ForceRecord, params: Params | None = None) -> MovementRecord:
    """Move every assigned unit from its home station to its sector base.

    Amounts flow by the day and share trips; a load takes one route and has arrived when its last part has.
    Only a unit's first tour is moved.
    Reads `about`, `agreements`, `area`, `forces` and `transport` of the mission. Closure and lateness carry bounds over the same
    capacities and the same candidate routes; days count from D-day.
    """
    params = params or Params()
    problem = formulate(mission, reference, force, params)
    single = alone(problem, problem.capacity)
    hopeless = sum(single.mover(index) == inf for index in range(len(problem.movers)))
    slowest = max((day for day in map(single.mover, range(len(problem.movers))) if day < inf), default=-inf)
    movements = improve(problem, params, (hopeless, alone_lateness(problem, single), slowest))
    return _record(problem, params, single, movements)


def _record(problem: Problem, params: Params, single: Alone, movements: list[Movement]) -> MovementRecord:
    moved = sorted((movement for movement in movements if movement.shipments), key=lambda movement: movement.mover.place)
    held = sorted((movement.mover for movement in movements if not movement.shipments), key=lambda mover: mover.place)
    rows = {mover.place: row for mover, row in zip(problem.movers, single.routes, strict=True)}
    single = Alone(tuple(rows[movement.mover.place] for movement in moved))
    problem = replace(problem, movers=tuple(movement.mover for movement in moved))
    first = problem.calendar.first
    use = used(problem, moved)
    closing, late, bound, late_bound = 0.0, 0.0, 0.0, 0.0
    holding: tuple[Bottleneck, ...] = ()
    if moved:
        _, late, closing = score(problem, moved)
        bound, tight = closure_bound(problem, problem.capacity, single, closing)
        late_bound = lateness_bound(
            problem, problem.capacity, single, [movement.arrives for movement in moved], late, binding(problem, use), params.effort
        )
        holding = bottlenecks(problem, params, single, use, bound, tight)
        closing, bound = closing + first, bound + first
    left_behind = bool(held or problem.unmoved)
    return MovementRecord(
        loads=tuple(load(problem, movement, shipment) for movement in moved for shipment in movement.shipments),
        in_place=tuple(in_place(problem, movement, single.mover(index)) for index, movement in enumerate(moved)),
        unmoved=(*problem.unmoved, *(Unmoved(unit=mover.id, reason=held_reason(problem, mover)) for mover in held)),
        strength=strength(problem, moved),
        in_theatre=in_theatre(problem, moved),
        workloads=workloads(problem, use),
        closure=outcome(closing, bound, bool(moved), left_behind),
        lateness=outcome(late, late_bound, bool(moved), left_behind),
        bottlenecks=holding,
    )
