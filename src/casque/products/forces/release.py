"""What a nation may read: its own items, and those whose marking releases them to it. Texts that name anything else are withheld."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from casque.mission.marking import combined, readable_by
from casque.mission.mission import Mission
from casque.mission.written import Marking, Sourced

WITHHELD = "withheld: its marking does not release it to you"
"""What stands in the place of a text."""
LEAST = 4
"""Letters from which a name is looked for in texts; shorter ones stand in other words."""


class Reader:
    """Who is to be given a sheet on a member: that member itself, unless somebody else is named, such as the lead organisation."""

    def __init__(self, mission: Mission, member: str, reader: str = "") -> None:
        self.mission = mission
        self.member = member
        own = next((item for item in mission.alliance.members if item.id == member), None)
        self.names = frozenset({reader} if reader else {member, *(own.organisations if own else ())})
        self._shown: dict[int, Marking] = {}

    @property
    def plan_released(self) -> bool:
        """Whether what bears no marking of its own may be read."""
        return readable_by(self.mission.about.marking, self.names, self.mission.about.lead)

    def may(self, item: Sourced | None) -> bool:
        """Whether the member may read an item: by the item's marking, else by the mission's; what it wrote itself needs no release."""
        if item is None:
            return False
        if item.marking is not None:
            return readable_by(item.marking, self.names, self.mission.about.lead)
        return self.plan_released or self._own(item)

    def show(self, item: Sourced) -> None:
        """Note that an item stands on the sheet, so that the sheet bears its marking."""
        if item.marking is not None:
            self._shown[id(item)] = item.marking

    @property
    def marking(self) -> Marking:
        """The marking of a sheet with the items that were shown."""
        return combined(self._shown.values(), self.mission.about.marking)

    def text(self, text: str) -> str:
        """A text as the member may read it: whole, or withheld where it names an item that is not released to it."""
        return WITHHELD if self._forbidden is not None and self._forbidden.search(text) else text

    def _own(self, item: Sourced) -> bool:
        return self.member in (getattr(item, "member", None), getattr(item, "id", None)) or self.member in getattr(item, "parties", ())

    @cached_property
    def _forbidden(self) -> re.Pattern[str] | None:
        words = sorted({word for item in _items(self.mission) if not self.may(item) for word in _words(item)} - self._allowed)
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE) if words else None

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return frozenset(word for item in _items(self.mission) if self.may(item) for word in _words(item))


def _items(mission: Mission) -> Iterator[Sourced]:
    parts: tuple[Iterable[Sourced], ...] = (
        mission.alliance.organisations,
        mission.alliance.members,
        mission.alliance.command_posts,
        mission.alliance.exercises,
        mission.alliance.standing,
        mission.agreements.agreements,
        mission.area.sectors,
        mission.area.places,
        mission.tasks.tasks,
        mission.engagement.rules,
        mission.engagement.caveats,
        mission.forces.pledges,
        mission.mandate.instruments,
    )
    for part in parts:
        yield from part


def _words(item: Sourced) -> Iterator[str]:
    """The names by which a text would give an item away."""
    for field in ("id", "name", "title", "text"):
        word = getattr(item, field, "")
        if isinstance(word, str) and len(word) >= LEAST:
            yield word
