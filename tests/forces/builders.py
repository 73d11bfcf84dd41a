"""Small missions to match: two sectors, three months, a handful of units; and the missions as the stages see them."""

from __future__ import annotations

import random
from datetime import timedelta

from casque.mission.agreements import Agreement, Agreements
from casque.mission.engagement import Caveat, Engagement
from casque.mission.forces import Forces, Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind, Capability, Grade, PledgeStatus
from casque.plan.requirement import RequirementLine, RequirementRecord

REQUIRE = ("about", "area", "actors", "tasks", "transport", "requirements")
GENERATE = ("about", "alliance", "agreements", "area", "tasks", "engagement", "forces", "transport")
KINDS = ("infantry-company", "mechanised-company", "military-police-company", "formed-police-unit")
WANTED = (Capability.INFANTRY, Capability.MILITARY_POLICE)


def narrowed(mission: Mission, fields: tuple[str, ...], **update: object) -> Mission:
    """The mission as a stage sees it: only the fields that it declares."""
    return Mission.model_construct(None, **{name: getattr(mission, name) for name in fields} | update)


def line(
    mission: Mission, task: str, sector: str, capability: Capability, people: tuple[float, ...], crosses: bool = False
) -> RequirementLine:
    """A requirement line of a task of the mission."""
    priority = next(item.priority for item in mission.tasks.tasks if item.id == task)
    return RequirementLine(
        id=f"{task}/{sector}/{capability.value}/{crosses}",
        task=task,
        sector=sector,
        capability=capability,
        low=max(people),
        likely=max(people),
        high=max(people),
        start=0,
        end=365,
        required_by=0,
        priority=priority,
        crosses_sectors=crosses,
        driver="test",
        working="test",
        grade=Grade.JUDGEMENT,
        by_month=people,
    )


def requirement(*lines: RequirementLine) -> RequirementRecord:
    """A requirement of three months."""
    return RequirementRecord(months=3, lines=lines, bands=(), driver="test")


def pledge(mission: Mission, unit: str, member: str, kind: str, people: float, ready: int, tour: float, **update: object) -> Pledge:
    """A pledge that is ready to load so many days after D-day."""
    values: dict[str, object] = {
        "id": unit,
        "member": member,
        "name": unit.upper(),
        "unit_type": kind,
        "strength": f"{people} person",
        "status": PledgeStatus.CONFIRMED,
        "home": "home",
        "ready_to_load": mission.about.d_day + timedelta(days=ready),
        "tour": f"{tour} month",
    }
    return Pledge.model_validate(values | update)


def transfer(example: Mission, day: int, members: tuple[str, ...] = (), **update: object) -> Agreement:
    """A transfer of authority from a day on; it covers everyone unless members are named."""
    values: dict[str, object] = {
        "id": "transfer",
        "title": "Transfer of authority",
        "kind": AgreementKind.TRANSFER_OF_AUTHORITY,
        "parties": ("all",),
        "members": members,
        "in_force": example.about.d_day + timedelta(days=day),
    }
    return Agreement.model_validate(values | update)


def small(
    example: Mission, pledges: tuple[Pledge, ...], caveats: tuple[Caveat, ...] = (), agreements: tuple[Agreement, ...] | None = None
) -> Mission:
    """The example cut to three months, with other pledges and caveats; authority over all is transferred early unless said otherwise."""
    return narrowed(
        example,
        GENERATE,
        about=example.about.model_copy(update={"horizon": 91.0}),
        forces=Forces(pledges=pledges),
        engagement=Engagement(rules=example.engagement.rules, caveats=caveats),
        agreements=Agreements(agreements=(transfer(example, -400),) if agreements is None else agreements),
    )


def random_pledge(example: Mission, seed: random.Random, number: int) -> Pledge:
    """A company of any kind and member, sometimes tied to a sector."""
    sectors: list[str | None] = [None, *(sector.id for sector in example.area.sectors)]
    member = seed.choice([item.id for item in example.alliance.members[:3]])
    return pledge(
        example,
        f"unit-{number}",
        member,
        seed.choice(KINDS),
        seed.randrange(20, 200),
        seed.randrange(-60, 60),
        seed.choice([1, 2, 6]),
        sector=seed.choice(sectors),
        may_wait="0 month",
    )


def random_caveat(example: Mission, seed: random.Random, number: int) -> Caveat:
    """A caveat of any member on a sector, a task, a rule or crossing, sometimes for a time."""
    task = seed.choice(example.tasks.tasks)
    bars: list[dict[str, object]] = [
        {"bars_sectors": (seed.choice(example.area.sectors).id,)},
        {"bars_tasks": (task.id,)},
        {"bars_rules": task.rules[:1]},
        {"bars_crossing": True},
    ]
    values: dict[str, object] = {"id": f"caveat-{number}", "member": seed.choice(example.alliance.members[:3]).id, "text": "Not there."}
    if seed.random() < 0.3:
        values["from_day"] = example.about.d_day + timedelta(days=seed.randrange(0, 90))
    return Caveat.model_validate(values | seed.choice(bars))


def random_transfer(example: Mission, seed: random.Random) -> Agreement:
    """A transfer of authority that covers some members from some day."""
    members = tuple(member.id for member in example.alliance.members[:3] if seed.random() < 0.7)
    return transfer(example, seed.randrange(-10, 60), members or (example.alliance.members[0].id,))


def random_case(example: Mission, number: int, units: int = 4) -> tuple[Mission, RequirementRecord, random.Random]:
    """A random small mission with its requirement, and the generator to draw more from."""
    seed = random.Random(number)
    pledges = tuple(random_pledge(example, seed, index) for index in range(seed.randrange(1, units + 1)))
    caveats = tuple(random_caveat(example, seed, index) for index in range(seed.randrange(0, 3)))
    transfers = (random_transfer(example, seed),) if seed.random() < 0.4 else None
    keys = sorted(
        {
            (seed.choice(example.tasks.tasks).id, seed.choice(example.area.sectors).id, seed.choice(WANTED), seed.random() < 0.3)
            for _ in range(seed.randrange(1, 6))
        }
    )
    lines = [
        line(example, task, sector, capability, tuple(float(seed.randrange(0, 150)) for _ in range(3)), crosses)
        for task, sector, capability, crosses in keys
    ]
    return small(example, pledges, caveats, transfers), requirement(*lines), seed
