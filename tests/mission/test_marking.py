"""Markings: default deny, highest classification, intersection of the release sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casque.mission.marking import combined, mission_marking, readable_by
from casque.mission.mission import Mission
from casque.mission.vocabulary import Classification
from casque.mission.written import Marking

NAMES = ["un", "nato", "alfaland", "bravia"]
MARKINGS = st.builds(
    Marking, classification=st.sampled_from(list(Classification)), releasable_to=st.lists(st.sampled_from(NAMES), unique=True).map(tuple)
)


def test_nothing_is_released_by_silence() -> None:
    assert not readable_by(Marking(), ["alfaland", "un"], lead="nato")
    assert readable_by(Marking(), ["alfaland", "nato"], lead="nato")
    assert readable_by(Marking(releasable_to=("un",)), ["alfaland", "un"], lead="nato")


@given(st.lists(MARKINGS, max_size=5), MARKINGS)
def test_a_product_is_as_high_as_its_highest_part_and_goes_only_where_every_part_may(parts: list[Marking], default: Marking) -> None:
    whole = combined(parts, default)
    assert whole.classification.rank == max(part.classification.rank for part in [*parts, default])
    for name in NAMES:
        assert (name in whole.releasable_to) == all(name in part.releasable_to for part in [*parts, default])


@given(st.lists(MARKINGS, min_size=1, max_size=5), MARKINGS)
def test_one_more_part_never_opens_a_product(parts: list[Marking], default: Marking) -> None:
    assert set(combined(parts, default).releasable_to) <= set(combined(parts[1:], default).releasable_to)


def test_one_marked_item_marks_the_mission(example: Mission) -> None:
    assert mission_marking(example) == example.about.marking
    caveat = example.engagement.caveats[0].model_copy(update={"marking": Marking.model_validate("RESTRICTED rel un alfaland")})
    marked = example.model_copy(update={"engagement": example.engagement.model_copy(update={"caveats": (caveat,)})})
    assert mission_marking(marked) == Marking(classification=Classification.RESTRICTED, releasable_to=("un", "alfaland"))


def test_a_cell_that_is_no_marking_is_refused() -> None:
    with pytest.raises(ValidationError):
        Marking.model_validate("VERY SECRET rel un")
