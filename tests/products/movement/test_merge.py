"""The plan with what nations changed: only those lines move, whole parts of the journey move together, nothing gets lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.products.movement.brought import Brought, brought
from casque.products.movement.journey import journey
from casque.products.movement.merge import merged
from casque.products.movement.picture import MovementPicture
from casque.products.movement.pieces import by_load
from casque.products.movement.proposal import Proposal
from tests.products.movement.conftest import Editor

PEOPLE, GEAR = "bra-inf:people", "bra-inf:equipment"


def test_a_moved_part_moves_its_shipments_and_leaves_the_rest(seen: MovementPicture, edit: Editor) -> None:
    found = brought(seen, [edit("bravia", {PEOPLE: {"leaves POE [D+]": "5", "reaches POD [D+]": "6.25"}})])
    after, notes = merged(seen, found)
    assert notes == ()
    loads = {load.id: load for load in after.record.loads}
    assert [loads[name] for name in loads if name != PEOPLE] == [load for load in seen.record.loads if load.id != PEOPLE]
    assert journey(loads[PEOPLE]).times() == {"leaves POE": 5, "reaches POD": 6.25, "leaves POD": 8, "reaches destination": 9.125}
    first, second = by_load(after.record)[PEOPLE]
    assert (first.steps[0].departs, first.steps[0].arrives) == (5, 5.25)
    assert (second.steps[0].departs, second.steps[0].arrives) == (6, 6.25)


def test_amounts_are_shared_out_as_before(seen: MovementPicture, edit: Editor) -> None:
    after, _ = merged(seen, brought(seen, [edit("bravia", {PEOPLE: {"people": "360", "vehicles": "4"}})]))
    assert [(piece.people, piece.vehicles) for piece in by_load(after.record)[PEOPLE]] == [(180, 2), (180, 2)]


def test_another_port_takes_the_way_that_others_take_from_there(seen: MovementPicture, edit: Editor) -> None:
    after, notes = merged(seen, brought(seen, [edit("bravia", {PEOPLE: {"POD": "exampport"}})]))
    assert notes == ()
    load = next(load for load in after.record.loads if load.id == PEOPLE)
    assert [(leg.link, leg.end) for leg in load.legs] == [("", "exampport"), ("port-road", "examp-airport"), ("airport-road", "southtown")]
    assert journey(load).times() == pytest.approx(journey(next(x for x in seen.record.loads if x.id == PEOPLE)).times())
    _, notes = merged(seen, brought(seen, [edit("bravia", {PEOPLE: {"POD": "northtown"}})]))
    assert "no line of the plan goes from northtown to southtown" in notes[0]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shift=st.floats(-20, 20),
    load=st.sampled_from([PEOPLE, GEAR, "alf-inf:people", "alf-inf:equipment"]),
    amount=st.floats(0, 5000),
)
def test_shipments_of_a_merged_line_add_up_and_stay_in_order(seen: MovementPicture, shift: float, load: str, amount: float) -> None:
    times = journey(next(item for item in seen.record.loads if item.id == load)).times()
    proposal = Proposal(load, "f", 2, times={name: day + shift for name, day in times.items()}, amounts={"tonnes [t]": amount})
    after, _ = merged(seen, Brought({load: proposal}, (), ()))
    changed = next(item for item in after.record.loads if item.id == load)
    pieces = by_load(after.record)[load]
    assert sum(piece.tonnes for piece in pieces) == pytest.approx(amount)
    assert sum(piece.people for piece in pieces) == pytest.approx(changed.people)
    assert journey(changed).times() == pytest.approx({name: day + shift for name, day in times.items()})
    for piece in pieces:
        assert all(step.departs <= step.arrives for step in piece.steps)
