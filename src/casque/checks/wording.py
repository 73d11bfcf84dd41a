"""How the checks put numbers, days and names into sentences."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names as a sentence lists them, cut after `most`."""
    every = list(dict.fromkeys(names))
    shown = every if len(every) <= most + 1 else every[:most]
    if len(every) > len(shown):
        return f"{', '.join(shown)} and {len(every) - len(shown)} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def day_text(day: float) -> str:
    """A day as planners write it."""
    whole = int(day // 1)
    return f"D{whole:+d}" if whole else "D-day"
