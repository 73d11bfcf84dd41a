"""Requirement lines while their months are still being worked out: from the needs of the tasks, before needs look at each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from casque.forces.calendar_profile import Calendar, civil_relief, threat_by_day, threat_share
from casque.forces.enabling import road_season
from casque.forces.shares import phase_of
from casque.forces.sizes import Size, count
from casque.forces.troop_to_task import Network, size
from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.mission.needs import Need, RoadsKeptOpen
from casque.mission.season import is_winter
from casque.mission.shares import MedicalReach
from casque.mission.tasks import Task
from casque.mission.vocabulary import Capability, Threat
from casque.reference.load import Reference

THREATENED = (
    "static posts",
    "checkpoints",
    "searches",
    "patrols",
    "quick reaction",
    "escorts",
    "police by population",
    "border watch",
    "ordnance disposal",
)
"""Rules whose people the threat scales: those who are out among the people. The others state their figure, follow from what has to be
worked, or look at lines that carry the threat already."""

FIELD_HOSPITAL = 3
"""The medical level that serves the whole force from one place."""


@dataclass(frozen=True)
class Draft:
    """A line while its months are still being worked out; the months are people before rounding."""

    task: Task
    capability: Capability
    rule: str
    need: Need | None
    """The need behind it; none for a line that the staff states."""
    ground: Sector
    """Where the need is met."""
    sector: Sector
    """Where the people who meet it are based: the same, but for a task that another sector's force carries out."""
    size: Size
    window: tuple[int, int, int]
    """First day, last day and commander's required date."""
    priority: int
    active: tuple[float, ...]
    """Share of each month in which it is wanted."""
    months: tuple[float, ...]
    threats: tuple[Threat, ...] = ()
    seasons: float = 1.0
    """What the hardest season makes of it."""
    remark: str = ""
    sources: tuple[str, ...] = ()
    """Sources of a stated line."""

    @property
    def phase(self) -> int:
        """When it is worked out: -1 at once, others after those they look at."""
        return -1 if self.need is None else phase_of(self.need)


def network_of(mission: Mission, task: Task) -> Network:
    """The roads that a task's forces drive on."""
    return Network(mission.area, mission.transport, max(task.start, task.required_by), task.end)


def drafts_of(mission: Mission, reference: Reference, days: Calendar) -> list[Draft]:
    """A draft for every need in every sector that it holds for."""
    sectors = {sector.id: sector for sector in mission.area.sectors}
    drafts: list[Draft] = []
    for task in mission.tasks.tasks:
        network = network_of(mission, task)
        for need in task.needs:
            names = [name for name in dict.fromkeys(need.sectors or task.sectors) if name in sectors]
            if isinstance(need, MedicalReach) and need.level == FIELD_HOSPITAL:
                names = names[:1]
            for name in names:
                base = sectors.get(task.force_of or name, sectors[name])
                drafts.append(_draft(mission, reference, days, network, task, need, sectors[name], base))
    return drafts


def _draft(
    mission: Mission, reference: Reference, days: Calendar, network: Network, task: Task, need: Need, ground: Sector, base: Sector
) -> Draft:
    first, last = days.day(max(task.start, task.required_by)), days.day(task.end)
    level = threat_by_day(mission.about, ground, days)
    scaled = need.rule in THREATENED
    people = size(task, need, ground, reference, network)
    season = _season(mission, reference, days, need, ground)
    inside = [day for month in days.months for day in month if first <= day <= last]

    def wanted(day: int) -> float:
        if not first <= day <= last:
            return 0.0
        return people.likely * (threat_share(reference, level(day)) if scaled else 1.0) * season(day)

    hardest = max((season(day) for day in inside), default=1.0)
    remark = "" if hardest == 1 else f"; up to x {hardest:g} by the season"
    remark += "" if base is ground else f"; for {ground.name}, by the force of {base.name}"
    return Draft(
        task,
        need.capability,
        need.rule,
        need,
        ground,
        base,
        people,
        window=(days.day(task.start), days.day(task.end), days.day(task.required_by)),
        priority=task.priority,
        active=days.mean(lambda day: float(first <= day <= last)),
        months=days.mean(wanted),
        threats=tuple(sorted({level(day) for day in inside}, key=lambda threat: threat.rank)) if scaled else (),
        seasons=hardest,
        remark=remark,
    )


def _season(mission: Mission, reference: Reference, days: Calendar, need: Need, sector: Sector) -> Callable[[int], float]:
    """What the season makes of a need on a day."""
    if not isinstance(need, RoadsKeptOpen):
        return lambda _: 1.0
    latitudes = [node.latitude for node in mission.transport.nodes if node.id == sector.base] or [point[1] for point in sector.outline]
    latitude = sum(latitudes) / len(latitudes) if latitudes else 0.0

    def season(day: int) -> float:
        date = days.d_day + timedelta(days=day)
        return road_season(need, sector, date.month, is_winter(date, latitude), reference)

    return season


def relieved(mission: Mission, reference: Reference, days: Calendar, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts less the people of civil institutions who have taken over, in proportion to the drafts of one capability in a sector."""
    population = sum(sector.population for sector in mission.area.sectors)
    together: dict[tuple[str, Capability], list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.task.supports_civil and draft.need is not None:
            together[draft.ground.id, draft.capability].append(index)
    result = list(drafts)
    for (_, capability), indices in together.items():
        share = drafts[indices[0]].ground.population / population if population else 0.0
        relief = civil_relief(mission.actors.actors, capability, share, days, reference)
        if not any(relief):
            continue
        total = [sum(drafts[index].months[month] for index in indices) for month in range(len(days.months))]
        left = [max(0.0, 1 - people / wanted) if wanted else 0.0 for people, wanted in zip(relief, total, strict=True)]
        names = " and ".join(actor.name for actor in mission.actors.actors if actor.takes_over is capability)
        remark = (
            f"; less {names} in the sector, by share of population:"
            f" {count(relief[0])} in month 0, {count(relief[-1])} in month {len(relief) - 1}"
        )
        for index in indices:
            months = tuple(people * part for people, part in zip(drafts[index].months, left, strict=True))
            result[index] = replace(drafts[index], months=months, remark=drafts[index].remark + remark)
    return result
