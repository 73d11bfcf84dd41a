"""The cheapest cure of a shortfall really closes it, and its effect is what solving again gives."""

from __future__ import annotations

from casque.forces.solve import Params, solve
from casque.mission.engagement import Caveat, Engagement
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.force import ForceRecord
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from tests.forces.builders import line, pledge, requirement, small, transfer

QUICK = Params(next_pledges=0, what_if_time=0.01, futures=None)


def wanted(example: Mission, people: float = 100.0) -> RequirementRecord:
    """Infantry in the first sector for three months."""
    return requirement(line(example, example.tasks.tasks[0].id, example.area.sectors[0].id, Capability.INFANTRY, (people,) * 3))


def filled(record: ForceRecord) -> float:
    """People-months filled."""
    return sum(sum(fill.filled) for fill in record.fills)


def test_lifting_the_caveat_brings_what_the_cure_says(example: Mission, reference: Reference) -> None:
    caveat = Caveat(id="not-there", member="alfaland", text="Stays out.", bars_sectors=(example.area.sectors[0].id,))
    unit = pledge(example, "alone", "alfaland", "infantry-company", 100, -21, 6)
    mission = small(example, (unit,), (caveat,))
    record = solve(mission, reference, wanted(example), QUICK)
    cure = record.shortfalls[0]
    assert cure.cure.startswith("Ask Alfaland to lift the caveat not-there")
    assert cure.cure_weight == reference.value("fix.waive-caveat-weight")
    free = Mission.model_construct(None, **{**dict(mission), "engagement": Engagement(rules=mission.engagement.rules, caveats=())})
    assert cure.closes == filled(solve(free, reference, wanted(example), QUICK)) - filled(record) == 300


def test_a_transfer_of_authority_brings_what_the_cure_says(example: Mission, reference: Reference) -> None:
    unit = pledge(example, "alone", "alfaland", "infantry-company", 100, -21, 6)
    mission = small(example, (unit,), agreements=(transfer(example, 70),))
    record = solve(mission, reference, wanted(example), QUICK)
    cure = record.shortfalls[0]
    assert cure.reason == "agreement"
    assert cure.cure.startswith("Bring a transfer of authority of Alfaland into effect by D+0")
    early = small(example, (unit,), agreements=(transfer(example, 0),))
    assert cure.closes == filled(solve(early, reference, wanted(example), QUICK)) - filled(record)


def test_one_more_tour_is_asked_for_where_it_is_cheaper_than_a_new_unit(example: Mission, reference: Reference) -> None:
    unit = pledge(example, "alone", "alfaland", "infantry-company", 100, -21, 2, may_wait="0 month")
    mission = small(example, (unit,))
    record = solve(mission, reference, wanted(example), QUICK)
    cure = record.shortfalls[0]
    assert (cure.reason, cure.cure_weight) == ("tour", reference.value("fix.tour-weight"))
    longer = small(example, (unit.model_copy(update={"renewals": 1}),))
    assert cure.closes == filled(solve(longer, reference, wanted(example), QUICK)) - filled(record) == 100


def test_where_lifting_a_caveat_closes_little_a_new_pledge_is_asked_for(example: Mission, reference: Reference) -> None:
    caveat = Caveat(id="not-there", member="alfaland", text="Stays out.", bars_sectors=(example.area.sectors[0].id,))
    unit = pledge(example, "alone", "alfaland", "infantry-company", 30, -21, 6)
    record = solve(small(example, (unit,), (caveat,)), reference, wanted(example), QUICK)
    cure = record.shortfalls[0]
    assert cure.reason == "caveat", "it explains more than a quarter"
    assert cure.cure.startswith("Ask for 1 x infantry company (140 people)")
    assert cure.closes > 150
    asked = pledge(example, "new", "bravia", "infantry-company", 140, 0, 6)
    more = solve(small(example, (unit, asked), (caveat,)), reference, wanted(example), QUICK)
    assert cure.closes == filled(more) - filled(record)


def test_a_longer_line_of_heavier_tasks_is_counted_in_the_pledge(example: Mission, reference: Reference) -> None:
    sector = example.area.sectors[0].id
    ranked = sorted(example.tasks.tasks, key=lambda task: task.priority)
    lines = requirement(*(line(example, task.id, sector, Capability.INFANTRY, (100.0,) * 3) for task in (ranked[0], ranked[-1])))
    record = solve(small(example, ()), reference, lines, QUICK)
    light = next(item for item in record.shortfalls if item.line == lines.lines[1].id)
    assert light.closes > 150, "the pledge is large enough to reach the line behind the heavier one"
