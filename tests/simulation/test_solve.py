"""The outlook of a whole plan."""

from __future__ import annotations

import numpy as np
import pytest

from casque.mission.mission import Mission
from casque.mission.vocabulary import Capability, SupplyClass
from casque.plan.outlook import OutlookRecord
from casque.reference.load import Reference
from casque.simulation.order import STEPS
from casque.simulation.presence import barred_by_caveat, supply_cover, usable_shares
from casque.simulation.problem import build
from casque.simulation.sensitivity import mean_ranks, rank_correlation
from casque.simulation.solve import Params, solve
from casque.simulation.units import presence_capabilities
from casque.simulation.worth import Change, changes
from tests.simulation.conftest import Plan, empty_plan

FEW = Params(seed=4, replications=200, workers=2)


@pytest.fixture(scope="module")
def outlook(example: Mission, reference: Reference, plan: Plan) -> OutlookRecord:
    """The outlook of the example's plan."""
    return solve(example, reference, *plan.records, FEW)


def fan_of(outlook: OutlookRecord, series: str) -> tuple[float, ...]:
    """Median of a series."""
    return next(fan.p50 for fan in outlook.fans if fan.series == series)


def test_same_bytes(example: Mission, reference: Reference, plan: Plan, outlook: OutlookRecord) -> None:
    """The record does not depend on the number of workers."""
    again = solve(example, reference, *plan.records, Params(seed=4, replications=200, workers=1))
    assert again.model_dump_json() == outlook.model_dump_json()


def test_quantiles_ordered(outlook: OutlookRecord) -> None:
    """Every fan is ordered on every day, and as long as its days."""
    for fan in outlook.fans:
        levels = np.array([fan.p05, fan.p25, fan.p50, fan.p75, fan.p95])
        assert (np.diff(levels, axis=0) >= 0).all()
        assert levels.shape[1] == len(fan.days)


def test_series_of_the_model(outlook: OutlookRecord) -> None:
    """The series that a reader expects are there, and the steps of a day."""
    names = {fan.series for fan in outlook.fans}
    assert {"strength.in_area", "strength.theatre", "presence-per-thousand", "losses-cumulative", "supply-least-days"} <= names
    assert len(names) == len(outlook.fans)
    assert outlook.steps == tuple(step.sentence for step in STEPS)


def test_measures_name_fans(example: Mission, reference: Reference, plan: Plan) -> None:
    """A measure that says which series predicts it gives that fan its name, title and unit; per cent or share as its unit says."""
    first = example.measures.measures[0]
    named = [
        first.model_copy(update={"id": "killings", "model": "incidents-per-week", "unit": "killings a week"}),
        first.model_copy(update={"id": "free", "model": "freedom-of-movement", "unit": "share"}),
        first.model_copy(update={"id": "free-too", "model": "freedom-of-movement", "unit": "per cent"}),
        first.model_copy(update={"id": "other", "model": ""}),
    ]
    mission = example.model_copy(update={"measures": example.measures.model_copy(update={"measures": tuple(named)})})
    found = {fan.series: fan for fan in solve(mission, reference, *plan.records, FEW).fans}
    assert found["killings"].unit == "killings a week"
    assert "incidents-per-week" not in found
    assert "other" not in found
    assert np.allclose(np.array(found["free"].p50) * 100, found["free-too"].p50, atol=0.01)


def test_conservation(example: Mission, outlook: OutlookRecord) -> None:
    """Strength exceeds what was pledged by no more than manning allows; the theatre holds no less than the area."""
    pledged = sum(pledge.strength for pledge in example.forces.pledges)
    area, theatre = (next(fan for fan in outlook.fans if fan.series == name) for name in ("strength.in_area", "strength.theatre"))
    assert max(area.p50) <= pledged
    assert max(area.p95) <= 1.2 * pledged
    assert all(inside <= outside for inside, outside in zip(area.p50, theatre.p50, strict=True))


def test_failures(outlook: OutlookRecord) -> None:
    """Shares are shares, first failures add up to no more than one, days are ordered, likeliest first."""
    assert sum(failure.first for failure in outlook.failures) <= 1.001
    assert [failure.share for failure in outlook.failures] == sorted((failure.share for failure in outlook.failures), reverse=True)
    for failure in outlook.failures:
        assert 0 < failure.share <= 1
        assert failure.first <= failure.share
        assert failure.p10 is not None
        assert failure.median is not None
        assert failure.p90 is not None
        assert failure.p10 <= failure.median <= failure.p90


def test_worth(outlook: OutlookRecord) -> None:
    """Punctual units never mean fewer people on day 90 or, in the median, more incidents; a pivotal member that stays away costs people."""
    by = {(row.change, "people" in row.outcome): row for row in outlook.worth}
    changes = {change for change, _ in by}
    assert len(changes) == 5
    on_time = "Every unit comes, and on its planned date"
    assert by[on_time, True].low >= 0
    assert by[on_time, False].median <= 0
    waived = "All national caveats are waived"
    assert by[waived, False].median <= 0
    assert by[waived, True].median == 0
    away = next(change for change in changes if change.endswith("sends nobody"))
    assert by[away, True].high <= 0
    assert all(row.low <= row.median <= row.high for row in outlook.worth)


def lost_links(example: Mission, reference: Reference, plan: Plan, **link: object) -> list[Change]:
    """The changes that lose a link, from a plan whose worst link is changed."""
    weak = plan.supply.weak_links[0].model_copy(update=link)
    supply = plan.supply.model_copy(update={"weak_links": (weak,)})
    problem = build(example, reference, plan.requirement, plan.force, plan.movement, plan.engagement, supply)
    found = changes(problem, reference, example, plan.requirement, plan.force, plan.engagement, supply)
    return [change for change in found if "is lost" in change.text]


