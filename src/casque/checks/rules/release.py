"""Rules on release of information: who works from the plan may read it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule
from casque.mission.vocabulary import Severity


def _not_releasable(problem: Problem) -> Iterator[Breach]:
    about = problem.mission.about
    allowed = {about.lead, *about.marking.releasable_to}
    shown = " ".join(
        [about.marking.classification, *(("releasable to", listed(about.marking.releasable_to)) if about.marking.releasable_to else ())]
    )
    for name in problem.contributors:
        member = problem.members.get(name)
        if name not in allowed and not (member is not None and allowed & set(member.organisations)):
            units = counted(sum(1 for pledge in problem.mission.forces.pledges if pledge.member == name), "unit")
            yield Breach(
                f"member:{name}",
                f"{problem.member_name(name)} pledged {units}, and the plan's marking “{shown}” does not let it read the plan.",
            )


RULES = (
    Rule(
        "marking-not-releasable",
        Severity.WARNING,
        "A contributor that may not read the plan",
        "The marking of the mission releases it to every contributor, itself or through an organisation that it belongs to.",
        "NATO STANAG 4774: confidentiality labels; mission release sets",
        "Add the member to the release set, or prepare a sanitised copy.",
        _not_releasable,
    ),
)
