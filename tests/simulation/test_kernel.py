"""The kernel keeps its order, its chances and its sums."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casque.simulation.kernel as kernel
from casque.reference.chance import triangular
from casque.reference.load import Reference
from casque.simulation.draws import Parameter, parameters
from casque.simulation.order import STEPS
from casque.simulation.replications import replicate
from casque.simulation.streams import key_of
from casque.simulation.world import MEMBER, UNIT, Floats, Results, World, rows

QUIET = [HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module")
def drawn(reference: Reference) -> Floats:
    """Parameters of 400 runs."""
    return parameters(reference, 1, 400)


def as_promised(drawn: Floats) -> Floats:
    """The same parameters where every member brings what it promised and every movement takes the time planned."""
    plain = drawn.copy()
    plain[:, [Parameter.MANNING, Parameter.MOVEMENT_SPREAD]] = 0.0
    return plain


def digest(results: Results) -> list[bytes]:
    """The bytes of everything that the runs left behind."""
    return [np.ascontiguousarray(part).tobytes() for part in results]


def with_unit(world: World, sector: int, people: float = 3000.0) -> World:
    """One more sure unit of a new, wholly reliable member."""
    unit: dict[str, Any] = {
        "key": [key_of("unit:new")],
        "member": [len(world.members)],
        "sector": [sector],
        "people": [people],
        "presence": [people],
    }
    more = rows(UNIT, 1, {**unit, "start": [0.0], "end": [900.0], "tours": [1]})
    member = rows(MEMBER, 1, {"key": [key_of("member:new")]})
    return world._replace(units=np.concatenate([world.units, more]), members=np.concatenate([world.members, member]))


def test_steps_are_the_kernels_order() -> None:
    """The printed list names the functions that the daily loop calls, in that order."""
    tree = ast.parse(Path(kernel.__file__).read_text(encoding="utf-8"))
    run = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "run_one")
    loops = [node for node in run.body if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and node.target.id == "t"]
    called = [
        step.value.func.id
        for step in loops[0].body
        if isinstance(step, ast.Expr) and isinstance(step.value, ast.Call) and isinstance(step.value.func, ast.Name)
    ]
    assert tuple(called) == tuple(step.function for step in STEPS)


def test_same_bytes_on_any_number_of_workers(world: World, drawn: Floats) -> None:
    """One, two and five threads give the same bytes; another seed gives others."""
    one = digest(replicate(world, drawn, 1, 1))
    assert one == digest(replicate(world, drawn, 1, 2)) == digest(replicate(world, drawn, 1, 5))
    assert one != digest(replicate(world, drawn, 2, 2))


def test_fewer_replications_are_the_first_ones(world: World, drawn: Floats) -> None:
    """A run does not depend on how many others are made."""
    assert np.array_equal(replicate(world, drawn[:60], 1, 2).incidents, replicate(world, drawn, 1, 2).incidents[:60])


def test_common_random_numbers(world: World, drawn: Floats) -> None:
    """A unit added in one sector leaves the arrivals of all others and, where nothing else couples them, other sectors' incidents alone."""
    alone = drawn.copy()
    alone[:, [Parameter.CONSENT_COLLAPSE, Parameter.WITHDRAWAL_BASE, Parameter.WITHDRAWAL_LOSS]] = 0.0
    base, more = replicate(world, alone, 1, 2), replicate(with_unit(world, 1), alone, 1, 2)
    assert np.array_equal(base.arrivals, more.arrivals[:, :-1])
    assert np.array_equal(base.incidents[:, [0, 2]], more.incidents[:, [0, 2]])
    assert more.incidents[:, 1].sum() < base.incidents[:, 1].sum()


@settings(max_examples=8, deadline=None, suppress_health_check=QUIET)
@given(sector=st.integers(0, 2), people=st.floats(200, 20_000))
def test_more_presence_never_raises_mean_incidents(world: World, drawn: Floats, sector: int, people: float) -> None:
    """Mean incidents over the runs do not rise with one more unit, in its sector or in all."""
    base, more = replicate(world, drawn, 1, 2), replicate(with_unit(world, sector, people), drawn, 1, 2)
    assert more.incidents[:, sector].mean() <= base.incidents[:, sector].mean()
    assert more.incidents.sum(axis=(1, 2)).mean() <= base.incidents.sum(axis=(1, 2)).mean()


