"""Pieces of Markdown that every generated page uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

WRITTEN_BY = "Written by `docs/generate.py` from the code; change the code and run it again."


def page(title: str, *parts: str) -> str:
    """A whole page: title, where it comes from, and its parts with one blank line between them."""
    return "\n\n".join([f"# {title}", *(part for part in parts if part), f"---\n\n{WRITTEN_BY}"]) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty text where there are no rows."""
    lines = ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns), *lines])


def cell(text: str) -> str:
    """Text in one line, with the bar that would end a cell written out."""
    return re.sub(r"(?<!\\)\|", r"\\|", one_line(text))


def one_line(text: str) -> str:
    """Text without line breaks."""
    return " ".join(text.split())


def anchor(heading: str) -> str:
    """The anchor that a heading gets when the page is shown."""
    return re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-")


def number(value: float) -> str:
    """A number as short as it can be."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"
