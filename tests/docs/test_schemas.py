"""The schemas that `casque schema` writes hold for the missions and templates that ship."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from casque.mission.new_folder import LIKE, write_new
from casque.mission.schemas import MAPPING, write_schemas
from casque.mission.yaml_source import parse_yaml
from tests.conftest import EXAMPLE, ROOT

MISSIONS = sorted(path.parent for path in (ROOT / "missions").glob("*/mission.yaml"))


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Draft202012Validator]:
    """Every schema, read back from where it was written, by the pattern of the files it is for."""
    target = tmp_path_factory.mktemp("schemas")
    write_schemas(target)
    mapping = json.loads((target / MAPPING).read_text())["yaml.schemas"]
    return {pattern: Draft202012Validator(json.loads(Path(file).read_text())) for file, patterns in mapping.items() for pattern in patterns}


def _valid(folder: Path, schemas: dict[str, Draft202012Validator]) -> None:
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.relative_to(folder).parts[0] != "out"]
    assert files
    for path in files:
        name = str(path.relative_to(folder))
        validator = next(found for pattern, found in schemas.items() if fnmatch(name, pattern))
        errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(parse_yaml(path.read_text(), name).value)]
        assert errors == [], name


@pytest.mark.parametrize("folder", [*MISSIONS, EXAMPLE], ids=lambda folder: folder.name)
def test_missions_are_valid(folder: Path, schemas: dict[str, Draft202012Validator]) -> None:
    _valid(folder, schemas)


@pytest.mark.parametrize("like", LIKE)
def test_templates_are_valid(like: str, tmp_path: Path, schemas: dict[str, Draft202012Validator]) -> None:
    write_new(tmp_path / like, like=like)
    _valid(tmp_path / like, schemas)
