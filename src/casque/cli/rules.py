"""Verbs on the rules of engagement: their coherence, changes, reviews, cards and training."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from casque.cli.app import DONE, FINDINGS, Folder, Json, Scenario, rules
from casque.console import Console
from casque.errors import BadInput


@rules.command(name="check")
def check_rules(folder: Folder, *, scenario: Scenario = "base", json: Json = False) -> int:
    """Look for rules without effect, conditions that clash, and tasks that no situation serves, over all situations at once.

    Exit code 1 when something has to be mended.
    """
    from casque.engagement.coherence.incoherences import coherence
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
    from casque.engagement.review.pending import rule_review
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
    from casque.engagement.training.pocket import card_records
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
    from casque.engagement.training.vignettes import training_set
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
