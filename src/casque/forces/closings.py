"""Closing a gap of the bridge: whose earlier arrival, longer stay or call gives the people that are missing, and asks least for it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from casque.plan.bridge import Closing, GapClosing, Step

MOST = 3
"""Ways that are kept for a gap."""

Offer = tuple[Step, float]
"""Something that could be asked of a unit, and what it counts for: its person-days times their weight."""


def closings(offers: Sequence[Offer], missing: float) -> tuple[GapClosing, ...]:
    """The ways to close a gap of so many people: the cheapest of each sort and, where that is cheaper, one of several sorts.

    Each is the cheapest choice of offers that gives the people missing, found exactly; where all of them together give fewer, all.
    Those that close the gap whole stand first, and among them those that ask least.
    """
    if missing <= 0:
        return ()
    kinds: dict[Closing, list[Offer]] = {}
    for offer in offers:
        kinds.setdefault(offer[0].how, []).append(offer)
    found = [_closing(how, cheapest(some, missing), missing) for how, some in kinds.items()]
    if len(kinds) > 1:
        mixed = cheapest(offers, missing)
        if len({step.how for step, _ in mixed}) > 1:
            found.append(_closing("several of these", mixed, missing))
    found.sort(key=lambda item: (-round(item.closes, 6), item.person_days, item.how))
    return tuple(found[:MOST])


def cheapest(offers: Sequence[Offer], missing: float) -> tuple[Offer, ...]:
    """The offers that give at least the people missing at the least weight; all of them where they give fewer.

    A cover by whole people, filled up person by person, so that the choice is the best one and not the first one.
    """
    useful = [offer for offer in offers if offer[0].people > 0]
    if sum(step.people for step, _ in useful) < missing:
        return tuple(useful)
    need = ceil(missing - 1e-9)
    best: list[tuple[float, tuple[int, ...]] | None] = [None] * (need + 1)
    best[0] = (0.0, ())
    for place, (step, weight) in enumerate(useful):
        gives = max(1, int(step.people + 1e-9))
        for have in range(need, -1, -1):
            known = best[have]
            if known is None:
                continue
            reach = min(need, have + gives)
            offered = (known[0] + weight, (*known[1], place))
            current = best[reach]
            if current is None or offered < current:
                best[reach] = offered
    covered = best[need]
    # People are counted whole from below; where only their parts make up the number, everything is asked for.
    return tuple(useful) if covered is None else tuple(useful[place] for place in covered[1])


def _closing(how: Closing, chosen: Sequence[Offer], missing: float) -> GapClosing:
    return GapClosing(
        how=how,
        steps=tuple(step for step, _ in chosen),
        person_days=sum(weight for _, weight in chosen),
        closes=min(1.0, sum(step.people for step, _ in chosen) / missing),
    )
