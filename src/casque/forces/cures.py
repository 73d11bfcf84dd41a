"""The cheapest cure of a shortfall: every change that could help is priced and tried, and the cheapest that closes most of it is taken.

Prices are political weights on the scale of the fix sets of the checks (factors `fix.*-weight`). What a change brings is found by spreading
the people of the line's sector and capability over their lines again, with everybody else where the plan has him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from casque.forces.columns import unit_options
from casque.forces.elements import Option, Unit
from casque.forces.eligibility import Presence, presence_on
from casque.forces.evidence import Evidence, Placing
from casque.forces.filling import spread
from casque.forces.problem import Problem
from casque.forces.tours import Spans
from casque.mission.vocabulary import Capability
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference

MOST = 0.5
"""Share of a gap that a cure has to close to be taken for its price."""

HEADQUARTERS = 40
"""People that a unit asked for weighs beyond its own: one company is easier to find, bring and command than three platoons."""


@dataclass(frozen=True)
class Cure:
    """A change that somebody could be asked for."""

    text: str
    """What to ask for, without its effect."""
    weight: float
    """Political weight."""
    closes: int
    """People-months of the gap that it closes."""


def cheapest(placing: Placing, number: int, gaps: Sequence[int], evidence: Evidence, reference: Reference) -> Cure:
    """The cheapest change that closes most of a line's gap; where none does, the one that closes most of all."""
    found = list(_candidates(placing, number, gaps, evidence, reference))
    total = sum(gaps)
    enough = [cure for cure in found if cure.closes >= MOST * total]
    if enough:
        return min(enough, key=lambda cure: (cure.weight, -cure.closes, cure.text))
    return min(found, key=lambda cure: (-cure.closes, cure.weight, cure.text))


def _candidates(placing: Placing, number: int, gaps: Sequence[int], evidence: Evidence, reference: Reference) -> Iterator[Cure]:
    problem = placing.problem

    def tried(text: str, weight: float, units: Sequence[int], change: Callable[[Unit], Unit]) -> Cure:
        return Cure(text, weight, _effect(placing, number, units, change, reference))

    yield from _politics(placing, evidence, reference, tried)
    for unit in _by_pledge(problem, evidence.units.get("date", {})):
        item, need = problem.units[unit[0]], _first_short(problem, gaps)
        sooner = item.presence.start - need
        if sooner > 0:
            text = f"Ask {_member(problem, item)} to bring {item.pledge.name} forward by {sooner} days, to D+{need}"
            yield tried(text, _weight(reference, "hasten"), unit, lambda own, sooner=sooner: _moved(own, sooner, problem))  # type: ignore[misc]
    for unit in _by_pledge(problem, evidence.units.get("tour", {})):
        item = problem.units[unit[0]]
        last = max(placing.presence(index).end for index in unit)
        text = f"Ask {_member(problem, item)} for one more tour of {item.pledge.name} from D+{last + 1}"
        yield tried(text, _weight(reference, "tour"), unit, lambda own: _longer(own, placing, problem))
    yield _pledge(placing, number, gaps, reference)


def _politics(
    placing: Placing, evidence: Evidence, reference: Reference, tried: Callable[[str, float, Sequence[int], Callable[[Unit], Unit]], Cure]
) -> Iterator[Cure]:
    """Changes of caveats, agreements, ceilings and money."""
    problem = placing.problem
    for name, barrier in evidence.caveats.items():
        who = f" ({barrier.caveat.waived_by} can lift it)" if barrier.caveat.waived_by else ""
        units = [unit for unit in evidence.units["caveat"] if any(item.caveat.id == name for item in problem.units[unit].barriers)]
        member = problem.members.get(barrier.caveat.member)
        text = f"Ask {member.name if member else barrier.caveat.member} to lift the caveat {name}{who}"
        weight = _weight(reference, "waive-caveat")
        yield tried(
            text,
            weight,
            units,
            lambda own, name=name: replace(own, barriers=tuple(item for item in own.barriers if item.caveat.id != name)),  # type: ignore[misc]
        )
    for units in _by_member(problem, evidence.units.get("agreement", {})).values():
        by = min(placing.presence(unit).start for unit in units)
        text = f"Bring a transfer of authority of {_member(problem, problem.units[units[0]])} into effect by D{by:+d}"
        yield tried(text, _weight(reference, "authority"), units, _tasked)
    for reason, kind, ask in (
        ("contingents", "contingent", "Allow one more contingent in the sector, for {unit} ({member})"),
        ("share limit", "ceiling", "Ask {member} to raise its ceiling for {unit}"),
        ("money", "budget", "Ask for the money to keep {unit} ({member})"),
    ):
        for group in _by_pledge(problem, evidence.units.get(reason, {})):  # type: ignore[call-overload]
            item = problem.units[group[0]]
            text = ask.format(unit=item.pledge.name, member=_member(problem, item))
            yield tried(text, _weight(reference, kind), group, _fullest)


def _effect(placing: Placing, number: int, units: Sequence[int], change: Callable[[Unit], Unit], reference: Reference) -> int:
    """People-months that a line gains when some units are changed: those that serve there serve on so, those without a place join."""
    problem, line = placing.problem, placing.problem.lines[number]
    pool = next(index for index, item in enumerate(problem.pools) if number in item.lines)
    new: list[Option] = []
    for unit in units:
        if placing.here(unit, line) is False:
            continue
        found = [item for item in unit_options(unit, change(problem.units[unit]), problem, reference, (line.sector,)) if item.pool == pool]
        index = placing.placed.get(unit)
        as_now = [item for item in found if index is not None and item.tours == problem.options[index].tours]
        new += (as_now or found)[:1]
    return _gained(placing, number, pool, frozenset(option.unit for option in new), new)


