"""Random small sets of rules and caveats on the example's ground, and every situation that they could tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations, product
from random import Random
from typing import Any

from casque.engagement.law import Law
from casque.engagement.request import Request
from casque.mission.engagement import Caveat, Delegation, HoursOfDay, Rule
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind, Capability, Circumstance, ForceLevel, Protected, RuleKind, RuleStatus, Season

D_DAY = date(2030, 2, 26)
HORIZON = 8
"""Days 0 to 2 lie in winter, the others do not."""
FIRST_DAYS = (None, 0, 3, 4, 5, 7, 12)
LAST_DAYS = (None, -1, 2, 3, 4, 6, 8)
DAYS = (0, 3, 4, 5, 7)
"""One day of every stretch that the days above make."""
HOURS = (12, 2, 5, 19, 22)
"""One hour of every stretch that the windows below make."""
WINDOWS = (HoursOfDay(start=6, end=18), HoursOfDay(start=20, end=4), HoursOfDay(start=4, end=20))
CIRCUMSTANCES = (Circumstance.HOSTILE_ACT, Circumstance.PROPERTY_ONLY, Circumstance.OUT_OF_REACH)
PROTECTED = (None, Protected.CIVILIANS, Protected.PROPERTY)
UNITS = ("alf-inf", "bra-inf", "bra-med", "car-mp")
MEMBERS = ("alfaland", "bravia", "carolia")
SPOTS = (("north", ""), ("south", ""), ("north", "bridge"), ("south", "old-quarter"))
MEASURES = ("stop", "search")


def when(day: int | None) -> date | None:
    """A day from D-day as a date."""
    return None if day is None else D_DAY + timedelta(days=day)


def some_of(random: Random, items: tuple[Any, ...], share: float) -> tuple[Any, ...]:
    """Nothing, or with a chance of `share` one or two of the items."""
    return tuple(random.sample(items, random.choice([1, 1, 2]))) if random.random() < share else ()


def days(random: Random) -> tuple[date | None, date | None]:
    """A window that is not written backwards, mostly open."""
    if random.random() < 0.55:
        return None, None
    first, last = random.choice(FIRST_DAYS), random.choice(LAST_DAYS)
    return when(first), when(last if first is None or last is None or first <= last else None)


def rule(random: Random, number: int) -> Rule:
    """A rule on one of two measures, or a prohibition that bounds both."""
    kind = random.choice(list(RuleKind))
    bound = kind is RuleKind.PROHIBITION and random.random() < 0.4
    status = random.choice([RuleStatus.IMPLEMENTED] * 15 + list(RuleStatus))
    implemented, withdrawn = days(random)
    held = kind is RuleKind.LIMITATION and random.random() < 0.6
    delegated = kind is RuleKind.LIMITATION and random.random() < 0.5
    first, last = days(random)
    return Rule(
        id=f"r{number}",
        family="1 use of force",
        title=f"Rule {number}",
        text="This.",
        kind=kind,
        measure=None if bound else random.choice(MEASURES),
        force_level=random.choice([ForceLevel.SELF_DEFENCE, ForceLevel.MINIMUM, ForceLevel.MINIMUM, ForceLevel.ALL_NECESSARY]),
        provision=random.choice(["secure", "secure", "separate"]),
        given_all=some_of(random, CIRCUMSTANCES, 0.25),
        given_any=some_of(random, CIRCUMSTANCES, 0.2),
        unless=some_of(random, CIRCUMSTANCES, 0.2),
        protects=some_of(random, PROTECTED[1:], 0.2),
        members=some_of(random, MEMBERS, 0.2),
        units=some_of(random, UNITS, 0.15),
        capabilities=some_of(random, (Capability.INFANTRY, Capability.MILITARY_POLICE, Capability.MEDICAL), 0.2),
        status=status,
        implemented=implemented,
        withdrawn=withdrawn,
        held_by="force-hq" if held else None,
        delegations=(Delegation(to="north-hq", sectors=some_of(random, ("north", "south"), 0.5), from_day=first, until=last),)
        if delegated
        else (),
        word_if_possible=random.random() < 0.3,
        sectors=some_of(random, ("north", "south"), 0.3),
        places=some_of(random, ("bridge", "old-quarter"), 0.15),
        hours=random.choice(WINDOWS) if random.random() < 0.2 else None,
    )


def caveat(random: Random, number: int, rules: tuple[Rule, ...]) -> Caveat:
    """A caveat that bars one thing, liftable or not."""
    first, last = days(random)
    bars: dict[str, Any] = random.choice(
        [
            {"bars_rules": (random.choice(rules).id,)},
            {"bars_measures": (random.choice(MEASURES),)},
            {"bars_crossing": True},
            {"bars_sectors": (random.choice(["north", "south"]),)},
            {"bars_places": ("bridge",)},
            {"force_at_most": random.choice(list(ForceLevel))},
        ]
    )
    return Caveat(
        id=f"c{number}",
        member=random.choice(MEMBERS),
        units=some_of(random, UNITS, 0.2),
        text="Not this.",
        hours=random.choice(WINDOWS) if random.random() < 0.2 else None,
        season=random.choice(list(Season)) if random.random() < 0.3 else None,
        waived_by=random.choice(["", "", "the ministry"]),
        from_day=first,
        until=last,
        **bars,
    )


def small_rule_set(example: Mission, seed: int) -> Mission:
    """The example over nine days with two to six random rules, some caveats, and agreements that may come late or end early."""
    random = Random(seed)
    rules = tuple(rule(random, number) for number in range(random.randint(2, 6)))
    caveats = tuple(caveat(random, number, rules) for number in range(random.randint(0, 4)))
    gates = (AgreementKind.SOFA, AgreementKind.TRANSFER_OF_AUTHORITY)
    agreements = []
    for item in example.agreements.agreements:
        first, last = days(random) if item.kind in gates and random.random() < 0.3 else (when(0), None)
        members = some_of(random, MEMBERS, 0.3) if item.kind in gates else item.members
        agreements.append(item.model_copy(update={"in_force": first, "expires": last, "members": members}))
    instruments = []
    for instrument in example.mandate.instruments:
        provisions = []
        for provision in instrument.provisions:
            update: dict[str, Any] = {"sectors": some_of(random, ("north", "south"), 0.2), "until": days(random)[1]}
            provisions.append(provision.model_copy(update=update))
        first, last = days(random) if random.random() < 0.3 else (None, None)
        instruments.append(instrument.model_copy(update={"provisions": tuple(provisions), "in_force": first, "expires": last}))
    tasks = [
        task.model_copy(
            update={
                "start": when(random.choice([0, 3, 5])),
                "end": when(random.choice([6, 8])),
                "rules": tuple(item.id for item in rules if random.random() < 0.6),
                "crosses_sectors": random.random() < 0.3,
            }
        )
        for task in example.tasks.tasks[:2]
    ]
    pledges = tuple(
        pledge.model_copy(update={"sector": random.choice(["north", "south", None])})
        for pledge in example.forces.pledges
        if pledge.id in UNITS
    )
    return example.model_copy(
        update={
            "about": example.about.model_copy(update={"d_day": D_DAY, "horizon": float(HORIZON)}),
            "engagement": example.engagement.model_copy(update={"rules": rules, "caveats": caveats}),
            "agreements": example.agreements.model_copy(update={"agreements": tuple(agreements)}),
            "mandate": example.mandate.model_copy(update={"instruments": tuple(instruments)}),
            "tasks": example.tasks.model_copy(update={"tasks": tuple(tasks)}),
            "forces": example.forces.model_copy(update={"pledges": pledges}),
        }
    )


def every_request(law: Law) -> Iterator[Request]:
    """Every request that differs in anything a small rule set can tell apart."""
    subsets = [frozenset(items) for items in chain.from_iterable(combinations(CIRCUMSTANCES, size) for size in range(4))]
    for measure, unit, (sector, place), day, hour, given, protecting in product(
        law.measures, UNITS, SPOTS, DAYS, HOURS, subsets, PROTECTED
    ):
        yield Request(unit, measure, sector, place, day, hour, given, protecting)
