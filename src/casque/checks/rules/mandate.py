"""Rules on the mandate: every task rests on a provision that is in force, covers it, and allows its force."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.lawful import days_text, uncovered_sectors
from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.tasks import Task
from casque.mission.vocabulary import ForceLevel, InstrumentKind, OrganisationKind, Severity


def _grounded(problem: Problem) -> Iterator[Task]:
    return (task for task in problem.mission.tasks.tasks if task.provision in problem.provisions)


def _without_provision(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        if task.provision not in problem.provisions:
            yield Breach(f"task:{task.id}", f"“{task.title}” rests on the provision “{task.provision}”, which no instrument has.")
            continue
        instrument, provision = problem.provisions[task.provision]
        outside = uncovered_sectors(provision, task)
        if outside:
            part = len(outside) < len(task.sectors)
            names = problem.sector_names(outside)
            text = f"“{task.title}” is to be done in {names}, which {instrument.title}, paragraph {provision.paragraph}, does not cover."
            yield Breach(f"task:{task.id}", text, severity=Severity.WARNING if part else None)


def _not_in_force(problem: Problem) -> Iterator[Breach]:
    for task in _grounded(problem):
        instrument, provision = problem.provisions[task.provision]
        window, wanted = problem.provision_window(provision.id), problem.window(task)
        if not window.meets(wanted):
            text = (
                f"“{task.title}” runs {days_text(wanted)}; {instrument.title}, paragraph "
                f"{provision.paragraph}, has effect {days_text(window)}."
            )
            yield Breach(f"task:{task.id}", text, window.first if window.first > wanted.last and not window.empty else None)


def _outside(problem: Problem) -> Iterator[Breach]:
    for task in _grounded(problem):
        instrument, provision = problem.provisions[task.provision]
        window, wanted = problem.provision_window(provision.id), problem.window(task)
        if not window.meets(wanted) or window.contains(wanted):
            continue
        before, after = max(0, window.first - wanted.first), max(0, wanted.last - window.last)
        parts = [f"{before} days before it takes effect on {day_text(window.first)}"] * (before > 0)
        parts += [f"{after} days after it ends on {day_text(window.last)}"] * (after > 0)
        text = f"“{task.title}” runs {' and '.join(parts)}: {instrument.title}, paragraph {provision.paragraph}."
        yield Breach(f"task:{task.id}", text, window.first if before and not after else None)


def _force_above(problem: Problem) -> Iterator[Breach]:
    for task in _grounded(problem):
        instrument, provision = problem.provisions[task.provision]
        if task.force_level.rank > provision.force_level.rank:
            where = f"{instrument.title}, paragraph {provision.paragraph},"
            yield Breach(f"task:{task.id}", f"“{task.title}” may take {task.force_level}; {where} allows {provision.force_level}.")


def _expires(problem: Problem) -> Iterator[Breach]:
    used = {task.provision for task in problem.mission.tasks.tasks} | {rule.provision for rule in problem.mission.engagement.rules}
    for instrument in problem.mission.mandate.instruments:
        resting = [provision for provision in instrument.provisions if provision.id in used]
        if instrument.expires is None or not resting or not 0 <= problem.day(instrument.expires) < problem.period.last:
            continue
        day = problem.day(instrument.expires)
        here = {provision.id for provision in resting}
        tasks = [task for task in problem.mission.tasks.tasks if task.provision in here]
        going_on = [task for task in tasks if problem.day(task.end) > day]
        if tasks and not going_on:
            continue
        names = listed(f"“{task.title}”" for task in going_on)
        text = (
            f"{instrument.title} expires on {day_text(day)}, {problem.period.last - day} days before the "
            f"plan ends; on it rest {names or 'rules of engagement'}."
        )
        yield Breach(f"instrument:{instrument.id}", text, fix=f"Prepare the renewal: {instrument.renewal}" if instrument.renewal else "")


def _without_task(problem: Problem) -> Iterator[Breach]:
    used = {task.provision for task in problem.mission.tasks.tasks} | {rule.provision for rule in problem.mission.engagement.rules}
    used |= {provision for objective in problem.mission.measures.objectives for provision in objective.provisions}
    for instrument, provision in problem.provisions.values():
        soon = problem.day(instrument.in_force) <= problem.period.last
        if provision.id not in used and soon and instrument.kind in (InstrumentKind.RESOLUTION, InstrumentKind.REGIONAL_DECISION):
            text = (
                f"No task, rule of engagement or objective follows from {instrument.title}, "
                f"paragraph {provision.paragraph}: {provision.text}"
            )
            yield Breach(f"provision:{provision.id}", text)


def _no_consent(problem: Problem) -> Iterator[Breach]:
    instruments = problem.mission.mandate.instruments
    consent = any(instrument.kind in (InstrumentKind.HOST_CONSENT, InstrumentKind.PEACE_AGREEMENT) for instrument in instruments)
    enforcement = any(
        provision.force_level is ForceLevel.ALL_NECESSARY
        for instrument in instruments
        if instrument.kind is InstrumentKind.RESOLUTION
        for provision in instrument.provisions
    )
    if problem.mission.tasks.tasks and not consent and not enforcement:
        host = problem.member_name(problem.mission.area.country)
        yield Breach(
            f"mission:{problem.mission.about.id}",
            f"Neither consent of {host}, nor a peace agreement, nor a resolution that allows all necessary means is written down.",
        )


def _unrenewed(problem: Problem) -> Iterator[Breach]:
    used = {task.provision for task in problem.mission.tasks.tasks} | {rule.provision for rule in problem.mission.engagement.rules}
    for instrument in problem.mission.mandate.instruments:
        rests = any(provision.id in used for provision in instrument.provisions)
        if instrument.expires is None or instrument.renewal.strip() or not rests:
            continue
        day = problem.day(instrument.expires)
        if 0 <= day <= problem.period.last:
            text = f"{instrument.title} expires on {day_text(day)}, and nothing is written on how it is renewed or ended."
            yield Breach(f"instrument:{instrument.id}", text)


_PROTECTING = (InstrumentKind.RESOLUTION, InstrumentKind.REGIONAL_DECISION)


def _unprotected(problem: Problem) -> Iterator[Breach]:
    tasked: dict[str, set[str]] = {}
    for task in problem.mission.tasks.tasks:
        tasked.setdefault(task.provision, set()).update(task.sectors)
    owed: dict[str, list[str]] = {}
    for instrument, provision in problem.provisions.values():
        for group in provision.beneficiaries if instrument.kind in _PROTECTING else ():
            owed.setdefault(group, []).append(provision.id)
    for group, names in owed.items():
        wanted = {sector for name in names for sector in problem.provisions[name][1].sectors or problem.sectors}
        served = {sector for name in names for sector in tasked.get(name, ())}
        bare = [sector for sector in problem.sectors if sector in wanted - served]
        if bare and served:
            text = f"The mandate protects or serves “{group}”, and no task does so in {problem.sector_names(bare)}."
            yield Breach(f"provision:{names[0]}", text)
        elif bare:
            yield Breach(f"provision:{names[0]}", f"The mandate protects or serves “{group}”, and no task rests on it.")


def _no_council(problem: Problem) -> Iterator[Breach]:
    councils = {item.id for item in problem.mission.alliance.organisations if item.kind is OrganisationKind.UNIVERSAL}
    for instrument in problem.mission.mandate.instruments:
        if instrument.kind is InstrumentKind.RESOLUTION and not councils & set(instrument.adopted_by):
            text = f"{instrument.title} is called a resolution, and no universal organisation adopted it."
            yield Breach(f"instrument:{instrument.id}", text)


def _required_after_end(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        if task.required_by > task.end:
            text = f"The force of “{task.title}” is required by {day_text(problem.day(task.required_by))}, after the task ends."
            yield Breach(f"task:{task.id}", text)


RULES = (
    Rule(
        "task-without-provision",
        Severity.ERROR,
        "A task that no provision carries",
        "Every task rests on a provision, and the provision covers every sector of the task (a part left out is a warning).",
        judgement("staff practice: tasks follow from the mandate; UN Charter and COPD not read"),
        "Rest the task on a provision that covers its sectors, or ask for the mandate to be amended.",
        _without_provision,
    ),
    Rule(
        "provision-not-in-force",
        Severity.ERROR,
        "A task on a provision that is never in force while it runs",
        "The provision of a task has effect on at least one day of the task.",
        judgement("the instrument's own dates, as the folder gives them"),
        "Move the task into the days of the mandate, or ask for the mandate to be renewed.",
        _not_in_force,
    ),
    Rule(
        "task-window-outside-mandate",
        Severity.WARNING,
        "A task that runs outside the days of its provision",
        "The provision of a task has effect on every day of the task.",
        judgement("the instrument's own dates, as the folder gives them"),
        "Shorten the task, or plan for the renewal of the mandate.",
        _outside,
    ),
    Rule(
        "force-level-above-mandate",
        Severity.ERROR,
        "A task that may take more force than its provision allows",
        "The force that a task may take is no more than its provision allows.",
        judgement("legal practice: no more force than the mandate allows; UN Charter and MC 362/1 not read"),
        "Lower the force of the task, or ask for a mandate that allows it.",
        _force_above,
    ),
    Rule(
        "mandate-expires-in-horizon",
        Severity.WARNING,
        "A mandate that expires before the plan ends",
        "No instrument that tasks or rules rest on expires before the end of the horizon.",
        secondary(
            "Security Council on transition and exit, press release SC/9860 (2010): recommendations a month before a mandate's renewal"
        ),
        "Prepare the renewal a month ahead, and a plan for the case that it fails.",
        _expires,
    ),
    Rule(
        "provision-without-task",
        Severity.NOTE,
        "A provision of the mandate that nothing in the plan follows from",
        "Every provision of a resolution or regional decision is taken up by a task, a rule of engagement or an objective.",
        judgement("staff practice: no part of the mandate is left out; COPD not read"),
        "Write a task or an objective for the provision, or say why another body carries it.",
        _without_task,
    ),
    Rule(
        "consent-missing",
        Severity.ERROR,
        "Neither consent nor a mandate to enforce",
        "The mission rests on host consent, a peace agreement, or a resolution that allows all necessary means.",
        judgement("legal practice: consent of the host, or enforcement by the Security Council; UN Charter not read"),
        "Add the instrument by which the host consents or the Security Council authorises enforcement.",
        _no_consent,
    ),
    Rule(
        "renewal-without-plan",
        Severity.WARNING,
        "A renewal that falls due without a plan",
        "Every instrument that tasks or rules rest on, and that expires within the plan, says how it is renewed or ended.",
        secondary(
            "Security Council on transition and exit, press release SC/9860 (2010): recommendations a month before a mandate's renewal"
        ),
        "Write down who asks for the renewal and when, and what follows if it fails.",
        _unrenewed,
    ),
    Rule(
        "beneficiaries-unprotected",
        Severity.WARNING,
        "People whom the mandate protects, and no task",
        "In every sector that a provision of a resolution or regional decision covers, a task on it, or on another that names the same "
        "people, serves them.",
        judgement("staff practice: no part of the mandate is left out; COPD not read"),
        "Write a task for them, or say which other body protects them.",
        _unprotected,
    ),
    Rule(
        "resolution-without-council",
        Severity.WARNING,
        "A resolution that no universal organisation adopted",
        "Every instrument of the kind resolution was adopted by an organisation of the kind universal.",
        judgement("legal practice: only the Security Council binds every state; UN Charter not read"),
        "Correct the kind of the instrument, or name the organisation that adopted it.",
        _no_council,
    ),
    Rule(
        "required-date-after-task",
        Severity.WARNING,
        "A task that ends before its force must be there",
        "The required date of every task is no later than its last day.",
        judgement("staff practice: the commander's required date lies within the task"),
        "Correct the required date, or the days of the task.",
        _required_after_end,
    ),
)
