"""Rules on command: authority over the units is passed on, every sector is commanded, the force has one head."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.entry import transfer_day
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.rule import Breach, Rule
from casque.checks.windows import Window
from casque.mission.forces import Pledge
from casque.mission.vocabulary import Authority, Severity


def _need(problem: Problem) -> Window | None:
    tasks = problem.mission.tasks.tasks
    if not tasks:
        return None
    return Window(min(problem.day(task.required_by) for task in tasks), max(problem.day(task.end) for task in tasks))


def _not_transferred(problem: Problem) -> Iterator[Breach]:
    wanted = _need(problem)
    if wanted is None:
        return
    days = {member: transfer_day(problem, member, wanted) for member in problem.contributors}
    out = [member for member in problem.contributors if days[member] is None]
    for member in out:
        units = [pledge for pledge in problem.mission.forces.pledges if pledge.member == member]
        people = sum(pledge.strength for pledge in units)
        text = (
            f"No transfer of authority covers {problem.member_name(member)}: its "
            f"{counted(len(units), 'unit')} with {people:,.0f} people cannot be tasked."
        )
        yield Breach(f"member:{member}", text, severity=None if len(out) == len(problem.contributors) else Severity.WARNING)
    for member in problem.contributors:
        day = days[member]
        arrivals = [
            max(problem.day(p.required or p.ready_to_load), _arrival(problem, p))
            for p in problem.mission.forces.pledges
            if p.member == member
        ]
        if day is not None and day > max(wanted.first, min(arrivals)):
            text = (
                f"{problem.member_name(member)} transfers authority on {day_text(day)}, after "
                f"its first unit is needed on {day_text(max(wanted.first, min(arrivals)))}."
            )
            yield Breach(f"member:{member}", text, day, Severity.WARNING)


def _arrival(problem: Problem, pledge: Pledge) -> int:
    """Day on which a unit can be at a base at best; D-day where it cannot come."""
    arrival = problem.arrival(pledge, (pledge.sector,) if pledge.sector else tuple(problem.sectors), problem.free_arrivals)
    return int(arrival // 1) if arrival < float("inf") else 0


def _too_narrow(problem: Problem) -> Iterator[Breach]:
    for item in problem.transfers:
        if item.authority is Authority.TACON:
            names = listed(map(problem.member_name, item.members)) or "every contributor"
            text = (
                f"“{item.title}” passes on TACON for {names}: the receiving post may direct "
                "movements in place, and may not assign new tasks."
            )
            yield Breach(f"agreement:{item.id}", text)


def _uncommanded(problem: Problem) -> Iterator[Breach]:
    posts = problem.mission.alliance.command_posts
    for sector in problem.mission.area.sectors:
        if posts and not any(post.sector == sector.id for post in posts):
            yield Breach(f"sector:{sector.id}", f"No command post commands {sector.name}.")
    if not posts:
        yield Breach(f"mission:{problem.mission.about.id}", "No command post is written down.")


def _unstated(problem: Problem) -> Iterator[Breach]:
    names = {post.id: post.name for post in problem.mission.alliance.command_posts}
    for post in problem.mission.alliance.command_posts:
        if post.superior is not None and post.authority is None:
            yield Breach(
                f"post:{post.id}",
                f"{post.name} answers to {names.get(post.superior, post.superior)}, and no degree of authority is stated.",
            )


def _several_heads(problem: Problem) -> Iterator[Breach]:
    heads = [post for post in problem.mission.alliance.command_posts if post.superior is None]
    if len(heads) > 1:
        yield Breach(f"mission:{problem.mission.about.id}", f"{len(heads)} posts answer to nobody: {listed(post.name for post in heads)}.")


RULES = (
    Rule(
        "authority-not-transferred",
        Severity.ERROR,
        "Units over which no authority is transferred",
        (
            "A transfer of authority covers every contributor by its first required date. It is an error where it "
            "covers none, a warning where it leaves some out or is late."
        ),
        "NATO AJP-01 and AJP-3: a unit is tasked after transfer of authority; UN memorandum of understanding",
        "Agree on the transfer of authority with the contributor, with degree, post and day.",
        _not_transferred,
    ),
    Rule(
        "authority-too-narrow",
        Severity.WARNING,
        "A transfer of authority that does not let the post assign tasks",
        "No transfer of authority passes on TACON only.",
        "AAP-06: TACON is detailed and local direction of movements for tasks that are already assigned",
        "Ask for TACOM or OPCON.",
        _too_narrow,
    ),
    Rule(
        "sector-without-command",
        Severity.WARNING,
        "A sector that no post commands",
        "Every sector has a command post.",
        "NATO AJP-01: unity of command",
        "Name the post that commands the sector.",
        _uncommanded,
    ),
    Rule(
        "authority-unstated",
        Severity.NOTE,
        "A post over which no degree of authority is stated",
        "Every post below another states the degree of authority that the superior holds.",
        "NATO AJP-01: command relationships are stated by degree",
        "State the degree: OPCOM, OPCON, TACOM or TACON.",
        _unstated,
    ),
    Rule(
        "several-heads",
        Severity.WARNING,
        "More than one highest post",
        "One post stands above all others.",
        "NATO AJP-01: unity of command",
        "Put the posts under one head, or write the coordination between parallel chains into an agreement.",
        _several_heads,
    ),
)
