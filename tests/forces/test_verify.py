"""The verifier accepts what the solver returns and rejects what was tampered with; the solver meets brute force, level by level."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from casque.forces.best_plan import best_plan
from casque.forces.matching.budget import Budget
from casque.forces.problem import WEIGHT_SCALE, problem
from casque.forces.solve import Params, solve
from casque.forces.verify import verify
from casque.mission.forces import Forces
from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability
from casque.plan.force import ForceRecord
from casque.plan.requirement import RequirementRecord
from casque.reference.load import Reference
from tests.forces.builders import line, pledge, random_caveat, requirement, small
from tests.forces.random_missions import rich_case, rich_pledge
from tests.forces.test_formulation import best

QUICK = Params(next_pledges=0, what_if_time=0.01, futures=None)


@pytest.mark.parametrize("number", range(300))
def test_the_plan_is_best_at_every_level_and_the_verifier_accepts_it(example: Mission, reference: Reference, number: int) -> None:
    mission, wanted, _ = rich_case(example, 5000 + number, units=2)
    record = solve(mission, reference, wanted, QUICK)
    assert verify(mission, reference, wanted, record) == ()
    value, points = best(problem(mission, reference, wanted))
    assert record.outcome.value * WEIGHT_SCALE == pytest.approx(value)
    assert record.outcome.status == "optimal"
    assert tuple(level.points for level in record.levels) == points


def _value(mission: Mission, reference: Reference, wanted: RequirementRecord) -> int:
    plan = best_plan(problem(mission, reference, wanted), Budget(5.0), levels=False)
    assert plan.status == "optimal"
    return plan.value


def _with(mission: Mission, **parts: Any) -> Mission:
    return Mission.model_construct(None, **{**dict(mission), **parts})


@pytest.mark.parametrize("number", range(60))
def test_one_more_pledge_never_lowers_the_fill_and_one_more_caveat_never_raises_it(
    example: Mission, reference: Reference, number: int
) -> None:
    mission, wanted, seed = rich_case(example, 7000 + number, units=4)
    plain = _value(mission, reference, wanted)
    more = Forces(pledges=(*mission.forces.pledges, rich_pledge(example, seed, 99)))
    assert _value(_with(mission, forces=more), reference, wanted) >= plain
    caveats = (*mission.engagement.caveats, random_caveat(example, seed, 99))
    barred = mission.engagement.model_copy(update={"caveats": caveats})
    assert _value(_with(mission, engagement=barred), reference, wanted) <= plain


Corruption = Callable[[dict[str, Any], random.Random], None]


def _first(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = record["assignments"][0]
    return found


def _shift(record: dict[str, Any], days: int) -> None:
    item = _first(record)
    item["spans"] = [[first + days, last + days] for first, last in item["spans"]]
    item["start"] += days
    item["end"] += days


CORRUPTIONS: dict[str, Corruption] = {
    "too early": lambda record, _: _shift(record, -60),
    "a start of its own": lambda record, _: _shift(record, 3),
    "a longer tour": lambda record, _: _first(record).update(spans=[[0, 80]], end=80),
    "too many tours": lambda record, _: _first(record).update(spans=[[0, 29], [30, 60]], tours=2, end=60),
    "more people": lambda record, _: _first(record).update(strength=900.0),
    "a better quality": lambda record, _: _first(record).update(quality=1.5),
    "another sector": lambda record, _: _first(record).update(sector="north"),
    "another part": lambda record, _: _first(record).update(part="1 of 2"),
    "a unit twice": lambda record, _: record["assignments"].append(dict(_first(record))),
    "a unit lost": lambda record, _: record["assignments"].clear(),
    "more filled than there": lambda record, _: record["fills"][0].update(filled=[90.0, 90.0, 90.0]),
    "more filled than wanted": lambda record, _: record["fills"][0].update(filled=[101.0, 0.0, 0.0]),
    "more wanted than asked": lambda record, _: record["fills"][0].update(required=[200.0, 100.0, 100.0]),
    "a value of its own": lambda record, _: record["outcome"].update(value=1.0),
    "a bound below the value": lambda record, _: record["outcome"].update(bound=1.0),
    "a month made up": lambda record, _: record.update(weighted_fill=[1.0, 1.0, 1.0]),
    "strength made up": lambda record, _: record.update(strength_by_month=[1.0, 1.0, 1.0]),
    "ready before its notice": lambda record, _: _first(record).update(ready=-90),
}


def _sound(example: Mission, reference: Reference) -> tuple[Mission, RequirementRecord, ForceRecord]:
    sector = "south"
    unit = pledge(example, "alone", "alfaland", "infantry-company", 80, -21, 1, sector=sector, may_wait="0 month")
    wanted = requirement(line(example, example.tasks.tasks[0].id, sector, Capability.INFANTRY, (100.0, 100.0, 100.0)))
    mission = small(example, (unit,))
    return mission, wanted, solve(mission, reference, wanted, QUICK)


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_plan_that_was_tampered_with_is_rejected(example: Mission, reference: Reference, name: str) -> None:
    mission, wanted, record = _sound(example, reference)
    assert verify(mission, reference, wanted, record) == ()
    written = record.model_dump(mode="json")
    CORRUPTIONS[name](written, random.Random(0))
    assert verify(mission, reference, wanted, ForceRecord.model_validate(written)) != (), name


def test_limits_that_are_passed_are_named(example: Mission, reference: Reference) -> None:
    mission, wanted, record = _sound(example, reference)
    poor = _with(mission, about=mission.about.model_copy(update={"budget": 10.0}))
    assert any("cost" in fault for fault in verify(poor, reference, wanted, record))
    for update, word in (({"share_at_most": 0.01}, "people-months"), ({"people_at_most": 10.0}, "at once")):
        members = tuple(member.model_copy(update=update) for member in mission.alliance.members)
        strict = _with(mission, alliance=mission.alliance.model_copy(update={"members": members}))
        assert any(word in fault for fault in verify(strict, reference, wanted, record))
    assert any("nations" in fault for fault in verify(mission, reference, wanted, record, contingents=0))
