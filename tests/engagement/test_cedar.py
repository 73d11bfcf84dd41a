"""An engine that shares no code with ours decides random requests alike, and names the same deciding texts."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from benchmarks.bench_engagement import told
from benchmarks.cedar_policies import cedar_of
from benchmarks.laws import Sizes, drawn, requests
from benchmarks.rego_policies import rego_of
from casque.engagement.law import law_of
from casque.engagement.weigh import weigh
from casque.mission.mission import Mission
from casque.reference.load import Reference


@pytest.mark.parametrize("seed", range(10))
def test_cedar_decides_alike(example: Mission, reference: Reference, seed: int) -> None:
    subject = drawn(example, reference, Random(seed), Sizes(rules=14 + seed, caveats=10 + seed))
    law, cedar = law_of(subject.mission, reference, subject.postings), cedar_of(subject.mission, reference, subject.postings)
    asked = requests(subject, Random(seed + 1000), 300)
    seen: Counter[str] = Counter()
    for request, theirs in zip(asked, cedar.decide(asked), strict=True):
        ours = weigh(law, request)
        assert told(request, ours) == (theirs.answer, theirs.by), request
        seen[ours.answer] += 1
    assert len(seen) == 3, "a slice without one of the answers says little"


def test_a_caveat_on_a_measure_that_is_only_prohibited_bars_it_too(example: Mission, reference: Reference) -> None:
    subject = drawn(example, reference, Random(40), Sizes(rules=12, caveats=20))
    law, cedar = law_of(subject.mission, reference, subject.postings), cedar_of(subject.mission, reference, subject.postings)
    asked = requests(subject, Random(10_040), 300)
    for request, theirs in zip(asked, cedar.decide(asked), strict=True):
        assert told(request, weigh(law, request)) == (theirs.answer, theirs.by), request


def test_rego_decides_alike(example: Mission, reference: Reference) -> None:
    subject = drawn(example, reference, Random(7), Sizes(rules=20, caveats=12))
    law, rego = law_of(subject.mission, reference, subject.postings), rego_of(subject.mission, reference, subject.postings)
    for request in requests(subject, Random(8), 100):
        ours = weigh(law, request)
        assert rego.decide(request) == (ours.answer, frozenset(ours.decided_by)), request
