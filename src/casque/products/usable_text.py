"""Usable force as lines and tables that a watch keeper reads on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casque.plan.usable import Coming, Reach, ReachCost, StringCost, UsableForce
from casque.products.figures import Calendar, count, d_plus, listed, number, whole
from casque.products.names import Names
from casque.products.svg import shortened
from casque.products.tables import Table

MOST_UNITS = 12
"""Units that are listed as coming first."""
MOST_HOURS = 8
"""Hours after a call that a table has room for."""
ANSWERS = {"permitted": "may", "needs word": "on word", "prohibited": "may not"}


def usable_text(record: UsableForce, names: Names, calendar: Calendar) -> Iterator[str]:
    """The question, what it rests on, and the answer in a line or two."""
    where = f"{record.place_name} ({names.sector(record.sector) or 'outside the sectors'})"
    yield f"Usable force at {where} for “{record.title}”, called on {_when(record.day, record.hour, calendar)}"
    yield from _rests_on(record.situation, record.assumed, record.from_run)
    standing, free = record.curves[0], record.curves[-1]
    people = f"{whole(record.strength)} usable people"
    if standing.first is None:
        line = f"{people} never stand there in the time looked at ({number(record.hours[-1])} h)"
    else:
        line = f"{people} stand there after {number(standing.first)} h"
    if record.band and len({standing.first, *(curve.first for curve in record.band)}) > 1:
        line += f" ({' to '.join(_hours(curve.first) for curve in record.band)}, as quick or slow as capitals are thought to answer)"
    if standing.first != free.first:
        line += f"; with no string attached after {_hours(free.first)}"
    yield line + "."
    if not record.coming:
        yield "No unit in place that day is of a kind that could answer this call."
    yield ""


def usable_tables(record: UsableForce, names: Names) -> Iterator[Table]:
    """The curve, who comes first, who is held and by what, and what each string costs."""
    picked = _picked(record.hours)
    rows = [
        (curve.label, *(whole(curve.people[place]) for place in picked), _hours(curve.first))
        for curve in (record.curves[0], *record.band, *(curve for curve in record.curves[1:] if curve.lifted))
    ]
    heads = ("law", *(f"{number(record.hours[place])} h" for place in picked), f"{whole(record.strength)} there after")
    yield Table("Usable people on the spot, hours after the call", heads, tuple(rows))
    first = [unit for unit in record.coming if unit.hours is not None]
    if first:
        made = [_coming(unit, names) for unit in first[:MOST_UNITS]]
        if len(first) > MOST_UNITS:
            made.append((f"… {len(first) - MOST_UNITS} more", "", "", "", "", "", ""))
        yield Table("Who comes first", ("unit", "nation", "sector", "people", "there after", "of which word", "road"), tuple(made))
    held = tuple(_held(record.coming, names))
    if held:
        yield Table("Who is held at the moment of the call, and by what", ("held by", "may act", "units", "people", "nations"), held)
    costs = tuple(_cost(record, cost, names) for cost in record.costs if any(cost.missing) or any(cost.gained) or cost.later != 0)
    if costs:
        yield Table(
            "What each string costs here",
            ("string", "who can take it away", f"people it alone keeps away at {_named(record.hours)}", "alone gone brings", "later by"),
            costs,
        )


def reach_text(record: Reach, names: Names, calendar: Calendar) -> Iterator[str]:
    """The question, what it rests on, and how many places stay out of reach."""
    yield f"Reach of usable force for “{record.title}”, called on {_when(record.day, record.hour, calendar)}"
    yield from _rests_on(record.situation, record.assumed, record.from_run)
    late = record.out_of_reach
    stated = f"{whole(record.strength)} usable people within {number(record.within)} h"
    answering = f"{count(record.units, 'unit')} in place can answer.".replace("\u00a0", " ")
    yield f"{answering} {len(late)} of {len(record.places)} places do not see {stated}{':' if late else '.'}"
    opened = [place for place in late if _in_time(place.without_caveats, record.within)]
    freed = [place for place in late if _in_time(place.free, record.within) and place not in opened]
    never = [place for place in late if place not in opened and place not in freed]
    for label, places in (
        ("for want of a caveat lifted", opened),
        ("for want of a word, or of several strings together", freed),
        ("by the road alone", never),
    ):
        if places:
            yield f"  {label}: {'; '.join(names.of('place', place.place) for place in places)}"
    soon = [place for place in late if _in_time(place.quickest, record.within)]
    if soon:
        yield f"  of these in time if capitals are quick: {'; '.join(names.of('place', place.place) for place in soon)}"
    lost = [place for place in record.places if place not in late and not _in_time(place.slowest, record.within)]
    if lost:
        yield f"In time only if capitals are not slow: {'; '.join(names.of('place', place.place) for place in lost)}"
    yield ""


def reach_tables(record: Reach, names: Names) -> Iterator[Table]:
    """Every place with its hours, and the strings by what they cost over all places."""
    mark = {True: "in time", False: "OUT OF REACH"}
    rows = tuple(
        (
            names.of("place", place.place),
            place.sector,
            mark[_in_time(place.hours, record.within)],
            _hours(place.hours),
            _hours(place.without_caveats),
            _hours(place.free),
            whole(place.people),
            whole(place.people_free),
        )
        for place in record.places
    )
    stated, within = whole(record.strength), number(record.within)
    heads = ("place", "sector", f"in {within} h", f"{stated} after", "no caveats", "no strings", f"people in {within} h", "no strings")
    yield Table("Places, those reached last first", heads, rows)
    costs = tuple(_reach_cost(cost, names) for cost in record.costs)
    if costs:
        yield Table(
            "What each string costs", ("string", "alone puts out of reach", "most people", "at", "most hours", "alone gone opens"), costs
        )


def ground_text(item: str, names: Names) -> str:
    """What holds a unit, in words."""
    kind, _, name = item.partition(":")
    if item == "silence":
        return "no rule in force permits it there and then"
    if kind == "gate":
        return {"transfer": "no transfer of authority in force", "status": "no status of forces agreement in force"}[name]
    if kind == "task":
        return "the task is not done there, or no rule gives the force that it takes"
    if kind == "provision":
        return f"provision {names.ref(item)} does not carry it there and then"
    return f"{item} ({shortened(names.ref(item), 70)})"


def _rests_on(situation: Iterable[str], assumed: bool, from_run: bool) -> Iterator[str]:
    told = list(situation)
    if told:
        yield f"{'Assumed, as the rules ask' if assumed else 'Given'}: {' | '.join(told)}"
    yield "Units stand where the last run has put them." if from_run else "No run of this folder as it stands: units stand as pledged."


def _when(day: int, hour: int, calendar: Calendar) -> str:
    return f"{calendar.date(day)} ({d_plus(day)}) at {hour:02d}:00".replace("\u00a0", " ")


def _hours(value: float | None) -> str:
    return "never" if value is None else f"{number(value)} h"


def _in_time(value: float | None, within: float) -> bool:
    return value is not None and value <= within


def _picked(hours: tuple[float, ...]) -> list[int]:
    """Hours that fit on a line: the first ones, and the last."""
    places = list(range(len(hours)))
    return places if len(places) <= MOST_HOURS else [*places[: MOST_HOURS - 1], places[-1]]


def _told(hours: tuple[float, ...]) -> list[int]:
    """Three hours that costs are told at: the ones nearest to 2, 6 and 24."""
    return list(dict.fromkeys(min(range(len(hours)), key=lambda place: abs(hours[place] - wanted)) for wanted in (2, 6, 24)))


def _named(hours: tuple[float, ...]) -> str:
    return f"{', '.join(number(hours[place]) for place in _told(hours))} h"


def _coming(unit: Coming, names: Names) -> tuple[str, ...]:
    word = f"{number(unit.word)} h" if unit.word else "–"
    return (
        unit.name,
        names.member(unit.member),
        names.sector(unit.sector),
        whole(unit.people),
        _hours(unit.hours),
        word,
        "none" if unit.road is None else f"{number(unit.road)} h",
    )


def _held(coming: Iterable[Coming], names: Names) -> Iterator[tuple[str, ...]]:
    groups: dict[tuple[str, ...], list[Coming]] = {}
    for unit in coming:
        if unit.held_by:
            groups.setdefault((unit.answer, *unit.held_by), []).append(unit)
    cut_off = [unit for unit in coming if not unit.held_by and unit.road is None]
    for (answer, *items), units in sorted(groups.items(), key=lambda group: (-sum(unit.people for unit in group[1]), group[0])):
        yield _group("; ".join(ground_text(item, names) for item in items), ANSWERS[answer], units, names)
    if cut_off:
        yield _group("no open road", ANSWERS["permitted"], cut_off, names)


def _group(why: str, answer: str, units: list[Coming], names: Names) -> tuple[str, ...]:
    nations = list(dict.fromkeys(names.member(unit.member) for unit in units))
    return why, answer, str(len(units)), whole(sum(unit.people for unit in units)), listed(nations)


def _cost(record: UsableForce, cost: StringCost, names: Names) -> tuple[str, ...]:
    lifted = f"{cost.holder}, {_hours(cost.wait)}" if cost.wait is not None else "nobody is named"
    if cost.band is not None:
        lifted += f" ({' to '.join(number(hours) for hours in cost.band)})"
    picked = _told(record.hours)
    return (
        ground_text(cost.string, names),
        lifted,
        " / ".join(whole(cost.missing[place]) for place in picked),
        " / ".join(whole(cost.gained[place]) for place in picked),
        _hours(cost.later),
    )


def _some(places: tuple[str, ...], names: Names) -> str:
    """How many places, and the first of them by name."""
    shown = ", ".join(names.of("place", place) for place in places[:3])
    return f"{len(places)}: {shown}{' …' if len(places) > 3 else ''}" if places else "–"


def _reach_cost(cost: ReachCost, names: Names) -> tuple[str, ...]:
    return (
        ground_text(cost.string, names),
        _some(cost.shuts, names),
        whole(cost.most_missing),
        names.of("place", cost.most_missing_at) or "–",
        _hours(cost.hours_lost) if cost.hours_lost is not None else "for good",
        _some(cost.opens, names),
    )
