"""The lessons that ship with Casque: those of the real missions that come with it, ready to be held against any other plan."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from casque.mission.lessons import Lesson
from casque.mission.written import Id, Written


class KnownLesson(Written):
    """A lesson and the mission folder that it comes from."""

    folder: Id
    """Id of the mission whose folder keeps it."""
    lesson: Lesson
    """The lesson. Its triggers that name a measure or a rule of that mission alone can fire only where a plan has one of that name."""
    titles: tuple[str, ...] = ()
    """Titles of its sources."""

    @property
    def id(self) -> str:
        """Its name among all known lessons: `folder/lesson`."""
        return f"{self.folder}/{self.lesson.id}"


@cache
def known_lessons() -> tuple[KnownLesson, ...]:
    """Every lesson that ships, by folder and name."""
    text = (files("casque.reference") / "data" / "lessons.json").read_text(encoding="utf-8")
    return tuple(KnownLesson.model_validate(item) for item in json.loads(text))
