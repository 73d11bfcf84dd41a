"""Which file of a mission folder holds what: names, the field of Mission that each fills, and its model."""

from __future__ import annotations

from pydantic import BaseModel

from casque.mission.about import About
from casque.mission.actors import Actors
from casque.mission.agreements import Agreements
from casque.mission.alliance import Alliance
from casque.mission.area import Area
from casque.mission.engagement import Engagement
from casque.mission.factors import FactorOverride
from casque.mission.forces import Pledge
from casque.mission.mandate import Mandate
from casque.mission.measures import Measures
from casque.mission.movements import Movement
from casque.mission.observations import Observation
from casque.mission.own_rules import OwnRules
from casque.mission.requirements import Requirement
from casque.mission.scenarios import Scenarios
from casque.mission.supply import Supply
from casque.mission.tasks import Tasks
from casque.mission.transport import Lift, Link, Node
from casque.mission.written import Source, Written


class Sources(Written):
    """sources.yaml as it is written."""

    sources: tuple[Source, ...]
    """The texts that facts are taken from."""


YAML_FILES: dict[str, tuple[str, type[BaseModel]]] = {
    "mission.yaml": ("about", About),
    "mandate.yaml": ("mandate", Mandate),
    "alliance.yaml": ("alliance", Alliance),
    "agreements.yaml": ("agreements", Agreements),
    "area.yaml": ("area", Area),
    "actors.yaml": ("actors", Actors),
    "tasks.yaml": ("tasks", Tasks),
    "engagement.yaml": ("engagement", Engagement),
    "supply.yaml": ("supply", Supply),
    "measures.yaml": ("measures", Measures),
    "sources.yaml": ("sources", Sources),
    "rules.yaml": ("own_rules", OwnRules),
    "scenarios.yaml": ("scenarios", Scenarios),
}
"""Files of structure: name, the field of Mission they fill, their model."""

OPTIONAL = ("rules.yaml", "scenarios.yaml")
"""Files of structure that a folder may do without."""

TABLES: dict[str, tuple[str, str, type[BaseModel]]] = {
    "forces/pledges.csv": ("forces", "pledges", Pledge),
    "forces/requirements.csv": ("requirements", "requirements", Requirement),
    "forces/movements.csv": ("movements", "movements", Movement),
    "transport/nodes.csv": ("transport", "nodes", Node),
    "transport/links.csv": ("transport", "links", Link),
    "transport/lift.csv": ("transport", "lift", Lift),
}
"""Tables: name, the field of Mission they fill, the list in it, the model of a row."""

OPTIONAL_TABLES = ("forces/requirements.csv", "forces/movements.csv")
"""Tables that a folder may do without."""

TABLE_FOLDERS: dict[str, tuple[str, str, type[BaseModel]]] = {
    "observations": ("observations", "observations", Observation),
    "factors": ("overrides", "overrides", FactorOverride),
}
"""Folders of tables of one shape, any number of files."""

TABLED = ("forces", "requirements", "movements", "transport")
"""Fields of Mission that tables fill."""

PARTS = (*(part for part, _ in YAML_FILES.values()), *TABLED, *(part for part, _, _ in TABLE_FOLDERS.values()), "lessons")
"""Fields of Mission."""

KEYS = {
    **{part: tuple(key for owner, key, _ in TABLES.values() if owner == part) for part in TABLED},
    **{part: (key,) for part, key, _ in TABLE_FOLDERS.values()},
    "lessons": ("lessons",),
}
"""Lists that come from tables or from several files, by the field of Mission they are in."""

LESSONS = "lessons"
KNOWN_FOLDERS = ("forces", "transport", "observations", "factors", LESSONS, "out")
