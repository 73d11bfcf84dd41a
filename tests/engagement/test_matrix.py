"""A matrix gives what single decisions give, in every cell."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.laws import LAST_DAY, Sizes, drawn
from casque.engagement.law import law_of
from casque.engagement.matrix import ANSWERS, Situation, matrix
from casque.engagement.naming import When
from casque.engagement.request import SELF_DEFENCE, Request
from casque.engagement.weigh import weigh
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, Protected
from casque.reference.load import Reference


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 16), st.integers(0, 12))
def test_every_cell_is_the_single_decision(example: Mission, reference: Reference, seed: int, rules: int, caveats: int) -> None:
    random = Random(seed)
    sizes = Sizes(units=6, members=3, sectors=3, places=3, measures=3, rules=max(3, rules), caveats=caveats)
    subject = drawn(example, reference, random, sizes)
    law = law_of(subject.mission, reference, subject.postings)
    units, measures = list(law.units), [*law.measures, SELF_DEFENCE]
    wheres = [(name, "") for name in law.sectors] + [(sector, name) for name, sector in law.places.items()]
    times = [When(random.randint(-10, LAST_DAY), random.randrange(24)) for _ in range(4)]
    situations = [
        Situation(frozenset(random.sample(list(Circumstance), random.randrange(4))), random.choice([None, *Protected])) for _ in range(2)
    ]
    found = matrix(law, units, measures, wheres, times, situations)
    assert found.answers.shape == found.delays.shape == (2, len(units), len(measures), len(wheres), 4)
    for s, u, m, w, t in product(*(range(length) for length in found.answers.shape)):
        case, (sector, place), time = situations[s], wheres[w], times[t]
        single = weigh(law, Request(units[u], measures[m], sector, place, time.day, time.hour, case.given, case.protecting))
        assert ANSWERS[found.answers[s, u, m, w, t]] == single.answer
        assert found.delays[s, u, m, w, t] == single.delay


def test_a_matrix_of_nothing_is_empty(example: Mission, reference: Reference) -> None:
    law = law_of(example, reference)
    assert matrix(law, [], list(law.measures), [("north", "")], [When(1)]).answers.size == 0
    assert matrix(law, list(law.units), [], [("north", "")], [When(1)]).answers.size == 0
    found = matrix(law, list(law.units), list(law.measures), [], [])
    assert found.delays.shape == (1, 6, 3, 0, 0)
    assert np.array_equal(found.answers.shape, found.delays.shape)
