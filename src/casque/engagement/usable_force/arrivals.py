"""How many people who may act are at a place, hour by hour after a call, and when a stated strength stands there.

A unit counts at an hour when it is there and may act at that hour of the day. It is there after the words that acting then takes (all asked
for at the call), the notice of those not on duty, and the road. Of a unit in its own sector those on duty set off at once and the rest
after notice; from another sector comes the share that can be spared, after notice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import floor, inf

import numpy as np

from casque.engagement.law import Law
from casque.engagement.travel import Pace, accesses, hours_to, road_graph
from casque.engagement.usable import Readiness
from casque.engagement.usable_force.calls import Call
from casque.engagement.usable_force.freedom import Bools, Field, Hours, Spot, Text, Whole, distinct, waits
from casque.engagement.usable_force.present import Present
from casque.engagement.usable_force.texts import texts_of
from casque.mission.area import Place
from casque.mission.engagement import HOURS_OF_DAY
from casque.mission.mission import Mission
from casque.reference.load import Reference

_EPSILON = 1e-9


@dataclass(frozen=True)
class Board:
    """A call laid out: who could come to which places, how long the way is, and which texts hold them."""

    field: Field
    call: Call
    texts: tuple[Text, ...]
    """Over the moments that differ in law."""
    like: Whole
    """For every hour after the first moment, which of those moments it is like."""
    travel: Hours
    """Hours on the way, by unit and place."""
    batches: tuple[tuple[float, Hours], ...]
    """Notice in hours, and the people who set off after it by unit and place."""

    @property
    def asks(self) -> tuple[Bools | None, ...]:
        """For each measure of the call, who needs it, by unit and place; none where everybody does."""
        here = np.array([spot.sector for spot in self.field.spots])
        homes = np.array([unit.sector for unit in self.field.units])
        return tuple(homes[:, None] != here[None, :] if ask.crossing else None for ask in self.call.asks)

    @property
    def strings(self) -> tuple[str, ...]:
        """Caveats and retained words that hold somebody somewhere."""
        return tuple(sorted({text.item for text in self.texts if text.string}))

    def lifting(self, names: Collection[str]) -> frozenset[str]:
        """Strings behind names, where `caveats`, `words` and `all` stand for many."""
        wanted = set(names)
        if wanted & {"all", "caveats"}:
            wanted |= {item for item in self.strings if item.startswith("caveat:")}
        if wanted & {"all", "words"}:
            wanted |= {item for item in self.strings if item.startswith("rule:")}
        return frozenset(wanted)

    def without(self, names: Collection[str]) -> Board:
        """The same board in a world without some strings."""
        gone = self.lifting(names)
        kept = [text for text in self.texts if text.item not in gone or text.effect == "on word"]
        return replace(self, texts=tuple(replace(text, effect="permits", hours=0.0) if text.item in gone else text for text in kept))

    @property
    def banded(self) -> bool:
        """Whether some word may come sooner or later than expected."""
        return any(text.effect == "waits" and text.band is not None and text.band[0] < text.band[1] for text in self.texts)

    def words_at(self, slowest: bool) -> Board:
        """The same board with every word that has a distribution at its quickest, or all of them at their slowest.

        Nobody knows how far capitals are slow together; the two bound every case in between.
        """
        texts = (text if text.band is None else replace(text, hours=text.band[slowest]) for text in self.texts)
        return replace(self, texts=tuple(texts))

    def free(self, lifted: Collection[str] = (), base: Hours | None = None, but: str = "") -> Hours:
        """Hours until each unit is free to act, by unit, place and distinct moment.

        With `base`, what it was before one string (`but`) changed: only the units that the string holds are worked out again.
        """
        kinds = int(self.like.max(initial=-1)) + 1
        shape = (len(self.field.units), len(self.field.spots), kinds)
        if base is None:
            return waits(self.texts, self.asks, shape, lifted)
        rows = np.unique(np.concatenate([text.units for text in self.texts if text.item == but]))
        changed = base.copy()
        changed[rows] = waits(self.texts, self.asks, shape, lifted, rows.tolist())
        return changed

    def usable(self, free: Hours, hours: Sequence[float], start: int = 0) -> Hours:
        """Usable people at so many hours after the call, by hour and place; the call is made `start` hours after the first moment."""
        found = np.zeros((len(hours), len(self.field.spots)))
        for row, hour in enumerate(hours):
            ready = free[:, :, self.like[start + floor(hour)]] + self.travel
            for notice, people in self.batches:
                found[row] += _sum(people, ready + notice <= hour + _EPSILON)
        return found

    def first(self, free: Hours, strength: float, start: int = 0) -> Hours:
        """Hours until at least so many usable people stand at each place for the first time; infinite where they never do."""
        found = np.full(len(self.field.spots), inf)
        for hour in range(len(self.like) - start):
            ready = free[:, :, self.like[start + hour]] + self.travel
            there = sum((_sum(people, ready + notice < hour + 1) for notice, people in self.batches), np.zeros(found.size))
            for place in np.flatnonzero(np.isinf(found) & (there >= strength - _EPSILON)):
                when = np.concatenate([ready[:, place] + notice for notice, _ in self.batches])
                people = np.concatenate([people[:, place] for _, people in self.batches])
                order = np.argsort(when, kind="stable")
                enough = int(np.argmax(np.cumsum(people[order]) >= strength - _EPSILON))
                found[place] = max(float(hour), float(when[order][enough]))
        return found

    def first_of_each(self, free: Hours, place: int) -> tuple[Hours, Hours]:
        """Hours until the first people of every unit stand at a place and may act, and of those the hours waited for a word."""
        there, word = np.full(len(self.field.units), inf), np.zeros(len(self.field.units))
        for hour in range(len(self.like)):
            free_then = free[:, place, self.like[hour]]
            for notice, people in self.batches:
                ready = free_then + self.travel[:, place] + notice
                new = (people[:, place] > 0) & (ready < hour + 1)
                reached = np.maximum(ready, hour)
                better = new & (reached < there)
                there[better], word[better] = reached[better], free_then[better]
        return there, word


def board(
    mission: Mission,
    reference: Reference,
    law: Law,
    call: Call,
    units: Sequence[Present],
    places: Sequence[Place],
    moment: tuple[int, int],
    hours: int,
) -> Board:
    """The board of a call made at a moment (day from D-day, hour), for so many hours from then on.

    Roads and units are those of the day of the call; the law is that of every hour.
    """
    day, hour = moment
    able = tuple(unit for unit in units if any(call.can(unit, place.sector or "") for place in places))
    moments = tuple((day + (hour + more) // HOURS_OF_DAY, (hour + more) % HOURS_OF_DAY) for more in range(hours + 1))
    field = Field(able, tuple(Spot(place.sector or "", place.id) for place in places), moments)
    provision = None if call.task is None else mission.mandate.provisions().get(call.task.provision)
    texts, like = distinct(texts_of(law, call, field, provision), len(moments))
    pace = Pace(reference.value("force.reaction-speed"), reference.value("engagement.local-speed"), reference.value("engagement.detour"))
    travel = hours_to(road_graph(mission, day, pace.roads), [unit.node for unit in able], accesses(mission, places, pace))
    readiness = Readiness(
        reference.value("engagement.notice"), reference.value("force.duty-share"), reference.value("engagement.spare-share")
    )
    return Board(field, call, texts, like, travel, _batches(field, call, readiness))


def _batches(field: Field, call: Call, readiness: Readiness) -> tuple[tuple[float, Hours], ...]:
    sectors = [spot.sector for spot in field.spots]
    people = np.array([unit.people for unit in field.units]).reshape(-1, 1)
    shape = (len(sectors), people.size)
    own_of = {sector: [call.serves(unit, sector) for unit in field.units] for sector in dict.fromkeys(sectors)}
    can_of = {sector: [call.can(unit, sector) for unit in field.units] for sector in dict.fromkeys(sectors)}
    own = np.array([own_of[sector] for sector in sectors], dtype=np.bool_).reshape(shape).T
    can = np.array([can_of[sector] for sector in sectors], dtype=np.bool_).reshape(shape).T
    at_once = people * readiness.duty * (own & can)
    later = people * np.where(own, 1 - readiness.duty, readiness.spare) * can
    return (0.0, at_once), (readiness.notice, later)


def _sum(people: Hours, there: Bools) -> Hours:
    total: Hours = np.where(there, people, 0.0).sum(axis=0)
    return total
