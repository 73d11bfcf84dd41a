"""The stage as a whole: the same bytes twice, only the declared fields read, and thin missions answered."""

from __future__ import annotations

from casque.engagement.solve import Params, solve
from casque.mission.agreements import Agreements
from casque.mission.engagement import Engagement
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.transport import Transport
from casque.plan.engagement import EngagementRecord
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference
from tests.engagement.conftest import moved, narrowed


def test_same_input_same_bytes(example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord) -> None:
    first, second = (solve(narrowed(example), reference, force, movement, Params()) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()
    assert EngagementRecord.model_validate_json(first.model_dump_json()) == first


def test_order_of_the_assignments_does_not_matter(
    example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord
) -> None:
    turned = force.model_copy(update={"assignments": force.assignments[::-1]})
    assert solve(narrowed(example), reference, turned, movement, Params()) == solve(narrowed(example), reference, force, movement, Params())


def test_a_mission_without_law_permits_nothing(
    example: Mission, reference: Reference, force: ForceRecord, movement: MovementRecord
) -> None:
    thin = narrowed(example, agreements=Agreements(agreements=()), engagement=Engagement(rules=()))
    record = solve(thin, reference, force, movement, Params())
    assert all(item.answer == "prohibited" for item in record.decisions)
    assert all(item.permitted == item.needs_word == item.arriving[-1] == 0 for item in record.usable)
    assert record.caveat_costs == ()


def test_a_mission_without_units_or_roads_is_answered(example: Mission, reference: Reference, force: ForceRecord) -> None:
    thin = narrowed(example, forces=Forces(pledges=()), transport=Transport(nodes=(), links=(), lift=()))
    record = solve(thin, reference, force.model_copy(update={"assignments": ()}), moved(()), Params(hours=(0.0, 2.0)))
    assert record.decisions == ()
    assert all(item.assigned == 0 and item.arriving == (0, 0) for item in record.usable)
