"""Gates at places and links that reports say are closed."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from casque.deployment.execution.widening import with_gates
from casque.deployment.schedule.world import World
from casque.deployment.translation.section import Section
from casque.deployment.translation.translate import Key


def gated(world: World, key: Key, names: Sequence[str]) -> tuple[World, dict[str, int]]:
    """The world with a gate, period by tick, for each of some nodes and links, and the capacity that each is."""
    gates = [[passing for leg, stretch in enumerate(key.stretches) for passing in _passing(stretch.section, leg, name)] for name in names]
    first = len(world.resource_width)
    return with_gates(world, gates, 1), {name: first + number for number, name in enumerate(names)}


def _passing(section: Section, leg: int, name: str) -> list[tuple[int, int, int]]:
    """When a leg is at a node, or on a link: while it loads and unloads, and when it passes."""
    found: list[tuple[float, float]] = []
    if section.start == name:
        found.append((0.0, max(1.0, section.loading)))
    for number, ((link, _, end), (enters, leaves)) in enumerate(zip(section.moves, section.passages(), strict=True)):
        if link.id == name:
            found.append((enters, leaves))
        if end == name:
            last = number + 1 == len(section.moves)
            found.append((max(0.0, leaves - 1), max(leaves, 1.0) + (section.unloading if last else 0.0)))
    return [(leg, floor(begin), max(1, ceil(behind - 1e-6) - floor(begin))) for begin, behind in found]
