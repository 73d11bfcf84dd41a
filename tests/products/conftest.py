"""Reports of the example mission, with full and with empty records."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casque.mission.mission import Mission
from casque.products.solve import Params, solve
from casque.reference.load import Reference
from tests.products.records import empty, full

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def report(example: Mission, reference: Reference) -> str:
    """The report of the example mission with one of everything."""
    _, documents = solve(example, reference, *full(example), Params(seed=7))
    return documents["report.html"].decode()


@pytest.fixture(scope="session")
def bare_report(example: Mission, reference: Reference) -> str:
    """The report of a run that found nothing."""
    _, documents = solve(example, reference, *empty(), Params())
    return documents["report.html"].decode()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless browser; where it must be there and is not, the test fails and is not skipped."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        if os.environ.get("CASQUE_REQUIRE_CHROMIUM"):
            pytest.fail("Chromium is not installed at /usr/bin/chromium, and this run must look at the page")
        pytest.skip("Chromium is not installed at /usr/bin/chromium")
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()
