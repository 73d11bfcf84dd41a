"""The movement plan of the last run, made again on reports of what really happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casque.errors import BadInput, CasqueBug, NotYetRun
from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.plan.remade import Remade
from casque.runs.movement_found import MovementFound, movement_of
from casque.store.records import RecordStore


@dataclass(frozen=True)
class RemadeFound:
    """A plan made again."""

    mission: Mission
    """The mission."""
    record: MovementRecord
    """The movement plan from now on."""
    remade: Remade
    """What changed for whom."""
    out: Path
    """Folder of the mission in which products of execution are kept."""


def remade_of(folder: Path, actuals: Path, now: str = "", scenario: str = BASE, tell: Callable[[str], None] | None = None) -> RemadeFound:
    """The announced plan, which is that of the last run, made again from `now` with the reports of a file. Writes nothing.

    Raises BadInput for a folder or a file with faults, NotYetRun where no run left a plan.
    """
    from casque.deployment.execution.remake import remake

    found = movement_of(folder, scenario, tell)
    try:
        made = remake(found.mission, found.reference, _force(folder, found), found.movement, actuals, day_of(found.mission, now))
    except CasqueBug as error:
        message = f"the movement plan of the last run of {folder} is no longer that of the folder: {error}"
        raise NotYetRun(message, f"Run 'casque run {folder}' again, or put the folder back as it was announced.") from error
    return RemadeFound(found.mission, made.record, made.remade, RecordStore(folder, scenario).out / "execution")


def template_of(folder: Path, now: str = "", scenario: str = BASE, tell: Callable[[str], None] | None = None) -> str:
    """A table of reports in which everything before `now` went as announced by the last run."""
    from casque.deployment.execution.template import template

    found = movement_of(folder, scenario, tell)
    return template(found.movement, day_of(found.mission, now))


def day_of(mission: Mission, now: str) -> int | None:
    """A day written as a date or counted from D-day; none where nothing is written. Raises BadInput."""
    from casque.deployment.execution.actuals import moment

    if not now:
        return None
    found = moment(now, mission.about.d_day)
    if found is None or found.timed:
        raise BadInput(
            f"--now is {now}; expected a day such as 1999-06-12 or D+14", next_step="Planning begins on the morning of that day."
        )
    return int(found.day)


def _force(folder: Path, found: MovementFound) -> ForceRecord:
    if found.force is None:
        raise NotYetRun(f"no record of the force that {folder} moves can be read", f"Run 'casque run {folder}' again.")
    return found.force
