"""Two sets of rules held against each other: both are asked the same questions, and the answers that differ are told together.

The questions are every common unit, every sector and every place that a text names, every stretch of the day that the texts tell apart, and
for each measure the circumstances that its rules speak about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casque.engagement.law import law_of
from casque.engagement.matrix import ANSWERS, PROHIBITED
from casque.engagement.matrix import Situation as Case
from casque.engagement.naming import When
from casque.engagement.review.grid import Flags, Grid, Side, cases_of, hours_of, wheres_of
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance
from casque.plan.coherence import Situation
from casque.plan.engagement import Answer
from casque.plan.rule_review import Extent, RuleChange, RuleComparison
from casque.reference.load import Reference

MOST_SITUATIONS = 3
"""Situations that a change shows."""


@dataclass(frozen=True)
class RuleSet:
    """A mission's rules on a day."""

    name: str
    mission: Mission
    reference: Reference
    day: int


def rule_changes(a: RuleSet, b: RuleSet) -> RuleComparison:
    """What becomes permitted, needs a word or is forbidden to whom, from one set of rules on its day to the other on its own."""
    laws = [law_of(side.mission, side.reference) for side in (a, b)]
    common = [unit for unit in laws[0].units if unit in laws[1].units]
    every = dict.fromkeys((*laws[0].units, *laws[1].units))
    hours = hours_of(laws)
    soldiers = {unit: laws[1].units[unit] for unit in common}
    members, posted = ({unit: getattr(item, name) for unit, item in soldiers.items()} for name in ("member", "sector"))
    grid = Grid(tuple(common), wheres_of(laws), hours, members, posted)
    one, other = (Side(law, tuple(When(side.day, hour) for hour in hours)) for law, side in zip(laws, (a, b), strict=True))
    found: list[RuleChange] = []
    asked = differing = 0
    for measure in sorted({*laws[0].measures, *laws[1].measures}):
        cases = cases_of(measure, laws)
        before, after = (side.answers(grid, measure, cases) for side in (one, other))
        asked += before.size
        differing += int((before != after).sum())
        found += _changes(grid, measure, cases, before, after, (one, other))
    return RuleComparison(
        a=a.name,
        b=b.name,
        day_a=a.day,
        day_b=b.day,
        decisions=asked,
        changed=differing,
        changes=tuple(sorted(_together(found), key=_rank)),
        units_left_out=tuple(unit for unit in every if unit not in common),
    )


def _rank(change: RuleChange) -> tuple[int, int, tuple[str, ...]]:
    before, after = ANSWERS.index(change.was), ANSWERS.index(change.now)
    return (0 if after == PROHIBITED else 1 if before == PROHIBITED else 2, after, change.measures)


def _changes(
    grid: Grid, measure: str, cases: Sequence[Case], before: NDArray[np.uint8], after: NDArray[np.uint8], sides: tuple[Side, Side]
) -> Iterator[RuleChange]:
    for was, now in sorted({(int(x), int(y)) for x, y in zip(before[before != after], after[before != after], strict=True)}):
        touched = (before == was) & (after == now)
        groups: dict[tuple[object, ...], list[int]] = {}
        for unit in np.flatnonzero(touched.any(axis=(0, 2, 3))):
            groups.setdefault(_extent(touched[:, unit], grid.own(int(unit))), []).append(int(unit))
        for units in groups.values():
            for extent, wheres in _parts(touched[:, units[0]], grid.own(units[0])):
                part = touched[:, units[0]][:, wheres[0]]
                for times in _alike(part):
                    which = np.flatnonzero(part[:, times[0]])
                    barest = _barest([cases[int(number)] for number in which])
                    shown = _Shown(measure, barest[:MOST_SITUATIONS], len(which) == len(cases), times)
                    for whose in _same_reason(grid, units, extent, wheres, shown, sides):
                        yield _change(grid, whose, extent, wheres, shown, (ANSWERS[was], ANSWERS[now]), sides)


def _extent(touched: Flags, own: Flags) -> tuple[object, ...]:
    """What tells units apart that are touched alike: within their own sector and outside it, or place by place where that does not do."""
    if _parts(touched, own)[0][0] == "named":
        return ("named", touched.tobytes())
    inside = touched[:, own][:, :1] if own.any() else touched[:, :1]
    outside = touched[:, ~own][:, :1] if (~own).any() else inside
    return ("relative", inside.tobytes(), outside.tobytes())


