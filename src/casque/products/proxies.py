"""Series of the model that stand in for a measure: what they count, so that nobody takes them for the measure itself."""

from __future__ import annotations

from collections.abc import Sequence

from casque.mission.measures import Measure
from casque.plan.outlook import Fan

SAME = ("strength.in_area", "strength.theatre")
"""Series that count the very thing that a measure of their kind counts."""

WORDS = {
    "incidents-per-week": "the model's serious incidents",
    "incidents-cumulative": "the model's serious incidents",
    "returns-cumulative": "displaced people returned in the model",
    "freedom-of-movement": "inhabitants free to move in the model",
    "civil-police": "civil police as the model lets them arrive",
    "losses-cumulative": "peacekeepers lost in the model",
    "supply-least-days": "the worst base in the model",
    "presence-per-thousand": "effective presence in the model",
}
"""What a series of the model counts."""


def stand_ins(measures: Sequence[Measure]) -> dict[str, str]:
    """By measure, what the series of the model that predicts it counts; measures that are predicted as such are left out."""
    found = {}
    for measure in measures:
        if measure.model and measure.model not in SAME:
            known = WORDS.get(measure.model) or WORDS.get(measure.model.partition(".")[0])
            found[measure.id] = known or f"the model's series {measure.model}"
    return found


def title_of(fan: Fan, proxies: dict[str, str]) -> str:
    """The title of a fan; one that bears a measure's name says what the model counts for it."""
    return f"{fan.title} ({proxies[fan.series]})" if fan.series in proxies else fan.title


def unit_of(fan: Fan, proxies: dict[str, str]) -> str:
    """The unit of a fan; where serious incidents stand in for a measure it is theirs."""
    incidents = proxies.get(fan.series, "") == WORDS["incidents-per-week"]
    return fan.unit if not incidents else "incidents a week"
