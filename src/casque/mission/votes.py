"""Recorded votes, and whether a vote carries under an organisation's decision rule."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from casque.mission.vocabulary import DecisionRule
from casque.mission.written import Count, Id, Sourced

PERMANENT = {"chn": "China", "fra": "France", "gbr": "United Kingdom", "rus": "Russia", "usa": "United States"}
"""Permanent members of the Security Council, by the id that members have; they alone have a veto (Charter, article 27; not read)."""

COUNCIL = 15
"""Members of the Security Council."""

NEEDED = 9
"""Affirmative votes that a resolution needs."""


class Vote(Sourced):
    """How an organisation decided on an instrument, as it was recorded."""

    organisation: Id
    """Organisation that voted; its decision rule applies."""
    in_favour: Count
    """Votes in favour; under consensus the members that let it pass."""
    against: Count = 0
    """Votes against; under consensus the members that broke silence."""
    abstaining: Count = 0
    """Abstentions."""
    absent: Count = 0
    """Members that took no part."""
    against_by: tuple[Id, ...] = Field(default=())
    """Who voted against, where it is known."""
    abstaining_by: tuple[Id, ...] = Field(default=())
    """Who abstained, where it is known."""

    @property
    def cast(self) -> int:
        """Members counted, absent ones included."""
        return self.in_favour + self.against + self.abstaining + self.absent

    @property
    def figures(self) -> str:
        """The vote as it is usually written: in favour, against, abstaining."""
        return f"{self.in_favour}-{self.against}-{self.abstaining}"


@dataclass(frozen=True)
class Carried:
    """Whether a vote carried, and why or why not."""

    holds: bool
    why: str


def carried(rule: DecisionRule, vote: Vote, members: int | None = None, leader: str | None = None) -> Carried:
    """Whether a recorded vote carries.

    * consensus: nobody broke silence; abstaining is no breach.
    * nine of fifteen, veto: nine in favour, and no permanent member against. One that abstains or is absent does not stop it (practice
      of the Council).
    * two thirds, majority: of those voting for or against, the usual rule of assemblies; where `members` is given, at least half of them
      must have taken part.
    * lead nation: the `leader`, where one is named, is not against.
    """
    if rule is DecisionRule.CONSENSUS:
        return Carried(vote.against == 0, "nobody broke silence" if vote.against == 0 else f"silence was broken{_by(vote)}")
    if rule is DecisionRule.COUNCIL_NINE_OF_FIFTEEN:
        vetoes = [name for name in vote.against_by if name in PERMANENT]
        if vetoes:
            return Carried(False, f"{', '.join(vetoes)} voted against and {'has' if len(vetoes) == 1 else 'have'} a veto")
        return Carried(vote.in_favour >= NEEDED, f"{vote.in_favour} in favour of the {NEEDED} that it takes")
    if rule is DecisionRule.LEAD_NATION:
        stopped = leader is not None and leader in vote.against_by
        return Carried(not stopped, f"{leader or 'the lead nation'} {'was against' if stopped else 'was not against'}")
    voting = vote.in_favour + vote.against
    if members is not None and 2 * (vote.cast - vote.absent) < members:
        return Carried(False, f"only {vote.cast - vote.absent} of {members} members took part")
    part, most = (2, 3) if rule is DecisionRule.TWO_THIRDS else (1, 2)
    enough = most * vote.in_favour >= part * voting if rule is DecisionRule.TWO_THIRDS else most * vote.in_favour > part * voting
    return Carried(voting > 0 and enough, f"{vote.in_favour} of {voting} votes cast were in favour")


def _by(vote: Vote) -> str:
    return f" by {', '.join(vote.against_by)}" if vote.against_by else ""


def who_could_stop(rule: DecisionRule, members: tuple[str, ...], leader: str | None = None) -> tuple[str, ...]:
    """Members whose single "no" would stop a decision; none where only several could. `members` are those of the organisation."""
    if rule is DecisionRule.CONSENSUS:
        return members
    if rule is DecisionRule.COUNCIL_NINE_OF_FIFTEEN:
        return tuple(PERMANENT)
    return (leader,) if rule is DecisionRule.LEAD_NATION and leader is not None else ()
