"""Reading YAML 1.2 (core schema) with the line of every value.

Anchors, aliases, tags and merge keys are refused: a mission folder says each thing once, and an alias can unfold to gigabytes.
A key with nothing behind it counts as left out, so blank forms can be filled in bit by bit. Dates and quantities stay text
here; the model reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from casque.mission.faults import Fault, shown

Path = tuple[str | int, ...]

MOST_DEPTH = 24
_INT = re.compile(r"[-+]?[0-9]{1,18}$")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,30}\.[0-9]{0,30}|\.[0-9]{1,30}|[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?$")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Parsed:
    """What a file holds, the line of every value, and what is wrong with it as YAML."""

    value: Any
    lines: dict[Path, int]
    faults: list[Fault] = field(default_factory=list)


def parse_yaml(text: str, name: str) -> Parsed:
    """Read YAML text. Faults of syntax end up in the result, with their line; nothing is raised."""
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        builder.fault(
            line,
            (),
            "text that is not YAML",
            f"expected YAML: {error.problem or 'cannot be read'}",
            "Check indentation, colons and quotes on this line.",
        )
        builder.stopped = True
    except (yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        builder.fault(0, (), "text that is not YAML", f"expected YAML: {reason}", "Save the file as plain UTF-8 text.")
        builder.stopped = True
    return Parsed(None if builder.stopped else builder.root, builder.lines, builder.faults)


def scalar(text: str) -> Any:
    """The value of a plain scalar under the YAML 1.2 core schema; `NO` stays text."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


class _Builder:
    """Builds plain values from parse events, without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.stopped = False
        self._documents = 0
        # Each open collection: its path, its value, and for a mapping the key that waits for its value.
        self._open: list[tuple[Path, Any]] = []
        self._key: list[Any] = []

    def fault(self, line: int, path: Path, seen: str, expected: str, next_step: str = "") -> None:
        self.faults.append(Fault(self.name, line, written_path(path), seen, expected, next_step=next_step))

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.fault(
                    line,
                    (),
                    "a second document",
                    "expected one document in a file",
                    "Remove the line '---' and what follows, or move it to its own file.",
                )
                self.stopped = True
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.fault(line, self._path(), "an anchor or alias", "expected each thing written out", "Write the value in full.")
            self.stopped = True
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._key.pop()
        elif isinstance(event, yaml.ScalarEvent):
            if event.tag and not event.implicit[0] and not event.implicit[1]:
                self.fault(line, self._path(), f"the tag {shown(event.tag)}", "expected a plain value", "Remove the tag.")
            self._put(scalar(event.value) if event.implicit[0] else event.value, line)

    def _start(self, event: Any, line: int) -> None:
        if len(self._open) >= MOST_DEPTH:
            self.fault(
                line,
                (),
                f"more than {MOST_DEPTH} levels of nesting",
                "expected fewer",
                "Flatten the structure; the schema is at most six levels deep.",
            )
            self.stopped = True
            return
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._path()
        if self._open and isinstance(self._open[-1][1], dict) and self._key[-1] is _NO_KEY:
            self.fault(line, path, "a list or mapping as a key", "expected a name")
            self.stopped = True
            return
        self._put(value, line)
        self._open.append((path, value))
        self._key.append(_NO_KEY)

    def _path(self) -> Path:
        if not self._open:
            return ()
        path, value = self._open[-1]
        if isinstance(value, dict):
            return path if self._key[-1] is _NO_KEY else (*path, self._key[-1])
        return (*path, len(value))

    def _put(self, value: Any, line: int) -> None:
        if not self._open:
            self.root = value
            self.lines[()] = line
            return
        path, holder = self._open[-1]
        if isinstance(holder, list):
            self.lines[(*path, len(holder))] = line
            holder.append(value)
        elif self._key[-1] is _NO_KEY:
            key = value if isinstance(value, str) else str(value)
            if (*path, key) in self.lines:
                self.fault(
                    line,
                    (*path, key),
                    f"the key '{key}' again",
                    f"expected it once (first on line {self.lines[(*path, key)]})",
                    "Remove or rename one of the two.",
                )
            self.lines.setdefault((*path, key), line)
            self._key[-1] = key
        else:
            # A key with nothing behind it is a form not filled in: the same as a key left out.
            if value is not None:
                holder[self._key[-1]] = value
            self._key[-1] = _NO_KEY


class _NoKey:
    """Stands for a mapping that waits for a key."""


_NO_KEY = _NoKey()


def written_path(path: Path) -> str:
    """A path as people read it: `tasks[2].priority`, items counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
