"""All answers beside the plan, from the matching problem and its plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casque.forces.answers.burden import burdens
from casque.forces.answers.interoperability import training
from casque.forces.answers.next_pledge import next_pledges
from casque.forces.answers.parts import Footing
from casque.forces.answers.piece import Clock
from casque.forces.answers.pivotal import losses, pairs
from casque.forces.answers.power import voting_power
from casque.forces.optimum import Plan
from casque.forces.problem import Problem
from casque.mission.alliance import Alliance
from casque.plan.force_answers import ForceAnswers, NextPledge, Pivotal
from casque.reference.load import Reference

SHARES = (0.1, 0.3, 0.25, 0.1, 0.25)
"""Parts of the time for the ground to stand on, the members, the members once more, the pairs and the next pledges; what one leaves goes
to the next."""


@dataclass(frozen=True)
class Params:
    """What steers the answers. Times are deterministic, as the solver counts them."""

    seed: int = 0
    """Seed of the solver."""
    time: float = 6.0
    """Most time for solving again; past it the answers are intervals."""
    each: float = 0.15
    """Most time for one program."""
    next_pledges: int = 20
    """Units to ask for."""
    pairs: int = 10
    """Pairs of members to name."""


@dataclass(frozen=True)
class Answers:
    """What to ask for, on whom the plan hangs, and the rest."""

    next_pledges: tuple[NextPledge, ...]
    pivotal: tuple[Pivotal, ...]
    rest: ForceAnswers


def solve(problem: Problem, plan: Plan, alliance: Alliance, reference: Reference, params: Params | None = None) -> Answers:
    """Every answer. The same problem, plan and parameters give the same answers, however fast the machine."""
    params = params or Params()
    clock = Clock(params.time, params.seed, params.each)
    taken = tuple(problem.names[index] for index in plan.taken)
    # What tells plans with the same fill apart is no matter here.
    footing = Footing(replace(problem, excesses=()), taken, plan.value, plan.bound, clock)
    clock.give(SHARES[0])
    _ = footing.bids
    clock.give(SHARES[1])
    lost, single = losses(footing, SHARES[2])
    clock.give(SHARES[3])
    together = pairs(footing, single, params.pairs)
    clock.give(SHARES[4])
    asked = next_pledges(footing, reference, params.next_pledges)
    rest = ForceAnswers(
        pairs=together.worst,
        other_pairs=together.others,
        standing_in=together.standing_in,
        power=voting_power(alliance),
        burdens=burdens(problem, plan.taken, reference),
        training=training(problem, plan.taken, reference, params.seed),
    )
    return Answers(asked, lost, rest)
