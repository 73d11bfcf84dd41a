"""Cards as PDF, set by Typst with its own fonts: no file of the machine and no network, so that the bytes are the same everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from casque.errors import CasqueBug
from casque.products.cards.card import Card
from casque.products.cards.shortening import LAST_STEP, shortened

SIZES = (10.0, 9.4, 9.0, 8.6, 8.2, 7.8, 7.4, 7.0)
"""Sizes of print that are tried on a whole card, in points, the best to read first."""
SHORTENED_SIZES = (7.8, 7.4, 7.0)
"""Sizes that are tried once sentences are left out."""
SMALL = (6.7, 6.4)
"""Sizes that are taken before, and while, whole lines are left out."""
SENTENCES_GO = range(1, 6)
"""Steps of shortening that leave out sentences only."""


@dataclass(frozen=True)
class Fitted:
    """A card as it fits on one page."""

    card: Card
    size: float
    """Size of print, in points."""
    step: int
    """Step of shortening; 0 is the whole card."""


def fitted(card: Card) -> Fitted:
    """The card at the largest print, and with as little left out, as one page allows: sentences go before print gets small, lines last."""
    for step, sizes in _attempts():
        shorter = shortened(card, step) if step else card
        value = shorter.as_dict()
        if pages_of("card.typ", "card", value, sizes[-1]) > 1:
            continue
        for size in sizes:
            if pages_of("card.typ", "card", value, size) == 1:
                return Fitted(shorter, size, step)
    raise CasqueBug("a card does not fit on its page although it was cut as far as it may be")


def _attempts() -> Iterator[tuple[int, tuple[float, ...]]]:
    yield 0, SIZES
    for step in SENTENCES_GO:
        yield step, SHORTENED_SIZES
    yield SENTENCES_GO[-1], SMALL
    for step in range(SENTENCES_GO.stop, LAST_STEP + 1):
        yield step, SMALL


def card_pdf(card: Fitted) -> bytes:
    """The card as the bytes of a PDF of one page."""
    return pdf_of("card.typ", "card", card.card.as_dict(), card.size)


def pages_of(template: str, name: str, value: dict[str, Any], size: float) -> int:
    """Pages that a document takes."""
    found = typst.query(_source(template), "<pages>", field="value", one=True, **_options(name, value, size))
    return int(json.loads(found))


def pdf_of(template: str, name: str, value: dict[str, Any], size: float) -> bytes:
    """A document as the bytes of a PDF."""
    made = typst.compile(_source(template), format="pdf", timestamp=0, **_options(name, value, size))
    assert isinstance(made, bytes)
    return made


def _options(name: str, value: dict[str, Any], size: float) -> dict[str, Any]:
    return {"ignore_system_fonts": True, "sys_inputs": {name: json.dumps(value, ensure_ascii=False), "size": str(size)}}


@cache
def _source(template: str) -> bytes:
    return (files("casque.products") / "templates" / template).read_bytes()
