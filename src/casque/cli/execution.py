"""Verbs on a movement that is being carried out."""

from __future__ import annotations

from pathlib import Path

from casque.cli.app import DONE, Folder, Json, Scenario, app
from casque.console import Console
from casque.errors import BadInput


@app.command
def deploy(
    folder: Folder,
    *,
    from_actuals: Path | None = None,
    actuals_template: Path | None = None,
    now: str = "",
    out: Path | None = None,
    rows: int = 30,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Plan the movement of the last run again from now on, with what really happened and the least change to what is announced.

    What has moved stays moved. The list of what changed for whom is printed, and written with the new plan to out/execution/.

    Parameters
    ----------
    from_actuals
        A CSV of what really happened: load, shipment, event, place, date, vehicle, note.
    actuals_template
        Write such a CSV, in which everything went as announced, to this file, and plan nothing.
    now
        Day from whose morning on is planned, as a date or as D+14; without it the day behind the last one reported.
    out
        Write the list and the plan to this folder instead.
    rows
        Most rows of the table.
    """
    from casque.products.cards.files import write_files
    from casque.products.remade import remade_files, remade_tables, remade_text
    from casque.runs.remade_found import remade_of, template_of

    console = Console("deploy", json)
    if not 1 <= rows <= 10_000:
        raise BadInput(f"--rows is {rows}; expected 1 to 10000", next_step="30 is the default.")
    if (from_actuals is None) == (actuals_template is None):
        raise BadInput("expected --from-actuals or --actuals-template, and one of them only", next_step="The template shows the format.")
    if from_actuals is None and actuals_template is not None:
        text = template_of(folder, now, scenario, console.say)
        paths = write_files(actuals_template.parent, {actuals_template.name: text.encode()})
        console.data({"files": [str(path) for path in paths], "rows": text.count("\n") - 1})
        console.say(*(str(path) for path in paths))
        return console.end(DONE)
    assert from_actuals is not None
    found = remade_of(folder, from_actuals, now, scenario, console.say)
    paths = write_files(out or found.out, remade_files(found.remade, found.record, found.mission.about.d_day))
    console.data({**found.remade.model_dump(mode="json"), "files": [str(path) for path in paths]})
    console.say(*remade_text(found.remade))
    for table in remade_tables(found.remade, rows):
        console.table(table.title, table.columns, table.rows)
    console.say(*(str(path) for path in paths))
    return console.end(DONE)
