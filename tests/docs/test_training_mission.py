"""The page of ten questions is run on a copy of the training mission, and the mission is what the page says of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from casque.checks.solve import Params, check, fix
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.reference.load import load
from tests.conftest import ROOT
from tests.docs.test_tutorial import follow

PAGE = ROOT / "docs" / "training-mission.md"
FOLDER = ROOT / "missions" / "carana"
QUESTIONS = 10
MILITARY, POLICE = 6800, 1250
TAUGHT = {
    "capability-not-pledged",
    "rule-not-in-force",
    "agreement-late",
    "caveat-bars-crossing",
    "caveat-undeclared",
    "evacuation-without-aviation",
    "own-air-not-asked",
    "posture-below-threat",
    "rehatting-below-standard",
    "rule-request-unanswered",
    "single-line-of-communication",
    "surgery-out-of-reach",
    "caveat-without-waiver",
    "language-gap",
    "renewal-hangs-on-one",
}
"""Rules that the mission breaks on purpose, each once. A finding beside these is noise, one that is gone a lesson lost."""


@pytest.fixture(scope="module")
def carana() -> Mission:
    return read(FOLDER)


def test_page_prints_what_it_shows(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "carana", ignore=shutil.ignore_patterns("out"))
    follow(PAGE, tmp_path)


def test_page_asks_ten_questions_and_each_goes_to_the_class() -> None:
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    asked = [part for part in parts if re.match(r"\d+\. .*\?\n", part)]
    assert len(asked) == QUESTIONS
    assert all("```console\n$ casque " in part and "*For the class" in part for part in asked)


@pytest.mark.parametrize("file", sorted(path for path in FOLDER.rglob("*.yaml") if "out" not in path.parts), ids=lambda file: file.name)
def test_every_file_says_in_two_lines_what_it_teaches(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Teaches: ")
    assert lines[1].startswith("# ")
    assert not lines[2].startswith("#")


@pytest.mark.parametrize("file", sorted(path for path in FOLDER.rglob("*.csv") if "out" not in path.parts), ids=lambda file: file.name)
def test_every_table_says_in_its_first_row_what_it_teaches(file: Path) -> None:
    assert "Teaches: " in file.read_text(encoding="utf-8").splitlines()[1]


def test_it_says_that_it_is_fiction(carana: Mission) -> None:
    assert "THIS IS FICTION" in (FOLDER / "mission.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert "fiction" in carana.about.title
    outside = [source.id for source in carana.sources if source.kind != "own"]
    assert [source.id for source in carana.sources if source.kind == "own"] == ["casque-fiction"]
    provisions = [p for instrument in carana.mandate.instruments for p in instrument.provisions]
    assert [p.id for p in provisions if set(p.source) & set(outside)] == ["un-size"]


def test_people_add_up_to_the_size_of_the_training_case(carana: Mission) -> None:
    added = read(FOLDER, "helicopters").forces.pledges
    formed = sum(pledge.strength for pledge in added if pledge.unit_type == "formed-police-unit")
    assert sum(pledge.strength for pledge in added) - formed == MILITARY
    officers = next(actor.authorised for actor in carana.actors.actors if actor.id == "un-police")
    assert formed + officers == POLICE


def test_every_finding_is_one_that_teaches(carana: Mission) -> None:
    found = Counter(finding.rule for finding in check(carana, load(carana.overrides)).findings)
    assert found == Counter(TAUGHT)


def test_three_red_tasks_have_cures_of_three_kinds(carana: Mission) -> None:
    changes = fix(carana, load(carana.overrides), Params()).changes
    assert sorted(change.kind for change in changes) == ["add pledge", "implement rule", "waive caveat"]


def test_each_scenario_changes_what_it_teaches(carana: Mission) -> None:
    reference = load(carana.overrides)
    base = {finding.rule for finding in check(carana, reference).findings}
    seen = {scenario.id: {f.rule for f in check(read(FOLDER, scenario.id), reference).findings} for scenario in carana.scenarios.scenarios}
    assert seen["transit-closed"] - base == {"agreement-missing"}
    assert base - seen["caveats-lifted"] == {"caveat-bars-crossing", "caveat-undeclared"}
    assert base - seen["helicopters"] == {"capability-not-pledged", "evacuation-without-aviation", "surgery-out-of-reach"}
    assert seen["road-cut"] == base


def test_each_caveat_and_rule_can_be_read_by_those_it_binds(carana: Mission) -> None:
    assert all(rule.translations["fr"].title and rule.translations["fr"].text for rule in carana.engagement.rules)
    assert len(carana.engagement.caveats) == 4
    assert all(caveat.note.startswith("Teaches: ") for caveat in carana.engagement.caveats)
    errors = [f for f in check(carana, load(carana.overrides)).findings if f.severity is Severity.ERROR]
    assert len(errors) == 2
