"""What explains a difference between plan and observation, from facts of the folder and the plan; and what nothing explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casque.assessment.comparison import STRENGTHS, Pair
from casque.assessment.difference import Held, bases, beside, stretches, told, worst_of
from casque.assessment.progress import day_name, number, share
from casque.mission.mission import Mission
from casque.plan.movement import MovementRecord
from casque.plan.record import DAYS_PER_MONTH

UNKNOWN = "not known from the mission folder"
"""What is said where nothing explains a difference."""

NEAR = 14
"""Days within which an observation of the strength is set beside one of another series."""


def explain(mission: Mission, movement: MovementRecord, pair: Pair, others: Sequence[Pair], agreement: float) -> str:
    """The explanation of one comparison: every difference, then what accounts for the largest above and the largest below.

    A strength is judged against the schedule, and the runs tell how much of the difference their delays and no-shows make; any other
    series is judged against the middle of the runs, which is all that predicts it.
    """
    basis = bases(pair)[0]
    found = stretches(pair, basis, agreement)
    sentences = told(pair, agreement)
    above, below = worst_of(found, "above"), worst_of(found, "below")
    if pair.series in STRENGTHS:
        sentences.extend(_too_high(mission, movement, above) if above else [])
        sentences.extend(_too_low(mission, movement, pair, below) if below else [])
    else:
        sentences.extend(sentence for worst in (above, below) if worst for sentence in _beside(worst, others, agreement))
    measure = pair.measure
    if measure is not None and measure.model:
        scope = (
            f"The runs predict it by their series '{measure.model}'; what was seen counts '{pair.title}', which need not be the same thing."
        )
        sentences.insert(0, scope)
    return " ".join(dict.fromkeys(sentences))


def _too_high(mission: Mission, movement: MovementRecord, worst: Held) -> list[str]:
    """Why fewer people were there than planned: what delays and no-shows take off the schedule, in the runs or by past practice."""
    gap, point, on = worst.gap, worst.point, day_name(worst.point.day)
    if point.expected is not None and point.scheduled is not None:
        counted = max(0.0, point.scheduled - point.expected)
        rest = gap - counted
        makes = f"Of the {number(gap)} by which the schedule exceeds what was seen on {on}, delays, no-shows and withdrawals make"
        if rest < 1:
            return [f"{makes} all in the middle of the runs."]
        return [f"{makes} {number(counted)} in the middle of the runs; for the other {number(rest)} the cause is {UNKNOWN}."]
    if point.scheduled is None:
        return [f"The runs already count delays and no-shows. For the {number(gap)} that differ on {on} the cause is {UNKNOWN}."]
    taken = _taken(mission, movement, point.day)
    total = sum(taken.values())
    sentences = []
    if total >= 1:
        sentences.append(
            f"The schedule takes every pledge on its day; the usual delays and shortfalls of the members would take {number(total)} people "
            f"off it on {on} (most of {_largest(mission, taken.items())}), against the {number(gap)} that differ."
        )
    rest = gap - total
    if rest >= 1:
        part = f"For the other {number(rest)}" if sentences else f"For the {number(gap)} that differ on {on}"
        sentences.append(f"{part} the cause is {UNKNOWN}.")
    return sentences


def _taken(mission: Mission, movement: MovementRecord, day: int) -> dict[str, float]:
    """People by member whom its usual delay and shortfall would keep away on a day."""
    members = {member.id: member for member in mission.alliance.members}
    owner = {pledge.id: pledge.member for pledge in mission.forces.pledges}
    taken: dict[str, float] = {}
    for item in movement.in_place:
        name = owner.get(item.unit, "")
        if item.people_day <= day and name in members:
            late = item.people_day + members[name].delay_months * DAYS_PER_MONTH > day
            taken[name] = taken.get(name, 0.0) + item.strength * (1.0 if late else 1 - min(1.0, members[name].reliability))
    return taken


def _too_low(mission: Mission, movement: MovementRecord, pair: Pair, worst: Held) -> list[str]:
    """Why more people were there than planned: people ready but still on the way in the plan, never moved, or home after their tour."""
    gap, day = -worst.gap, worst.point.day
    arrived = {item.unit for item in movement.in_place if item.people_day <= day}
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
    ended = max(0.0, sum(item.strength for item in movement.in_place if item.people_day <= day) - _at(movement.strength, day))
    theatre = pair.series == "strength.theatre"
    staged = _at(movement.in_theatre, day) - _at(movement.strength, day) if theatre else 0.0
    where = "outside the theatre" if theatre else "on the way"
    coming = sum(way.values())
    rear = f"{number(coming)} on the way in all, {number(min(staged, coming))} of them already in the theatre; " if staged >= 1 else ""
    facts = [
        (
            max(0.0, coming - staged),
            f"were ready to load but are still {where} in the plan ({rear}most of {_largest(mission, way.items())})",
        ),
        (sum(stuck.values()), f"cannot be moved in the plan at all ({_largest(mission, stuck.items())})"),
        (sum(idle.values()), f"are pledged but have no place in the plan ({_largest(mission, idle.items())})"),
        (ended, "have ended their tours in the plan without a promised successor"),
    ]
    sentences = [f"By {day_name(day)} {number(people)} people {text}." for people, text in facts if people >= 1]
    if ready < worst.point.observed:
        sentences.append(
            f"The pledges had only {number(ready)} people ready by then, so units were there that the folder has later or not at all."
        )
    rest = gap - sum(people for people, _ in facts)
    if rest >= 1:
        part = f"For {number(rest)} of the {number(gap)} that differ" if sentences else f"For the {number(gap)} that differ"
        sentences.append(f"{part} the cause is {UNKNOWN}.")
    return sentences


def _beside(worst: Held, others: Sequence[Pair], agreement: float) -> list[str]:
    """What the strength says near the largest difference of another series.

    The runs that predict the other series count on the strength that they expect, so that strength is the one to judge by; what the
    schedule says is told beside it.
    """
    sentences, explained = [], False
    for other in others:
        near = [point for point in other.points if abs(point.day - worst.point.day) <= NEAR and point.kind != "at least"]
        if other.series != "strength.in_area" or not near:
            continue
        point = min(near, key=lambda item: (abs(item.day - worst.point.day), item.day))
        basis = point.planned if point.expected is None else point.expected
        whom = "the schedule" if point.expected is None else "the runs"
        gap = basis / point.observed - 1 if point.observed else 1.0
        figures = f"On {day_name(point.day)} {number(point.observed)} people were in the area; {whom} had {number(basis)}"
        figures += f" ({beside(basis, point.observed)})"
        if point.expected is not None and point.scheduled is not None:
            figures += f" and the schedule {number(point.scheduled)} ({beside(point.scheduled, point.observed)})"
        explained = abs(gap) > agreement
        if explained:
            sentences.append(f"{figures}: the strength differed, which may be part of it.")
        else:
            reach = f"within {share(agreement)} of what {whom} had"
            sentences.append(f"{figures}: the strength was {reach}, so it does not explain the difference from the runs.")
    if not explained:
        sentences.append(f"What causes the difference on {day_name(worst.point.day)} is {UNKNOWN}.")
    return sentences


def _at(values: Sequence[float], day: int) -> float:
    return values[min(max(day, 0), len(values) - 1)] if values else 0.0


def _largest(mission: Mission, people: Iterable[tuple[str, float]]) -> str:
    """The three members with most people, by name and figure."""
    names = {member.id: member.name for member in mission.alliance.members}
    first = sorted(((count, name) for name, count in people if count >= 1), key=lambda item: (-item[0], item[1]))[:3]
    return ", ".join(f"{names.get(name, name)} {number(count)}" for count, name in first)
