"""Parts of a nation's sheet on what it shares with others: agreements, the bridge, the burden, exercises, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.mission.vocabulary import AgreementStatus
from casque.plan.bridge import BridgeGap
from casque.products.figures import count, listed, number, whole
from casque.products.forces.members import burden_sentence, certainty
from casque.products.forces.parts import Part
from casque.products.forces.picture import Picture
from casque.products.forces.release import Reader

MOST_PARTNERS = 8
"""Exercises that a sheet names."""
FAMILIES = ("agreement-", "authority-not-", "transfer-", "sustainment-agreement-", "rehatting-without-")
"""Rules of the checks that tell of an agreement that is owed."""


def agreements_part(seen: Picture, reader: Reader) -> Part:
    """Agreements that it still owes."""
    rows = list(dict.fromkeys((*_pending(seen, reader), *_missing(seen, reader))))
    return Part("agreements", "Agreements still owed", "" if rows else "None.", ("What", "Until it is in force"), tuple(rows))


def _pending(seen: Picture, reader: Reader) -> Iterator[tuple[str, str]]:
    """Agreements of the nation's own that are not settled, or that come into force after its first unit is wanted with none before."""
    pledges = [pledge for pledge in seen.mission.forces.pledges if pledge.member == reader.member]
    first = min((pledge.required or pledge.earliest_arrival or pledge.ready_to_load for pledge in pledges), default=seen.calendar.d_day)
    every = seen.mission.agreements.agreements
    for item in every:
        if reader.member not in (*item.parties, *item.members) or not reader.may(item):
            continue
        alike = (other for other in every if other.kind is item.kind and other.country == item.country and other.covers(reader.member))
        held = any(other.in_effect(first) for other in alike)
        open_still = item.in_force is None or item.status in (AgreementStatus.NEGOTIATING, AgreementStatus.REFUSED)
        if open_still or (item.status is AgreementStatus.SIGNED and not item.in_effect(first) and not held):
            reader.show(item)
            day = None if item.in_force is None else seen.calendar.day((item.in_force - seen.calendar.d_day).days)
            yield f"{item.title} ({item.kind.value}): {item.status.value}", "no day is known" if day is None else f"expected on {day}"


def _missing(seen: Picture, reader: Reader) -> Iterator[tuple[str, str]]:
    """What the checks miss: findings on agreements that are about the nation or one of its units."""
    if not reader.plan_released:
        return
    units = {f"unit:{pledge.id}" for pledge in seen.mission.forces.pledges if pledge.member == reader.member}
    for finding in seen.findings:
        if finding.rule.startswith(FAMILIES) and finding.subject in {f"member:{reader.member}", *units}:
            yield finding.message, finding.fix


def bridge_part(seen: Picture, reader: Reader) -> Part:
    """Gaps of the bridge that the nation's own units could close, or that they open."""
    made = seen.force.bridge
    sectors = {sector.id: sector for sector in seen.mission.area.sectors}
    own = {pledge.id: pledge.name for pledge in seen.mission.forces.pledges if pledge.member == reader.member}
    rows = []
    for cell in made.cells if made and reader.plan_released else ():
        for gap in cell.gaps:
            steps = [step for way in gap.closings[:1] for step in way.steps if step.unit in own]
            if not steps or not reader.may(sectors.get(cell.sector)):
                continue
            asked = "; ".join(
                f"{own[step.unit]}: {count(step.days, 'day')} {'sooner' if step.how == 'earlier arrival' else 'longer'}" for step in steps
            )
            where = f"{cell.capability.value} in {seen.names.sector(cell.sector)}"
            rows.append((where, _dates(seen, gap), whole(gap.people), asked))
    return Part("bridge", "Ground not held that your units could hold", "", ("What", "When", "People", "What it takes of you"), tuple(rows))


def _dates(seen: Picture, gap: BridgeGap) -> str:
    first, last = seen.calendar.date(gap.first), seen.calendar.date(gap.last)
    return f"{first} to {last}" if gap.closed else f"from {first} on"


def burden_part(seen: Picture, reader: Reader) -> Part:
    """What it bears against its fair share."""
    found = next((item for item in seen.force.answers.burdens if item.member == reader.member), None)
    lead = burden_sentence(found, seen.names.member(reader.member)) if found is not None and reader.plan_released else ""
    return Part("burden", "Your share of the burden", lead)


def training_part(seen: Picture, reader: Reader) -> Part:
    """With whom it should exercise."""
    members = {item.id: item for item in seen.mission.alliance.members}
    sectors = {item.id: item for item in seen.mission.area.sectors}
    rows = []
    for item in sorted(seen.force.answers.training, key=lambda item: -item.buys) if reader.plan_released else ():
        other = item.second if item.first == reader.member else item.first
        if reader.member not in (item.first, item.second) or not reader.may(members.get(other)) or not reader.may(sectors.get(item.sector)):
            continue
        reader.show(members[other])
        days = item.why if item.start is None or item.end is None else f"{seen.calendar.date(item.start)} to {seen.calendar.date(item.end)}"
        kind = "lead and led" if item.kind == "lead and led" else "side by side"
        rows.append((seen.names.member(other), f"{seen.names.sector(item.sector)}, {kind}", days, number(item.buys)))
    columns = ("With", "Sector", "When", "Points of cohesion")
    left = len(rows) - MOST_PARTNERS
    lead = f"What buys most first; {count(left, 'further pair')} in the list of the conference." if left > 0 else ""
    return Part("training", "With whom you should exercise before you deploy", lead, columns, tuple(rows[:MOST_PARTNERS]))


def leaving_part(seen: Picture, reader: Reader) -> Part:
    """What is lost if it leaves."""
    title = "What is lost if you leave"
    found = next((item for item in seen.force.pivotal if item.member == reader.member), None)
    if found is None or not reader.plan_released:
        return Part("leaving", title, "")
    if found.loss <= 0:
        nothing = "You have pledged nothing yet, so that nothing hangs on you."
        replaced = "Others could take every place that your units have; the weighted fill would stay as it is."
        pledged = any(pledge.member == reader.member for pledge in seen.mission.forces.pledges)
        return Part("leaving", title, replaced if pledged else nothing)
    tasks, sectors = {task.id: task for task in seen.mission.tasks.tasks}, {item.id: item for item in seen.mission.area.sectors}
    lines = seen.lines()
    told = [
        f"{lines[item.line].capability.value} in {seen.names.sector(lines[item.line].sector)} for “{seen.names.task(item.task)}” "
        f"({whole(item.people_months)} people-months)"
        for item in found.lines[:3]
        if item.line in lines and reader.may(tasks.get(item.task)) and reader.may(sectors.get(lines[item.line].sector))
    ]
    text = f"The weighted fill falls by {number(found.loss)} points ({certainty(found.proven, found.low, found.high)}), others placed anew"
    if told:
        text += f". Most is lost of {listed(tuple(told))}"
    elif found.loses_most:
        text += f". Most is lost of {found.loses_most}"
    return Part("leaving", title, text + ".")
