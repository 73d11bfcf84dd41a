"""By when a unit would have to be ready, and whom to ask for it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from math import floor
from typing import Literal

from casque.forces.answers.candidates import Candidate, added, with_one_more
from casque.forces.answers.parts import Footing
from casque.forces.answers.placing import by_pool, positions, standing
from casque.forces.columns import shares_by_month
from casque.mission.vocabulary import Capability
from casque.plan.force_answers import Asked
from casque.reference.load import Reference

NEARLY = 0.95
"""Part of the gain that counts as nearly all of it."""

ASKED = 3
"""Members named for a unit."""

HAS: tuple[Literal["that type", "that capability", "not seen"], ...] = ("that type", "that capability", "not seen")


def latest(footing: Footing, item: Candidate) -> int:
    """Last day on which the unit may be ready and still add nearly all that it would add beside the plan."""
    days = item.problem.calendar
    beside = by_pool(footing.problem, positions(footing.problem, footing.plan))
    start, last = item.unit.presence.start, item.unit.presence.end
    ready = days.day(item.unit.pledge.ready_to_load)

    def gain(late: int) -> int:
        shares = shares_by_month(frozenset(range(start + late, last + 1)), days)
        gains = []
        for option in item.options:
            people = tuple(floor(item.unit.strength * option.quality * share + 1e-9) for share in shares)
            more = with_one_more(footing, item.unit, (replace(option, people=people),))
            gains.append(added(more, len(more.options) - 1, beside))
        return max(gains, default=0)

    whole = gain(0)
    low, high = 0, max(0, last - start)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if gain(middle) >= NEARLY * whole else (low, middle - 1)
    return ready + low


def whom_to_ask(footing: Footing, item: Candidate, types: Set[str], reference: Reference) -> tuple[Asked, ...]:
    """Members to ask: those that may and can serve there, by whether they have such units, then by their will."""
    problem = footing.problem
    own: dict[str, set[str]] = {}
    kinds: dict[str, set[Capability]] = {}
    barred: set[str] = set()
    for unit in problem.units:
        own.setdefault(unit.pledge.member, set()).add(unit.pledge.unit_type)
        if unit.known:
            kinds.setdefault(unit.pledge.member, set()).add(reference.unit_types[unit.pledge.unit_type].capability)
        if any(item.sector in barrier.caveat.bars_sectors for barrier in unit.barriers):
            barred.add(unit.pledge.member)
    nations = standing(problem, footing.plan).get(item.sector, set())
    full = len(nations) >= problem.most_nations(item.sector)
    found: list[tuple[int, float, float, str, Asked]] = []
    for member in problem.members.values():
        if "contributor" not in member.roles or member.id in barred or (full and member.id not in nations) or member.will <= 0:
            continue
        rank = 0 if types & own.get(member.id, set()) else 1 if item.kind.capability in kinds.get(member.id, set()) else 2
        asked = Asked(member=member.id, will=member.will, has=HAS[rank])
        found.append((rank, -member.will, -member.reliability, member.id, asked))
    return tuple(asked for *_, asked in sorted(found, key=lambda row: row[:4])[:ASKED])
