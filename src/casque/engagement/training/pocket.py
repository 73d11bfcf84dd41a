"""The rules in force for one contingent on one day: what its soldiers may do at once, on whose word, and not at all.

Every line is the decision (see `weigh`) on the plainest situation that its rule asks for, in the sector of the units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casque.engagement.law import EVER, CaveatTable, Law, RuleTable, Soldiers, law_of
from casque.engagement.naming import NOON, known_name
from casque.engagement.request import Request
from casque.engagement.weigh import gates, needs_word, weigh, word
from casque.mission.engagement import HOURS_OF_DAY
from casque.mission.mission import Mission
from casque.mission.vocabulary import Protected
from casque.plan.card import CardLine, CardRecord, Word
from casque.reference.load import Reference


def contingent(law: Law, member: str) -> tuple[Soldiers, ...]:
    """The units of a member. Raises NoSuchItem, with the nearest names, for one that has pledged none."""
    known = list(dict.fromkeys(unit.member for unit in law.units.values()))
    known_name(member, known, "contingent", "Contingents")
    return tuple(unit for unit in law.units.values() if unit.member == member)


def card_records(
    mission: Mission, reference: Reference, member: str, day: int, postings: Mapping[str, str] | None = None
) -> tuple[CardRecord, ...]:
    """The rules in force for one contingent, or for every contingent where no member is named.

    `postings` says in which sector each unit serves (see `law_of`). Raises NoSuchItem.
    """
    law = law_of(mission, reference, postings)
    members = (member,) if member else tuple(dict.fromkeys(unit.member for unit in law.units.values()))
    return tuple(card_record(law, mission, name, day) for name in members)


def card_record(law: Law, mission: Mission, member: str, day: int) -> CardRecord:
    """The rules in force for the contingent of a member on a day counted from D-day."""
    units = contingent(law, member)
    permitting = [table for tables in law.measures.values() for table in tables if table.rule.permits and _holds(table, units, day)]
    order = {rule.id: number for number, rule in enumerate(mission.engagement.rules)}
    permitting.sort(key=lambda table: order[table.rule.id])
    forbidding = {
        table.rule.id
        for tables in (*law.measures.values(), law.bounds)
        for table in tables
        if not table.rule.permits and _holds(table, units, day)
    }
    lines = tuple(line for table in permitting for line in _lines(law, mission, table, units, day))
    asked = {post for line in lines for post in _holders(mission, line)}
    return CardRecord(
        member=member,
        day=day,
        holds_until=_holds_until(law, units, member, day),
        gates=tuple(gates(law, member, day)),
        lines=lines,
        prohibitions=tuple(rule.id for rule in mission.engagement.rules if rule.id in forbidding),
        caveats=tuple(
            table.caveat.id
            for table in _caveats(law, units)
            if table.days[0] <= day <= table.days[1]
            and (table.caveat.season is None or table.binds(day, _hour(table.hours), law.winter(day)))
        ),
        protected=tuple(item for item in Protected if any(item in table.rule.protects for table in permitting)),
        posts=_posts(mission, units, asked),
    )


def plain_request(law: Law, table: RuleTable, unit: Soldiers, day: int) -> Request:
    """The plainest situation that a rule asks for: its circumstances and no more, in the unit's own sector where the rule holds there."""
    rule = table.rule
    sectors = list(law.sectors) if table.sectors is None else sorted(table.sectors)
    sector = unit.sector if unit.sector in sectors or not sectors else sectors[0]
    places = [place for place in rule.places if law.places.get(place) in ("", sector)]
    if rule.places and not places:
        places = list(rule.places)
        sector = law.places.get(places[0]) or sector
    return Request(
        unit=unit.id,
        measure=rule.regulates,
        sector=sector,
        place=places[0] if places else "",
        day=day,
        hour=_hour(table.hours),
        given=frozenset((*rule.given_all, *rule.given_any[:1])),
        protecting=rule.protects[0] if rule.protects else None,
    )


