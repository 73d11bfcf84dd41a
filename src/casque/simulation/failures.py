"""What breaks, in which share of the runs, and what breaks first."""

from __future__ import annotations

import numpy as np

from casque.plan.outlook import FirstFailure
from casque.plan.record import DAYS_PER_MONTH
from casque.simulation.problem import Problem
from casque.simulation.world import NEVER, Floats, Results, Whole


def failures(problem: Problem, results: Results, floor: float) -> tuple[FirstFailure, ...]:
    """Everything that broke in at least one run, likeliest first.

    `floor` is the share of the requirement below which the force has not formed.
    """
    named = _broken(problem, results, floor)
    if not named:
        return ()
    days = np.stack([when for _, when in named], axis=1)
    first = np.argmin(days, axis=1)
    any_broke = days.min(axis=1) < NEVER
    found = []
    for column, (what, when) in enumerate(named):
        broke = when[when < NEVER]
        if not len(broke):
            continue
        p10, median, p90 = (round(float(value), 1) for value in np.quantile(broke, (0.1, 0.5, 0.9)))
        leads = float(np.mean(any_broke & (first == column)))
        found.append(
            FirstFailure(what=what, share=round(len(broke) / len(when), 4), first=round(leads, 4), p10=p10, median=median, p90=p90)
        )
    return tuple(sorted(found, key=lambda failure: (-failure.share, failure.what)))


def _broken(problem: Problem, results: Results, floor: float) -> list[tuple[str, Whole]]:
    """Day of each kind of failure in every run, NEVER where it does not happen."""
    named: list[tuple[str, Whole]] = []
    stated = problem.world.rates.sum(axis=0)
    for row, (_, name) in enumerate(problem.sectors):
        what = f"Incidents in {name} lie clearly above the stated {stated[row]:.1f} a week for four weeks"
        named.append((what, results.broke_incidents[:, row]))
    for row, (_, name) in enumerate(problem.sectors):
        named.append((f"Supply at the base of {name} falls below the least days that policy asks for", results.broke_supply[:, row]))
    named.append((_strength_text(problem, floor), _short(problem, results.strength, floor)))
    if problem.members:
        named.append((_withdrawal_text(problem, results), results.broke_member.min(axis=1)))
    for row, (_, name) in enumerate(problem.parties):
        named.append((f"Consent is withdrawn by {name}", results.broke_consent[:, row]))
    named.append(("The mandate lapses or the host ends its consent", results.broke_mandate[:, 0]))
    return named


def _strength_text(problem: Problem, floor: float) -> str:
    return f"The force averages under {floor:.0%} of the requirement over a month, from month {problem.settled_month} on"


def _withdrawal_text(problem: Problem, results: Results) -> str:
    shares = (results.broke_member < NEVER).mean(axis=0)
    most = int(np.argmax(shares))
    return f"A contributor decides to withdraw (most often {problem.members[most][1]}, in {shares[most]:.1%} of the runs)"


def _short(problem: Problem, strength: Floats, floor: float) -> Whole:
    """Last day of the first month, once the force should be in place, whose mean strength is under the floor; replications."""
    broke = np.full(len(strength), NEVER, dtype=np.int64)
    for month in range(problem.settled_month, len(problem.monthly)):
        begins, ends = int(np.ceil(month * DAYS_PER_MONTH)), int(np.ceil((month + 1) * DAYS_PER_MONTH))
        ends = min(ends, strength.shape[1])
        if ends <= begins or problem.monthly[month] <= 0:
            continue
        short = strength[:, begins:ends].mean(axis=1) < floor * problem.monthly[month]
        broke = np.where(short, np.minimum(broke, ends - 1), broke)
    return broke
