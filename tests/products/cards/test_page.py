"""Cards in a browser: nothing overflows or is fetched, markup is escaped, and on paper a card takes one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from casque.engagement.training.pocket import card_records
from casque.mission.mission import Mission
from casque.plan.card import CardRecord, VignetteSet
from casque.products.cards.card import card_of
from casque.products.cards.files import card_files, training_files
from casque.products.cards.page import card_html
from casque.products.cards.shortening import PACKS_FROM
from casque.products.cards.training import training_of
from casque.products.cards.typeset import fitted
from casque.reference.load import load


@pytest.mark.parametrize("language", ["en", "fr"])
def test_cards_and_sheets_fit_any_width_and_a_card_prints_on_one_page(
    browser: Any, kosovo: Mission, german: CardRecord, questions: VignetteSet, tmp_path: Path, language: str
) -> None:
    contents = card_files(kosovo, german, language) | training_files(training_of(kosovo, questions, language), questions)
    for name in (name for name in contents if name.endswith(".html")):
        (tmp_path / name).write_bytes(contents[name])
        asked: list[str] = []
        for width in (360, 1280):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto((tmp_path / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert {url.split(":")[0] for url in asked} == {"file"}
        assert len(set(asked)) == 1
        if name.startswith("card"):
            printed = page.pdf(prefer_css_page_size=True)
            assert max(int(count) for count in re.findall(rb"/Count (\d+)", printed)) == 1


def test_what_people_write_cannot_become_markup(kosovo: Mission, german: CardRecord) -> None:
    about = kosovo.about.model_copy(update={"title": "<script>alert(1)</script>"})
    card = card_of(kosovo.model_copy(update={"about": about}), german, "en")
    text = card_html(card, fitted(card)).decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_what_paper_joins_stands_once_on_screen_and_once_on_paper(kosovo_2004: Mission) -> None:
    """On paper no permission is lost by its place in the list: joined entries are printed instead of the single ones."""
    card = card_of(kosovo_2004, card_records(kosovo_2004, load(kosovo_2004.overrides), "usa", 0)[0], "en")
    fit = fitted(card)
    assert fit.step == PACKS_FROM
    text = card_html(card, fit).decode()
    assert '<div class="line screen">\n<p><b>Taking weapons</b>' in text
    assert '<div class="line paper">\n<p><b>Carrying loaded arms openly; Searching people and vehicles; Taking weapons</b>' in text
    assert "(by unit)" in text


def test_the_page_keeps_on_screen_what_paper_has_no_room_for(kosovo: Mission, german: CardRecord) -> None:
    card = card_of(kosovo, german, "en")
    fit = fitted(card)
    assert fit.step > 0
    text = card_html(card, fit).decode()
    assert all(line.text.replace("'", "&#39;") in text for section in card.sections for line in section.lines)
    assert 'class="screen"' in text
