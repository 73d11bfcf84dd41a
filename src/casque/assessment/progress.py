"""Where a measure stands against its planned course."""

from __future__ import annotations

from dataclasses import dataclass

from casque.assessment.course import Course, lost, plan_course, theil_sen, worse_by
from casque.assessment.series import Seen, period_of, series, weakest
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.mission.vocabulary import Direction
from casque.plan.judgement import MeasureJudgement, Standing
from casque.reference.load import Reference

MINUS = "−"


@dataclass(frozen=True)
class Progress:
    """A measure with what was seen of it, from D-day on, and what follows."""

    measure: Measure
    course: Course
    seen: tuple[Seen, ...]
    standing: Standing
    known: bool
    """Whether the latest value settles if the target is met; a mere lower bound may not."""
    relapse: tuple[Seen, float] | None
    """Best value and the share of the whole path lost since, where that is more than the reference set allows."""
    trend: float | None

    @property
    def latest(self) -> Seen | None:
        """The latest value seen."""
        return self.seen[-1] if self.seen else None


def day_name(day: int) -> str:
    """A day as plans write it, such as `D+12`."""
    return "D-day" if day == 0 else f"D{day:+d}".replace("-", MINUS)


def number(value: float) -> str:
    """A figure for a reader: thousands set apart, small ones with two decimals at most."""
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{round(value, 2) + 0.0:g}").replace("-", MINUS)


def share(part: float) -> str:
    """A share as a percentage without its sign."""
    return f"{abs(part) * 100:,.0f}\u00a0%"


def follow(mission: Mission, reference: Reference, measure: Measure) -> Progress:
    """What was seen of a measure since D-day, and where it stands."""
    d_day = mission.about.d_day
    mine = [item for item in mission.observations.observations if item.measure == measure.id]
    seen = tuple(item for item in series(mine, d_day, period_of(measure.unit)) if item.day >= 0)
    rate = period_of(measure.unit) is not None
    course = plan_course(measure.baseline, measure.target, (measure.by - d_day).days, measure.direction, rate)
    exact = [item for item in seen if item.kind != "at least"]
    trend = theil_sen([(item.day, item.value) for item in exact])
    relapse = (
        _relapse(exact, course, measure, reference.value("assessment.relapse-share")) if seen and seen[-1].kind != "at least" else None
    )
    margin = reference.value("assessment.about-margin")
    standing, known = _standing(measure, course, seen[-1], relapse is not None, margin) if seen else ("not observed", False)
    return Progress(measure, course, seen, standing, known, relapse, trend)


def _relapse(seen: list[Seen], course: Course, measure: Measure, limit: float) -> tuple[Seen, float] | None:
    path = course.target - course.baseline or course.target
    best, share = lost([item.value for item in seen], path, measure.direction)
    return (seen[best], share) if share > limit else None


def _standing(measure: Measure, course: Course, latest: Seen, relapsed: bool, margin: float) -> tuple[Standing, bool]:
    """Standing of the latest value, and whether it settles if the target is met.

    Before its day, a rounded figure is on course where its doubt (`margin`, a share) reaches back to the course.
    """
    floor = latest.kind == "at least"
    reached = worse_by(latest.value, measure.target, measure.direction) <= 0
    if floor and measure.direction is Direction.HIGHER:
        return ("reached", True) if reached else ("on course" if _lag(measure, course, latest) <= 0 else "in doubt", False)
    if floor and _lag(measure, course, latest) <= 0:
        return "in doubt", not reached
    if reached:
        return "reached", True
    lag = _lag(measure, course, latest)
    doubt = margin * abs(latest.value) if latest.kind == "about" and latest.day < course.by else 0.0
    if lag <= doubt:
        return ("in doubt" if relapsed else "on course"), True
    slack = max(0.0, worse_by(measure.amber, measure.target, measure.direction))
    return ("in doubt" if lag <= slack else "behind"), True


