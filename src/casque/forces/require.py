"""The stage `require`: what the tasks need in people, line by line and month by month, beside what rules of thumb say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casque.forces.bands import bands, manoeuvre_capabilities
from casque.forces.calendar_profile import Calendar, calendar, civil_relief, threat_by_day, threat_share
from casque.forces.troop_to_task import Size, count, size, weakest
from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.mission.tasks import Need, Reserve, Task
from casque.mission.vocabulary import Capability, Threat
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers `require`."""

    least: float = 0.5
    """Needs that come to fewer people than this in a sector make no line."""


@dataclass(frozen=True)
class _Draft:
    """A line while its months are still being worked out; the months are people before rounding."""

    task: Task
    need: Need
    ground: Sector
    """Where the need is met."""
    sector: Sector
    """Where the people who meet it are based: the same, but for a task that another sector's force carries out."""
    size: Size
    active: tuple[float, ...]
    threats: tuple[Threat, ...]
    months: tuple[float, ...]
    remark: str = ""


def solve(mission: Mission, reference: Reference, params: Params | None = None) -> RequirementRecord:
    """What the tasks need in people.

    Reads about, area, actors and tasks. People are wanted from the commander's required date (or the start of the task, if that is
    later) to the end of the task; a month's figure is the mean over its days. Threat scales every rule except `units`, which
    states its figure. Where a task passes to a civil institution, those of its people who have arrived are deducted from the
    lines of the capability that they take over, in proportion to those lines, so that nobody is counted twice. The lines of a task
    that another sector's force carries out are sized on the task's ground and wanted in that sector.
    """
    params = params or Params()
    days = calendar(mission.about)
    drafts = [draft for draft in _drafts(mission, reference, days) if draft.size.likely >= params.least or isinstance(draft.need, Reserve)]
    drafts = _relieved(mission, reference, days, drafts)
    drafts = [_reserve(draft, drafts, reference) if isinstance(draft.need, Reserve) else draft for draft in drafts]
    lines = _lines([draft for draft in drafts if draft.size.likely >= params.least], days, reference)
    return RequirementRecord(
        months=len(days.months),
        lines=lines,
        bands=bands(mission.area, mission.actors.actors, lines, reference),
        driver=_driver(mission, lines),
    )


def _drafts(mission: Mission, reference: Reference, days: Calendar) -> list[_Draft]:
    sectors = {sector.id: sector for sector in mission.area.sectors}
    drafts: list[_Draft] = []
    for task in mission.tasks.tasks:
        first, last = days.day(max(task.start, task.required_by)), days.day(task.end)
        for need in task.needs:
            drafts += [
                _draft(mission, reference, days, task, need, sectors[name], sectors.get(task.force_of or name, sectors[name]), first, last)
                for name in dict.fromkeys(need.sectors or task.sectors)
                if name in sectors
            ]
    return drafts


def _draft(
    mission: Mission, reference: Reference, days: Calendar, task: Task, need: Need, ground: Sector, base: Sector, first: int, last: int
) -> _Draft:
    level = threat_by_day(mission.about, ground, days)
    scaled = need.rule != "units"
    people = size(task, need, ground, reference)

    def wanted(day: int) -> float:
        if not first <= day <= last:
            return 0.0
        return people.likely * (threat_share(reference, level(day)) if scaled else 1.0)

    active = days.mean(lambda day: float(first <= day <= last))
    inside = (day for month in days.months for day in month if first <= day <= last)
    threats = sorted({level(day) for day in inside}, key=lambda threat: threat.rank) if scaled else []
    remark = "" if base is ground else f"; for {ground.name}, by the force of {base.name}"
    return _Draft(task, need, ground, base, people, active, tuple(threats), days.mean(wanted), remark)


