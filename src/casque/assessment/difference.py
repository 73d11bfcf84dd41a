"""Where plan and observation part: stretches on which the plan is above or below what was seen, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from casque.assessment.comparison import Basis, Pair, value_of, without_width
from casque.assessment.progress import day_name, number, share
from casque.plan.judgement import Point

Side = Literal["above", "below", "in line"]

SUBJECT = {"scheduled": "the schedule", "expected": "the middle of the runs"}
"""What stands for the plan in a sentence."""


@dataclass(frozen=True)
class Held:
    """An observation and what it is held against."""

    point: Point
    value: float

    @property
    def gap(self) -> float:
        """By how much the plan lies above what was seen."""
        return self.value - self.point.observed


@dataclass(frozen=True)
class Stretch:
    """Consecutive observations on which the plan lies on the same side. `worst` is the one with the largest difference."""

    side: Side
    held: tuple[Held, ...]
    worst: Held


def side_of(item: Held, agreement: float) -> Side:
    """On which side of an observation the plan lies; a lower bound cannot show a plan to be too high."""
    if abs(item.gap) <= agreement * abs(item.point.observed):
        return "in line"
    if item.gap > 0:
        return "in line" if item.point.kind == "at least" else "above"
    return "below"


def held(pair: Pair, basis: Basis) -> tuple[Held, ...]:
    """The observations that the schedule, or the runs, speak about."""
    found = ((point, value_of(point, basis)) for point in pair.points)
    return tuple(Held(point, value) for point, value in found if value is not None)


def bases(pair: Pair) -> tuple[Basis, ...]:
    """What the observations of a series can be held against, the schedule first."""
    known: tuple[Basis, ...] = ("scheduled", "expected")
    return tuple(basis for basis in known if held(pair, basis))


def stretches(pair: Pair, basis: Basis, agreement: float) -> tuple[Stretch, ...]:
    """The observations in stretches of one side each, in the order of their days."""
    sides = [(side_of(item, agreement), item) for item in held(pair, basis)]
    found = []
    for side, group in groupby(sides, key=lambda item: item[0]):
        items = tuple(item for _, item in group)
        found.append(Stretch(side, items, max(items, key=lambda item: abs(item.gap))))
    return tuple(found)


def told(pair: Pair, agreement: float) -> list[str]:
    """The differences in sentences; none is left out."""
    sentences = [_agreement(pair, basis, agreement) for basis in bases(pair)]
    sentences.extend(_fits(pair))
    for basis in bases(pair):
        sentences.extend(_stretch(item, basis) for item in stretches(pair, basis, agreement) if item.side != "in line")
    if pair.outside:
        are = "observation is" if pair.outside == 1 else "observations are"
        sentences.append(f"{pair.outside} {are} left out because the plan does not reach that day.")
    return sentences


def _agreement(pair: Pair, basis: Basis, agreement: float) -> str:
    """On how many observations the plan agrees; a lower bound settles nothing and is counted apart."""
    items = held(pair, basis)
    exact = [item for item in items if item.point.kind != "at least"]
    level = sum(side_of(item, agreement) == "in line" for item in exact)
    floors = len(items) - len(exact)
    subject = SUBJECT[basis][0].upper() + SUBJECT[basis][1:]
    text = f"{subject} agrees with what was seen within {share(agreement)} on {level} of {len(exact)}"
    text += " observation" if len(exact) == 1 else " observations"
    if floors:
        low = sum(side_of(item, agreement) == "below" for item in items if item.point.kind == "at least")
        bounds = "1 other is a lower bound" if floors == 1 else f"{floors} others are lower bounds"
        short = ", which it falls short of" if floors == 1 else f", {low} of which it falls short of"
        shows = short if low else ", which it reaches; that does not show it to be right"
        text += f"; {bounds}{shows}"
    return text + "."


def _fits(pair: Pair) -> list[str]:
    """How many observations lie strictly inside the interval, how many agree for another reason only, and where it has no width."""
    judged = [point for point in pair.points if point.fit]
    if not judged:
        return []
    strict, rounded, bound, out = (
        sum(point.fit == word for point in judged) for word in ("inside", "as rounded", "as a lower bound", "outside")
    )
    parts = [f"Of {len(judged)} figures {strict} {'lies' if strict == 1 else 'lie'} strictly inside the 90\u00a0% interval of the runs"]
    if rounded:
        parts.append(f"{rounded} more {'agrees' if rounded == 1 else 'agree'} only because rounded figures may be off")
    if bound:
        is_one = "it is a lower bound" if bound == 1 else "they are lower bounds"
        parts.append(f"{bound} more {'agrees' if bound == 1 else 'agree'} only because {is_one}")
    parts.append(f"{out} {'lies' if out == 1 else 'lie'} outside")
    sentences = [", ".join(parts) + "."]
    flat = [point for point in judged if without_width(point)]
    if flat:
        days = ", ".join(f"{day_name(point.day)} (every run gives {number(point.high or 0.0)})" for point in flat)
        sentences.append(f"The interval has no width on {days}, so there it only says whether the figure is exactly that.")
    return sentences


def _stretch(item: Stretch, basis: Basis) -> str:
    first, last, worst = item.held[0].point.day, item.held[-1].point.day, item.worst
    subject = SUBJECT[basis]
    point = worst.point
    figures = f"{number(worst.value)} against {number(point.observed)} seen"
    if first == last:
        by = f" by {share(worst.gap / point.observed)}" if point.observed else ""
        text = f"On {day_name(first)} {subject} lies {item.side} what was seen{by} ({figures})"
    else:
        seen = sum(entry.point.observed for entry in item.held)
        by = f" by {share(sum(entry.gap for entry in item.held) / seen)} on the whole" if seen else ""
        most = f" or {share(worst.gap / point.observed)}" if point.observed else ""
        span = f"From {day_name(first)} to {day_name(last)}"
        text = f"{span} {subject} lies {item.side} what was seen{by}, most on {day_name(point.day)} ({figures}{most})"
    if basis == "scheduled" and point.expected is not None:
        text += f"; the runs, which count delays, no-shows and withdrawals, expect {number(point.expected)} on {day_name(point.day)}"
        text += f": {beside(point.expected, point.observed)}"
    return text + "."


def beside(value: float, observed: float) -> str:
    """How far a value lies from what was seen, as a share of what was seen."""
    if not observed:
        return f"{number(abs(value))} {'above' if value >= 0 else 'below'}"
    gap = value / observed - 1
    return f"{share(gap)} {'above' if gap >= 0 else 'below'}"


def worst_of(found: Sequence[Stretch], side: Side) -> Held | None:
    """The largest difference to one side."""
    return max((item.worst for item in found if item.side == side), key=lambda item: abs(item.gap), default=None)
