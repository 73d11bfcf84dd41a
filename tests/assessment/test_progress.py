"""Standing of a measure: honest about lower bounds, rounded figures, late due dates and relapses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casque.assessment.consequence import broken, exits
from casque.assessment.progress import Progress, follow, judgement
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.mission.observations import Observation
from casque.mission.vocabulary import Grade
from casque.plan.judgement import Standing
from casque.reference.load import Reference
from tests.assessment.builders import narrowed, on, rate, saw, stock

Follow = Callable[..., Progress]


@pytest.fixture
def followed(example: Mission, reference: Reference) -> Follow:
    """Follows a measure over observations."""

    def run(measure: Measure, *observations: Observation) -> Progress:
        return follow(narrowed(example, (measure,), observations), reference, measure)

    return run


@pytest.mark.parametrize(
    ("measure", "day", "value", "kind", "standing", "known"),
    [
        # The linear course asks for 500 on D+50; the slack is 1,000 - 600 = 400.
        (stock(), 50, 1000, "value", "reached", True),
        (stock(), 50, 520, "value", "on course", True),
        (stock(), 50, 480, "value", "in doubt", True),
        (stock(), 50, 480, "about", "on course", True),
        (stock(), 50, 430, "about", "in doubt", True),
        (stock(), 150, 950, "about", "in doubt", True),
        (stock(), 50, 90, "value", "behind", True),
        (stock(), 150, 700, "value", "in doubt", True),
        (stock(), 150, 500, "value", "behind", True),
        (stock(), 50, 1200, "at least", "reached", True),
        (stock(), 50, 600, "at least", "on course", False),
        (stock(), 50, 10, "at least", "in doubt", False),
        # The exponential course asks for 10 on D+50; the slack is 9 - 5 = 4.
        (rate(), 50, 4, "value", "reached", True),
        (rate(), 50, 10, "value", "on course", True),
        (rate(), 50, 13, "value", "in doubt", True),
        (rate(), 50, 15, "value", "behind", True),
        (rate(), 50, 4, "at least", "in doubt", False),
        (rate(), 50, 9, "at least", "in doubt", True),
        (rate(), 50, 15, "at least", "behind", True),
    ],
)
def test_standing(followed: Follow, measure: Measure, day: int, value: float, kind: str, standing: Standing, known: bool) -> None:
    progress = followed(measure, saw("m", day, day, value, kind))
    assert (progress.standing, progress.known) == (standing, known)


def test_nothing_seen_since_d_day(followed: Follow) -> None:
    progress = followed(stock(), saw("m", -10, -10, 50), saw("other", 5, 5, 900))
    found = judgement(progress, 0.1)
    assert found.standing == "not observed"
    assert (found.latest, found.day, found.expected, found.trend_per_month, found.grade) == (None, None, None, None, None)
    (criterion,) = exits([progress])
    assert criterion.met is None
    assert broken([progress]) == ()


def test_a_relapse_is_named_and_breaks_the_assumption(followed: Follow) -> None:
    progress = followed(rate(), saw("m", 10, 16, 14), saw("m", 40, 46, 4, grade=Grade.SECONDARY), saw("m", 60, 66, 18))
    found = judgement(progress, 0.1)
    assert found.standing == "behind"
    assert found.grade is Grade.SECONDARY
    text = found.text.replace("\u00a0", " ")
    assert "hides a relapse: the measure stood at 4 on D+43 and at 18 on D+63, which lost 93 % of the whole way" in text
    assert "-" not in text
    (assumption,) = broken([progress])
    assert assumption.assumption == "It works."
    assert assumption.text.startswith("The measure “Incidents” had come to 4 on D+43 but was back at 18")
    (criterion,) = exits([progress])
    assert criterion.met is False
    assert "was not kept" in criterion.text


def test_a_relapse_that_is_still_ahead_of_the_course_is_in_doubt(followed: Follow) -> None:
    progress = followed(rate(), saw("m", 10, 10, 2), saw("m", 20, 20, 12))
    assert progress.course.expected(20) > 12
    assert progress.standing == "in doubt"


def test_a_rounded_figure_that_just_reaches_says_so(followed: Follow) -> None:
    progress = followed(stock(), saw("m", 90, 90, 1050, "about"))
    assert judgement(progress, 0.1).standing == "reached"
    assert "only about right" in judgement(progress, 0.1).text
    assert "only about right" not in judgement(progress, 0.01).text


def test_lower_bounds_bend_neither_trend_nor_relapse(followed: Follow) -> None:
    progress = followed(stock(), saw("m", 10, 10, 100), saw("m", 20, 20, 5000, "at least"), saw("m", 40, 40, 400))
    assert progress.trend == pytest.approx(300 / 30 * 365.2425 / 12)
    assert progress.relapse is None


def test_sources_that_differ_are_shown(followed: Follow) -> None:
    progress = followed(stock(), saw("m", 50, 50, 400, grade=Grade.JUDGEMENT), saw("m", 50, 50, 600))
    found = judgement(progress, 0.1)
    assert found.latest == 600
    assert "range from 400 to 600" in found.text


def test_a_state_to_be_held_is_expected_from_the_first_day(followed: Follow) -> None:
    progress = followed(stock(baseline=1000.0, target=900.0, amber=800.0), saw("m", 5, 5, 850))
    assert progress.course.shape == "level"
    assert progress.standing == "in doubt"
    assert "was to be held" in judgement(progress, 0.1).text or "is to be held" in judgement(progress, 0.1).text


def test_due_before_d_day(followed: Follow) -> None:
    assert followed(stock(by=on(-4)), saw("m", 0, 0, 100)).standing == "behind"
