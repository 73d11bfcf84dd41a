"""What each string costs: the people and hours that a caveat, or a word that a rule keeps back, takes from a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isinf

import numpy as np

from casque.engagement.usable_force.arrivals import Board
from casque.engagement.usable_force.freedom import Hours
from casque.mission.mission import Mission
from casque.plan.usable import ReachCost, StringCost


@dataclass(frozen=True)
class Freed:
    """The law as it stands and without any string, and what each string alone changes in either."""

    standing: Hours
    none: Hours
    alone: Mapping[str, Hours]
    """With this string taken away and no other."""
    stays: Mapping[str, Hours]
    """With every string taken away but this one."""


def freed(board: Board) -> Freed:
    """Hours until units are free to act under every set of strings that costs are told from."""
    strings = frozenset(board.strings)
    standing, none = board.free(), board.free(strings)
    return Freed(
        standing,
        none,
        {item: board.free({item}, standing, item) for item in board.strings},
        {item: board.free(strings - {item}, none, item) for item in board.strings},
    )


def costs_at(mission: Mission, board: Board, states: Freed, hours: Sequence[float], strength: float) -> tuple[StringCost, ...]:
    """What each string costs at the one place of a board, the dearest first."""
    now, best = board.usable(states.standing, hours)[:, 0], board.usable(states.none, hours)[:, 0]
    first_now, first_best = board.first(states.standing, strength)[0], board.first(states.none, strength)[0]
    found = []
    for item in board.strings:
        gained = board.usable(states.alone[item], hours)[:, 0] - now
        missing = best - board.usable(states.stays[item], hours)[:, 0]
        holder, wait, band = _holder(mission, item)
        cost = StringCost(
            string=item,
            holder=holder,
            wait=wait,
            band=band,
            units=tuple(sorted({board.field.units[row].id for text in board.texts if text.item == item for row in text.rows_at(0)})),
            gained=_whole(gained),
            missing=_whole(missing),
            sooner=_between(first_now, board.first(states.alone[item], strength)[0]),
            later=_between(board.first(states.stays[item], strength)[0], first_best),
        )
        found.append(cost)
    return tuple(sorted(found, key=lambda cost: (-sum(cost.missing), -sum(cost.gained), cost.string)))


def costs_over(board: Board, states: Freed, strength: float, within: float) -> tuple[ReachCost, ...]:
    """What each string costs over all places of a board, the dearest first; strings that cost nothing are left out."""
    names = [spot.place for spot in board.field.spots]
    if not names:
        return ()
    best = board.usable(states.none, (within,))[0]
    first_now, first_best = board.first(states.standing, strength), board.first(states.none, strength)
    found = []
    for item in board.strings:
        held = np.any([text.where.any(axis=0) for text in board.texts if text.item == item], axis=0)
        first_alone, first_stays = board.first(states.alone[item], strength), board.first(states.stays[item], strength)
        missing = best - board.usable(states.stays[item], (within,))[0]
        later = [_between(b, a) for a, b in zip(first_best, first_stays, strict=True)]
        lost = [hours for hours in later if hours is not None]
        cost = ReachCost(
            string=item,
            places=tuple(name for name, there in zip(names, held, strict=True) if there),
            opens=tuple(name for name, a, b in zip(names, first_now, first_alone, strict=True) if b <= within < a),
            shuts=tuple(name for name, a, b in zip(names, first_best, first_stays, strict=True) if a <= within < b),
            most_missing=round(float(missing.max()), 6),
            most_missing_at=names[int(missing.argmax())] if missing.max() > 0 else "",
            hours_lost=max(lost, default=0.0) if len(lost) == len(later) else None,
        )
        if cost.opens or cost.shuts or cost.most_missing or cost.hours_lost != 0:
            found.append(cost)
    return tuple(
        sorted(found, key=lambda cost: (-len(cost.shuts), -len(cost.opens), -cost.most_missing, -_weight(cost.hours_lost), cost.string))
    )


def _holder(mission: Mission, item: str) -> tuple[str, float | None, tuple[float, float] | None]:
    """Who can take a string away, the hours that this is expected to take, and the shortest and longest where they differ."""
    kind, _, name = item.partition(":")
    if kind == "caveat":
        caveat = next(item for item in mission.engagement.caveats if item.id == name)
        if not caveat.waived_by:
            return "", None, None
        least, most = caveat.delay_band
        return caveat.waived_by, caveat.expected_delay, (least, most) if least < most else None
    rule = next(item for item in mission.engagement.rules if item.id == name)
    posts = {post.id: post.name for post in mission.alliance.command_posts}
    holders = [(rule.delay, rule.held_by)] if rule.held_by is not None else []
    holders += [(item.delay, item.to) for item in rule.delegations]
    delay, post = min(holders, key=lambda holder: holder[0])
    return posts.get(post, post), delay, None


def _whole(values: Hours) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def _weight(hours: float | None) -> float:
    return inf if hours is None else hours


def _between(late: float, early: float) -> float | None:
    if isinf(late):
        return 0.0 if isinf(early) else None
    return round(float(late - early), 6)
