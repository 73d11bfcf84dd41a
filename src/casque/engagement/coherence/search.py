"""The questions that are put to a set of rules, one after the other, and the clashes that they turn up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casque.engagement.coherence.bars import Bars
from casque.engagement.coherence.conditions import Texts
from casque.engagement.coherence.ground import Ground, Spot, UnitClass
from casque.engagement.coherence.solver import Condition, Prover
from casque.mission.engagement import Rule
from casque.mission.vocabulary import RuleKind
from casque.plan.coherence import Kind, Situation


@dataclass(frozen=True, eq=False)
class Clash:
    """One question that came out badly."""

    kind: Kind
    subjects: tuple[str, ...]
    why: str
    prover: Prover
    """Where it came out."""
    fixed: Sequence[Any]
    """What was taken for granted."""
    asked: Sequence[Condition]
    """What was asked of a situation."""
    conflict: Sequence[Condition]
    """The part of it that no situation meets; empty where one does, and that is the trouble."""
    measure: str = ""
    member: str = ""
    sector: str = ""
    sides: tuple[str, ...] = ()
    """Who stands against whom, where there is no conflicting set."""


class Search:
    """All questions to the rules of a mission."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.mission = ground.mission
        self.texts = Texts(ground)
        self.bars = Bars(self.texts)
        self._provers: dict[str, Prover] = {}
        self.units = {pledge.id: pledge for pledge in self.mission.forces.pledges}
        self._dead: set[str] = set()
        self._known: dict[str, list[tuple[Condition, ...]]] = {}
        self._met: dict[str, list[tuple[UnitClass, Spot, int]]] = {}
        """By measure, units, spots and days for which some situation gave leave."""

    def prover(self, measure: str) -> Prover:
        """The solver for questions about a measure: each meets the rules of its own measure only, which keeps it quick."""
        if measure not in self._provers:
            self._provers[measure] = Prover(self.ground)
        return self._provers[measure]

    def all(self) -> Iterator[Clash]:
        """Every clash. Rules that never apply or are wholly barred are named as such and nowhere else."""
        for rule in self.mission.engagement.rules:
            yield from self._never_applies(rule)
        for rule in self.mission.engagement.rules:
            if rule.permits and rule.id not in self._dead:
                yield from self._barred(rule)
        yield from self._words_never_needed()
        yield from self._meetings()
        yield from self._task_gaps()
        yield from self._idle_caveats()

    def example(self, clash: Clash) -> tuple[Situation | None, str]:
        """The plainest situation of a clash; for a conflicting set the one that meets all but the last of it, and that one in words."""
        if clash.sides:
            return clash.prover.plainest(clash.fixed, clash.asked, clash.measure), ""
        if clash.kind == "prohibition without effect" or any(item.key.endswith(" units") for item in clash.conflict[-1:] if not item.rule):
            return None, ""
        near = clash.prover.nearest(clash.fixed, clash.asked, clash.conflict, clash.measure)
        return (near[0], near[1].text) if near else (None, "")

    def _never_applies(self, rule: Rule) -> Iterator[Clash]:
        if self.texts.rule_days(rule) is None:
            self._dead.add(rule.id)
            return
        prover = self.prover(rule.regulates)
        asked, fixed = self.texts.of_rule(rule), [prover.use([rule.id])]
        conflict = prover.conflict(fixed, asked)
        if conflict is None:
            return
        self._dead.add(rule.id)
        kind: Kind = "never applies"
        why = f"“{rule.title}” can never apply."
        if all(item.circumstance for item in conflict):
            kind, why = "contradicts itself", f"“{rule.title}” can never apply: its own circumstances exclude each other."
        elif conflict == self.texts.idle(rule):
            kind, why = "prohibition without effect", f"“{rule.title}” forbids only what nothing permits."
        yield Clash(kind, (f"rule:{rule.id}",), why, prover, fixed, asked, conflict, rule.regulates)

    def _barred(self, rule: Rule) -> Iterator[Clash]:
        prover, subject = self.prover(rule.regulates), (f"rule:{rule.id}",)
        applies, fixed = self.texts.of_rule(rule), [prover.use([rule.id])]
        asked = [*applies, *self.bars.bars(rule.regulates)]
        conflict = prover.conflict(fixed, asked)
        if conflict is not None:
            self._dead.add(rule.id)
            why = f"“{rule.title}” never gives leave to anyone: wherever it applies, something forbids the act."
            yield Clash("wholly barred", subject, why, prover, fixed, asked, conflict, rule.regulates)
            return
        for member in self.ground.members:
            whose = [*fixed, prover.fix(f"of {member}", self.ground.of_member(member))]
            bars = self.bars.bars(rule.regulates, member)
            asked = [*applies, *bars]
            if not bars or prover.hold(whose, asked) or not prover.hold(whose, applies):
                continue
            conflict = prover.conflict(whose, asked) or ()
            why = f"“{rule.title}” never gives leave to units of {self.texts.member(member)}, though it speaks to them."
            yield Clash("barred for a contingent", subject, why, prover, whose, asked, conflict, rule.regulates, member)

    def _words_never_needed(self) -> Iterator[Clash]:
        for measure, rules in self.texts.measures.items():
            at_once = [rule for rule in rules if rule.kind is RuleKind.PERMISSION and rule.id not in self._dead]
            waiting = [rule for rule in rules if rule.kind is RuleKind.LIMITATION and rule.id not in self._dead]
            prover = self.prover(measure)
            for rule in waiting if at_once else ():
                fixed = [prover.use([rule.id])]
                asked = [*self.texts.of_rule(rule), *map(self.texts.not_used, at_once)]
                conflict = prover.conflict(fixed, asked)
                if conflict is not None:
                    why = f"The word that “{rule.title}” waits for is never needed: wherever it applies, a permission does too."
                    yield Clash("word never needed", (f"rule:{rule.id}",), why, prover, fixed, asked, conflict, measure)

    def _meetings(self) -> Iterator[Clash]:
        """Permissions and prohibitions that apply to the same situation, by prohibition."""
        for ban in self.mission.engagement.rules:
            if ban.permits or ban.id in self._dead:
                continue
            rules = [rule for measure in self.texts.measures for rule in self._let(measure) if ban in self.bars.forbidders(measure)]
            met = [rule for rule in rules if self.prover(rule.regulates).hold(*self._pair(rule, ban))]
            if met:
                fixed, asked = self._pair(met[0], ban)
                names = ", ".join(f"“{rule.title}”" for rule in met)
                why = f"“{ban.title}” forbids in some situations what {names} {'lets' if len(met) == 1 else 'let'} units do; it wins."
                sides = (f"“{ban.title}” forbids it", *(f"“{rule.title}” lets it be done" for rule in met))
                subjects = (f"rule:{ban.id}", *(f"rule:{rule.id}" for rule in met))
                prover = self.prover(met[0].regulates)
                yield Clash("permission meets prohibition", subjects, why, prover, fixed, asked, (), met[0].regulates, sides=sides)

    def _let(self, measure: str) -> list[Rule]:
        """Rules that let a measure be taken in some situation."""
        return [rule for rule in self.texts.measures[measure] if rule.permits and rule.id not in self._dead]

    def _pair(self, rule: Rule, ban: Rule) -> tuple[list[Any], list[Condition]]:
        prover = self.prover(rule.regulates)
        return [prover.use([rule.id]), prover.use([ban.id])], [*self.texts.of_rule(rule), *self.texts.of_rule(ban)]

    def _task_gaps(self) -> Iterator[Clash]:
        """Measures that a task needs and that no situation of it permits, by task, measure and sector."""
        rules = self.texts.rules
        for task in self.mission.tasks.tasks:
            wanted = dict.fromkeys(rules[name].regulates for name in task.rules_to_use if name in rules and rules[name].permits)
            for measure in wanted:
                users = [rule for rule in self.texts.measures[measure] if rule.permits]
                prover = self.prover(measure)
                fixed = [prover.use([rule.id for rule in users])]
                general = [*(item for rule in users for item in self.texts.of_rule(rule)), *self.bars.bars(measure)]
                met = self._met.setdefault(measure, [])
                for sector in task.sectors:
                    if any(self.texts.fits(task, sector, *cell) for cell in met):
                        continue
                    asked = [*self.texts.of_task(task, sector), *general]
                    conflict = self._conflict(measure, fixed, asked)
                    if conflict is None:
                        met.append(prover.met())
                    else:
                        why = f"“{task.title}” needs the measure {measure}, and no situation lets any unit that it could use take it."
                        yield Clash(
                            "task without a situation", (f"task:{task.id}",), why, prover, fixed, asked, conflict, measure, sector=sector
                        )

    def _conflict(self, measure: str, fixed: Sequence[Any], asked: Sequence[Condition]) -> tuple[Condition, ...] | None:
        """The conflicting set of a measure; one that is known already is taken again."""
        known = self._known.setdefault(measure, [])
        keys = {item.key for item in asked}
        for conflict in known:
            if all(item.key in keys for item in conflict):
                return conflict
        found = self.prover(measure).conflict(fixed, asked)
        if found is not None:
            known.append(found)
        return found

    def _idle_caveats(self) -> Iterator[Clash]:
        for caveat in self.mission.engagement.caveats:
            asked = self.bars.of_caveat(caveat)
            conflict = self.prover("").conflict([], asked)
            if conflict is not None:
                why = f"The caveat of {self.texts.member(caveat.member)} never binds: {caveat.text}"
                yield Clash("caveat never binds", (f"caveat:{caveat.id}",), why, self.prover(""), [], asked, conflict, member=caveat.member)
