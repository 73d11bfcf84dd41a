"""Line numbers of seven characters: three for the nation, two for its unit, two for the line of the unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TWO = len(_DIGITS) ** 2
_NOBODY = "XXX"


def line_numbers(members: Sequence[str], pledges: Iterable[tuple[str, str]], loads: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """The line number of every load by its id. `pledges` are units with their member, `loads` have id, unit and member.

    Units count in the order in which the folder pledges them, moved or not, loads of a unit by their id: a number stays as long as the
    loads of its unit do. A nation with more units, or a unit with more loads, than two characters count has its loads numbered through.
    """
    pledges = tuple(pledges)
    known = dict.fromkeys([*members, *(member for _, member in pledges), *sorted(member for _, _, member in loads)])
    codes = _codes(known)
    units: dict[str, dict[str, list[str]]] = {}
    for unit, member in pledges:
        units.setdefault(member, {})[unit] = []
    for load, unit, member in sorted(loads, key=lambda item: (item[1], item[0])):
        units.setdefault(member, {}).setdefault(unit, []).append(load)
    numbers: dict[str, str] = {}
    for member, its_units in units.items():
        fits = len(its_units) < _TWO and all(len(its) < _TWO for its in its_units.values())
        running = 0
        for unit_place, its in enumerate(its_units.values(), 1):
            for place, load in enumerate(its, 1):
                running += 1
                numbers[load] = codes[member] + (_figure(unit_place, 2) + _figure(place, 2) if fits else _figure(running, 4))
    return numbers


def _codes(members: Iterable[str]) -> dict[str, str]:
    """Three signs for every member: the first letters of its id, told apart by a last sign where two begin alike."""
    taken: dict[str, str] = {}
    used: set[str] = set()
    for member in members:
        letters = ("".join(sign for sign in member.upper() if sign.isascii() and sign.isalnum()) + _NOBODY)[:3] if member else _NOBODY
        nearby = (letters[:2] + sign for sign in _DIGITS)
        free = chain((letters,), nearby, (_figure(number, 3) for number in range(_TWO * len(_DIGITS))))
        taken[member] = next(code for code in free if code not in used)
        used.add(taken[member])
    return taken


def _figure(value: int, width: int) -> str:
    text = ""
    for _ in range(width):
        value, rest = divmod(value, len(_DIGITS))
        text = _DIGITS[rest] + text
    return text
