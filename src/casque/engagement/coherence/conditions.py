"""What every rule, caveat and agreement asks of a situation, condition by condition, each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casque.engagement.coherence.ground import Formula, Ground, Span, Spot, UnitClass, every, opposite, some
from casque.engagement.coherence.solver import Condition
from casque.engagement.problem import day_name
from casque.mission.engagement import Rule
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability, RuleKind, RuleStatus


class Texts:
    """The texts of a mission as conditions on the symbolic situation."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.mission = ground.mission
        self.rules = {rule.id: rule for rule in self.mission.engagement.rules}
        self.measures = self.mission.engagement.measures()
        self.force = {name: min(rule.force_level.rank for rule in rules if rule.permits) for name, rules in self.measures.items()}
        self._of_rule: dict[str, tuple[Condition, ...]] = {}
        area = self.mission.area
        self._names = {sector.id: sector.name for sector in area.sectors} | {place.id: place.name for place in area.places}
        self._members = {member.id: member.name for member in self.mission.alliance.members}

    def of_rule(self, rule: Rule) -> tuple[Condition, ...]:
        """All that a rule asks of a situation before it speaks; what asks nothing is left out."""
        if rule.id not in self._of_rule:
            asked = [
                *self._where_and_when(rule),
                *self._to_whom(rule),
                *self._in_case(rule),
                *(self._carried(rule) if rule.permits else ()),
            ]
            if not rule.permits:
                asked += self._something_to_forbid(rule)
            self._of_rule[rule.id] = tuple(item for item in asked if item.formula is not True)
        return self._of_rule[rule.id]

    def applies(self, rule: Rule) -> Formula:
        """A rule speaks to the situation."""
        return every(item.formula for item in self.of_rule(rule))

    def idle(self, ban: Rule) -> tuple[Condition, ...]:
        """That a prohibition has something to forbid, where it has not."""
        return tuple(item for item in self.of_rule(ban) if not ban.permits and item.key == f"{ban.id} forbids")

    def not_used(self, rule: Rule) -> Condition:
        """That a rule does not speak."""
        text = f"“{rule.title}” lets it be done without a word"
        return Condition(f"not {rule.id}", text, f"rule:{rule.id}", opposite(self.applies(rule)))

    def of_task(self, task: Task, sector: str) -> tuple[Condition, ...]:
        """That a situation is one of a task in a sector: within its days, with a unit that brings what it needs and may be there."""
        ground, subject = self.ground, f"task:{task.id}"
        asked = _asked(task, sector)
        able = ground.by_units(lambda item: self._able(task, sector, item))
        from_there = ground.by_units(lambda item: _from_there(task, sector, item))
        days = self.days(task.start, task.end)
        where = self.name(sector)
        made = (
            Condition(f"{subject} days", f"“{task.title}” {self.span_text(days, 'runs')}", subject, ground.on_days([days])),
            Condition(f"{subject} in {sector}", f"“{task.title}” is in {where}", subject, ground.in_sectors([sector])),
            Condition(f"{subject} able {sector}", f"“{task.title}” needs {', '.join(sorted(asked)) or 'a unit'}", subject, able),
            Condition(f"{subject} from {sector}", f"“{task.title}” is done by units of {where}", subject, from_there),
        )
        return tuple(item for item in made if item.formula is not True)

    def fits(self, task: Task, sector: str, unit: UnitClass, where: Spot, day: int) -> bool:
        """Whether a unit at a spot on a day is one that a task could use in a sector."""
        first, last = self.days(task.start, task.end)
        return where.sector == sector and first <= day <= last and self._able(task, sector, unit) and _from_there(task, sector, unit)

    def _able(self, task: Task, sector: str, unit: UnitClass) -> bool:
        asked = _asked(task, sector)
        manoeuvre = unit.manoeuvre and bool(asked & self.ground.manoeuvre_capabilities)
        return not task.needs or manoeuvre or bool(unit.capabilities & asked)

    def _where_and_when(self, rule: Rule) -> Iterator[Condition]:
        ground, days = self.ground, self.rule_days(rule)
        text = self.span_text(days, "holds") if days else f"holds on no day: it is {rule.status} without one"
        yield self._asks(rule, "days", text, ground.on_days([days] if days else []))
        if rule.sectors:
            where = ", ".join(map(self.name, rule.sectors))
            yield self._asks(rule, "sectors", f"holds in {where}", ground.in_sectors(rule.sectors))
        if rule.places:
            where = ", ".join(map(self.name, rule.places))
            yield self._asks(rule, "places", f"holds at {where}", ground.at_spots(lambda spot: spot.place in rule.places))
        if rule.hours is not None:
            text = f"holds from {rule.hours.start} to {rule.hours.end} o'clock"
            yield self._asks(rule, "hours", text, ground.at_hours(rule.hours))

    def _to_whom(self, rule: Rule) -> Iterator[Condition]:
        by_units = self.ground.by_units
        if rule.members:
            names = ", ".join(map(self.member, rule.members))
            yield self._asks(rule, "members", f"speaks to units of {names}", by_units(lambda item: item.member in rule.members))
        if rule.units:
            text = f"speaks to {', '.join(rule.units)}"
            yield self._asks(rule, "units", text, by_units(lambda item: item.units[0] in rule.units))
        if rule.capabilities:
            text = f"speaks to units with {', '.join(rule.capabilities)}"
            yield self._asks(rule, "capabilities", text, by_units(lambda item: not item.capabilities.isdisjoint(rule.capabilities)))

    def _in_case(self, rule: Rule) -> Iterator[Condition]:
        given = self.ground.is_given
        for item in dict.fromkeys(rule.given_all):
            yield self._asks(rule, f"given {item.name}", f"asks for {item}", given(item), circumstance=True)
        if rule.given_any:
            text = f"asks for {' or '.join(rule.given_any)}"
            yield self._asks(rule, "given any", text, some(given(item) for item in dict.fromkeys(rule.given_any)), circumstance=True)
        for item in dict.fromkeys(rule.unless):
            yield self._asks(rule, f"unless {item.name}", f"is ruled out by {item}", opposite(given(item)), circumstance=True)
        if rule.protects:
            text = f"protects {', '.join(rule.protects)} only"
            yield self._asks(rule, "protects", text, self.ground.protects(dict.fromkeys(rule.protects)))

    def _carried(self, rule: Rule) -> Iterator[Condition]:
        """That the provision carries a rule, and that somebody can give the word where it needs one."""
        found = self.mission.mandate.provisions().get(rule.provision)
        if found is None or rule.force_level.rank > found[1].force_level.rank:
            allows = f"allows {found[1].force_level}" if found else "is not in the mandate"
            text = f"takes {rule.force_level}, and its provision {rule.provision} {allows}"
            yield self._asks(rule, "force", text, False, f"provision:{rule.provision}")
            return
        instrument, provision = found
        ends = [end for end in (instrument.expires, provision.until) if end is not None]
        days = self.days(instrument.in_force, min(ends, default=None))
        text = f"rests on {instrument.title}, paragraph {provision.paragraph}, which {self.span_text(days, 'has effect')}"
        yield self._asks(rule, "provision days", text, self.ground.on_days([days]), f"provision:{provision.id}")
        if provision.sectors:
            where = ", ".join(map(self.name, provision.sectors))
            text = f"rests on {instrument.title}, paragraph {provision.paragraph}, which covers {where}"
            reached = self.ground.in_sectors(provision.sectors)
            yield self._asks(rule, "provision sectors", text, reached, f"provision:{provision.id}")
        if rule.kind is RuleKind.LIMITATION:
            yield self._asks(rule, "word", "needs the word of a post that can give it then and there", self._word(rule))

    def _word(self, rule: Rule) -> Formula:
        if rule.held_by is not None:
            return True
        if not rule.delegations:
            return False
        words = [
            every(
                (
                    self.ground.on_days([self.days(item.from_day, item.until)]),
                    self.ground.in_sectors(item.sectors) if item.sectors else True,
                )
            )
            for item in rule.delegations
        ]
        return some(words)

    def _something_to_forbid(self, rule: Rule) -> Iterator[Condition]:
        if rule.regulates:
            text = f"forbids {rule.regulates}, which no rule permits"
            yield self._asks(rule, "forbids", text, rule.regulates in self.measures)
        else:
            text = f"forbids what takes more than {rule.force_level}, and no measure does"
            yield self._asks(rule, "forbids", text, any(rank > rule.force_level.rank for rank in self.force.values()))

    def rule_days(self, rule: Rule) -> Span | None:
        """Days on which a rule holds or is expected to; none where it was denied or withdrawn, or waits for an answer without a day."""
        pending = rule.implemented is None and rule.status is not RuleStatus.IMPLEMENTED
        ended = rule.status is RuleStatus.WITHDRAWN and rule.withdrawn is None
        return None if rule.status is RuleStatus.DENIED or pending or ended else self.days(rule.implemented, rule.withdrawn)

    def days(self, first: date | None, last: date | None) -> Span:
        """The days between two dates; an open end lies outside the mission."""
        return self.ground.span(first, last)

    def _asks(self, rule: Rule, name: str, text: str, formula: Formula, rests_on: str = "", circumstance: bool = False) -> Condition:
        """A condition of a rule; `text` goes on from its title."""
        subject = rests_on or f"rule:{rule.id}"
        return Condition(f"{rule.id} {name}", f"“{rule.title}” {text}", subject, formula, rule.id, circumstance)

    def span_text(self, days: Span, verb: str) -> str:
        """Days in words, after a verb."""
        first, last = days
        end = self.ground.horizon
        if first > last:
            return f"{verb} on no day"
        if last < 0 or first > end:
            side = f"only until {day_name(last)}" if last < 0 else f"only from {day_name(first)}"
            return f"{verb} {side}, outside the mission (D-day to {day_name(end)})"
        if first <= 0:
            return f"{verb} throughout" if last >= end else f"{verb} until {day_name(last)}"
        return f"{verb} from {day_name(first)}{'' if last >= end else f' to {day_name(last)}'}"

    def name(self, where: str) -> str:
        """Name of a sector or place."""
        return self._names.get(where, where)

    def member(self, member: str) -> str:
        """Name of a member."""
        return self._members.get(member, member)


def _asked(task: Task, sector: str) -> frozenset[Capability]:
    return frozenset(need.capability for need in task.needs if not need.sectors or sector in need.sectors)


def _from_there(task: Task, sector: str, unit: UnitClass) -> bool:
    return task.crosses_sectors or unit.sector in ("", sector, task.force_of)
