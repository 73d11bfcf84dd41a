"""The section on movement: the certificate, the closure profile, workloads by nation, trips, disruptions; and older records."""

from __future__ import annotations

import csv
import io
import re

from casque.mission.mission import Mission
from casque.plan.movement import Disruption, Disturbance, MovementRecord, Workload
from casque.products.sections import closing, movement, port_work
from casque.products.solve import Params, solve
from casque.reference.load import Reference
from tests.products.movement.conftest import small_record
from tests.products.records import Records, empty, full
from tests.products.test_flows import material
from tests.products.test_sections import page, with_record


def changed(mission: Mission, **update: object) -> Records:
    """Full records with the small movement plan, changed."""
    fields = {name: getattr(small_record(), name) for name in MovementRecord.model_fields} | update
    return with_record(full(mission), MovementRecord, **fields)


def test_the_profile_tells_days_for_shares_of_people_and_units(example: Mission, reference: Reference) -> None:
    seen = closing.view(material(example, reference, changed(example)))
    by_share = {mark.share: mark for mark in seen.marks}
    # 400 people are in place on D+7, 300 more on D+15; required by D+8 and D+8, possible on D+5 and D+8.
    assert by_share["50\u00a0%"].people == ("D+8", "D+5", "D+7")
    assert by_share["100\u00a0%"].people == ("D+8", "D+8", "D+15")
    assert by_share["50\u00a0%"].units == ("D+8", "D+5", "D+7")
    assert seen.undated == ""
    assert [proof.bound for proof in seen.proofs] == ["D+14", "14"]


def test_ports_are_stacked_by_nation_and_the_record_has_the_last_word(example: Mission, reference: Reference) -> None:
    told = Workload(
        resource="airport Exampland Airport: people", unit="person/d", capacity=(510.0,) * 20, used=(0.0,) * 5 + (510.0,) + (0.0,) * 14
    )
    work = port_work.view(material(example, reference, changed(example, workloads=(told,))))
    landing = next(group for group in work.groups if group.title == "Ports and airfields of debarkation")
    assert [panel.name for panel in landing.panels] == ["Exampland Airport: people", "Exampland Port: lane metres"]
    assert landing.panels[0].note.startswith("100\u00a0% full on D+5")
    assert [name for name, _ in work.nations] == ["Alfaland", "Bravia"]
    assert set(re.findall(r'class="by (n\d)"', landing.panels[1].drawing)) == {"n1", "n2"}
    ways = next(group for group in work.groups if group.title.startswith("Roads"))
    assert "Road from Exampland Airport to Southtown: vehicles" in [panel.name for panel in ways.panels]


def test_a_capacity_of_which_only_the_whole_is_known_is_drawn_without_nations(example: Mission, reference: Reference) -> None:
    told = Workload(resource="fleet Ships: vehicles busy", unit="vehicle", capacity=(2.0,) * 20, used=(2.0,) * 9 + (0.0,) * 11)
    work = port_work.view(material(example, reference, changed(example, workloads=(told,))))
    (panel,) = work.groups[-1].panels
    assert (panel.name, work.groups[-1].small) == ("Ships: vehicles busy", True)
    assert "2 of 2 vehicle" in panel.note


def test_lift_of_an_organisation_has_a_row_of_its_own(example: Mission, reference: Reference) -> None:
    seen = movement.view(material(example, reference, changed(example)))
    last = seen.members[-1]
    assert (last.units, last.lift is not None) == (0, True)
    assert last.lift is not None
    assert last.lift.count('class="trip') == 2
    section = page(example, reference, changed(example)).partition('<section id="movement"')[2].partition("</section>")[0]
    assert "Lift of United Nations" in section
    assert '<th scope="row">United Nations</th>' not in section
    assert '<th scope="row">Bravia</th>' in section


def test_disruptions_are_told_where_the_record_has_them(example: Mission, reference: Reference) -> None:
    kinds = (Disturbance(kind="strike", events=0.5, days=2.5, text="The port strikes."),)
    found = Disruption(runs=10, closures=(16.0, 17.0, 20.0), left_behind=1, low=16.0, median=17.0, high=20.0, kinds=kinds)
    report = page(example, reference, changed(example, disruption=found))
    assert "If things go wrong" in report
    assert "half close by 18\u00a0Mar\u00a02030 (D+17)" in report
    assert "The port strikes." in report
    assert "If things go wrong" not in page(example, reference, changed(example))


def test_a_run_writes_the_lists(example: Mission, reference: Reference) -> None:
    record, documents = solve(example, reference, *changed(example), Params())
    rows = list(csv.DictReader(io.StringIO(documents["time-phased-list.csv"].decode())))
    assert {row["load"] for row in rows} == {load.id for load in small_record().loads}
    assert documents["manifest.csv"].decode().count("\n") == len(small_record().shipments) + 1
    assert {product.path for product in record.products} >= {"time-phased-list.csv", "manifest.csv"}
    _, bare = solve(example, reference, *empty(), Params())
    assert bare["manifest.csv"].decode().count("\n") == 1
