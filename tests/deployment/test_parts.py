"""Parts of a pledge, starts that wait and gaps between tours, as the stages behind force generation see them."""

from __future__ import annotations

from casque.deployment.lines import movement_lines
from casque.deployment.solve import Params
from casque.deployment.solve import solve as deploy
from casque.engagement.postings import postings_of
from casque.forces.require import solve as require
from casque.forces.solve import Params as Generating
from casque.forces.solve import solve as generate
from casque.mission.mission import Mission
from casque.plan.force import Assignment, ForceRecord
from casque.products.filled import peaks
from casque.reference.load import Reference
from casque.simulation.units import planned_units
from casque.sustainment.presence import units_present


def in_parts(mission: Mission, reference: Reference) -> tuple[ForceRecord, Assignment]:
    """The example's force with its first unit in two parts of one sector: one goes and comes back, the other starts later."""
    quick = Generating(next_pledges=0, what_if_time=0.01, futures=None)
    record = generate(mission, reference, require(mission, reference), quick)
    item = record.assignments[0]
    half = item.strength / 2
    comes_back = {"part": "1 of 2", "strength": half, "spans": ((item.start, item.start + 60), (item.start + 120, item.end)), "tours": 2}
    later = {"part": "2 of 2", "strength": half, "ready": (item.ready or 0) + 40, "start": item.start + 40}
    parts = (item.model_copy(update=comes_back), item.model_copy(update={**later, "spans": ((item.start + 40, item.end),), "tours": 1}))
    return record.model_copy(update={"assignments": (*parts, *record.assignments[1:])}), item


def test_every_part_moves_stays_and_goes_by_itself(example: Mission, reference: Reference) -> None:
    force, whole = in_parts(example, reference)
    lines = movement_lines(example, reference, force)
    parts = {line.part: line for line in lines if line.unit == whole.unit}
    assert sorted(parts) == ["1 of 2", "2 of 2"]
    assert parts["2 of 2"].ready == parts["1 of 2"].ready + 40
    assert parts["1 of 2"].away == ((whole.start + 61, whole.start + 119),)
    assert len({line.id for line in lines}) == len(lines)
    movement = deploy(example, reference, force, Params(iterations=1, runs=0))
    places = [row.place for row in movement.in_place]
    assert len(places) == len(set(places))
    assert {(whole.unit, whole.sector, "1 of 2"), (whole.unit, whole.sector, "2 of 2")} <= set(places)
    stays = [item for item in units_present(example, reference, force, movement) if item.unit == whole.unit]
    assert len(stays) == 3, "two stays of the first part, one of the second"
    assert sum(item.people for item in stays) == 1.5 * whole.strength
    postings = postings_of(force, movement)[whole.unit]
    assert [posting.end for posting in postings].count(whole.start + 60) == 1
    units = planned_units(example, reference, force, movement, tuple(sector.id for sector in example.area.sectors))
    assert sorted(unit.id for unit in units if unit.id.split("#")[0] == whole.unit) == [whole.unit, f"{whole.unit}#1", f"{whole.unit}#2"]
    most, _ = peaks(force.assignments, movement)[whole.sector]
    assert most <= sum(row.strength for row in movement.in_place if row.sector == whole.sector)
