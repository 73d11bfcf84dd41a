"""A folder as far as it could be read, with what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from casque.mission.faults import Fault
from casque.mission.overlay import Overlay
from casque.mission.yaml_source import Parsed


@dataclass
class Reading:
    """A folder as far as it could be read."""

    parts: dict[str, Any] = field(default_factory=dict)
    """Fields of Mission that could be read whole."""
    salvaged: dict[str, Any] = field(default_factory=dict)
    """Fields of Mission without their faulty items, so that the other items are looked at all the same."""
    parsed: dict[str, Parsed] = field(default_factory=dict)
    """Every file that could be parsed."""
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """For each list that comes from tables: file and row number of each item."""
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with the folder as it stands."""
    scenario_faults: list[Fault] = field(default_factory=list)
    """What is wrong with scenarios.yaml itself; the folder can be used without it."""
    unread: list[str] = field(default_factory=list)
    """Files that could not be read as text or YAML."""
    under: dict[str, Reading] = field(default_factory=dict)
    """The folder under each of its scenarios, as far as that can be told, each with its own faults."""
    overlay: Overlay | None = None
    """The scenario laid over the folder, in a reading under one."""

    @property
    def warnings(self) -> list[Fault]:
        """What is wrong with the scenarios, in order; it leaves the folder as it stands usable."""
        return sorted({*self.scenario_faults, *(fault for found in self.under.values() for fault in found.faults)})

    def blamed(self, faults: list[Fault], sound: bool = True) -> list[Fault]:
        """Faults found in this reading, told where a person can mend them; `sound` says that the folder itself has none."""
        return faults if self.overlay is None else list(self.overlay.blame(faults, sound))
