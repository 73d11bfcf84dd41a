"""How sure and how punctual each pledge is: its own word or its member's record, its status, and whether it already stands near."""

from __future__ import annotations

from collections.abc import Iterable

from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import PledgeStatus
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.lateness import Chance
from casque.reference.load import Reference


def chances(mission: Mission, reference: Reference, pledges: Iterable[Pledge] | None = None) -> tuple[Chance, ...]:
    """The chances of pledges, in their order; of all pledges of the mission unless some are given.

    A pledge is as reliable and as late as its member is on record, an offer less and a confirmed pledge more (factors
    `simulation.firmness-*`); where the pledge states figures of its own, they hold as they are. A unit that stands outside its own country
    when it is called has left home already: it comes, and its nation's delays are behind it. Where nothing is known of a member, the usual
    contributor stands in for it.
    """
    members = {member.id: member for member in mission.alliance.members}
    country = {node.id: node.country for node in mission.transport.nodes}
    firmness = {
        PledgeStatus.OFFERED: reference.value("simulation.firmness-offered"),
        PledgeStatus.COMMITTED: 1.0,
        PledgeStatus.CONFIRMED: reference.value("simulation.firmness-confirmed"),
    }
    found = []
    for pledge in mission.forces.pledges if pledges is None else pledges:
        member = members.get(pledge.member)
        doubt = 1.0 - (reference.value("simulation.usual-reliability") if member is None else min(1.0, member.reliability))
        delay = reference.value("simulation.usual-delay") if member is None else member.delay_months * DAYS_PER_MONTH
        firm = firmness[pledge.status]
        near = country.get(pledge.home, pledge.member) != pledge.member
        stays_away = doubt * firm if pledge.reliability is None else 1.0 - min(1.0, pledge.reliability)
        late = delay * firm if pledge.delay_months is None else pledge.delay_months * DAYS_PER_MONTH
        found.append(
            Chance(
                name=pledge.id,
                member=pledge.member,
                no_show=0.0 if near else min(1.0, stays_away),
                delay=0.0 if near else late,
                doubt=doubt if pledge.reliability is None else stays_away,
                reliefs=pledge.renewals,
            )
        )
    return tuple(found)
