"""What would have to be different for a rule to speak, or for a rule, caveat or missing agreement to fall silent.

Each answer is a step: the conditions in words, and the request with them changed, so that the decision can be taken anew. Where no request
could bring it about, because the law itself would have to change, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casque.engagement.law import EVER, CaveatTable, Law, RuleTable
from casque.engagement.request import Request
from casque.engagement.titles import Titles, any_of, hours_text, quoted
from casque.engagement.weigh import word
from casque.mission.agreements import Agreement
from casque.mission.vocabulary import AgreementStatus, Circumstance, RuleKind, RuleStatus, Season

_YEAR = 366


@dataclass(frozen=True)
class Step:
    """Something different from what was asked."""

    conditions: tuple[str, ...]
    """What is different, in words."""
    request: Request | None
    """The request with that changed; none where no request could bring it about."""
    supposed: bool = False
    """Whether the law would have to change too for it to come about."""


def toward(law: Law, titles: Titles, table: RuleTable, request: Request) -> Step:
    """The least that has to be different for a rule to speak; nothing where it does already."""
    words: list[str] = []
    asked = _unit(law, titles, table, request, words)
    asked = _where(law, titles, table, asked, words)
    asked = _circumstances(table, asked, words)
    if table.rule.hours is not None and not table.rule.hours.covers(asked.hour):
        words.append(hours_text(table.rule.hours))
        asked = replace(asked, hour=table.rule.hours.start)
    if not any(first <= asked.day <= last for first, last in table.days):
        later = [first for first, _ in table.days if first > asked.day]
        if later:
            words.append(f"from {titles.day(min(later))}")
            asked = replace(asked, day=min(later))
        else:
            return Step((never(titles, table), *words), asked, supposed=True)
    if table.rule.kind is RuleKind.LIMITATION and word(law, table.rule, asked) is None:
        return Step((*words, "once somebody is named whose word lifts it there and then"), asked, supposed=True)
    if table.rule.given_all and set(table.rule.given_all) & set(table.rule.unless):
        return Step(("if its own conditions did not contradict each other",), None)
    return Step(tuple(words), asked)


def _unit(law: Law, titles: Titles, table: RuleTable, request: Request, words: list[str]) -> Request:
    if request.unit in table.units:
        return request
    unit = law.units[request.unit]
    words.append(titles.spoken_to(table.rule, unit))
    others = [law.units[name] for name in table.units]
    # The unit most like the one asked for: of the same member, then one that serves in the sector.
    best = min(others, key=lambda other: (other.member != unit.member, other.sector != request.sector, other.id), default=unit)
    return replace(request, unit=best.id)


def _where(law: Law, titles: Titles, table: RuleTable, request: Request, words: list[str]) -> Request:
    if table.places and request.place not in table.places:
        reached = [name for name in sorted(table.places) if table.sectors is None or law.places[name] in table.sectors]
        words.append(f"at {titles.place_names(reached or table.places)}")
        place = (reached or sorted(table.places))[0]
        return replace(request, place=place, sector=law.places[place])
    if table.sectors is not None and request.sector not in table.sectors and table.sectors:
        words.append(f"in {titles.sector_names(table.sectors)}")
        return replace(request, sector=min(table.sectors), place="")
    return request


def _circumstances(table: RuleTable, request: Request, words: list[str]) -> Request:
    rule, given = table.rule, request.given
    missing = [item for item in rule.given_all if item not in given]
    if missing:
        words.append(f"given {quoted(missing)}")
    if rule.given_any and given.isdisjoint(rule.given_any):
        open_to = [item for item in rule.given_any if item not in rule.unless] or list(rule.given_any)
        words.append(f"given {_either(open_to)}")
        missing.append(open_to[0])
    present = [item for item in rule.unless if item in given]
    if present:
        words.append(f"without {quoted(present)}")
    if rule.protects and request.protecting not in rule.protects:
        words.append(f"to protect {any_of(rule.protects)}")
        request = replace(request, protecting=rule.protects[0])
    return replace(request, given=(given | frozenset(missing)) - frozenset(present))


def _either(items: list[Circumstance]) -> str:
    return any_of([f"'{item}'" for item in items])


def never(titles: Titles, table: RuleTable) -> str:
    """Why a rule has no day left on which it holds, as the condition on which it would."""
    rule = table.rule
    if rule.status is RuleStatus.DENIED:
        return "if it were authorised and implemented, which was denied"
    if rule.status in (RuleStatus.REQUESTED, RuleStatus.AUTHORISED) and rule.implemented is None:
        return f"once it is implemented; so far it is only {rule.status}"
    if rule.status is RuleStatus.WITHDRAWN and rule.withdrawn is None:
        return "if it were implemented again; it was withdrawn"
    if table.days:
        return f"if it were renewed; its last day is {titles.day(max(last for _, last in table.days))}"
    if rule.permits:
        if rule.provision in titles.provisions and rule.force_level.rank > titles.provisions[rule.provision][1].force_level.rank:
            allowed = titles.provisions[rule.provision][1].force_level
            return f"if {titles.provision(rule.provision)} allowed {rule.force_level}; it allows {allowed}"
        if rule.kind is RuleKind.LIMITATION and rule.held_by is None and not rule.delegations:
            return "once somebody is named whose word lifts it"
        return f"if {titles.provision(rule.provision)}, on which it rests, were in force at the same time"
    return "if it were in force"


def silencing(titles: Titles, table: RuleTable, request: Request) -> Iterator[Step]:
    """Single changes after which a rule that speaks no longer does."""
    rule = table.rule
    either = [item for item in rule.given_any if item in request.given]
    for drop in ([item] for item in rule.given_all) if rule.given_all else ([either] if either else []):
        yield Step((f"without {quoted(drop)}",), replace(request, given=request.given - frozenset(drop)))
    for item in rule.unless:
        yield Step((f"given '{item}'",), replace(request, given=request.given | {item}))
    if rule.hours is not None:
        yield Step((f"outside {hours_text(rule.hours)[5:]}",), replace(request, hour=rule.hours.end))
    if rule.protects:
        yield Step((f"not to protect {any_of(rule.protects)}",), replace(request, protecting=None))
    yield from ending(titles, table, request)


def ending(titles: Titles, table: RuleTable, request: Request) -> Iterator[Step]:
    """The day after the last on which a rule that holds does so; nothing where it is open-ended."""
    last = max((last for first, last in table.days if first <= request.day), default=EVER)
    if last < EVER:
        yield Step((f"after {titles.day(last)}",), replace(request, day=last + 1))


def escapes(law: Law, titles: Titles, table: CaveatTable, request: Request) -> Iterator[Step]:
    """Single changes of a request after which a caveat that binds no longer bars it."""
    caveat, own = table.caveat, law.units[request.unit].sector
    if caveat.hours is not None:
        yield Step((f"outside {hours_text(caveat.hours)[5:]}",), replace(request, hour=caveat.hours.end))
    if caveat.bars_crossing and own and own != request.sector:
        yield Step((f"in its own sector, {titles.sectors.get(own, own)}",), replace(request, sector=own, place=""))
    if caveat.season is not None:
        wanted = caveat.season is not Season.WINTER
        day = next((day for day in range(request.day + 1, request.day + _YEAR) if law.winter(day) == wanted), None)
        if day is not None:
            yield Step((f"outside {caveat.season}, from {titles.day(day)}",), replace(request, day=day))
    if table.days[1] < EVER:
        yield Step((f"after {titles.day(table.days[1])}, the last day of the caveat",), replace(request, day=table.days[1] + 1))


def bindings(law: Law, titles: Titles, table: CaveatTable, request: Request) -> Iterator[Step]:
    """Single changes of time after which a caveat that does not bind does."""
    caveat = table.caveat
    if caveat.hours is not None and not caveat.hours.covers(request.hour):
        yield Step((hours_text(caveat.hours),), replace(request, hour=caveat.hours.start))
    if caveat.season is not None and law.winter(request.day) != (caveat.season is Season.WINTER):
        wanted = caveat.season is Season.WINTER
        day = next((day for day in range(request.day + 1, request.day + _YEAR) if law.winter(day) == wanted), None)
        if day is not None:
            yield Step((f"in {caveat.season}, from {titles.day(day)}",), replace(request, day=day))
    if request.day < table.days[0]:
        yield Step((f"from {titles.day(table.days[0])}",), replace(request, day=table.days[0]))


def opening(law: Law, titles: Titles, gate: str, request: Request) -> Step:
    """What opens a gate: the first day on which an agreement that is dated has effect, or what is missing."""
    member = law.units[request.unit].member
    dated = (law.transfers if gate == "transfer" else law.statuses)[member]
    later = [(first, item) for item, (first, _) in dated if first > request.day]
    if later:
        first, item = min(later, key=lambda pair: pair[0])
        return Step((f"from {titles.day(first)}, when {item.title} has effect",), replace(request, day=first))
    covering = [item for item in titles.agreements[gate] if item.covers(member)]
    if covering:
        return Step((" or ".join(_state(titles, item) for item in covering[:2]),), None)
    what = "transfer of authority" if gate == "transfer" else "status of forces agreement"
    return Step((f"once a {what} covers {titles.members.get(member, member)}",), None)


def _state(titles: Titles, item: Agreement) -> str:
    if item.status is AgreementStatus.REFUSED:
        return f"if {item.title}, which was refused, were agreed"
    if item.in_force is None:
        return f"once {item.title} has effect; it is {item.status}, and nobody can say from when"
    ended = "" if item.expires is None else f"; it ended on {titles.day((item.expires - titles.d_day).days)}"
    return f"if {item.title} were renewed{ended}"
