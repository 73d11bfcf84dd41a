"""The report in a browser: nothing overflows, nothing fails, whatever the width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casque.mission.mission import Mission
from casque.products.solve import Params, solve
from casque.reference.load import Reference
from tests.products.records import full


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["report", "bare_report"])
def test_page_fits_its_width(browser: Any, request: pytest.FixtureRequest, tmp_path: Path, width: int, name: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(request.getfixturevalue(name), encoding="utf-8")
    said: list[str] = []
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda made: asked.append(made.url))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    assert asked == [file.as_uri()]
    if width == 1280:
        assert page.evaluate("document.querySelector('header.top').getBoundingClientRect().bottom") <= 800
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_title_without_blanks_does_not_widen_the_page(
    browser: Any, example: Mission, reference: Reference, tmp_path: Path, width: int
) -> None:
    long = "W" * 3000
    about = example.about.model_copy(update={"title": long, "summary": long})
    tasks = tuple(task.model_copy(update={"title": long}) for task in example.tasks.tasks)
    measures = tuple(measure.model_copy(update={"title": long}) for measure in example.measures.measures)
    mission = example.model_copy(
        update={
            "about": about,
            "tasks": example.tasks.model_copy(update={"tasks": tasks}),
            "measures": example.measures.model_copy(update={"measures": measures}),
        }
    )
    _, documents = solve(mission, reference, *full(mission), Params())
    file = tmp_path / "report.html"
    file.write_bytes(documents["report.html"])
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hints = page.evaluate("[...document.querySelectorAll('.hint')].filter(h => h.offsetHeight > 0).length")
    assert (hints > 0) is (width == 390)
    page.close()