def test_zero_rates_give_zero_incidents(world: World, drawn: Floats) -> None:
    """Where nobody would cause an incident there is none, flare-ups included."""
    assert replicate(world._replace(rates=np.zeros_like(world.rates)), drawn, 1, 2).incidents.sum() == 0


def test_mean_without_a_force_is_the_stated_rate(world: World, drawn: Floats) -> None:
    """With no force, police, flare-ups or change of consent, the mean lies at the stated rate: reprisals are inside it."""
    still = drawn.copy()
    for parameter in (Parameter.FLARE_RATE, Parameter.SETTLING, Parameter.ESCALATION, Parameter.CONSENT_COLLAPSE):
        still[:, parameter] = 0.0
    still[:, Parameter.STATED_RATES] = 1.0
    parties = world.parties.copy()
    parties["leaves"] = 1 << 40
    bare = world._replace(units=world.units[:0], civil_plan=np.zeros_like(world.civil_plan), parties=parties)
    incidents = replicate(bare, still, 1, 2).incidents
    assert incidents[:, :, 4:25].mean(axis=(0, 2)) == pytest.approx(world.rates.sum(axis=0), rel=0.03)
    assert incidents[:, :, 0].mean() == pytest.approx(world.rates.sum(axis=0).mean(), rel=0.04)


def test_the_area_is_not_calm_on_d_day(world: World, drawn: Floats) -> None:
    """People move on D-day as freely as the stated rates let them, not as if nothing had happened before."""
    still = drawn.copy()
    still[:, Parameter.STATED_RATES], still[:, Parameter.SAFETY_HALF] = 1.0, 2.0
    open_to_all = world.cover.copy()
    open_to_all["required"] = 0.0
    first = replicate(world._replace(cover=open_to_all), still, 1, 2).weeks["movement"][:, 0].mean()
    rates = world.rates[0] + world.rates[1]
    thousands = world.sectors["thousands"]
    expected = (thousands / (1 + rates * 100 / thousands / 2.0)).sum() / thousands.sum()
    assert first == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("cause", [Parameter.WITHDRAWAL_BASE, Parameter.HOST_WITHDRAWAL])
def test_nobody_comes_once_all_are_called_home(world: World, drawn: Floats, cause: Parameter) -> None:
    """A nation that has decided to leave, or a mandate that has ended, sends no unit more during the notice."""
    sure, units = as_promised(drawn), world.units.copy()
    sure[:, [Parameter.WITHDRAWAL_BASE, Parameter.HOST_WITHDRAWAL]] = 0.0
    sure[:, cause] = 1e6
    units["no_show"] = units["delay"] = units["relief"] = 0.0
    results = replicate(world._replace(units=units), sure, 1, 2)
    assert (results.strength[:, 0] == 500).all()
    assert results.strength.max() == 500
    assert (results.arrivals[:, 1:] > 1e9).all()


def dead(world: World, drawn: Floats) -> float:
    """Malicious deaths for each thousand person-years."""
    only = drawn.copy()
    only[:, [Parameter.LOSSES_OTHER, Parameter.WITHDRAWAL_LOSS, Parameter.CONSENT_COLLAPSE]] = 0.0
    only[:, Parameter.LOSSES_CONSENTED], only[:, Parameter.LOSSES_HOSTILE] = 5.0, 290.0
    results = replicate(world, only, 1, 2)
    years = results.strength[:, : 7 * (results.weeks.shape[1] - 1) + 1].sum() / 365.2425
    return float(1000 * results.weeks["losses"][:, -1].sum() / years)


def with_parties(world: World, consent: list[float], leaves: list[float]) -> World:
    """The world with other parties' consent and undertakings to leave."""
    parties = world.parties.copy()
    parties["consent"], parties["leaves"] = consent, leaves
    return world._replace(parties=parties)


