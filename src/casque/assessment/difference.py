"""Where plan and observation part: stretches on which the plan is above or below what was seen, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from casque.assessment.comparison import Pair
from casque.assessment.progress import day_name, number
from casque.plan.judgement import Point

Side = Literal["above", "below", "in line"]


@dataclass(frozen=True)
class Stretch:
    """Consecutive observations on which the plan lies on the same side. `worst` is the point with the largest difference."""

    side: Side
    points: tuple[Point, ...]
    worst: Point


def side_of(point: Point, kind: str, agreement: float) -> Side:
    """On which side of an observation the plan lies; a lower bound cannot show a plan to be too high."""
    gap = point.planned - point.observed
    if abs(gap) <= agreement * abs(point.observed):
        return "in line"
    if gap > 0:
        return "in line" if kind == "at least" else "above"
    return "below"


def stretches(pair: Pair, agreement: float) -> tuple[Stretch, ...]:
    """The observations in stretches of one side each, in the order of their days."""
    sides = [(side_of(point, kind, agreement), point) for point, kind in zip(pair.points, pair.kinds, strict=True)]
    found = []
    for side, group in groupby(sides, key=lambda item: item[0]):
        points = tuple(point for _, point in group)
        found.append(Stretch(side, points, max(points, key=lambda point: abs(point.planned - point.observed))))
    return tuple(found)


def told(pair: Pair, found: Sequence[Stretch], share: float | None, agreement: float) -> list[str]:
    """The differences in sentences; none is left out."""
    count = len(pair.points)
    level = sum(len(item.points) for item in found if item.side == "in line")
    sentences = [f"Planned and seen agree within {agreement:.0%} on {level} of {count} {'observation' if count == 1 else 'observations'}."]
    if share is not None:
        sentences.append(f"{share:.0%} of what was seen lies inside the 90 % interval of the runs.")
    sentences.extend(_stretch(item) for item in found if item.side != "in line")
    floors = sum(kind == "at least" for kind in pair.kinds)
    if floors:
        are = "observation is a lower bound, which" if floors == 1 else "observations are lower bounds, which"
        sentences.append(f"{floors} {are} can show a plan to be too low but never too high.")
    if pair.outside:
        are = "observation is" if pair.outside == 1 else "observations are"
        sentences.append(f"{pair.outside} {are} left out because the plan does not reach that day.")
    return sentences


def _stretch(item: Stretch) -> str:
    first, last, worst = item.points[0].day, item.points[-1].day, item.worst
    when = f"On {day_name(first)}" if first == last else f"From {day_name(first)} to {day_name(last)}"
    seen = sum(point.observed for point in item.points)
    by = f" by {abs(sum(point.planned for point in item.points) / seen - 1):.0%}" if seen else ""
    at = "" if first == last else f"most on {day_name(worst.day)}, with "
    return f"{when} the plan lies {item.side} what was seen{by} ({at}{number(worst.planned)} planned and {number(worst.observed)} seen)."
