"""Walks the chain both ways: from a task, a unit, a provision or a lesson to what it rests on, and to what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from casque.checks.authority import common_post, degree_of, path_up, powers_text
from casque.checks.muster import barring, musters
from casque.checks.problem import Problem, day_text, listed
from casque.errors import NoSuchItem
from casque.mission.lessons import WhenFinding, WhenMeasure
from casque.mission.mission import Mission
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementStatus
from casque.plan.findings import CheckRecord
from casque.plan.trace import Trace, TraceStep
from casque.reference.load import Reference


def trace(mission: Mission, reference: Reference, record: CheckRecord, subject: str) -> Trace:
    """The trace of `task:ID`, `unit:ID`, `provision:ID` or `lesson:ID`. Raises NoSuchItem, with the nearest names, for anything else."""
    problem = Problem(mission, reference)
    known: dict[str, tuple[Callable[[Problem, CheckRecord, str], Trace], list[str]]] = {
        "task": (_task, [task.id for task in mission.tasks.tasks]),
        "unit": (_unit, [pledge.id for pledge in mission.forces.pledges]),
        "provision": (_provision, list(problem.provisions)),
        "lesson": (_lesson, [lesson.id for lesson in mission.lessons.lessons]),
    }
    kind, _, name = subject.partition(":")
    if kind in known and name in known[kind][1]:
        return known[kind][0](problem, record, name)
    every = [f"{kind}:{item}" for kind, (_, items) in known.items() for item in items]
    near = get_close_matches(subject, every, n=3, cutoff=0.5) or [item for item in every if item.partition(":")[2] == subject][:3]
    hint = f"The nearest: {', '.join(near)}." if near else f"Name it as one of {', '.join(f'{kind}:ID' for kind in known)}."
    raise NoSuchItem(f"The mission has no {subject!r} that can be traced.", hint)


def _findings(record: CheckRecord, subject: str) -> list[TraceStep]:
    return [
        TraceStep(relation=f"breaks ({finding.severity})", item=f"check:{finding.rule}", text=finding.message)
        for finding in record.findings
        if finding.subject == subject
    ]


def _titles(problem: Problem) -> dict[str, str]:
    """What every item of the chain is called, by `kind:id`."""
    mission = problem.mission
    return (
        {f"rule:{rule.id}": rule.title for rule in mission.engagement.rules}
        | {f"agreement:{item.id}": item.title for item in mission.agreements.agreements}
        | {
            f"unit:{pledge.id}": f"{pledge.name} of {problem.member_name(pledge.member)}, {pledge.strength:,.0f} people"
            for pledge in mission.forces.pledges
        }
        | {f"measure:{measure.id}": measure.title for measure in mission.measures.measures}
        | {f"instrument:{item.id}": item.title for item in mission.mandate.instruments}
        | {
            f"provision:{item.id}": f"{instrument.title}, paragraph {item.paragraph}: {item.text}"
            for instrument, item in problem.provisions.values()
        }
        | {f"node:{node.id}": node.name for node in mission.transport.nodes}
        | {f"post:{post.id}": post.name for post in mission.alliance.command_posts}
    )


def _objectives(problem: Problem, provision: str) -> list[TraceStep]:
    return [
        TraceStep(relation="serves", item=f"objective:{objective.id}", text=objective.title)
        for objective in problem.mission.measures.objectives
        if provision in objective.provisions
    ]


def _lessons_of(problem: Problem, record: CheckRecord, subject: str, measures: tuple[str, ...]) -> list[TraceStep]:
    """Lessons that a finding about the subject, or one of its measures, brings up."""
    broken = {finding.rule for finding in record.findings if finding.subject == subject}
    return [
        TraceStep(relation="brings up", item=f"lesson:{lesson.id}", text=lesson.title)
        for lesson in problem.mission.lessons.lessons
        if any(
            (isinstance(trigger, WhenFinding) and trigger.rule in broken)
            or (isinstance(trigger, WhenMeasure) and trigger.measure in measures)
            for trigger in lesson.triggers
        )
    ]


def _task(problem: Problem, record: CheckRecord, name: str) -> Trace:
    task, titles, subject = problem.tasks[name], _titles(problem), f"task:{name}"
    down: list[TraceStep] = []
    up: list[TraceStep] = []
    for chain in (chain for chain in record.chains if chain.task == name):
        for link in chain.links:
            side = up if link.name == "measure" else down
            turns = f" It turns green on {day_text(link.clears_on)}." if link.clears_on is not None else ""
            side.append(TraceStep(relation=link.name, item=f"{subject}/{link.name}", text=f"{link.state}: {link.reason}{turns}"))
            side.extend(TraceStep(relation=link.name, item=item, text=titles.get(item, item.partition(":")[2])) for item in link.items)
    down += _commanders(problem, task)
    for pledge in problem.mission.forces.pledges:
        if any(c.pledge.id == pledge.id for muster in musters(problem, task) for c in muster.barred):
            texts = "; ".join(caveat.text for caveat in barring(problem, task, pledge))
            down.append(TraceStep(relation="cannot use", item=f"unit:{pledge.id}", text=f"{titles[f'unit:{pledge.id}']}: {texts}"))
    up += _objectives(problem, task.provision) + _findings(record, subject)
    up += [
        TraceStep(relation="is mended by", item=change.subject, text=change.text)
        for change in record.fix_set.changes
        if any(link.startswith(f"{subject}/") for link in change.mends)
    ]
    return Trace(
        subject=subject, title=task.title, rests_on=tuple(down), carries=tuple(up + _lessons_of(problem, record, subject, task.measures))
    )


def _unit(problem: Problem, record: CheckRecord, name: str) -> Trace:
    pledge = next(pledge for pledge in problem.mission.forces.pledges if pledge.id == name)
    titles, subject, member = _titles(problem), f"unit:{name}", pledge.member
    down = [TraceStep(relation="is pledged by", item=f"member:{member}", text=problem.member_name(member))]
    down += [TraceStep(relation="stands at", item=f"node:{pledge.home}", text=titles.get(f"node:{pledge.home}", pledge.home))]
    agreements = [
        item for item in problem.mission.agreements.agreements if item.covers(member) and item.status is not AgreementStatus.REFUSED
    ]
    down += [
        TraceStep(relation="is covered by", item=f"agreement:{item.id}", text=f"{item.title} ({item.kind}, {item.status})")
        for item in agreements
    ]
    down += _authority_over(problem, member)
    caveats = [c for c in problem.mission.engagement.caveats if c.member == member and (not c.units or name in c.units)]
    down += [TraceStep(relation="is bound by", item=f"caveat:{caveat.id}", text=caveat.text) for caveat in caveats]
    up: list[TraceStep] = []
    for task in problem.mission.tasks.tasks:
        for muster in musters(problem, task):
            up += [_service(task, str(muster.capability), c.quality, bool(c.barred_by)) for c in muster.candidates if c.pledge.id == name]
    return Trace(
        subject=subject,
        title=titles[subject],
        rests_on=tuple(down),
        carries=tuple(up + _findings(record, subject) + _lessons_of(problem, record, subject, ())),
    )


def _commanders(problem: Problem, task: Task) -> list[TraceStep]:
    """The posts that command a task's force, the lowest first, with their degree and what it lets them do."""
    sectors = problem.force_sectors(task)
    lowest = {post.id: post for sector in sectors for post in path_up(problem, sector) if post.sector == sector}
    above = common_post(problem, sectors) if len(sectors) > 1 else None
    posts = [*lowest.values(), *([above] if above is not None and above.id not in lowest else [])]
    return [
        TraceStep(
            relation="is commanded by",
            item=f"post:{post.id}",
            text=f"{post.name}; {powers_text(degree)}"
            if (degree := degree_of(problem, post)) is not None
            else f"{post.name}; no degree stated",
        )
        for post in posts
    ]


