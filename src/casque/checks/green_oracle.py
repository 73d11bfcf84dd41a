"""Whether a set of changes turns a task green, and where it does not, what is wanting.

Of every clause that is learned, one change has to be made or one of those against it left out. A clause holds for every set that turns
the task green: it is widened only in the directions in which the test that failed can only go on failing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from casque.checks.green_tests import TESTS
from casque.checks.options import Options
from casque.checks.oracle import Oracle
from casque.mission.tasks import Task


@dataclass(frozen=True)
class Clause:
    """Changes of which one has to be made, or of which one has to be left out."""

    make: frozenset[int]
    leave: frozenset[int]


class GreenOracle(Oracle):
    """Judges tasks after changes by whether they are green, and remembers every judgement."""

    def __init__(self, options: Options, tasks: tuple[Task, ...]) -> None:
        super().__init__(options, tasks)
        self._passed: dict[tuple[str, str, str, frozenset[int]], bool] = {}
        self._bearing: dict[tuple[str, str, str], frozenset[int]] = {}

    @property
    def tested(self) -> int:
        """How many tests were judged so far."""
        return len(self._passed)

    def bearing(self, task: str, mode: str, test: str) -> frozenset[int]:
        """Changes that could bear on a test of a task."""
        key = (task, mode, test)
        if key not in self._bearing:
            asked = TESTS[test]
            kinds = (*asked.helps, *asked.hurts, *asked.either)
            self._bearing[key] = self._in_group(task, mode, asked.group) & frozenset(self.options.of_kind(*kinds))
        return self._bearing[key]

    def _in_group(self, task: str, mode: str, group: str) -> frozenset[int]:
        key = (task, mode, group)
        if key not in self._relevant:
            # Hastened units come under notice only once they are.
            sooner = frozenset(self.options.of_kind("hasten unit")) if group == "force" else frozenset[int]()
            known = {n for made in {frozenset[int](), sooner} for n in self.bearing_on(group, self.tasks[task], mode, made)}
            self._relevant[key] = frozenset(known)
        return self._relevant[key]

    def passes(self, task: str, mode: str, test: str, chosen: frozenset[int]) -> bool:
        """Whether a test holds after some changes."""
        kept = chosen & self.bearing(task, mode, test)
        key = (task, mode, test, kept)
        if key not in self._passed:
            state = self.state(task, mode, kept)
            self._passed[key] = TESTS[test].holds(state, state.tasks[task])
        return self._passed[key]

    def learned(self, task: str, mode: str, chosen: frozenset[int]) -> list[Clause]:
        """One clause for every test that fails after some changes."""
        return [self._clause(task, mode, test, chosen) for test in TESTS if not self.passes(task, mode, test, chosen)]

    def best(self, task: str, mode: str, test: str) -> frozenset[int]:
        """Every change that helps a test."""
        return self.bearing(task, mode, test) & frozenset(self.options.of_kind(*TESTS[test].helps))

    def _clause(self, task: str, mode: str, test: str, chosen: frozenset[int]) -> Clause:
        bearing, asked = self.bearing(task, mode, test), TESTS[test]
        made = chosen & bearing
        helps, hurts = (bearing & frozenset(self.options.of_kind(*kinds)) for kinds in (asked.helps, asked.hurts))
        either = bearing - helps - hurts
        made |= _widened(helps - made, partial(self._fails_with, task, mode, test, made))
        made -= _widened(hurts & made, partial(self._fails_without, task, mode, test, made))
        return Clause((helps | either) - made, (hurts | either) & made)

    def _fails_with(self, task: str, mode: str, test: str, made: frozenset[int], more: frozenset[int]) -> bool:
        return not self.passes(task, mode, test, made | more)

    def _fails_without(self, task: str, mode: str, test: str, made: frozenset[int], less: frozenset[int]) -> bool:
        return not self.passes(task, mode, test, made - less)


def _widened(waiting: frozenset[int], still: Callable[[frozenset[int]], bool]) -> frozenset[int]:
    """A largest part of some changes for which something still holds, found by halves."""
    taken: frozenset[int] = frozenset()
    parts = [sorted(waiting)] if waiting else []
    while parts:
        part = parts.pop()
        if still(taken | frozenset(part)):
            taken |= frozenset(part)
        elif len(part) > 1:
            half = len(part) // 2
            parts += [part[half:], part[:half]]
    return taken
