"""Verbs on folders as files: new ones, schemas, upgrades and the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from casque.cli.app import DONE, Folder, Json, app, workbook
from casque.console import Console


@app.command
def new(folder: Folder, *, like: str = "", blank: Annotated[bool, Parameter(negative="")] = False, json: Json = False) -> int:
    """Write a new mission folder: a small complete example to change.

    Parameters
    ----------
    like
        Make the example typical of an organisation: un, nato, au or ecowas.
    blank
        Write blank forms with every key explained, instead of the example.
    """
    from casque.mission.new_folder import write_new

    console = Console("new", json)
    files = write_new(folder, blank, like)
    console.data({"folder": str(folder), "files": files})
    console.say(f"Wrote {len(files)} files to {folder}.", *(f"  {name}" for name in files))
    console.say(f"Next: fill them in and run 'casque check {folder}'." if blank else f"Next: casque run {folder}")
    return console.end(DONE)


@app.command
def schema(target: Annotated[Path, Parameter(help="The folder to write into.")], *, json: Json = False) -> int:
    """Write a JSON schema for every YAML file of a mission folder, for editors that complete and check while you type."""
    from casque.mission.schemas import write_schemas

    console = Console("schema", json)
    files = write_schemas(target)
    console.data({"folder": str(target), "files": files})
    console.say(f"Wrote {len(files)} files to {target}.", *(f"  {name}" for name in files))
    console.say("Next: put what yaml-schemas.json holds into the settings of your editor.")
    return console.end(DONE)


@app.command
def upgrade(
    folder: Folder, new: Annotated[Path, Parameter(help="The folder to write, which must not be there yet.")], *, json: Json = False
) -> int:
    """Lift a folder of an older format into a new folder. The old one stays as it is.

    Parameters
    ----------
    new
        The folder to write; it must not exist yet.
    """
    from casque.mission.upgrade import upgrade as lift

    console = Console("upgrade", json)
    changes = lift(folder, new)
    console.data({"folder": str(new), "changes": changes})
    console.say(*changes, f"Next: casque check {new}")
    return console.end(DONE)


@workbook.command(name="export")
def export_workbook(folder: Folder, file: Path, *, json: Json = False) -> int:
    """Write every table of the folder into one .xlsx workbook.

    Parameters
    ----------
    file
        The workbook to write.
    """
    from casque.products.workbook.export import export

    console = Console("workbook export", json)
    sheets = export(folder, file)
    console.data({"workbook": str(file), "sheets": sheets})
    console.say(*sheets, f"Next: edit {file}, then casque workbook import {file} {folder}")
    return console.end(DONE)


@workbook.command(name="import")
def import_workbook(file: Path, folder: Folder, *, json: Json = False) -> int:
    """Bring an edited workbook back; only changed rows are written, all tables or none.

    Parameters
    ----------
    file
        The workbook, as 'casque workbook export' wrote it and a person edited it.
    """
    from casque.products.workbook.bring_in import bring_in

    console = Console("workbook import", json)
    changes = bring_in(file, folder)
    console.data({"folder": str(folder), "changes": changes})
    console.say(*(changes or ["Nothing was edited."]))
    return console.end(DONE)
