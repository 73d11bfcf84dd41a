"""Verbs on the force: what the pledges add up to, and what is to be asked of whom."""

from __future__ import annotations

from pathlib import Path

from casque.cli.app import DONE, Folder, Json, Scenario, app
from casque.console import Console
from casque.errors import BadInput


@app.command
def forces(
    folder: Folder,
    *,
    sector: str = "",
    capability: str = "",
    month: int | None = None,
    member: str = "",
    rows: int = 12,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Show what the pledges add up to: fill, shortfalls with cures, next best pledges, pivotal members, burden, exercises, the bridge.

    Parameters
    ----------
    sector
        A sector only.
    capability
        A capability only, such as infantry.
    month
        A mission month only, counted from 0.
    member
        A member only: its units, what is asked of it, what is lost without it.
    rows
        Most rows of a table.
    """
    from casque.products.forces.picture import narrowed, picture
    from casque.products.forces.text import forces_data, forces_tables, forces_text
    from casque.runs.force_found import force_of

    console = Console("forces", json)
    if not 1 <= rows <= 10_000:
        raise BadInput(f"--rows is {rows}; expected 1 to 10000", next_step="12 is the default.")
    found = force_of(folder, scenario, console.say)
    seen = picture(found.mission, found.reference, found.requirement, found.force, found.findings)
    part = narrowed(seen, sector, capability, month, member)
    console.data(forces_data(seen, part))
    console.say(*forces_text(seen, part, found.from_run))
    for table in forces_tables(seen, part, rows):
        console.table(table.title, table.columns, table.rows)
    return console.end(DONE)


@app.command
def ask(
    folder: Folder,
    *,
    nation: str = "",
    out: Path | None = None,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """List what to ask of whom at the force generation conference; with --out also write a sheet for each nation and the whole list.

    Parameters
    ----------
    nation
        One nation only: its id, or its name.
    out
        Write a page for each nation (PDF, HTML) and the list (HTML, CSV, workbook) to this folder.
    """
    from casque.products.cards.files import write_files
    from casque.products.forces.conference import conference, plain_rows
    from casque.products.forces.files import conference_files, sheet_files
    from casque.products.forces.picture import nation as nation_of
    from casque.products.forces.picture import picture
    from casque.products.forces.sheet import sheet_of
    from casque.products.forces.sheet_text import conference_tables, sheet_text
    from casque.runs.force_found import force_of

    console = Console("ask", json)
    found = force_of(folder, scenario, console.say)
    seen = picture(found.mission, found.reference, found.requirement, found.force, found.findings)
    members = (nation_of(seen, nation),) if nation else seen.contributors
    sheets = [sheet_of(seen, member) for member in members]
    asks = conference(seen, members)
    files: dict[str, bytes] = {} if nation or out is None else conference_files(seen, members)
    for sheet in sheets if out is not None else ():
        files |= sheet_files(sheet)
    paths = write_files(out, files) if out is not None else []
    console.data(
        {
            "asks": plain_rows(asks),
            "sheets": [sheet.as_dict() for sheet in sheets],
            "files": [str(path) for path in paths],
        }
    )
    if nation:
        console.say(*sheet_text(sheets[0]))
    else:
        for table in conference_tables(asks):
            console.table(table.title, table.columns, table.rows)
    console.say(*(str(path) for path in paths))
    return console.end(DONE)
