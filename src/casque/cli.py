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
def check(folder: Folder, *, scenario: Scenario = "base", fast: Annotated[bool, Parameter(negative="")] = False, json: Json = False) -> int:
    """Read the folder and check every task's chain from provision to measure. Writes nothing.

    Exit code 1 when a finding has severity error.

    Parameters
    ----------
    fast
        Find what is wrong only, and leave out the search for changes that would mend it.
    """
    from casque.checks.solve import check as findings_only
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
    console.data(
        {"findings": [{**item.model_dump(mode="json"), "place": opened.places.get(item.subject)} for item in record.findings]}
        | {"chains": [chain.model_dump(mode="json") for chain in record.chains], "fix_set": record.fix_set.model_dump(mode="json")}
        | {"to_green": record.to_green and record.to_green.model_dump(mode="json")}
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


@app.command
def may(
    folder: Folder,
    unit: str = "",
    measure: str = "",
    *,
    at: str = "",
    time: str = "",
    given: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    protecting: str = "",
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """May this unit take this measure, here, now: permitted, on whose word, or prohibited, and why. Exit code 0 also for a no.

    Parameters
    ----------
    unit
        A pledged unit; without a measure, lists what it may ask for, and without a unit everything that can be asked.
    measure
        A measure of engagement, or self-defence.
    at
        A place or a sector.
    time
        A day and hour: D+3, D+3T14:00, 1999-06-15 or 1999-06-15T14:00; noon without an hour.
    given
        What is the case, such as 'violent crowd'; once for each.
    protecting
        Whom or what the force would protect, such as civilians.
    """
    from casque.engagement.may import as_data, lines
    from casque.runs.asked import asked, counsel

    console = Console("may", json)
    if not measure:
        listing = counsel(folder, scenario).listing(unit)
        console.data({kind: [{"name": name, "title": title} for name, title in items] for kind, items in listing.items()})
        for kind, items in listing.items():
            console.table(kind.capitalize(), ("name", "what it is"), items)
        return console.end(DONE)
    answer = asked(folder, unit, measure, at, time, given, protecting, scenario)
    console.data(as_data(answer))
    console.say(*lines(answer))
    return console.end(DONE)


@app.command
def usable(
    folder: Folder,
    what: str,
    *,
    time: str,
    at: str = "",
    given: Annotated[list[str] | None, Parameter(negative="")] = None,
    protecting: str = "",
    crossing: str = "",
    within: str = "2h",
    strength: str = "",
    lift: Annotated[list[str] | None, Parameter(negative="")] = None,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Show how many people may lawfully act at a place, hour by hour after a call, who holds the others, and what each string costs.

    Parameters
    ----------
    what
        A task, a measure of engagement, or several measures joined by '+'.
    time
        When the call is made: D+3T14:00, or a date such as 1999-06-15T14:00.
    at
        A place, or a sector for its base; left out, every place is looked at and those out of reach are named.
    given
        What is the case, such as 'violent crowd'; once for each. Left out, what the rules for it ask for.
    protecting
        Whom or what the force would protect.
    crossing
        A measure that units from another sector need beside, where a rule of the folder holds that back.
    within
        Time within which the force is wanted.
    strength
        People that make a force worth the name, such as '120 person'; left out, a company.
    lift
        Take strings away: caveat:NAME, rule:NAME for its word, caveats, words, or all; once for each.
    """
    from casque.engagement.called import Question
    from casque.engagement.reach import reach
    from casque.engagement.usable_at import HOURS, usable_force, written
    from casque.products.figures import Calendar
    from casque.products.names import Names
    from casque.products.usable_text import reach_tables, reach_text, usable_tables, usable_text
    from casque.reference.opening import open_folder
    from casque.runs.last import force_in_place

    console = Console("usable", json)
    opened = open_folder(folder, scenario)
    mission, reference = opened.mission, opened.reference
    question = Question(what, time, given, protecting or None, crossing)
    hours, people = written(within, "h"), written(strength, "person") if strength else None
    force, movement = force_in_place(folder, mission, reference, scenario)
    names, calendar = Names(mission, reference), Calendar(mission.about.d_day, int(mission.about.horizon))
    if at:
        curve = usable_force(
            mission, reference, question, at, hours=(*HOURS, hours), strength=people, lift=lift or (), force=force, movement=movement
        )
        console.data(curve.model_dump(mode="json"))
        console.say(*usable_text(curve, names, calendar))
        tables = usable_tables(curve, names)
    else:
        places = reach(mission, reference, question, within=hours, strength=people, lift=lift or (), force=force, movement=movement)
        console.data(places.model_dump(mode="json"))
        console.say(*reach_text(places, names, calendar))
        tables = reach_tables(places, names)
    for table in tables:
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


rules = App(name="rules", help="Check, compare and review the rules of engagement of a folder.", help_format="plaintext")
app.command(rules)


@rules.command(name="check")
def check_rules(folder: Folder, *, scenario: Scenario = "base", json: Json = False) -> int:
    """Look for rules without effect, conditions that clash, and tasks that no situation serves, over all situations at once.

    Exit code 1 when something has to be mended.
    """
    from casque.engagement.coherence import coherence
    from casque.products.coherence_text import coherence_text
    from casque.reference.opening import open_folder

    console = Console("rules check", json)
    opened = open_folder(folder, scenario)
    console.warn(opened.warnings)
    found = coherence(opened.mission, opened.reference)
    console.data({"incoherences": [{**item.model_dump(mode="json"), "place": opened.places.get(item.subjects[0])} for item in found]})
    console.say(*coherence_text(found))
    return console.end(FINDINGS if any(item.fault for item in found) else DONE)


@rules.command(name="compare")
def compare_rules(folder: Folder, a: str = "base", b: str = "base", *, from_day: str = "D+0", to_day: str = "", json: Json = False) -> int:
    """Show what becomes permitted, needs a word or is forbidden to whom, between two sets of rules or two days of one.

    Parameters
    ----------
    a
        A scenario, base, or another mission folder.
    b
        What it is compared with.
    from_day
        Day on which the first set is looked at: D+3, or a date.
    to_day
        Day on which the second is looked at; left out, the same day.
    """
    from casque.products.names import Names
    from casque.products.rules_text import changes_text
    from casque.runs.rule_sets import compare_rule_sets

    console = Console("rules compare", json)
    found, later = compare_rule_sets(folder, a, b, from_day, to_day or from_day)
    console.data(found.model_dump(mode="json"))
    console.say(*changes_text(found, Names(later.mission, later.reference)))
    return console.end(DONE)


@rules.command(name="review")
def review_rules(folder: Folder, *, on: str = "D+0", within: int = 30, scenario: Scenario = "base", json: Json = False) -> int:
    """List requests for rules that wait, and rules and caveats that end or have to be reviewed.

    Parameters
    ----------
    on
        Day of the review: D+30, or a date.
    within
        Days to look ahead.
    """
    from casque.engagement.naming import when_of
    from casque.engagement.rule_review import rule_review
    from casque.products.names import Names
    from casque.products.rules_text import review_tables, review_text
    from casque.reference.opening import open_folder

    console = Console("rules review", json)
    opened = open_folder(folder, scenario)
    console.warn(opened.warnings)
    found = rule_review(opened.mission, when_of(on, opened.mission.about).day, within)
    console.data(found.model_dump(mode="json"))
    console.say(review_text(found))
    for table in review_tables(found, Names(opened.mission, opened.reference)):
        if table.rows:
            console.table(table.title, table.columns, table.rows)
    return console.end(DONE)


@rules.command(name="card")
def write_cards(
    folder: Folder,
    *,
    on: str,
    out: Path,
    nation: str = "",
    language: str = "en",
    all: Annotated[bool, Parameter(negative="")] = False,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Write the pocket card of a contingent, one page as PDF and HTML, from the rules in force for it and its national limits.

    Parameters
    ----------
    on
        The day it is for: D+10, or a date.
    out
        The folder to write to.
    nation
        The member whose contingent it is for.
    language
        en or fr.
    all
        A card for every contingent.
    """
    from casque.engagement.naming import when_of
    from casque.engagement.pocket import card_records
    from casque.products.cards.files import card_files, write_files
    from casque.reference.opening import open_folder
    from casque.runs.posted import posted

    console = Console("rules card", json)
    opened = open_folder(folder, scenario)
    console.warn(opened.warnings)
    if bool(nation) == all:
        raise BadInput("expected either --nation or --all", next_step="--nation names one contingent, --all makes a card for each.")
    day = when_of(on, opened.mission.about).day
    postings = posted(folder, opened.mission, opened.reference, day, scenario)
    records = card_records(opened.mission, opened.reference, "" if all else nation, day, postings)
    files: dict[str, bytes] = {}
    for record in records:
        files |= card_files(opened.mission, record, language)
    paths = write_files(out, files)
    console.data({"cards": [record.model_dump(mode="json") for record in records], "files": [str(path) for path in paths]})
    console.say(*(str(path) for path in paths))
    return console.end(DONE)


@rules.command(name="quiz")
def quiz(
    folder: Folder,
    *,
    on: str,
    nation: str,
    questions: int = 10,
    seed: int = 1,
    language: str = "en",
    answers: Annotated[bool, Parameter(negative="")] = False,
    out: Path | None = None,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Ask questions on the rules in force for a contingent, and score the answers: 1, 2 or 3 a line, q to stop.

    Parameters
    ----------
    on
        The day whose rules are asked about: D+10, or a date.
    nation
        The member whose contingent is trained.
    questions
        Number of questions, 1 to 60.
    seed
        Seed of the choice; the same seed gives the same questions.
    language
        en or fr.
    answers
        Print the questions with their answers, for the trainer, and ask nothing.
    out
        Write the questions as sheets, PDF and HTML, to this folder, and ask nothing.
    """
    from casque.engagement.naming import when_of
    from casque.engagement.vignettes import training_set
    from casque.products.cards.files import training_files, write_files
    from casque.products.cards.quiz import examined, shown
    from casque.products.cards.training import training_of
    from casque.reference.opening import open_folder
    from casque.runs.posted import posted

    console = Console("rules quiz", json)
    opened = open_folder(folder, scenario)
    console.warn(opened.warnings)
    day = when_of(on, opened.mission.about).day
    postings = posted(folder, opened.mission, opened.reference, day, scenario)
    found = training_set(opened.mission, opened.reference, nation, day, questions, seed, postings)
    training = training_of(opened.mission, found, language)
    paths = write_files(out, training_files(training, found)) if out is not None else []
    data = {"vignettes": found.model_dump(mode="json"), "training": training.as_dict(), "files": [str(path) for path in paths]}
    if answers or out is not None:
        console.say(*(str(path) for path in paths), *(line for card in training.cards if answers for line in shown(card, True)))
    else:
        data["score"] = examined(training, () if json and sys.stdin.isatty() else sys.stdin, console.say).as_dict()
    console.data(data)
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