def test_a_link_that_starves_nobody_is_not_lost(example: Mission, reference: Reference, plan: Plan) -> None:
    """Where supply found that nobody runs out, no base is shut."""
    assert lost_links(example, reference, plan, people=0.0, starved=(), first_out=None) == []


def test_a_lost_link_shuts_the_bases_that_it_starves(example: Mission, reference: Reference, plan: Plan) -> None:
    """Those bases and no others, on the days for which the loss was tried."""
    starved = example.area.sectors[-1].id
    (change,) = lost_links(example, reference, plan, starved=(starved,), closed=(40, 53))
    shut = change.world.cover["shut"]
    assert [shut[row].any() for row in range(len(shut))] == [sector.id == starved for sector in example.area.sectors]
    assert np.flatnonzero(shut[-1]).tolist() == list(range(40, 54))
    assert change.text == "The link the main road is lost from D+40 to D+53"


def test_medical_stores_are_vital(example: Mission, reference: Reference, plan: Plan) -> None:
    """A base without medical stores is as short as supply says it is."""
    dry = tuple(row.model_copy(update={"supply_class": SupplyClass.MEDICAL, "days_of_supply": (0.5,) * 400}) for row in plan.supply.bases)
    supply = plan.supply.model_copy(update={"bases": (*plan.supply.bases, *dry)})
    sectors = tuple(sector.id for sector in example.area.sectors)
    assert supply_cover(example, reference, supply, sectors, 100)[0] == pytest.approx(0.5)


def test_who_counts_for_presence(reference: Reference) -> None:
    """Units that patrol count, by their types and not by a list of the model's own."""
    assert Capability.INFANTRY in presence_capabilities(reference)
    assert Capability.FORMED_POLICE in presence_capabilities(reference)
    assert Capability.LOGISTICS not in presence_capabilities(reference)
    idle = {name: kind.model_copy(update={"manoeuvre": False}) for name, kind in reference.unit_types.items()}
    assert presence_capabilities(reference.model_copy(update={"unit_types": idle})) == frozenset()


def test_the_next_pledge_is_as_sure_as_a_usual_one(example: Mission, reference: Reference, plan: Plan) -> None:
    """Its chances are planning factors."""
    factors = dict(reference.factors)
    for name, value in (("simulation.usual-reliability", 0.75), ("simulation.usual-delay", 40.0)):
        factors[name] = factors[name].model_copy(update={"value": value})
    changed = reference.model_copy(update={"factors": factors})
    problem = build(example, changed, *plan.records)
    pledged = changes(problem, changed, example, plan.requirement, plan.force, plan.engagement, plan.supply)
    unit = next(change for change in pledged if "is pledged" in change.text).world.units[-1]
    assert (unit["no_show"], unit["delay"]) == (0.25, 40.0)


def test_deaths_are_told_by_person_years(outlook: OutlookRecord, reference: Reference) -> None:
    """The reader learns the rate and what it rests on."""
    (text,) = [text for text in outlook.unknown if "peacekeepers die" in text]
    assert f"about {reference.value('simulation.losses-other'):g}" in text


def test_sensitivities(outlook: OutlookRecord) -> None:
    """Correlations are correlations; what is kept is clear."""
    assert outlook.sensitivities
    assert all(0.1 <= abs(row.correlation) <= 1 for row in outlook.sensitivities)


def test_empty_plan(example: Mission, reference: Reference) -> None:
    """A mission without pledges, requirement, movement, rules or supply still has an outlook, which says what is missing."""
    outlook = solve(example, reference, *empty_plan().records, Params(seed=1, replications=30, workers=1))
    assert max(fan_of(outlook, "strength.in_area")) == 0
    assert any("No unit has a place" in text for text in outlook.unknown)
    assert not [row for row in outlook.worth if "caveats" in row.change]


def test_thin_mission(example: Mission, reference: Reference) -> None:
    """Nobody in the area, one day, one run."""
    bare = example.model_copy(
        update={
            "actors": example.actors.model_copy(update={"actors": ()}),
            "about": example.about.model_copy(update={"horizon": 0.0}),
            "alliance": example.alliance.model_copy(update={"members": ()}),
        }
    )
    outlook = solve(bare, reference, *empty_plan().records, Params(replications=1))
    assert outlook.replications == 1
    assert any("no incidents at all" in text for text in outlook.unknown)


def test_caveats_alone_are_waived(example: Mission, reference: Reference, plan: Plan) -> None:
    """People barred by a caveat and by something else stay barred when caveats are waived."""
    decision = plan.engagement.decisions[0]
    freed = barred_by_caveat(plan.engagement, plan.force)
    assert list(freed) == [(decision.task, plan.force.assignments[0].sector)]
    other = decision.model_copy(update={"decided_by": ("agreement:sofa",)})
    both = plan.engagement.model_copy(update={"decisions": (decision, other)})
    assert barred_by_caveat(both, plan.force) == {}
    sectors = tuple(sector.id for sector in example.area.sectors)
    before = usable_shares(reference, plan.requirement, plan.engagement, sectors)
    after = usable_shares(reference, plan.requirement, plan.engagement, sectors, freed)
    assert before == pytest.approx(0.55)
    assert (after >= before).all()
    assert after.max() <= 1


def test_mean_ranks() -> None:
    """Ties share their mean rank; the correlation of opposite orders is -1."""
    assert mean_ranks(np.array([5.0, 1.0, 5.0, 3.0])).tolist() == [2.5, 0.0, 2.5, 1.0]
    assert rank_correlation(np.arange(9.0), -(np.arange(9.0) ** 3)) == pytest.approx(-1.0)
    assert rank_correlation(np.arange(4.0), np.ones(4)) == 0.0
