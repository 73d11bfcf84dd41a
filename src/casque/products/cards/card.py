"""The pocket card of a contingent: the rules in force for it in the words of its language, section by section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from casque.mission.engagement import Caveat, Rule
from casque.mission.marking import combined, readable_by
from casque.mission.mission import Mission
from casque.mission.vocabulary import RuleStatus
from casque.plan.card import CardLine, CardRecord, Word
from casque.products.cards.telling import Telling, phrases_of

APART = " · "
"""What stands between the conditions of an entry."""
MOST_UNITS = 3
"""Units that a line names one by one."""
NOT_ASKED_FROM = 7 * 24
"""Hours from which the word of a capital is nothing to ask for on the ground: the card tells such measures with what may not be done."""


@dataclass(frozen=True)
class Line:
    """One entry: what, in a few words and in a sentence, and under which conditions."""

    title: str
    text: str = ""
    detail: str = ""
    number: str = ""
    word: str = ""
    """Whose word it needs."""


@dataclass(frozen=True)
class Section:
    """A part of the card. `kind` gives its colour: self, gate, may, ask, never, nation, plain."""

    kind: str
    title: str
    lines: tuple[Line, ...]
    rest: str = ""
    """What holds beyond the lines; also how many were left out, where some were."""


@dataclass(frozen=True)
class Card:
    """One page for a soldier's pocket."""

    language: str
    heading: str
    mission: str
    contingent: str
    valid: str
    until: str
    sections: tuple[Section, ...]
    marking: str
    source: str
    advice: str

    def as_dict(self) -> dict[str, Any]:
        """The card as plain values, for the templates and for machines."""
        return asdict(self)


def card_of(mission: Mission, record: CardRecord, language: str) -> Card:
    """The card that says what a record holds. Raises BadInput for a language without phrases.

    Rules with a marking of their own that keeps them from the nation are left out, and counted.
    """
    say = phrases_of(language)
    tell = Telling(mission, say)
    whole, record = record, released(mission, record)
    withheld = len({line.rule for line in whole.lines} | set(whole.prohibitions)) - len(
        {line.rule for line in record.lines} | set(record.prohibitions)
    )
    rules = {rule.id: rule for rule in mission.engagement.rules}
    caveats = [item for item in mission.engagement.caveats if item.id in record.caveats]
    may, ask, never = _by_answer(tell, record, rules)
    sections = [Section("self", say.self_defence, tuple(Line("", text) for text in say.self_defence_text))]
    if record.gates:
        sections.append(Section("gate", say.gate_title, tuple(Line("", say.gates[gate]) for gate in record.gates)))
    sections += [
        Section("may", say.you_may, may or (Line("", say.nothing),), say.more.format(n=withheld) if withheld else ""),
        *([Section("ask", say.on_word, ask)] if ask else []),
        Section("never", say.you_may_not, never, say.silence),
        Section("nation", say.national, tuple(_limit(tell, item) for item in caveats) or (Line("", say.no_national),)),
        Section("plain", say.before_force, tuple(Line(str(number), text) for number, text in enumerate(say.before_force_steps, 1))),
        Section("plain", say.protect, _protected(tell, record)),
        Section("plain", say.detention, tuple(Line("", text) for text in say.detention_steps)),
        Section("call", say.call, tuple(Line(tell.post(post), say.call_line) for post in record.posts)),
    ]
    shown = [rules[line.rule] for line in record.lines] + [rules[name] for name in record.prohibitions]
    return Card(
        language=language,
        heading=say.card,
        mission=mission.about.title,
        contingent=say.contingent.format(nation=tell.member(record.member)),
        valid=say.valid_on.format(date=tell.date(record.day)),
        until="" if record.holds_until is None else say.valid_until.format(date=tell.date(record.holds_until)),
        sections=tuple(section for section in sections if section.lines or section.rest),
        marking=marking_line(tell, shown, caveats),
        source=say.source.format(folder=mission.about.id),
        advice=say.advice,
    )


def released(mission: Mission, record: CardRecord) -> CardRecord:
    """The record without rules whose own marking keeps them from the nation of the contingent."""
    names = {record.member}
    names |= {name for item in mission.alliance.members if item.id == record.member for name in item.organisations}
    closed = {
        rule.id
        for rule in mission.engagement.rules
        if rule.marking is not None and not readable_by(rule.marking, names, mission.about.lead)
    }
    return record.model_copy(
        update={
            "lines": tuple(line for line in record.lines if line.rule not in closed),
            "prohibitions": tuple(name for name in record.prohibitions if name not in closed),
        }
    )


def marking_line(tell: Telling, rules: Iterable[Rule], caveats: Iterable[Caveat]) -> str:
    """The marking of a sheet on which these rules and caveats stand, in one line."""
    mission = tell.mission
    items = [mission.engagement.marking, *(item.marking for item in (*rules, *caveats))]
    marking = combined([item for item in items if item is not None], mission.about.marking)
    policy = f"{marking.policy} " if marking.policy else ""
    released = tell.say.releasable.format(names=tell.listed(name.upper() for name in marking.releasable_to))
    return f"{policy}{marking.classification}" + (f", {released}" if marking.releasable_to else "")


