"""Rules on command: authority over the units is passed on, every sector is commanded, the force has one head."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.checks.tasking import transfer_day
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
        units = problem.pledges_of[member]
        people = sum(pledge.strength for pledge in units)
        text = (
            f"No transfer of authority covers {problem.member_name(member)}: its "
            f"{counted(len(units), 'unit')} with {people:,.0f} people cannot be tasked."
        )
        yield Breach(f"member:{member}", text, severity=None if len(out) == len(problem.contributors) else Severity.WARNING)
    for member in problem.contributors:
        day = days[member]
        arrivals = [max(problem.day(p.required or p.ready_to_load), _arrival(problem, p)) for p in problem.pledges_of[member]]
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
    alliance = problem.mission.alliance
    heads = [post for post in alliance.command_posts if post.superior is None]
    leads = {name for change in alliance.rehattings for name in (change.from_organisation, change.to_organisation)}
    # Organisations that lead one after the other each have a head of their own.
    one_each = len({post.organisation for post in heads}) == len(heads) and all(post.organisation in leads for post in heads)
    if len(heads) > 1 and not one_each:
        yield Breach(f"mission:{problem.mission.about.id}", f"{len(heads)} posts answer to nobody: {listed(post.name for post in heads)}.")


def _wider_than_held(problem: Problem) -> Iterator[Breach]:
    posts = {post.id: post for post in problem.mission.alliance.command_posts}
    for post in posts.values():
        if post.authority is None or post.superior is None:
            continue
        above, chain = post.superior, [post.id]
        while above in posts and above not in chain:
            held = [item.authority for item in problem.transfers if item.to_post == above and item.authority is not None]
            widest = min(held, key=lambda degree: degree.rank, default=None)
            if widest is not None:
                if post.authority.rank < widest.rank:
                    text = (
                        f"{posts[post.superior].name} passes on {post.authority} to {post.name}, and nations pass on no more than "
                        f"{widest} to {posts[above].name}."
                    )
                    yield Breach(f"post:{post.id}", text)
                break
            chain.append(above)
            above = posts[above].superior or ""


def _two_posts(problem: Problem) -> Iterator[Breach]:
    for sector in problem.mission.area.sectors:
        seen: dict[tuple[str, str | None, object], list[str]] = {}
        for post in problem.mission.alliance.command_posts:
            if post.sector == sector.id:
                seen.setdefault((post.level, post.organisation, post.from_day), []).append(post.name)
        for (level, _, _), names in seen.items():
            if len(names) > 1:
                text = f"{listed(names)} command {sector.name} on the same level ({level}) from the same day."
                yield Breach(f"sector:{sector.id}", text)


def _too_narrow_to_cross(problem: Problem) -> Iterator[Breach]:
    crossing = [task for task in problem.mission.tasks.tasks if task.crosses_sectors]
    for item in problem.transfers:
        if crossing and item.authority is Authority.TACOM:
            names = listed(map(problem.member_name, item.members)) or "every contributor"
            tasks = listed(f"“{task.title}”" for task in crossing)
            text = f"“{item.title}” passes on TACOM for {names}: the post may not redeploy the units in theatre, as {tasks} asks."
            yield Breach(f"agreement:{item.id}", text)


def _absent_commander(problem: Problem) -> Iterator[Breach]:
    for post in problem.mission.alliance.command_posts:
        if problem.contributors and post.nation is not None and post.nation not in problem.contributors:
            text = f"{problem.member_name(post.nation)} provides the commander of {post.name}, and has pledged no unit."
            yield Breach(f"post:{post.id}", text)


def _lead_without_troops(problem: Problem) -> Iterator[Breach]:
    for sector in problem.mission.area.sectors:
        units = problem.pledges_of.get(sector.lead, [])
        if problem.contributors and not any(pledge.sector in (None, sector.id) for pledge in units):
            has = f"its {counted(len(units), 'unit')} are wanted elsewhere" if units else "it has pledged no unit"
            text = f"{problem.member_name(sector.lead)} leads {sector.name}, and {has}."
            yield Breach(f"sector:{sector.id}", text)


def _late_post(problem: Problem) -> Iterator[Breach]:
    for sector in problem.mission.area.sectors:
        posts = [post for post in problem.mission.alliance.command_posts if post.sector == sector.id]
        days = [problem.day(post.from_day) for post in posts if post.from_day is not None]
        needed = [problem.day(task.required_by) for task in problem.mission.tasks.tasks if sector.id in task.sectors]
        if needed and days and len(days) == len(posts) and min(days) > min(needed):
            text = (
                f"{sector.name} is commanded from {day_text(min(days))} on, {min(days) - min(needed)} days after the force of its first "
                f"task is required on {day_text(min(needed))}."
            )
            yield Breach(f"sector:{sector.id}", text, min(days))


RULES = (
    Rule(
        "authority-not-transferred",
        Severity.ERROR,
        "Units over which no authority is transferred",
        (
            "A transfer of authority covers every contributor by its first required date. It is an error where it "
            "covers none, a warning where it leaves some out or is late."
        ),
        judgement("staff practice: a unit is tasked after transfer of authority; AJP-01 and AJP-3 not read"),
        "Agree on the transfer of authority with the contributor, with degree, post and day.",
        _not_transferred,
    ),
    Rule(
        "authority-too-narrow",
        Severity.WARNING,
        "A transfer of authority that does not let the post assign tasks",
        "No transfer of authority passes on TACON only.",
        judgement("ATP 5-0.2-1, table I-4, read without its column heads: TACON assigns no tasks; AAP-06 not read"),
        "Ask for TACOM or OPCON.",
        _too_narrow,
    ),
    Rule(
        "sector-without-command",
        Severity.WARNING,
        "A sector that no post commands",
        "Every sector has a command post.",
        judgement("staff practice: unity of command; AJP-01 not read"),
        "Name the post that commands the sector.",
        _uncommanded,
    ),
    Rule(
        "authority-unstated",
        Severity.NOTE,
        "A post over which no degree of authority is stated",
        "Every post below another states the degree of authority that its superior passes on to it.",
        judgement("staff practice: command relationships are stated by degree; AJP-01 not read"),
        "State the degree: OPCOM, OPCON, TACOM or TACON.",
        _unstated,
    ),
    Rule(
        "several-heads",
        Severity.WARNING,
        "More than one highest post",
        "One post stands above all others.",
        judgement("staff practice: unity of command; AJP-01 not read"),
        "Put the posts under one head, or write the coordination between parallel chains into an agreement.",
        _several_heads,
    ),
    Rule(
        "authority-wider-than-held",
        Severity.WARNING,
        "More authority passed down than was received",
        "No post is given a wider degree of authority than nations transfer to the post above it.",
        judgement("ATP 5-0.2-1, table I-4, read without its column heads: nobody delegates more than he holds; AAP-06 not read"),
        "Narrow the degree, or ask the nations for a wider one.",
        _wider_than_held,
    ),
    Rule(
        "two-posts-one-sector",
        Severity.WARNING,
        "Two posts that command one sector",
        "No sector has two posts of one level and one organisation from the same day.",
        judgement("staff practice: unity of command; AJP-01 not read"),
        "Put one post under the other, or divide the sector.",
        _two_posts,
    ),
    Rule(
        "authority-too-narrow-to-cross",
        Severity.WARNING,
        "Authority that does not let units be moved to another sector",
        "Where a task crosses sectors, authority is transferred at OPCON or wider.",
        judgement("ATP 5-0.2-1, table I-4, read without its column heads: TACOM does not deploy within theatre; AAP-06 not read"),
        "Ask for OPCON, or carry the task out with units under OPCON.",
        _too_narrow_to_cross,
    ),
    Rule(
        "commander-not-contributor",
        Severity.NOTE,
        "A commander from a nation without troops",
        "Every nation that provides a commander has pledged a unit.",
        secondary("Joint Force Quarterly 65 on multinational command relationships: structures are integrated, lead nation or parallel"),
        "Ask the nation for a contribution, or another nation for the commander.",
        _absent_commander,
    ),
    Rule(
        "sector-lead-without-troops",
        Severity.WARNING,
        "A sector whose lead nation has no unit for it",
        "The member that leads a sector has pledged a unit that may serve there.",
        secondary("Joint Force Quarterly 65 on multinational command relationships: structures are integrated, lead nation or parallel"),
        "Ask the lead for a unit there, or another member to lead.",
        _lead_without_troops,
    ),
    Rule(
        "post-starts-late",
        Severity.WARNING,
        "A sector that is commanded only after its force is required",
        "A command post of every sector is at work when the force of its first task is required.",
        judgement("staff practice: headquarters deploy before the force that they command"),
        "Bring the post forward, or name who commands the sector until then.",
        _late_post,
    ),
)
