"""How a card tells days, waits, names and conditions in its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from casque.errors import BadInput
from casque.mission.engagement import Caveat, HoursOfDay, Rule
from casque.mission.faults import nearest
from casque.mission.mission import Mission
from casque.plan.card import Word
from casque.products.cards.english import ENGLISH
from casque.products.cards.french import FRENCH
from casque.products.cards.phrases import Phrases

LANGUAGES: Mapping[str, Phrases] = {phrases.language: phrases for phrases in (ENGLISH, FRENCH)}
"""Languages in which cards are made, by ISO 639-1 code."""

HOURS_PER_DAY = 24
IN_DAYS_FROM = 48
"""Hours from which a wait is told in days."""


def phrases_of(language: str) -> Phrases:
    """The phrases of a language. Raises BadInput for one that there are none for."""
    if language not in LANGUAGES:
        near = nearest(language, LANGUAGES)
        hint = f" Did you mean '{near}'?" if near else ""
        raise BadInput(f"no cards in the language '{language}'.{hint}", next_step=f"Languages: {', '.join(LANGUAGES)}.")
    return LANGUAGES[language]


@dataclass(frozen=True)
class Telling:
    """A mission's days and names as a card of one language writes them."""

    mission: Mission
    say: Phrases

    def date(self, day: int) -> str:
        """`22 June 1999 (D+10)`."""
        then = self.mission.about.d_day + timedelta(days=day)
        counted = self.say.counted.format(sign="+" if day >= 0 else "−", days=abs(day))
        first = "1er" if then.day == 1 and self.say.language == "fr" else str(then.day)
        return f"{self.say.date.format(day=first, month=self.say.months[then.month - 1], year=then.year)} ({counted})"

    def wait(self, hours: float) -> str:
        """How long a word takes."""
        if hours <= 0:
            return self.say.at_once
        if hours < 1:
            return self.say.minutes.format(n=round(hours * 60))
        if hours < IN_DAYS_FROM:
            return self.say.hours.format(n=f"{hours:.3g}")
        return self.say.days.format(n=round(hours / HOURS_PER_DAY))

    def hours(self, hours: HoursOfDay) -> str:
        """A stretch of the day."""
        return self.say.between.format(start=f"{hours.start:02d}", end=f"{hours.end:02d}")

    def listed(self, names: Iterable[str], last: str = "") -> str:
        """Names in a row, the last after a word of its own, such as `or`."""
        items = list(names)
        if len(items) < 2 or not last:
            return self.say.comma.join(items)
        return self.say.comma.join(items[:-1]) + last + items[-1]

    def quoted(self, text: str) -> str:
        """A text in quotation marks."""
        return f"{self.say.open_quote}{text}{self.say.close_quote}"

    def word(self, word: Word) -> str:
        """Whose word, and how long it takes."""
        return self.say.word_of.format(by=word.by, time=self.wait(word.hours))

    def slowest(self, words: Iterable[Word]) -> str:
        """Who gives the words that are needed."""
        return self.listed(dict.fromkeys(item.by for item in words), self.say.and_)

    def rule_title(self, rule: Rule) -> str:
        """Title of a rule in the language, or in English where it was not translated."""
        told = rule.translations.get(self.say.language)
        return typographic((told.title if told is not None else "") or rule.title, self.say.language)

    def rule_text(self, rule: Rule) -> str:
        """What a rule says, in the language; marked where it was not translated."""
        return self._text(rule)

    def caveat_text(self, caveat: Caveat) -> str:
        """What a caveat says, in the language; marked where it was not translated."""
        return self._text(caveat)

    def unit(self, name: str) -> str:
        """What a unit is called."""
        return next((item.name for item in self.mission.forces.pledges if item.id == name), name)

    def member(self, name: str) -> str:
        """What a member is called."""
        return next((item.name for item in self.mission.alliance.members if item.id == name), name)

    def sector(self, name: str) -> str:
        """What a sector is called."""
        return next((item.name for item in self.mission.area.sectors if item.id == name), name)

    def place(self, name: str) -> str:
        """What a place is called."""
        return next((item.name for item in self.mission.area.places if item.id == name), name)

    def post(self, name: str) -> str:
        """What a command post is called."""
        return next((item.name for item in self.mission.alliance.command_posts if item.id == name), name)

    def conditions(self, rule: Rule) -> str:
        """When, for whom, where and at what hours a rule holds, in one line; empty where it always does."""
        say, parts = self.say, []
        case = [self.say.circumstances[item] for item in rule.given_all]
        if rule.given_any:
            any_of = self.listed((say.circumstances[item] for item in rule.given_any), say.or_)
            case.append(any_of if len(rule.given_any) == 1 or not case else say.when_any.format(any=any_of))
        if case:
            parts.append(say.when.format(colon=say.colon, all=self.listed(case)))
        if rule.unless:
            parts.append(say.unless.format(colon=say.colon, any=self.listed((say.circumstances[item] for item in rule.unless), say.or_)))
        if rule.protects:
            parts.append(say.to_protect.format(colon=say.colon, any=self.listed(say.protected[item] for item in rule.protects)))
        if rule.capabilities:
            kinds = self.listed(say.capabilities[item] for item in rule.capabilities)
            parts.append(say.only_capabilities.format(colon=say.colon, kinds=kinds))
        where = [self.place(item) for item in rule.places] or [self.sector(item) for item in rule.sectors]
        if where:
            parts.append(say.only_in.format(colon=say.colon, places=self.listed(where)))
        if rule.hours is not None:
            parts.append(say.only_between.format(hours=self.hours(rule.hours)))
        return " · ".join(parts)

    def _text(self, item: Rule | Caveat) -> str:
        told = item.translations.get(self.say.language)
        if told is not None:
            return typographic(told.text, self.say.language)
        return item.text if self.say.language == ENGLISH.language else f"{item.text} {self.say.untranslated}"


def typographic(text: str, language: str) -> str:
    """A written text with the apostrophes and the narrow habits of its language: French keeps blanks before double signs unbroken."""
    text = text.replace("'", "’")
    if language == FRENCH.language:
        for sign in ";:!?»":
            text = text.replace(f" {sign}", f"\u00a0{sign}")
        text = text.replace("« ", "«\u00a0")
    return text
