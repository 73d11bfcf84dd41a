"""What would turn an amber link green: changes that come in time for the day on which they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil

from casque.checks.best_placed import contributor_for
from casque.checks.entry import closed_to, unsustained
from casque.checks.lawful import absent_sectors, lendable_rules, powerless_sectors, uncovered_sectors
from casque.checks.manned import MOST_WAYS, in_place, lost_units, units_asked
from casque.checks.moves import moves_asked, ways_asked
from casque.checks.muster import Muster, musters, people, wanted_elsewhere
from casque.checks.pools import candidates
from casque.checks.problem import Problem, counted, day_text
from casque.checks.remedy import Proposal, agreement_asked, change, hastened, pledge_asked, raise_asked, rule_asked
from casque.checks.sustained import unsupplied
from casque.checks.sustainers import memoranda_asked
from casque.checks.tasking import taskable_from, transfer_day, wanted_from
from casque.checks.windows import Window
from casque.mission.agreements import Agreement
from casque.mission.tasks import Task


def betterments(problem: Problem, task: Task, link: str) -> tuple[Proposal, ...]:
    """Changes that could turn an amber link of a task green."""
    return tuple(dict.fromkeys(_ASKED[link](problem, task)))


def _also_sooner(problem: Problem, proposal: Proposal | None, factor: str, needed: float) -> Iterator[Proposal]:
    """A change, and the same by the day on which it is needed where that is sooner than usual."""
    if proposal is not None:
        yield proposal
        if (sooner := hastened(problem, proposal, factor, needed)) is not None:
            yield sooner


def _provision(problem: Problem, task: Task) -> Iterator[Proposal]:
    instrument, provision = problem.provisions[task.provision]
    window, wanted = problem.provision_window(provision.id), problem.window(task)
    text = f"Amend {instrument.title}, paragraph {provision.paragraph}, so that it carries {{tasks}}."
    asked = change(problem, "amend mandate", f"provision:{provision.id}", text, "mandate", task)
    yield from _also_sooner(problem, asked, "mandate", max(wanted.first, min(window.last, wanted.last)))
    yield from _also_sooner(problem, asked, "mandate", wanted.first)
    if not uncovered_sectors(provision, task) and instrument.expires is not None and problem.day(instrument.expires) == window.last:
        text = f"Renew {instrument.title}, which expires on {day_text(window.last)}."
        renewal = change(problem, "renew mandate", f"instrument:{instrument.id}", text, "renew", task)
        yield from _also_sooner(problem, renewal, "renew", window.last)


def _authority(problem: Problem, task: Task) -> Iterator[Proposal]:
    wanted = Window(problem.day(task.required_by), problem.day(task.end))
    serving = candidates(problem, task)[0]
    members = tuple(dict.fromkeys(c.pledge.member for c in serving)) or problem.contributors
    from_day = wanted_from(problem, task, serving)
    for member in members:
        first, needed = taskable_from(problem, member, wanted), from_day.get(member, wanted.first)
        if first is not None and first <= needed:
            continue
        foreseen = [item for item in problem.wide_transfers if item.covers(member) and problem.agreement_window(item).first > needed]
        narrow = [item for item in problem.transfers if item.covers(member) and problem.agreement_window(item).meets(wanted)]
        if foreseen:
            yield from _forward(problem, foreseen[0], needed)
        elif narrow and transfer_day(problem, member, wanted) is not None:
            asked = raise_asked(problem, member, narrow)
            yield from _also_sooner(problem, asked, "command", needed)
            if problem.agreement_window(narrow[0]).first > needed >= ceil(asked.days):
                yield replace(asked, by=int(needed))
        else:
            text = f"Have {problem.member_name(member)} transfer authority over its units."
            yield from _also_sooner(
                problem, change(problem, "transfer authority", f"member:{member}", text, "authority"), "authority", needed
            )


def _forward(problem: Problem, item: Agreement, needed: int) -> Iterator[Proposal]:
    """Bringing a transfer that is foreseen forward to the day on which it is needed."""
    foreseen, soonest = problem.agreement_window(item).first, ceil(problem.reference.factors["fix.authority-days"].low)
    if soonest <= needed < foreseen:
        text = f"Ask the contributors under “{item.title}” to pass authority on {day_text(needed)} instead of {day_text(foreseen)}."
        asked = change(problem, "bring agreement forward", f"agreement:{item.id}", text, "authority")
        yield replace(asked, days=asked.days + foreseen - needed, by=needed)


def _engagement(problem: Problem, task: Task) -> Iterator[Proposal]:
    wanted = problem.window(task)
    needed = [problem.rules[name] for name in task.rules_to_use if name in problem.rules]
    if powerless_sectors(task, tuple(needed)):
        for rule in lendable_rules(problem, task)[:1]:
            yield change(problem, "name rule", f"rule:{rule.id}", f"Name “{rule.title}” among the rules of {{tasks}}.", "name-rule", task)
        where = problem.sector_names(task.sectors)
        text = f"Request a rule of engagement for “{task.title}” that allows {task.force_level} in {where}."
        asked = change(problem, "request rule", f"task:{task.id}", text, "rule", task)
        yield from _also_sooner(problem, asked, "rule", wanted.first)
    for rule in needed:
        if absent_sectors(rule, task) or not problem.rule_window(rule).contains(wanted):
            yield from _also_sooner(problem, rule_asked(problem, rule, task), "rule", wanted.first)


def _agreements(problem: Problem, task: Task) -> Iterator[Proposal]:
    by, end = problem.day(task.required_by), problem.day(task.end)
    serving = candidates(problem, task)[0]
    days = problem.at_bases(task, problem.free_arrivals)
    coming = tuple(c for c in serving if days[c.id] <= end)
    first = min((int(days[c.id] // 1) for c in coming), default=by)
    passing = min((problem.day(c.pledge.ready_to_load) for c in coming), default=by)
    late = closed_to(problem, coming, max(by, first), ())
    for country in dict.fromkeys((*closed_to(problem, coming, passing, ()), *late)):
        yield from _also_sooner(problem, agreement_asked(problem, country), "agreement", max(by, first) if country in late else passing)
    yield from memoranda_asked(problem, unsustained(problem, task, candidates(problem, task)[0]))


def _capability(problem: Problem, task: Task) -> Iterator[Proposal]:
    for muster in musters(problem, task):
        if all(candidate.quality < 1 for candidate in muster.candidates):
            yield from _pledges(problem, task, muster, muster.need)


def _units(problem: Problem, task: Task) -> Iterator[Proposal]:
    for muster in musters(problem, task):
        placed = people(tuple(c for c in muster.free if not wanted_elsewhere(task, c.pledge)))
        if min(muster.usable, placed) < muster.need:
            yield from units_asked(problem, task, muster)[:-1]
            yield from _pledges(problem, task, muster, muster.need - placed)


def _pledges(problem: Problem, task: Task, muster: Muster, wanted: float) -> Iterator[Proposal]:
    """A further pledge, and one that is ready early enough to be in place by the required date."""
    asked = pledge_asked(problem, task, muster.capability, wanted)
    soonest = ceil(problem.reference.factors["fix.pledge-days"].low)
    member, home = contributor_for(problem, asked.place, soonest)
    base = problem.sectors[asked.place].base if asked.place in problem.sectors else home
    way = problem.free_arrivals.at_base(home, soonest, member, base) - soonest
    yield from _also_sooner(problem, asked, "pledge", problem.day(task.required_by) - way)


def _movement(problem: Problem, task: Task) -> Iterator[Proposal]:
    by = problem.day(task.required_by)
    for muster in musters(problem, task):
        there = sum(c.people for c in muster.free if in_place(problem, task, c) // 1 <= by)
        if there >= muster.need:
            continue
        late = sorted((c for c in muster.free if by < in_place(problem, task, c) // 1 < float("inf")), key=lambda c: (-c.people, c.id))
        for candidate in late:
            pledge, arrival = candidate.pledge, in_place(problem, task, candidate)
            ready, gained = problem.day(pledge.available_to_load or pledge.ready_to_load), int(arrival // 1) - by
            if candidate.free_from <= by and ready - gained >= ceil(problem.reference.factors["fix.hasten-days"].low):
                sooner = f"ready {counted(gained, 'day')} sooner, by {day_text(ready - gained)}"
                text = f"Ask {problem.member_name(pledge.member)} to have {pledge.name} {sooner}."
                asked = change(problem, "hasten unit", f"unit:{pledge.id}", text, "hasten")
                yield replace(asked, days=asked.days + gained, by=ready - gained)
        yield from units_asked(problem, task, muster)[:-1]
        yield from _pledges(problem, task, muster, muster.need - there)
    for candidate in lost_units(problem, task, musters(problem, task))[:MOST_WAYS]:
        yield from ways_asked(problem, task, candidate.pledge)


def _supply(problem: Problem, task: Task) -> Iterator[Proposal]:
    supply, by = problem.mission.supply, problem.day(task.required_by)
    sectors = tuple(dict.fromkeys(sector for sector in problem.force_sectors(task) if sector in problem.sectors))
    cut = unsupplied(problem, sectors, problem.window(task))
    for sector in cut or sectors[:1]:
        text = f"Open a supply entry that reaches {problem.sector_name(sector)}."
        yield from _also_sooner(problem, change(problem, "add supply", f"sector:{sector}", text, "supply"), "supply", by)
    if cut:
        yield from moves_asked(problem, task)
    yield change(problem, "add supply policy", "supply:policies", "Set a stock policy for every class of supply.", "policy")
    if not supply.trucks and not supply.contracts:
        text = "Hire trucks, or contract carriers, that bring supplies from the entries to the bases."
        yield change(problem, "hire carriers", "supply:carriers", text, "carriers")


def _measure(problem: Problem, task: Task) -> Iterator[Proposal]:
    for name in task.measures:
        if name in problem.measures and name not in problem.observed:
            text = f"Say who observes “{problem.measures[name].title}” and how often, and record its baseline."
            yield change(problem, "observe measure", f"measure:{name}", text, "observe")


_ASKED: dict[str, Callable[[Problem, Task], Iterator[Proposal]]] = {
    "provision": _provision,
    "authority": _authority,
    "engagement": _engagement,
    "agreements": _agreements,
    "capability": _capability,
    "units": _units,
    "movement": _movement,
    "supply": _supply,
    "measure": _measure,
}
