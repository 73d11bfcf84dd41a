"""A sheet on one page: as large as it can be read, and with rows of long tables left out before the print gets too small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casque.errors import CasqueBug
from casque.products.cards.typeset import pages_of, pdf_of
from casque.products.figures import count
from casque.products.forces.sheet import Sheet

SIZES = (9.5, 9.0, 8.5, 8.0, 7.6, 7.2)
"""Sizes of print, in points, that are tried on a whole sheet."""
LEAST = 7.0
"""Size at which rows are left out."""
MOST_ROWS = (30, 24, 20, 16, 12, 9, 7, 5, 4, 3, 2, 1)
"""Rows that a table keeps, step by step."""


@dataclass(frozen=True)
class FittedSheet:
    """A sheet as it fits on one page."""

    sheet: Sheet
    size: float
    """Size of print, in points."""


def fitted(sheet: Sheet) -> FittedSheet:
    """The sheet at the largest print, and with as few rows left out, as one page of A4 allows."""
    for shorter, sizes in _attempts(sheet):
        if pages_of("ask.typ", "sheet", shorter.as_dict(), sizes[-1]) > 1:
            continue
        for size in sizes:
            if pages_of("ask.typ", "sheet", shorter.as_dict(), size) == 1:
                return FittedSheet(shorter, size)
    raise CasqueBug("a sheet does not fit on its page although it was cut as far as it may be")


def sheet_pdf(fit: FittedSheet) -> bytes:
    """The sheet as the bytes of a PDF of one page."""
    return pdf_of("ask.typ", "sheet", fit.sheet.as_dict(), fit.size)


def shortened(sheet: Sheet, most: int) -> Sheet:
    """A sheet whose tables have at most so many rows; each says how many are left out."""
    parts = []
    for part in sheet.parts:
        left = len(part.rows) - most
        more = f"… {count(left, 'row')} more on the screen and in the list." if left > 0 else ""
        parts.append(replace(part, rows=part.rows[:most], more=more))
    return replace(sheet, parts=tuple(parts))


def _attempts(sheet: Sheet) -> Iterator[tuple[Sheet, tuple[float, ...]]]:
    yield sheet, SIZES
    yield sheet, (LEAST,)
    for most in MOST_ROWS:
        yield shortened(sheet, most), (LEAST,)
