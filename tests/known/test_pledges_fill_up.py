"""The default reliability and delay of a pledge against how UN missions filled up: the sanity band of the futures of force generation."""

from __future__ import annotations

import numpy as np

from casque.mission.alliance import Member
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import shipped
from docs.pages.pledges_and_strength import RAMP, neutral_ramp
from tests.known.test_un_deployment_ramp import LEVELS, published


def test_the_median_ramp_of_a_neutral_plan_lies_inside_the_quartiles() -> None:
    found = neutral_ramp()
    for month, (low, _, high) in RAMP.items():
        assert low <= np.median(found[month]) <= high, month


def test_half_a_month_would_be_too_early() -> None:
    """Why the default is not the delay of neighbours: it puts the median above the quartiles in months 2 and 3."""
    found = neutral_ramp(delay_months=0.5)
    assert all(np.median(found[month]) > RAMP[month][2] for month in (2, 3))


def test_the_default_delay_is_nearest_to_the_medians() -> None:
    """Of mean delays from half a month to two and a half; within the tenth of a month that the default is given in, nothing is better."""

    def misfit(delay: float) -> float:
        found = neutral_ramp(delay_months=delay)
        return float(sum((np.median(found[month]) - RAMP[month][1]) ** 2 for month in RAMP))

    default = float(Member.model_fields["delay_months"].default)
    tried = [0.5, 0.75, 1.0, default, 1.75, 2.0, 2.5]
    assert min(tried, key=misfit) == default


def test_the_usual_contributor_is_as_late_as_the_default() -> None:
    assert abs(shipped().value("simulation.usual-delay") / DAYS_PER_MONTH - float(Member.model_fields["delay_months"].default)) < 0.05
    assert shipped().value("simulation.usual-reliability") == float(Member.model_fields["reliability"].default)


def test_it_lies_inside_without_the_missions_that_have_a_folder_too() -> None:
    """The record on which the simulation is fitted leaves those out; a median inside one record's quartiles is inside the other's."""
    found, seen = neutral_ramp(), published()
    for month in RAMP:
        low, high = (seen[month][LEVELS.index(level)] for level in (0.25, 0.75))
        assert low <= np.median(found[month]) <= high, month
