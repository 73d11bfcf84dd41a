"""What is said of a movement plan when somebody asks: the nations, or one of them, and the files that were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casque.products.cards.files import write_files
from casque.products.movement.conflict_text import overview_table, plan_data, plan_tables, plan_text
from casque.products.movement.files import national_files, plan_files
from casque.products.movement.manifest import trips_of
from casque.products.movement.national import national_plan
from casque.products.movement.picture import MovementPicture
from casque.products.tables import Table


@dataclass(frozen=True)
class Told:
    """An answer."""

    data: Mapping[str, Any]
    """For machines."""
    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    paths: tuple[Path, ...]
    """Files that were written."""
    conflicts: bool = False
    """Whether plans conflict."""


def telling(seen: MovementPicture, nation: str, out: Path | None, most: int) -> Told:
    """The plan by nation, or that of one nation; with a folder its files are written. Raises NoSuchItem, Unwritable."""
    members = (seen.nation(nation),) if nation else seen.members
    trips = trips_of(seen)
    plans = [national_plan(seen, member, trips) for member in members] if nation or out is not None else []
    files: dict[str, bytes] = {}
    if out is not None:
        files = {} if nation else plan_files(seen)
        for plan in plans:
            files |= national_files(plan)
    paths = tuple(write_files(out, files)) if out is not None else ()
    table = overview_table(seen)
    data = {
        "nations": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
        "plans": [plan_data(plan) for plan in plans],
        "files": [str(path) for path in paths],
    }
    if nation:
        return Told(data, tuple(plan_text(plans[0])), tuple(plan_tables(plans[0], most)), paths)
    return Told(data, (), (table,), paths)
