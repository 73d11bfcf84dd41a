"""The door of execution: an announced movement plan and reports in, the plan from now on and what changed for whom out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from pathlib import Path

import numpy as np

from casque.deployment.execution.actuals import Report, read_actuals
from casque.deployment.execution.difference import changed_movements
from casque.deployment.execution.remade_record import remade_record
from casque.deployment.execution.replan import Params, Replanned, replan
from casque.deployment.execution.reported import Reported
from casque.deployment.execution.situation import Situation, situation_of
from casque.deployment.translation.clock import tick_of
from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.mission.mission import Mission
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.remade import Remade
from casque.reference.load import Reference


@dataclass(frozen=True)
class Made:
    """A plan made again."""

    record: MovementRecord
    """The movement plan from now on, with what has moved."""
    remade: Remade
    """What changed for whom."""


def remake(
    mission: Mission,
    reference: Reference,
    force: ForceRecord,
    record: MovementRecord,
    actuals: Path,
    now: int | None = None,
    params: Params | None = None,
) -> Made:
    """The announced plan of a record, made again from the morning of day `now` with what the reports of a file say.

    Without `now` it is the day behind the last one on which something is reported to have left or come. Raises BadInput with every fault
    of the file.
    """
    reports, faults = read_actuals(actuals, mission.about.d_day)
    day = now if now is not None else _day_behind(reports)
    if day is None:
        if faults:
            raise _faulty(actuals, faults)
        message = f"{actuals.name} says of nothing when it left or came"
        raise BadInput(message, next_step="Say with --now from which day on is to be planned.")
    situation = situation_of(mission, reference, force, record)
    reported = Reported(situation, actuals.name, max(0, tick_of(day, situation.translated.key.first)))
    for report in reports:
        reported.take(report)
    faults += reported.faults
    if faults:
        raise _faulty(actuals, faults)
    world, changes = reported.changes()
    again = replan(world, situation.plan, reported.now, changes, params)
    made = remade_record(situation, again, changes.lost)
    return Made(made, _remade(situation, reported, reports, again, made, day))


def _day_behind(reports: Sequence[Report]) -> int | None:
    days = [floor(report.actual.date.day) for report in reports if report.actual.event in ("departed", "arrived")]
    return max(days) + 1 if days else None


def _faulty(actuals: Path, faults: list[Fault]) -> BadInput:
    count = len(faults)
    message = f"{actuals.name} cannot be read as meant: {count} {'fault' if count == 1 else 'faults'}; nothing was written"
    return BadInput(message, sorted(faults), "Mend the faults and give the file again.")


def _remade(
    situation: Situation, reported: Reported, reports: Sequence[Report], again: Replanned, made: MovementRecord, day: int
) -> Remade:
    announced = situation.plan
    gone = set(np.flatnonzero(((announced.start >= 0) & (announced.start < reported.now)).any(axis=1)).tolist())
    return Remade(
        now=float(day),
        reports=len(reports),
        assumed=len(gone - reported.heard),
        shipments=situation.translated.world.loads,
        closure_before=situation.record.closure.value,
        closure=made.closure.value,
        lateness_before=situation.record.lateness.value,
        lateness=made.lateness.value,
        behind=int((again.plan.arrival < 0).sum()),
        changed=changed_movements(situation, reported, again),
    )
