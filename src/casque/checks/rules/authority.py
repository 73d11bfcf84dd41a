"""Rules on degrees of authority: what the plan asks of a post, its degree lets it do; nobody passes on what he may not."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.authority import common_post, given_to, path_up, transferred
from casque.checks.muster import Muster, musters
from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.command_authority import PASSED_ON, Act, may, widest
from casque.mission.tasks import Task
from casque.mission.vocabulary import AgreementKind, Authority, Capability, Severity

_TABLE = "ATP 5-0.2-1, table I-4, read without its column heads"


_FROM_AFAR = (
    Capability.MEDICAL,
    Capability.LOGISTICS,
    Capability.TRANSPORT,
    Capability.HEADQUARTERS,
    Capability.AVIATION,
    Capability.SIGNALS,
    Capability.SURVEILLANCE,
    Capability.HOSPITAL,
    Capability.MEDICAL_EVACUATION,
    Capability.CYBER_DEFENCE,
)
"""Capabilities that serve several sectors from one place, whole."""


def _not_passable(problem: Problem) -> Iterator[Breach]:
    posts = {post.id: post for post in problem.mission.alliance.command_posts}
    for post in posts.values():
        above = posts.get(post.superior or "")
        if above is None or post.authority is None:
            continue
        held = given_to(problem, above)
        if held and not any(post.authority in PASSED_ON[degree] for degree in held):
            degree = widest(held)
            passable = listed(str(item) for item in Authority if degree is not None and item in PASSED_ON[degree])
            text = (
                f"{above.name} holds {degree} and passes on {post.authority} to {post.name}; {degree} lets it pass on "
                f"{passable or 'nothing'}."
            )
            yield Breach(f"post:{post.id}", text)


def _no_common_post(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        sectors = tuple(dict.fromkeys((*task.sectors, *((task.force_of,) if task.force_of else ()))))
        sectors = tuple(sector for sector in sectors if path_up(problem, sector))
        if len(sectors) < 2 or not (task.crosses_sectors or task.force_of):
            continue
        post = common_post(problem, sectors)
        where = problem.sector_names(sectors)
        if post is None:
            yield Breach(f"task:{task.id}", f"“{task.title}” moves units between {where}, and no post stands above all of them.")
            continue
        held = given_to(problem, post)
        if held and not any(may(degree, Act.DEPLOY) for degree in held):
            text = (
                f"“{task.title}” moves units between {where}; {post.name}, the lowest post above all of them, holds {widest(held)}, "
                "which does not let it deploy units in theatre."
            )
            yield Breach(f"task:{task.id}", text)


def _split(problem: Problem) -> Iterator[Breach]:
    degrees = {member: widest(transferred(problem, member)) for member in problem.contributors}
    for task in problem.mission.tasks.tasks:
        for muster in musters(problem, task):
            if muster.capability in _FROM_AFAR:
                continue
            sectors, free = _wanting(problem, task, muster), len(muster.free_places)
            if not 0 < free < len(sectors):
                continue
            held = {degrees[member] for member in problem.roll.members_of(muster.free_rows)}
            narrow = [degree for degree in Authority if degree in held and not may(degree, Act.SPLIT)]
            if narrow and len(narrow) == len(held):
                text = (
                    f"“{task.title}” needs {muster.capability} in {len(sectors)} sectors, and {counted(free, 'unit')} could bring it. "
                    f"To serve all at once a unit must be split, which takes {Authority.OPCOM}; nations pass on {listed(map(str, narrow))}."
                )
                yield Breach(f"task:{task.id}", text)


def _wanting(problem: Problem, task: Task, muster: Muster) -> tuple[str, ...]:
    """Sectors that want the capability of a muster; a task that another sector's force carries out wants it there only."""
    if task.force_of in problem.sectors:
        return problem.force_sectors(task)
    wanted = (sector for need in task.needs if need.capability is muster.capability for sector in need.sectors or task.sectors)
    return tuple(dict.fromkeys(sector for sector in wanted if sector in problem.sectors))


def _beyond_tasks(problem: Problem) -> Iterator[Breach]:
    if not any(item.tasks for item in problem.transfers):
        return
    for task in problem.mission.tasks.tasks:
        for member in problem.roll.members_of(problem.roll.joined(muster.free_rows for muster in musters(problem, task))):
            over = [item for item in problem.wide_transfers if item.covers(member) and not problem.agreement_window(item).empty]
            if over and all(item.tasks and task.id not in item.tasks for item in over):
                text = (
                    f"Units of {problem.member_name(member)} could serve “{task.title}”; “{over[0].title}” passes on {over[0].authority} "
                    f"over them for {listed(over[0].tasks)} only."
                )
                yield Breach(f"task:{task.id}", text)


