"""The sheet of a nation, and the list over all nations, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casque.products.figures import signed
from casque.products.forces.conference import Ask
from casque.products.forces.sheet import Sheet
from casque.products.svg import shortened
from casque.products.tables import Table

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
            yield "  - " + _plain("; ".join(cell for cell in row if cell))
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


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
