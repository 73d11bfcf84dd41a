"""The written list of stages: what each reads, what it gives, and where its door is. A plan and a run walk this same list."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from casque.plan.engagement import EngagementRecord
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import JudgementRecord
from casque.plan.lesson import LessonsRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.product import ProductRecord
from casque.plan.record import Record
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord


@dataclass(frozen=True)
class Stage:
    """One step of a run."""

    name: str
    """Its name."""
    title: str
    """The question it answers."""
    door: str
    """Module with `solve` and `Params`."""
    gives: type[Record]
    """Record that it returns."""
    reads: tuple[str, ...]
    """Parts of the mission (fields of Mission) that it reads; it sees no others."""
    uses: tuple[str, ...] = ()
    """Earlier stages whose records it reads, in the order of the arguments of `solve`."""
    options: tuple[str, ...] = ()
    """Options of a run that steer it."""

    @property
    def rooms(self) -> tuple[str, ...]:
        """Rooms whose code decides its result."""
        return (self.door.split(".")[1], "plan", "reference", "mission")

    def solve(self) -> Any:
        """The function behind the door; heavy libraries are imported only now."""
        return import_module(self.door).solve

    def params(self, options: dict[str, int]) -> Any:
        """Its parameters under the options of a run."""
        return import_module(self.door).Params(**{name: options[name] for name in self.options if name in options})


EVERYTHING = (
    "about",
    "mandate",
    "alliance",
    "agreements",
    "area",
    "actors",
    "tasks",
    "engagement",
    "forces",
    "requirements",
    "movements",
    "transport",
    "supply",
    "measures",
    "observations",
    "lessons",
    "overrides",
    "own_rules",
    "sources",
)

STAGES: tuple[Stage, ...] = (
    Stage("check", "Is every mandated task lawful, authorised, resourced and doable?", "casque.checks.solve", CheckRecord, EVERYTHING),
    Stage(
        "require",
        "What do the tasks need?",
        "casque.forces.require",
        RequirementRecord,
        ("about", "area", "actors", "tasks", "transport", "requirements"),
    ),
    Stage(
        "generate",
        "Which force do the pledges add up to?",
        "casque.forces.solve",
        ForceRecord,
        ("about", "alliance", "agreements", "area", "tasks", "engagement", "forces", "transport"),
        ("require",),
        ("seed",),
    ),
    Stage(
        "deploy",
        "When is it in place, and how far is that from the best possible?",
        "casque.deployment.solve",
        MovementRecord,
        ("about", "agreements", "area", "forces", "movements", "transport"),
        ("generate",),
        ("seed", "workers"),
    ),
    Stage(
        "engage",
        "Who may lawfully act here, now?",
        "casque.engagement.solve",
        EngagementRecord,
        ("about", "mandate", "alliance", "agreements", "area", "tasks", "engagement", "forces", "transport"),
        ("generate", "deploy"),
    ),
    Stage(
        "sustain",
        "What does it consume and cost, and which road breaks it?",
        "casque.sustainment.solve",
        SupplyRecord,
        ("about", "alliance", "agreements", "area", "forces", "transport", "supply"),
        ("generate", "deploy"),
    ),
    Stage(
        "simulate",
        "What will probably happen, and what breaks first?",
        "casque.simulation.solve",
        OutlookRecord,
        ("about", "mandate", "alliance", "area", "actors", "forces", "transport", "measures", "supply"),
        ("require", "generate", "deploy", "engage", "sustain"),
        ("seed", "replications", "workers"),
    ),
    Stage(
        "assess",
        "Is it working, and which assumption has failed?",
        "casque.assessment.solve",
        JudgementRecord,
        ("about", "alliance", "area", "forces", "measures", "observations"),
        ("deploy", "simulate"),
    ),
    Stage(
        "learn",
        "What do earlier missions teach?",
        "casque.lessons.solve",
        LessonsRecord,
        ("about", "lessons", "measures", "area", "tasks"),
        ("check", "require", "generate", "deploy", "sustain", "assess"),
    ),
    Stage(
        "produce",
        "What does a reader see?",
        "casque.products.solve",
        ProductRecord,
        EVERYTHING,
        ("check", "require", "generate", "deploy", "engage", "sustain", "simulate", "assess", "learn"),
        ("seed",),
    ),
)
"""Stages in the order in which they run."""

WITHOUT_EFFECT = ("workers",)
"""Options that change how fast a run is and never what it gives."""


def stage(name: str) -> Stage:
    """A stage by name. Raises KeyError."""
    return {item.name: item for item in STAGES}[name]
