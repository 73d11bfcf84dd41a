"""Every error that Casque raises on purpose.

CasqueError                  something a person can mend; says what, where, next step
├── BadInput                 the folder or the command line cannot be read as meant; carries the faults
├── NoSuchItem               a name that is not in the mission; carries the nearest names
├── NotYetRun                a record is asked for that no run has written
└── Unwritable               `out/` or a new folder cannot be written
CasqueBug                    our mistake, never the user's
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class CasqueError(Exception):
    """Something a person can mend. `next_step` says how."""

    kind = "error"

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class BadInput(CasqueError):
    """The folder or the command line cannot be read as meant; `faults` holds every one that was found."""

    kind = "bad input"

    def __init__(self, message: str, faults: Sequence[Any] = (), next_step: str = "") -> None:
        super().__init__(message, next_step)
        self.faults = tuple(faults)


class NoSuchItem(CasqueError):
    """A name that is not in the mission; the message carries the nearest names."""

    kind = "no such item"


class NotYetRun(CasqueError):
    """A record is asked for that no run has written."""

    kind = "not yet run"


class Unwritable(CasqueError):
    """A file or folder cannot be written."""

    kind = "unwritable"


class CasqueBug(Exception):
    """Our mistake, never the user's: an invariant of the program does not hold."""

    kind = "bug"
