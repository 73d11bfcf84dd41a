"""What the standing of the measures means: planning assumptions that broke, and exit criteria that are met."""

from __future__ import annotations

from collections.abc import Sequence

from casque.assessment.course import worse_by
from casque.assessment.progress import Progress, day_name, number
from casque.assessment.series import Seen
from casque.mission.vocabulary import Direction
from casque.plan.judgement import BrokenAssumption, ExitCriterion


def broken(progresses: Sequence[Progress]) -> tuple[BrokenAssumption, ...]:
    """Assumptions that the observations contradict.

    The measure is behind, has relapsed, or is worse than at D-day and still going the wrong way.
    """
    found = []
    for progress in progresses:
        latest, measure = progress.latest, progress.measure
        if not measure.assumption or latest is None:
            continue
        reason = _contradiction(progress, latest)
        if reason:
            found.append(
                BrokenAssumption(measure=measure.id, assumption=measure.assumption, text=f"The measure “{measure.title}” {reason}.")
            )
    return tuple(found)


def _contradiction(progress: Progress, latest: Seen) -> str:
    measure = progress.measure
    value = f"{number(latest.value)} {measure.unit} on {day_name(latest.day)}"
    if progress.relapse:
        best = progress.relapse[0]
        return f"had come to {number(best.value)} on {day_name(best.day)} but was back at {value}"
    if progress.standing == "behind":
        return f"stood at {value} where the planned course asks for {number(progress.course.expected(latest.day))}"
    wrong_way = progress.trend is not None and (progress.trend > 0) == (measure.direction is Direction.LOWER) and progress.trend != 0
    if progress.standing != "reached" and wrong_way and worse_by(latest.value, measure.baseline, measure.direction) > 0:
        return f"stood at {value}, worse than the {number(measure.baseline)} of D-day, and was still going the wrong way"
    return ""


def exits(progresses: Sequence[Progress]) -> tuple[ExitCriterion, ...]:
    """Exit criteria; one is neither met nor missed where nothing was seen, or only a bound that settles nothing."""
    return tuple(_exit(progress) for progress in progresses if progress.measure.exit)


def _exit(progress: Progress) -> ExitCriterion:
    measure, latest = progress.measure, progress.latest
    if latest is None:
        return ExitCriterion(measure=measure.id, met=None, text=f"{measure.title} was never observed, so the criterion cannot be judged.")
    when = day_name(latest.day)
    if not progress.known:
        text = f"{measure.title}: only a lower bound of {number(latest.value)} is known on {when}, so the criterion cannot be judged."
        return ExitCriterion(measure=measure.id, met=None, text=text)
    met = progress.standing == "reached"
    text = (
        f"{measure.title}: {number(latest.value)} {measure.unit} on {when} against a target of {number(measure.target)}; the criterion is "
    )
    text += "met" if met else "not met"
    once = next(
        (item for item in progress.seen if item.kind != "at least" and worse_by(item.value, measure.target, measure.direction) <= 0), None
    )
    if met and latest.kind == "about":
        text += ", by a figure that is only about right"
    if not met and once is not None:
        text += f"; the target had been met on {day_name(once.day)}, with {number(once.value)}, and was not kept"
    return ExitCriterion(measure=measure.id, met=met, text=text + ".")
