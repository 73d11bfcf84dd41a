"""Training cards in words: the situation, the question, three answers, the right one and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from casque.mission.engagement import Rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, Protected, RuleKind
from casque.plan.card import Vignette, VignetteSet
from casque.plan.engagement import Answer
from casque.products.cards.card import marking_line
from casque.products.cards.telling import Telling, phrases_of

ANSWERS: tuple[Answer, ...] = ("permitted", "needs word", "prohibited")
"""The answers in the order in which they are offered."""


@dataclass(frozen=True)
class Asked:
    """One training card."""

    number: int
    heading: str
    situation: tuple[str, ...]
    question: str
    options: tuple[str, ...]
    right: int
    """Number of the right option, from 1."""
    why: tuple[str, ...]


@dataclass(frozen=True)
class Training:
    """A set of training cards in one language."""

    language: str
    heading: str
    subtitle: str
    cards: tuple[Asked, ...]
    marking: str
    because: str
    asked: str

    def as_dict(self) -> dict[str, Any]:
        """The set as plain values, for the templates and for machines."""
        return asdict(self)


def training_of(mission: Mission, found: VignetteSet, language: str) -> Training:
    """The training cards of a set. Raises BadInput for a language without phrases."""
    say = phrases_of(language)
    tell = Telling(mission, say)
    return Training(
        language=language,
        heading=say.training,
        subtitle=say.training_subtitle.format(nation=tell.member(found.member), date=tell.date(found.day), seed=found.seed),
        cards=tuple(_asked(tell, item, len(found.vignettes)) for item in found.vignettes),
        marking=marking_line(tell, mission.engagement.rules, [item for item in mission.engagement.caveats if item.member == found.member]),
        because=say.because,
        asked=say.asked,
    )


def _asked(tell: Telling, item: Vignette, of: int) -> Asked:
    say = tell.say
    return Asked(
        number=item.number,
        heading=say.question.format(n=item.number, of=of),
        situation=_situation(tell, item),
        question=say.may_you.format(colon=say.colon, measure=measure_title(tell, item.measure, item.rule)),
        options=tuple(option.format(by=item.offered) for option in say.options),
        right=ANSWERS.index(item.answer) + 1,
        why=tuple(_why(tell, item)),
    )


def measure_title(tell: Telling, measure: str, rule: str) -> str:
    """What a measure is called: the title of a rule that permits it, or for force that several rules speak about, how much it is."""
    if not rule:
        return tell.say.self_defence_measure
    rules = [item for item in tell.mission.engagement.rules if item.regulates == measure]
    permitting = [item for item in rules if item.permits] or rules
    levels = [item.force_level for item in permitting]
    shared = permitting[0].family.startswith("1") and (len(permitting) > 1 or any(item.protects for item in permitting))
    if shared:
        return tell.say.force[min(levels, key=lambda level: level.rank)]
    title = tell.rule_title(next((item for item in permitting if item.id == rule), permitting[0]))
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def _situation(tell: Telling, item: Vignette) -> tuple[str, ...]:
    say = tell.say
    where = say.in_sector.format(sector=tell.sector(item.sector))
    if item.place:
        where = say.at_place.format(place=tell.place(item.place), sector=tell.sector(item.sector))
    moment = say.on_day.format(date=tell.date(item.day), hour=f"{item.hour:02d}")
    first = [moment, say.with_unit.format(colon=say.colon, unit=tell.unit(item.unit))]
    if item.own_sector:
        first.append(say.posted.format(sector=tell.sector(item.own_sector)))
    first.append(where)
    if item.own_sector and item.own_sector != item.sector:
        first.append(say.outside)
    case = [say.is_case[one] for one in item.given] + [say.is_not_case[one] for one in item.absent]
    if not item.rule:
        case.insert(1, say.attacked)
    if item.protecting is not None:
        case.append(say.protecting[item.protecting])
    return " ".join(first), " ".join(case or [say.nothing_more])


def _why(tell: Telling, item: Vignette) -> Iterable[str]:
    say = tell.say
    rules = {rule.id: rule for rule in tell.mission.engagement.rules}
    caveats = {caveat.id: caveat for caveat in tell.mission.engagement.caveats}
    if not item.rule:
        yield say.why_self_defence
    elif not item.decided_by:
        yield say.why_silence
    for name in item.decided_by:
        kind, _, key = name.partition(":")
        if kind == "gate":
            yield say.why_gate[name]
        elif kind == "caveat":
            lifted = next((word for word in item.words if word.caveat == key), None)
            text = say.why_caveat.format(colon=say.colon, text=tell.caveat_text(caveats[key]))
            by = "" if lifted is None else say.lifted_by.format(by=lifted.by, time=tell.wait(lifted.hours), colon=say.colon)
            yield f"{text} {by}".strip()
        else:
            yield _why_rule(tell, rules[key], item)
    if item.otherwise is not None and item.change:
        yield say.turn.format(answer=tell.quoted(say.short_answers[item.otherwise]), change=_change(tell, item.change))


def _why_rule(tell: Telling, rule: Rule, item: Vignette) -> str:
    say = tell.say
    title = tell.quoted(tell.rule_title(rule))
    if rule.kind is RuleKind.PROHIBITION:
        return say.why_prohibition.format(title=title)
    given = next((word for word in item.words if not word.caveat), None)
    if rule.kind is RuleKind.LIMITATION and item.answer == "needs word" and given is not None:
        return say.why_limitation.format(title=title, by=given.by, time=tell.wait(given.hours))
    return say.why_rule.format(title=title) + (f" {say.out_of_reach}" if rule.kind is RuleKind.LIMITATION else "")


def _change(tell: Telling, change: str) -> str:
    say = tell.say
    lesson, _, value = change.partition(":")
    phrase = say.changes[lesson]
    match lesson[1:]:
        case "circumstance":
            what = say.is_case[Circumstance(value)]
            return phrase.format(colon=say.colon, what=what[0].lower() + what[1:].rstrip("."))
        case "protected":
            return phrase.format(colon=say.colon, what=say.protected[Protected(value)])
        case "boundary":
            return phrase.format(colon=say.colon, what=tell.sector(value))
        case "unit":
            return phrase.format(colon=say.colon, what=tell.unit(value))
        case "hour":
            return phrase.format(colon=say.colon, what=f"{int(value):02d}")
    return phrase
