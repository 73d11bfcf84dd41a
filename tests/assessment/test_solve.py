"""The stage as a whole: the same bytes twice, only the declared fields read, and thin missions answered."""

from __future__ import annotations

from casque.assessment.solve import Params, solve
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.plan.judgement import JudgementRecord
from casque.reference.load import Reference
from tests.assessment.builders import fan, moved, narrowed, outlook


def test_the_example_is_judged(example: Mission, reference: Reference) -> None:
    mission = narrowed(example, example.measures.measures, example.observations.observations)
    movement, runs = moved((1000.0,) * 181, (1200.0,) * 181), outlook(fan("incidents-per-week", 2, 6, 12, 180))
    record = solve(mission, reference, movement, runs, Params())
    assert [item.measure for item in record.measures] == [item.id for item in example.measures.measures]
    assert {item.standing for item in record.measures} <= {"reached", "on course", "in doubt", "behind", "not observed"}
    strength = next(item for item in record.comparisons if item.series == "strength.in_area")
    assert [(point.day, point.observed, point.planned) for point in strength.points] == [(45, 900, 1000)]
    assert JudgementRecord.model_validate_json(record.model_dump_json()) == record
    turned = narrowed(example, example.measures.measures, example.observations.observations[::-1])
    assert solve(turned, reference, movement, runs, Params()).model_dump_json() == record.model_dump_json()


def test_a_mission_without_anything_seen_or_planned(example: Mission, reference: Reference) -> None:
    thin = narrowed(example, example.measures.measures, ()).model_copy(update={"forces": Forces(pledges=())})
    record = solve(thin, reference, moved(), outlook(), Params())
    assert {item.standing for item in record.measures} == {"not observed"}
    assert (len(record.broken), len(record.comparisons)) == (0, 0)
    assert all(item.met is None for item in record.exits)
    assert solve(narrowed(example, (), ()), reference, moved(), outlook(), Params()) == JudgementRecord(
        measures=(), broken=(), exits=(), comparisons=()
    )
