"""What goes from a card that does not fit its page: sentences first, then entries that can be joined, whole entries last."""

from __future__ import annotations

from dataclasses import astuple, replace

from casque.products.cards.card import APART, Card, Line
from casque.products.cards.telling import phrases_of

LIFTS_FROM = {"may": (1, 3), "ask": (2, 4), "never": (5, 5), "nation": (99, 99), "call": (99, 99)}
"""By kind of section, the steps of shortening from which sentences go that conditions sum up, and from which all go."""
PACKS_FROM = 6
"""The step from which measures without any condition share one entry, as do those whose word comes from one post or another."""
MOST_PACKED = 8
"""Measures that may share an entry; more make none that anybody would read."""
CUTS_FROM = {"may": 6, "ask": 6, "call": 6, "never": 18, "nation": 18}
"""By kind of section, the step from which whole lines go, one a list and step; what is forbidden goes last."""
MOST_LINES = {"may": 15, "ask": 15, "call": 3, "never": 12, "nation": 8}
"""By kind of section, the lines that are left at that step."""
FEWEST_LINES = 3
LAST_STEP = 28
"""The last step, at which long texts are clipped too."""
MOST_SIGNS = 120
"""Signs of a text at the last step."""


def shortened(card: Card, step: int) -> Card:
    """The card with less on it, for one that does not fit its page.

    First what may be done loses the sentences that its conditions sum up, then what is to be asked for; then both lose all sentences,
    then what is forbidden. Then entries that say the same are joined and only the nearest posts named. After that every list of rules
    and limits is cut, and says by how many lines.
    """
    say = phrases_of(card.language)
    sections = []
    for section in card.sections:
        if section.kind not in LIFTS_FROM:
            sections.append(section)
            continue
        summed, wholly = LIFTS_FROM[section.kind]
        lines = tuple(
            replace(line, text="") if line.title and (step >= wholly or (step >= summed and line.detail)) else line
            for line in section.lines
        )
        cuts = step - CUTS_FROM[section.kind]
        most = max(FEWEST_LINES, MOST_LINES[section.kind] - cuts) if cuts >= 0 else len(lines)
        rest = section.rest
        if section.kind == "may" and step >= PACKS_FROM:
            lines = _packed(lines, say.series)
        if section.kind == "ask" and step >= PACKS_FROM:
            lines = _merged(lines, say.by_unit)
        if len(lines) > most and section.kind != "call":
            rest = f"{say.more.format(n=len(lines) - most)} {rest}".strip()
        sections.append(replace(section, lines=tuple(_clipped(line, step) for line in lines[:most]), rest=rest))
    return replace(card, sections=tuple(sections))


def _packed(lines: tuple[Line, ...], between: str) -> tuple[Line, ...]:
    """The lines, those with nothing but a title joined to one at the end."""
    bare = [line.title for line in lines if line.title and not (line.text or line.detail or line.word)]
    if not 2 <= len(bare) <= MOST_PACKED:
        return lines
    return (*(line for line in lines if line.title not in bare or line.detail), Line(between.join(bare)))


def _merged(lines: tuple[Line, ...], by_unit: str) -> tuple[Line, ...]:
    """The lines, those of one title made one: all their words, and the conditions that they have in common."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.title, []).append(line)
    merged = []
    for alike in found.values():
        words = dict.fromkeys(line.word for line in alike)
        parts = [line.detail.split(APART) for line in alike]
        detail = APART.join(part for part in parts[0] if all(part in others for others in parts))
        word = " / ".join(words) + (f" ({by_unit})" if len(words) > 1 else "")
        merged.append(replace(alike[0], detail=detail, word=word) if len(alike) > 1 else alike[0])
    return tuple(merged)


def _clipped(line: Line, step: int) -> Line:
    if step < LAST_STEP:
        return line
    return Line(*(text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…" for text in astuple(line)))
