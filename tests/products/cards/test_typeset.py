"""Cards as PDF: always one page, the same bytes every time, nothing evaluated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casque.engagement.training.pocket import card_records
from casque.mission.mission import Mission
from casque.mission.new_folder import LIKE, write_new
from casque.plan.card import CardRecord
from casque.products.cards.card import Card, Line, Section, card_of
from casque.products.cards.typeset import card_pdf, fitted, pages_of
from casque.reference.load import load
from casque.reference.opening import open_folder


def pages(pdf: bytes) -> int:
    """Pages that a PDF counts in its page tree."""
    assert pdf.startswith(b"%PDF-")
    counts = re.findall(rb"/Count (\d+)", pdf)
    assert counts
    return max(int(count) for count in counts)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_contingent_of_kosovo_gets_one_page(kosovo: Mission, language: str) -> None:
    for record in card_records(kosovo, load(kosovo.overrides), "", 200):
        fit = fitted(card_of(kosovo, record, language))
        assert pages(card_pdf(fit)) == 1, record.member
        assert fit.size >= 6.4
        assert fit.step <= 5, record.member


@pytest.mark.parametrize("like", LIKE)
def test_the_starter_sets_fit_one_page(like: str, tmp_path: Path) -> None:
    write_new(tmp_path / "new", like=like)
    opened = open_folder(tmp_path / "new")
    for record in card_records(opened.mission, opened.reference, "", 100):
        assert pages(card_pdf(fitted(card_of(opened.mission, record, "fr")))) == 1


def test_a_hundred_and_twenty_rules_are_cut_to_one_page(crowded: tuple[Mission, CardRecord]) -> None:
    mission, record = crowded
    whole = card_of(mission, record, "en")
    assert pages_of("card.typ", "card", whole.as_dict(), 6.7) > 1
    fit = fitted(whole)
    assert pages(card_pdf(fit)) == 1
    assert fit.step > 6


def test_a_short_card_is_set_large_and_whole(example: Mission, kosovo: Mission) -> None:
    record = card_records(example, load(kosovo.overrides), "alfaland", 60)[0]
    fit = fitted(card_of(example, record, "en"))
    assert fit.step == 0
    assert fit.size >= 8


def test_the_same_card_is_the_same_bytes(kosovo: Mission, german: CardRecord) -> None:
    card = card_of(kosovo, german, "fr")
    assert card_pdf(fitted(card)) == card_pdf(fitted(card))


def test_text_is_text_and_never_code() -> None:
    evil = '#panic("x") $ \\ " ] } <pages> @preview/x:1 *b* // no'
    card = Card("en", evil, evil, evil, evil, evil, (Section("may", evil, (Line(evil, evil, evil, evil, evil),), evil),), evil, evil, evil)
    assert pages(card_pdf(fitted(card))) == 1
