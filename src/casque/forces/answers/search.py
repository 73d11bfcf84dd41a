"""A better plan of a changed problem, by a short search from a plan that is at hand."""

from __future__ import annotations

import numpy as np

from casque.forces.answers.piece import Clock, Placing
from casque.forces.arrays import arrays
from casque.forces.matching.annealing import annealed, leads
from casque.forces.matching.heat import charges, heat
from casque.forces.problem import Problem

STEPS = 600_000
"""Steps that count as one second of the solver's deterministic time, which takes a free core about two and a half."""

LEAST, EACH = 1_000, 40
"""Steps of a short search: so many, and so many for each element."""

HOT, COLD = 0.02, 0.005
"""Heat at the beginning and at the end, as shares of what a column is worth: the start is good, and is to be mended, not left."""


def placed_again(problem: Problem, start: Placing, clock: Clock, length: int = 1) -> Placing:
    """The best plan that a search finds from a placing in which every element serves once; the placing itself where none is better.

    `length` is how many times as long as a short one the search is. A start may break limits; as long as nothing that keeps them is found,
    it is given back as it came.
    """
    steps = min(length * (LEAST + EACH * len(problem.units)), int(clock.left * STEPS))
    if steps <= 0 or not problem.options:
        return start
    clock.left -= steps / STEPS
    within = arrays(problem)
    matching, begun = within.matching, frozenset(start)
    taken = np.sort(within.columns[[index for index, name in enumerate(problem.names) if name in begun]])
    found, _ = annealed(
        matching,
        taken,
        leads(matching, np.arange(matching.columns)),
        charges(matching, None),
        steps,
        heat(matching, HOT),
        heat(matching, COLD),
        clock.seed,
    )
    return tuple(problem.names[index] for index in within.taken(found)) if len(found) else start