def test_deaths_run_from_full_consent_to_none(world: World, drawn: Floats) -> None:
    """Both ends of the scale are the rates of their factors; nothing multiplies the mean of all missions."""
    stay = [1e13, 1e13]
    assert dead(with_parties(world, [1.0, 1.0], stay), drawn) == pytest.approx(5.0, rel=0.05)
    assert dead(with_parties(world, [0.0, 0.0], stay), drawn) == pytest.approx(290.0, rel=0.02)


def test_a_party_that_leaves_makes_nobody_more_hostile(world: World, drawn: Floats) -> None:
    """When the party that consents most has gone, those who stay are no more hostile than before."""
    stays, goes = (dead(with_parties(world, [0.8, 0.3], [leaves, 1e13]), drawn) for leaves in (1e13, 60.0))
    assert goes < stays


def test_deaths_by_hostility_agree_with_un_missions(reference: Reference) -> None:
    """UN mission-years 2000-2014: malicious deaths of 0.19 per thousand person-years in the mean, 0.5 in the ninth decile; 1 in all."""
    consented, hostile = (reference.value(f"simulation.losses-{name}") for name in ("consented", "hostile"))
    refusal = np.linspace(0.0, 0.83, 1000) ** 2
    rates = consented ** (1 - refusal) * hostile**refusal
    assert rates.mean() == pytest.approx(0.19, abs=0.02)
    assert np.quantile(rates, 0.9) == pytest.approx(0.5, abs=0.05)
    other = reference.factor("simulation.losses-other")
    assert (other.low + other.value + other.high) / 3 == pytest.approx(0.83, abs=0.02)


def test_strength_is_conserved(world: World, drawn: Floats) -> None:
    """No more people are in place than were pledged by then, and all of them if nothing goes wrong."""
    results = replicate(world, as_promised(drawn), 1, 2)
    planned = np.array([world.units["people"][world.units["start"] <= day].sum() for day in range(results.strength.shape[1])])
    assert (results.strength <= planned[None, :]).all()
    sure, units, members = as_promised(drawn), world.units.copy(), world.members.copy()
    sure[:, [Parameter.MANDATE_LAPSE, Parameter.HOST_WITHDRAWAL]] = 0.0
    units["no_show"] = units["delay"] = units["relief"] = 0.0
    members["risk"] = 0.0
    certain = replicate(world._replace(units=units, members=members), sure, 1, 2)
    assert np.array_equal(certain.strength, np.broadcast_to(planned, certain.strength.shape))


def test_people_are_present_before_their_unit_is_in_place(world: World, drawn: Floats) -> None:
    """People four days ahead of their vehicles count in the strength from their own day, and for presence from that of the unit."""
    still, units = as_promised(drawn), world.units.copy()
    still[:, [Parameter.MANDATE_LAPSE, Parameter.HOST_WITHDRAWAL, Parameter.WITHDRAWAL_BASE, Parameter.WITHDRAWAL_LOSS]] = 0.0
    units["no_show"] = units["delay"] = units["relief"] = 0.0
    units["start"] += 10.0
    apart = units.copy()
    apart["ahead"] = 4.0
    together, ahead = (replicate(world._replace(units=table), still, 1, 2) for table in (units, apart))
    assert np.array_equal(ahead.strength[:, :-4], together.strength[:, 4:])
    assert (ahead.strength[:, 6] == 500).all()
    assert (together.strength[:, 9] == 0).all()
    assert np.array_equal(ahead.weeks["presence"], together.weeks["presence"])


def test_people_who_have_come_ahead_stay_for_the_notice(world: World, drawn: Floats) -> None:
    """A nation that decides to leave while its unit waits for its vehicles takes its people home after the notice, not at once."""
    sure, units = as_promised(drawn), world.units.copy()
    sure[:, Parameter.HOST_WITHDRAWAL], sure[:, Parameter.WITHDRAWAL_NOTICE] = 1e6, 30.0
    units["no_show"] = units["delay"] = units["relief"] = 0.0
    units["start"], units["ahead"] = 10.0, 10.0
    results = replicate(world._replace(units=units), sure, 1, 2)
    assert (results.strength[:, :30] == 6000).all()
    assert (results.strength[:, 30:] == 0).all()


