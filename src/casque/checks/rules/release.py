"""Rules on release of information: who works from the plan may read it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.marking import readable_by
from casque.mission.vocabulary import Severity
from casque.mission.written import Marking


def _not_releasable(problem: Problem) -> Iterator[Breach]:
    marking = problem.marking
    shown = " ".join([marking.classification, *(("releasable to", listed(marking.releasable_to)) if marking.releasable_to else ())])
    for name in problem.contributors:
        if not _reads(problem, name, marking):
            units = counted(sum(1 for pledge in problem.mission.forces.pledges if pledge.member == name), "unit")
            yield Breach(
                f"member:{name}",
                f"{problem.member_name(name)} pledged {units}, and the plan's marking “{shown}” does not let it read the plan.",
            )


def _reads(problem: Problem, name: str, marking: Marking) -> bool:
    """Whether a member, itself or through an organisation of its own, or an organisation may read what bears a marking."""
    about, member = problem.mission.about, problem.members.get(name)
    return readable_by(marking, (name, *(member.organisations if member else ())), about.lead)


def _commander_left_out(problem: Problem) -> Iterator[Breach]:
    marking = problem.marking
    for post in problem.mission.alliance.command_posts:
        if post.nation is not None and not _reads(problem, post.nation, marking):
            text = f"{problem.member_name(post.nation)} provides the commander of {post.name}, and may not read the plan."
            yield Breach(f"post:{post.id}", text)


def _unknown_reader(problem: Problem) -> Iterator[Breach]:
    known = {*problem.members, *(organisation.id for organisation in problem.mission.alliance.organisations)}
    strangers = [name for name in problem.mission.about.marking.releasable_to if name not in known]
    if strangers:
        text = f"The plan is released to {listed(f'“{name}”' for name in strangers)}, which alliance.yaml does not have."
        yield Breach(f"mission:{problem.mission.about.id}", text)


def _partner_left_out(problem: Problem) -> Iterator[Breach]:
    """Organisations that carry, supply or take over, and may not read what they work from."""
    mission, marking = problem.mission, problem.marking
    work = [(lift.owner, f"provides the lift {lift.name}") for lift in mission.transport.lift]
    work += [(fleet.owner, f"provides the trucks {fleet.id}") for fleet in mission.supply.trucks]
    work += [(change.to_organisation, "takes over the lead") for change in mission.alliance.rehattings]
    for organisation in mission.alliance.organisations:
        parts = [what for owner, what in work if owner == organisation.id]
        if parts and not _reads(problem, organisation.id, marking):
            yield Breach(f"organisation:{organisation.id}", f"{organisation.name} {listed(parts)}, and may not read the plan.")


RULES = (
    Rule(
        "marking-not-releasable",
        Severity.WARNING,
        "A contributor that may not read the plan",
        "The marking of the whole mission, every item's own counted, releases it to every contributor or an organisation of its own.",
        secondary("corvusintell.com on STANAG 4774: labels as structured objects; whoever is not released may not read"),
        "Add the member to the release set, or prepare a sanitised copy.",
        _not_releasable,
    ),
    Rule(
        "marking-bars-commander",
        Severity.WARNING,
        "A commander whose nation may not read the plan",
        "The marking of the mission releases it to the nation of every commander.",
        secondary("corvusintell.com on STANAG 4774: labels as structured objects; whoever is not released may not read"),
        "Add the nation to the release set, or name another commander.",
        _commander_left_out,
    ),
    Rule(
        "marking-unknown-reader",
        Severity.WARNING,
        "A release to somebody whom nobody knows",
        "Every name in the release set of the mission is a member or an organisation of alliance.yaml.",
        judgement("staff practice: a release set names who is meant"),
        "Correct the name, or add the member or organisation.",
        _unknown_reader,
    ),
    Rule(
        "marking-bars-partner",
        Severity.WARNING,
        "An organisation that works for the mission and may not read the plan",
        "The marking releases the plan to every organisation that provides lift or trucks, or takes over the lead.",
        judgement("staff practice: who works from the plan may read it"),
        "Add the organisation to the release set, or prepare a sanitised copy.",
        _partner_left_out,
    ),
)
