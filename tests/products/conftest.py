"""Reports of the example mission, with full and with empty records."""

from __future__ import annotations

import pytest

from casque.mission.mission import Mission
from casque.products.solve import Params, solve
from casque.reference.load import Reference
from tests.products.records import empty, full


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
