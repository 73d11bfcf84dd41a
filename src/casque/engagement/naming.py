"""From names that people write to a request: what is not known is refused with the nearest names, never answered."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from casque.engagement.law import Law
from casque.engagement.request import SELF_DEFENCE, Request
from casque.errors import BadInput, NoSuchItem
from casque.mission.about import About
from casque.mission.vocabulary import Circumstance, Protected

NOON = 12
"""Hour of the day that is meant where none is written."""
_MOST_NAMES = 5
_TIME = re.compile(r"(?P<day>D(?:[+-]\d{1,5})?|\d{4}-\d{2}-\d{2})(?:[T ](?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?)?")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class When:
    """A moment of the mission: days from D-day and the hour of the day, local time."""

    day: int
    hour: int = NOON


def request_of(
    law: Law,
    about: About,
    unit: str,
    measure: str,
    at: str,
    time: str | date | When,
    given: Iterable[str] = (),
    protecting: str | None = None,
) -> Request:
    """The request behind names as they are written. Raises NoSuchItem for an unknown name, BadInput for a time that cannot be meant."""
    sector, place = where_of(law, at)
    when = when_of(time, about)
    return Request(
        unit=known_name(unit, law.units, "unit", "Units"),
        measure=measure_of(law, measure),
        sector=sector,
        place=place,
        day=when.day,
        hour=when.hour,
        given=frozenset(word_of(item, Circumstance, "circumstance") for item in given),
        protecting=None if protecting is None or protecting == "" else word_of(protecting, Protected, "protected group or thing"),
    )


def measure_of(law: Law, name: str) -> str:
    """A measure by name; self-defence is always one. Raises NoSuchItem."""
    written = SELF_DEFENCE if _plain(name) == _plain(SELF_DEFENCE) else name
    if written not in law.measures:
        for measure, tables in law.measures.items():
            if any(table.rule.id == written for table in tables):
                raise NoSuchItem(f"'{name[:60]}' is a rule and not a measure of engagement", f"It speaks about the measure '{measure}'.")
    return known_name(written, [*law.measures, SELF_DEFENCE], "measure of engagement", "Measures")


def where_of(law: Law, name: str) -> tuple[str, str]:
    """Sector and place behind a name: a place with the sector it lies in, or a sector alone. A name that is both means the place.

    `sector:NAME` and `place:NAME` say which is meant. Raises NoSuchItem.
    """
    kind, _, rest = name.partition(":")
    if kind == "sector" and rest:
        return known_name(rest, law.sectors, "sector", "Sectors"), ""
    if kind == "place" and rest:
        return law.places[known_name(rest, law.places, "place", "Places")], rest
    if name in law.places:
        return law.places[name], name
    return known_name(name, law.sectors, "place or sector", "Places and sectors", [*law.places, *law.sectors]), ""


def when_of(written: str | date | When, about: About) -> When:
    """Day and hour of `D+3`, `D+3T14:00`, `1999-06-15`, `1999-06-15T14:00` or a date; noon where no hour is written.

    Minutes fall into their hour. Raises BadInput where it is no time, or not one of the mission.
    """
    if isinstance(written, When):
        found = written
    elif isinstance(written, datetime):
        found = When((written.date() - about.d_day).days, written.hour)
    elif isinstance(written, date):
        found = When((written - about.d_day).days)
    else:
        found = _read(written, about.d_day)
    first = min([0, *((phase.start - about.d_day).days for phase in about.phases)])
    last = int(about.horizon)
    if not first <= found.day <= last or not 0 <= found.hour < 24:
        raise BadInput(
            f"{written} lies outside the mission, which runs from {_named(first, about.d_day)} to {_named(last, about.d_day)}",
            next_step="The rules of a mission say nothing of a time before or after it.",
        )
    return found


def _read(written: str, d_day: date) -> When:
    match = _TIME.fullmatch(written.strip())
    try:
        if match is None:
            raise ValueError
        text = match["day"]
        day = int(text[1:] or 0) if text[0] == "D" else (date.fromisoformat(text) - d_day).days
        hour, minute = int(match["hour"] or NOON), int(match["minute"] or 0)
        if hour > 23 or minute > 59:
            raise ValueError
    except ValueError:
        raise BadInput(
            f"'{written[:40]}' is no time",
            next_step="Write D+3, D+3T14:00, or a date such as 1999-06-15 or 1999-06-15T14:00; without an hour, noon is meant.",
        ) from None
    return When(day, hour)


def _named(day: int, d_day: date) -> str:
    return f"{'D-day' if day == 0 else f'D{day:+d}'} ({d_day + timedelta(days=day)})"


def word_of(name: str, words: type[Word], kind: str) -> Word:
    """A word of one of the closed lists, written with spaces, dashes or underscores. Raises NoSuchItem."""
    by_name = {_plain(item): item for item in words}
    if _plain(name) in by_name:
        return by_name[_plain(name)]
    raise _unknown(name, kind, list(words), f"Known: {', '.join(words)}.")


def known_name(name: str, known: Collection[str], kind: str, many: str, listed: Collection[str] = ()) -> str:
    """A name that is known. Raises NoSuchItem with the nearest names; the known ones are listed where they are few."""
    if name in known:
        return name
    names = sorted(set(listed or known))
    few = f"{many}: {', '.join(names)}." if 0 < len(names) <= 12 else f"The mission has {len(names)} {many.lower()}."
    raise _unknown(name, kind, names, few)


def _unknown(name: str, kind: str, known: Collection[str], listing: str) -> NoSuchItem:
    near = nearest_names(name, known)
    hint = f"Did you mean {' or '.join(repr(str(item)) for item in near)}? " if near else ""
    return NoSuchItem(f"no {kind} is called '{name[:60]}'", hint + listing)


def nearest_names(name: str, known: Collection[str]) -> list[str]:
    """Known names like the one written, the nearest first; then those that contain it."""
    by_name = {_plain(item): str(item) for item in sorted(known)}
    plain = _plain(name[:80])
    close = difflib.get_close_matches(plain, by_name, n=_MOST_NAMES, cutoff=0.6)
    holding = [item for item in by_name if len(plain) > 2 and plain in item and item not in close]
    return [by_name[item] for item in (*close, *holding)[:_MOST_NAMES]]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())