def _by_answer(tell: Telling, record: CardRecord, rules: dict[str, Rule]) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    late = [line for line in record.lines if line.answer == "needs word" and _late(line)]
    may = tuple(_line(tell, record, line, rules[line.rule]) for line in record.lines if line.answer == "permitted")
    ask = tuple(_line(tell, record, line, rules[line.rule]) for line in record.lines if line.answer == "needs word" and line not in late)
    barred = [] if record.gates else [line for line in record.lines if line.answer == "prohibited"]
    never = tuple(_line(tell, record, line, rules[line.rule]) for line in barred)
    return may, ask, (*(_prohibition(tell, rules[name]) for name in record.prohibitions), *never, *_not_asked(tell, record, late, rules))


def _late(line: CardLine) -> tuple[Word, ...]:
    return tuple(word for word in line.words if word.caveat and word.hours >= NOT_ASKED_FROM)


def _not_asked(tell: Telling, record: CardRecord, lines: Iterable[CardLine], rules: dict[str, Rule]) -> Iterable[Line]:
    """Measures that only a distant word would open, in one line for each of those who give it."""
    say = tell.say
    titles: dict[tuple[tuple[str, float], ...], list[str]] = {}
    for line in lines:
        names = line.units or _of_contingent(tell, record, rules[line.rule])
        only = f" ({tell.listed(tell.unit(name) for name in names)})" if 0 < len(names) <= MOST_UNITS else ""
        titles.setdefault(tuple((word.by, word.hours) for word in _late(line)), []).append(tell.rule_title(rules[line.rule]) + only)
    for words, named in titles.items():
        lifted = " ".join(say.lifted_by.format(by=by, time=tell.wait(hours), colon=say.colon) for by, hours in words)
        yield Line(title=say.series.join(dict.fromkeys(named)), detail=lifted)


def _line(tell: Telling, record: CardRecord, line: CardLine, rule: Rule) -> Line:
    say = tell.say
    details = [tell.conditions(rule)]
    names = line.units or _of_contingent(tell, record, rule)
    if names and len(names) <= MOST_UNITS:
        details.append(say.only_units.format(colon=say.colon, units=tell.listed(tell.unit(name) for name in names)))
    elif names:
        shown = tell.listed([*(tell.unit(name) for name in names[:MOST_UNITS]), "…"])
        details.append(say.only_units.format(colon=say.colon, units=shown))
    if rule.word_if_possible and line.answer == "needs word" and not line.caveats:
        details.append(say.out_of_reach)
    if rule.crossing and _kept_at_home(tell, record):
        details.append(say.see_limits)
    if rule.status in (RuleStatus.REQUESTED, RuleStatus.AUTHORISED):
        details.append(say.awaited)
    return Line(
        title=tell.rule_title(rule),
        text=tell.rule_text(rule),
        detail=APART.join(part for part in details if part),
        number=rule.number,
        word=tell.listed((tell.word(word) for word in line.words), say.and_),
    )


def _of_contingent(tell: Telling, record: CardRecord, rule: Rule) -> tuple[str, ...]:
    """Units of the contingent that a rule names; none where it names no units."""
    own = {item.id for item in tell.mission.forces.pledges if item.member == record.member}
    return tuple(name for name in rule.units if name in own)


def _kept_at_home(tell: Telling, record: CardRecord) -> bool:
    return any(item.bars_crossing for item in tell.mission.engagement.caveats if item.id in record.caveats)


def _prohibition(tell: Telling, rule: Rule) -> Line:
    return Line(tell.rule_title(rule), tell.rule_text(rule), tell.conditions(rule), rule.number)


def _limit(tell: Telling, caveat: Caveat) -> Line:
    say = tell.say
    details = []
    if caveat.hours is not None:
        details.append(say.only_between.format(hours=tell.hours(caveat.hours)))
    if caveat.season is not None:
        details.append(say.seasons[caveat.season])
    if not caveat.declared:
        details.append(say.observed)
    if caveat.bars_crossing:
        details.append(say.own_sector_only)
    lifted = say.not_lifted
    if caveat.waived_by:
        lifted = say.lifted_by.format(by=caveat.waived_by, time=tell.wait(caveat.expected_delay), colon=say.colon)
    return Line("", tell.caveat_text(caveat), APART.join([*details, lifted]))


def _protected(tell: Telling, record: CardRecord) -> tuple[Line, ...]:
    always = tuple(Line("", text) for text in tell.say.protect_always)
    if not record.protected:
        return always
    named = tell.listed(tell.say.protected[item] for item in record.protected)
    return (Line("", named[0].upper() + named[1:] + "."), *always)
