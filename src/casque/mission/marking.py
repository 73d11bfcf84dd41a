"""Markings of many items put together: the highest classification, and only those to whom every item may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from casque.mission.mission import Mission
from casque.mission.written import Marking, Sourced


def combined(markings: Iterable[Marking], default: Marking) -> Marking:
    """The marking of a product made of items with these markings beside items under the default one."""
    every = [default, *markings]
    highest = max(every, key=lambda marking: marking.classification.rank)
    released = tuple(name for name in default.releasable_to if all(name in marking.releasable_to for marking in every))
    return Marking(policy=highest.policy, classification=highest.classification, releasable_to=released)


def readable_by(marking: Marking, names: Iterable[str], lead: str) -> bool:
    """Whether someone who goes by these names, a member and its organisations, may see it. Nobody outside the lead may by default."""
    allowed = {*marking.releasable_to, lead}
    return any(name in allowed for name in names)


def markings_of(mission: Mission) -> Iterator[Marking]:
    """The marking of every item of a mission that has one of its own."""
    for name in type(mission).model_fields:
        yield from _walk(getattr(mission, name))


def mission_marking(mission: Mission) -> Marking:
    """The marking of a product made of the whole mission."""
    return combined(markings_of(mission), mission.about.marking)


def _walk(value: object) -> Iterator[Marking]:
    if isinstance(value, tuple):
        for part in value:
            yield from _walk(part)
    elif isinstance(value, BaseModel):
        if isinstance(value, Sourced) and value.marking is not None:
            yield value.marking
        for name in type(value).model_fields:
            if name != "marking":
                yield from _walk(getattr(value, name))
