"""Verbs on the movement plan: lists, national plans, and what nations bring back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from casque.cli.app import DONE, FINDINGS, Folder, Json, Scenario, app
from casque.console import Console
from casque.errors import BadInput


@app.command
def movement(
    folder: Folder,
    *,
    nation: str = "",
    merge: Annotated[tuple[Path, ...], Parameter(consume_multiple=True, negative="")] = (),
    out: Path | None = None,
    rows: int = 12,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Show the movement plan of the last run by nation; write lists and national plans with --out; merge what nations bring back.

    Exit code 1 when the plans that were brought back conflict.

    Parameters
    ----------
    nation
        One nation only: its id, or its name.
    merge
        Time-phased lists (CSV or workbook) that nations edited and bring back: conflicts are shown with who gives way.
    out
        Write the time-phased list, the manifest and a plan for each nation to this folder; with --merge the merged list and the conflicts.
    rows
        Most rows of a table.
    """
    from casque.products.movement.picture import movement_picture
    from casque.runs.movement_found import movement_of

    console = Console("movement", json)
    if not 1 <= rows <= 10_000:
        raise BadInput(f"--rows is {rows}; expected 1 to 10000", next_step="12 is the default.")
    if merge and nation:
        raise BadInput("--merge and --nation do not go together", next_step="Merge first; every nation of the files is in it.")
    found = movement_of(folder, scenario, console.say)
    seen = movement_picture(found.mission, found.reference, found.movement, found.force, found.requirement)
    if merge:
        from casque.products.movement.merging import merging

        told = merging(seen, merge, out)
        console.data(
            {
                "nations": told.data["nations"],
                "changed": told.data["changed"],
                "notes": told.data["notes"],
                "conflicts": told.data["conflicts"],
                "files": told.data["files"],
            }
        )
    else:
        from casque.products.movement.telling import telling

        told = telling(seen, nation, out, rows)
        console.data({"nations": told.data["nations"], "plans": told.data["plans"], "files": told.data["files"]})
    console.say(*told.lines)
    for table in told.tables:
        console.table(table.title, table.columns, table.rows)
    console.say(*(str(path) for path in told.paths))
    return console.end(FINDINGS if told.conflicts else DONE)
