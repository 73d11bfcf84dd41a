"""A scenario laid over a folder: its changes made to what was parsed, each changed value with its line in scenarios.yaml.

Positions in lists count as the folder stands: what is taken away leaves its place empty until every change has been made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casque.mission.faults import Borrowed, Fault, nearest, shown
from casque.mission.layout import OPTIONAL_TABLES
from casque.mission.links import KINDS, Kind
from casque.mission.scenarios import Addition, Removal, Scenario, Setting
from casque.mission.vocabulary import Grade
from casque.mission.yaml_source import Parsed, Path, written_path

FILE = "scenarios.yaml"
_STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_ -]*)((?:\[[0-9]{1,6}\])*)$")
_GONE = object()
_UNJUDGED = ("id", "source", "grade", "judged", "note")

_LISTS = {kind.name: kind for kind in KINDS if kind.name != "scenario"} | {"source": Kind("source", "sources", "sources.yaml", "sources")}
_WHOLE = ("mission", "file")


@dataclass
class Overlay:
    """What the folder's files hold under a scenario."""

    line: int
    """Line of the scenario in scenarios.yaml."""
    parsed: dict[str, Parsed]
    """Every file, changed ones as copies."""
    touched: list[str] = field(default_factory=list)
    """Files that were changed."""
    faults: list[Fault] = field(default_factory=list)
    """Changes that cannot be made."""
    items: dict[tuple[str, int], int] = field(default_factory=dict)
    """Line of the change that touched an item, by the item's own file and line."""
    gone: dict[str, int] = field(default_factory=dict)
    """Line of the change that took an id away."""

    def blame(self, faults: list[Fault], sound: bool) -> Iterator[Fault]:
        """Faults of the folder under the scenario, told at the line of scenarios.yaml that brings them about.

        Where the folder has faults of its own, only what certainly comes from the scenario is told.
        """
        for fault in faults:
            if fault.file == FILE:
                # A fault among the scenarios themselves is told once, for the folder.
                continue
            where = f"{fault.file} {fault.where}".strip()
            line: int | None = None
            if isinstance(fault.line, Borrowed):
                line = int(fault.line) if sound or fault.line.exact else None
            elif sound:
                line = self.items.get((fault.file, fault.line)) or self.gone.get(fault.seen.strip("'")) or self.line
            if line is not None:
                yield Fault(FILE, line, where, fault.seen, fault.expected, fault.nearest, fault.next_step)


def overlaid(parsed: Mapping[str, Parsed], chain: tuple[tuple[Scenario, int], ...], faulty: frozenset[str] = frozenset()) -> Overlay:
    """Lay scenarios over a folder, the first of the chain first; each comes with its place in scenarios.yaml, counted from 0.

    An item that is not found is not held against a scenario where the file that should have it is faulty itself.
    """
    overlay = Overlay(parsed[FILE].lines.get(("scenarios", chain[-1][1]), 1), dict(parsed))
    work = _Work(overlay, parsed[FILE], faulty)
    for scenario, row in chain:
        for number, change in enumerate(scenario.changes):
            work.make(scenario, change, ("scenarios", row, "changes", number))
    work.settle()
    return overlay


