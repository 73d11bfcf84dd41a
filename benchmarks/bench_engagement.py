"""Decisions on force: one with its reasons, a matrix of them, and the same requests decided by Cedar and Rego engines.

The missions come from `benchmarks.laws`. Peers: cedarpy's batch call, and rego-cpp (regopy), an engine for OPA's language, on policies that
are written from the same missions without the code that decides here. A decision of theirs has no reasons in words and no delays.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from itertools import product
from pathlib import Path
from time import perf_counter

import casque.mission
from benchmarks.cedar_policies import cedar_of
from benchmarks.engagement_coherence import coherence_figures
from benchmarks.engagement_usable import usable_figures
from benchmarks.figures import Figure, in_turn
from benchmarks.laws import BAR, Drawn, Sizes, drawn, requests
from benchmarks.rego_policies import rego_of
from casque.engagement.law import Law, law_of
from casque.engagement.matrix import ANSWERS, Situation, matrix
from casque.engagement.naming import When
from casque.engagement.reasons import reasoned
from casque.engagement.request import SELF_DEFENCE, Request
from casque.engagement.titles import titles_of
from casque.engagement.weigh import Weighed, weigh
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, Protected
from casque.reference.load import Reference, load

SEED = 1
SITUATION = Situation(frozenset({Circumstance.HOSTILE_ACT, Circumstance.VIOLENT_CROWD}), Protected.CIVILIANS)


def measure(size: str) -> list[Figure]:
    """The figures of the decisions."""
    base = read(Path(casque.mission.__file__).parent / "template")
    reference = load(base.overrides)
    full = size == "full"
    subject = drawn(base, reference, random.Random(SEED), BAR)
    law = law_of(subject.mission, reference, subject.postings)
    asked = requests(subject, random.Random(SEED + 1), 2000 if full else 400)
    single = _single(law, subject.mission, asked)
    return [
        Figure("one decision with its reasons", single, "ms (median)", "bar of 1 ms", single, "300 rules, 200 caveats"),
        *_matrix(law, subject, 24 if full else 6),
        *_peers(law, subject, reference, asked, 200 if full else 20),
        _agreement(base, reference, 100 if full else 5),
        *usable_figures(base, reference, size),
        *coherence_figures(base, reference, size),
    ]


def _single(law: Law, mission: Mission, asked: list[Request]) -> float:
    """Milliseconds of a decision with its reasons, the median over many requests."""
    titles = titles_of(mission)
    spans = []
    for request in asked:
        started = perf_counter()
        answer = reasoned(law, titles, request)
        spans.append(perf_counter() - started)
        assert answer.answer == weigh(law, request).answer
    return 1000 * statistics.median(spans)


def _matrix(law: Law, subject: Drawn, hours: int) -> list[Figure]:
    """Decisions a second of a whole matrix, some of them held against single decisions."""
    wheres = [(law.places[place.id], place.id) for place in subject.mission.area.places]
    units, measures = list(law.units), [*law.measures, SELF_DEFENCE]
    times = [When(60 + hour // 24, hour % 24) for hour in range(0, 24, 24 // hours)]

    def one() -> float:
        started = perf_counter()
        found = matrix(law, units, measures, wheres, times, [SITUATION])
        return float(found.answers.size / (perf_counter() - started))

    rate = statistics.median(one() for _ in range(5))
    found = matrix(law, units, measures, wheres, times, [SITUATION])
    cells = list(product(*(range(length) for length in found.answers.shape)))
    checked = random.Random(SEED).sample(cells, 20_000)
    for s, u, m, w, t in checked:
        sector, place = wheres[w]
        request = Request(units[u], measures[m], sector, place, times[t].day, times[t].hour, SITUATION.given, SITUATION.protecting)
        alone = weigh(law, request)
        assert (ANSWERS[found.answers[s, u, m, w, t]], found.delays[s, u, m, w, t]) == (alone.answer, alone.delay), request
    size = f"{found.answers.size:,} decisions"
    asserted = f"{len(checked):,} of them equal single decisions, delays included"
    return [Figure("matrix, 300 rules and 200 caveats", rate, "decisions/s", "bar of 1,000,000", rate / 1e6, f"{size}; {asserted}")]


def _peers(law: Law, subject: Drawn, reference: Reference, asked: list[Request], for_rego: int) -> list[Figure]:
    """Microseconds of a decision here, in Cedar and in Rego, on the same requests in turn."""
    cedar, rego = cedar_of(subject.mission, reference, subject.postings), rego_of(subject.mission, reference, subject.postings)
    for request, theirs in zip(asked, cedar.decide(asked), strict=True):
        assert told(request, weigh(law, request)) == (theirs.answer, theirs.by), request
    for request in asked[:for_rego]:
        ours = weigh(law, request)
        assert rego.decide(request) == (ours.answer, frozenset(ours.decided_by)), request

    def span(decide: Callable[[list[Request]], object], some: list[Request]) -> float:
        started = perf_counter()
        decide(some)
        return 1e6 * (perf_counter() - started) / len(some)

    def here(some: list[Request]) -> None:
        for request in some:
            weigh(law, request)

    def by_rego(some: list[Request]) -> None:
        for request in some:
            rego.decide(request)

    alone, by_cedar = in_turn(lambda: span(here, asked), lambda: span(cedar.decide, asked))
    again, by_opa = in_turn(lambda: span(here, asked[:for_rego]), lambda: span(by_rego, asked[:for_rego]))
    equal = "the same answers and deciding texts"
    return [
        Figure("one decision, against Cedar", alone, "µs", f"cedarpy's batch call: {by_cedar:.0f} µs", alone / by_cedar, equal),
        Figure("one decision, against Rego", again, "µs", f"regopy (rego-cpp), compiled: {by_opa:.0f} µs", again / by_opa, equal),
    ]


def _agreement(base: Mission, reference: Reference, missions: int, each: int = 1000) -> Figure:
    """Random missions, each with random requests, decided here and by Cedar: decision and deciding texts alike."""
    compared = 0
    for seed in range(missions):
        subject = drawn(base, reference, random.Random(seed), Sizes(rules=12 + seed % 20, caveats=8 + seed % 14))
        law, cedar = law_of(subject.mission, reference, subject.postings), cedar_of(subject.mission, reference, subject.postings)
        asked = requests(subject, random.Random(seed + 10_000), each)
        for request, theirs in zip(asked, cedar.decide(asked), strict=True):
            assert told(request, weigh(law, request)) == (theirs.answer, theirs.by), (seed, request)
            compared += 1
    asserted = f"decision and deciding texts, {missions} random missions"
    return Figure("random requests decided as Cedar decides them", compared, "requests", "bar of 100,000", compared / 100_000, asserted)


def told(request: Request, weighed: Weighed) -> tuple[str, frozenset[str]]:
    """A decision as Cedar tells it: self-defence is a policy of its own there."""
    return weighed.answer, frozenset({SELF_DEFENCE}) if request.measure == SELF_DEFENCE else frozenset(weighed.decided_by)
