"""scenarios.yaml: what if. Each scenario is a named list of changes to the folder, read and checked as if they had been written there."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from casque.mission.written import Id, Sourced, Written

BASE = "base"
"""The folder as it stands, where a scenario could be named; no scenario may be called that."""


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _not_base(value: str) -> str:
    if value == BASE:
        raise PydanticCustomError("reserved", "expected another name: 'base' is the folder as it stands")
    return value


OneOrMany = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_many),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1}]}),
]
"""One name, or a list of them."""


class Setting(Written):
    """Fields of items set to another value."""

    item: OneOrMany
    """Item or items as `kind:id`, such as `task:escort`, `unit:first-battalion`, `mission:ID` for mission.yaml, or `file:supply.yaml`
    for what has no id."""
    field: OneOrMany
    """Field or fields, dotted below the first level; items of a list are counted from 1, as the folder stands: `needs[1].posts`."""
    set: Any = None
    """The value, as it would be written in the item's own YAML file, units included. Nothing behind `set:` leaves the field out."""


class Removal(Written):
    """Items taken away."""

    remove: OneOrMany
    """Item or items as `kind:id`."""


class Addition(Written):
    """An item put in."""

    add: str
    """Kind of the item, such as `unit`, `link` or `caveat`."""
    item: dict[str, Any]
    """The item, as it would be written in its own YAML file, units included; without `source` it has the scenario's evidence."""


def _kind_of_change(value: Any) -> str:
    if isinstance(value, dict):
        return "an addition" if "add" in value else "a removal" if "remove" in value else "a setting"
    return "an addition" if isinstance(value, Addition) else "a removal" if isinstance(value, Removal) else "a setting"


# The tags have blanks in them so that no key of a change can be taken for one.
Change = Annotated[
    Annotated[Setting, Tag("a setting")] | Annotated[Removal, Tag("a removal")] | Annotated[Addition, Tag("an addition")],
    Discriminator(_kind_of_change),
]


class Scenario(Sourced):
    """A named what-if."""

    id: Annotated[Id, AfterValidator(_not_base)]
    """Name by which commands refer to it; not `base`, which is the folder as it stands."""
    title: str
    """What it is called."""
    description: str
    """What is supposed, and which question it answers."""
    based_on: Id | None = None
    """Scenario whose changes come first."""
    changes: tuple[Change, ...]
    """Changes, made in order."""


class Scenarios(Sourced):
    """All scenarios."""

    scenarios: tuple[Scenario, ...] = ()
    """Scenarios in any order."""

    def chain(self, name: str) -> tuple[Scenario, ...]:
        """The scenarios whose changes make up the named one, the first to be applied first. Raises KeyError where one does not exist
        or where they go in a circle."""
        known = {scenario.id: scenario for scenario in self.scenarios}
        chain: list[Scenario] = []
        here: str | None = name
        while here is not None:
            if known[here] in chain:
                raise KeyError(here)
            chain.append(known[here])
            here = known[here].based_on
        return tuple(reversed(chain))
