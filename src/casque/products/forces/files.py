"""The files of a force generation conference: a sheet for each nation as PDF and HTML, and the list over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from casque.mission.marking import mission_marking
from casque.products.cards.page import rendered
from casque.products.forces.conference import HEADS, conference, conference_csv, conference_xlsx, overview
from casque.products.forces.fitting import fitted, sheet_pdf
from casque.products.forces.picture import Picture
from casque.products.forces.sheet import Sheet

SANS_AT = 0.86
"""Size of the page's sans-serif print against the serif of the PDF."""


def sheet_files(sheet: Sheet) -> dict[str, bytes]:
    """The sheet of a nation as PDF and HTML, by file name."""
    fit = fitted(sheet)
    html = rendered("ask.html", sheet=sheet.as_dict(), printed=fit.sheet.as_dict(), size=round(fit.size * SANS_AT, 2))
    return {f"ask-{sheet.member}.pdf": sheet_pdf(fit), f"ask-{sheet.member}.html": html}


def conference_files(seen: Picture, members: Sequence[str]) -> dict[str, bytes]:
    """The list over all nations as HTML, CSV and workbook, by file name. It is for the lead organisation: no row is left out."""
    asks = conference(seen, members)
    marking = mission_marking(seen.mission)
    shown = f"{marking.policy} {marking.classification}".strip()
    page = rendered(
        "conference.html",
        title=seen.mission.about.title,
        marking=shown,
        heads=HEADS,
        nations=overview(seen, members),
        asks=[(ask, "" if ask.gain is None else f"{ask.gain:.1f}") for ask in asks],
        sheets=[f"ask-{member}.html" for member in members],
    )
    return {"conference.html": page, "conference.csv": conference_csv(asks), "conference.xlsx": conference_xlsx(asks)}
