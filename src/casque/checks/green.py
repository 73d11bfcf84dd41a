"""The fix set of the goal `green`: the cheapest changes after which no task of the chosen priorities has an amber or red link.

As in fixes.py the program proposes, the links are judged anew, and what is wanting becomes a further constraint. But a change that helps
one task may hurt another: a unit that a waiver sets free is to be covered by a transfer of authority too. So tasks that are green now stay
in view, a constraint may ask that a change be left out, and where not every task can be green at once, as many as possible are.
"""

from __future__ import annotations

from casque.checks.chain import LINKS, JudgedTask, judge_links
from casque.checks.cover import Cover, Solution
from casque.checks.fixes import Params, change_of
from casque.checks.green_oracle import GreenOracle
from casque.checks.green_tests import TESTS
from casque.checks.muster import musters, wanted_elsewhere
from casque.checks.options import options_for
from casque.checks.problem import Problem
from casque.checks.remedy import Proposal
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability
from casque.plan.findings import Alternative, Change, FixSet, State
from casque.plan.record import Outcome

MOST_ROUNDS = 400
NOTHING: frozenset[int] = frozenset()


def green_set(problem: Problem, judged: tuple[JudgedTask, ...], params: Params) -> FixSet:
    """The cheapest set of changes after which as many tasks of the chosen priorities as can be are green, and the alternatives to it."""
    chosen_tasks = tuple(item for item in judged if item.task.priority <= params.priority)
    trouble = {item.task.id: _trouble(item) for item in chosen_tasks if _trouble(item)}
    tasks = tuple(item.task for item in chosen_tasks)
    asking = tuple(task for task in tasks if task.id in trouble)
    oracle = GreenOracle(options_for(problem, asking, "green"), tasks)
    search = GreenSearch(oracle, tasks, params)
    found: list[tuple[Solution, tuple[Change, ...]]] = []
    while trouble and len(found) <= params.alternatives:
        solution = search.next_best()
        if found and (solution.outcome.status != "optimal" or not solution.chosen):
            break
        found.append((solution, _changes(oracle, solution, trouble)))
        if not solution.chosen:
            break
        search.cover.settle(solution.saved)
        search.cover.forbid(solution.chosen)
    if not found:
        none = Outcome(status="optimal", value=0.0, bound=0.0, gap=0.0, sense="least")
        return FixSet(priority=params.priority, goal="green", changes=(), outcome=none, saves=(), cannot_save=())
    best, changes = found[0]
    return FixSet(
        priority=params.priority,
        goal="green",
        changes=changes,
        outcome=best.outcome,
        saves=tuple(task for task in trouble if task in best.saved),
        cannot_save=tuple(_why(oracle, task, best) for task in tasks if task.id not in best.saved),
        alternatives=tuple(Alternative(changes=other, outcome=solution.outcome) for solution, other in found[1:]),
    )


class GreenSearch:
    """The program with what has been learned of it so far."""

    def __init__(self, oracle: GreenOracle, tasks: tuple[Task, ...], params: Params) -> None:
        self.oracle, self.tasks, self._most = oracle, tasks, params.most_tests
        self.cover = Cover(oracle.options.proposals, params.seed, params.effort)
        self.cover.add_choice(task.id for task in tasks)
        for task in tasks:
            modes = oracle.modes[task.id]
            if modes != ("",):
                self.cover.add_modes(task.id, {mode: oracle.move(task.id, mode) for mode in modes})
            for mode in modes:
                self._learn(task, mode, NOTHING)
                _people(oracle, self.cover, task, mode)

    def next_best(self) -> Solution:
        """The cheapest set that turns as many tasks green as can be, and is none of those forbidden."""
        for _ in range(MOST_ROUNDS):
            solution = self.cover.solve()
            if solution.outcome.status != "optimal":
                return Solution(NOTHING, {}, solution.outcome)
            learned = [self._learn(task, solution.modes.get(task.id, ""), solution.chosen) for task in self._saved(solution)]
            if not any(learned):
                return solution
            if self.oracle.tested > self._most:
                break
        # What the last set costs is no bound: in the end fewer tasks may be saved, at less.
        return Solution(NOTHING, {}, Outcome(status="unknown", value=0.0, bound=0.0, gap=0.0, sense="least"))

    def _saved(self, solution: Solution) -> list[Task]:
        return [task for task in self.tasks if task.id in solution.saved]

    def _learn(self, task: Task, mode: str, chosen: frozenset[int]) -> bool:
        """Add what a task is wanting after a set of changes; whether it wants anything."""
        clauses = self.oracle.learned(task.id, mode, chosen)
        for clause in clauses:
            self.cover.add_cut(clause.make, task.id, mode, clause.leave)
        return bool(clauses)


