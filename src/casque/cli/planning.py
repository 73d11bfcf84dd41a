"""Verbs that check a folder, run its stages and show what they worked out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from cyclopts import Parameter

from casque.cli.app import DONE, FINDINGS, STOPPED, Folder, Json, Scenario, app
from casque.console import Console
from casque.errors import BadInput


@app.command
def check(folder: Folder, *, scenario: Scenario = "base", fast: Annotated[bool, Parameter(negative="")] = False, json: Json = False) -> int:
    """Read the folder and check every task's chain from provision to measure. Writes nothing.

    Exit code 1 when a finding has severity error.

    Parameters
    ----------
    fast
        Find what is wrong only, and leave out the search for changes that would mend it.
    """
    from casque.checks.solve import check as findings_only
    from casque.lessons.solve import recalled
    from casque.products.findings_text import findings_text
    from casque.reference.opening import open_folder
    from casque.runs.local import only
    from casque.runs.stages import stage

    console = Console("check", json)
    opened = open_folder(folder, scenario)
    console.warn(opened.warnings)
    step = stage("check")
    if fast:
        record = findings_only(opened.mission, opened.reference)
    else:
        record = step.solve()(only(opened.mission, step.reads), opened.reference, step.params({}))
    lessons = recalled(opened.mission, record)
    console.data(
        {"findings": [{**item.model_dump(mode="json"), "place": opened.places.get(item.subject)} for item in record.findings]}
        | {"chains": [chain.model_dump(mode="json") for chain in record.chains], "fix_set": record.fix_set.model_dump(mode="json")}
        | {"to_green": record.to_green and record.to_green.model_dump(mode="json")}
        | {"lessons": [item.model_dump(mode="json") for item in lessons]}
    )
    console.say(*findings_text(record, opened.places, lessons))
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
    console.warn(opened.warnings)
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
    console.warn(opened.warnings)
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
    console.warn(opened.warnings)
    step = stage("check")
    record = step.solve()(opened.mission, opened.reference, step.params({}))
    found = walk(opened.mission, opened.reference, record, item)
    console.data(found.model_dump(mode="json"))
    console.say(*trace_text(found))
    return console.end(DONE)


@app.command
def fix(
    folder: Folder,
    *,
    goal: Literal["doable", "green"] = "doable",
    priority: int = 3,
    alternatives: int = 3,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Find the cheapest set of changes after which no task of a priority has a broken link, and the next best sets.

    Parameters
    ----------
    goal
        What the tasks are to be brought to: doable, no link is red; green, no link is amber or red.
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
    console.warn(opened.warnings)
    found = cheapest(opened.mission, opened.reference, Params(priority=priority, alternatives=alternatives, goal=goal))
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
