"""The command line: verbs, no logic. Heavy libraries are imported by the rooms, when a verb needs them.

Exit codes: 0 done; 1 findings of severity error; 2 bad input; 3 the program's own mistake; 130 stopped by the user.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Parameter

from casque import __version__
from casque.console import Console, answer_of, leave, open_streams
from casque.errors import BadInput, CasqueError

DONE, FINDINGS, BAD_INPUT, OWN_MISTAKE, STOPPED = 0, 1, 2, 3, 130

app = App(
    name="casque",
    version=__version__,
    help="Plan, test, follow and assess a multinational peace mission from its mission folder.",
    help_format="plaintext",
    result_action="return_value",
)

Folder = Annotated[Path, Parameter(help="The mission folder.")]
Scenario = Annotated[str, Parameter(help="A scenario of scenarios.yaml; base is the folder as it is written.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON object for machines instead of text.")]


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
def check(folder: Folder, *, scenario: Scenario = "base", json: Json = False) -> int:
    """Read the folder and check every task's chain from provision to measure. Writes nothing.

    Exit code 1 when a finding has severity error.
    """
    from casque.products.findings_text import findings_text
    from casque.reference.opening import open_folder
    from casque.runs.local import only
    from casque.runs.stages import stage

    console = Console("check", json)
    opened = open_folder(folder, scenario)
    step = stage("check")
    record = step.solve()(only(opened.mission, step.reads), opened.reference, step.params({}))
    console.data(
        {"findings": [{**item.model_dump(mode="json"), "place": opened.places.get(item.subject)} for item in record.findings]}
        | {"chains": [chain.model_dump(mode="json") for chain in record.chains], "fix_set": record.fix_set.model_dump(mode="json")}
    )
    console.say(*findings_text(record, opened.places))
    return console.end(FINDINGS if any(item.severity == "error" for item in record.findings) else DONE)


@app.command
def plan(folder: Folder, *, scenario: Scenario = "base", seed: int = 1, replications: int = 1000, json: Json = False) -> int:
    """Show the stages that a run would go through, what each reads, and what is already there. Runs nothing.

    Parameters
    ----------
    seed
        Seed of every random choice.
    replications
        Runs of the simulation.
    """
    from casque.reference.opening import open_folder
    from casque.runs.explain import explain

    console = Console("plan", json)
    opened = open_folder(folder, scenario)
    steps = explain(folder, opened.mission, opened.reference, _options(seed, replications), scenario)
    console.data(
        {
            "stages": [
                {"name": step.stage.name, "reads": step.stage.reads, "uses": step.stage.uses, "doing": step.doing, "because": step.because}
                for step in steps
            ]
        }
    )
    console.table(
        f"A run of {folder} would go through these stages",
        ("stage", "question", "reads", "would"),
        [(step.stage.name, step.stage.title, _reads(step.stage), _doing(step.doing, step.because)) for step in steps],
    )
    return console.end(DONE)


@app.command
def run(
    folder: Folder, *, scenario: Scenario = "base", seed: int = 1, replications: int = 1000, workers: int = 1, json: Json = False
) -> int:
    """Run every stage whose inputs changed, and write records and the report to out/ in the folder.

    Parameters
    ----------
    seed
        Seed of every random choice.
    replications
        Runs of the simulation.
    workers
        Processor cores to use; the results are the same for any number.
    """
    from casque.products.summary import summary_of
    from casque.reference.opening import open_folder
    from casque.runs.local import run as run_stages
    from casque.store.records import RecordStore

    console = Console("run", json)
    opened = open_folder(folder, scenario)
    mission = opened.mission
    console.say(f"{mission.about.title}: {len(mission.tasks.tasks)} tasks, {len(mission.forces.pledges)} pledged units.")
    options = _options(seed, replications) | {"workers": workers}
    try:
        result = run_stages(folder, mission, opened.reference, options, console.watch, scenario)
    except KeyboardInterrupt:
        console.say("Stopped. Finished stages are kept; run the same command again to go on from there.")
        return console.end(STOPPED)
    records = {name: result.record(name) for name in result.stored}
    answers = summary_of(mission, records)
    report = RecordStore(folder, scenario).out / "report.html"
    console.data(
        {
            "stages": [{"name": done.stage.name, "cached": done.cached, "because": done.because} for done in result.done],
            "summary": [{"question": question, "answer": answer} for question, answer in answers],
            "report": str(report),
        }
    )
    console.answers(answers)
    console.say(f"Report: {report}")
    return console.end(FINDINGS if any(item.severity == "error" for item in records["check"].findings) else DONE)


@app.command
def show(folder: Folder, record: str = "", *, scenario: Scenario = "base", json: Json = False) -> int:
    """Show what a stage of the last run worked out.

    Parameters
    ----------
    record
        Name of the stage; none lists them.
    """
    from casque.products.tables import tables
    from casque.runs.last import last_record, last_records

    console = Console("show", json)
    if not record:
        found = last_records(folder, scenario)
        console.data({"records": found})
        console.table(f"Records of {folder}", ("stage", "gives", "file"), [(item["stage"], item["title"], item["file"]) for item in found])
        return console.end(DONE)
    value = last_record(folder, record, scenario)
    console.data(value.model_dump(mode="json"))
    for table in tables(value):
        console.table(table.title, table.columns, table.rows)
    return console.end(DONE)


@app.command
def trace(folder: Folder, item: str, *, json: Json = False) -> int:
    """Walk the chain of an item both ways: what it rests on, and what rests on it.

    Parameters
    ----------
    item
        What to trace, as task:ID, unit:ID, provision:ID or lesson:ID.
    """
    from casque.checks.trace import trace as walk
    from casque.products.findings_text import trace_text
    from casque.reference.opening import open_folder
    from casque.runs.stages import stage

    console = Console("trace", json)
    opened = open_folder(folder)
    step = stage("check")
    record = step.solve()(opened.mission, opened.reference, step.params({}))
    found = walk(opened.mission, opened.reference, record, item)
    console.data(found.model_dump(mode="json"))
    console.say(*trace_text(found))
    return console.end(DONE)


@app.command
def fix(folder: Folder, *, priority: int = 3, alternatives: int = 3, scenario: Scenario = "base", json: Json = False) -> int:
    """Find the cheapest set of changes after which no task of a priority has a broken link, and the next best sets.

    Parameters
    ----------
    priority
        Tasks up to this priority are to be saved: 1 for the weightiest only, 5 for all.
    alternatives
        Next best sets to look for.
    """
    from casque.checks.solve import Params
    from casque.checks.solve import fix as cheapest
    from casque.products.findings_text import fix_text
    from casque.reference.opening import open_folder

    console = Console("fix", json)
    if not 1 <= priority <= 5 or not 0 <= alternatives <= 20:
        raise BadInput("expected --priority from 1 to 5 and --alternatives from 0 to 20", next_step="3 and 3 are the defaults.")
    opened = open_folder(folder, scenario)
    found = cheapest(opened.mission, opened.reference, Params(priority=priority, alternatives=alternatives))
    console.data(found.model_dump(mode="json"))
    console.say(*fix_text(found))
    return console.end(DONE)


@app.command
def compare(folder: Folder, a: str, b: str, *, depth: Literal["inputs", "checks", "figures"] = "figures", json: Json = False) -> int:
    """Show what differs between two scenarios, or between the folder as written (base) and one: inputs, findings, chain, changes.

    Parameters
    ----------
    a
        A scenario, base, or another mission folder.
    b
        What it is compared with.
    depth
        How deep: what was written, what the checks find, or also the figures of runs that have been made.
    """
    from casque.products.comparison_text import comparison_tables, comparison_text
    from casque.runs.compare import compare as held_against

    console = Console("compare", json)
    comparison = held_against(folder, a, b, depth)
    console.data(comparison.model_dump(mode="json"))
    console.say(*comparison_text(comparison))
    for table in comparison_tables(comparison):
        console.table(table.title, table.columns, table.rows)
    return console.end(DONE)


@app.command
def schema(target: Folder, *, json: Json = False) -> int:
    """Write a JSON schema for every YAML file of a mission folder, for editors that complete and check while you type."""
    from casque.mission.schemas import write_schemas

    console = Console("schema", json)
    files = write_schemas(target)
    console.data({"folder": str(target), "files": files})
    console.say(f"Wrote {len(files)} files to {target}.", *(f"  {name}" for name in files))
    console.say("Next: put what yaml-schemas.json holds into the settings of your editor.")
    return console.end(DONE)


@app.command
def upgrade(folder: Folder, new: Folder, *, json: Json = False) -> int:
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


workbook = App(name="workbook", help="Work on the tables of a folder in a spreadsheet, and bring them back.", help_format="plaintext")
app.command(workbook)


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


def _options(seed: int, replications: int) -> dict[str, int]:
    if replications < 1 or replications > 1_000_000:
        raise BadInput(f"--replications is {replications}; expected 1 to 1000000", next_step="1000 is the default.")
    if not 0 <= seed < 2**31:
        raise BadInput(f"--seed is {seed}; expected 0 to 2147483647", next_step="1 is the default.")
    return {"seed": seed, "replications": replications}


def _reads(stage: Any) -> str:
    parts = "the whole folder" if len(stage.reads) > 12 else ", ".join(stage.reads)
    return parts + (f"; records of {', '.join(stage.uses)}" if stage.uses else "")


def _doing(doing: str, because: tuple[str, ...]) -> str:
    return f"{doing}: {', '.join(because)}" if because else doing


def main() -> None:
    """Run the command that was typed, and leave with its exit code."""
    open_streams()
    wants_json = "--json" in sys.argv
    try:
        status = app(sys.argv[1:], print_error=False, exit_on_error=False)
    except CycloptsError as error:
        status = answer_of(
            BadInput(str(error).strip(), next_step="casque --help lists the commands; casque COMMAND --help their options."), wants_json
        )
    except CasqueError as error:
        status = answer_of(error, wants_json, BAD_INPUT)
    except KeyboardInterrupt:
        status = STOPPED
    except BrokenPipeError:
        status = DONE
    except Exception as error:
        status = answer_of(error, wants_json, OWN_MISTAKE)
    sys.exit(leave(status if isinstance(status, int) else DONE))


if __name__ == "__main__":
    main()
