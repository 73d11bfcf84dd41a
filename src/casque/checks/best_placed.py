"""Which contributor is best placed to send a further unit, and from where."""

from __future__ import annotations

from casque.checks.problem import Problem

NOBODY = "a-contributor"
"""Stands for a contributor where nobody has pledged anything yet."""


def contributor_for(problem: Problem, sector: str, ready: int) -> tuple[str, str]:
    """Member and home station from which a unit ready on a day is soonest at the base of a sector, agreements regarded.

    Those whose authority is, or will be, transferred go before the others, then those without a caveat on all their units. Where nobody
    has pledged, the unit starts at the base.
    """
    base = problem.sectors[sector].base if sector in problem.sectors else ""
    first_homes: dict[str, str] = {}
    for pledge in problem.mission.forces.pledges:
        first_homes.setdefault(pledge.member, pledge.home)
    bound = {caveat.member for caveat in problem.mission.engagement.caveats if not caveat.units}
    best: tuple[tuple[bool, bool, float, float], str, str] | None = None
    for member, home in first_homes.items():
        gated = problem.gated_arrivals.at_base(home, ready, member, base)
        free = problem.free_arrivals.at_base(home, ready, member, base)
        if free == float("inf"):
            continue
        rank = (not any(item.covers(member) for item in problem.wide_transfers), member in bound, gated, free)
        if best is None or rank < best[0]:
            best = (rank, member, home)
    if best is None:
        return next(iter(first_homes.items())) if first_homes else (NOBODY, base)
    return best[1], best[2]
