"""The sheet of one nation for the force generation conference: what became of its pledges, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casque.products.figures import count, number, percent, whole
from casque.products.forces.parts import Part, asks_part, caveats_part, units_part
from casque.products.forces.picture import Picture
from casque.products.forces.release import WITHHELD, Reader
from casque.products.forces.shared import agreements_part, bridge_part, burden_part, leaving_part, training_part
from casque.products.wording import tidy


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet of a nation."""

    member: str
    nation: str
    heading: str
    mission: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    marking: str
    withheld: str
    """What was left out because the nation may not read it; empty where nothing was."""
    foot: str

    def as_dict(self) -> dict[str, Any]:
        """The sheet as plain values, for templates and for machines."""
        return asdict(self)


def sheet_of(seen: Picture, member: str) -> Sheet:
    """The sheet of a member. Nothing stands on it that its marking keeps from that member."""
    reader = Reader(seen.mission, member)
    nation = seen.names.member(member)
    parts = (
        asks_part(seen, reader),
        units_part(seen, reader),
        caveats_part(seen, reader),
        agreements_part(seen, reader),
        bridge_part(seen, reader),
        burden_part(seen, reader),
        training_part(seen, reader),
        leaving_part(seen, reader),
    )
    facts = tuple(_facts(seen, member)) if reader.plan_released else ()
    read = tuple(_read(reader, part) for part in parts if part.lead or part.rows)
    left_out = sum(WITHHELD in cell for part in read for row in part.rows for cell in row) + sum(WITHHELD in part.lead for part in read)
    withheld = ""
    if not reader.plan_released:
        withheld = f"The marking of the plan does not release it to {nation}: this sheet has only what {nation} wrote itself."
    elif left_out:
        withheld = f"{count(left_out, 'entry', 'entries')} left out: marked, and not released to {nation}."
    return Sheet(
        member=member,
        nation=nation,
        heading="Force generation conference: sheet for",
        mission=seen.mission.about.title,
        facts=facts,
        parts=read,
        marking=_marking(reader),
        withheld=tidy(withheld),
        foot=f"D-day {seen.calendar.date(0)}. Worked out by Casque from {seen.mission.about.id}. Advice: people decide.",
    )


def _read(reader: Reader, part: Part) -> Part:
    """A part with every text as the nation may read it, and with the signs that documents use."""
    rows = tuple(tuple(tidy(reader.text(cell)) for cell in row) for row in part.rows)
    return Part(part.key, part.title, tidy(reader.text(part.lead)), part.columns, rows, part.more)


def _facts(seen: Picture, member: str) -> Iterator[tuple[str, str]]:
    pledges = [pledge for pledge in seen.mission.forces.pledges if pledge.member == member]
    placed = {item.unit for item in seen.force.assignments if item.member == member}
    yield "Pledged", f"{count(len(pledges), 'unit')}, {whole(sum(pledge.strength for pledge in pledges))} people"
    yield (
        "With a place",
        f"{count(len(placed), 'unit')}, {whole(sum(x.strength for x in seen.force.assignments if x.member == member))} people",
    )
    loss = next((item for item in seen.force.pivotal if item.member == member), None)
    if loss is not None:
        yield "Fill lost without you", f"{number(loss.loss)} points"
    burden = next((item for item in seen.force.answers.burdens if item.member == member), None)
    if burden is not None:
        yield "Share of the burden", percent(burden.share) + (f" (fair: {percent(burden.fair)})" if burden.fair is not None else "")


def _marking(reader: Reader) -> str:
    marking = reader.marking
    policy = f"{marking.policy} " if marking.policy else ""
    return f"{policy}{marking.classification}, for {reader.member.upper()} only"
