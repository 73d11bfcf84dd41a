"""Rules on measures and on who takes over: success can be seen, and the mission can end."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, day_text
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.actors import Actor
from casque.mission.vocabulary import Direction, Severity


def _missing(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        if not any(name in problem.measures for name in task.measures):
            yield Breach(f"task:{task.id}", f"No measure shows whether “{task.title}” succeeds.")


def _unobserved(problem: Problem) -> Iterator[Breach]:
    seen = {observation.measure for observation in problem.mission.observations.observations}
    for measure in problem.mission.measures.measures:
        if measure.id not in seen:
            yield Breach(f"measure:{measure.id}", f"No observation of “{measure.title}” has been recorded.")


def _no_exit(problem: Problem) -> Iterator[Breach]:
    measures = problem.mission.measures.measures
    if not any(measure.exit for measure in measures):
        yield Breach(
            f"mission:{problem.mission.about.id}",
            f"None of the {len(measures)} measures is an exit criterion: nothing says when the mission is done.",
        )


def _unmeasured(problem: Problem) -> Iterator[Breach]:
    spoken = {measure.objective for measure in problem.mission.measures.measures}
    for objective in problem.mission.measures.objectives:
        if objective.id not in spoken:
            yield Breach(f"objective:{objective.id}", f"No measure speaks for the objective “{objective.title}”.")


def _civil_gap(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        if not task.supports_civil:
            continue
        end = problem.day(task.end)
        wanted = {need.capability for need in task.needs}
        heirs = [actor for actor in problem.mission.actors.actors if actor.takes_over in wanted]
        if not heirs:
            yield Breach(
                f"task:{task.id}", f"“{task.title}” is to pass to a civil institution by {day_text(end)}, and no institution takes it over."
            )
        for actor in heirs:
            expected = expected_strength(problem, actor, end)
            if expected < actor.authorised:
                full = _full_on(problem, actor)
                when = f"; it is full on {day_text(full)}" if full is not None else "; no later figure shows it full"
                text = (
                    f"“{task.title}” passes to {actor.name}, which has {expected:,.0f} of {actor.authorised:,.0f} "
                    "authorised people when the task ends "
                    f"on {day_text(end)}{when}."
                )
                yield Breach(f"task:{task.id}", text, full)


def expected_strength(problem: Problem, actor: Actor, day: int) -> float:
    """Strength of an institution on a day, on straight lines between the figures given and flat after the last."""
    points = sorted([(0, actor.strength), *((problem.day(arrival.day), arrival.strength) for arrival in actor.arrivals)])
    before = [point for point in points if point[0] <= day]
    after = [point for point in points if point[0] > day]
    if not before:
        return points[0][1]
    start, people = before[-1]
    if not after:
        return people
    finish, later = after[0]
    return people + (later - people) * (day - start) / (finish - start)


def _full_on(problem: Problem, actor: Actor) -> int | None:
    days = [problem.day(arrival.day) for arrival in actor.arrivals if arrival.strength >= actor.authorised]
    return min(days, default=None)


def _beyond_horizon(problem: Problem) -> Iterator[Breach]:
    exits = [measure for measure in problem.mission.measures.measures if measure.exit]
    for measure in exits:
        day = problem.day(measure.by)
        if day > problem.period.last:
            end = day_text(problem.period.last)
            text = f"The exit criterion “{measure.title}” is to be reached by {day_text(day)}, after the plan ends on {end}."
            yield Breach(f"measure:{measure.id}", text)


def _behind_baseline(problem: Problem) -> Iterator[Breach]:
    for measure in problem.mission.measures.measures:
        gain = measure.target - measure.baseline if measure.direction is Direction.HIGHER else measure.baseline - measure.target
        if gain < 0:
            text = (
                f"“{measure.title}”: {measure.direction}, and the target of {measure.target:,g} is worse than the baseline of "
                f"{measure.baseline:,g}."
            )
            yield Breach(f"measure:{measure.id}", text)


def _unmandated(problem: Problem) -> Iterator[Breach]:
    for objective in problem.mission.measures.objectives:
        if not objective.provisions:
            yield Breach(f"objective:{objective.id}", f"The objective “{objective.title}” follows from no provision of the mandate.")


RULES = (
    Rule(
        "measure-missing",
        Severity.WARNING,
        "A task whose success nobody would see",
        "Every task names a measure.",
        secondary("CIMIC Centre of Excellence handbook: measures of effectiveness show the state of things against the intended one"),
        "Name a measure with baseline and target.",
        _missing,
    ),
    Rule(
        "measure-without-observation",
        Severity.NOTE,
        "A measure that nobody has observed",
        "Every measure has at least one observation, the baseline before action among them.",
        secondary("CIMIC Centre of Excellence handbook: measures of effectiveness need a baseline that is set before action"),
        "Say who observes it and how often, and record the baseline.",
        _unobserved,
    ),
    Rule(
        "exit-without-measure",
        Severity.WARNING,
        "A mission without an exit criterion",
        "At least one measure is an exit criterion.",
        secondary("Security Council on transition and exit, press release SC/9860 (2010): plan the exit at entry"),
        "Mark the measures whose targets end the mission.",
        _no_exit,
    ),
    Rule(
        "objective-without-measure",
        Severity.WARNING,
        "An objective that no measure speaks for",
        "Every objective has a measure.",
        secondary("CIMIC Centre of Excellence handbook: measures of effectiveness are related to ends"),
        "Name a measure for the objective, or drop it.",
        _unmeasured,
    ),
    Rule(
        "civil-police-gap",
        Severity.WARNING,
        "A task that passes to a civil institution that is not yet there",
        "Where a task passes to a civil institution, that institution reaches its authorised strength by the task's end.",
        secondary("UN exit benchmarks (UNAMSIL, 2002): the first was the capacity of the national police and army"),
        "Extend the task until the institution is full, or speed its recruitment.",
        _civil_gap,
    ),
    Rule(
        "exit-beyond-horizon",
        Severity.NOTE,
        "An exit criterion that falls due after the plan ends",
        "Every exit criterion is to be reached within the horizon.",
        secondary("Security Council on transition and exit, press release SC/9860 (2010): plan the exit at entry"),
        "Lengthen the horizon, or set a step towards the criterion within it.",
        _beyond_horizon,
    ),
    Rule(
        "target-behind-baseline",
        Severity.NOTE,
        "A measure whose target is worse than where it starts",
        "The target of every measure lies in its direction from the baseline, or at the baseline.",
        secondary("CIMIC Centre of Excellence handbook: measures of effectiveness need a baseline that is set before action"),
        "Correct baseline, target or direction, or say in a note why worse is accepted.",
        _behind_baseline,
    ),
    Rule(
        "objective-without-provision",
        Severity.NOTE,
        "An objective that the mandate does not ask for",
        "Every objective follows from a provision.",
        judgement("staff practice: objectives follow from the mandate; COPD not read"),
        "Name the provision, or drop the objective.",
        _unmandated,
    ),
)
