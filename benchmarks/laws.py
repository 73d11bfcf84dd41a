"""Missions with random law, for comparing engines: rules, caveats, agreements, units and places drawn from a seed, and requests to them.

They start from the template mission. Every field that a decision can rest on is used, so that each engine has to read all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from casque.engagement.request import SELF_DEFENCE, Request
from casque.mission.agreements import Agreement, Agreements
from casque.mission.alliance import Member
from casque.mission.area import Place
from casque.mission.engagement import Caveat, Engagement, Rule
from casque.mission.forces import Forces
from casque.mission.mandate import Instrument, Mandate
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, Circumstance, ForceLevel, Protected, RuleKind, RuleStatus, Season
from casque.reference.load import Reference

LAST_DAY = 360
POSTS = ("force-hq", "hq-north", "hq-south")
Item = TypeVar("Item")


@dataclass(frozen=True)
class Sizes:
    """How many of each there are."""

    units: int = 40
    members: int = 6
    sectors: int = 5
    places: int = 12
    measures: int = 8
    rules: int = 40
    caveats: int = 30


BAR = Sizes(units=300, members=30, sectors=8, places=100, measures=40, rules=300, caveats=200)
"""The sizes that the bars are set for."""


@dataclass(frozen=True)
class Drawn:
    """A mission with random law, and where its units serve."""

    mission: Mission
    postings: dict[str, str]


def drawn(base: Mission, reference: Reference, random: Random, sizes: Sizes) -> Drawn:
    """A mission with random law."""
    dealer = _Dealer(base, random, sizes)
    north = base.area.sectors[0]
    sectors = tuple(north.model_copy(update={"id": name, "name": f"Sector {name}"}) for name in dealer.sectors)
    places = tuple(
        Place.model_validate(
            {"id": name, "name": f"Place {name}", "kind": "town", "longitude": 10, "latitude": 45}
            | ({"sector": random.choice(dealer.sectors)} if random.random() < 0.95 else {})
        )
        for name in dealer.places
    )
    members = tuple(Member.model_validate({"id": name, "name": f"Member {name}", "organisations": ["un"]}) for name in dealer.members)
    types = sorted(reference.unit_types)
    pledge = base.forces.pledges[0]
    pledges = tuple(
        pledge.model_copy(
            update={
                "id": name,
                "name": f"Unit {name}",
                "member": random.choice(dealer.members),
                "unit_type": random.choice(types),
                "sector": random.choice([None, *dealer.sectors]),
            }
        )
        for name in dealer.units
    )
    engagement = Engagement(
        rules=tuple(dealer.rule(number) for number in range(sizes.rules)),
        caveats=tuple(dealer.caveat(number, {item.id: item.member for item in pledges}) for number in range(sizes.caveats)),
    )
    mission = base.model_copy(
        update={
            "area": base.area.model_copy(update={"sectors": sectors, "places": places}),
            "alliance": base.alliance.model_copy(update={"members": members}),
            "forces": Forces(pledges=pledges),
            "mandate": dealer.mandate(),
            "agreements": dealer.agreements(),
            "engagement": engagement,
        }
    )
    return Drawn(mission, {name: random.choice(dealer.sectors) for name in dealer.units if random.random() < 0.5})


def requests(drawn_mission: Drawn, random: Random, count: int, rules_met: float = 0.7) -> list[Request]:
    """Random requests. A share of them has the circumstances, and the place where it names one, that some rule asks for."""
    mission = drawn_mission.mission
    units = [item.id for item in mission.forces.pledges]
    places = {item.id: item.sector or "" for item in mission.area.places}
    sectors = [item.id for item in mission.area.sectors]
    speaking = [rule for rule in mission.engagement.rules if rule.regulates]
    found = []
    for _ in range(count):
        rule = random.choice(speaking)
        given = set(random.sample(list(Circumstance), random.randrange(3)))
        protecting = random.choice([None, *Protected])
        place = random.choice(["", *places]) if places else ""
        sector = places[place] if place else random.choice(sectors)
        if random.random() < rules_met:
            given |= set(rule.given_all) | set(rule.given_any[:1])
            given -= set(rule.unless)
            protecting = random.choice(rule.protects) if rule.protects else protecting
            if rule.places:
                place = random.choice(rule.places)
                sector = places[place]
            elif rule.sectors:
                sector, place = random.choice(rule.sectors), ""
        found.append(
            Request(
                unit=random.choice(units),
                measure=rule.regulates if random.random() < 0.99 else SELF_DEFENCE,
                sector=sector,
                place=place,
                day=random.randint(-10, LAST_DAY),
                hour=random.randrange(24),
                given=frozenset(given),
                protecting=protecting,
            )
        )
    return found


class _Dealer:
    """Draws the parts of one mission."""

    def __init__(self, base: Mission, random: Random, sizes: Sizes) -> None:
        self.d_day = base.about.d_day
        self.base = base
        self.random = random
        self.units = [f"u{n}" for n in range(sizes.units)]
        self.members = [f"m{n}" for n in range(sizes.members)]
        self.sectors = [f"s{n}" for n in range(sizes.sectors)]
        self.places = [f"p{n}" for n in range(sizes.places)]
        self.measures = [f"act{n}" for n in range(sizes.measures)]
        self.rules = [f"r{n}" for n in range(sizes.rules)]

    def mandate(self) -> Mandate:
        """Three instruments, each with provisions of every level of force."""
        return Mandate(
            instruments=tuple(
                Instrument.model_validate(
                    {
                        "id": f"i{n}",
                        "title": f"Instrument {n}",
                        "kind": "resolution",
                        "adopted_by": ["un"],
                        "adopted": self.day(-30),
                        "in_force": self.day(self.random.choice([-30, -30, 20])),
                        "expires": self.random.choice([None, self.day(300)]),
                        "provisions": [self._provision(f"i{n}-{part}") for part in range(4)],
                    }
                )
                for n in range(3)
            )
        )

    def _provision(self, name: str) -> dict[str, Any]:
        return {
            "id": name,
            "paragraph": "1",
            "text": "Something.",
            "force_level": self.random.choice([ForceLevel.MINIMUM, ForceLevel.ALL_NECESSARY, ForceLevel.ALL_NECESSARY]),
            "sectors": self.some(self.sectors, 0.15, len(self.sectors) - 1),
            "until": self.random.choice([None, None, None, self.day(250)]),
        }

    def agreements(self) -> Agreements:
        """Transfers of authority and status of forces for groups of members, some late, refused or undated."""
        found = []
        for n in range(2 * len(self.members)):
            transfer = n % 2 == 0
            kind = {"kind": "transfer of authority", "to_post": POSTS[0]} if transfer else {"kind": "status of forces"}
            country = {} if transfer else {"country": self.random.choice([self.base.area.country] * 9 + [self.members[0]])}
            found.append(
                Agreement.model_validate(
                    {
                        "id": f"a{n}",
                        "title": f"Agreement {n}",
                        "parties": ["un"],
                        "members": [self.members[n // 2], *self.some(self.members, 0.3, 3)],
                        "status": self.random.choice(["in force"] * 12 + ["refused", "negotiating"]),
                        "in_force": self.random.choice([self.day(-20)] * 12 + [None, self.day(40), self.day(120)]),
                        "expires": self.random.choice([None] * 9 + [self.day(280)]),
                        **kind,
                        **country,
                    }
                )
            )
        return Agreements(agreements=tuple(found))

    def rule(self, number: int) -> Rule:
        """One rule; every tenth a prohibition, some of them of all measures."""
        kind = self.random.choice([RuleKind.PERMISSION] * 6 + [RuleKind.LIMITATION] * 4 + [RuleKind.PROHIBITION])
        status = self.random.choice([RuleStatus.IMPLEMENTED] * 17 + list(RuleStatus))
        limited = kind is RuleKind.LIMITATION
        measure = self.random.choice([*self.measures, *self.measures, None])
        return Rule.model_validate(
            {
                "id": self.rules[number],
                "family": "1 use of force",
                "title": f"Rule {number}",
                "text": "Something.",
                "kind": kind,
                "measure": measure if number >= len(self.measures) else self.measures[number],
                "force_level": self.random.choice([ForceLevel.SELF_DEFENCE, ForceLevel.MINIMUM, ForceLevel.ALL_NECESSARY]),
                "provision": f"i{self.random.randrange(3)}-{self.random.randrange(4)}",
                "given_all": self.some(list(Circumstance), 0.3, 2),
                "given_any": self.some(list(Circumstance), 0.2, 3),
                "unless": self.some(list(Circumstance), 0.2, 2),
                "protects": self.some(list(Protected), 0.25, 3),
                "members": self.some(self.members, 0.15, len(self.members) - 1),
                "units": self.some(self.units, 0.05, 10),
                "capabilities": self.some(list(Capability), 0.1, 5),
                "status": status,
                "implemented": self.random.choice([None, self.day(-5), self.day(-5), self.day(30)]),
                "withdrawn": self.random.choice([None, None, None, self.day(200)]),
                "held_by": self.random.choice([*POSTS, None]) if limited else None,
                "delay": self.hours(12) if limited else "0 h",
                "delegations": self._delegations() if limited and self.random.random() < 0.4 else [],
                "word_if_possible": limited and self.random.random() < 0.3,
                "sectors": self.some(self.sectors, 0.2, 3),
                "places": self.some(self.places, 0.08, 4),
                "hours": self.night(0.15),
            }
        )

    def _delegations(self) -> list[dict[str, Any]]:
        return [
            {
                "to": self.random.choice(POSTS),
                "delay": self.hours(6),
                "sectors": self.some(self.sectors, 0.4, 2),
                "from_day": self.random.choice([None, self.day(60)]),
                "until": self.random.choice([None, self.day(180)]),
            }
            for _ in range(self.random.randint(1, 2))
        ]

    def caveat(self, number: int, members: dict[str, str]) -> Caveat:
        """One caveat, which bars one or two kinds of things."""
        member = self.random.choice(self.members)
        own = [name for name, owner in members.items() if owner == member]
        bars: dict[str, Any] = {}
        for _ in range(self.random.choice([1, 1, 2])):
            bars |= self.random.choice(
                [
                    {"bars_rules": self.some(self.rules, 1.0, 3)},
                    {"bars_measures": self.some(self.measures, 1.0, 2)},
                    {"bars_crossing": True},
                    {"bars_sectors": self.some(self.sectors, 1.0, 2)},
                    {"bars_places": self.some(self.places, 1.0, 3)},
                    {"force_at_most": self.random.choice([ForceLevel.SELF_DEFENCE, ForceLevel.MINIMUM])},
                ]
            )
        return Caveat.model_validate(
            {
                "id": f"c{number}",
                "member": member,
                "units": self.some(own, 0.4, 3) if own else [],
                "text": "Something.",
                "declared": self.random.random() < 0.8,
                "waived_by": self.random.choice(["Capital", "Capital", "Capital", ""]),
                "delay": self.hours(72),
                "hours": self.night(0.2),
                "season": self.random.choice([None] * 8 + list(Season)),
                "from_day": self.random.choice([None, None, self.day(20)]),
                "until": self.random.choice([None, None, self.day(220)]),
                **bars,
                **({"delay_least": "0 h", "delay_most": "100 h"} if self.random.random() < 0.5 else {}),
            }
        )

    def night(self, share: float) -> dict[str, int] | None:
        """Hours of the day, in a share of the draws."""
        return {"start": self.random.randrange(24), "end": self.random.randrange(24)} if self.random.random() < share else None

    def hours(self, most: int) -> str:
        """A time of whole hours."""
        return f"{self.random.randint(0, most)} h"

    def day(self, number: int) -> date:
        """A date from D-day."""
        return self.d_day + timedelta(days=number)

    def some(self, items: Sequence[Item], share: float, most: int) -> list[Item]:
        """A few of the items, in a share of the draws."""
        if self.random.random() >= share or not items:
            return []
        return self.random.sample(list(items), self.random.randint(1, max(1, min(most, len(items)))))