def words_of(law: Law, mission: Mission, request: Request, table: RuleTable | None) -> tuple[Word, ...]:
    """The words that a request waits for: those that lift caveats, and that of the rule's holder where a rule is given."""
    found = weigh(law, request)
    words = [Word(by=item.caveat.waived_by, hours=item.caveat.expected_delay, caveat=item.caveat.id) for item in found.liftable]
    if table is not None and needs_word(table.rule, request):
        given = word(law, table.rule, request)
        if given is not None:
            names = {post.id: post.name for post in mission.alliance.command_posts}
            words.append(Word(by=names.get(given[0] or "", given[0] or ""), hours=given[1]))
    return tuple(words)


def _lines(law: Law, mission: Mission, table: RuleTable, units: Iterable[Soldiers], day: int) -> list[CardLine]:
    answers: dict[CardLine, list[str]] = {}
    spoken_to = [unit for unit in units if unit.id in table.units]
    for unit in spoken_to:
        answers.setdefault(_line(law, mission, table, unit, day), []).append(unit.id)
    if len(answers) == 1:
        return list(answers)
    return [line.model_copy(update={"units": tuple(names)}) for line, names in answers.items()]


def _line(law: Law, mission: Mission, table: RuleTable, unit: Soldiers, day: int) -> CardLine:
    request = plain_request(law, table, unit, day)
    found = weigh(law, request)
    words = words_of(law, mission, request, table)
    tied = tuple(item.caveat.id for item in found.liftable)
    nobody = needs_word(table.rule, request) and word(law, table.rule, request) is None
    if found.bars or nobody:
        barring = tuple(bar.removeprefix("caveat:") for bar in found.bars if bar.startswith("caveat:"))
        return CardLine(rule=table.rule.id, answer="prohibited", caveats=barring, bars=found.bars)
    return CardLine(rule=table.rule.id, answer="needs word" if words else "permitted", words=words, caveats=tied)


def _holds(table: RuleTable, units: Iterable[Soldiers], day: int) -> bool:
    return any(first <= day <= last for first, last in table.days) and any(unit.id in table.units for unit in units)


def _hour(mask: int) -> int:
    if mask >> NOON & 1:
        return NOON
    return next((hour for hour in range(HOURS_OF_DAY) if mask >> hour & 1), NOON)


def _caveats(law: Law, units: Iterable[Soldiers]) -> list[CaveatTable]:
    found = {table.caveat.id: table for unit in units for table in law.caveats[unit.id]}
    return list(found.values())


def _holders(mission: Mission, line: CardLine) -> list[str]:
    by_name = {post.name: post.id for post in mission.alliance.command_posts}
    return [by_name[item.by] for item in line.words if not item.caveat and item.by in by_name]


def _posts(mission: Mission, units: Iterable[Soldiers], asked: set[str]) -> tuple[str, ...]:
    """Posts of the sectors that the units serve in, their superiors, and everybody whose word a line needs."""
    posts = {post.id: post for post in mission.alliance.command_posts}
    sectors = {unit.sector for unit in units}
    chain: dict[str, None] = {}
    for post in posts.values():
        if post.sector is not None and post.sector in sectors:
            chain[post.id] = None
    for name in list(chain):
        superior = posts[name].superior
        if superior is not None and superior in posts:
            chain[superior] = None
    chain.update(dict.fromkeys(post for post in posts if post in asked))
    return tuple(chain)


def _holds_until(law: Law, units: tuple[Soldiers, ...], member: str, day: int) -> int | None:
    spans = [
        span
        for tables in (*law.measures.values(), law.bounds)
        for table in tables
        if any(unit.id in table.units for unit in units)
        for span in table.days
    ]
    spans += [table.days for table in _caveats(law, units)]
    spans += [span for _, span in (*law.transfers[member], *law.statuses[member])]
    ends = [first - 1 for first, _ in spans if first > day] + [last for _, last in spans if day <= last < EVER]
    return min((end for end in ends if end < EVER), default=None)
