"""Questions about force that are put to a mission folder: what its rules say, with units where the last run posted them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from casque.engagement.may import Counsel, counsel_of
from casque.engagement.postings import postings_of
from casque.engagement.reasons import Reasoned
from casque.errors import BadInput, NotYetRun
from casque.mission.scenarios import BASE
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.opening import open_folder
from casque.runs.last import last_record


def counsel(folder: Path, scenario: str = BASE) -> Counsel:
    """The counsel of a folder, as it stands or under a scenario. Units that the last run did not post serve where their members wish."""
    opened = open_folder(folder, scenario)
    force, movement = _last(folder, "generate", scenario), _last(folder, "deploy", scenario)
    postings = postings_of(force if isinstance(force, ForceRecord) else None, movement if isinstance(movement, MovementRecord) else None)
    pledged = {pledge.id for pledge in opened.mission.forces.pledges}
    sectors = {sector.id for sector in opened.mission.area.sectors}
    # The run may be older than the folder: what is no longer written is left out.
    sound = {unit: tuple(item for item in items if item.sector in sectors) for unit, items in postings.items() if unit in pledged}
    return counsel_of(opened.mission, opened.reference, {unit: items for unit, items in sound.items() if items})


def asked(
    folder: Path,
    unit: str,
    measure: str,
    at: str,
    time: str,
    given: Iterable[str] = (),
    protecting: str | None = None,
    scenario: str = BASE,
) -> Reasoned:
    """Whether a unit may take a measure, with the reasons. Raises NoSuchItem for unknown names, BadInput for what cannot be meant."""
    missing = [name for name, value in (("UNIT", unit), ("MEASURE", measure), ("--at", at), ("--time", time)) if not value]
    if missing:
        raise BadInput(
            f"a question needs a unit, a measure, a place and a time; {', '.join(missing)} is missing",
            next_step=f"casque may {folder} UNIT MEASURE --at PLACE --time D+3T14:00; casque may {folder} lists the names.",
        )
    return counsel(folder, scenario).may(unit, measure, at=at, time=time, given=given, protecting=protecting)


def _last(folder: Path, stage: str, scenario: str) -> ForceRecord | MovementRecord | None:
    try:
        record = last_record(folder, stage, scenario)
    except (NotYetRun, ValueError):
        # No run, or one by another version, whose records can no longer be read.
        return None
    return record if isinstance(record, (ForceRecord, MovementRecord)) else None