def _authority_over(problem: Problem, member: str) -> list[TraceStep]:
    """The posts that hold authority over a member's units, since when, and what its degree lets them do."""
    names = {post.id: post.name for post in problem.mission.alliance.command_posts}
    steps = []
    for item in problem.transfers:
        window = problem.agreement_window(item)
        if item.covers(member) and item.to_post is not None and item.authority is not None and not window.empty:
            ends = f" to {day_text(window.last)}" if item.expires is not None else ""
            tasks = f", for {listed(item.tasks)} only" if item.tasks else ""
            text = f"{names.get(item.to_post, item.to_post)} from {day_text(window.first)}{ends}{tasks}; {powers_text(item.authority)}"
            steps.append(TraceStep(relation="is under", item=f"post:{item.to_post}", text=text))
    return steps


def _service(task: Task, capability: str, quality: float, barred: bool) -> TraceStep:
    worth = "" if quality == 1 else f", standing in at {quality:.0%}"
    relation = "is kept from" if barred else "can serve"
    return TraceStep(relation=relation, item=f"task:{task.id}", text=f"{task.title} ({capability}{worth})")


def _provision(problem: Problem, record: CheckRecord, name: str) -> Trace:
    (instrument, provision), subject = problem.provisions[name], f"provision:{name}"
    down = [TraceStep(relation="stands in", item=f"instrument:{instrument.id}", text=instrument.title)]
    down += [
        TraceStep(relation="was adopted by", item=f"{kind}:{body}", text=text)
        for body in instrument.adopted_by
        for kind, text in [_body(problem, body)]
    ]
    states = {chain.task: chain.state for chain in record.chains}
    tasks = [task for task in problem.mission.tasks.tasks if task.provision == name]
    up = [
        TraceStep(relation="asks for", item=f"task:{task.id}", text=f"{task.title} ({states.get(task.id, 'not checked')})")
        for task in tasks
    ]
    up += [
        TraceStep(relation="allows", item=f"rule:{rule.id}", text=rule.title)
        for rule in problem.mission.engagement.rules
        if rule.provision == name
    ]
    up += _objectives(problem, name)
    measures = dict.fromkeys(measure for task in tasks for measure in task.measures if measure in problem.measures)
    up += [TraceStep(relation="is measured by", item=f"measure:{measure}", text=problem.measures[measure].title) for measure in measures]
    title = f"{instrument.title}, paragraph {provision.paragraph}: {provision.text}"
    return Trace(subject=subject, title=title, rests_on=tuple(down), carries=tuple(up + _findings(record, subject)))


