"""Claims of the coverage page that go from the command line to the answer: a change in the folder, and what a command then says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casque import cli
from tests.conftest import EXAMPLE

Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command on a copy of the example after replacing text in its files, and gives the data of its JSON."""

    def run(command: str, *arguments: str, changes: dict[str, tuple[str, str]] | None = None) -> Any:
        folder = tmp_path / "mission"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(EXAMPLE, folder)
        for file, (old, new) in (changes or {}).items():
            text = (folder / file).read_text(encoding="utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        cli.app([command, str(folder), *arguments, "--json"])
        printed = json.loads(capsys.readouterr().out)
        assert printed["error"] is None
        return printed["data"]

    return run


def rules_of(data: Any, subject: str = "") -> set[str]:
    """Rules that have a finding, about one subject or any."""
    return {item["rule"] for item in data["findings"] if not subject or item["subject"] == subject}


def red_links(data: Any, task: str) -> set[str]:
    """Red links of the chain of a task."""
    return {link["name"] for chain in data["chains"] if chain["task"] == task for link in chain["links"] if link["state"] == "red"}


RESTRICTED = {
    "mission.yaml": ("releasable_to: [un, alfaland, bravia, carolia, exampland]", "releasable_to: [alfaland, bravia]"),
    "alliance.yaml": ("name: Carolia, organisations: [un]", "name: Carolia, organisations: []"),
}
NO_TRANSFER = {"agreements.yaml": ("  - id: toa\n", "  - id: toa\n    status: refused\n")}


def test_a_contributor_that_may_not_read_the_plan_is_named(ask: Ask) -> None:
    assert "marking-not-releasable" not in rules_of(ask("check"))
    found = [item for item in ask("check", changes=RESTRICTED)["findings"] if item["rule"] == "marking-not-releasable"]
    assert any("Carolia" in item["message"] for item in found)
    assert not any("Bravia" in item["message"] for item in found)


def test_a_task_outside_the_days_of_its_instrument_is_found(ask: Ask) -> None:
    data = ask("check", changes={"mandate.yaml": ("expires: D+180", "expires: D+90")})
    assert {"task-window-outside-mandate", "mandate-expires-in-horizon"} <= rules_of(data)


def test_force_above_the_mandate_is_an_error(ask: Ask) -> None:
    data = ask("check", changes={"mandate.yaml": ("force_level: all necessary means", "force_level: self-defence")})
    assert "force-level-above-mandate" in rules_of(data, "task:secure-area")
    assert red_links(data, "secure-area")
    assert not red_links(ask("check"), "secure-area")


def test_a_provision_leads_to_the_tasks_that_rest_on_it(ask: Ask) -> None:
    text = json.dumps(ask("trace", "provision:secure"))
    assert all(f"task:{name}" in text for name in ("secure-area", "public-order", "escort-returns"))
    assert "task:separate-parties" not in text


def test_a_task_leads_to_what_it_rests_on(ask: Ask) -> None:
    text = json.dumps(ask("trace", "task:public-order"))
    assert all(item in text for item in ("provision:secure", "rule:detain", "agreement:sofa", "unit:car-mp", "measure:incidents"))


def test_an_objective_that_nothing_measures_is_found(ask: Ask) -> None:
    data = ask("check", changes={"measures.yaml": ("objective: home", "objective: safe")})
    assert "objective-without-measure" in rules_of(data, "objective:home")
    assert "objective-without-measure" not in rules_of(ask("check"))


def test_without_transfer_of_authority_nothing_can_be_tasked_and_the_fix_set_asks_for_it(ask: Ask) -> None:
    data = ask("check", changes=NO_TRANSFER)
    assert "authority-not-transferred" in rules_of(data)
    tasks = [chain["task"] for chain in data["chains"]]
    assert all("authority" in red_links(data, task) for task in tasks)
    fixes = data["fix_set"]
    assert {change["kind"] for change in fixes["changes"]} == {"transfer authority"}
    assert fixes["outcome"]["status"] == "optimal"
    assert fixes["saves"] == tasks


def test_the_cheapest_fix_says_who_has_to_agree(ask: Ask) -> None:
    barred = ("    member: carolia\n", "    member: bravia\n    bars_tasks: [escort-returns]\n")
    data = ask("check", changes={"engagement.yaml": barred})
    assert "caveat-bars-all" in rules_of(data, "task:escort-returns")
    (change,) = data["fix_set"]["changes"]
    assert (change["kind"], change["subject"]) == ("waive caveat", "caveat:carolia-own-sector")
    assert "Ministry of Defence of Carolia" in change["text"]
    assert change["days"] == 2
    assert data["fix_set"]["saves"] == ["escort-returns"]


def test_what_is_only_late_is_turned_green_by_changes_that_come_in_time(ask: Ask) -> None:
    late = {"agreements.yaml": ("to_post: force-hq\n    in_force: 2030-03-01", "to_post: force-hq\n    in_force: 2030-06-01")}
    assert ask("fix", changes=late)["changes"] == []
    data = ask("fix", "--goal", "green", changes=late)
    assert {change["kind"] for change in data["changes"]} == {"bring agreement forward"}
    assert data["outcome"]["status"] == "optimal"
    assert set(data["saves"]) == {chain["task"] for chain in ask("check")["chains"]}
    both = ask("check", changes=late)
    assert (both["fix_set"]["changes"], both["to_green"]["changes"]) == ([], data["changes"])


def test_a_fast_check_finds_the_same_and_looks_for_no_change(ask: Ask) -> None:
    whole, fast = ask("check", changes=NO_TRANSFER), ask("check", "--fast", changes=NO_TRANSFER)
    assert (fast["findings"], fast["chains"]) == (whole["findings"], whole["chains"])
    assert fast["fix_set"]["changes"] == []
    assert fast["fix_set"]["outcome"]["status"] == "unknown"
    assert fast["to_green"] is None


def test_a_sector_without_a_command_post_is_found(ask: Ask) -> None:
    data = ask("check", changes={"alliance.yaml": (", nation: bravia, sector: south}", ", nation: bravia}")})
    assert "sector-without-command" in rules_of(data, "sector:south")
    assert "sector-without-command" not in rules_of(ask("check"))


def test_a_contingent_without_a_common_language_is_found(ask: Ask) -> None:
    data = ask("check", changes={"alliance.yaml": ("languages: [fr]", "languages: [ru]")})
    assert "language-gap" in rules_of(data)
    assert "language-gap" not in rules_of(ask("check"))


def test_what_nobody_pledged_is_seen_before_it_fails(ask: Ask) -> None:
    without = {"forces/pledges.csv": ("military-police-company", "signals-company")}
    data = ask("check", changes=without)
    assert {"capability-not-pledged", "stand-in-only"} & rules_of(data, "task:public-order")
    state = {chain["task"]: chain["state"] for chain in data["chains"]}
    assert state["public-order"] != "green"
    assert state["separate-parties"] == "green"
