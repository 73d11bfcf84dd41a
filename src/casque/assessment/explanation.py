"""What explains a difference between plan and observation, from facts of the folder and the plan; and what nothing explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casque.assessment.comparison import STRENGTHS, Pair, inside
from casque.assessment.difference import Stretch, stretches, told
from casque.assessment.progress import day_name, number
from casque.mission.mission import Mission
from casque.plan.judgement import Point
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH

NEAR = 14
"""Days within which an observation of the strength is set beside one of another series."""


def explain(mission: Mission, movement: MovementRecord, pair: Pair, others: Sequence[Pair], agreement: float, margin: float) -> str:
    """The explanation of one comparison: every difference, then what accounts for the largest above and the largest below."""
    found = stretches(pair, agreement)
    sentences = told(pair, found, inside(pair, margin), agreement)
    for side in ("above", "below"):
        worst = _worst(found, side)
        if worst is None:
            continue
        if pair.series in STRENGTHS:
            sentences.extend(_too_high(mission, movement, pair, worst) if side == "above" else _too_low(mission, movement, pair, worst))
        else:
            sentences.extend(_beside(worst, others, agreement))
    measure = pair.measure
    if measure is not None and measure.model:
        scope = (
            f"The runs predict it by their series '{measure.model}'; what was seen counts '{pair.title}', which need not be the same thing."
        )
        sentences.insert(0, scope)
    return " ".join(dict.fromkeys(sentences))


def _worst(found: Sequence[Stretch], side: str) -> Point | None:
    return max((item.worst for item in found if item.side == side), key=lambda point: abs(point.planned - point.observed), default=None)


def _too_high(mission: Mission, movement: MovementRecord, pair: Pair, worst: Point) -> list[str]:
    """Why fewer people were there than planned: what the past practice of the members would take off the plan."""
    members = {member.id: member for member in mission.alliance.members}
    owner = {pledge.id: pledge.member for pledge in mission.forces.pledges}
    gap = worst.planned - worst.observed
    there = [(owner.get(item.unit, ""), item.strength, item.day) for item in movement.in_place if item.day <= worst.day]
    taken: dict[str, float] = {}
    for name, people, day in there:
        if name in members:
            late = day + members[name].delay_months * DAYS_PER_MONTH > worst.day
            taken[name] = taken.get(name, 0.0) + people * (1.0 if late else 1 - min(1.0, members[name].reliability))
    total = sum(taken.values())
    sentences = []
    if pair.fan is None and total >= 1:
        names = _largest(mission, taken.items())
        sentences.append(
            f"The plan takes every pledge on its day; the usual delays and shortfalls of the members would take {number(total)} people "
            f"off it on {day_name(worst.day)} (most of {names}), against the {number(gap)} that differ."
        )
    rest = gap - (total if pair.fan is None else 0.0)
    if rest >= 1:
        why = "The runs already count the usual delays and no-shows. " if pair.fan else ""
        part = f"For the other {number(rest)}" if sentences else f"For the {number(gap)} that differ on {day_name(worst.day)}"
        sentences.append(f"{why}{part} the cause is not known from the mission folder.")
    return sentences


def _too_low(mission: Mission, movement: MovementRecord, pair: Pair, worst: Point) -> list[str]:
    """Why more people were there than planned: people ready but still on the way in the plan, never moved, or home after their tour."""
    gap, day = worst.observed - worst.planned, worst.day
    arrived = {item.unit for item in movement.in_place if item.day <= day}
    unmoved = {item.unit for item in movement.unmoved}
    planned = {item.unit for item in movement.in_place}
    way: dict[str, float] = {}
    stuck: dict[str, float] = {}
    idle: dict[str, float] = {}
    ready = 0.0
    for pledge in mission.forces.pledges:
        if (pledge.ready_to_load - mission.about.d_day).days > day:
            continue
        ready += pledge.strength
        if pledge.id not in arrived:
            group = stuck if pledge.id in unmoved else way if pledge.id in planned else idle
            group[pledge.member] = group.get(pledge.member, 0.0) + pledge.strength
    ended = max(0.0, sum(item.strength for item in movement.in_place if item.day <= day) - _at(movement.strength, day))
    theatre = pair.series == "strength.theatre"
    staged = _at(movement.in_theatre, day) - _at(movement.strength, day) if theatre else 0.0
    where = "outside the theatre" if theatre else "on the way"
    facts = [
        (
            max(0.0, sum(way.values()) - staged),
            f"were ready to load but are still {where} in the plan (most of {_largest(mission, way.items())})",
        ),
        (sum(stuck.values()), f"cannot be moved in the plan at all ({_largest(mission, stuck.items())})"),
        (sum(idle.values()), f"are pledged but have no place in the plan ({_largest(mission, idle.items())})"),
        (ended, "have ended their tours in the plan without a promised successor"),
    ]
    sentences = [f"By {day_name(day)} {number(people)} people {text}." for people, text in facts if people >= 1]
    if ready < worst.observed:
        sentences.append(
            f"The pledges had only {number(ready)} people ready by then, so units were there that the folder has later or not at all."
        )
    rest = gap - sum(people for people, _ in facts)
    if rest >= 1:
        part = f"For {number(rest)} of the {number(gap)} that differ" if sentences else f"For the {number(gap)} that differ"
        sentences.append(f"{part} the cause is not known from the mission folder.")
    return sentences


def _beside(worst: Point, others: Sequence[Pair], agreement: float) -> list[str]:
    """What the strength says near the largest difference of another series."""
    sentences = []
    for other in others:
        near = [point for point in other.points if abs(point.day - worst.day) <= NEAR]
        if other.series != "strength.in_area" or not near:
            continue
        point = min(near, key=lambda item: (abs(item.day - worst.day), item.day))
        share = point.observed / point.planned - 1 if point.planned else 0.0
        if abs(share) > agreement:
            less = "fewer" if share < 0 else "more"
            sentences.append(
                f"On {day_name(point.day)} {abs(share):.0%} {less} people were in the area than planned, which may be part of it."
            )
        else:
            sentences.append(f"The force was as strong as planned on {day_name(point.day)}, so its strength does not explain it.")
    if not any("may be part" in sentence for sentence in sentences):
        sentences.append(f"What causes the difference on {day_name(worst.day)} is not known from the mission folder.")
    return sentences


def _at(values: Sequence[float], day: int) -> float:
    return values[min(max(day, 0), len(values) - 1)] if values else 0.0


def _largest(mission: Mission, people: Iterable[tuple[str, float]]) -> str:
    """The three members with most people, by name and figure."""
    names = {member.id: member.name for member in mission.alliance.members}
    first = sorted(((count, name) for name, count in people if count >= 1), key=lambda item: (-item[0], item[1]))[:3]
    return ", ".join(f"{names.get(name, name)} {number(count)}" for count, name in first)