def _people(oracle: GreenOracle, cover: Cover, task: Task, mode: str) -> None:
    """What each capability of a task takes, and which changes bring people to it, where none can be hastened."""
    options, bearing = oracle.options, oracle.bearing(task.id, mode, "units")
    if not bearing or bearing & frozenset(options.of_kind("hasten unit", "name rule")):
        return
    problem = oracle.state(task.id, mode, NOTHING)
    now = problem.tasks[task.id]
    waivers = {options.proposals[n].subject: n for n in bearing if options.proposals[n].kind == "waive caveat"}
    pledges = sorted(n for n in bearing if options.proposals[n].kind == "add pledge")
    for muster in musters(problem, now):
        there, brought = 0.0, []
        for candidate in muster.candidates:
            needs = [waivers.get(f"caveat:{caveat.id}") for caveat in candidate.barred_by]
            if wanted_elsewhere(now, candidate.pledge) or None in needs:
                continue
            if needs:
                brought.append((candidate.people, [[number] for number in needs if number is not None]))
            else:
                there += candidate.people
        for number in pledges:
            quality = _quality(problem, options.proposals[number], muster.capability)
            if quality > 0:
                brought.append((options.proposals[number].people * quality, [[number]]))
        cover.add_people(task.id, mode, there, muster.need, brought)


def _quality(problem: Problem, proposal: Proposal, wanted: Capability) -> float:
    name = problem.type_for(Capability(proposal.subject.partition(":")[2]))
    if name is None:
        return 0.0
    unit_type = problem.reference.unit_types[name]
    return 1.0 if unit_type.capability is wanted else unit_type.stands_in.get(wanted, 0.0)


def _trouble(item: JudgedTask) -> tuple[str, ...]:
    return tuple(name for name, verdict in zip(LINKS, item.verdicts, strict=True) if verdict.state is not State.GREEN)


def _why(oracle: GreenOracle, task: Task, best: Solution) -> str:
    """A task that stays short of green, with the links that no change mends, or those that the other tasks' changes leave."""
    reasons: dict[str, None] = {}
    for name, test in TESTS.items():
        helped = oracle.best(task.id, "", name)
        if not oracle.passes(task.id, "", name, helped):
            state = oracle.state(task.id, "", helped)
            reasons |= dict.fromkeys(_reasons(state, task, test.links))
    if reasons:
        return f"{task.id}: {'; '.join(reasons)}, and no known change mends that by the day it is needed"
    state = oracle.state(task.id, best.modes.get(task.id, ""), best.chosen)
    return f"{task.id}: {'; '.join(_reasons(state, task, LINKS))}, and what would mend that harms another link or task"


def _reasons(state: Problem, task: Task, links: tuple[str, ...]) -> list[str]:
    verdicts = judge_links(state, state.tasks[task.id], links)
    return [verdict.reason.rstrip(".") for verdict in verdicts if verdict.state is not State.GREEN]


def _changes(oracle: GreenOracle, solution: Solution, trouble: dict[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """The changes of a set with the links that each mends: those that turn amber or red again without it."""
    mends: dict[int, list[str]] = {number: [] for number in sorted(solution.chosen)}
    for task in oracle.tasks:
        if task not in solution.saved:
            continue
        mode = solution.modes.get(task, "")
        move = oracle.move(task, mode)
        for name, test in TESTS.items():
            used = sorted(solution.chosen & oracle.bearing(task, mode, name))
            vital = [n for n in used if not oracle.passes(task, mode, name, solution.chosen - {n})]
            failed = not oracle.passes(task, "", name, NOTHING)
            links = [f"task:{task}/{link}" for link in test.links if not failed or link in trouble.get(task, ())]
            for number in [*(vital or (used if failed else [])), *([move] if move is not None and failed else [])]:
                mends[number] += links
    return tuple(change_of(oracle.options, number, tuple(dict.fromkeys(links))) for number, links in mends.items())