def certain(world: World, drawn: Floats, **columns: float) -> tuple[World, Floats]:
    """The world with nothing that goes wrong but what the columns of the units and the spreads bring in."""
    still, units, members = drawn.copy(), world.units.copy(), world.members.copy()
    still[:, [Parameter.MANDATE_LAPSE, Parameter.HOST_WITHDRAWAL]] = 0.0
    units["no_show"] = units["delay"] = units["relief"] = 0.0
    members["risk"] = 0.0
    for name, value in columns.items():
        units[name] = value
    return world._replace(units=units, members=members), still


def test_members_bring_more_or_less_than_they_promised(world: World, drawn: Floats) -> None:
    """Half the runs are above the plan and half below, as wide as the spread says, and the same on every day of a run."""
    sure, still = certain(world, drawn, start=0.0)
    still[:, Parameter.MANNING] = 0.1
    sure = sure._replace(units=sure.units[:1])
    ratio = replicate(sure, still, 1, 2).strength / sure.units["people"].sum()
    assert np.array_equal(ratio, np.broadcast_to(ratio[:, :1], ratio.shape))
    assert np.median(ratio[:, 0]) == pytest.approx(1.0, abs=0.02)
    assert np.log(ratio[:, 0]).std() == pytest.approx(0.1, rel=0.1)


def test_movements_take_more_or_less_time(world: World, drawn: Floats) -> None:
    """Arrivals spread round the planned day in proportion to the time under way, never before the unit is ready, some of them early."""
    sure, still = certain(world, drawn, start=30.0, moving=20.0)
    still[:, Parameter.MOVEMENT_SPREAD] = 0.25
    arrivals = replicate(sure, still, 1, 2).arrivals
    assert arrivals.min() > 10.0
    assert np.median(arrivals) == pytest.approx(30.0, abs=0.5)
    assert np.log((arrivals - 10.0) / 20.0).std() == pytest.approx(0.25, rel=0.1)


def test_a_unit_outside_the_area_counts_for_the_theatre_alone(world: World, drawn: Floats) -> None:
    """People stationed in the rear are in the theatre once they are there, and never in the area."""
    sure, still = certain(world, as_promised(drawn), start=10.0, outside=1.0)
    results = replicate(sure, still, 1, 2)
    assert (results.strength == 0).all()
    assert (results.theatre[:, :10] == 0).all()
    assert (results.theatre[:, 10] == sure.units["people"].sum()).all()


@given(seed=st.integers(-(10**6), 10**6), spread=st.floats(0.0, 0.3))
@settings(max_examples=10, deadline=None, suppress_health_check=QUIET)
def test_the_theatre_holds_the_area(world: World, drawn: Floats, seed: int, spread: float) -> None:
    """On no day of any run are more people in the area than in the theatre; any number of workers gives the same bytes."""
    few, units = drawn[:20].copy(), world.units.copy()
    few[:, Parameter.MANNING] = spread
    units["moving"], units["ahead"], units["rear"] = 6.0, 2.0, 3.0
    one = replicate(world._replace(units=units), few, seed, 1)
    assert (one.strength <= one.theatre + 1e-6).all()
    assert digest(one) == digest(replicate(world._replace(units=units), few, seed, 3))


def mean_odds(drawn: Floats, world: World, spread: float) -> tuple[float, float, float]:
    """Share of units that come, correlation of the numbers that come of two halves of the members, and median delay of those that come."""
    slipping, units = drawn.copy(), world.units.copy()
    slipping[:, Parameter.SLIPPAGE], slipping[:, Parameter.WITHDRAWAL_BASE] = spread, 0.0
    slipping[:, [Parameter.WITHDRAWAL_LOSS, Parameter.HOST_WITHDRAWAL, Parameter.MANDATE_LAPSE]] = 0.0
    units["no_show"], units["start"] = 0.3, 0.0
    arrivals = replicate(world._replace(units=units), slipping, 1, 2).arrivals
    come = arrivals < 1e12
    halves = [come[:, np.isin(units["member"], members)].sum(axis=1) for members in ((0, 1), (2, 3))]
    return float(come.mean()), float(np.corrcoef(*halves)[0, 1]), float(np.median(arrivals[come]))


