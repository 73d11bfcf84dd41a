"""agreements.yaml: the agreements without which a unit may not enter, pass, be tasked or be sustained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casque.mission.vocabulary import AgreementKind, AgreementStatus, Authority
from casque.mission.written import Day, Id, Sourced


class Agreement(Sourced):
    """One agreement between parties, with the rights it gives and the days it covers."""

    id: Id
    """Name of the agreement."""
    title: str
    """What it is called."""
    kind: AgreementKind
    """What it gates."""
    parties: tuple[Id, ...]
    """Organisations, members or actors that are bound."""
    country: Id | None = None
    """Member on whose ground or in whose air the rights hold; needed for status of forces, transit, overflight and basing."""
    members: tuple[Id, ...] = ()
    """Contributors that it covers; empty means all of them."""
    rights: tuple[str, ...] = ()
    """What it allows, in a few words each, such as `land transit` or `tax-free fuel`."""
    authority: Authority | None = None
    """Degree of authority passed on; needed for a transfer of authority."""
    to_post: Id | None = None
    """Command post that receives the authority; needed for a transfer of authority."""
    tasks: tuple[Id, ...] = ()
    """Tasks that the authority is passed on for, where it is limited to some; empty means every task."""
    status: AgreementStatus = AgreementStatus.IN_FORCE
    """How far it has come."""
    in_force: Day | None = None
    """First day it has effect, or is expected to; none where nobody can say, and then it counts for nothing."""
    expires: Day | None = None
    """Last day; none where it is open-ended."""

    def in_effect(self, day: date) -> bool:
        """Whether it has effect on a day: not refused, with a first day that has come and a last day that has not passed.

        One that is only signed or under negotiation counts from the day on which it is expected to enter into force.
        """
        if self.status is AgreementStatus.REFUSED or self.in_force is None:
            return False
        return self.in_force <= day and (self.expires is None or day <= self.expires)

    def covers(self, member: str) -> bool:
        """Whether a contributor is covered."""
        return not self.members or member in self.members


def air_barred(agreements: Iterable[Agreement], country: str, member: str, day: date) -> bool:
    """Whether a country's air is barred to a contributor on a day.

    Air is open where nothing is written. Where an overflight agreement of the country that covers the contributor is written down, it is
    barred on days on which none of them has effect, and on days for which one of them is refused.
    """
    written = [
        agreement
        for agreement in agreements
        if agreement.kind is AgreementKind.OVERFLIGHT and agreement.country == country and agreement.covers(member)
    ]
    if not written or country == member:
        return False
    refused = [agreement for agreement in written if agreement.status is AgreementStatus.REFUSED]
    if any((item.in_force or day) <= day <= (item.expires or day) for item in refused):
        return True
    return not any(agreement.in_effect(day) for agreement in written)


class Agreements(Sourced):
    """All agreements of the mission."""

    agreements: tuple[Agreement, ...]
    """Agreements in any order."""
