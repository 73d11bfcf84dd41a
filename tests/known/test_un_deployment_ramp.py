"""How UN missions fill up and how full they stay: `simulation.slippage` and `simulation.manning` are fitted here, and to nothing else.

`un_deployment_ramp.csv` holds quantiles of the share of authorised troops, by month since the first record, over the 16 UN missions of
2,000 or more with a year on record that began at or below 60 per cent of it, from the monthly table of authorised and deployed troops
(`un_shortfall`). Missions with a folder of their own are left out: MINUSMA, and UNMIL, whose rows begin when it was full.
`un_deployment_starts.csv` holds what each of the 16 had on its first record.

They are set against a neutral plan for each: ninety units of fifteen members, of which the share of the first record stands there and the
others are due evenly over the ninety days in which a complex UN mission is to be set up. Which share never comes is that of the median
mission, and the mean delay is the one whose median is nearest to the median on record. The multiplier that slippage draws is 1 in its
median, so that leaves one number for how far missions lie apart: the spread of slippage. What members bring is 1 in its median for each
one promised, and only it lets a mission stand above its plan: its spread is fitted to how far the best tenth lies above the best quarter
once all have come.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import shipped
from casque.simulation.draws import Parameter, parameters
from casque.simulation.replications import replicate
from casque.simulation.streams import keys_of
from casque.simulation.world import CIVIL, COVER, MEMBER, PARTY, POPULATION, SECTOR, UNIT, Floats, World, rows

UNITS, MEMBERS, FILLED, RUNS = 90, 15, 90.0, 60
"""Units and members of a plan, days over which it fills, runs of each plan."""
LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
FITTED = (1, 2, 3, 6, 12)
"""Months whose median and whose distances between the quartiles and the outer deciles are fitted."""
SETTLED = (6, 9, 12)
"""Months by which nearly all have come in the better missions."""
SPREADS = (0.0, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)
MANNINGS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25)
DELAYS = (20.0, 30.0, 40.0, 50.0, 60.0, 70.0)
"""Mean delays in days that are tried."""


def _table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def published() -> dict[int, tuple[float, ...]]:
    """Levels of the share of authorised troops by month."""
    return {int(row["month"]): tuple(float(row[f"p{level * 100:.0f}"]) for level in LEVELS) for row in _table("un_deployment_ramp.csv")}


def day_of(month: int) -> int:
    """Day of a record: figures are those of the last day of a month, and missions begin, on average, in the middle of one."""
    return round((month + 0.5) * DAYS_PER_MONTH)


def neutral(delay: float, standing: float) -> World:
    """A neutral plan as the kernel sees it: no violence, nobody who withdraws, a force of 1 in all, a share of which stands there."""
    days = day_of(18) + 1
    place = (np.arange(UNITS) + 0.5) / UNITS
    there = place <= standing
    units = {
        "key": keys_of(tuple(f"unit:{number}" for number in range(UNITS))),
        "member": np.arange(UNITS) % MEMBERS,
        "people": np.full(UNITS, 1.0 / UNITS),
        "start": np.where(there, 0.0, day_of(0) + (place - standing) / (1.0 - standing) * FILLED),
        "end": np.full(UNITS, 9999.0),
        "tours": np.ones(UNITS),
        "no_show": np.where(there, 0.0, 1.0 - published()[12][2]),
        "delay": np.where(there, 0.0, delay),
    }
    plain = np.ones((1, days))
    return World(
        units=rows(UNIT, UNITS, units),
        members=rows(MEMBER, MEMBERS, {"key": keys_of(tuple(f"member:{number}" for number in range(MEMBERS)))}),
        sectors=rows(SECTOR, 1, {"key": keys_of(("sector:all",)), "thousands": [1000.0], "usable": [1.0]}),
        cover=rows(COVER, (1, days), {"required": plain, "supply": 15.0 * plain, "least": 5.0 * plain}),
        parties=rows(PARTY, 0, {}),
        rates=np.zeros((0, 1)),
        civil=rows(CIVIL, 0, {}),
        civil_plan=np.zeros((0, days)),
        populations=rows(POPULATION, 0, {}),
        expiries=np.zeros(0, dtype=np.int64),
        host_consents=0.0,
    )


@cache
def ramp_at(delay: float, spread: float | None = None, manning: float | None = None) -> dict[int, Floats]:
    """Levels of the simulated share of authorised troops by month; spreads as shipped, band and all, unless given."""
    strength = []
    for number, row in enumerate(_table("un_deployment_starts.csv")):
        drawn = parameters(shipped(), number, RUNS)
        for parameter, value in ((Parameter.SLIPPAGE, spread), (Parameter.MANNING, manning)):
            if value is not None:
                drawn[:, parameter] = value
        strength.append(replicate(neutral(delay, float(row["share"])), drawn, number, 2).strength)
    every = np.concatenate(strength)
    return {month: np.quantile(every[:, day_of(month)], LEVELS) for month in published()}


def rms(differences: list[float]) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(np.square(differences))))


@cache
def usual_delay() -> float:
    """The mean delay whose median ramp is nearest to the one on record."""
    return min(DELAYS, key=lambda delay: rms([ramp_at(delay)[month][2] - published()[month][2] for month in FITTED]))


def misfit(spread: float | None = None, manning: float | None = None) -> float:
    """By how much the distances between the quartiles and between the outer deciles differ from those on record."""
    found, seen = ramp_at(usual_delay(), spread, manning), published()
    pairs = [(month, low, high) for month in FITTED for low, high in ((1, 3), (0, 4))]
    return rms([(found[month][high] - found[month][low]) - (seen[month][high] - seen[month][low]) for month, low, high in pairs])


def upper(manning: float) -> list[float]:
    """How far the ninth decile of simulated shares lies above the upper quartile, by settled month."""
    found = ramp_at(usual_delay(), None, manning)
    return [float(found[month][4] - found[month][3]) for month in SETTLED]


def fitted_manning(seen: list[float]) -> float:
    """The spread of manning whose upper shares lie as far apart as on record, in the mean of the settled months."""
    return min(MANNINGS, key=lambda manning: abs(float(np.mean(upper(manning))) - float(np.mean(seen))))


def test_the_spread_is_the_one_that_fits() -> None:
    """The shipped value is the best of the grid, its band holds what fits nearly as well, and no common part at all is far off."""
    factor = shipped().factor("simulation.slippage")
    fits = {spread: misfit(spread) for spread in SPREADS}
    best = min(fits, key=lambda spread: fits[spread])
    near = [spread for spread in SPREADS if fits[spread] <= 1.25 * fits[best]]
    assert best == factor.value
    assert factor.low <= min(near)
    assert max(near) <= factor.high
    assert misfit() < 0.3 * fits[0.0]


def test_manning_lies_between_its_two_records() -> None:
    """Missions that have just filled up lie further apart than settled ones; the value is between the two, its band holds both."""
    factor = shipped().factor("simulation.manning")
    filling = fitted_manning([published()[month][4] - published()[month][3] for month in SETTLED])
    low, high = np.quantile([float(row["share"]) for row in _table("un_settled.csv")], (0.75, 0.9))
    settled = fitted_manning([float(high - low)])
    assert factor.low <= settled <= factor.value <= filling <= factor.high


def test_the_ramp_lies_near_the_one_on_record() -> None:
    """The median within 0.06 in the months fitted; every level within 0.17 in every month of the first year."""
    found, seen = ramp_at(usual_delay()), published()
    assert rms([found[month][2] - seen[month][2] for month in FITTED]) < 0.06
    for month in (0, *FITTED, 4, 5, 9):
        assert found[month] == pytest.approx(seen[month], abs=0.17), month


def test_the_median_ramp_of_all_true_starts_holds() -> None:
    """The ramp published for all true starts, missions with a folder among them, lies near the simulated one too."""
    found = ramp_at(usual_delay())
    for month, median in {0: 0.059, 1: 0.24, 2: 0.431, 3: 0.584, 6: 0.835, 9: 0.848, 12: 0.929}.items():
        assert found[month][2] == pytest.approx(median, abs=0.12), month
