"""What is wrong with a staff's own statement of requirements beside the tasks that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from casque.mission.faults import Fault, nearest
from casque.mission.links import Rows
from casque.mission.requirements import Requirement
from casque.mission.tasks import Task
from casque.mission.vocabulary import StatementMode
from casque.mission.yaml_source import Parsed, written_path

FILE = "forces/requirements.csv"
KEY = "requirements"


def requirement_faults(parts: Mapping[str, Any], parsed: Mapping[str, Parsed], rows: Rows) -> list[Fault]:
    """Bands out of order, lines that override nothing, and lines that override the same at the same time.

    Ids that nothing carries and dates out of order are found with those of every other item.
    """
    if KEY not in parts or FILE not in parsed:
        return []
    lines = _Lines(parsed[FILE], rows)
    items = list(enumerate(parts[KEY].requirements))
    tasks = {task.id: task for task in parts["tasks"].tasks} if "tasks" in parts else {}
    faults = [fault for number, item in items for fault in _band(number, item, lines)]
    for number, item in items:
        if item.mode is StatementMode.OVERRIDES and item.task in tasks:
            faults += _overrides_nothing(number, item, tasks[item.task], lines)
    over = [(number, item) for number, item in items if item.mode is StatementMode.OVERRIDES]
    for (number, item), (other_number, other) in combinations(over, 2):
        if (item.task, item.sector, item.capability) == (other.task, other.sector, other.capability) and _meet(item, other, tasks):
            seen = f"'{item.capability}' in '{item.sector}' for '{item.task}' again"
            expected = f"expected one line that overrides it at a time (another on line {int(lines.of(number, 'id'))})"
            faults.append(lines.fault(other_number, "mode", seen, expected, "", "Part their days, or write 'joins' for one of them."))
    return faults


class _Lines:
    """Where in the file each field of each line stands."""

    def __init__(self, parsed: Parsed, rows: Rows) -> None:
        self._lines = parsed.lines
        self._rows = rows.get(KEY, [])

    def of(self, number: int, field: str) -> int:
        row = self._rows[number][1]
        return self._lines.get((KEY, row, field), self._lines.get((KEY, row), 1))

    def fault(self, number: int, field: str, seen: str, expected: str, near: str, step: str) -> Fault:
        return Fault(FILE, self.of(number, field), written_path((KEY, self._rows[number][1], field)), seen, expected, near, step)


def _band(number: int, item: Requirement, lines: _Lines) -> Iterator[Fault]:
    step = "Correct one of the two."
    if item.low is not None and item.low > item.strength:
        yield lines.fault(number, "low", f"low {item.low:g} person", f"expected at most the strength, {item.strength:g} person", "", step)
    if item.high is not None and item.high < item.strength:
        yield lines.fault(
            number, "high", f"high {item.high:g} person", f"expected at least the strength, {item.strength:g} person", "", step
        )


def _overrides_nothing(number: int, item: Requirement, task: Task, lines: _Lines) -> Iterator[Fault]:
    wanted = [
        f"{need.capability} in {sector}"
        for need in task.needs
        for sector in ([task.force_of] if task.force_of is not None else need.sectors or task.sectors)
    ]
    here = f"{item.capability} in {item.sector}"
    if here not in wanted:
        told = ", ".join(dict.fromkeys(wanted)) or "nothing"
        expected = f"expected something that the task '{task.id}' needs: {told}"
        near = nearest(here, wanted)
        yield lines.fault(number, "mode", f"a line that overrides {here}", expected, near, "Write 'joins', or correct the line.")


def _meet(one: Requirement, other: Requirement, tasks: Mapping[str, Task]) -> bool:
    first, last = _window(one, tasks)
    start, end = _window(other, tasks)
    return first <= end and start <= last


def _window(item: Requirement, tasks: Mapping[str, Task]) -> tuple[date, date]:
    task = tasks.get(item.task)
    start = item.first_day or (task.start if task is not None else date.min)
    return start, item.last_day or (task.end if task is not None else date.max)