def _full_command(problem: Problem) -> Iterator[Breach]:
    for item in problem.transfers:
        if item.authority is Authority.FULLCOM:
            yield Breach(f"agreement:{item.id}", f"“{item.title}” passes on FULLCOM, which exists only within a nation.")
    for post in problem.mission.alliance.command_posts:
        if post.authority is Authority.FULLCOM:
            yield Breach(f"post:{post.id}", f"{post.name} is given FULLCOM, which exists only within a nation.")


def _national_supply(problem: Problem) -> Iterator[Breach]:
    kinds = (AgreementKind.MOU, AgreementKind.LOA, AgreementKind.HOST_SUPPORT)
    bound = {name for item in problem.mission.agreements.agreements if item.kind in kinds for name in (*item.parties, *item.members)}
    fleets = problem.mission.supply.trucks
    owners = dict.fromkeys(fleet.owner for fleet in fleets if fleet.number and fleet.owner in problem.members and fleet.owner not in bound)
    degrees = {widest(transferred(problem, owner)) for owner in owners}
    if owners and not any(degree is not None and may(degree, Act.SUPPLY) for degree in degrees):
        trucks = sum(fleet.number for fleet in fleets if fleet.owner in owners)
        text = (
            f"The plan counts {trucks} trucks of {listed(map(problem.member_name, owners))} for the whole force. No agreement makes them "
            "available, and no degree short of full command lets a post direct national supply."
        )
        yield Breach(f"mission:{problem.mission.about.id}", text)


RULES = (
    Rule(
        "authority-not-delegable",
        Severity.WARNING,
        "A degree of authority that the post above may not pass on",
        "Every post is given a degree that the degree of the post above lets it pass on: OPCOM passes on OPCON, TACON nothing.",
        judgement(f"{_TABLE}: three degrees may pass on OPCON, three TACOM; AAP-06 not read"),
        "Narrow the degree, or give the post above a wider one.",
        _not_passable,
    ),
    Rule(
        "crossing-without-common-post",
        Severity.WARNING,
        "A task across sectors without a post that could move units between them",
        "Where a task crosses sectors, or another sector's force carries it out, one post stands above all of them, with OPCON or wider.",
        secondary("Ukrainian-NATO glossary, operational control: it includes the authority to deploy the units concerned"),
        "Put the sectors under one post with OPCON, or give the task to the force of one sector.",
        _no_common_post,
    ),
    Rule(
        "unit-split-over-sectors",
        Severity.NOTE,
        "Fewer units than sectors, and no authority to split them",
        "Where a task needs a capability on the spot in more sectors than units bring it, authority over one is transferred at OPCOM.",
        secondary("Ukrainian-NATO glossary, operational control: it leaves out the separate employment of parts of a unit"),
        "Ask the nation to pledge the parts as units of their own, or for OPCOM.",
        _split,
    ),
    Rule(
        "task-beyond-transfer",
        Severity.WARNING,
        "A task that the authority passed on does not cover",
        "Where every transfer of authority over a contributor names the tasks it is for, its units are wanted for those only.",
        secondary("Ukrainian-NATO glossary, operational control: for missions or tasks limited by function, time or location"),
        "Ask the nation to widen the transfer to the task, or do it with other units.",
        _beyond_tasks,
    ),
    Rule(
        "full-command-transferred",
        Severity.WARNING,
        "Full command passed on",
        "No transfer of authority and no post of the mission has FULLCOM.",
        secondary("Norwegian joint doctrine on full command: it exists only within national services, nations delegate OPCOM or OPCON"),
        "State the degree that the nation really passes on.",
        _full_command,
    ),
    Rule(
        "national-supply-counted",
        Severity.NOTE,
        "National trucks that the plan counts for everybody",
        "Contributors whose trucks the supply concept counts have agreed to it by memorandum, letter of assist or host nation support.",
        secondary("Ukrainian-NATO glossary, operational control: it does not of itself include logistic control"),
        "Agree on the use of the trucks, or leave them out of the supply concept.",
        _national_supply,
    ),
)
