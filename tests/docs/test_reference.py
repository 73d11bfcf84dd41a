"""The generated pages say what the code says, and have an entry for everything."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from casque import cli
from casque.checks.register import RULES
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.quantities import Hours, Share
from casque.mission.vocabulary import Severity
from casque.mission.written import Day, Id, Sourced, Written
from casque.reference.load import shipped
from casque.runs.stages import STAGES
from docs import generate
from docs.pages.commands import commands, data_shape, help_of
from docs.pages.fields import in_words, models_below, own_fields
from docs.pages.folder import files, member_docs
from docs.pages.markdown import cell, table
from docs.pages.numbers import judged_figures
from tests.conftest import EXAMPLE, ROOT


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return generate.pages()


def section(text: str, heading: str) -> str:
    """The part of a page under a heading, up to the next heading of any level."""
    marks = [line for line in text.splitlines() if line.lstrip("#") == f" {heading}"]
    assert marks, f"no heading {heading!r}"
    return text.split(f"\n{marks[0]}\n", 1)[1].split("\n#", 1)[0]


def test_no_page_is_stale(written: dict[str, str]) -> None:
    assert generate.stale(written) == []


def test_check_names_stale_pages_and_a_write_mends_them(
    written: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "pages", lambda: written)
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.main(["--check"]) == 1
    assert all(f"{name} is stale" in capsys.readouterr().out for name in list(written)[:1])
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (tmp_path / "docs/reference/rules.md").write_text("old", encoding="utf-8")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == ["docs/reference/rules.md is stale: run 'python docs/generate.py'"]


def test_every_command_and_option_has_an_entry(written: dict[str, str]) -> None:
    page = written["docs/reference/commands.md"]
    assert {"new", "check", "plan", "run", "show", "trace"} <= set(commands())
    for name, function in commands().items():
        text = section(page, f"casque {name}")
        assert help_of(function)[0] in text
        for parameter in inspect.signature(function).parameters.values():
            positional = parameter.kind is not inspect.Parameter.KEYWORD_ONLY
            assert f"| `{parameter.name.upper() if positional else '--' + parameter.name.replace('_', '-')}` |" in text
        assert "|  |" not in text, f"an argument of {name} has no help"


def test_every_exit_code_has_an_entry(written: dict[str, str]) -> None:
    text = section(written["docs/reference/commands.md"], "Exit codes")
    for code in (cli.DONE, cli.FINDINGS, cli.BAD_INPUT, cli.OWN_MISTAKE, cli.STOPPED):
        assert f"| {code} |" in text


@pytest.mark.parametrize("command", ["new", "check", "plan"])
def test_json_has_the_shape_that_the_page_gives(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mission" if command == "new" else EXAMPLE
    cli.app([command, str(folder), "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"ok", "status", "command", "data", "error"}
    shape = data_shape(commands()[command])
    assert printed["data"]
    assert all(f'"{key}"' in shape for key in printed["data"])
    for found in printed["data"].get("stages", ()):
        assert all(f'"{key}"' in shape for key in found)


def below(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Every model made from a model."""
    return {found for child in model.__subclasses__() for found in (child, *below(child))}


def test_every_field_of_the_folder_has_an_entry(written: dict[str, str]) -> None:
    page = written["docs/reference/folder.md"]
    shown: set[type[BaseModel]] = {Sourced, *(inner for _, model in files().values() for inner in models_below(model))}
    for model in shown:
        text = section(page, "Evidence" if model is Sourced else model.__name__)
        for name, info in own_fields(model).items():
            assert f"| `{name}` |" in text
            assert info.description, f"{model.__name__}.{name} has no meaning"
    without_own_page = {"Mission", "Forces", "Transport", "Observations", "Overrides", "Lessons", "Requirements", "Movements", "Asked"}
    written_models = {model for model in below(Written) if model.__module__.startswith("casque.mission.")}
    assert {model.__name__ for model in written_models - set(shown)} == without_own_page


def test_every_field_of_every_record_has_an_entry(written: dict[str, str]) -> None:
    page = written["docs/reference/stages.md"]
    for stage in STAGES:
        assert stage.title in section(page, stage.name)
        for model in models_below(stage.gives):
            text = section(page, model.__name__)
            assert all(f"| `{name}` |" in text for name in model.model_fields)


def test_every_rule_has_an_entry(written: dict[str, str]) -> None:
    for rule in RULES:
        text = section(written["docs/reference/rules.md"], rule.id)
        assert all(part in text for part in (rule.title, rule.severity, rule.checks, rule.doctrine.text, rule.fix))


def test_every_factor_and_unit_type_has_an_entry(written: dict[str, str]) -> None:
    for factor in shipped().factors.values():
        row = next(line for line in written["docs/reference/factors.md"].splitlines() if line.startswith(f"| `{factor.id}` |"))
        assert row.endswith(f"| `{factor.unit}` | {cell(factor.source)} | {factor.grade} |")
    for kind in shipped().unit_types:
        assert written["docs/reference/unit-types.md"].count(f"| `{kind}` |") == 3


def test_pages_hold_no_day_of_writing(written: dict[str, str]) -> None:
    assert generate.pages() == written


def test_types_in_words() -> None:
    assert in_words(Id) == "id"
    assert in_words(Day | None) == "day"
    assert in_words(Share) == "share"
    assert in_words(tuple[Hours, ...]) == "list of quantity"
    assert in_words(tuple[tuple[float, float], ...]) == "list of number and number"
    assert in_words(Severity, "words.md") == "[Severity](words.md#severity)"


def test_members_of_a_closed_list_are_explained_from_their_docstrings() -> None:
    assert member_docs(Severity)["NOTE"] == "Worth knowing."


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert table(["a"], [["x | y"]]).splitlines()[-1] == "| x \\| y |"


def test_only_what_is_judgement_is_listed(example: Mission) -> None:
    pledge = example.forces.pledges[0]
    whole = list(judged_figures(pledge))
    assert f"strength {pledge.strength:.0f} person" in whole
    assert f"ready_to_load {pledge.ready_to_load}" in whole
    assert not any(figure.startswith("id ") for figure in whole)
    partly = Pledge.model_construct(**{**dict(pledge), "grade": "verified", "judged": ("strength", "home")})
    assert list(judged_figures(partly)) == [f"strength {pledge.strength:.0f} person", "and home"]
    assert list(judged_figures(partly.model_copy(update={"judged": ()}))) == []


def test_judgements_of_the_mission_that_ships_are_listed(written: dict[str, str], kosovo: Mission) -> None:
    page = written["docs/judgements/kosovo-1999.md"]
    judged = [item for item in kosovo.forces.pledges if list(judged_figures(item))]
    assert judged
    assert all(f"| pledge `{item.id}` |" in page for item in judged)
    assert (ROOT / "docs/judgements/kosovo-1999.md").is_file()
