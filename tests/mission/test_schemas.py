"""The JSON schemas of the folder's files against what the reader takes and refuses."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from casque.errors import NoSuchItem, Unwritable
from casque.mission.new_folder import write_new
from casque.mission.schemas import MAPPING, schema_files, schema_of, write_schemas
from casque.mission.yaml_source import parse_yaml
from tests.conftest import EXAMPLE
from tests.faults.corpus import CORPUS, Broken

SHAPE = ("unknown key", "unknown key at the top", "unknown key deep inside", "missing key", "wrong word", "wrong rule of a need")
VALUES = ("need without a rule", "unknown unit", "no unit", "not a quantity", "text for a number", "number out of range", "huge number")


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name))


def _values(folder: Path) -> dict[str, Any]:
    paths = [*folder.glob("*.yaml"), *folder.glob("lessons/*.yaml")]
    return {(name := str(path.relative_to(folder))): parse_yaml(path.read_text(), name).value for path in sorted(paths)}


VALUES_OF_EXAMPLE = _values(EXAMPLE)


@pytest.mark.parametrize("name", [*schema_files(), "lessons/any-lesson.yaml"])
def test_every_schema_is_sound_and_stands_alone(name: str) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("/2020-12/schema")
    assert re.fullmatch(r"casque/[a-z]+\.schema\.json", schema["$id"])
    models = [schema, *(part for part in schema["$defs"].values() if part.get("type") == "object")]
    for model in models:
        assert model["additionalProperties"] is False
        assert model["title"]
        assert model["description"]
        for key, part in model["properties"].items():
            assert part.get("description"), (name, key)


def test_quantities_days_and_words_help_the_writer() -> None:
    parts = schema_of("area.yaml")["$defs"]
    assert parts["Sector"]["properties"]["area"]["unit"] == "km2"
    assert parts["Sector"]["properties"]["area"]["examples"] == ["10 km2"]
    assert parts["Sector"]["properties"]["border"]["default"] == "0 km"
    assert "hills" in parts["Terrain"]["enum"]
    assert schema_of("tasks.yaml")["$defs"]["Task"]["properties"]["start"]["examples"] == ["1999-06-12", "D+14"]
    assert next(iter(parts["Sector"]["properties"])) == "id"


@pytest.mark.parametrize("broken", [one for one in CORPUS if one.name in (*SHAPE, *VALUES)], ids=lambda broken: broken.name)
def test_faults_of_shape_are_refused(broken: Broken, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "mission")
    broken.breaking(tmp_path / "mission")
    value = parse_yaml((tmp_path / "mission" / broken.file).read_text(), broken.file).value
    assert not _validator(broken.file).is_valid(value)


def test_corpus_holds_every_fault_named_here() -> None:
    assert {one.name for one in CORPUS} >= {*SHAPE, *VALUES}


def test_keys_left_empty_and_numbers_for_text_are_taken() -> None:
    page = parse_yaml((EXAMPLE / "mission.yaml").read_text(), "mission.yaml").value
    assert _validator("mission.yaml").is_valid(page | {"title": 7, "currency": None, "marking": None, "grade": None})
    assert not _validator("mission.yaml").is_valid(page | {"title": None})
    assert not _validator("mission.yaml").is_valid(page | {"title": True})


def test_blank_forms_want_for_nothing_but_what_is_needed(tmp_path: Path) -> None:
    write_new(tmp_path / "new", blank=True)
    for name, value in _values(tmp_path / "new").items():
        for error in _leaves(_validator(name).iter_errors(value)):
            assert error.validator in ("required", "type", "const"), (name, error.message)


def _leaves(errors: Any) -> Iterator[Any]:
    for error in errors:
        if error.context:
            yield from _leaves(error.context)
        else:
            yield error


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _places(part, (*path, key))


PLACES = [(name, path) for name, value in VALUES_OF_EXAMPLE.items() for path in _places(value) if path]
ODD = st.one_of(
    st.integers(-5, 2_000_000),
    st.floats(-10, 1e7, allow_nan=False),
    st.sampled_from(["yes", "No", "on", "1", "1.0", " 3 ", "1e3", ".5", "5.", "1_000", "+4", "-0.5", "hills", "x", " x", "", "UN"]),
    st.sampled_from(["D", "D+3", "D-3", "D7", " 2030-03-01 ", "20300301", "2030-W10", "2030-W10-5", "2030-02-30"]),
    st.sampled_from(["10 km", "10km2", " 5 d ", "1_0.5e1 km/d", "3 1/wk", "40 %", "2 kt", "minimum force", "RESTRICTED rel un"]),
    st.text(max_size=8),
    st.lists(st.sampled_from(["north", "un", "I", 3, 1.5]), max_size=3),
    st.just({}),
)


@settings(max_examples=1000, deadline=None)
@given(place=st.sampled_from(PLACES), odd=ODD)
def test_what_the_reader_takes_the_schema_takes(place: tuple[str, tuple[Any, ...]], odd: Any) -> None:
    name, path = place
    value = copy.deepcopy(VALUES_OF_EXAMPLE[name])
    holder = value
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = odd
    model = schema_files()[name if "/" not in name else "lessons/*.yaml"][1]
    try:
        model.model_validate(value, context={"d_day": date(2030, 3, 1)})
    except ValidationError:
        return
    errors = [error.message for error in _validator(name).iter_errors(value)]
    assert not errors, (path, odd, errors)


def test_written_with_a_mapping_for_editors(tmp_path: Path) -> None:
    names = write_schemas(tmp_path / "schemas")
    assert names == sorted(path.name for path in (tmp_path / "schemas").iterdir())
    assert json.loads((tmp_path / "schemas" / "tasks.schema.json").read_text()) == schema_of("tasks.yaml")
    mapping = json.loads((tmp_path / "schemas" / MAPPING).read_text())["yaml.schemas"]
    assert {pattern for patterns in mapping.values() for pattern in patterns} == set(schema_files())
    assert all(Path(file).is_file() for file in mapping)
    before = {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()}
    write_schemas(tmp_path / "schemas")
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "schemas").iterdir()}


def test_mapping_of_a_relative_target_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_schemas(Path("schemas"))
    assert "./schemas/tasks.schema.json" in json.loads(Path("schemas", MAPPING).read_text())["yaml.schemas"]


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(NoSuchItem, match=r"Did you mean 'tasks\.yaml'"):
        schema_of("task.yaml")
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable):
        write_schemas(tmp_path / "file")
