"""Coherence of the rules themselves: rules without effect, conditions that clash, and tasks that no situation serves.

Every question is put to a solver over all situations of the mission at once. Each answer carries the conflicting set, made irreducible,
and an example. The same mission gives the same answers in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casque.engagement.coherence.ground import Ground
from casque.engagement.coherence.search import Clash, Search
from casque.engagement.problem import day_name
from casque.mission.mission import Mission
from casque.mission.vocabulary import ForceLevel, RuleStatus
from casque.plan.coherence import Incoherence, Kind, Situation
from casque.reference.load import Reference

ORDER: tuple[Kind, ...] = (
    "task without a situation",
    "contradicts itself",
    "wholly barred",
    "never applies",
    "barred for a contingent",
    "caveat never binds",
    "word never needed",
    "prohibition without effect",
    "provision without a rule",
    "permission meets prohibition",
)
"""Kinds in the order in which they are shown, the worst first."""


def coherence(mission: Mission, reference: Reference, postings: Mapping[str, str] | None = None) -> tuple[Incoherence, ...]:
    """All that the rules, caveats and agreements of a mission say without effect, or against each other.

    Reads about, mandate, alliance, agreements, area, tasks, engagement and forces. `postings` says in which sector each unit serves;
    without it, it is the sector that its member wants. A mission without units or sectors has no situation to look at; then only
    provisions without a rule are named.
    """
    ground = Ground(mission, reference, postings or {})
    found = list(_unused_provisions(mission))
    if ground.classes and ground.spots:
        search = Search(ground)
        found += [_told(search, clashes) for clashes in _alike(search.all())]
    return tuple(sorted(found, key=lambda item: ORDER.index(item.kind)))


def _unused_provisions(mission: Mission) -> Iterator[Incoherence]:
    """Provisions that allow more than self-defence and on which no rule rests that was not denied, by instrument."""
    used = {rule.provision for rule in mission.engagement.rules if rule.permits and rule.status is not RuleStatus.DENIED}
    for instrument in mission.mandate.instruments:
        idle = [item for item in instrument.provisions if item.force_level is not ForceLevel.SELF_DEFENCE and item.id not in used]
        if idle:
            subjects = tuple(f"provision:{item.id}" for item in idle)
            paragraphs = "; ".join(item.paragraph for item in idle)
            them = "it" if len(idle) == 1 else "them"
            yield Incoherence(
                kind="provision without a rule",
                subjects=subjects,
                why=f"{instrument.title} allows force in {paragraphs}, and no rule of engagement rests on {them}.",
                conflict=(*(f"{item.paragraph} allows {item.force_level}" for item in idle), "no rule rests on it that was not denied"),
                rests_on=subjects,
            )


def _alike(clashes: Iterator[Clash]) -> list[list[Clash]]:
    """Clashes of the same kind and contingent with the same conflicting set, together."""
    groups: dict[tuple[object, ...], list[Clash]] = {}
    for item in clashes:
        groups.setdefault((item.kind, item.member, tuple(condition.key for condition in item.conflict) or item.subjects), []).append(item)
    return list(groups.values())


def _told(search: Search, clashes: Sequence[Clash]) -> Incoherence:
    """Clashes with the same conflicting set as one record, with the example of the first."""
    head = clashes[0]
    subjects = tuple(dict.fromkeys(name for item in clashes for name in item.subjects))
    measures = tuple(dict.fromkeys(item.measure for item in clashes if item.measure))
    others = len({(item.subjects, item.measure) for item in clashes}) - 1
    situation, obstacle = search.example(head)
    words = _words(search, situation) if situation else ""
    return Incoherence(
        kind=head.kind,
        subjects=subjects,
        why=head.why + (f" The same holds for {others} more, for the same reason." if others else ""),
        conflict=tuple(item.text for item in head.conflict) or head.sides,
        rests_on=tuple(dict.fromkeys(item.rests_on for item in head.conflict)) or head.subjects,
        member=head.member,
        measures=measures,
        sectors=tuple(dict.fromkeys(item.sector for item in clashes if item.sector)),
        example=f"{words}: in the way stands that {obstacle}" if obstacle else words,
        situation=situation,
    )


def _words(search: Search, situation: Situation) -> str:
    texts = search.texts
    pledge = search.units[situation.unit]
    where = ", ".join(texts.name(name) for name in (situation.place, situation.sector) if name)
    given = f", given {', '.join(situation.given)}" if situation.given else ""
    whom = f", to protect {situation.protecting}" if situation.protecting else ""
    act = f" for {situation.measure}" if situation.measure else ""
    day = f"{day_name(situation.day)} at {situation.hour}:00"
    return f"{pledge.name} ({texts.member(pledge.member)}) in {where} on {day}{act}{given}{whom}"