class _Work:
    """The changes while they are being made."""

    def __init__(self, overlay: Overlay, written: Parsed, faulty: frozenset[str]) -> None:
        self.overlay = overlay
        self.written = written
        self.faulty = faulty
        # Items touched by a change, as the folder stands, with the change's line.
        self.marks: dict[str, dict[Path, int]] = {}

    def make(self, scenario: Scenario, change: Setting | Removal | Addition, here: Path) -> None:
        if isinstance(change, Addition):
            self._add(scenario, change, here)
        elif isinstance(change, Removal):
            for name, at in _each(change.remove, here, "remove", self.written):
                self._remove(name, at)
        else:
            if (*here, "set") not in self.written.lines:
                self._fault(here, "no 'set'", "expected the key 'set'", "", "Write 'set:' with nothing behind it to leave the field out.")
                return
            for name, at in _each(change.item, here, "item", self.written):
                for dotted, there in _each(change.field, here, "field", self.written):
                    self._set(scenario, name, at, dotted, there, here)

    def settle(self) -> None:
        """Close the gaps that removals left, and give every line under a touched item to the change that touched it."""
        for name in self.overlay.touched:
            if name in self.overlay.parsed:
                self.overlay.parsed[name] = _settled(self.overlay.parsed[name], self.marks.get(name, {}))

    def _fault(self, path: Path, seen: str, expected: str, near: str = "", next_step: str = "") -> None:
        self.overlay.faults.append(Fault(FILE, self._line(path), written_path(path), seen, expected, near, next_step))

    def _line(self, path: Path) -> int:
        while path and path not in self.written.lines:
            path = path[:-1]
        return self.written.lines.get(path, 1)

    def _own(self, name: str) -> Parsed:
        parsed = self.overlay.parsed[name]
        if name not in self.overlay.touched:
            parsed = Parsed(_copied(parsed.value), dict(parsed.lines))
            self.overlay.parsed[name] = parsed
            self.overlay.touched.append(name)
        return parsed

    def _add(self, scenario: Scenario, change: Addition, here: Path) -> None:
        kind = _LISTS.get(change.add)
        if kind is None:
            known = sorted(_LISTS)
            self._fault((*here, "add"), shown(change.add), "expected one of " + ", ".join(known), nearest(change.add, known))
            return
        item = _copied(self._raw((*here, "item")))
        path: Path = ()
        if kind.name != "source" and "source" not in item:
            item |= {"source": list(scenario.source)} | ({} if "grade" in item else {"grade": scenario.grade.value})
        if kind.name == "lesson":
            name = f"{kind.file}/scenario {scenario.id} {item.get('id')}.yaml"
            self.overlay.parsed[name] = Parsed(item, {})
            self.overlay.touched.append(name)
        else:
            names = _files(kind, self.overlay.parsed)
            name = names[0] if names else f"{kind.file}/scenario.csv"
            if not names:
                if kind.file in OPTIONAL_TABLES:
                    name = kind.file
                    self.overlay.parsed[name] = Parsed({kind.key: []}, {(): 1, (kind.key,): 1})
                elif not kind.file.endswith((".yaml", ".csv")):
                    self.overlay.parsed[name] = Parsed({kind.key: []}, {})
                else:
                    return
            rows = self._own(name).value.setdefault(kind.key, [])
            if not isinstance(rows, list):
                return
            path = (kind.key, len(rows))
            rows.append(item)
        self._borrow(name, path, (*here, "item"))

    def _remove(self, reference: str, at: Path) -> None:
        found = self._find(reference, at)
        if found is None:
            return
        name, path = found
        kind, _, identity = reference.partition(":")
        if kind in _WHOLE:
            self._fault(at, shown(reference), "expected an item that can be taken away", next_step="Set its fields instead.")
            return
        self.overlay.gone[identity] = self._line(at)
        if not path:
            del self.overlay.parsed[name]
            self.overlay.touched.append(name)
            return
        holder = _at(self._own(name).value, path[:-1])
        holder[path[-1]] = _GONE

    def _set(self, scenario: Scenario, reference: str, at: Path, dotted: str, there: Path, here: Path) -> None:
        found = self._find(reference, at)
        if found is None:
            return
        name, root = found
        steps = _steps(dotted)
        if not steps:
            self._fault(there, shown(dotted), "expected the name of a field, such as 'title' or 'needs[1].posts'")
            return
        parsed = self._own(name)
        item = _at(parsed.value, root)
        holder = self._holder(item, steps, there, dotted)
        if holder is None:
            return
        last, value = steps[-1], _copied(self._raw((*here, "set")))
        if isinstance(holder, list) and isinstance(last, int) and last == len(holder):
            holder.append(_GONE)
        if last == "id" and len(steps) == 1:
            self.overlay.gone[str(item.get("id"))] = self._line(here)
        if value is not None:
            holder[last] = value
        elif isinstance(holder, dict):
            holder.pop(last, None)
        elif isinstance(last, int):
            holder[last] = _GONE
        path = (*root, *steps)
        for stale in [known for known in parsed.lines if known[: len(path)] == path]:
            del parsed.lines[stale]
        self.marks.setdefault(name, {})[root] = self._line(here)
        self.overlay.items[name, parsed.lines.get(root, 1)] = self._line(here)
        self._borrow(name, path, (*here, "set"))
        _judge(item, steps[0], scenario)

    def _holder(self, item: Any, steps: Path, there: Path, dotted: str) -> Any:
        """The mapping or list that holds the last step of a path below an item; None with a fault where there is no such place."""
        value = item
        for number, step in enumerate(steps):
            if isinstance(step, int):
                count = len(value) if isinstance(value, list) else 0
                if step < 0 or step > count or (step == count and number + 1 < len(steps)):
                    above = written_path(steps[:number])
                    self._fault(
                        there, shown(dotted), f"expected a place in {above}, which has {count} items", next_step="Places count from 1."
                    )
                    return None
            elif not isinstance(value, dict):
                self._fault(there, shown(dotted), f"expected a field that exists: {written_path(steps[:number])} holds no keys")
                return None
            if number + 1 == len(steps):
                return value
            if isinstance(step, str) and step not in value:
                if isinstance(steps[number + 1], int):
                    near = nearest(step, value)
                    self._fault(
                        there, shown(dotted), "expected a list that the item has", near, "Set the whole list where the item has none."
                    )
                    return None
                value[step] = {}
            value = value[step]
        return None

    def _find(self, reference: str, at: Path) -> tuple[str, Path] | None:
        """File and path of an item; None with a fault where there is none."""
        kind, _, identity = reference.partition(":")
        kinds = sorted([*_LISTS, *_WHOLE, "provision"])
        if kind not in kinds or not identity:
            expected = "expected kind:id, with one of the kinds " + ", ".join(kinds)
            self._fault(at, shown(reference), expected, nearest(kind, kinds), "Such as 'unit:ID' or 'file:supply.yaml'.")
            return None
        known: dict[str, tuple[str, Path]] = {}
        if kind == "file":
            known = {name: (name, ()) for name in self.overlay.parsed if name != FILE}
        elif kind == "mission" and "mission.yaml" in self.overlay.parsed:
            value = self.overlay.parsed["mission.yaml"].value
            known = {str(value.get("id")): ("mission.yaml", ())} if isinstance(value, dict) else {}
        else:
            known = {str(item.get("id")): place for item, place in _items(kind, self.overlay.parsed)}
        if identity in known:
            return known[identity]
        home = {"mission": "mission.yaml", "provision": "mandate.yaml"}.get(kind) or (_LISTS[kind].file if kind in _LISTS else "")
        if not any(name == home or name.startswith(f"{home}/") for name in self.faulty):
            why = "It was taken away by an earlier change." if identity in self.overlay.gone else ""
            self._fault(at, shown(reference), f"expected the id of a known {kind}", nearest(identity, known), why)
        return None

    def _raw(self, path: Path) -> Any:
        try:
            return _at(self.written.value, path)
        except (KeyError, IndexError):
            return None

    def _borrow(self, name: str, path: Path, source: Path) -> None:
        """Give a value the lines that it has in scenarios.yaml."""
        lines = self.overlay.parsed[name].lines
        lines[path] = Borrowed.of(self._line(source))
        for below, line in self.written.lines.items():
            if below[: len(source)] == source:
                lines[(*path, *below[len(source) :])] = Borrowed.of(line)


