"""Cards of Kosovo 1999, and a contingent with far too many rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from casque.engagement.training.pocket import card_records
from casque.engagement.training.vignettes import training_set
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.plan.card import CardRecord, VignetteSet
from casque.reference.load import Reference, load


@pytest.fixture(scope="session")
def kosovo_2004() -> Mission:
    """The riots of March 2004: many rules, many caveats."""
    return read(Path(__file__).resolve().parents[3] / "missions" / "kosovo-2004")


@pytest.fixture(scope="session")
def german(kosovo: Mission) -> CardRecord:
    """The rules in force for the German contingent on D+30."""
    return card_records(kosovo, load(kosovo.overrides), "deu", 30)[0]


@pytest.fixture(scope="session")
def questions(kosovo: Mission) -> VignetteSet:
    """Ten questions for the German contingent."""
    return training_set(kosovo, load(kosovo.overrides), "deu", 30, 10, 1)


@pytest.fixture(scope="session")
def crowded(example: Mission, reference: Reference) -> tuple[Mission, CardRecord]:
    """The example with a hundred and twenty rules of long texts and forty long caveats, and its card."""
    rules = tuple(
        rule.model_copy(
            update={"id": f"{rule.id}-{number}", "measure": f"{rule.id}-{number}", "text": rule.text * 6, "title": rule.title * 3}
        )
        for number in range(40)
        for rule in example.engagement.rules
    )
    caveat = example.engagement.caveats[0]
    caveats = tuple(caveat.model_copy(update={"id": f"caveat-{number}", "text": caveat.text * 20}) for number in range(40))
    engagement = example.engagement.model_copy(update={"rules": rules, "caveats": caveats})
    mission = example.model_copy(update={"engagement": engagement})
    return mission, card_records(mission, reference, "carolia", 60)[0]
