"""What has to hold for a task's links to be green, test by test, and how each kind of change bears on it.

A kind of change helps a test, hurts it, or may do either. New units, for one, help to fill a task, and hurt where no transfer of authority
covers them. So a test that fails says what is wanting: one more change of those that help, or one less of those that hurt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casque.checks.chain import judge_links
from casque.checks.manned import in_time, lost_units
from casque.checks.muster import musters
from casque.checks.pools import candidates
from casque.checks.problem import Problem
from casque.mission.tasks import Task
from casque.plan.findings import State

UNITS = ("waive caveat", "add pledge", "hasten unit")
WAYS = ("add lift", "open route")
NAMED = ("name rule",)
"""A rule that a task names brings its caveats with it."""


@dataclass(frozen=True)
class GreenTest:
    """Something that has to hold for the links to be green."""

    group: str
    """Group of the oracle to which its links belong."""
    links: tuple[str, ...]
    """Links that are not green where it fails."""
    holds: Callable[[Problem, Task], bool]
    helps: tuple[str, ...] = ()
    """Kinds of change that never make it fail."""
    hurts: tuple[str, ...] = ()
    """Kinds of change that never make it hold."""
    either: tuple[str, ...] = ()
    """Kinds of change that may do either."""


def _green(*links: str) -> Callable[[Problem, Task], bool]:
    return lambda problem, task: all(verdict.state is State.GREEN for verdict in judge_links(problem, task, links))


def _in_time(problem: Problem, task: Task) -> bool:
    return in_time(problem, task, musters(problem, task))


def _none_lost(problem: Problem, task: Task) -> bool:
    return not lost_units(problem, task, musters(problem, task))


def _authority(problem: Problem, task: Task) -> bool:
    """Where nobody is free to come in time the other tests fail, and who could be tasked is not looked at."""
    if not any(muster.free for muster in musters(problem, task)):
        return True
    days, end = problem.at_bases(task, problem.free_arrivals), problem.day(task.end)
    return not any(days[c.id] <= end for c in candidates(problem, task)[0]) or _green("authority")(problem, task)


TESTS: dict[str, GreenTest] = {
    "provision": GreenTest("mandate", ("provision",), _green("provision"), either=("renew mandate", "amend mandate")),
    "engagement": GreenTest(
        "engagement",
        ("engagement",),
        _green("engagement"),
        helps=("implement rule", "delegate authority"),
        either=("request rule", "name rule"),
    ),
    "measure": GreenTest("measure", ("measure",), _green("measure"), helps=("add measure", "observe measure")),
    "supply": GreenTest(
        "supply", ("supply",), _green("supply"), helps=("add supply policy", "hire carriers", *WAYS), either=("add supply",)
    ),
    "units": GreenTest("force", ("capability", "units"), _green("capability", "units"), helps=UNITS, either=NAMED),
    "in time": GreenTest("force", ("movement",), _in_time, helps=(*UNITS, *WAYS), either=NAMED),
    "none lost": GreenTest(
        "force", ("movement",), _none_lost, helps=("hasten unit", *WAYS), hurts=("waive caveat", "add pledge"), either=NAMED
    ),
    "authority": GreenTest(
        "force",
        ("authority",),
        _authority,
        helps=("transfer authority", "change command relationship", "bring agreement forward"),
        hurts=(*UNITS, *WAYS),
        either=NAMED,
    ),
    "agreements": GreenTest(
        "force",
        ("agreements",),
        _green("agreements"),
        helps=("bring agreement into force", "sign memorandum"),
        either=(*UNITS, *WAYS, *NAMED),
    ),
}
"""Every test; a task whose links hold them all is green."""