def _gained(placing: Placing, number: int, pool: int, gone: frozenset[int], new: Sequence[Option]) -> int:
    problem = placing.problem
    kept = [index for index in placing.taken if problem.options[index].pool == pool and problem.options[index].unit not in gone]
    tried = replace(problem, options=(*problem.options, *new), names=(), limits=(), excesses=())
    options = [*kept, *range(len(problem.options), len(tried.options))]
    months = range(len(problem.calendar.months))
    return max(0, sum(spread(pool, options, month, tried).get(number, 0) - placing.people[number][month] for month in months))


def _fullest(own: Unit) -> Unit:
    """A unit bound by no limit: every tour that it could serve, as early as it can."""
    best = max(own.schedules or (own.presence,), key=lambda item: (len(item.taskable), -item.start))
    return replace(own, presence=best, schedules=(best,))


def _tasked(own: Unit) -> Unit:
    """A unit over which authority is transferred on all the days that it is there."""

    def free(item: Presence) -> Presence:
        return replace(item, taskable=item.taskable | item.gated, gated=frozenset())

    return replace(own, presence=free(own.presence), schedules=tuple(map(free, own.schedules)))


def _moved(own: Unit, sooner: int, problem: Problem) -> Unit:
    """A unit whose tours all begin so many days sooner."""
    spans = tuple((first - sooner, last - sooner) for first, last in own.presence.tours_by_day)
    return _with(own, spans, problem)


def _longer(own: Unit, placing: Placing, problem: Problem) -> Unit:
    """A unit with one more tour at the end of those that it serves."""
    index = next(position for position, unit in enumerate(problem.units) if unit is own)
    spans = placing.presence(index).tours_by_day
    last = spans[-1][1]
    return _with(own, (*spans, (last + 1, last + round(own.pledge.tour * DAYS_PER_MONTH))), problem)


def _with(own: Unit, spans: Spans, problem: Problem) -> Unit:
    item = presence_on(spans, own.transfers, problem.calendar)
    return replace(own, presence=item, schedules=(item,))


def _pledge(placing: Placing, number: int, gaps: Sequence[int], reference: Reference) -> Cure:
    """New units of the smallest kind that covers what the line, and those of its pool that count for more, lack in the worst month."""
    problem, line = placing.problem, placing.problem.lines[number]
    pool = next(index for index, item in enumerate(problem.pools) if number in item.lines)
    before = [
        sum(
            problem.demand[other][month] - placing.people[other][month]
            for other in problem.pools[pool].lines
            if problem.weights[other] > problem.weights[number] or other == number
        )
        for month in range(len(gaps))
    ]
    worst = max((month for month, gap in enumerate(gaps) if gap > 0), key=lambda month: (before[month], -month))
    missing = before[worst]
    by = max(0, problem.calendar.months[_month_short(gaps)][0] - round(reference.value("movement.planning-days")))
    name, people, count = _kind(line.capability, missing, reference)
    what = f"{count} x {name} ({people:,.0f} people)" if name else f"{missing:,} people of {line.capability.value}"
    text = f"Ask for {what}, ready to load by D+{by}"
    everybody = (1 << len(problem.pools[pool].lines)) - 1
    months = len(problem.calendar.months)
    first = by + round(reference.value("movement.planning-days"))
    shares = [sum(day >= first for day in month) / len(month) if month else 0.0 for month in problem.calendar.months]
    option = Option(len(problem.units), "", pool, 1.0, tuple(int(people * share) for share in shares), (everybody,) * months)
    weight = _weight(reference, "pledge") * max(1, ceil(people / reference.value("fix.pledge-people")))
    return Cure(text, weight, _gained(placing, number, pool, frozenset(), [option]))


def _kind(capability: Capability, missing: int, reference: Reference) -> tuple[str, float, int]:
    """Name, people and number of the units to ask for; no name where the reference set has none of the kind."""
    kinds = [kind for kind in reference.unit_types.values() if kind.capability is capability and kind.strength > 0]
    if not kinds:
        return "", float(missing), 0
    # The kind that is called after the capability is the plain one; special kinds are asked for only where there is no plain one.
    plain = capability.value.replace(" ", "-")
    kind = min(
        kinds,
        key=lambda item: (not item.id.startswith(plain), ceil(missing / item.strength) * (item.strength + HEADQUARTERS), item.id),
    )
    count = ceil(missing / kind.strength)
    return kind.name[0].lower() + kind.name[1:], count * kind.strength, count


def _month_short(gaps: Sequence[int]) -> int:
    return next(month for month, gap in enumerate(gaps) if gap > 0)


def _first_short(problem: Problem, gaps: Sequence[int]) -> int:
    return max(0, problem.calendar.months[_month_short(gaps)][0])


def _by_pledge(problem: Problem, units: dict[int, float]) -> list[list[int]]:
    """Elements by pledge, those that could bring most first."""
    found: dict[str, list[int]] = {}
    for unit in sorted(units, key=lambda unit: (-units[unit], unit)):
        found.setdefault(problem.units[unit].pledge.id, []).append(unit)
    return list(found.values())


def _by_member(problem: Problem, units: dict[int, float]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for unit in sorted(units):
        found.setdefault(problem.units[unit].pledge.member, []).append(unit)
    return found


def _member(problem: Problem, item: Unit) -> str:
    member = item.pledge.member
    return problem.members[member].name if member in problem.members else member


def _weight(reference: Reference, what: str) -> float:
    return reference.value(f"fix.{what}-weight")
