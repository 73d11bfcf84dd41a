"""What becomes of the plan if pledges come late or stay away, and the two plans that reckon with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casque.forces.futures.bound import bound
from casque.forces.futures.cells import Cells, People, cells
from casque.forces.futures.chances import chances
from casque.forces.futures.measured import Measured, estimate, measured, spread, worst
from casque.forces.futures.moves import moves, tidied
from casque.forces.futures.placing import Placing
from casque.forces.futures.presence import draws, people
from casque.forces.futures.search import best, smallest, tail_of
from casque.forces.problem import Problem
from casque.mission.mission import Mission
from casque.plan.futures import Aim, FuturePlan, FuturesRecord, PledgeChance
from casque.reference.lateness import Chance, drawn
from casque.reference.load import Reference

SUPPOSES = (
    "A mission slips as a whole, a nation with all its units, and each unit by itself; the spread is fitted to how UN missions filled up "
    "(factor simulation.slippage). Reliability and delay of a nation are what the mission folder says of it, mostly judgement.",
    "An offer comes less surely and later, a confirmed pledge more surely and sooner (factors simulation.firmness-offered and -confirmed, "
    "judgement). A unit that stands outside its own country when it is called comes, and on its day.",
    "A unit that comes late goes home when promised: the day on which a tour ends hangs on decisions at home, contracts and the unit that "
    "relieves it (judgement). The parts of a pledge share its fate.",
    "Units come with the people promised, and move as planned; the simulation counts that too. A plan is not changed once it is seen who "
    "comes: a commander who may move units afterwards loses less.",
)
"""What the futures rest on."""


@dataclass(frozen=True)
class FutureParams:
    """What steers the futures."""

    sample: int = 200
    """Futures on which plans are sought; fewer where the problem is so large that they would not fit into `figures`."""
    fresh: int = 1000
    """Futures on which they are measured."""
    work: int = 2_500_000
    """Most fills of a pool in one future that each search may work out."""
    figures: int = 20_000_000
    """Most figures of people by option, future and month that are kept."""


def futures(
    problem: Problem, nominal: Sequence[int], mission: Mission, reference: Reference, seed: int = 0, params: FutureParams | None = None
) -> FuturesRecord:
    """The nominal plan, the plan best on average and the plan best in its worst tenth, over sampled futures of the pledges."""
    params = params or FutureParams()
    pledges = chances(mission, reference)
    months = max(1, len(problem.calendar.months))
    sample = max(20, min(params.sample, params.figures // max(1, len(problem.options) * months)))
    table = cells(problem)
    coming = people(problem, draws(problem, pledges, reference, seed, range(sample)))
    tail = tail_of(sample)
    average, known = best(problem, table, coming, nominal, sample, params.work)
    average = tidied(problem, table, coming, nominal, average, sample)
    careful = _careful(problem, table, coming, (tuple(nominal), average), tail, params.work)
    careful = tidied(problem, table, coming, nominal, careful, tail)
    fresh = range(sample, sample + params.fresh)
    seen = seen_chances(pledges, reference, seed, fresh)
    plans: list[FuturePlan] = []
    base = measured(problem, nominal, pledges, reference, seed, fresh)
    sought: tuple[tuple[Aim, tuple[int, ...], int], ...] = (
        ("nominal", tuple(nominal), 0),
        ("average", average, sample),
        ("worst tenth", careful, tail),
    )
    for aim, taken, counted in sought:
        found = base if taken == tuple(nominal) else measured(problem, taken, pledges, reference, seed, fresh)
        plans.append(_plan(aim, problem, Placing(problem, table, coming, taken), found, base, counted, known))
    return FuturesRecord(
        seed=seed,
        sample=sample,
        fresh=params.fresh,
        certain=_certain(problem, table, nominal),
        plans=tuple(plans),
        moves=(
            *moves(problem, table, coming, nominal, average, "average", sample, seen),
            *moves(problem, table, coming, nominal, careful, "worst tenth", tail, seen),
        ),
        chances=seen,
        supposes=SUPPOSES,
    )


def seen_chances(pledges: Sequence[Chance], reference: Reference, seed: int, runs: range) -> tuple[PledgeChance, ...]:
    """How often pledges come and how late they are, in some futures."""
    fate = drawn(pledges, reference, seed, runs)
    found = []
    for row, pledge in enumerate(pledges):
        late = fate.late[:, row][fate.comes[:, row]]
        middle, high = np.quantile(late, (0.5, 0.9)) if len(late) else (0.0, 0.0)
        found.append(
            PledgeChance(
                unit=pledge.name, member=pledge.member, comes=float(fate.comes[:, row].mean()), late=float(middle), late_p90=float(high)
            )
        )
    return tuple(found)


def _careful(problem: Problem, table: Cells, coming: People, starts: Sequence[tuple[int, ...]], tail: int, work: int) -> tuple[int, ...]:
    """The best plan found in its worst tenth from each of some plans; of equals the first."""
    found = [best(problem, table, coming, start, tail, work)[0] for start in dict.fromkeys(starts)]
    return max(found, key=lambda taken: smallest(Placing(problem, table, coming, taken).total, tail))


def _plan(aim: Aim, problem: Problem, placing: Placing, found: Measured, base: Measured, counted: int, known: bool) -> FuturePlan:
    """A plan as the record has it; `counted` are the futures of the sample that its aim counts, 0 for none."""
    total, tail = placing.total, tail_of(len(placing.total))
    wanted = max(1, problem.wanted)
    limit = None
    if counted:
        part = np.argsort(total, kind="stable")[:counted]
        limit = bound(problem, placing.cells, placing.people[:, part], total[part])
    over = worst(found.fill) - worst(base.fill) if aim == "worst tenth" else found.fill - base.fill
    low, middle, high = (float(level) for level in np.quantile(found.fill, (0.1, 0.5, 0.9)))
    return FuturePlan(
        aim=aim,
        fill=estimate(found.fill),
        worst_tenth=estimate(worst(found.fill)),
        p10=low,
        p50=middle,
        p90=high,
        over_nominal=estimate(over),
        by_month=spread(found.by_month),
        strength=spread(found.strength),
        sample_fill=float(total.mean()) / wanted,
        sample_worst_tenth=smallest(total, tail) / tail / wanted,
        bound=None if limit is None else min(1.0, limit / wanted),
        proven=bool(counted) and known,
    )


def _certain(problem: Problem, table: Cells, nominal: Sequence[int]) -> float:
    """Share of the weighted requirement that a plan fills if every pledge is kept to the day."""
    promised = np.zeros((len(problem.options), 1, len(problem.calendar.months)), dtype=np.int32)
    for index, option in enumerate(problem.options):
        promised[index, 0] = option.people
    return float(Placing(problem, table, promised, nominal).total[0]) / max(1, problem.wanted)
