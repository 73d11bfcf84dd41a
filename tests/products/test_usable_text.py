"""Usable force as a watch keeper reads it, and as the report draws it."""

from __future__ import annotations

import pytest

from casque.mission.mission import Mission
from casque.plan.engagement import EngagementRecord
from casque.plan.usable import ArrivalCurve, Coming, PlaceReach, Reach, ReachCost, StringCost, UsableForce
from casque.products.figures import Calendar
from casque.products.names import Names
from casque.products.reach_map import state_of
from casque.products.usable_text import ground_text, reach_tables, reach_text, usable_tables, usable_text
from casque.reference.load import Reference
from tests.products.records import full
from tests.products.test_sections import page, with_record

HOURS = (0.0, 2.0, 6.0, 24.0)


def coming(unit: str, hours: float | None, held_by: tuple[str, ...] = (), road: float | None = 1.0) -> Coming:
    """A unit of 100 people of Bravia."""
    answer = "permitted" if not held_by else "prohibited" if "silence" in held_by else "needs word"
    return Coming.model_validate(
        {"unit": unit, "name": f"Unit {unit}", "member": "bravia", "sector": "north", "people": 100, "answer": answer}
        | {"hours": hours, "word": 0, "road": road, "held_by": held_by}
    )


def usable(first: float | None, units: tuple[Coming, ...] = ()) -> UsableForce:
    """Usable force at the bridge, with one caveat in the way."""
    curves = (
        ArrivalCurve(lifted=(), label="as it stands", people=(0, 10, 20, 30), first=first),
        ArrivalCurve(lifted=(), label="every word at once", people=(0, 10, 20, 30), first=first),
        ArrivalCurve(lifted=("caveat:carolia-own-sector",), label="no strings at all", people=(0, 200, 200, 200), first=1.5),
    )
    cost = StringCost(
        string="caveat:carolia-own-sector",
        holder="Ministry",
        wait=48,
        units=("u",),
        gained=(0, 190, 180, 170),
        missing=(0, 190, 180, 170),
        sooner=None,
        later=None,
    )
    return UsableForce(
        call="task:secure-area",
        title="Keep the surroundings secure",
        place="bridge",
        place_name="Bridge",
        sector="north",
        day=3,
        hour=4,
        situation=("defend-mandate: obstruction",),
        assumed=True,
        from_run=False,
        strength=120,
        hours=HOURS,
        curves=curves,
        coming=units,
        costs=(cost,),
    )


@pytest.fixture(scope="module")
def told(example: Mission, reference: Reference) -> tuple[Names, Calendar]:
    """Names and days of the example."""
    return Names(example, reference), Calendar(example.about.d_day, 180)


def test_the_answer_stands_first(told: tuple[Names, Calendar]) -> None:
    lines = list(usable_text(usable(None), *told))
    assert lines[0] == "Usable force at Bridge (Sector North) for “Keep the surroundings secure”, called on 4 Mar 2030 (D+3) at 04:00"
    assert lines[1] == "Assumed, as the rules ask: defend-mandate: obstruction"
    assert "as pledged" in lines[2]
    assert lines[3] == "120 usable people never stand there in the time looked at (24 h); with no string attached after 1.5 h."
    assert lines[4] == "No unit in place that day is of a kind that could answer this call."
    assert list(usable_text(usable(1.5, (coming("a", 1.0),)), *told))[3] == "120 usable people stand there after 1.5 h."


def test_who_comes_who_is_held_and_what_it_costs(told: tuple[Names, Calendar]) -> None:
    units = (
        *(coming(f"u{n}", float(n)) for n in range(14)),
        coming("x", 48.0, ("caveat:carolia-own-sector",)),
        coming("y", None, ("silence",)),
        coming("z", None, ("gate:transfer",)),
        coming("w", None, (), None),
    )
    tables = {table.title.split(",")[0]: table for table in usable_tables(usable(None, units), told[0])}
    curve = tables["Usable people on the spot"]
    assert curve.columns == ("law", "0 h", "2 h", "6 h", "24 h", "120 there after")
    assert [row[0] for row in curve.rows] == ["as it stands", "no strings at all"]
    assert curve.rows[0][-1] == "never"
    first = tables["Who comes first"].rows
    assert first[0][0] == "Unit u0"
    assert first[-1][0] == "… 3 more"
    held = tables["Who is held at the moment of the call"].rows
    assert {row[0].split(" (")[0] for row in held} == {
        "caveat:carolia-own-sector",
        "no rule in force permits it there and then",
        "no transfer of authority in force",
        "no open road",
    }
    (cost,) = tables["What each string costs here"].rows
    assert cost[1:] == ("Ministry, 48 h", "190 / 180 / 170", "190 / 180 / 170", "never")


@pytest.mark.parametrize("item", ["gate:status", "task:secure-area", "provision:secure", "rule:detain"])
def test_every_ground_has_words(told: tuple[Names, Calendar], item: str) -> None:
    assert len(ground_text(item, told[0])) > len(item)


def reached() -> Reach:
    """Two places: one that a caveat keeps out of reach, one that is too far."""
    near = PlaceReach(
        place="bridge",
        sector="north",
        hours=None,
        without_caveats=1.5,
        free=1.5,
        people=0,
        people_free=200,
        curve=(0, 0, 0, 0),
        free_curve=(0, 200, 200, 200),
    )
    far = near.model_copy(update={"place": "old-quarter", "sector": "south", "hours": 5.0, "without_caveats": 5.0, "free": 5.0})
    cost = ReachCost(
        string="caveat:carolia-own-sector",
        places=("bridge",),
        opens=("bridge",),
        shuts=("bridge",),
        most_missing=200,
        most_missing_at="bridge",
        hours_lost=None,
    )
    return Reach(
        call="task:secure-area",
        title="Keep the surroundings secure",
        day=60,
        hour=12,
        situation=(),
        assumed=True,
        from_run=True,
        strength=120,
        within=2,
        hours=HOURS,
        units=6,
        places=(near, far),
        costs=(cost,),
    )


def test_places_out_of_reach_are_named_by_what_keeps_them_there(told: tuple[Names, Calendar]) -> None:
    lines = list(reach_text(reached(), *told))
    assert "6 units in place can answer. 2 of 2 places do not see 120 usable people within 2 h:" in lines
    assert "  for want of a caveat lifted: Bridge on the cease-fire line" in lines
    assert "  by the road alone: Old quarter of Southtown" in lines
    places, costs = reach_tables(reached(), told[0])
    assert places.rows[0][2:4] == ("OUT OF REACH", "never")
    assert costs.rows[0][1:] == (
        "1: Bridge on the cease-fire line",
        "200",
        "Bridge on the cease-fire line",
        "for good",
        "1: Bridge on the cease-fire line",
    )
    assert [state_of(item, 2) for item in reached().places] == ["held", "far"]
    assert state_of(reached().places[0].model_copy(update={"hours": 2.0}), 2) == "reached"


def test_the_report_draws_places_curves_and_strings(example: Mission, reference: Reference) -> None:
    report = page(example, reference, with_record(full(example), EngagementRecord, reach=reached()))
    part = report[report.index("Places that usable force reaches in time") :]
    assert "At 1 of them caveats and words kept back are the cause; at 1 the road and the notice alone." in part
    assert 'class="node held"' in part
    assert 'class="node far"' in part
    assert "Bridge on the cease-fire line never" in part
    assert "Usable people at Old quarter of Southtown by hour after the call" in part
    assert "for good" in part
    assert "Places that usable force reaches" not in page(example, reference, with_record(full(example), EngagementRecord, reach=None))
