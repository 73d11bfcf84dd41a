"""What a planner of 1999 would recognise in the findings and in the fix set of Kosovo."""

from __future__ import annotations

import pytest

from casque.checks.solve import solve
from casque.mission.folder import read
from casque.plan.findings import CheckRecord, Finding, State
from casque.reference.load import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def record() -> CheckRecord:
    """What the checks find in the folder as it stands."""
    mission = read(ROOT / "missions/kosovo-1999")
    return solve(mission, load(mission.overrides))


def about(record: CheckRecord, rule: str) -> list[Finding]:
    """Findings of a rule, each with the doctrine of the rule and the sources and grade of its item."""
    found = [finding for finding in record.findings if finding.rule == rule]
    assert all(finding.doctrine and finding.sources and finding.grade for finding in found)
    return found


def test_the_heavy_equipment_passes_greece_and_north_macedonia(record: CheckRecord) -> None:
    texts = [finding.message for finding in about(record, "single-transit-country")]
    assert len(texts) == 2
    assert any("crosses Greece and lands at Port of Thessaloniki" in text and "transit from Thessaloniki" in text for text in texts)
    assert any("crosses North Macedonia" in text and "would have no way by surface" in text for text in texts)


def test_the_police_gap_and_the_caveats_on_crossing_sectors_are_found(record: CheckRecord) -> None:
    assert "public-order" in {finding.subject.removeprefix("task:") for finding in about(record, "civil-police-gap")}
    (crossing,) = about(record, "caveat-bars-crossing")
    assert crossing.subject == "task:theatre-reserve"
    assert "Germany" in crossing.message


def test_nothing_is_red_and_the_way_to_green_is_proven(record: CheckRecord) -> None:
    assert not any(chain.state is State.RED for chain in record.chains)
    assert record.fix_set.changes == ()
    green = record.to_green
    assert green is not None
    assert green.outcome.status == "optimal"
    amber = {chain.task for chain in record.chains if chain.state is State.AMBER and chain.priority <= 3}
    assert set(green.saves) | {text.partition(":")[0] for text in green.cannot_save} == amber
    assert {"bring agreement forward", "change command relationship", "observe measure", "add pledge"} <= {c.kind for c in green.changes}
    raised = next(change for change in green.changes if change.kind == "change command relationship")
    assert "Russian Federation" in raised.text
    assert len({link.partition("/")[0] for link in raised.mends}) > 15


def test_no_reason_says_that_a_narrow_transfer_is_none(record: CheckRecord) -> None:
    reasons = [link.reason for chain in record.chains for link in chain.links if link.name == "authority" and link.state is State.AMBER]
    assert reasons
    assert not any("covers Russian Federation" in reason for reason in reasons)
    assert all("TACON only" in reason for reason in reasons if "Russian" in reason)
