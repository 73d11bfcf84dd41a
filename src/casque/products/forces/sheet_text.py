"""The sheet of a nation, and the list over all nations, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from casque.products.figures import signed
from casque.products.forces.conference import Ask
from casque.products.forces.sheet import Sheet
from casque.products.svg import shortened
from casque.products.tables import Table

FIGURE = re.compile(r"[+−-]?\d[\d.,]*( \(.*\))?")
"""A figure, with or without its band."""

WIDE = 100
"""Characters of a text in a table."""


def sheet_text(sheet: Sheet) -> Iterator[str]:
    """The sheet as lines."""
    yield f"{sheet.heading} {sheet.nation}"
    yield sheet.mission
    if sheet.withheld:
        yield _plain(sheet.withheld)
    for label, value in sheet.facts:
        yield f"  {label}: {_plain(value)}"
    for part in sheet.parts:
        yield ""
        yield part.title
        if part.lead:
            yield f"  {_plain(part.lead)}"
        for row in part.rows:
            yield "  - " + _plain("; ".join(_cell(head, cell) for head, cell in zip_longest(part.columns, row, fillvalue="") if cell))
    yield ""
    yield f"{sheet.marking}. {_plain(sheet.foot)}"


def conference_tables(asks: Iterable[Ask]) -> Iterator[Table]:
    """The list as one table."""
    rows = tuple(
        (
            ask.nation,
            ask.kind,
            shortened(ask.what, WIDE),
            ask.where,
            ask.by,
            "" if ask.gain is None else signed(ask.gain),
            shortened(ask.note, WIDE),
        )
        for ask in asks
    )
    yield Table("What to ask of whom", ("nation", "kind", "what", "where", "by", "points", "note"), rows)


def _cell(head: str, cell: str) -> str:
    """A cell of a row that stands on one line: a bare figure with the head of its column, a sentence without its stop."""
    return f"{head.lower()} {cell}" if FIGURE.fullmatch(cell) else cell.removesuffix(".")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
