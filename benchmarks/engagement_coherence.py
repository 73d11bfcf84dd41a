"""Coherence of rules of engagement at the size of the bars; part of `benchmarks.bench_engagement`.

Random law from `benchmarks.laws`. The peer tries situations one after the other with `weigh`: it can only ever show that a rule does have
effect, so what the solver calls without effect is held against it.
"""

from __future__ import annotations

import random
from time import perf_counter

from benchmarks.figures import Figure
from benchmarks.laws import BAR, Drawn, Sizes, drawn, requests
from casque.engagement.coherence.incoherences import coherence
from casque.engagement.law import law_of
from casque.engagement.weigh import weigh
from casque.mission.mission import Mission
from casque.plan.coherence import Incoherence
from casque.reference.load import Reference

SEED = 1
SMALL = Sizes(units=40, members=6, sectors=5, places=12, measures=8, rules=60, caveats=40)


def coherence_figures(base: Mission, reference: Reference, size: str) -> list[Figure]:
    """Seconds of the coherence of all rules, and of trying random situations for as many of the same verdicts as that can give."""
    subject = drawn(base, reference, random.Random(SEED), SMALL if size == "small" else BAR)
    started = perf_counter()
    found = coherence(subject.mission, reference, subject.postings)
    ours = perf_counter() - started
    assert found == coherence(subject.mission, reference, subject.postings), "the same mission gave other answers"
    tried, theirs = _refuted(subject, reference, found, 5_000 if size == "small" else 40_000)
    rules, caveats = len(subject.mission.engagement.rules), len(subject.mission.engagement.caveats)
    idle = sum(len(item.subjects) for item in found if item.kind in ("never applies", "wholly barred"))
    asserted = f"{len(found)} findings, the same twice; none of {idle} idle rules gave leave in {tried:,} random situations"
    peer = f"weigh over {tried:,} random situations: {theirs:.1f} s, no proof"
    return [Figure(f"coherence, {rules} rules and {caveats} caveats", ours, "s", peer, ours / theirs, asserted)]


def _refuted(subject: Drawn, reference: Reference, found: tuple[Incoherence, ...], number: int) -> tuple[int, float]:
    """Tries random situations. Raises AssertionError where a rule gives leave that is said never to; situations and seconds."""
    law = law_of(subject.mission, reference, subject.postings)
    idle = {name for item in found if item.kind in ("never applies", "contradicts itself", "wholly barred") for name in item.subjects}
    barred = {(name, item.member) for item in found if item.kind == "barred for a contingent" for name in item.subjects}
    last = int(subject.mission.about.horizon)
    asked = [request for request in requests(subject, random.Random(SEED), number) if 0 <= request.day <= last]
    started = perf_counter()
    for request in asked:
        weighed = weigh(law, request)
        if weighed.answer != "prohibited":
            given = {f"rule:{table.rule.id}" for table in (*weighed.permissions, *weighed.limitations)}
            assert not given & idle, (request, given & idle)
            assert not any((name, law.units[request.unit].member) in barred for name in given), request
    return len(asked), perf_counter() - started
