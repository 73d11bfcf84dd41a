"""The oracle: its groups gain by further changes only, and its cuts are met by every set that saves."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.checks.chain import LINKS
from casque.checks.options import options_for
from casque.checks.oracle import GROUPS, Oracle
from casque.checks.problem import Problem
from casque.mission.mission import Mission
from casque.reference.load import Reference
from tests.checks.small_missions import small_mission


def test_groups_share_the_links_among_them() -> None:
    assert sorted(link for links, _ in GROUPS.values() for link in links) == sorted(LINKS)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_every_set_that_saves_meets_every_cut(seed: int, example: Mission, reference: Reference) -> None:
    mission, priced = small_mission(example, reference, seed)
    options = options_for(Problem(mission, priced), mission.tasks.tasks)
    oracle = Oracle(options, mission.tasks.tasks)
    for task in mission.tasks.tasks:
        for mode in oracle.modes[task.id]:
            for group in GROUPS:
                relevant = sorted(oracle.relevant(task.id, mode, group))[:7]
                cuts = oracle.cuts(task.id, mode, group, frozenset())
                subsets = [frozenset(s) for size in range(len(relevant) + 1) for s in combinations(relevant, size)]
                saving = [s for s in subsets if oracle.holds(task.id, mode, group, s)]
                assert cuts is not None or not saving
                assert all(s & cut for s in saving for cut in cuts or ())
                assert all(oracle.holds(task.id, mode, group, s | {n}) for s in saving for n in relevant)
