"""Random small missions with broken chains, and the fix set of each by trying every subset of the changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

from casque.checks.chain import judge_task
from casque.checks.effects import applied, effect_of
from casque.checks.options import options_for
from casque.checks.problem import Problem
from casque.mission.engagement import Caveat
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind, AgreementStatus, Authority, ForceLevel, RuleStatus
from casque.plan.findings import State
from casque.reference.load import Reference
from tests.checks.cases import GATED, TRANSIT, Edit, add, both, change, day, drop, items, provision, same

UNITS = ("alf-inf", "alf-mech", "alf-log", "bra-inf", "bra-med", "car-mp")
MEMBERS = ("alfaland", "bravia", "carolia")
TASKS = ("separate-parties", "secure-area", "public-order", "escort-returns")
COSTS = ("waive-caveat", "agreement", "pledge", "mandate", "rule", "authority", "lift", "route", "supply", "policy", "measure")
MORE_COSTS = ("renew", "command", "delegate", "move", "hasten", "name-rule", "carriers", "observe", "memorandum")


def caveat(random: Random, number: int) -> Edit:
    """A caveat that bars something from somebody, waivable or not."""
    member = random.choice(MEMBERS)
    units = random.choice([(), (), tuple(unit for unit in UNITS if unit.startswith(member[:3]))[:1]])
    bars: dict[str, Any] = random.choice(
        [
            {"bars_tasks": (random.choice(TASKS),)},
            {"bars_sectors": (random.choice(["north", "south"]),)},
            {"bars_crossing": True},
            {"bars_rules": ("defend-mandate",)},
            {"force_at_most": ForceLevel.SELF_DEFENCE},
        ]
    )
    given: dict[str, Any] = {"waived_by": random.choice(["the ministry", "the ministry", ""]), "delay": random.choice([0.0, 72.0])}
    return add("caveats", Caveat(id=f"c{number}", member=member, units=units, text="Not this.").model_copy(update={**bars, **given}))


def edits(random: Random) -> list[Edit]:
    """Things that may be wrong with a mission."""
    late = day(random.choice([60, 250]))
    members = tuple(sorted(random.sample(MEMBERS, random.choice([1, 2]))))
    return [
        *(caveat(random, number) for number in range(6)),
        drop("agreements", "toa"),
        change("agreements", "toa", members=members),
        change("agreements", "toa", authority=Authority.TACON),
        change("agreements", "toa", in_force=late),
        drop("agreements", "sofa"),
        drop("agreements", "mou"),
        change("agreements", "mou", parties=(*members, "un")),
        change("agreements", "sofa", status=random.choice([AgreementStatus.NEGOTIATING, AgreementStatus.REFUSED]), in_force=None),
        change("agreements", "sofa", in_force=late),
        change("agreements", "sofa", members=members),
        both(GATED, add("agreements", TRANSIT.model_copy(update={"in_force": late, "members": members}))),
        both(GATED, add("agreements", TRANSIT.model_copy(update={"kind": AgreementKind.TRANSIT, "expires": day(25)}))),
        provision("separate", until=day(random.choice([-2, 90]))),
        provision("secure", force_level=ForceLevel.SELF_DEFENCE),
        provision("secure", sectors=("north",)),
        change("instruments", "*", expires=day(random.choice([-1, 20]))),
        change("rules", "detain", status=RuleStatus.REQUESTED, implemented=random.choice([None, late])),
        change("rules", "detain", held_by=None),
        change("rules", "defend-mandate", status=random.choice([RuleStatus.WITHDRAWN, RuleStatus.DENIED]), withdrawn=day(1)),
        change("rules", "protect-civilians", sectors=("south",)),
        drop("pledges", *random.sample(UNITS, 2)),
        change("pledges", random.choice(UNITS), strength=random.choice([5.0, 60.0])),
        change("pledges", random.choice(UNITS), ready_to_load=late),
        drop("links", random.choice(["south-north", "port-road", "airport-road"])),
        drop("lift"),
        change("lift", "*", members=members),
        drop("entries"),
        drop("policies"),
        change("tasks", random.choice(TASKS), measures=()),
        change("tasks", random.choice(TASKS), rules=()),
        change("tasks", random.choice(TASKS), needs=()),
        change("tasks", random.choice(TASKS), crosses_sectors=True),
        change("tasks", random.choice(TASKS), end=day(40), start=day(0), required_by=day(20)),
        change("tasks", random.choice(TASKS), priority=5),
    ]


def late_edits(random: Random) -> list[Edit]:
    """Things that may make a mission late or thin, and break nothing."""
    soon = day(random.choice([5, 30, 70]))
    return [
        change("tasks", random.choice(TASKS), required_by=day(random.choice([36, 90]))),
        change("pledges", random.choice(UNITS), ready_to_load=day(random.choice([50, 70, 110]))),
        change("pledges", random.choice(UNITS), strength=random.choice([70.0, 100.0])),
        change("pledges", random.choice(UNITS), sector=random.choice([None, "north", "south"])),
        change("agreements", "toa", in_force=soon, members=tuple(random.sample(MEMBERS, 2))),
        change("agreements", "toa", in_force=soon),
        change("agreements", "sofa", in_force=soon),
        change("observations", "*", measure=random.choice(["incidents", "returns"])),
        change("rules", random.choice(["detain", "defend-mandate"]), implemented=soon),
        change("tasks", random.choice(TASKS), rules=("protect-civilians",)),
        change("entries", "*", from_day=day(50)),
        both(drop("trucks"), drop("contracts")),
        drop("pledges", random.choice(UNITS)),
    ]


def small_mission(example: Mission, reference: Reference, seed: int, late: bool = False) -> tuple[Mission, Reference]:
    """Two tasks of the example with a few things wrong or, where asked, late or thin; and random costs of every kind of change."""
    random = Random(seed)
    mission = drop("caveats")(drop("tasks", *random.sample(TASKS, 2))(example))
    wrong = [*late_edits(random), *random.sample(edits(random), 2)] if late else edits(random)
    for edit in random.sample(wrong, random.randint(3, 7)):
        mission = edit(mission)
    if not items(mission, "tasks"):
        mission = same(example)
    factors = dict(reference.factors)
    for name in (*COSTS, *MORE_COSTS):
        for part, most in (("days", 40), ("weight", 9)):
            factor = factors[f"fix.{name}-{part}"]
            factors[factor.id] = factor.model_copy(update={"value": float(random.randint(1, most))})
    return mission, reference.model_copy(update={"factors": factors})


@dataclass(frozen=True)
class ByTrial:
    """The answer of trying every subset of the changes."""

    changes: int
    cost: float
    saved: frozenset[str]


def by_trial(mission: Mission, reference: Reference, priority: int, most: int) -> ByTrial | None:
    """The cheapest subset of all changes after which no task is red that any subset saves; None where there are too many changes."""
    problem = Problem(mission, reference)
    broken = tuple(task for task in mission.tasks.tasks if task.priority <= priority and _red(problem, task.id))
    proposals = options_for(problem, broken).proposals
    if len(proposals) > most:
        return None
    effects = [effect_of(problem, proposal) for proposal in proposals]
    saved_by = {}
    for size in range(len(proposals) + 1):
        for subset in combinations(range(len(proposals)), size):
            after = Problem(applied(mission, [effects[number] for number in subset]), reference)
            saved_by[subset] = frozenset(task.id for task in broken if not _red(after, task.id))
    every = frozenset().union(*saved_by.values())
    costs = [sum(proposals[number].cost for number in subset) for subset, saved in saved_by.items() if saved == every]
    return ByTrial(len(proposals), min(costs), every)


def by_trial_green(mission: Mission, reference: Reference, priority: int, most: int) -> ByTrial | None:
    """The cheapest subset of all changes after which as many tasks as can be are green; None where there are too many changes."""
    problem = Problem(mission, reference)
    tasks = tuple(task for task in mission.tasks.tasks if task.priority <= priority)
    asking = tuple(task for task in tasks if not _green(problem, task.id))
    proposals = options_for(problem, asking, "green").proposals
    if len(proposals) > most:
        return None
    effects = [effect_of(problem, proposal) for proposal in proposals]
    best: tuple[int, float, frozenset[str]] | None = None
    for size in range(len(proposals) + 1):
        for subset in combinations(range(len(proposals)), size):
            cost = sum(proposals[number].cost for number in subset)
            moved = [proposals[number].subject for number in subset if proposals[number].kind == "move task"]
            if len(set(moved)) < len(moved):
                continue
            after = Problem(applied(mission, [effects[number] for number in subset]), reference)
            green = frozenset(task.id for task in tasks if _green(after, task.id))
            if best is None or (-len(green), cost) < best[:2]:
                best = (-len(green), cost, green)
    assert best is not None
    return ByTrial(len(proposals), best[1], best[2] & {task.id for task in asking})


def _green(problem: Problem, task: str) -> bool:
    return all(verdict.state is State.GREEN for verdict in judge_task(problem, problem.tasks[task]).verdicts)


def _red(problem: Problem, task: str) -> bool:
    return any(verdict.state is State.RED for verdict in judge_task(problem, problem.tasks[task]).verdicts)
