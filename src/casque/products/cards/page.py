"""Cards and training sheets as HTML pages: one file each, nothing from outside, readable on a telephone and printable."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from casque.products.cards.card import Card
from casque.products.cards.typeset import Fitted

SANS_AT = 0.84
"""Size of the page's sans-serif print against the serif of the PDF: its letters are larger and wider."""


def card_html(card: Card, fitted: Fitted) -> bytes:
    """The whole card as the bytes of one HTML file; printed, it leaves out what the page of the PDF has no room for."""
    return rendered("card.html", card=card.as_dict(), printed=fitted.card.as_dict(), size=round(fitted.size * SANS_AT, 2))


def rendered(template: str, **values: Any) -> bytes:
    """A template filled in."""
    return _templates().get_template(template).render(**values).encode("utf-8")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("casque.products", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