def _parts(touched: Flags, own: Flags) -> list[tuple[Extent, list[int]]]:
    """Where a unit is touched, and the numbers of these places; by case, place and time."""
    inside, outside = np.flatnonzero(own), np.flatnonzero(~own)
    uniform = all((touched[:, part] == touched[:, part][:, :1]).all() for part in (inside, outside) if len(part))
    if not uniform:
        return [("named", wheres) for wheres in _alike(np.moveaxis(touched, 0, 1).swapaxes(0, 1))]
    if not len(inside) or not len(outside) or (touched[:, inside[0]] == touched[:, outside[0]]).all():
        return [("everywhere", list(range(len(own))))]
    parts: list[tuple[Extent, NDArray[np.intp]]] = [("own sector", inside), ("outside own sector", outside)]
    return [(name, [int(number) for number in part]) for name, part in parts if touched[:, part[0]].any()]


def _alike(touched: Flags) -> list[list[int]]:
    """Numbers along the second axis whose slices are the same and touch anything, together."""
    groups: dict[bytes, list[int]] = {}
    for number in range(touched.shape[1]):
        if touched[:, number].any():
            groups.setdefault(touched[:, number].tobytes(), []).append(number)
    return list(groups.values())


@dataclass(frozen=True)
class _Shown:
    """What of a change is the same for all units: the measure, the barest cases, whether that is all, and the hours."""

    measure: str
    cases: Sequence[Case]
    always: bool
    times: Sequence[int]


def _situations(grid: Grid, unit: int, extent: Extent, wheres: Sequence[int], shown: _Shown, day: int) -> tuple[Situation, ...]:
    places = [number for number in wheres if extent in ("named", "everywhere") or grid.own(unit)[number] == (extent == "own sector")]
    if not places:
        places = [int(number) for number in np.flatnonzero(grid.own(unit) == (extent == "own sector"))]
    sector, place = grid.wheres[places[0]]
    return tuple(
        Situation(
            unit=grid.units[unit],
            measure=shown.measure,
            sector=sector,
            place=place,
            day=day,
            hour=grid.hours[shown.times[0]],
            given=tuple(item for item in Circumstance if item in case.given),
            protecting=case.protecting,
        )
        for case in shown.cases
    )


def _same_reason(
    grid: Grid, units: Sequence[int], extent: Extent, wheres: Sequence[int], shown: _Shown, sides: tuple[Side, Side]
) -> list[list[int]]:
    """Units for which the same texts decide, on either side, together."""
    groups: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    for unit in units:
        example = _situations(grid, unit, extent, wheres, shown, sides[1].times[0].day)[0]
        groups.setdefault(tuple(side.decided_by(example) for side in sides), []).append(unit)
    return list(groups.values())


def _change(
    grid: Grid,
    units: Sequence[int],
    extent: Extent,
    wheres: Sequence[int],
    shown: _Shown,
    answers: tuple[Answer, Answer],
    sides: tuple[Side, Side],
) -> RuleChange:
    situations = _situations(grid, units[0], extent, wheres, shown, sides[1].times[0].day)
    names = [grid.units[number] for number in units]
    members = [member for member in dict.fromkeys(grid.members[name] for name in names) if _whole(grid, member, names)]
    named = [grid.wheres[number] for number in wheres] if extent == "named" else []
    return RuleChange(
        measures=(shown.measure,),
        was=answers[0],
        now=answers[1],
        members=tuple(members),
        units=tuple(name for name in names if grid.members[name] not in members),
        extent=extent,
        sectors=tuple(sector for sector, place in named if not place),
        places=tuple(place for _, place in named if place),
        hours=() if len(shown.times) == len(grid.hours) else tuple(grid.hours[number] for number in shown.times),
        always=shown.always,
        situations=situations,
        decided_before=sides[0].decided_by(situations[0]),
        decided_after=sides[1].decided_by(situations[0]),
    )


def _together(found: Sequence[RuleChange]) -> list[RuleChange]:
    """Changes of several measures that the same caveat or agreement brings to the same units and places, as one."""
    groups: dict[tuple[object, ...], list[RuleChange]] = {}
    for item in found:
        causes = [tuple(name for name in side if not name.startswith("rule:")) for side in (item.decided_before, item.decided_after)]
        alone = "" if any(causes) and causes[0] != causes[1] else item.measures[0]
        key = (item.was, item.now, item.members, item.units, item.extent, item.sectors, item.places, item.hours, *causes, alone)
        groups.setdefault(key, []).append(item)
    return [
        items[0].model_copy(
            update={
                "measures": tuple(dict.fromkeys(name for item in items for name in item.measures)),
                "always": all(item.always for item in items),
            }
        )
        for items in groups.values()
    ]


def _whole(grid: Grid, member: str, names: Sequence[str]) -> bool:
    return {unit for unit, whose in grid.members.items() if whose == member} <= set(names)


def _barest(cases: Sequence[Case]) -> list[Case]:
    """Cases of which no other says less."""

    def less(one: Case, other: Case) -> bool:
        return one is not other and one.given <= other.given and one.protecting in (None, other.protecting)

    return [case for case in cases if not any(less(other, case) for other in cases)]