def _each(names: tuple[str, ...], here: Path, key: str, written: Parsed) -> Iterator[tuple[str, Path]]:
    """Each name of one or many, with its path in scenarios.yaml."""
    many = (*here, key, 0) in written.lines
    for number, name in enumerate(names):
        yield name, (*here, key, number) if many else (*here, key)


def _items(kind: str, parsed: Mapping[str, Parsed]) -> Iterator[tuple[dict[str, Any], tuple[str, Path]]]:
    """Items of a kind as they were parsed, with their places."""
    if kind == "provision":
        for item, (name, path) in _items("instrument", parsed):
            inner = item.get("provisions")
            for number, value in enumerate(inner if isinstance(inner, list) else ()):
                if isinstance(value, dict):
                    yield value, (name, (*path, "provisions", number))
        return
    for name in _files(_LISTS[kind], parsed):
        value = parsed[name].value
        if kind == "lesson":
            if isinstance(value, dict):
                yield value, (name, ())
            continue
        rows = value.get(_LISTS[kind].key) if isinstance(value, dict) else None
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                yield row, (name, (_LISTS[kind].key, number))


def _files(kind: Kind, parsed: Mapping[str, Parsed]) -> list[str]:
    """Files that may hold items of a kind: one, or every file of a folder."""
    return [name for name in parsed if name == kind.file or name.startswith(kind.file + "/")]


def _steps(dotted: str) -> Path:
    """The path behind `needs[1].posts`, positions counted from 0; empty where it is none."""
    steps: list[str | int] = []
    for part in dotted.split("."):
        match = _STEP.match(part)
        if match is None:
            return ()
        steps += [match[1], *(int(place) - 1 for place in re.findall(r"[0-9]+", match[2]))]
    return tuple(steps)


def _judge(item: Any, head: str | int, scenario: Scenario) -> None:
    """A supposed value is judgement, however well the rest of the item is borne out."""
    if not isinstance(item, dict) or head in _UNJUDGED or scenario.grade != Grade.JUDGEMENT:
        return
    judged = item.get("judged", [])
    if item.get("grade", Grade.JUDGEMENT) != Grade.JUDGEMENT and isinstance(judged, list) and head not in judged:
        item["judged"] = [*judged, head]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def _settled(parsed: Parsed, marks: Mapping[Path, int]) -> Parsed:
    moved: dict[Path, Path] = {}
    value = _closed(parsed.value, (), (), moved)
    lines: dict[Path, int] = {}
    for path, line in parsed.lines.items():
        above = path if path in moved else path[:-1]
        if above not in moved:
            continue
        mark = None if isinstance(line, Borrowed) else next((marks[path[:n]] for n in range(len(path)) if path[:n] in marks), None)
        lines[(*moved[above], *path[len(above) :])] = line if mark is None else Borrowed.of(mark, exact=False)
    return Parsed(value, lines)


def _closed(value: Any, old: Path, new: Path, moved: dict[Path, Path]) -> Any:
    moved[old] = new
    if isinstance(value, dict):
        return {key: _closed(part, (*old, key), (*new, key), moved) for key, part in value.items()}
    if isinstance(value, list):
        kept = [(number, part) for number, part in enumerate(value) if part is not _GONE]
        return [_closed(part, (*old, number), (*new, place), moved) for place, (number, part) in enumerate(kept)]
    return value
