"""The evidence behind the item that a finding is about: the sources it names, and their grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casque.mission.links import KINDS
from casque.mission.mission import Mission
from casque.mission.vocabulary import Grade
from casque.mission.written import Sourced
from casque.plan.findings import Finding


@dataclass(frozen=True)
class Evidence:
    """Ids of sources, and the grade of what they bear out."""

    sources: tuple[str, ...]
    grade: Grade


def with_evidence(mission: Mission, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings with the sources and the grade of the items that they are about; those about no item of the folder stay as they are."""
    known = evidence(mission)
    for finding in findings:
        found = known.get(finding.subject)
        yield finding if found is None else finding.model_copy(update={"sources": found.sources, "grade": found.grade})


def evidence(mission: Mission) -> dict[str, Evidence]:
    """Evidence of every item by `kind:id`, of the title page as `mission:id`.

    A provision rests on its instrument where it names no source itself.
    """
    found: dict[str, Evidence] = {f"mission:{mission.about.id}": _of(mission.about)}
    for kind in KINDS:
        items: tuple[Any, ...] = getattr(getattr(mission, kind.part), kind.key, ())
        found |= {f"{kind.name}:{item.id}": _of(item) for item in items if isinstance(item, Sourced) and hasattr(item, "id")}
    for instrument in mission.mandate.instruments:
        for provision in instrument.provisions:
            found[f"provision:{provision.id}"] = _of(provision if provision.source else instrument)
    return found


def _of(item: Sourced) -> Evidence:
    return Evidence(item.source, item.grade)
