"""Texts of records as documents print them: true minus signs, a blank before per cent, days without needless decimals; and sentences."""

from __future__ import annotations

import re

_MINUS = re.compile(r"(?:(?<=^)|(?<=[\s(\[≤≥<>]))-(?=\d)|(?<=\bD)-(?=\d)")
_PERCENT = re.compile(r"(?<=\d)%(?!\w)")
_DAYS = re.compile(r"(?<![\d.,])(\d+\.\d+)(?=[ \u00a0]days?\b)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\"'(])")


def tidy(text: str) -> str:
    """A text of a record with the signs that the report uses."""
    text = _PERCENT.sub("\u00a0%", _MINUS.sub("−", text))
    return _DAYS.sub(lambda found: f"{float(found[1]):.0f}" if float(found[1]) >= 2 else f"{float(found[1]):.1f}", text)


def sentences(texts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Some texts as single sentences."""
    return tuple(part for text in texts for part in _SENTENCE.split(text.strip()) if part)


def without_title(text: str, title: str) -> str:
    """A text that begins with a title, without it, where the title already stands before it."""
    if not text.startswith(title):
        return text
    rest = text[len(title) :].lstrip(":").strip()
    return rest[:1].upper() + rest[1:] if rest else text


def wrapped(text: str, most: int) -> list[str]:
    """A text in lines of at most so many characters; a word that is longer alone is broken."""
    lines = [""]
    for word in text.split():
        while len(word) > most:
            room = most - len(lines[-1]) - 1 if lines[-1] else most
            if room > 0:
                lines[-1] = f"{lines[-1]} {word[:room]}".strip()
                word = word[room:]
            lines.append("")
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if lines[-1] or len(lines) == 1 else lines[:-1]
