"""The fix set: the cheapest changes after which no task of the chosen priorities has a red link, and the next best alternatives.

The program (cover.py) proposes the cheapest set that meets what is known so far; the set is made in memory and the links are judged
again (oracle.py); where a link is still red, the changes of which one is wanting become a further constraint. The first set that leaves
no red link is the cheapest: every constraint holds for every set that saves the tasks, and the program's optimum is a bound
(implicit hitting set, Chandrasekaran, Karp, Moreno-Centeno and Vempala, 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

from casque.checks.chain import LINKS, JudgedTask, is_red, judge_links
from casque.checks.cover import Cover, Solution
from casque.checks.manned import in_place
from casque.checks.muster import Candidate, musters
from casque.checks.options import Options, options_for
from casque.checks.oracle import GROUPS, PEOPLE, Oracle
from casque.checks.problem import Problem
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability
from casque.plan.findings import Alternative, Change, FixSet, Goal, State
from casque.plan.record import Outcome, gap_between

MOST_ROUNDS = 200


@dataclass(frozen=True)
class Params:
    """What steers the fix set."""

    priority: int = 3
    """Tasks up to this priority are to be saved."""
    alternatives: int = 3
    """Next best sets that are looked for."""
    seed: int = 1
    """Seed of the solver."""
    effort: float = 10.0
    """Deterministic time at which the solver stops, each time it is called."""
    goal: Goal = "doable"
    """What the tasks are to be brought to: no red link, or none that is amber or red."""
    most_tests: int = 10**9
    """Tests of tasks after which the search for the goal `green` gives up."""


def fix_set(problem: Problem, judged: tuple[JudgedTask, ...], params: Params) -> FixSet:
    """The cheapest set of changes that saves every task of the chosen priorities that can be saved, the alternatives to it, and the
    tasks that cannot be saved."""
    broken = tuple(item for item in judged if item.task.priority <= params.priority and _red(item))
    none = Outcome(status="optimal", value=0.0, bound=0.0, gap=0.0, sense="least")
    if not broken:
        return FixSet(priority=params.priority, changes=(), outcome=none, saves=(), cannot_save=())
    tasks = tuple(item.task for item in broken)
    oracle = Oracle(options_for(problem, tasks), tasks)
    search = Search(oracle, tasks, params)
    hopeless = tuple(_why(oracle, task) for task in search.hopeless)
    if not search.savable:
        return FixSet(priority=params.priority, changes=(), outcome=none, saves=(), cannot_save=hopeless)
    found: list[tuple[Solution, tuple[Change, ...]]] = []
    red = {item.task.id: _red(item) for item in broken}
    while len(found) <= params.alternatives:
        solution = search.next_best()
        if not solution.chosen:
            if not found:
                return FixSet(priority=params.priority, changes=(), outcome=solution.outcome, saves=(), cannot_save=hopeless)
            break
        found.append((solution, _changes(oracle, solution, search.savable, red)))
        search.cover.forbid(solution.chosen)
    best, changes = found[0]
    after = oracle.options.after(best.chosen)
    saves = tuple(task.id for task in search.savable if not _still_red(after, task))
    return FixSet(
        priority=params.priority,
        changes=changes,
        outcome=best.outcome,
        saves=saves,
        cannot_save=hopeless,
        alternatives=tuple(Alternative(changes=other, outcome=solution.outcome) for solution, other in found[1:]),
    )


class Search:
    """The program with what has been learned of it so far."""

    def __init__(self, oracle: Oracle, tasks: tuple[Task, ...], params: Params) -> None:
        self.oracle, options = oracle, oracle.options
        self.cover = Cover(options.proposals, params.seed, params.effort)
        people = frozenset(options.of_kind(*PEOPLE))
        self.savable: tuple[Task, ...] = ()
        self.hopeless: tuple[Task, ...] = ()
        self.modes: dict[str, tuple[str, ...]] = {}
        for task in tasks:
            cuts = {mode: _cuts(oracle, task.id, mode, people) for mode in oracle.modes[task.id]}
            modes = tuple(mode for mode, found in cuts.items() if found is not None)
            if not modes:
                self.hopeless += (task,)
                continue
            self.savable += (task,)
            self.modes[task.id] = modes
            if modes != ("",):
                self.cover.add_modes(task.id, {mode: oracle.move(task.id, mode) for mode in modes})
            for mode in modes:
                for cut in cuts[mode] or ():
                    self.cover.add_cut(cut, task.id, mode)
                _people(oracle, self.cover, task, mode)

    def next_best(self) -> Solution:
        """The cheapest set that saves every task and is none of those forbidden; nothing chosen where there is none."""
        for _ in range(MOST_ROUNDS):
            solution = self.cover.solve()
            if not solution.chosen:
                return solution
            if not self._learn(solution):
                return solution
            if solution.outcome.status != "optimal":
                break
        return self._mended(solution)

    def _learn(self, solution: Solution) -> bool:
        """Add the cuts that a set breaks; whether there were any."""
        learned = False
        for task in self.savable:
            mode = solution.modes.get(task.id, "")
            for group in GROUPS:
                for cut in self.oracle.cuts(task.id, mode, group, solution.chosen) or ():
                    self.cover.add_cut(cut, task.id, mode)
                    learned = True
        return learned

    def _mended(self, solution: Solution) -> Solution:
        """Where the solver ran out of time: its set with one change of every cut added, held against its bound."""
        chosen = solution.chosen
        for task in self.savable:
            mode = solution.modes.get(task.id, "")
            for group in GROUPS:
                while cuts := self.oracle.cuts(task.id, mode, group, chosen):
                    chosen |= {min(cut, key=lambda n: (self.oracle.options.proposals[n].cost, n)) for cut in cuts}
        value = sum(self.oracle.options.proposals[number].cost for number in chosen)
        bound = solution.outcome.bound
        outcome = Outcome(status="feasible", value=value, bound=bound, gap=gap_between(value, bound), sense="least")
        return Solution(chosen, solution.modes, outcome)


def _cuts(oracle: Oracle, task: str, mode: str, people: frozenset[int]) -> list[frozenset[int]] | None:
    """First cuts of a task. People are counted by a constraint of their own, so that for the force only the others are cut."""
    found: list[frozenset[int]] = []
    for group in GROUPS:
        every = oracle.relevant(task, mode, group)
        if not oracle.holds(task, mode, group, every):
            return None
        found += oracle.cuts(task, mode, group, people if group == "force" else frozenset()) or []
    return found


def _people(oracle: Oracle, cover: Cover, task: Task, mode: str) -> None:
    """What each capability of a task takes, and which changes bring people to it."""
    relevant = oracle.relevant(task.id, mode, "force")
    if not relevant:
        return
    options, problem = oracle.options, oracle.state(task.id, mode, frozenset())
    now, share = problem.tasks[task.id], problem.reference.value("check.red-share")
    waivers = {options.proposals[n].subject: n for n in relevant if options.proposals[n].kind == "waive caveat"}
    ways = sorted(n for n in relevant if options.proposals[n].kind in ("add lift", "open route"))
    pledges = sorted(n for n in relevant if options.proposals[n].kind == "add pledge")
    for muster in musters(problem, now):
        there, brought, sources = 0.0, [], 0
        for candidate in muster.candidates:
            needs = _needs(problem, now, candidate, waivers, ways)
            if needs == []:
                there, sources = there + candidate.people, 1
            elif needs is not None:
                brought.append((candidate.people, needs))
        for number in pledges:
            quality = _quality(problem, options.proposals[number].subject, muster.capability)
            if quality > 0:
                brought.append((options.proposals[number].people * quality, [[number]]))
        if not sources:
            cover.add_people(task.id, mode, -0.01, 0.01, [(0.05, lists) for _, lists in brought])
        cover.add_people(task.id, mode, there, share * muster.need, brought)


def _needs(problem: Problem, task: Task, candidate: Candidate, waivers: dict[str, int], ways: list[int]) -> list[list[int]] | None:
    """What a unit needs to count: one change of each list; None where no change makes it count."""
    lists = []
    for caveat in candidate.barred_by:
        if f"caveat:{caveat.id}" not in waivers:
            return None
        lists.append([waivers[f"caveat:{caveat.id}"]])
    if in_place(problem, task, candidate) > problem.day(task.end):
        if not ways:
            return None
        lists.append(ways)
    return lists


def _quality(problem: Problem, subject: str, wanted: Capability) -> float:
    name = problem.type_for(Capability(subject.partition(":")[2]))
    if name is None:
        return 0.0
    unit_type = problem.reference.unit_types[name]
    return 1.0 if unit_type.capability is wanted else unit_type.stands_in.get(wanted, 0.0)


def _red(item: JudgedTask) -> tuple[str, ...]:
    return tuple(name for name, verdict in zip(LINKS, item.verdicts, strict=True) if verdict.state is State.RED)


def _still_red(problem: Problem, task: Task) -> bool:
    return any(is_red(problem, problem.tasks[task.id], link) for link in LINKS)


def _why(oracle: Oracle, task: Task) -> str:
    """A task that no change saves, with the links that stay red when everything is done."""
    whole = frozenset().union(*(oracle.relevant(task.id, "", group) for group in GROUPS))
    state = oracle.state(task.id, "", whole)
    verdicts = judge_links(state, state.tasks[task.id], LINKS)
    reasons = dict.fromkeys(verdict.reason.rstrip(".") for verdict in verdicts if verdict.state is State.RED)
    return f"{task.id}: {'; '.join(reasons)}, and no known change mends that by the task's end"


def _changes(oracle: Oracle, solution: Solution, tasks: tuple[Task, ...], red: dict[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """The changes of a set with the links that each mends: those that turn red again without it."""
    mends: dict[int, list[str]] = {number: [] for number in sorted(solution.chosen)}
    for task in tasks:
        mode = solution.modes.get(task.id, "")
        move = oracle.move(task.id, mode)
        for group, (links, _) in GROUPS.items():
            names = [f"task:{task.id}/{link}" for link in links if link in red[task.id]]
            used = sorted(solution.chosen & oracle.relevant(task.id, mode, group))
            vital = [n for n in used if not oracle.holds(task.id, mode, group, solution.chosen - {n})] or used
            for number in [*vital, *([] if move is None else [move])]:
                mends[number] += names
    return tuple(change_of(oracle.options, number, tuple(dict.fromkeys(links))) for number, links in mends.items())


def change_of(options: Options, number: int, mends: tuple[str, ...]) -> Change:
    """A change as it is recorded, with the links that it mends."""
    proposal = options.proposals[number]
    return Change(
        kind=proposal.kind,
        subject=proposal.subject,
        place=f"sector:{proposal.place}" if proposal.place else "",
        text=proposal.wording(options.problem),
        days=proposal.days,
        weight=proposal.weight,
        mends=mends,
        through=proposal.through,
    )
