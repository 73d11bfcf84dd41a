"""A table of reports in which everything went as announced, for somebody to correct."""

from __future__ import annotations

import csv
import io
from math import floor

from casque.plan.movement import Load, MovementRecord, Shipment

COLUMNS = ("load", "shipment", "event", "place", "date", "vehicle", "note")


def template(record: MovementRecord, now: int | None = None) -> str:
    """What was announced to happen before day `now`, in order of time: where each load left home, changed vehicles and arrived.

    Parts of a load that did so on the same day share a row.
    """
    parts: dict[str, list[Shipment]] = {}
    for part in record.shipments:
        parts.setdefault(part.load, []).append(part)
    rows: list[tuple[int, str, int, str, str]] = []
    for load in record.loads:
        for at, event, place in _moments(load):
            rows += _rows(load, parts.get(load.id, []), at, event, place)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for day, name, number, event, place in sorted(rows):
        if now is None or day < now:
            writer.writerow((name, number or "", event, place, f"D+{day}" if day >= 0 else f"D{day}", "", ""))
    return text.getvalue()


def _moments(load: Load) -> list[tuple[int, str, str]]:
    """Leg, event and place: the first departure, arrivals where the fleet changes, the last arrival."""
    found = [(0, "departed", load.legs[0].start)] if load.legs else []
    for number, leg in enumerate(load.legs):
        if number + 1 == len(load.legs) or load.legs[number + 1].fleet != leg.fleet:
            found.append((number, "arrived", leg.end))
    return found


def _rows(load: Load, parts: list[Shipment], at: int, event: str, place: str) -> list[tuple[int, str, int, str, str]]:
    days: dict[int, list[int]] = {}
    for part in parts:
        day = floor((part.departs if event == "departed" else part.arrives)[at] + 1e-6)
        days.setdefault(day, []).append(part.number)
    if len(days) == 1:
        return [(day, load.id, 0, event, place) for day in days]
    return [(day, load.id, number, event, place) for day, numbers in days.items() for number in numbers]
