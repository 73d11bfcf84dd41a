"""Every change that could help the broken tasks, and the mission as it stands after any of them."""

from __future__ import annotations

from collections.abc import Iterable

from casque.checks.chain import LINKS, judge_links
from casque.checks.effects import Effect, applied, effect_of
from casque.checks.problem import Problem
from casque.checks.remedy import KINDS, Key, Proposal, agreement_asked
from casque.mission.tasks import Task
from casque.plan.findings import State

GROUND = frozenset({"bring agreement into force", "add lift", "open route"})
"""Kinds after which best arrivals have to be worked out anew; missions with the same of these share their arrivals."""

MOST_STATES = 512
MOST_ROUNDS = 4


class Options:
    """Changes in a fixed order, with the problem after any set of them."""

    def __init__(self, problem: Problem, proposals: Iterable[Proposal]) -> None:
        self.problem = problem
        self.proposals = tuple(sorted(proposals, key=lambda p: (KINDS.index(p.kind), p.key)))
        self._effects: list[Effect] = [effect_of(problem, proposal) for proposal in self.proposals]
        self._ground: dict[frozenset[int], Problem] = {frozenset(): problem}
        self._states: dict[frozenset[int], Problem] = {}

    def after(self, chosen: frozenset[int]) -> Problem:
        """The problem after some changes."""
        ground = frozenset(number for number in chosen if self.proposals[number].kind in GROUND)
        if ground not in self._ground:
            self._ground[ground] = self._applied(self.problem, ground)
        if ground == chosen:
            return self._ground[ground]
        if chosen not in self._states:
            if len(self._states) >= MOST_STATES:
                self._states.clear()
            self._states[chosen] = self._applied(self._ground[ground], chosen - ground)
        return self._states[chosen]

    def _applied(self, problem: Problem, chosen: frozenset[int]) -> Problem:
        return problem.changed(applied(problem.mission, [self._effects[number] for number in sorted(chosen)]))

    def sender(self, number: int) -> str:
        """Member that would send a unit that is asked for."""
        return next((str(item.member) for name, item in self._effects[number].adds if name == "pledges"), "")

    def of_kind(self, *kinds: str) -> list[int]:
        """Numbers of the changes of some kinds."""
        return [number for number, proposal in enumerate(self.proposals) if proposal.kind in kinds]


def options_for(problem: Problem, tasks: tuple[Task, ...]) -> Options:
    """Every change that a red link of the tasks asks for, now or after other changes.

    A change may lay open the next cause: a unit that is asked for may need an agreement to pass. So the links are judged again with
    every change made, and with every change but new pledges, until nothing new is asked for.
    """
    found: dict[Key, Proposal] = {}
    _add(found, problem, tasks, problem)
    for _ in range(MOST_ROUNDS):
        options, before = Options(problem, found.values()), len(found)
        moves = options.of_kind("move task")
        whole = frozenset(range(len(options.proposals))) - frozenset(moves)
        for state in (whole, whole - frozenset(options.of_kind("add pledge"))):
            _add(found, problem, tasks, options.after(state))
            for number in moves:
                moved = [task for task in tasks if f"task:{task.id}" == options.proposals[number].subject]
                _add(found, problem, tuple(moved), options.after(state | {number}))
        if len(found) == before:
            break
    return Options(problem, found.values())


def _add(found: dict[Key, Proposal], problem: Problem, tasks: tuple[Task, ...], state: Problem) -> None:
    for task in tasks:
        end = problem.day(task.end)
        for verdict in judge_links(state, state.tasks[task.id], LINKS):
            if verdict.state is State.RED:
                for proposal in verdict.asks:
                    if proposal.days <= end and _known(problem, proposal):
                        known = found.get(proposal.key)
                        found[proposal.key] = proposal if known is None else known.joined(proposal)


def _known(problem: Problem, proposal: Proposal) -> bool:
    """Whether a change is about something that the mission has, not about what another change would bring."""
    kind, _, name = proposal.subject.partition(":")
    if kind == "provision":
        return name in problem.provisions
    if kind == "rule":
        return name in problem.rules
    if kind == "agreement":
        return any(item.id == name for item in problem.mission.agreements.agreements) or proposal.kind == "transfer authority"
    if kind == "instrument":
        return any(item.id == name for item in problem.mission.mandate.instruments)
    if proposal.kind == "bring agreement into force":
        asked = agreement_asked(problem, name)
        return asked is not None and asked.subject == proposal.subject
    return True
