"""Faults in what people wrote: where, what was seen, what was expected, the nearest known name, the next step."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault at one place of a mission folder."""

    file: str
    """File, relative to the mission folder."""
    line: int
    """Line, counted from 1; 0 where the fault is the file itself."""
    where: str
    """Path of the item in the file, such as `tasks[2].priority`."""
    seen: str
    """What stands there, shortened."""
    expected: str
    """What was expected."""
    nearest: str = ""
    """The nearest known name, if one is near."""
    next_step: str = ""
    """What to do about it."""

    def sentence(self) -> str:
        """The fault as one line of text."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{place}: {self.where + ': ' if self.where else ''}found {self.seen}; {self.expected}."]
        if self.nearest:
            parts.append(f"Did you mean '{self.nearest}'?")
        if self.next_step:
            parts.append(self.next_step)
        return " ".join(parts)

    def as_dict(self) -> dict[str, str | int]:
        """The fault for machines."""
        return asdict(self)


class Borrowed(int):
    """The line of a value that stands in scenarios.yaml instead of the file it was laid over."""

    exact: bool
    """Whether the value itself stands there, and not just a change of the item it belongs to."""

    @classmethod
    def of(cls, line: int, exact: bool = True) -> Borrowed:
        """A line of scenarios.yaml."""
        made = cls(line)
        made.exact = exact
        return made


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like the one written, or nothing."""
    hits = difflib.get_close_matches(str(name)[:80], sorted(known), n=1, cutoff=0.6)
    return hits[0] if hits else ""


def shown(value: object) -> str:
    """A value as a fault shows it: quoted, on one line, at most 60 characters."""
    text = repr(value) if not isinstance(value, str) else f"'{value}'"
    text = " ".join("".join(sign if sign.isprintable() else "?" for sign in text[:200]).split())
    return text if len(text) <= 60 else text[:57] + "..."
