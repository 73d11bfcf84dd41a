"""Texts as the report prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.products.wording import sentences, tidy, without_title, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from D-3 on", "from D−3 on"),
        ("a trend of -2.9 a month (-3)", "a trend of −2.9 a month (−3)"),
        ("under 70% of it", "under 70\u00a0% of it"),
        ("is 9.62 days earlier", "is 10 days earlier"),
        ("0.64 days sooner", "0.6 days sooner"),
        ("1999-06-12, 10-1-2, task-1", "1999-06-12, 10-1-2, task-1"),
        ("https://a.org/b%20c-1?d=-5", "https://a.org/b%20c-1?d=-5"),
    ],
)
def test_signs(text: str, shown: str) -> None:
    assert tidy(text) == shown


def test_sentences_and_titles() -> None:
    assert sentences(("It is 3.5. “So” it is.", "And 4.")) == ("It is 3.5.", "“So” it is.", "And 4.")
    assert without_title("Murders: none seen.", "Murders") == "None seen."
    assert without_title("Other: none.", "Murders") == "Other: none."


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200), st.integers(5, 60))
def test_wrapped_lines_are_short_and_lose_nothing(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert all(len(line) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
