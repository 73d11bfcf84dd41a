"""What the command line prints: text for people on a terminal, or one JSON object for machines.

The JSON object has the same shape for every command, done or failed:
`{"ok", "status", "command", "data", "error"}`, where `error` is null or `{"kind", "message", "next_step", "faults"}`.
"""

from __future__ import annotations

import errno
import json as json_text
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from casque.errors import BadInput, CasqueError
from casque.mission.faults import Fault

if TYPE_CHECKING:
    from rich.console import Console as Terminal

MOST_REASONS = 5
"""Changed inputs that a line of progress names."""

BUG_HINT = "This is a mistake of the program, not yours. Please report the command, the version and this text."


WIDTH = 120
"""Columns of a table where neither a terminal nor COLUMNS says how many there are."""

UNWRITABLE = 2
"""Exit code where what was asked for could not be printed."""


FULL = (errno.ENOSPC, errno.EIO, errno.EDQUOT)
"""What the system says where the output takes no more."""


def open_streams() -> None:
    """Let no sign that the terminal cannot show stop a command: it is printed as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def leave(status: int) -> int:
    """Send out what is still to be printed and return the exit code; one line on stderr where the output cannot take it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_stdout()
    except OSError as error:
        _unwritable(error)
        return UNWRITABLE
    return status


def _unwritable(error: OSError) -> None:
    _close_stdout()
    with suppress(OSError):
        print(f"casque: the output cannot be written: {error.strerror}. Make room or print elsewhere.", file=sys.stderr)


def _close_stdout() -> None:
    """Nothing more can be printed: what is left goes nowhere, so that Python does not try again when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _terminal() -> Terminal:
    """Where tables are printed. A closed pipe is told to the caller: rich would leave with the exit code that means findings here."""
    from rich.console import Console as Plain

    class Told(Plain):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Told(highlight=False, width=_width())


def _width() -> int:
    """Columns of the terminal; COLUMNS goes before it, and holds for pipes too."""
    return get_terminal_size((WIDTH, 24)).columns


class Console:
    """Where one command prints."""

    def __init__(self, command: str, json: bool) -> None:
        self.command = command
        self.json = json
        self._data: Any = {}
        self._warnings: list[dict[str, str | int]] = []

    def data(self, value: Any) -> None:
        """What machines get."""
        self._data = value

    def say(self, *lines: str) -> None:
        """Lines of text for people."""
        if not self.json:
            for line in lines:
                print(line)

    def warn(self, faults: Iterable[Fault]) -> None:
        """Faults that do not stand in the way of the command, for people on stderr, for machines beside the data."""
        self._warnings = [fault.as_dict() for fault in faults]
        if not self.json:
            for fault in faults:
                print(f"warning: {fault.sentence()}", file=sys.stderr)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table for people."""
        if self.json:
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(_plain(cell) for cell in row))
        terminal = _terminal()
        terminal.print(Text(title, style="bold"))
        terminal.print(table)
        terminal.print()

    def answers(self, answers: Iterable[tuple[str, str]]) -> None:
        """Questions with their answers, for people."""
        if self.json:
            return
        from rich.padding import Padding
        from rich.text import Text

        terminal = _terminal()
        for question, answer in answers:
            terminal.print(Text(question, style="bold"))
            terminal.print(Padding(Text(answer), (0, 0, 0, 2)))
        terminal.print()

    def watch(self, moment: str, stage: Any, done: Any) -> None:
        """Progress of a run, a line a stage; on a terminal the running stage is shown while it works."""
        if self.json:
            return
        if moment == "start":
            if sys.stdout.isatty():
                print(f"  ... {stage.name}: {stage.title}", end="\r", flush=True)
            return
        if sys.stdout.isatty():
            print("\033[2K", end="\r")
        if done.cached:
            print(f"  =   {stage.name:<9} unchanged", flush=True)
        else:
            more = f" and {len(done.because) - MOST_REASONS} more" if len(done.because) > MOST_REASONS else ""
            changed = ", ".join(_plain(name) for name in done.because[:MOST_REASONS]) + more
            print(f"  run {stage.name:<9} {done.seconds:5.1f} s  ({changed})", flush=True)

    def end(self, status: int) -> int:
        """Print what machines get, if they asked, and return the exit code."""
        if self.json:
            data = {**self._data, "warnings": self._warnings} if self._warnings and isinstance(self._data, dict) else self._data
            _print_object({"ok": status in (0, 1), "status": status, "command": self.command, "data": data, "error": None})
        return status


def answer_of(error: Exception, json: bool, status: int = 2) -> int:
    """Print an error in the one shape that errors have, and return the exit code."""
    if isinstance(error, OSError) and error.errno in FULL and error.filename is None:
        _unwritable(error)
        return UNWRITABLE
    try:
        return _tell(error, json, status)
    except OSError as refused:
        _unwritable(refused)
        return UNWRITABLE


def _tell(error: Exception, json: bool, status: int) -> int:
    faults = error.faults if isinstance(error, BadInput) else ()
    if isinstance(error, CasqueError):
        kind, message, next_step = error.kind, error.message, error.next_step
    else:
        kind, message, next_step = "bug", f"{type(error).__name__}: {error}", BUG_HINT
    if json:
        detail = {"kind": kind, "message": message, "next_step": next_step, "faults": [fault.as_dict() for fault in faults]}
        _print_object({"ok": False, "status": status, "command": None, "data": None, "error": detail})
        return status
    for fault in faults:
        print(fault.sentence(), file=sys.stderr)
    print(f"casque: {message}{'' if message.endswith('.') else '.'}", file=sys.stderr)
    if next_step:
        print(next_step, file=sys.stderr)
    return status


def _print_object(value: Any) -> None:
    print(json_text.dumps(value, indent=1, ensure_ascii=False, default=str))


def _plain(text: str) -> str:
    """Text without the characters that would steer a terminal or rich's markup."""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n").replace("[", r"\[")
