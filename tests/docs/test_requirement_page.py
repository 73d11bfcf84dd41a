"""The page on the requirement names every rule, with the factors that it takes and no others."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path
from typing import get_args

from casque.mission.needs import Need
from casque.reference.load import shipped

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/requirement.md").read_text(encoding="utf-8")
CODE = "".join((ROOT / "src/casque/forces" / name).read_text(encoding="utf-8") for name in ("troop_to_task.py", "enabling.py", "shares.py"))


def test_every_rule_has_its_row() -> None:
    rules = {get_args(kind.model_fields["rule"].annotation)[0] for kind in get_args(get_args(Need)[0])}
    assert len(rules) >= 20
    assert set(re.findall(r"^\| `([a-z ]+)` \|", PAGE, re.MULTILINE)) == rules


def test_every_factor_of_a_rule_is_named_and_exists() -> None:
    named = set(re.findall(r"`((?:force|medical|supply|engagement)\.[a-z0-9*-]+)`", PAGE))
    for name in named:
        assert any(fnmatch(factor, name) for factor in shipped().factors), name
    read = set(re.findall(r'"((?:force|medical|supply|engagement)\.[a-z0-9-]+)"', CODE))
    assert len(read) > 30
    missing = {name for name in read if not any(fnmatch(name, known) for known in named)}
    assert not missing
