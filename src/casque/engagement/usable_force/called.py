"""What a watch keeper asks, read against the mission: the call, the moment, the places and the units in place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from casque.engagement.law import Law, law_of
from casque.engagement.naming import When, known_name, when_of, where_of, word_of
from casque.engagement.usable_force.arrivals import Board, board
from casque.engagement.usable_force.calls import Call, call_of
from casque.engagement.usable_force.present import Present, present
from casque.errors import BadInput
from casque.mission.area import Place
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, PlaceKind, Protected
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference

LEAST_HORIZON = 48
"""Hours after a call that are looked at, at least."""


@dataclass(frozen=True)
class Question:
    """What is asked. `what` is a task, a measure or several measures joined by `+`; `time` a moment as people write it.

    `given` and `protecting` tell the situation; where both are left out, each measure is taken in the one that its rule asks for.
    """

    what: str
    time: str | date | When
    given: Collection[str] | None = None
    protecting: str | None = None
    crossing: str = ""
    """A measure that units from another sector need beside; empty means those that the folder says are needed."""


@dataclass(frozen=True)
class Called:
    """A question with everything it names found."""

    mission: Mission
    reference: Reference
    law: Law
    call: Call
    when: When
    units: tuple[Present, ...]
    from_run: bool

    def board(self, places: Sequence[Place], hours: float) -> Board:
        """The call laid out over places, for so many hours and never fewer than two days."""
        horizon = max(LEAST_HORIZON, int(hours) + 1)
        moment = (self.when.day, self.when.hour)
        return board(self.mission, self.reference, self.law, self.call, self.units, places, moment, horizon)

    @property
    def situation(self) -> tuple[str, ...]:
        """What is the case, measure by measure."""
        told = []
        for ask in self.call.asks:
            given = ", ".join(item.value for item in Circumstance if item in ask.given) or "nothing in particular"
            who = " (units from another sector)" if ask.crossing else ""
            told.append(f"{ask.measure}{who}: {given}" + (f"; to protect {ask.protecting.value}" if ask.protecting is not None else ""))
        return tuple(told)

    def place(self, at: str) -> Place:
        """The place behind a name; a sector stands for its base. Raises NoSuchItem, BadInput where a task is not done there."""
        sector, name = where_of(self.law, at)
        task = self.call.task
        if task is not None and sector not in task.sectors:
            raise BadInput(
                f"'{task.id}' is not a task of {self.law.sectors.get(sector, 'the ground outside the sectors')}, where {at} lies",
                next_step=f"Its sectors: {', '.join(task.sectors)}. Ask for one of its measures instead: {', '.join(self.law.measures)}.",
            )
        if name:
            return next(place for place in self.mission.area.places if place.id == name)
        found = next(item for item in self.mission.area.sectors if item.id == sector)
        # A sector as a whole has no place of its own: units are called to its base.
        return Place.model_construct(
            id="", name=f"base of {found.name}", kind=PlaceKind.CAMP, sector=sector, node=found.base, longitude=0.0, latitude=0.0
        )

    def places(self) -> tuple[Place, ...]:
        """Every place in a sector that the call reaches."""
        task = self.call.task
        return tuple(
            place for place in self.mission.area.places if place.sector is not None and (task is None or place.sector in task.sectors)
        )


def called(
    mission: Mission,
    reference: Reference,
    question: Question,
    force: ForceRecord | None = None,
    movement: MovementRecord | None = None,
) -> Called:
    """Find everything that a question names. Units stand where a run put them, where its records are given.

    Raises NoSuchItem for an unknown name and BadInput for a time that cannot be meant.
    """
    when = when_of(question.time, mission.about)
    units = present(mission, reference, when.day, force, movement)
    law = law_of(mission, reference, {unit.id: unit.sector for unit in units})
    given = None if question.given is None else frozenset(word_of(item, Circumstance, "circumstance") for item in question.given)
    protecting = word_of(question.protecting, Protected, "protected") if question.protecting else None
    call = call_of(mission, reference, law, question.what, given, protecting, question.crossing, when.day)
    return Called(mission, reference, law, call, when, units, force is not None and movement is not None)


def strings_named(mission: Mission, names: Collection[str]) -> frozenset[str]:
    """Strings as people write them: `caveat:NAME`, `rule:NAME`, `caveats`, `words` or `all`. Raises NoSuchItem."""
    caveats = [caveat.id for caveat in mission.engagement.caveats]
    rules = [rule.id for rule in mission.engagement.rules if rule.held_by is not None or rule.delegations]
    groups = ("all", "caveats", "words")
    found = set()
    for name in names:
        kind, _, rest = name.partition(":")
        if name in groups:
            found.add(name)
        elif kind == "caveat" and rest:
            found.add(f"caveat:{known_name(rest, caveats, 'caveat', 'Caveats')}")
        elif kind == "rule" and rest:
            found.add(f"rule:{known_name(rest, rules, 'rule whose word is kept back', 'Such rules')}")
        else:
            known_name(name, [*groups, *(f"caveat:{item}" for item in caveats), *(f"rule:{item}" for item in rules)], "string", "Strings")
    return frozenset(found)
