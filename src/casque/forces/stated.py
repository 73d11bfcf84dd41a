"""What a staff states itself (forces/requirements.csv), beside and in the place of what the rules work out."""

from __future__ import annotations

from collections.abc import Sequence

from casque.forces.calendar_profile import Calendar
from casque.forces.drafts import Draft
from casque.forces.sizes import Size, count
from casque.mission.area import Sector
from casque.mission.mission import Mission
from casque.mission.requirements import Requirement
from casque.mission.tasks import Task
from casque.mission.vocabulary import Grade, StatementMode

RULE = "stated"
"""The rule of a stated line."""


def with_stated(mission: Mission, days: Calendar, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with what the staff states: a statement that overrides takes the place of every worked-out line of its task, sector and
    capability, one that joins stands beside them. A stated figure is taken as it stands: no threat, season or relief changes it."""
    tasks = {task.id: task for task in mission.tasks.tasks}
    sectors = {sector.id: sector for sector in mission.area.sectors}
    overridden: dict[tuple[str, str, str], list[Draft]] = {}
    for item in mission.requirements.requirements:
        if item.mode is StatementMode.OVERRIDES:
            key = _key(item.task, item.sector, item.capability)
            overridden[key] = [draft for draft in drafts if _key(draft.task.id, draft.sector.id, draft.capability) == key]
    kept = [draft for draft in drafts if _key(draft.task.id, draft.sector.id, draft.capability) not in overridden]
    for item in mission.requirements.requirements:
        if item.task in tasks and item.sector in sectors:
            instead = overridden.get(_key(item.task, item.sector, item.capability), []) if item.mode is StatementMode.OVERRIDES else []
            kept.append(_stated(item, tasks[item.task], sectors[item.sector], days, instead))
    return kept


def _key(task: str, sector: str, capability: str) -> tuple[str, str, str]:
    return task, sector, capability


def _stated(item: Requirement, task: Task, sector: Sector, days: Calendar, instead: Sequence[Draft]) -> Draft:
    start = days.day(item.first_day or task.start)
    end = days.day(item.last_day or task.end)
    required = days.day(item.required_by) if item.required_by is not None else max(start, days.day(task.required_by))
    first = max(start, required)

    def active(day: int) -> float:
        return float(first <= day <= end)

    likely = item.strength
    working = f"{count(likely)} people as the staff states in {item.id}"
    if instead:
        working += " in the place of " + " and ".join(f"{count(draft.size.likely)} by {draft.rule}" for draft in instead)
    size = Size(
        low=min(likely, likely if item.low is None else item.low),
        likely=likely,
        high=max(likely, likely if item.high is None else item.high),
        working=working,
        driver=f"{RULE}: by the staff",
        grade=Grade.JUDGEMENT if "strength" in item.judged else item.grade,
    )
    return Draft(
        task,
        item.capability,
        RULE,
        None,
        sector,
        sector,
        size,
        window=(start, end, required),
        priority=task.priority if item.priority is None else item.priority,
        active=days.mean(active),
        months=days.mean(lambda day: likely * active(day)),
        remark=f"; {item.note}" if item.note else "",
        sources=item.source,
    )
