"""The stage `require`: what the tasks need in people, line by line and month by month, beside what rules of thumb say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casque.forces.bands import POLICE, bands, manoeuvre_capabilities
from casque.forces.calendar_profile import calendar, threat_share
from casque.forces.drafts import Draft, drafts_of, network_of, relieved
from casque.forces.shares import ORDER, Others, Share, rule_of, size_of
from casque.forces.sizes import count, weakest
from casque.forces.stated import RULE, with_stated
from casque.mission.mission import Mission
from casque.mission.needs import Need
from casque.mission.shares import AreaBand, HeadquartersShare, MedicalReach, PopulationBand, Reserve, SupportRatio
from casque.mission.vocabulary import Capability
from casque.plan.requirement import RequirementLine, RequirementRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers `require`."""

    least: float = 0.5
    """Needs that come to fewer people than this in a sector make no line."""


def solve(mission: Mission, reference: Reference, params: Params | None = None) -> RequirementRecord:
    """What the tasks need in people.

    Reads about, area, actors, tasks, transport and requirements. People are wanted from the commander's required date (or the start of
    the task, if that is later) to the end of the task; a month's figure is the mean over its days. Threat scales the rules of those who
    are out among the people, seasons those of the roads. Where a task passes to a civil institution, those of its people who have arrived
    are deducted from the lines of the capability that they take over, in proportion to those lines, so that nobody is counted twice. The
    lines of a task that another sector's force carries out are sized on the task's ground and wanted in that sector. What the staff states
    itself overrides or joins; then come the needs that look at what the others come to, in the order of `shares.ORDER`.
    """
    params = params or Params()
    days = calendar(mission.about)
    drafts = with_stated(mission, days, drafts_of(mission, reference, days))
    drafts = [draft for draft in drafts if draft.size.likely >= params.least or draft.phase >= 0]
    drafts = relieved(mission, reference, days, drafts)
    for phase in range(len(ORDER)):
        for place, draft in enumerate(drafts):
            if draft.phase == phase:
                drafts[place] = _shared(draft, drafts[:place], drafts, mission, reference)
    lines = _lines([draft for draft in drafts if draft.size.likely >= params.least], reference)
    return RequirementRecord(
        months=len(days.months),
        lines=lines,
        bands=bands(mission.area, mission.actors.actors, lines, reference),
        driver=_driver(mission, lines),
    )


def _shared(draft: Draft, before: Sequence[Draft], drafts: Sequence[Draft], mission: Mission, reference: Reference) -> Draft:
    """A draft of a need that looks at others, once those have been worked out."""
    need = draft.need
    assert isinstance(need, Share)
    # Bands of one sector count each other, in the order of the tasks, so that two of them do not ask for the same people.
    earlier = [other for other in before if other.phase == draft.phase == 0]
    looked_at = [
        other for other in (*(item for item in drafts if item.phase < draft.phase), *earlier) if _looks(need, draft, other, reference)
    ]
    rule = rule_of(draft.task, need, draft.ground, network_of(mission, draft.task))
    months = range(len(draft.active))
    beside = [sum(_while_active(draft, other, month) for other in looked_at) for month in months]
    wanted = [rule.people(reference.value, people) if active else 0.0 for people, active in zip(beside, draft.active, strict=True)]
    peak = max(months, key=lambda month: (wanted[month], beside[month], -month), default=0)
    size = size_of(rule, _others(draft, looked_at, beside, peak), reference)
    by_month = tuple(people * active for people, active in zip(wanted, draft.active, strict=True))
    return replace(draft, size=size, months=by_month)


def _looks(need: Need, draft: Draft, other: Draft, reference: Reference) -> bool:
    """Whether a need that looks at others looks at this one."""
    manoeuvre = manoeuvre_capabilities(reference)
    match need:
        case PopulationBand() | AreaBand():
            return other.ground.id == draft.ground.id and (other.capability in manoeuvre or other.capability in POLICE)
        case Reserve():
            return other.ground.id == draft.ground.id and other.capability in manoeuvre
        case MedicalReach():
            return need.level == 3 or other.sector.id == draft.sector.id
        case HeadquartersShare():
            return other.sector.id == draft.sector.id and other.capability is not Capability.HEADQUARTERS
        case SupportRatio():
            return other.sector.id == draft.sector.id and other.capability not in (Capability.LOGISTICS, Capability.TRANSPORT)
        case _:
            return other.sector.id == draft.sector.id


def _while_active(draft: Draft, other: Draft, month: int) -> float:
    """People of another line in the part of a month in which a draft is wanted; the shorter part is taken to lie in the longer."""
    own, part = draft.active[month], other.active[month]
    return other.months[month] / part * min(own, part) / own if own and part else 0.0


def _others(draft: Draft, looked_at: Sequence[Draft], beside: Sequence[float], month: int) -> Others:
    there = [(other, _while_active(draft, other, month)) for other in looked_at if other.size.likely > 0]
    return Others(
        likely=beside[month] if beside else 0.0,
        low=sum(people * other.size.low / other.size.likely for other, people in there),
        high=sum(people * other.size.high / other.size.likely for other, people in there),
        grade=weakest(*(other.size.grade for other, _ in there)) if there else draft.size.grade,
        month=month,
    )


def _lines(drafts: Sequence[Draft], reference: Reference) -> tuple[RequirementLine, ...]:
    seen: dict[str, int] = defaultdict(int)
    lines: list[RequirementLine] = []
    for draft in drafts:
        name = "/".join((draft.task.id, draft.sector.id, draft.capability.value, draft.rule)).replace(" ", "-")
        seen[name] += 1
        shares = [threat_share(reference, level) for level in draft.threats]
        threat = ", ".join(f"x {share:g} at {level.value} threat" for level, share in zip(draft.threats, shares, strict=True) if share != 1)
        likely = round(draft.size.likely)
        start, end, required_by = draft.window
        lines.append(
            RequirementLine(
                id=name if seen[name] == 1 else f"{name}-{seen[name]}",
                task=draft.task.id,
                sector=draft.sector.id,
                capability=draft.capability,
                low=min(likely, round(draft.size.low)),
                likely=likely,
                high=max(likely, round(draft.size.high * max([1.0, *shares]) * draft.seasons)),
                start=start,
                end=end,
                required_by=required_by,
                priority=draft.priority,
                crosses_sectors=draft.task.leaves_sector,
                driver=draft.size.driver,
                working=draft.size.working + (f"; {threat}" if threat else "") + draft.remark,
                grade=draft.size.grade,
                by_month=tuple(float(round(people)) for people in draft.months),
                rule=draft.rule,
                stated=draft.rule == RULE,
                source=draft.sources,
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
