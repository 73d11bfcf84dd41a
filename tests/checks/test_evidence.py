"""Findings show the evidence of what they are about."""

from __future__ import annotations

from casque.checks.evidence import evidence
from casque.checks.solve import check
from casque.mission.mission import Mission
from casque.mission.vocabulary import Grade
from casque.reference.load import Reference
from tests.checks.cases import change, provision


def test_every_finding_names_the_sources_and_grade_of_its_item(example: Mission, reference: Reference) -> None:
    mission = change("caveats", "carolia-own-sector", source=("report-7", "letter"), grade=Grade.SECONDARY, waived_by="")(example)
    finding = next(f for f in check(mission, reference).findings if f.subject == "caveat:carolia-own-sector")
    assert (finding.sources, finding.grade) == (("report-7", "letter"), Grade.SECONDARY)
    known = evidence(mission)
    for other in check(mission, reference).findings:
        assert other.doctrine
        assert (other.grade is not None) == (other.subject in known), other.subject


def test_a_provision_rests_on_its_instrument_unless_it_names_a_source(example: Mission) -> None:
    assert evidence(example)["provision:separate"] == evidence(example)["instrument:resolution-9999"]
    own = provision("separate", source=("annex",), grade=Grade.SECONDARY)(example)
    assert evidence(own)["provision:separate"].sources == ("annex",)
