"""Files for the conference: a page for every nation, and one list that spreadsheets read."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from casque.mission.mission import Mission
from casque.plan.force import Idle
from casque.products.cards.typeset import pages_of
from casque.products.forces.conference import HEADS, conference, conference_csv, conference_xlsx
from casque.products.forces.files import conference_files, sheet_files
from casque.products.forces.fitting import fitted
from casque.products.forces.picture import Picture
from casque.products.forces.sheet import sheet_of
from tests.products.forces.conftest import Painter


def test_every_nation_has_a_page_as_pdf_and_html(seen: Picture) -> None:
    for member in seen.contributors:
        files = sheet_files(sheet_of(seen, member))
        assert set(files) == {f"ask-{member}.pdf", f"ask-{member}.html"}
        assert len(re.findall(rb"/Type\s*/Page\b", files[f"ask-{member}.pdf"])) == 1
        assert seen.names.member(member) in files[f"ask-{member}.html"].decode()
    assert sheet_files(sheet_of(seen, "bravia")) == sheet_files(sheet_of(seen, "bravia"))


def test_a_long_sheet_leaves_out_rows_and_says_so(example: Mission, paint: Painter) -> None:
    idle = tuple(Idle(unit="bra-inf", part=f"{number} of 90", reason="No room " * 8) for number in range(1, 91))
    sheet = sheet_of(paint(example, idle=idle), "bravia")
    fit = fitted(sheet)
    assert pages_of("ask.typ", "sheet", fit.sheet.as_dict(), fit.size) == 1
    units = next(part for part in fit.sheet.parts if part.key == "units")
    assert len(units.rows) < 90
    assert units.more
    html = sheet_files(sheet)["ask-bravia.html"].decode()
    assert html.count("part 90 of 90") == 1
    assert 'class="screen"' in html


def test_what_people_write_is_escaped(example: Mission, paint: Painter) -> None:
    pledges = tuple(item.model_copy(update={"name": "<script>x</script>"}) for item in example.forces.pledges)
    mission = example.model_copy(update={"forces": example.forces.model_copy(update={"pledges": pledges})})
    html = sheet_files(sheet_of(paint(mission), "bravia"))["ask-bravia.html"].decode()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_csv_and_workbook_hold_the_same_list(seen: Picture) -> None:
    asks = conference(seen, seen.contributors)
    rows = list(csv.reader(io.StringIO(conference_csv(asks).decode())))
    book: Any = load_workbook(io.BytesIO(conference_xlsx(asks)))
    sheet = book.active
    assert rows[0] == list(HEADS)
    assert len(rows) == len(asks) + 1 == sheet.max_row
    assert [row[2] for row in rows[1:]] == [sheet.cell(number, 3).value for number in range(2, len(asks) + 2)]
    assert {ask.kind for ask in asks} >= {"unit", "caveat", "no place", "dates", "exercise"}
    assert conference_xlsx(asks) == conference_xlsx(asks)


def test_a_text_that_reads_like_a_formula_is_none(example: Mission, paint: Painter) -> None:
    pledges = tuple(item.model_copy(update={"name": "=1+1"}) for item in example.forces.pledges)
    mission = example.model_copy(update={"forces": example.forces.model_copy(update={"pledges": pledges})})
    asks = conference(paint(mission), ("alfaland",))
    assert b",'=1+1" in conference_csv(asks)
    book: Any = load_workbook(io.BytesIO(conference_xlsx(asks)))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_list_links_every_sheet(seen: Picture) -> None:
    page = conference_files(seen, seen.contributors)["conference.html"].decode()
    assert re.findall(r'href="(ask-[^"]+)"', page) == [f"ask-{member}.html" for member in seen.contributors]


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_their_width_and_print_on_one_page(browser: Any, seen: Picture, tmp_path: Any, width: int) -> None:
    files = sheet_files(sheet_of(seen, "bravia")) | conference_files(seen, seen.contributors)
    for name in ("ask-bravia.html", "conference.html"):
        (tmp_path / name).write_bytes(files[name])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if name.startswith("ask"):
            printed = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        page.close()
