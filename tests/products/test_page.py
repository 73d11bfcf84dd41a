"""The report in a browser: nothing overflows, nothing fails, whatever the width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed at /usr/bin/chromium")
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


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
