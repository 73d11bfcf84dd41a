"""The study of pledges and strength: how late pledges are by default, and what those of three missions allowed against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np

from casque.forces.futures.chances import chances
from casque.forces.futures.measured import estimate
from casque.forces.futures.pledged import coming, promised
from casque.forces.problem import problem
from casque.forces.require import solve as require
from casque.mission.alliance import Member
from casque.mission.mission import Mission
from casque.mission.observations import Observation
from casque.plan.futures import Estimate
from casque.plan.record import DAYS_PER_MONTH, month_of
from casque.reference.chance import Floats
from casque.reference.lateness import Chance, drawn
from casque.reference.load import shipped
from casque.reference.opening import Opened, open_folder
from docs.pages.markdown import page, table

MISSIONS = Path(__file__).resolve().parents[2] / "missions"
SHOWN = ("kosovo-1999", "liberia-2003", "mali-2013")
FUTURES = range(1000)
SEED = 0
IN_AREA, THEATRE = "strength.in_area", "strength.theatre"

RAMP = {
    0: (0.001, 0.059, 0.377),
    1: (0.048, 0.240, 0.467),
    2: (0.127, 0.431, 0.594),
    3: (0.276, 0.584, 0.767),
    6: (0.598, 0.835, 0.940),
    12: (0.755, 0.929, 0.945),
}
"""Quartiles of the share of authorised troops by month since the first record: 16 UN missions of 2,000 or more that began at or below
60 per cent of it, computed from the UN's monthly figures of strength and its table of authorised strengths (un_shortfall)."""

UNITS, NATIONS, FILLED = 90, 15, 90.0
"""The neutral plan: units, the members that they are spread over, and the days over which they are due evenly."""

_WHAT = """A force is pledged on dates. Some of it comes later, some never. Casque draws futures of the pledges
(`casque.forces.futures`) from one law: a mission slips as a whole, a nation with all its units, each unit by itself.
This page holds that law against two records: how UN missions filled up, and the strength of three missions month by
month. It is worked out when the documentation is built."""

_RAMP = """A neutral plan: ninety units of fifteen members, committed, due evenly over the ninety days in which a
complex UN mission is to be set up, with the reliability and the delay that a member has where its folder says
nothing. Its share of the force by month, set against the quartiles on record. Records are those of the last day of a
month; missions begin, on average, in the middle of one. The spread of the law is fitted to the distance between these
quartiles, the default delay to their medians; `tests/known` does the first on a record without the missions that have
a folder here, and nothing is fitted to the three missions below. A test fails if the median leaves the quartiles of
either record."""

_RAMP_READ = """The plan is above the median on record at six months and below it at twelve: nine of ten pledges are
taken to come, and the median mission ended nearer to its ceiling than that. A delay of half a month, as the folder of
Liberia takes for neighbours whose units were decided on, would put the median outside the quartiles in months 2 and 3
({months}): right for them, and too little for a contributor about whom nothing is known."""

_MISSIONS = """Every pledge of the folder counts here, whether or not the matching gave it a place, and whether or
not its authority had been transferred: these are people whom the members had promised. *Pledged* is the sum if every
unit stood there from the first day that its dates allow to the end of its promised tours. *Expected* is the mean over
a thousand futures, with the interval that holds the true mean of the law in 95 of 100 samples; *eight in ten* leaves
out the lowest and the highest tenth of the futures. Each row is the last figure on record of a mission month, on its
day; months without a record show their last day. Neither lift nor roads hold anybody up here: the pages of the
missions ([Kosovo](../missions/kosovo-1999.md), [Liberia](../missions/liberia-2003.md),
[Mali](../missions/mali-2013.md)) show the movement plan and the simulation beside the same records."""

_SHOWS = """Two things take the record above the band. A pledge with a required date counts from that day, with its
vehicles; on record people count from the day they land, weeks before: so Liberia stood above everything that was due
by then in November and December 2003. And people are there for whom no pledge is dated any more, or yet: Mali's
record from July to the middle of October 2013 lies above the promises, whose tours of six months ended in July. No
future of the pledges can hold people who were never pledged for the day. Where the record is below what was pledged,
the expected strength is mostly the better guess: in Kosovo from the second month on, and in Mali from January to
April 2014. It is too low for Liberia in 2004, whose contributors came sooner than the rule by which the folder sets
their delays."""

