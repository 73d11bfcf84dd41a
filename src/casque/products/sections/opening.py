"""First screen: what the mission is, and the four answers."""

from __future__ import annotations

from dataclasses import dataclass

from casque.mission.marking import mission_marking
from casque.products.material import Material
from casque.products.summary import Answer, summary


@dataclass(frozen=True)
class OpeningView:
    """What the first screen shows."""

    title: str
    summary: str
    marking: str
    releasable: tuple[str, ...]
    answers: tuple[Answer, ...]
    facts: tuple[tuple[str, str], ...]


def view(material: Material) -> OpeningView:
    """The first screen."""
    mission, names = material.mission, material.names
    about, marking = mission.about, mission_marking(mission)
    check, requirement, force, movement = material.check, material.requirement, material.force, material.movement
    answers = summary(mission, material.reference, check, requirement, force, movement, material.supply, material.outlook)
    members = {pledge.member for pledge in mission.forces.pledges}
    facts = (
        ("D-day", material.calendar.date(0)),
        ("Horizon", f"{material.calendar.horizon} days"),
        ("Lead", names.member(about.lead)),
        ("Sectors", str(len(mission.area.sectors))),
        ("Tasks", str(len(mission.tasks.tasks))),
        (
            "Pledges",
            f"{len(mission.forces.pledges)} units, {len(members)} members, {sum(p.strength for p in mission.forces.pledges):,.0f} people",
        ),
    )
    return OpeningView(
        about.title,
        about.summary,
        marking.classification,
        tuple(names.member(item) for item in marking.releasable_to),
        answers,
        facts,
    )
