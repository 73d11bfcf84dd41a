"""Where units serve on a day: as the last run of the folder posted them, or else as their members wish."""

from __future__ import annotations

from pathlib import Path

from casque.engagement.postings import postings_of, sectors_on
from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.reference.load import Reference
from casque.runs.last import force_in_place


def posted(folder: Path, mission: Mission, reference: Reference, day: int, scenario: str = BASE) -> dict[str, str]:
    """The sector of every unit that the last run posted, where that run is of the folder as it stands; otherwise nothing."""
    return sectors_on(postings_of(*force_in_place(folder, mission, reference, scenario)), day)
