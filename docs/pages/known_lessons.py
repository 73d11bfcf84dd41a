"""The lessons of the real missions, gathered from their folders for the reference set and for one page."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from casque.mission.folder import read
from casque.mission.lessons import Lesson, WhenFinding, WhenLate, WhenMeasure, WhenShortfall, WhenSupply
from casque.reference.lessons import KnownLesson
from docs.pages.markdown import page, table

_HEAD = """What the missions in this project taught, gathered from the `lessons/` of their folders. They ship with the reference set:
`casque check` and `casque run` hold them against any other mission and name those whose triggers fire, with the reason."""


def gathered(missions: Path) -> list[KnownLesson]:
    """Lessons of every mission folder that has a source other than our own estimates or inventions, by folder and name."""
    found = []
    for folder in sorted(path for path in missions.iterdir() if (path / "mission.yaml").is_file()):
        mission = read(folder)
        real = {source.id: source.title for source in mission.sources if source.kind != "own"}
        for lesson in sorted(mission.lessons.lessons, key=lambda item: item.id):
            titles = tuple(real[name] for name in lesson.source if name in real)
            if titles:
                found.append(KnownLesson(folder=mission.about.id, lesson=lesson, titles=titles))
    return found


def lessons_json(missions: Path) -> str:
    """src/casque/reference/data/lessons.json"""
    items: list[dict[str, Any]] = [item.model_dump(mode="json", exclude_defaults=True) for item in gathered(missions)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def lessons_page(missions: Path) -> str:
    """docs/reference/lessons.md"""
    parts = [_HEAD]
    for folder, items in groupby(gathered(missions), key=lambda item: item.folder):
        rows = [
            [
                f"`{item.lesson.id}`: {item.lesson.title}",
                item.lesson.recommendation,
                _triggers(item.lesson),
                f"{'; '.join(item.titles)} ({item.lesson.grade})",
            ]
            for item in items
        ]
        parts.append(f"## {folder}\n\n{table(['lesson', 'what to do', 'applies when', 'sources'], rows)}")
    return page("Lessons of earlier missions", *parts)


def _triggers(lesson: Lesson) -> str:
    found = []
    for trigger in lesson.triggers:
        match trigger:
            case WhenFinding():
                found.append(f"a finding of `{trigger.rule}`")
            case WhenShortfall():
                found.append(f"{trigger.capability} short by {trigger.share:.0%}")
            case WhenMeasure():
                found.append(f"measure `{trigger.measure}` behind its course")
            case WhenSupply():
                found.append("supply below the least")
            case WhenLate():
                found.append(f"a unit {trigger.days} days late")
    return "; ".join(found)
