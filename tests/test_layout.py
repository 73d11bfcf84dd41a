"""The layout contract: who may import whom, with no exception listed."""

from __future__ import annotations

import configparser

from importlinter.cli import lint_imports

from tests.conftest import ROOT


def test_contract_is_kept() -> None:
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True) == 0


def test_contract_has_no_exceptions_and_names_every_room() -> None:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    assert not any("ignore_imports" in section for section in contract.values())
    layers = contract["importlinter:contract:floors"]["layers"]
    rooms = [path.stem for path in (ROOT / "src" / "casque").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert [room for room in rooms if room not in layers] == []
    assert contract["importlinter:contract:floors"]["exhaustive"] == "true"