_LIMITS = """## What this does not know

1. Reliability and delay of most members are judgement; where the folder derives them from the ramps above, it says
   so.
2. Pledges are those that the folder could date. Dates were often written down after the unit had come, so that
   *pledged* already knows part of what happened; the true promises were earlier and larger.
3. A late unit goes home when promised, which is judgement. A nation may extend a tour.
4. Records count troops; pledges hold formed police besides, 360 in Liberia. Kosovo's rear areas in two neighbouring
   countries are in the figure of the theatre and not in that of the area; pledges do not tell the two apart."""


@dataclass(frozen=True)
class Row:
    """A month of a mission."""

    day: int
    pledged: float
    expected: Estimate
    low: float
    high: float
    seen: Observation | None
    theatre: Observation | None


def pledges_and_strength_page() -> str:
    """docs/studies/pledges-and-strength.md"""
    return page(
        "Pledges and strength: what was promised, what to expect, what came",
        _WHAT,
        f"## How UN missions fill up, and what the default of a pledge makes of it\n\n{_RAMP}",
        _ramp_table(),
        _RAMP_READ.format(months=" and ".join(_share(float(np.median(shares))) for shares in _half_a_month())),
        f"## Three missions, month by month\n\n{_MISSIONS}",
        *(_mission(name) for name in SHOWN),
        f"## What the three show\n\n{_count()}\n\n{_SHOWS}",
        _LIMITS,
    )


def neutral_ramp(reliability: float | None = None, delay_months: float | None = None) -> dict[int, Floats]:
    """Share of the force of a neutral plan by month, in a thousand futures; a member's defaults unless given."""
    fields = Member.model_fields
    doubt = 1.0 - float(fields["reliability"].default if reliability is None else reliability)
    delay = float(fields["delay_months"].default if delay_months is None else delay_months) * DAYS_PER_MONTH
    units = tuple(Chance(f"unit-{number}", f"member-{number % NATIONS}", doubt, delay) for number in range(UNITS))
    fate = drawn(units, shipped(), SEED, FUTURES)
    arrives = (np.arange(UNITS) + 0.5) * FILLED / UNITS + fate.late
    return {month: (fate.comes & (arrives <= (month + 0.5) * DAYS_PER_MONTH)).mean(axis=1) for month in RAMP}


def _half_a_month() -> list[Floats]:
    """Shares in months 2 and 3 if members were half a month late."""
    found = neutral_ramp(delay_months=0.5)
    return [found[2], found[3]]


def _ramp_table() -> str:
    found = neutral_ramp()
    rows = []
    for month, (low, middle, high) in RAMP.items():
        own = np.quantile(found[month], (0.25, 0.5, 0.75))
        inside = "yes" if low <= own[1] <= high else "no"
        rows.append([str(month), _share(low), _share(middle), _share(high), *(_share(share) for share in own), inside])
    heads = ["month", "record: lower quartile", "median", "upper quartile", "neutral plan: lower quartile", "median", "upper quartile"]
    source = (
        "Record: 16 UN missions of 2,000 authorised troops or more that began at or below 60 per cent of them, from the UN's monthly "
        "figures of strength and authorised strengths (secondary: computed by this project from a published table)."
    )
    return f"{table([*heads, 'median inside the quartiles'], rows)}\n\n{source}"


@cache
def _opened(name: str) -> Opened:
    return open_folder(MISSIONS / name, "base")