def _relieved(mission: Mission, reference: Reference, days: Calendar, drafts: Sequence[_Draft]) -> list[_Draft]:
    population = sum(sector.population for sector in mission.area.sectors)
    together: dict[tuple[str, Capability], list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.task.supports_civil:
            together[draft.ground.id, draft.need.capability].append(index)
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


def _reserve(draft: _Draft, drafts: Sequence[_Draft], reference: Reference) -> _Draft:
    assert isinstance(draft.need, Reserve)
    manoeuvre = manoeuvre_capabilities(reference)
    of = [
        other
        for other in drafts
        if other.ground.id == draft.ground.id and not isinstance(other.need, Reserve) and other.need.capability in manoeuvre
    ]
    sums = [sum(other.months[month] for other in of) for month in range(len(draft.active))]
    months = tuple(draft.need.share * people * active for people, active in zip(sums, draft.active, strict=True))
    if not any(months):
        return draft
    peak = max(range(len(months)), key=lambda month: (sums[month] * (draft.active[month] > 0), -month))
    likely = draft.need.share * sums[peak]
    at_peak = [(other, other.months[peak]) for other in of]
    low = draft.need.share * sum(people * other.size.low / other.size.likely for other, people in at_peak)
    high = draft.need.share * sum(people * other.size.high / other.size.likely for other, people in at_peak)
    of_peak = f"{draft.need.share:.0%} of {count(sums[peak])} manoeuvre troops in {draft.ground.name} in month {peak}, their peak"
    working = f"{of_peak} = {count(likely)}"
    evidence = weakest(draft.size.grade, *(other.size.grade for other in of))
    sized = Size(low, likely, high, working, f"reserve: {draft.need.share:.0%} of the sector's manoeuvre troops", evidence)
    # The lines that it is a share of carry the threat already.
    return replace(draft, size=sized, months=months, threats=())


def _lines(drafts: Sequence[_Draft], days: Calendar, reference: Reference) -> tuple[RequirementLine, ...]:
    seen: dict[str, int] = defaultdict(int)
    lines: list[RequirementLine] = []
    for draft in drafts:
        name = "/".join((draft.task.id, draft.sector.id, draft.need.capability.value, draft.need.rule)).replace(" ", "-")
        seen[name] += 1
        shares = [threat_share(reference, level) for level in draft.threats]
        threat = ", ".join(f"x {share:g} at {level.value} threat" for level, share in zip(draft.threats, shares, strict=True) if share != 1)
        likely = round(draft.size.likely)
        lines.append(
            RequirementLine(
                id=name if seen[name] == 1 else f"{name}-{seen[name]}",
                task=draft.task.id,
                sector=draft.sector.id,
                capability=draft.need.capability,
                low=min(likely, round(draft.size.low)),
                likely=likely,
                high=max(likely, round(draft.size.high * max([1.0, *shares]))),
                start=days.day(draft.task.start),
                end=days.day(draft.task.end),
                required_by=days.day(draft.task.required_by),
                priority=draft.task.priority,
                crosses_sectors=draft.task.leaves_sector,
                driver=draft.size.driver,
                working=draft.size.working + (f"; {threat}" if threat else "") + draft.remark,
                grade=draft.size.grade,
                by_month=tuple(float(round(people)) for people in draft.months),
            )
        )
    return tuple(lines)


def _driver(mission: Mission, lines: Sequence[RequirementLine]) -> str:
    total = sum(sum(line.by_month) for line in lines)
    if not total:
        return "No task asks for anyone within the horizon."
    by_need: dict[tuple[str, str], float] = defaultdict(float)
    for line in lines:
        by_need[line.task, line.driver.partition(":")[0]] += sum(line.by_month)
    (task, rule), people = max(by_need.items(), key=lambda item: item[1])
    titles = {item.id: item.title for item in mission.tasks.tasks}
    return (
        f"The task '{titles[task]}', by its rule '{rule}', drives {people / total:.0%} of all people-months wanted"
        f" ({count(people)} of {count(total)})."
    )
