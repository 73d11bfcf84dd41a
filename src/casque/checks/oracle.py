"""Whether a set of changes saves a task: the links are judged on the mission as it stands after them.

The links fall into groups, each of which only gains by further changes. Where a group fails, `cuts` tells which changes are
wanting: of each cut at least one has to be made.
"""

from __future__ import annotations

from casque.checks.chain import is_red
from casque.checks.muster import musters
from casque.checks.options import Options
from casque.checks.problem import Problem
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability

GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mandate": (("provision",), ("renew mandate", "amend mandate")),
    "engagement": (("engagement",), ("implement rule", "request rule", "name rule", "delegate authority")),
    "measure": (("measure",), ("add measure", "observe measure")),
    "supply": (("supply",), ("add supply policy", "add supply", "hire carriers", "open route", "add lift")),
    "force": (
        ("units", "movement", "authority", "agreements", "capability"),
        (
            "waive caveat",
            "add pledge",
            "hasten unit",
            "name rule",
            "transfer authority",
            "change command relationship",
            "bring agreement forward",
            "sign memorandum",
            "bring agreement into force",
            "add lift",
            "open route",
        ),
    ),
}
"""Group -> its links, and the kinds of change that bear on them."""

PEOPLE = ("waive caveat", "add pledge")


class Oracle:
    """Judges tasks after changes, and remembers every judgement."""

    def __init__(self, options: Options, tasks: tuple[Task, ...]) -> None:
        self.options = options
        self.tasks = {task.id: task for task in tasks}
        moves = options.of_kind("move task")
        self._moves = {(options.proposals[n].subject.partition(":")[2], options.proposals[n].place): n for n in moves}
        self.modes = {task.id: ("", *(place for owner, place in self._moves if owner == task.id)) for task in tasks}
        """For every task the sectors whose force may carry it out; empty stands for its own."""
        self._holds: dict[tuple[str, str, str, frozenset[int]], bool] = {}
        self._relevant: dict[tuple[str, str, str], frozenset[int]] = {}

    def move(self, task: str, mode: str) -> int | None:
        """Number of the change that hands a task to the force of another sector."""
        return self._moves.get((task, mode))

    def state(self, task: str, mode: str, chosen: frozenset[int]) -> Problem:
        """The problem after some changes, with a task in the hands of a sector's force."""
        move = self._moves.get((task, mode))
        return self.options.after(chosen if move is None else chosen | {move})

    def holds(self, task: str, mode: str, group: str, chosen: frozenset[int]) -> bool:
        """Whether no link of a group is red after some changes."""
        kept = chosen & self.relevant(task, mode, group)
        key = (task, mode, group, kept)
        if key not in self._holds:
            state = self.state(task, mode, kept)
            now = state.tasks[task]
            self._holds[key] = not any(is_red(state, now, link) for link in GROUPS[group][0])
        return self._holds[key]

    def relevant(self, task: str, mode: str, group: str) -> frozenset[int]:
        """Changes that could bear on a group of links of a task."""
        key = (task, mode, group)
        if key not in self._relevant:
            self._relevant[key] = frozenset()
            if not self.holds(task, mode, group, frozenset()):
                # Nothing is known yet of this group but that it fails without any change.
                self._relevant[key] = frozenset(self.bearing_on(group, self.tasks[task], mode))
        return self._relevant[key]

    def bearing_on(self, group: str, task: Task, mode: str, made: frozenset[int] = frozenset()) -> list[int]:
        """Changes that could bear on a group of links of a task once some others are made."""
        if group == "force":
            return self._force(task, mode, made)
        by_group = {"mandate": self._mandate, "engagement": self._engagement, "measure": self._measure, "supply": self._supply}
        return by_group[group](task)

    def cuts(self, task: str, mode: str, group: str, chosen: frozenset[int]) -> list[frozenset[int]] | None:
        """Sets of changes that share nothing, of each of which one has to be made as `chosen` does not save the group.

        None where no change saves it.
        """
        relevant, found = self.relevant(task, mode, group), []
        made = chosen & relevant
        while not self.holds(task, mode, group, made):
            cut = relevant - self._grown(task, mode, group, made)
            if not cut:
                return None
            found.append(cut)
            made |= cut
        return found

    def _grown(self, task: str, mode: str, group: str, made: frozenset[int]) -> frozenset[int]:
        """A largest set of changes around `made` that still does not save the group, grown kind by kind and by halves."""
        rest = self.relevant(task, mode, group) - made
        waiting = [[n for n in sorted(rest) if self.options.proposals[n].kind == kind] for kind in reversed(GROUPS[group][1])]
        waiting = [part for part in waiting if part]
        while waiting:
            part = waiting.pop()
            if not self.holds(task, mode, group, made | frozenset(part)):
                made |= frozenset(part)
            elif len(part) > 1:
                half = len(part) // 2
                waiting += [part[half:], part[:half]]
        return made

    def _mandate(self, task: Task) -> list[int]:
        return [n for n in self.options.of_kind(*GROUPS["mandate"][1]) if task.id in self.options.proposals[n].tasks]

    def _measure(self, task: Task) -> list[int]:
        own = {f"task:{task.id}", *(f"measure:{name}" for name in task.measures)}
        return [n for n in self.options.of_kind(*GROUPS["measure"][1]) if self.options.proposals[n].subject in own]

    def _supply(self, task: Task) -> list[int]:  # noqa: ARG002
        return self.options.of_kind(*GROUPS["supply"][1])

    def _engagement(self, task: Task) -> list[int]:
        found, problem = [], self.options.problem
        for n in self.options.of_kind(*GROUPS["engagement"][1]):
            proposal = self.options.proposals[n]
            name = proposal.subject.partition(":")[2]
            if proposal.kind == "name rule":
                fits = task.id in proposal.tasks
            elif proposal.kind == "request rule":
                other = problem.tasks[name]
                fits = other.force_level.rank >= task.force_level.rank and set(task.sectors) <= set(other.sectors)
            else:
                fits = name in task.rules or problem.rules[name].force_level.rank >= task.force_level.rank
            if fits:
                found.append(n)
        return found

    def _force(self, task: Task, mode: str, made: frozenset[int]) -> list[int]:
        problem = self.state(task.id, mode, made)
        needed = musters(problem, problem.tasks[task.id])
        pledges = [n for n in self.options.of_kind("add pledge") if self.pledged(task, n, [muster.capability for muster in needed])]
        members = {c.pledge.member for muster in needed for c in muster.candidates} or set(problem.contributors)
        sent = {self.options.sender(n) for n in pledges}
        members |= sent
        caveats = {f"caveat:{caveat.id}" for muster in needed for c in muster.barred for caveat in c.barred_by}
        owners = {caveat.id: caveat.member for caveat in problem.mission.engagement.caveats}
        found = pledges
        for n in self.options.of_kind(*GROUPS["force"][1]):
            proposal = self.options.proposals[n]
            kind, _, name = proposal.subject.partition(":")
            if proposal.kind == "waive caveat":
                fits = proposal.subject in caveats or (bool(pledges) and owners.get(name) in sent)
            elif proposal.kind in ("transfer authority", "sign memorandum", "add lift"):
                fits = kind == "agreement" or name in members
            elif proposal.kind in ("change command relationship", "bring agreement forward"):
                fits = any(item.covers(member) for item in problem.transfers if item.id == name for member in members)
            elif proposal.kind == "bring agreement into force":
                fits = self._opens(task, n, members)
            elif proposal.kind == "name rule":
                # A caveat may keep units from a task that uses the rule.
                fits = task.id in proposal.tasks
            elif proposal.kind == "hasten unit":
                fits = any(c.id == name for muster in needed for c in muster.candidates)
            else:
                fits = proposal.kind == "open route"
            if fits:
                found.append(n)
        return found

    def pledged(self, task: Task, number: int, needed: list[Capability]) -> bool:
        """Whether a new pledge counts for a task: it serves a capability that is needed, and was asked for one of its sectors."""
        proposal, types = self.options.proposals[number], self.options.problem.reference.unit_types
        name = self.options.problem.type_for(Capability(proposal.subject.partition(":")[2]))
        serves = name is not None and any(item is types[name].capability or types[name].stands_in.get(item, 0) > 0 for item in needed)
        tied = proposal.place and any(sector != proposal.place for sector in self.options.problem.sectors)
        return serves and (not tied or not task.sectors or proposal.place in task.sectors)

    def _opens(self, task: Task, number: int, members: set[str]) -> bool:
        """Whether an agreement would let in, before the task's end, anybody whom those there are keep out."""
        problem, proposal = self.options.problem, self.options.proposals[number]
        kind, _, name = proposal.subject.partition(":")
        country: str | None = name
        if kind == "agreement":
            country = next(item.country for item in problem.mission.agreements.agreements if item.id == name)
        if country is None:
            return True
        end = problem.day(task.end)
        return any(
            not any(w.first <= proposal.through and end <= w.last for w in problem.ground(country, member)) for member in sorted(members)
        )
