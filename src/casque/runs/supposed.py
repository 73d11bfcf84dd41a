"""What documents call a mission under a scenario, so that nobody takes a supposition for the plan."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.mission.scenarios import BASE
from casque.runs.stages import Stage

NAMES_THE_MISSION = "produce"
"""The stage whose documents carry the mission's title."""


def as_shown(mission: Mission, stage: Stage, scenario: str) -> Mission:
    """The mission as a stage sees it: as it is, but with the scenario in its title where the stage writes documents."""
    if scenario == BASE or stage.name != NAMES_THE_MISSION:
        return mission
    supposed = next((item.title for item in mission.scenarios.scenarios if item.id == scenario), scenario)
    title = f"{mission.about.title}. Scenario: {supposed}"
    return mission.model_copy(update={"about": mission.about.model_copy(update={"title": title})})
