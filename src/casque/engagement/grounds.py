"""What a decision rests on: each text that permits, ties to somebody's word, or forbids, one ground a text.

Nothing is permitted by silence: where no text in force speaks, the ground forbids. Self-defence is inherent and needs no rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from casque.engagement.problem import Problem, Serving, day_name
from casque.engagement.weigh import giver
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, Rule
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementStatus, ForceLevel, RuleKind, RuleStatus
from casque.plan.engagement import Answer


@dataclass(frozen=True)
class Ground:
    """One reason for an answer. `delay` is the hours until the word comes."""

    answer: Answer
    item: str
    why: str
    word: str = ""
    delay: float = 0.0


def provision_ground(problem: Problem, name: str, level: ForceLevel, sector: str, day: int) -> Ground:
    """Whether a provision of the mandate is in force on the day, covers the sector and allows the force asked for."""
    item = f"provision:{name}"
    if name not in problem.provisions:
        return Ground("prohibited", item, f"the mandate has no provision {name}")
    instrument, provision = problem.provisions[name]
    label = f"paragraph {provision.paragraph} of {instrument.title}"
    if problem.day(instrument.in_force) > day:
        return Ground("prohibited", item, f"{label} has effect only from {day_name(problem.day(instrument.in_force))}")
    last = min((end for end in (instrument.expires, provision.until) if end is not None), default=None)
    if last is not None and problem.day(last) < day:
        return Ground("prohibited", item, f"{label} ended on {day_name(problem.day(last))} unless it was renewed")
    if provision.sectors and sector not in provision.sectors:
        return Ground("prohibited", item, f"{label} does not cover {problem.sectors.get(sector, sector)}")
    if level.rank > provision.force_level.rank:
        return Ground("prohibited", item, f"{label} allows {provision.force_level} and not {level}")
    return Ground("permitted", item, f"{label} asks for it and allows {provision.force_level}")


def transfer_ground(problem: Problem, unit: Serving, task: Task, day: int) -> Ground:
    """Whether the authority to task a unit has been passed on by the day, for this task at least."""
    passed = tuple(item for item in problem.transfers if not item.tasks or task.id in item.tasks)
    others = [item for item in problem.transfers if item not in passed and item.covers(unit.member)]
    if others and not any(item.covers(unit.member) for item in passed):
        nation = problem.members.get(unit.member, unit.member)
        return Ground(
            "prohibited", f"agreement:{others[0].id}", f"{others[0].title} passes authority over units of {nation} on for other tasks only"
        )
    return _agreement_ground(problem, passed, unit, day, "transfer of authority")


def status_ground(problem: Problem, unit: Serving, day: int) -> Ground:
    """Whether a status of forces agreement covers a unit on the ground of the mission by the day."""
    return _agreement_ground(problem, problem.statuses, unit, day, "status of forces agreement")


def _agreement_ground(problem: Problem, agreements: tuple[Agreement, ...], unit: Serving, day: int, what: str) -> Ground:
    nation = problem.members.get(unit.member, unit.member)
    covering = [item for item in agreements if item.covers(unit.member)]
    for item in covering:
        if item.in_effect(problem.when(day)):
            state = "is in force" if item.status is AgreementStatus.IN_FORCE else "is expected to be in force"
            return Ground("permitted", f"agreement:{item.id}", f"{item.title} {state} for {nation}")
    if not covering:
        return Ground("prohibited", f"member:{unit.member}", f"no {what} covers {nation}")
    best = min(
        covering,
        key=lambda item: (list(AgreementStatus).index(item.status), item.in_force is None, item.in_force or problem.d_day, item.id),
    )
    return Ground("prohibited", f"agreement:{best.id}", f"the {what} for {nation} ({best.title}) {_agreement_state(problem, best, day)}")


def _agreement_state(problem: Problem, item: Agreement, day: int) -> str:
    if item.status is AgreementStatus.REFUSED:
        return "was refused"
    if item.in_force is None:
        if item.status is AgreementStatus.IN_FORCE:
            return "is said to be in force, but no first day is written"
        state = "signed" if item.status is AgreementStatus.SIGNED else "being negotiated"
        return f"is only {state}, and nobody can say from when it has effect"
    if problem.day(item.in_force) > day:
        expected = "has effect" if item.status is AgreementStatus.IN_FORCE else "is expected to have effect"
        return f"{expected} only from {day_name(problem.day(item.in_force))}"
    return "is not in force" if item.expires is None else f"ended on {day_name(problem.day(item.expires))}"


def force_ground(problem: Problem, task: Task) -> Ground | None:
    """Forbids a task whose force goes beyond what its rules of engagement could allow; none where it does not.

    Rules that are named but do not exist are answered for themselves.
    """
    if task.force_level is ForceLevel.SELF_DEFENCE or any(name not in problem.rules for name in task.rules):
        return None
    levels = [problem.rules[name].force_level for name in task.rules_to_use if problem.rules[name].permits]
    if not levels:
        return Ground("prohibited", f"task:{task.id}", f"it takes {task.force_level} and no rule of engagement is named that allows it")
    most = max(levels, key=lambda level: level.rank)
    if most.rank >= task.force_level.rank:
        return None
    return Ground("prohibited", f"task:{task.id}", f"it takes {task.force_level} and its rules of engagement allow no more than {most}")


def rule_grounds(problem: Problem, unit: Serving, task: Task, name: str, sector: str, day: int) -> list[Ground]:
    """What speaks for and against the use of a rule of engagement by a unit for a task in a sector on a day.

    A prohibition forbids force beyond its own level: it bars a task that takes more, and only bounds one that does not.
    """
    item = f"rule:{name}"
    if name not in problem.rules:
        return [Ground("prohibited", item, f"no rule of engagement {name} exists")]
    rule = problem.rules[name]
    if not rule.permits:
        return [_prohibition(problem, rule, unit, task, sector, day)]
    barring = [caveat for caveat in problem.caveats_on(unit, day) if caveat.bars_use(rule)]
    return [
        _rule_state(problem, rule, unit, sector, day),
        provision_ground(problem, rule.provision, rule.force_level, sector, day),
        *(caveat_ground(problem, caveat, f"bars the use of '{rule.title}'") for caveat in barring),
    ]


def _prohibition(problem: Problem, rule: Rule, unit: Serving, task: Task, sector: str, day: int) -> Ground:
    item, label = f"rule:{rule.id}", f"the prohibition '{rule.title}'"
    binding = implemented(problem, rule, day) and _holds_in(problem, rule, sector) and speaks_to(rule, unit)
    if binding and task.force_level.rank > rule.force_level.rank:
        return Ground("prohibited", item, f"{label} allows no more than {rule.force_level} where the task takes {task.force_level}")
    return Ground(
        "permitted", item, f"{label} {'leaves room for' if binding else 'does not bind there and then, so it leaves'} {task.force_level}"
    )


def speaks_to(rule: Rule, unit: Serving) -> bool:
    """Whether a rule speaks to a unit, by its member, its name and what it is trained for."""
    return (
        (not rule.members or unit.member in rule.members)
        and (not rule.units or unit.id in rule.units)
        and (not rule.capabilities or not unit.trained.isdisjoint(rule.capabilities))
    )


def _holds_in(problem: Problem, rule: Rule, sector: str) -> bool:
    """Whether a rule holds in a sector, at some of its places at least."""
    if rule.places and not any(name in problem.places and problem.places[name].sector == sector for name in rule.places):
        return False
    return not rule.sectors or sector in rule.sectors


def _rule_state(problem: Problem, rule: Rule, unit: Serving, sector: str, day: int) -> Ground:
    item, label = f"rule:{rule.id}", f"the rule '{rule.title}'"
    if not implemented(problem, rule, day):
        return Ground("prohibited", item, f"{label} {_implementation(problem, rule, day)}, so it permits nothing")
    if not _holds_in(problem, rule, sector):
        return Ground("prohibited", item, f"{label} does not hold in {problem.sectors.get(sector, sector)}")
    if not speaks_to(rule, unit):
        return Ground("prohibited", item, f"{label} does not speak to {unit.name}")
    if rule.kind is RuleKind.LIMITATION:
        given = giver(rule, problem.d_day, day, sector)
        if given is None:
            return Ground("prohibited", item, f"{label} is a limitation, and nobody is named whose word would lift it there and then")
        holder, delay = problem.posts.get(given[0], given[0]), given[1]
        held = "held by" if given[0] == rule.held_by else "whose word is passed on to"
        return Ground("needs word", item, f"{label} is a limitation {held} {holder}, whose word takes {delay:g} h", holder, delay)
    state = "is implemented" if rule.status in (RuleStatus.IMPLEMENTED, RuleStatus.WITHDRAWN) else "is expected to be implemented"
    return Ground("permitted", item, f"{label} {state}")


def implemented(problem: Problem, rule: Rule, day: int) -> bool:
    """Whether a rule holds on a day, or is expected to. One that was denied, or is pending without a date, never does."""
    return rule.ever_in_force and problem.holds(rule.implemented, rule.withdrawn, day)


def _implementation(problem: Problem, rule: Rule, day: int) -> str:
    if rule.withdrawn is not None and problem.day(rule.withdrawn) < day:
        return f"was withdrawn after {day_name(problem.day(rule.withdrawn))}"
    if rule.implemented is None or rule.status in (RuleStatus.DENIED, RuleStatus.WITHDRAWN):
        return f"is {rule.status} and not implemented"
    return f"is implemented only from {day_name(problem.day(rule.implemented))}"


def caveat_grounds(problem: Problem, unit: Serving, task: Task, sector: str, day: int) -> list[Ground]:
    """Caveats that bar a unit from a task in a sector: the task itself, its force, the sector, a place in it, or leaving its own.

    The whole task is weighed: a caveat that binds at some hour of the day, or at one place of the sector, stands in the way of it.
    """
    grounds = []
    for caveat in problem.caveats_on(unit, day):
        reasons = caveat_reasons(problem, caveat, unit, task, sector)
        if reasons:
            grounds.append(caveat_ground(problem, caveat, " and ".join(reasons)))
    return grounds


def caveat_reasons(problem: Problem, caveat: Caveat, unit: Serving, task: Task, sector: str) -> list[str]:
    """How a caveat touches a task in a sector, in words; empty where it does not. Its rules are weighed with the rules."""
    reasons = []
    if task.id in caveat.bars_tasks:
        reasons.append(f"bars the task '{task.title}'")
    if caveat.force_at_most is not None and caveat.force_at_most.rank < task.force_level.rank:
        reasons.append(f"allows no more than {caveat.force_at_most} where the task takes {task.force_level}")
    if sector in caveat.bars_sectors:
        reasons.append(f"bars service in {problem.sectors.get(sector, sector)}")
    barred = [problem.places[name] for name in caveat.bars_places if name in problem.places]
    names = [place.name for place in barred if place.sector == sector]
    if names:
        reasons.append(f"bars going to {', '.join(names)}")
    if sector != unit.sector and caveat.bars_crossing:
        reasons.append(f"bars leaving {problem.sectors.get(unit.sector, unit.sector)}")
    return reasons


def caveat_ground(problem: Problem, caveat: Caveat, effect: str) -> Ground:
    """The ground that a caveat gives: on the word of the capital where somebody can lift it, otherwise a bar."""
    nation = problem.members.get(caveat.member, caveat.member)
    kind = "a caveat" if caveat.declared else "an undeclared caveat"
    text = f"{kind} of {nation} {effect}"
    if not caveat.waived_by:
        return Ground("prohibited", f"caveat:{caveat.id}", f"{text}, and nobody is named who can lift it")
    delay = caveat.expected_delay
    return Ground("needs word", f"caveat:{caveat.id}", f"{text}; {caveat.waived_by} can lift it in {delay:.3g} h", caveat.waived_by, delay)