@cache
def rows_of(name: str) -> tuple[Row, ...]:
    """The months of a mission."""
    opened = _opened(name)
    mission = opened.mission
    matching = problem(mission, opened.reference, require(mission, opened.reference))
    seen, theatre = _last_of_month(mission, IN_AREA), _last_of_month(mission, THEATRE)
    days = [_day(mission, seen[month]) if month in seen else span[-1] for month, span in enumerate(matching.calendar.months) if span]
    pledged = promised(matching.units, days)
    futures = coming(matching.units, chances(mission, opened.reference), opened.reference, SEED, FUTURES, days)
    return tuple(
        Row(
            day=day,
            pledged=float(pledged[month]),
            expected=estimate(futures[:, month]),
            low=float(np.quantile(futures[:, month], 0.1)),
            high=float(np.quantile(futures[:, month], 0.9)),
            seen=seen.get(month),
            theatre=theatre.get(month),
        )
        for month, day in enumerate(days)
    )


def within(rows: Sequence[Row]) -> tuple[int, int]:
    """Months on record whose strength lies in eight of ten futures, and months on record."""
    seen = [(row, row.seen.value) for row in rows if row.seen is not None]
    return sum(row.low <= value <= row.high for row, value in seen), len(seen)


def nearer(rows: Sequence[Row]) -> int:
    """Months on record in which the expected strength is nearer to what was seen than the pledged one."""
    seen = [(row, row.seen.value) for row in rows if row.seen is not None]
    return sum(abs(row.expected.mean - value) < abs(row.pledged - value) for row, value in seen)


def _count() -> str:
    """How often the record lies in the band, over all three missions."""
    pairs = [within(rows_of(name)) for name in SHOWN]
    inside, months = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    rows = [row for name in SHOWN for row in rows_of(name) if row.seen is not None]
    over = sum(row.seen.value > row.pledged for row in rows if row.seen is not None)
    short = [row for row in rows if row.seen is not None and row.seen.value <= row.pledged]
    return (
        f"Of {months} months on record {inside} lie in eight of ten futures ({100 * inside / months:.0f} %, where 80 % would be right). "
        f"In {over} the record is above what was pledged for that day. In the other {len(short)} it lies in eight of ten futures in "
        f"{within(short)[0]}, and the expected strength is nearer to it than the pledged one in {nearer(short)}."
    )


def _mission(name: str) -> str:
    mission = _opened(name).mission
    rows = rows_of(name)
    any_theatre = any(row.theatre is not None for row in rows)
    cells = []
    for row in rows:
        where = "" if row.seen is None else "inside" if row.low <= row.seen.value <= row.high else _side(row)
        cells.append(
            [
                str(mission.about.d_day + timedelta(days=row.day)),
                f"{row.pledged:,.0f}",
                f"{row.expected.mean:,.0f} ({row.expected.low:,.0f} to {row.expected.high:,.0f})",
                f"{row.low:,.0f} to {row.high:,.0f}",
                _figure(row.seen),
                *([_dated(row.theatre)] if any_theatre else []),
                where,
                ", ".join(dict.fromkeys(source for item in (row.seen, row.theatre) if item is not None for source in item.source)),
            ]
        )
    heads = ["day", "pledged", "expected", "eight in ten", "seen", *(["seen in the theatre"] if any_theatre else [])]
    inside, months = within(rows)
    lead = (
        f"Of {months} months on record {inside} lie in eight of ten futures; in {nearer(rows)} the expected strength is nearer to the "
        "record than the pledged one."
    )
    return f"### {mission.about.title}\n\n{lead}\n\n{table([*heads, 'the record lies', 'source'], cells)}"


def _side(row: Row) -> str:
    return "above" if row.seen is not None and row.seen.value > row.high else "below"


def _last_of_month(mission: Mission, series: str) -> dict[int, Observation]:
    """The last figure of a series in each mission month; bounds are left out."""
    found: dict[int, Observation] = {}
    for item in sorted(mission.observations.observations, key=lambda item: item.end):
        day = _day(mission, item)
        if item.measure == series and item.kind in ("value", "about") and 0 <= day < int(mission.about.horizon):
            found[month_of(day)] = item
    return found


def _day(mission: Mission, item: Observation) -> int:
    return (item.end - mission.about.d_day).days


def _figure(item: Observation | None) -> str:
    return "" if item is None else f"{'about ' if item.kind == 'about' else ''}{item.value:,.0f}"


def _dated(item: Observation | None) -> str:
    return "" if item is None else f"{_figure(item)} ({item.end})"


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"
