"""The coherence of the rules as the report shows it."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.plan.coherence import Incoherence
from casque.plan.engagement import EngagementRecord
from casque.reference.load import Reference
from tests.products.records import full
from tests.products.test_sections import page, with_record

BARRED = Incoherence(
    kind="wholly barred",
    subjects=("rule:detain", "rule:protect-civilians"),
    why="Both never give leave.",
    conflict=("“No” forbids it",),
    rests_on=("rule:no",),
    example="A unit in the north: in the way stands that “No” forbids it",
)
NOTE = BARRED.model_copy(update={"kind": "permission meets prohibition", "why": "It wins.", "subjects": ("rule:detain",)})


def test_faults_stand_in_the_open_and_notes_are_folded(example: Mission, reference: Reference) -> None:
    text = page(example, reference, with_record(full(example), EngagementRecord, incoherences=(NOTE, BARRED)))
    section = text.split("Coherence of the rules", 1)[1]
    assert "1\u00a0fault of the rules themselves" in section
    assert section.index("Both never give leave.") < section.index("Worth knowing about the rules") < section.index("It wins.")
    assert "Detain and hand over" in section
    assert "“No” forbids it" in section


def test_rules_that_agree_take_no_room(example: Mission, reference: Reference) -> None:
    assert "Coherence of the rules" not in page(example, reference, with_record(full(example), EngagementRecord, incoherences=()))
