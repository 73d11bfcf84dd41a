"""What would change an answer: another circumstance, time, place or unit, a caveat lifted, a rule or agreement brought into force.

Every change that a request can express is decided anew before it is told, so that what is told is true; so is every bar that would fall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casque.engagement.conditions import Step, bindings, ending, escapes, opening, silencing, toward
from casque.engagement.decide import RANK
from casque.engagement.law import Law, RuleTable
from casque.engagement.request import SELF_DEFENCE, Request
from casque.engagement.titles import Titles, wait_text
from casque.engagement.weigh import Weighed, settled, weigh, without
from casque.mission.vocabulary import Circumstance, RuleKind
from casque.plan.engagement import Answer

MOST = 8
"""Changes that are told of one answer."""
_STEPS = 5
"""Bars that may have to fall together."""


@dataclass(frozen=True)
class Change:
    """One change and the answer after it."""

    conditions: tuple[str, ...]
    """What would be different, all of it together."""
    item: str
    """The text that would then speak or fall silent, as `kind:id`."""
    effect: str
    """What that text would do."""
    answer: Answer
    """The answer then. Still prohibited means that other bars would have to fall as well."""
    delay: float
    """Expected hours until the last word comes then."""
    request: Request | None
    """The request so changed; none where it is the law that changes."""
    before: Answer
    """The answer as it is."""

    @property
    def sentence(self) -> str:
        """The change in words."""
        after = {
            "permitted": "then permitted",
            "needs word": f"then on a word (about {wait_text(self.delay)})",
            "prohibited": "then prohibited",
        }
        alone = self.answer == self.before == "prohibited"
        text = f"{', '.join(self.conditions)}: {self.effect}; {'not enough alone' if alone else after[self.answer]}."
        return text[:1].upper() + text[1:]


def changes(law: Law, titles: Titles, request: Request, weighed: Weighed) -> tuple[Change, ...]:
    """What would change an answer, the changes that free most first; of a permission, what would take it away."""
    if request.measure == SELF_DEFENCE:
        return ()
    looking = _Looking(law, titles, request, weighed)
    if weighed.answer == "permitted":
        found = list(looking.losses())
        found.sort(key=lambda change: (-RANK[change.answer], len(change.conditions)))
    else:
        found = [*looking.bars_falling(), *looking.rules_speaking(), *looking.words_spared(), *looking.together()]
        found.sort(key=lambda change: (RANK[change.answer], change.request is None, len(change.conditions), change.delay))
    return tuple(dict.fromkeys(found))[:MOST]


class _Looking:
    """The search for changes of one answer."""

    def __init__(self, law: Law, titles: Titles, request: Request, weighed: Weighed) -> None:
        self.law, self.titles, self.request, self.weighed = law, titles, request, weighed
        self.rules = {f"rule:{table.rule.id}": table for table in (*law.measures[request.measure], *law.bounds)}
        self.caveats = {f"caveat:{table.caveat.id}": table for table in law.caveats[request.unit]}

    def bars_falling(self) -> Iterator[Change]:
        """Each bar and each caveat on a word, and what would take it away."""
        liftable = tuple(f"caveat:{table.caveat.id}" for table in self.weighed.liftable)
        for item in (*self.weighed.bars, *(liftable if self.weighed.answer == "needs word" else ())):
            after = without(self.weighed, (item,))
            if item in liftable:
                caveat = self.caveats[item].caveat
                words, effect = f"once {caveat.waived_by} lifts it", f"{self._caveat(item)} no longer stands in the way"
                yield self._change((words,), item, effect, after, None)
            for step in self._ways_round(item, self.request):
                if step.request is None:
                    yield self._change(step.conditions, item, self._falls(item), after, None)
                    continue
                decided = weigh(self.law, step.request)
                still = (*decided.bars, *(f"caveat:{table.caveat.id}" for table in decided.liftable))
                if item not in still and (RANK[decided.answer] < RANK[self.weighed.answer] or item in self.weighed.bars):
                    yield self._change(step.conditions, item, self._falls(item), decided, step.request)

    def rules_speaking(self) -> Iterator[Change]:
        """Rules that do not speak now and would permit it, or permit it on a quicker word."""
        if self.weighed.permissions:
            return
        heard = {table.rule.id for table in self.weighed.limitations}
        for item, table in self.rules.items():
            if not table.rule.permits or table.rule.id in heard:
                continue
            step = toward(self.law, self.titles, table, self.request)
            effect = f"the rule '{table.rule.title}' would {'permit it' if table.rule.kind == 'permission' else 'permit it on a word'}"
            if step.request is None:
                continue
            decided = weigh(self.law, step.request)
            if step.supposed:
                decided = _supposing(decided, table)
            # Where bars and silence both forbid, a rule that speaks is needed too, although it frees nothing alone.
            needed = bool(self.weighed.bars) and set(decided.bars) <= set(self.weighed.bars) and not heard
            if self._freer(decided) or (needed and without(decided, decided.bars).answer != "prohibited"):
                yield self._change(step.conditions, item, effect, decided, None if step.supposed else step.request)

    def words_spared(self) -> Iterator[Change]:
        """Limitations whose word may be done without while the superior is out of reach."""
        for table in self.weighed.limitations if self.weighed.answer == "needs word" else ():
            if table.rule.word_if_possible:
                asked = replace(self.request, given=self.request.given | {Circumstance.OUT_OF_REACH})
                decided = weigh(self.law, asked)
                if self._freer(decided):
                    effect = f"the rule '{table.rule.title}' does without the word"
                    yield self._change((f"given '{Circumstance.OUT_OF_REACH}'",), f"rule:{table.rule.id}", effect, decided, asked)

    def together(self) -> Iterator[Change]:
        """All that has to be different at once, where no single change frees it."""
        if self.weighed.answer != "prohibited":
            return
        asked, decided = self.request, self.weighed
        conditions: list[str] = []
        items: list[str] = []
        for _ in range(_STEPS):
            if decided.answer != "prohibited":
                break
            found = self._next(asked, decided)
            if found is None:
                return
            item, step = found
            assert step.request is not None, "only steps that a request can express are taken"
            asked, decided = step.request, weigh(self.law, step.request)
            conditions.extend(step.conditions)
            items.append(item)
        if decided.answer != "prohibited" and len(items) > 1:
            speaking = self.rules[items[-1]].rule if items[-1] in self.rules else None
            effect = f"the rule '{speaking.title}' would speak and nothing would bar it" if speaking else "nothing would bar it"
            yield self._change(tuple(dict.fromkeys(conditions)), items[-1], effect, decided, asked)

    def losses(self) -> Iterator[Change]:
        """What would take a permission away: prohibitions that would speak, caveats that would bind, rules that end."""
        rank = self.law.force[self.request.measure]
        for item, table in self.rules.items():
            if not table.rule.permits and (table.rule.regulates or rank > table.rule.force_level.rank):
                yield from self._lost(
                    item, f"the prohibition '{table.rule.title}' would forbid it", toward(self.law, self.titles, table, self.request)
                )
        for item, caveat in self.caveats.items():
            unit = self.law.units[self.request.unit]
            if caveat.bars(self.request.measure, unit.sector, self.request.sector, self.request.place):
                for binding in bindings(self.law, self.titles, caveat, self.request):
                    yield from self._lost(item, f"{self._caveat(item)} would bar it", binding)
        for table in self.weighed.permissions:
            for last in ending(self.titles, table, self.request):
                yield from self._lost(f"rule:{table.rule.id}", f"the rule '{table.rule.title}' no longer holds", last)

    def _lost(self, item: str, effect: str, step: Step) -> Iterator[Change]:
        if step.request is None or step.supposed or step.request.unit != self.request.unit:
            return
        decided = weigh(self.law, step.request)
        if RANK[decided.answer] > RANK[self.weighed.answer]:
            yield self._change(step.conditions, item, effect, decided, step.request)

    def _next(self, asked: Request, decided: Weighed) -> tuple[str, Step] | None:
        """The next step on the way to a freer answer: around the first bar, or else towards the nearest rule."""
        if decided.bars:
            item = decided.bars[0]
            for step in self._ways_round(item, asked):
                if step.request is not None and item not in weigh(self.law, step.request).bars:
                    return item, step
            return None
        steps = [(item, toward(self.law, self.titles, table, asked)) for item, table in self.rules.items() if table.rule.permits]
        able = [(item, step) for item, step in steps if step.request is not None and not step.supposed]
        return min(able, key=lambda pair: len(pair[1].conditions), default=None)

    def _ways_round(self, item: str, request: Request) -> Iterator[Step]:
        kind, _, name = item.partition(":")
        if kind == "gate":
            yield opening(self.law, self.titles, name, request)
        elif kind == "rule":
            yield from silencing(self.titles, self.rules[item], request)
            yield Step(("if that prohibition were withdrawn",), None)
        else:
            # On the way to a freer answer the request may have come to be about another unit, with other caveats.
            table = next(caveat for caveat in self.law.caveats[request.unit] if caveat.caveat.id == name)
            yield from escapes(self.law, self.titles, table, request)
            if not table.caveat.waived_by:
                nation = self.titles.members.get(table.caveat.member, table.caveat.member)
                yield Step((f"if somebody in {nation} were named who can lift it, and did",), None)

    def _falls(self, item: str) -> str:
        kind, _, name = item.partition(":")
        if kind == "gate":
            return "authority over the unit is passed on" if name == "transfer" else "its status in the country is settled"
        if kind == "rule":
            return f"the prohibition '{self.rules[item].rule.title}' does not speak"
        return f"{self._caveat(item)} does not bar it"

    def _caveat(self, item: str) -> str:
        return f"the caveat {self.caveats[item].caveat.id}"

    def _freer(self, decided: Weighed) -> bool:
        old = self.weighed
        return (RANK[decided.answer], decided.delay) < (RANK[old.answer], old.delay)

    def _change(self, conditions: tuple[str, ...], item: str, effect: str, decided: Weighed, request: Request | None) -> Change:
        return Change(conditions, item, effect, decided.answer, round(decided.delay, 6), request, self.weighed.answer)


def _supposing(weighed: Weighed, table: RuleTable) -> Weighed:
    """The decision if one more rule spoke."""
    if table.rule.kind is RuleKind.PERMISSION:
        return settled(replace(weighed, permissions=(*weighed.permissions, table)))
    quickest = min(weighed.quickest, table.rule.delay) if weighed.limitations else table.rule.delay
    return settled(replace(weighed, limitations=(*weighed.limitations, table), quickest=quickest))
