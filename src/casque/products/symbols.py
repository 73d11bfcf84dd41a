"""Military symbols after APP-6(D) for friendly land units."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup
from milsymbol import Symbol

from casque.errors import CasqueBug
from casque.mission.vocabulary import Capability
from casque.reference.unit_type import UnitType

_SIZE = re.compile(r' width="([0-9.]+)" height="([0-9.]+)"')
_EMPTY_TEXT = re.compile(r"<text[^>]*></text>")


def code(unit_type: UnitType) -> str:
    """The twenty digits of a symbol: version, reality, friend, land unit, present, headquarters or not, echelon, function, no modifiers."""
    staff = "2" if unit_type.capability is Capability.HEADQUARTERS else "0"
    return "1003100" + staff + unit_type.echelon + unit_type.function + "0000"


def symbol(unit_type: UnitType, size: float = 24) -> Markup:
    """The symbol of a unit type as SVG. Raises CasqueBug for a type whose codes mean nothing."""
    return Markup(_drawn(code(unit_type), size, unit_type.name))


def placed(unit_type: UnitType, x: float, y: float, size: float) -> str:
    """The symbol inside another drawing, its middle at a point."""
    drawn = str(symbol(unit_type, size))
    width, height = extent(unit_type, size)
    return drawn.replace("<svg ", f'<svg x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" ', 1)


def extent(unit_type: UnitType, size: float) -> tuple[float, float]:
    """Width and height of the symbol."""
    found = _SIZE.search(_drawn(code(unit_type), size, unit_type.name))
    if found is None:
        raise CasqueBug(f"the symbol of unit type {unit_type.id!r} has no size")
    return float(found[1]), float(found[2])


@cache
def _drawn(digits: str, size: float, name: str) -> str:
    made = Symbol(digits, size=size)
    if not made.is_valid():
        raise CasqueBug(f"unit type {name!r} has no military symbol: {digits} is no code of APP-6(D)")
    drawn = _EMPTY_TEXT.sub("", str(made.as_svg())).replace("></path>", "/>")
    drawn = drawn.replace(' version="1.2" baseProfile="tiny"', "").replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return drawn.replace("rgb(128,224,255)", "#cfe3f3").replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)