def _body(problem: Problem, name: str) -> tuple[str, str]:
    """What kind of body an id stands for, and what it is called."""
    mission = problem.mission
    for kind, bodies in (
        ("organisation", mission.alliance.organisations),
        ("member", mission.alliance.members),
        ("actor", mission.actors.actors),
    ):
        if found := next((body.name for body in bodies if body.id == name), None):
            return kind, found
    return "organisation", name


def _lesson(problem: Problem, record: CheckRecord, name: str) -> Trace:
    lesson, subject = next(item for item in problem.mission.lessons.lessons if item.id == name), f"lesson:{name}"
    down = [TraceStep(relation="was observed in", item=f"mission:{lesson.mission}", text=lesson.observation)]
    down += [TraceStep(relation="rests on", item=f"source:{source}", text=source) for source in lesson.source]
    up: list[TraceStep] = []
    for trigger in lesson.triggers:
        if isinstance(trigger, WhenFinding):
            hits = [finding for finding in record.findings if finding.rule == trigger.rule]
            up += [TraceStep(relation=f"applies through {trigger.rule}", item=finding.subject, text=finding.message) for finding in hits]
        elif isinstance(trigger, WhenMeasure):
            for task in problem.mission.tasks.tasks:
                if trigger.measure in task.measures:
                    up.append(TraceStep(relation=f"watches {trigger.measure}", item=f"task:{task.id}", text=task.title))
    if lesson.proposal is not None:
        up.append(TraceStep(relation="would change", item=f"factor:{lesson.proposal.factor}", text=lesson.proposal.reason))
    return Trace(subject=subject, title=lesson.title, rests_on=tuple(down), carries=tuple(up))
