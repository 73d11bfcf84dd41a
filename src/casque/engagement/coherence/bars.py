"""What bars a measure for good or ties it to a word: prohibitions, caveats and missing agreements as conditions on a situation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from casque.engagement.coherence.conditions import Texts
from casque.engagement.coherence.ground import Formula, Span, every, opposite, some
from casque.engagement.coherence.solver import Condition
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, Rule
from casque.mission.vocabulary import AgreementKind, AgreementStatus, Season


class Bars:
    """What forbids, and what has no word that lifts it."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.ground = texts.ground
        self.mission = texts.mission
        self._known: dict[str, tuple[tuple[Condition, str], ...]] = {}
        self._of_caveat: dict[str, tuple[Condition, ...]] = {}
        rules = self.mission.engagement.rules
        self._by_name = {
            caveat.id: frozenset(rule.regulates for rule in rules if caveat.bars_use(rule)) for caveat in self.mission.engagement.caveats
        }

    def bars(self, measure: str, member: str = "") -> list[Condition]:
        """That nothing bars a measure for good, one condition for each text that could; of one member's units if one is named."""
        if measure not in self._known:
            self._known[measure] = tuple(self._bars_of(measure))
        return [condition for condition, whose in self._known[measure] if not member or whose in ("", member)]

    def of_caveat(self, caveat: Caveat) -> tuple[Condition, ...]:
        """All that a caveat asks of a situation before it binds."""
        if caveat.id not in self._of_caveat:
            self._of_caveat[caveat.id] = self._asked(caveat)
        return self._of_caveat[caveat.id]

    def _asked(self, caveat: Caveat) -> tuple[Condition, ...]:
        ground, subject, days = self.ground, f"caveat:{caveat.id}", self.texts.days(caveat.from_day, caveat.until)
        season = ground.winter if caveat.season is Season.WINTER else opposite(ground.winter)
        whose = ground.by_units(lambda item: self._meant(caveat, item.member, item.units[0]))
        whom = ", ".join(caveat.units) or f"units of {self.texts.member(caveat.member)}"
        reach = self._places_of(caveat)
        made = (
            Condition(f"{subject} units", f"it is meant for {whom}", subject, whose),
            Condition(f"{subject} days", f"it {self.texts.span_text(days, 'binds')}", subject, ground.on_days([days])),
            Condition(f"{subject} hours", "it binds at some hours", subject, ground.at_hours(caveat.hours)),
            Condition(f"{subject} season", f"it binds in {caveat.season}", subject, True if caveat.season is None else season),
            Condition(f"{subject} reach", "it bars sectors, places or crossing only", subject, True if self._bars_acts(caveat) else reach),
        )
        return tuple(item for item in made if item.formula is not True)

    def forbidders(self, measure: str) -> list[Rule]:
        """Prohibitions that speak about a measure, by its name or by the force that it takes."""
        rank = self.texts.force[measure]
        return [
            rule
            for rule in self.mission.engagement.rules
            if not rule.permits and (rule.regulates == measure or (not rule.regulates and rank > rule.force_level.rank))
        ]

    def _bars_of(self, measure: str) -> Iterator[tuple[Condition, str]]:
        for rule in self.forbidders(measure):
            text = f"“{rule.title}” forbids it"
            yield Condition(f"no bar {rule.id}", text, f"rule:{rule.id}", opposite(self.texts.applies(rule))), ""
        for caveat in self.mission.engagement.caveats:
            if caveat.waived_by or caveat.member not in self.ground.members:
                continue
            wholly = self._bars_measure(caveat, measure)
            bar = every((*(item.formula for item in self.of_caveat(caveat)), True if wholly else self._places_of(caveat)))
            if bar is not False:
                text = f"{self.texts.member(caveat.member)} bars it, and nobody can lift that: {caveat.text}"
                key = f"no bar {caveat.id} {'on all' if wholly else 'in places'}"
                yield Condition(key, text, f"caveat:{caveat.id}", opposite(bar)), caveat.member
        yield from self._gates

    @cached_property
    def _gates(self) -> tuple[tuple[Condition, str], ...]:
        """Agreements without which a member's units may not be tasked, where they do not hold throughout."""
        found = []
        agreements, country = self.mission.agreements.agreements, self.mission.area.country
        transfers = [item for item in agreements if item.kind is AgreementKind.TRANSFER_OF_AUTHORITY]
        sofas = [item for item in agreements if item.kind is AgreementKind.SOFA and item.country == country]
        for member in self.ground.members:
            for name, items in (("transfer of authority", transfers), ("status-of-forces agreement", sofas)):
                covered = self.ground.on_days(self._in_effect(items, member))
                whose = self.ground.of_member(member)
                if covered is not True:
                    text = f"no {name} covers units of {self.texts.member(member)} then"
                    gate = "transfer" if name.startswith("transfer") else "status"
                    formula = some((opposite(whose), covered))
                    found.append((Condition(f"{gate} of {member}", text, f"gate:{gate}", formula), member))
        return tuple(found)

    def _in_effect(self, agreements: Iterable[Agreement], member: str) -> list[Span]:
        return [
            self.texts.days(item.in_force, item.expires)
            for item in agreements
            if item.in_force is not None and item.status is not AgreementStatus.REFUSED and item.covers(member)
        ]

    def _bars_measure(self, caveat: Caveat, measure: str) -> bool:
        by_force = caveat.force_at_most is not None and self.texts.force[measure] > caveat.force_at_most.rank
        return by_force or measure in self._by_name[caveat.id]

    def _bars_acts(self, caveat: Caveat) -> bool:
        """Whether it bars measures or tasks, or nothing by name, so that it needs no place to bear on."""
        by_place = caveat.bars_crossing or caveat.bars_sectors or caveat.bars_places
        return not by_place or bool(caveat.bars_tasks) or any(self._bars_measure(caveat, measure) for measure in self.texts.measures)

    def _places_of(self, caveat: Caveat) -> Formula:
        barred = self.ground.at_spots(lambda spot: spot.sector in caveat.bars_sectors or spot.place in caveat.bars_places)
        return some((barred, self.ground.crosses if caveat.bars_crossing else False))

    def _meant(self, caveat: Caveat, member: str, unit: str) -> bool:
        return caveat.member == member and (not caveat.units or unit in caveat.units)
