"""Where in the folder an item is written, so that a finding about it can name file and line."""

from __future__ import annotations

from casque.mission.faults import Borrowed
from casque.mission.folder import Reading
from casque.mission.links import KINDS
from casque.mission.overlay import FILE


def places_in(reading: Reading) -> dict[str, tuple[str, int]]:
    """File and line of every item of a folder that has been looked at."""
    places: dict[str, tuple[str, int]] = {}
    if "about" in reading.parts:
        places[f"mission:{reading.parts['about'].id}"] = ("mission.yaml", 1)
    for kind in KINDS:
        if kind.part not in reading.parts:
            continue
        for number, item in enumerate(getattr(reading.parts[kind.part], kind.key)):
            file, row = reading.rows[kind.key][number] if kind.key in reading.rows else (kind.file, number)
            parsed = reading.parsed.get(file)
            line = parsed.lines.get((kind.key, row), 1) if parsed and row >= 0 else 1
            places[f"{kind.name}:{item.id}"] = _place(file, line)
            if kind.name == "instrument" and parsed:
                for index, provision in enumerate(item.provisions):
                    below = parsed.lines.get((kind.key, row, "provisions", index), line)
                    places[f"provision:{provision.id}"] = _place(file, below)
    return places


def _place(file: str, line: int) -> tuple[str, int]:
    return (FILE, int(line)) if isinstance(line, Borrowed) else (file, line)
