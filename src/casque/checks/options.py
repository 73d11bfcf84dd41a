"""Every change that could help the broken tasks, and the mission as it stands after any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casque.checks.betterment import betterments
from casque.checks.chain import LINKS, is_red, judge_links
from casque.checks.effects import Effect, applied, effect_of
from casque.checks.inheritance import changed
from casque.checks.problem import Problem
from casque.checks.remedy import KINDS, Key, Proposal, agreement_asked
from casque.mission.tasks import Task
from casque.plan.findings import Goal, State

GROUND = frozenset({"bring agreement into force", "add lift", "open route"})
"""Kinds after which best arrivals have to be worked out anew; missions with the same of these share their arrivals."""

FORCES = frozenset({"add pledge"})
"""Kinds after which units have to be counted anew."""

MOST_STATES = 128
MOST_ROUNDS = 4


class Options:
    """Changes in a fixed order, with the problem after any set of them."""

    def __init__(self, problem: Problem, proposals: Iterable[Proposal], before: Options | None = None) -> None:
        """`before` are the options of an earlier round, whose problems of other ground are used again."""
        self.problem = problem
        self.proposals = tuple(sorted(proposals, key=lambda p: (KINDS.index(p.kind), p.key)))
        known = {} if before is None else dict(zip(before.proposals, before._effects, strict=True))
        self._effects: list[Effect] = [known.get(proposal) or effect_of(problem, proposal) for proposal in self.proposals]
        self._ground: dict[frozenset[Key], Problem] = {frozenset(): problem} if before is None else before._ground
        self._states: dict[frozenset[int], Problem] = {}

    def after(self, chosen: frozenset[int]) -> Problem:
        """The problem after some changes: those on the ground first, then new units, then the rest, so that each layer is kept."""
        ground = self._layer(chosen, GROUND)
        units = self._layer(chosen, FORCES)
        keys = frozenset(self.proposals[number].key for number in ground)
        if keys not in self._ground:
            self._ground[keys] = self._applied(self.problem, ground)
        state = self._kept(ground | units, self._ground[keys], units) if units else self._ground[keys]
        rest = chosen - ground - units
        return self._kept(chosen, state, rest) if rest else state

    def _layer(self, chosen: frozenset[int], kinds: frozenset[str]) -> frozenset[int]:
        return frozenset(number for number in chosen if self.proposals[number].kind in kinds)

    def _kept(self, chosen: frozenset[int], below: Problem, added: frozenset[int]) -> Problem:
        if chosen not in self._states:
            if len(self._states) >= MOST_STATES:
                self._states.clear()
            self._states[chosen] = self._applied(below, added)
        return self._states[chosen]

    def _applied(self, problem: Problem, chosen: frozenset[int]) -> Problem:
        return changed(problem, applied(problem.mission, [self._effects[number] for number in sorted(chosen)]))

    def sender(self, number: int) -> str:
        """Member that would send a unit that is asked for."""
        return next((str(item.member) for name, item in self._effects[number].adds if name == "pledges"), "")

    def of_kind(self, *kinds: str) -> list[int]:
        """Numbers of the changes of some kinds."""
        return [number for number, proposal in enumerate(self.proposals) if proposal.kind in kinds]


def options_for(problem: Problem, tasks: tuple[Task, ...], goal: Goal = "doable") -> Options:
    """Every change that a red link of the tasks asks for, or at the goal `green` an amber one too, now or after other changes.

    A change may lay open the next cause: a unit that is asked for may need an agreement to pass. So the links are judged again with
    every change made, and with every change but new pledges, until nothing new is asked for.
    """
    found: dict[Key, Proposal] = {}
    _add(found, problem, tasks, problem, goal)
    options: Options | None = None
    for _ in range(MOST_ROUNDS):
        options, before = Options(problem, found.values(), options), len(found)
        moves = options.of_kind("move task")
        whole = frozenset(range(len(options.proposals))) - frozenset(moves)
        for state in (whole, whole - frozenset(options.of_kind("add pledge"))):
            _add(found, problem, tasks, options.after(state), goal)
            for number in moves:
                moved = [task for task in tasks if f"task:{task.id}" == options.proposals[number].subject]
                _add(found, problem, tuple(moved), options.after(state | {number}), goal)
        if len(found) == before:
            break
    return Options(problem, found.values(), options)


def _add(found: dict[Key, Proposal], problem: Problem, tasks: tuple[Task, ...], state: Problem, goal: Goal) -> None:
    for task in tasks:
        end = problem.day(task.end)
        now = state.tasks[task.id]
        for proposal in _asked(state, now, goal):
            if proposal.through <= end and _known(problem, proposal):
                known = found.get(proposal.key)
                found[proposal.key] = proposal if known is None else known.joined(proposal)


def _asked(state: Problem, task: Task, goal: Goal) -> Iterator[Proposal]:
    red = tuple(link for link in LINKS if is_red(state, task, link))
    for verdict in judge_links(state, task, red):
        yield from verdict.asks
    if goal == "green":
        others = tuple(link for link in LINKS if link not in red)
        for link, verdict in zip(others, judge_links(state, task, others), strict=True):
            if verdict.state is State.AMBER:
                yield from betterments(state, task, link)
        for link in ("authority", "agreements"):
            if link in red:
                # What makes such a link hold may come too late for green: it is asked for in time as well.
                yield from betterments(state, task, link)


def _known(problem: Problem, proposal: Proposal) -> bool:
    """Whether a change is about something that the mission has, not about what another change would bring."""
    kind, _, name = proposal.subject.partition(":")
    if kind == "provision":
        return name in problem.provisions
    if kind == "rule":
        return name in problem.rules
    if kind == "measure":
        return name in problem.measures
    if kind == "unit":
        return any(pledge.id == name for pledge in problem.mission.forces.pledges)
    if kind == "agreement":
        return any(item.id == name for item in problem.mission.agreements.agreements) or proposal.kind == "transfer authority"
    if kind == "instrument":
        return any(item.id == name for item in problem.mission.mandate.instruments)
    if proposal.kind == "bring agreement into force":
        asked = agreement_asked(problem, name)
        return asked is not None and asked.subject == proposal.subject
    return True
