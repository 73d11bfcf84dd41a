"""agreements.yaml: the agreements without which a unit may not enter, pass, be tasked or be sustained."""

from __future__ import annotations

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


class Agreements(Sourced):
    """All agreements of the mission."""

    agreements: tuple[Agreement, ...]
    """Agreements in any order."""