def _lag(measure: Measure, course: Course, latest: Seen) -> float:
    return worse_by(latest.value, course.expected(latest.day), measure.direction)


def judgement(progress: Progress, margin: float) -> MeasureJudgement:
    """The record of a measure's standing. `margin` is the doubt about a figure given as `about`, as a share."""
    measure, latest = progress.measure, progress.latest
    return MeasureJudgement(
        measure=measure.id,
        title=measure.title,
        objective=measure.objective,
        standing=progress.standing,
        baseline=measure.baseline,
        latest=latest.value if latest else None,
        day=latest.day if latest else None,
        target=measure.target,
        expected=progress.course.expected(latest.day) if latest else None,
        trend_per_month=progress.trend,
        grade=weakest([item.grade for item in progress.seen]),
        text=_text(progress, latest, margin)
        if latest
        else f"{measure.title} has not been observed since D-day, so nobody can say where it stands.",
    )


def _text(progress: Progress, latest: Seen, margin: float) -> str:
    measure, course = progress.measure, progress.course
    how = {"at least": "at least ", "about": "about "}.get(latest.kind, "")
    from_counts = " (worked out from counts)" if latest.derived else ""
    parts = [f"{measure.title}: {how}{number(latest.value)} {measure.unit} on {day_name(latest.day)}{from_counts}"]
    if course.shape == "level":
        parts[0] += (
            f" against a target of {number(course.target)}, which {'is' if latest.day <= course.by else 'was'} to be held ({course.why})."
        )
    elif latest.day >= course.by:
        parts[0] += f" against a target of {number(course.target)} that was due on {day_name(course.by)}."
    else:
        way = f"from {number(course.baseline)} to {number(course.target)} on {day_name(course.by)}"
        parts[0] += f"; the {course.shape} course {way} asks for {number(course.expected(latest.day))} ({course.why})."
    parts.extend(_movement(progress, latest))
    parts.extend(_doubts(progress, latest, margin))
    parts.append("The target is reached." if progress.standing == "reached" else f"It is {progress.standing}.")
    return " ".join(parts)


def _movement(progress: Progress, latest: Seen) -> list[str]:
    """The trend, and a relapse that the trend over all values hides."""
    days = len({item.day for item in progress.seen if item.kind != "at least"})
    trend = "" if progress.trend is None else f"{'+' if progress.trend > 0 else ''}{number(progress.trend)} a month"
    if progress.relapse is None:
        return [f"The trend over {days} days with a value is {trend}."] if trend else []
    best, part = progress.relapse
    whole = f"The trend over all {days} days with a value, {trend}, hides a relapse: the" if trend else "There is a relapse: the"
    return [
        f"{whole} measure stood at {number(best.value)} on {day_name(best.day)} and at {number(latest.value)} on {day_name(latest.day)}, "
        f"which lost {share(part)} of the whole way to the target."
    ]


def _doubts(progress: Progress, latest: Seen, margin: float) -> list[str]:
    measure, doubts = progress.measure, []
    if latest.kind == "at least" and not progress.known:
        doubts.append("Only a lower bound is known, so it cannot be said whether the target is met.")
    if latest.kind == "about":
        worse = latest.value * (1 + margin if measure.direction is Direction.LOWER else 1 - margin)
        flips = progress.standing == "reached" and worse_by(worse, measure.target, measure.direction) > 0
        if progress.standing == "on course" and _lag(measure, progress.course, latest) > 0:
            doubts.append(f"The figure is only about right, and {share(margin)} to the good side would meet the course.")
        if flips:
            doubts.append(f"The figure is only about right: {share(margin)} to the bad side and the target is missed.")
    same_day = sorted({item.value for item in progress.seen if item.day == latest.day})
    if len(same_day) > 1:
        doubts.append(f"Sources for that day range from {number(same_day[0])} to {number(same_day[-1])}; the best graded is used.")
    return doubts