def test_a_mission_slips_as_a_whole(world: World, drawn: Floats) -> None:
    """With no spread members fail apart from one another, with spread together; the middle stays about where it was."""
    apart, together = mean_odds(drawn, world, 0.0), mean_odds(drawn, world, 1.25)
    assert abs(apart[1]) < 0.2 < together[1]
    assert together[0] == pytest.approx(apart[0], abs=0.08)
    assert together[2] == pytest.approx(apart[2], rel=0.4)


def test_who_is_certain_stays_certain(world: World, drawn: Floats) -> None:
    """However a mission slips, a unit without doubt comes on its day and one without hope never does."""
    wild, units = drawn.copy(), world.units.copy()
    wild[:, Parameter.SLIPPAGE] = 3.0
    wild[:, [Parameter.WITHDRAWAL_BASE, Parameter.WITHDRAWAL_LOSS, Parameter.HOST_WITHDRAWAL, Parameter.MANDATE_LAPSE]] = 0.0
    units["delay"], units["no_show"] = 0.0, np.arange(len(units)) % 2
    arrivals = replicate(world._replace(units=units), wild, 1, 2).arrivals
    assert (arrivals[:, ::2] == units["start"][None, ::2]).all()
    assert (arrivals[:, 1::2] > 1e12).all()


def test_nobody_comes_before_the_plan(world: World, drawn: Floats) -> None:
    """Slippage lets a mission through at best on its planned days: delays never fall below none."""
    arrivals = replicate(world, drawn, 3, 2).arrivals
    assert (arrivals >= world.units["start"][None, :]).all()


def test_lapsed_mandate_empties_the_area(world: World, drawn: Floats) -> None:
    """A mandate that is sure to lapse on its expiry stops all effect and brings everybody home after the notice."""
    lapsing = drawn.copy()
    lapsing[:, Parameter.MANDATE_LAPSE], lapsing[:, Parameter.WITHDRAWAL_NOTICE] = 1.0, 30.0
    results = replicate(world, lapsing, 1, 2)
    assert (results.broke_mandate[:, 0] <= 120).all()
    assert (results.strength[:, 151:] == 0).all()
    assert (results.weeks["presence"][:, 19:] == 0).all()


def test_returns_never_exceed_those_who_mean_to(world: World, drawn: Floats) -> None:
    """Returns rise and stay under their number."""
    returns = replicate(world, drawn, 1, 2).weeks["returns"]
    assert (np.diff(returns, axis=1) >= 0).all()
    assert returns.max() <= 50_000


def test_shut_route_starves(world: World, drawn: Floats) -> None:
    """Thirty days without a route use up fifteen days of supply, and effective presence falls."""
    cover = world.cover.copy()
    cover["shut"][:, 60:90] = 1.0
    units = world.units.copy()
    units["no_show"] = units["delay"] = 0.0
    sure = world._replace(units=units)
    base, shut = replicate(sure, drawn, 1, 2), replicate(sure._replace(cover=cover), drawn, 1, 2)
    assert (shut.weeks["supply"][:, 12] == 0).all()
    assert (shut.broke_supply <= 75).all()
    assert shut.weeks["presence"][:, 12].mean() < 0.7 * base.weeks["presence"][:, 12].mean()


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 5), st.floats(0, 5), st.floats(0, 5))
def test_triangular(low: float, peak: float, high: float) -> None:
    """Quantiles rise, and stay in the band widened to its peak."""
    values = triangular(np.linspace(0.001, 0.999, 50), low, peak, high)
    assert (np.diff(values) >= -1e-12).all()
    assert values.min() >= min(low, peak) - 1e-12
    assert values.max() <= max(high, peak) + 1e-12


def test_every_parameter_has_a_factor(reference: Reference) -> None:
    """Every drawn parameter is a planning factor whose band holds its value."""
    for parameter in Parameter:
        factor = reference.factor(parameter.factor)
        assert factor.low <= factor.value <= factor.high
