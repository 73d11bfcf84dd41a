"""The pocket card of a contingent: the rules in force for it in the words of its language, section by section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from casque.mission.engagement import Caveat, Rule
from casque.mission.marking import combined, readable_by
from casque.mission.mission import Mission
from casque.plan.card import CardLine, CardRecord
from casque.products.cards.telling import Telling, phrases_of

LIFTS_FROM = {"may": (1, 3), "ask": (2, 4), "never": (5, 5), "nation": (99, 99), "call": (99, 99)}
"""By kind of section, the steps of shortening from which sentences go that conditions sum up, and from which all go."""
CUTS_FROM = {"may": 6, "ask": 6, "call": 6, "never": 18, "nation": 18}
"""By kind of section, the step from which whole lines go, one a list and step; what is forbidden goes last."""
MOST_LINES = {"may": 15, "ask": 15, "call": 6, "never": 12, "nation": 8}
"""By kind of section, the lines that are left at that step."""
FEWEST_LINES = 3
LAST_STEP = 28
"""The last step, at which long texts are clipped too."""
MOST_SIGNS = 120
"""Signs of a text at the last step."""

MOST_UNITS = 3
"""Units that a line names one by one."""


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


def shortened(card: Card, step: int) -> Card:
    """The card with less on it, for one that does not fit its page.

    First what may be done loses the sentences that its conditions sum up, then what is to be asked for; then both lose all sentences,
    then what is forbidden. After that every list of rules and limits is cut, and says by how many lines.
    """
    say = phrases_of(card.language)
    sections = []
    for section in card.sections:
        if section.kind not in LIFTS_FROM:
            sections.append(section)
            continue
        summed, wholly = LIFTS_FROM[section.kind]
        lines = tuple(
            replace(line, text="") if line.title and (step >= wholly or (step >= summed and line.detail)) else line
            for line in section.lines
        )
        cuts = step - CUTS_FROM[section.kind]
        most = max(FEWEST_LINES, MOST_LINES[section.kind] - cuts) if cuts >= 0 else len(lines)
        rest = section.rest
        if len(lines) > most:
            rest = f"{say.more.format(n=len(lines) - most)} {rest}".strip()
        sections.append(replace(section, lines=tuple(_clipped(line, step) for line in lines[:most]), rest=rest))
    return replace(card, sections=tuple(sections))


def _clipped(line: Line, step: int) -> Line:
    if step < LAST_STEP:
        return line
    return Line(*(text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…" for text in astuple(line)))


def _by_answer(tell: Telling, record: CardRecord, rules: dict[str, Rule]) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    may = tuple(_line(tell, line, rules[line.rule]) for line in record.lines if line.answer == "permitted")
    ask = tuple(_line(tell, line, rules[line.rule]) for line in record.lines if line.answer == "needs word")
    barred = [] if record.gates else [line for line in record.lines if line.answer == "prohibited"]
    never = tuple(_line(tell, line, rules[line.rule]) for line in barred)
    return may, ask, (*(_prohibition(tell, rules[name]) for name in record.prohibitions), *never)


def _line(tell: Telling, line: CardLine, rule: Rule) -> Line:
    say = tell.say
    details = [tell.conditions(rule)]
    names = line.units or rule.units
    if names and len(names) <= MOST_UNITS:
        details.append(say.only_units.format(colon=say.colon, units=tell.listed(tell.unit(name) for name in names)))
    elif names:
        shown = tell.listed([*(tell.unit(name) for name in names[:MOST_UNITS]), "…"])
        details.append(say.only_units.format(colon=say.colon, units=shown))
    if rule.word_if_possible and line.answer == "needs word":
        details.append(say.out_of_reach)
    return Line(
        title=tell.rule_title(rule),
        text=tell.rule_text(rule),
        detail=" · ".join(part for part in details if part),
        number=rule.number,
        word="; ".join(tell.word(word) for word in line.words),
    )


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
    lifted = say.not_lifted
    if caveat.waived_by:
        lifted = say.lifted_by.format(by=caveat.waived_by, time=tell.wait(caveat.expected_delay), colon=say.colon)
    return Line("", tell.caveat_text(caveat), " · ".join([*details, lifted]))


def _protected(tell: Telling, record: CardRecord) -> tuple[Line, ...]:
    always = tuple(Line("", text) for text in tell.say.protect_always)
    if not record.protected:
        return always
    named = tell.listed(tell.say.protected[item] for item in record.protected)
    return (Line("", named[0].upper() + named[1:] + "."), *always)
