"""YAML 1.2 with a line for every value, and nothing that unfolds."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casque.mission.yaml_source import parse_yaml, scalar, written_path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("22:30", "22:30"),
        ("1999-06-12", "1999-06-12"),
        ("012", 12),
        ("1.5e3", 1500.0),
        ("~", None),
        ("1_000", "1_000"),
        (".nan", ".nan"),
    ],
)
def test_scalars_of_the_core_schema(text: str, value: Any) -> None:
    assert scalar(text) == value


def test_norway_stays_norway() -> None:
    assert parse_yaml("country: NO\nquoted: 'true'\n", "x").value == {"country": "NO", "quoted": "true"}


def test_every_value_has_its_line() -> None:
    parsed = parse_yaml("a:\n  - b: 1\n    c:\n      - 2\n      - 3\n", "x")
    assert parsed.lines[("a", 0, "b")] == 2
    assert parsed.lines[("a", 0, "c", 1)] == 5


def test_empty_key_counts_as_left_out() -> None:
    assert parse_yaml("a:\nb: 1\n", "x").value == {"b": 1}
    assert parse_yaml("a:\na: 1\n", "x").faults[0].seen == "the key 'a' again"


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: &a [x,x]\nb: &b [*a,*a]\n", "<<: *x\n"])
def test_no_anchors(text: str) -> None:
    assert parse_yaml(text, "x").faults


def test_depth_is_limited_without_recursion() -> None:
    for text in ("[" * 100_000, "a:\n" + "".join(" " * level + "- \n" for level in range(1, 60)), "{a: " * 5000):
        assert parse_yaml(text, "x").faults


# A letter first, because YAML 1.1 leaves some texts bare that YAML 1.2 reads as numbers. NEL and the Unicode
# separators are line breaks to YAML 1.1 emitters, which fold them.
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=8).map("x".__add__)

_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=12,
)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(part) for key, part in value.items() if part is not None}
    return [_without_none(part) for part in value] if isinstance(value, list) else value


@given(st.dictionaries(_TEXT, _PLAIN, max_size=4))
def test_agrees_with_what_was_dumped(value: dict[str, Any]) -> None:
    parsed = parse_yaml(yaml.safe_dump(value, allow_unicode=True), "x")
    assert not parsed.faults
    assert parsed.value == _without_none(value)


@given(st.text(max_size=200))
def test_any_text_gives_a_value_or_faults(text: str) -> None:
    parsed = parse_yaml(text, "x")
    assert parsed.faults or parsed.value is None or isinstance(parsed.value, (dict, list, str, int, float, bool))


def test_paths_count_from_one() -> None:
    assert written_path(("tasks", 2, "needs", 0, "posts")) == "tasks[3].needs[1].posts"
