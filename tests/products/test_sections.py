"""What the sections on force and engagement say of the records behind them."""

from __future__ import annotations

import re

from casque.mission.mission import Mission
from casque.plan.engagement import Decision, EngagementRecord
from casque.plan.force import ForceRecord
from casque.products.solve import Params, solve
from casque.reference.load import Reference
from tests.products.records import Records, full


def page(mission: Mission, reference: Reference, records: Records) -> str:
    """The report of some records."""
    return solve(mission, reference, *records, Params())[1]["report.html"].decode()


def with_record(records: Records, kind: type, **update: object) -> Records:
    """The records with one of them changed."""
    return tuple(record.model_copy(update=update) if isinstance(record, kind) else record for record in records)  # type: ignore[return-value]


def test_gains_and_losses_say_whether_they_are_proven(example: Mission, reference: Reference) -> None:
    records = full(example)
    force = next(record for record in records if isinstance(record, ForceRecord))
    (gain,) = force.next_pledges
    for proven, word in ((True, "proven"), (False, "estimate")):
        asked = (gain.model_copy(update={"proven": proven}),)
        losses = tuple(item.model_copy(update={"proven": not proven}) for item in force.pivotal)
        report = page(example, reference, with_record(records, ForceRecord, next_pledges=asked, pivotal=losses))
        words = re.findall(r'<td data-h="Certainty">(\w+)</td>', report)
        assert words == [word] + [{"proven": "estimate", "estimate": "proven"}[word]] * len(losses)


def test_a_unit_kept_to_its_own_sector_is_told_from_one_kept_from_the_task(example: Mission, reference: Reference) -> None:
    task, unit = example.tasks.tasks[0], example.forces.pledges[0]

    def refused(why: str, crossing: bool) -> Decision:
        return Decision(task=task.id, unit=unit.id, rule="", answer="prohibited", decided_by=(), why=why, crossing=crossing)

    decisions = (refused("Never.", False), refused("Not there.", True))
    report = page(example, reference, with_record(full(example), EngagementRecord, decisions=decisions))
    cells = re.findall(r'<td data-h="Task">([^<]*)</td>', report)
    assert cells == [task.title, f"{task.title}, outside its own sector"]
    assert "Never." in report
    assert "Not there." in report
