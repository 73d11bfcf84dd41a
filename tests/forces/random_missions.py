"""Random small missions with everything that a pledge, a member and a sector can say: tours, relief, rest, parts, notice, limits."""

from __future__ import annotations

import random
from datetime import timedelta

from casque.mission.alliance import Member, Rehatting
from casque.mission.area import Sector
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import PledgeStatus
from casque.plan.requirement import RequirementRecord
from tests.forces.builders import KINDS, WANTED, line, pledge, random_caveat, random_transfer, requirement, small


def rich_pledge(example: Mission, seed: random.Random, number: int) -> Pledge:
    """A company with strings of every kind."""
    sectors = [sector.id for sector in example.area.sectors]
    values: dict[str, object] = {}
    if seed.random() < 0.3:
        values["rest"] = f"{seed.choice([0, 1, 2])} month"
    if seed.random() < 0.4:
        values["splits_into"] = seed.choice([2, 3])
    if seed.random() < 0.3:
        values["notice"] = f"{seed.choice([5, 20, 40])} d"
    if seed.random() < 0.3:
        values["may_wait"] = f"{seed.choice([1, 2])} month"
    if seed.random() < 0.5:
        values["required"] = example.about.d_day + timedelta(days=seed.randrange(-20, 60))
    if seed.random() < 0.3:
        values["relief_overlap"] = f"{seed.choice([0, 5, 40])} d"
    if seed.random() < 0.3:
        values["wishes"] = (seed.choice(sectors),)
    if seed.random() < 0.5:
        values["reliability"] = f"{seed.choice([50, 80, 100])} %"
    return pledge(
        example,
        f"unit-{number}",
        seed.choice([item.id for item in example.alliance.members[:3]]),
        seed.choice(KINDS),
        seed.randrange(20, 160),
        seed.randrange(-60, 40),
        seed.choice([0.5, 1, 2]),
        renewals=seed.choice([0, 0, 0, 1, 2]),
        sector=seed.choice([None, None, *sectors]),
        status=seed.choice(list(PledgeStatus)),
        **values,
    )


def rich_member(member: Member, seed: random.Random) -> Member:
    """A member, sometimes with a share, a ceiling or a part of an agreed key."""
    update: dict[str, object] = {}
    if seed.random() < 0.15:
        update["share_at_most"] = seed.choice([0.1, 0.3, 0.6])
    if seed.random() < 0.2:
        update["people_at_most"] = float(seed.choice([50, 100, 150]))
    if seed.random() < 0.2:
        update["burden_key"] = float(seed.randrange(1, 5))
    return member.model_copy(update=update)


def rich_sector(sector: Sector, seed: random.Random) -> Sector:
    """A sector, sometimes for few nations, or with units of its lead bound to it."""
    return sector.model_copy(update={"most_nations": seed.choice([None, None, 1, 2]), "lead_stays": seed.random() < 0.2})


def rich_case(example: Mission, number: int, units: int = 3) -> tuple[Mission, RequirementRecord, random.Random]:
    """A random small mission with its requirement, and the generator to draw more from."""
    seed = random.Random(90_000 + number)
    pledges = tuple(rich_pledge(example, seed, index) for index in range(seed.randrange(1, units + 1)))
    caveats = tuple(random_caveat(example, seed, index) for index in range(seed.randrange(0, 3)))
    transfers = (random_transfer(example, seed),) if seed.random() < 0.3 else None
    mission = small(example, pledges, caveats, transfers)
    alliance = example.alliance.model_copy(
        update={"members": tuple(rich_member(item, seed) for item in example.alliance.members), "rehattings": _rehattings(example, seed)}
    )
    area = example.area.model_copy(update={"sectors": tuple(rich_sector(item, seed) for item in example.area.sectors)})
    about = mission.about.model_copy(update={"budget": float(seed.choice([200_000, 500_000]))}) if seed.random() < 0.2 else mission.about
    keys = sorted(
        {
            (seed.choice(example.tasks.tasks).id, seed.choice(example.area.sectors).id, seed.choice(WANTED), seed.random() < 0.3)
            for _ in range(seed.randrange(1, 5))
        }
    )
    lines = [
        line(example, task, sector, capability, tuple(float(seed.choice([0, seed.randrange(0, 150)])) for _ in range(3)), crosses)
        for task, sector, capability, crosses in keys
    ]
    changed = Mission.model_construct(None, **{**dict(mission), "alliance": alliance, "area": area, "about": about})
    return changed, requirement(*lines), seed


def _rehattings(example: Mission, seed: random.Random) -> tuple[Rehatting, ...]:
    """Sometimes a change of the lead organisation that one member only passes over."""
    if seed.random() > 0.2:
        return ()
    organisation = example.alliance.organisations[0].id
    change = Rehatting(
        id="change",
        day=example.about.d_day + timedelta(days=seed.randrange(10, 80)),
        from_organisation=organisation,
        to_organisation=organisation,
        instrument=example.mandate.instruments[0].id,
        to_post=example.alliance.command_posts[0].id,
        members=(example.alliance.members[0].id,),
    )
    return (change,)
