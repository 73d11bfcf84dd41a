"""Usable force at a place: the curve by hand, what each string costs, and names that are not known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casque.engagement.usable_force.called import Question
from casque.engagement.usable_force.usable_at import usable_force, written
from casque.errors import BadInput, NoSuchItem
from casque.mission.mission import Mission
from casque.mission.tasks import Tasks
from casque.plan.usable import StringCost, UsableForce
from casque.reference.load import Reference
from tests.engagement.four_nodes import DAY, caveat, four_nodes, rule

HOURS = (0.0, 1.0, 2.0, 3.0, 4.0, 24.0, 52.0)
HOLD = rule("hold")
STAYS = caveat("stays", "bravia", bars_crossing=True, waived_by="Ministry of Bravia", delay="48 h")


def force(
    mission: Mission, reference: Reference, at: str = "quarter", what: str = "hold", time: str = f"D+{DAY}T12", **more: Any
) -> UsableForce:
    return usable_force(mission, reference, Question(what, time), at, **{"hours": HOURS, **more})


def cost(record: UsableForce, string: str) -> StringCost:
    return next(item for item in record.costs if item.string == string)


def test_the_curve_by_hand(example: Mission, reference: Reference) -> None:
    """On duty is 0.33 of a unit, notice 2 h, spare for another sector 0.33; the roads are 1 h from alfa and 2 h from bravo.

    60 military police live at the place: 19.8 at once, 40.2 after notice. 100 infantry: 33 after the road of 1 h, 67 after 3 h. Of 300
    of the other sector 99 come after notice and 2 h of road.
    """
    record = force(four_nodes(example, [HOLD]), reference, strength=120)
    (curve, free) = record.curves[0], record.curves[-1]
    assert curve.people == pytest.approx((19.8, 52.8, 93, 160, 259, 259, 259))
    assert free.people == curve.people
    assert curve.first == pytest.approx(3)
    assert [(unit.unit, unit.hours, unit.people) for unit in record.coming] == [("car", 0, 60), ("alf", 1, 100), ("bra", 4, 99)]
    assert record.costs == ()
    assert not record.from_run


def test_a_place_off_the_roads_is_reached_from_its_nearest_node(example: Mission, reference: Reference) -> None:
    """5.56 km by straight line from delta, times 1.4, at 20 km/h: 0.389 h after the road."""
    record = force(four_nodes(example, [HOLD]), reference, at="mill")
    last = 5.5597 * 1.4 / 20
    assert {unit.unit: unit.road for unit in record.coming} == {
        "alf": pytest.approx(0.5 + last, abs=1e-3),
        "car": pytest.approx(1.5 + last, abs=1e-3),
        "bra": pytest.approx(3 + last, abs=1e-3),
    }


def test_a_closed_road_lengthens_the_arrival(example: Mission, reference: Reference) -> None:
    whole, shut = (four_nodes(example, [HOLD], closed=closed) for closed in ((), [("market", "bravo")]))
    roads = [{unit.unit: unit.road for unit in force(mission, reference).coming} for mission in (whole, shut)]
    assert roads[0]["bra"] == pytest.approx(2)
    assert roads[1]["bra"] == pytest.approx(4.5)
    assert roads[0]["alf"] == roads[1]["alf"]
    cut_off = four_nodes(example, [HOLD], closed=[("market", "bravo"), ("delta", "bravo")])
    bravia = next(unit for unit in force(cut_off, reference).coming if unit.unit == "bra")
    assert (bravia.road, bravia.hours, bravia.held_by) == (None, None, ())


def test_a_word_with_a_distribution_gives_a_band(example: Mission, reference: Reference) -> None:
    """Likely 48 h, at least 8 and at most 88: the mean is 48 as before; 2 h of notice and 2 h of road come after the word."""
    spread = caveat(
        "stays", "bravia", bars_crossing=True, waived_by="Ministry of Bravia", delay="48 h", delay_least="8 h", delay_most="88 h"
    )
    hours = (0.0, 10.0, 12.0, 24.0, 52.0, 60.0)
    record = force(four_nodes(example, [HOLD], [spread]), reference, strength=200, hours=hours)
    assert record.curves[0].people == pytest.approx((19.8, 160, 160, 160, 259, 259))
    quick, slow = record.band
    assert quick.people == pytest.approx((19.8, 160, 259, 259, 259, 259))
    assert slow.people == pytest.approx((19.8, 160, 160, 160, 160, 160))
    assert (quick.first, record.curves[0].first, slow.first) == (12, 52, None)
    assert cost(record, "caveat:stays").band == (8, 88)
    assert force(four_nodes(example, [HOLD], [STAYS]), reference).band == (), "one value is no band"
    assert cost(force(four_nodes(example, [HOLD], [STAYS]), reference), "caveat:stays").band is None


def test_a_rule_on_crossing_is_asked_of_units_from_elsewhere(example: Mission, reference: Reference) -> None:
    """Without anybody asking for it: 99 of the other sector wait for a word of 5 h, then drive 4 h; those of the sector do not."""
    crossing = rule("cross", kind="limitation", held_by="force-hq", delay="5 h", crossing=True)
    hours = (4.0, 8.0, 9.0)
    record = force(four_nodes(example, [HOLD, crossing]), reference, hours=hours)
    assert record.curves[0].people == pytest.approx((160, 160, 259))
    assert any("from another sector" in told for told in record.situation)
    named = force(four_nodes(example, [HOLD, crossing.model_copy(update={"crossing": False})]), reference, hours=hours)
    assert named.curves[0].people == pytest.approx((259, 259, 259))
    itself = force(four_nodes(example, [HOLD, crossing]), reference, what="cross", hours=hours)
    assert itself.curves[0].people[0] == 0, "asked for by itself, it holds for everybody"


def test_the_assumed_situation_is_that_of_the_rules_of_the_day(example: Mission, reference: Reference) -> None:
    """A rule that ends with the day of the call is followed by one that asks whom the force protects."""
    ends = rule("first", measure="push", withdrawn=date(2030, 4, 10), given_all=["violent crowd"])
    after = rule("second", measure="push", implemented=date(2030, 4, 11), given_all=["violent crowd"], protects=["civilians"])
    gone = rule("old", measure="push", withdrawn=date(2030, 3, 5), given_all=["obstruction"])
    record = force(four_nodes(example, [gone, ends, after]), reference, what="push", time="D+40T20", hours=(6.0,))
    assert record.situation == ("push: violent crowd; to protect civilians",)
    assert record.curves[0].people[0] > 0
    assert record.title == "first"


def test_a_caveat_costs_its_people_and_hours(example: Mission, reference: Reference) -> None:
    record = force(four_nodes(example, [HOLD], [STAYS]), reference, strength=200, lift=["caveat:stays"])
    as_it_stands, lifted = record.curves[:2]
    assert as_it_stands.people == pytest.approx((19.8, 52.8, 93, 160, 160, 160, 259))
    assert as_it_stands.first == pytest.approx(52)
    assert lifted.people == pytest.approx((19.8, 52.8, 93, 160, 259, 259, 259))
    assert lifted.first == pytest.approx(4)
    stays = cost(record, "caveat:stays")
    assert stays.missing == pytest.approx((0, 0, 0, 0, 99, 99, 0))
    assert stays.gained == stays.missing
    assert stays.sooner == stays.later == pytest.approx(48)
    assert stays.wait == pytest.approx(48)
    assert (stays.holder, stays.units) == ("Ministry of Bravia", ("bra",))
    bravia = next(unit for unit in record.coming if unit.unit == "bra")
    assert (bravia.answer, bravia.held_by, bravia.word) == ("needs word", ("caveat:stays",), 48)


def test_a_caveat_that_nobody_can_lift_bars_for_good(example: Mission, reference: Reference) -> None:
    record = force(four_nodes(example, [HOLD], [caveat("never", "bravia", bars_measures=("hold",))]), reference, strength=200)
    assert record.curves[0].first is None
    assert cost(record, "caveat:never").sooner is None
    assert cost(record, "caveat:never").wait is None
    assert next(unit for unit in record.coming if unit.unit == "bra").answer == "prohibited"


def test_a_word_kept_back_delays_everyone_until_it_is_delegated(example: Mission, reference: Reference) -> None:
    kept = rule("hold", kind="limitation", held_by="force-hq", delay="6 h")
    record = force(four_nodes(example, [kept]), reference, strength=120, hours=(2.0, 6.0, 9.0))
    by_label = {curve.label: curve for curve in record.curves}
    assert by_label["as it stands"].people == pytest.approx((0, 19.8, 160))
    assert by_label["as it stands"].first == pytest.approx(9)
    assert by_label["every word at once"].people == pytest.approx((93, 259, 259))
    assert cost(record, "rule:hold").later == pytest.approx(6)
    delegated = kept.model_copy(
        update={"delegations": rule("x", delegations=({"to": "sector-north-hq", "delay": "1 h", "sectors": ("north",)},)).delegations}
    )
    assert force(four_nodes(example, [delegated]), reference, strength=120).curves[0].first == pytest.approx(4)


def test_where_the_superior_is_out_of_reach_the_word_may_be_done_without_but_only_where_there_is_one(
    example: Mission, reference: Reference
) -> None:
    """The word is passed on to the north only: at the quarter its superior is out of reach, at the mill there is none."""
    north = ({"to": "force-hq", "delay": "5 h", "sectors": ("north",)},)
    mission = four_nodes(example, [rule("hold", kind="limitation", delegations=north, word_if_possible=True)])
    for given, people in ((["superior out of reach"], (160, 0)), ([], (0, 0))):
        question = Question("hold", f"D+{DAY}T12", given=given)
        found = [usable_force(mission, reference, question, at, hours=(3.0,)) for at in ("quarter", "mill")]
        assert [record.curves[0].people[0] for record in found] == pytest.approx(people)
    assert {unit.held_by for unit in found[1].coming} == {("silence",)}


def test_two_strings_on_the_same_unit_cost_nothing_alone_and_all_together(example: Mission, reference: Reference) -> None:
    other = caveat("other", "bravia", bars_measures=("hold",))
    record = force(four_nodes(example, [HOLD], [STAYS, other]), reference, hours=(4.0,))
    assert cost(record, "caveat:stays").gained == (0,)
    assert cost(record, "caveat:stays").missing == pytest.approx((99,))
    assert cost(record, "caveat:other").missing == pytest.approx((99,))
    assert record.curves[-1].people[0] - record.curves[0].people[0] == pytest.approx(99)


def test_a_night_caveat_bites_only_at_night(example: Mission, reference: Reference) -> None:
    """Called at 20:00 with a caveat from 22:00 to 06:00: the infantry are there from 21:00, not from 22:00, and again from 06:00."""
    night = caveat("night", "alfaland", bars_measures=("hold",), hours={"start": 22, "end": 6})
    mission = four_nodes(example, [HOLD], [night])
    hours = (1.0, 2.0, 3.0, 9.0, 10.0)
    assert force(mission, reference, time=f"D+{DAY}T20", hours=hours).curves[0].people == pytest.approx((52.8, 60, 60, 159, 259))
    noon = force(mission, reference)
    assert noon.curves[0].people[:5] == noon.curves[-1].people[:5]
    assert noon.coming[1].answer == "permitted"


def test_silence_and_agreements_hold_units(example: Mission, reference: Reference) -> None:
    only = rule("hold", members=("alfaland",))
    record = force(four_nodes(example, [only], agreements=example.agreements.model_copy(update={"agreements": ()})), reference)
    held = {unit.unit: unit.held_by for unit in record.coming}
    assert held["alf"] == ("gate:transfer", "gate:status")
    assert held["bra"] == ("gate:transfer", "gate:status", "silence")
    assert record.curves[-1].people[-1] == 0


def test_a_task_takes_all_its_measures_and_stays_in_its_sector(example: Mission, reference: Reference) -> None:
    task = example.tasks.tasks[0].model_copy(update={"rules": ("hold", "search")})
    tasks = Tasks(tasks=(task,))
    search = rule("search", kind="limitation", held_by="force-hq", delay="3 h")
    mission = four_nodes(example, [HOLD, search], tasks=tasks)
    record = force(mission, reference, what=task.id, hours=(0.0, 4.0, 6.0))
    assert record.curves[0].people == pytest.approx((0, 52.8, 160))
    assert {unit.unit for unit in record.coming} == {"alf", "car"}
    barred = four_nodes(example, [HOLD, search], [caveat("task", "alfaland", bars_tasks=(task.id,))], tasks=tasks)
    assert force(barred, reference, what=task.id).curves[0].people[-1] == pytest.approx(60)
    with pytest.raises(BadInput, match="is not a task of"):
        force(mission, reference, what=task.id, at="mill")
    lent = Tasks(tasks=(task.model_copy(update={"force_of": "south", "rules": ("hold",)}),))
    assert {unit.unit for unit in force(four_nodes(example, [HOLD], tasks=lent), reference, what=task.id).coming} == {"bra"}


def test_self_defence_needs_no_rule_and_no_caveat_takes_it(example: Mission, reference: Reference) -> None:
    record = force(four_nodes(example, [], [caveat("c", "bravia", bars_crossing=True)]), reference, what="self-defence")
    assert record.curves[0].people[-1] == pytest.approx(259)


def test_the_situation_is_what_the_rule_asks_for_unless_it_is_said(example: Mission, reference: Reference) -> None:
    mission = four_nodes(example, [rule("hold", given_all=("violent crowd",), protects=("civilians",))])
    assumed = force(mission, reference)
    assert assumed.assumed
    assert assumed.situation == ("hold: violent crowd; to protect civilians",)
    assert assumed.curves[0].people[-1] == pytest.approx(259)
    said = usable_force(mission, reference, Question("hold", f"D+{DAY}", given=["hostile act"]), "quarter", hours=HOURS)
    assert not said.assumed
    assert said.curves[0].people[-1] == 0


def test_a_sector_stands_for_its_base(example: Mission, reference: Reference) -> None:
    record = force(four_nodes(example, [HOLD]), reference, at="north")
    assert {unit.unit: unit.road for unit in record.coming} == {"alf": 0, "car": pytest.approx(1), "bra": pytest.approx(3)}


def test_units_come_with_their_day_and_go_with_their_tour(example: Mission, reference: Reference) -> None:
    mission = four_nodes(example, [HOLD])
    late = mission.forces.model_copy(
        update={
            "pledges": tuple(
                item.model_copy(update={"ready_to_load": example.about.d_day.replace(month=5)}) for item in mission.forces.pledges
            )
        }
    )
    assert force(four_nodes(example, [HOLD], forces=late), reference).coming == ()
    short = mission.forces.model_copy(update={"pledges": tuple(item.model_copy(update={"tour": 1.0}) for item in mission.forces.pledges)})
    assert force(four_nodes(example, [HOLD], forces=short), reference).coming == ()


@pytest.mark.parametrize(
    ("more", "near"),
    [
        ({"what": "holt"}, "hold"),
        ({"at": "quater"}, "quarter"),
        ({"lift": ["caveat:stay"]}, "stays"),
        ({"lift": ["cavaets"]}, "caveats"),
        ({"lift": ["rule:hold"]}, "0 such rules"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(example: Mission, reference: Reference, more: dict[str, Any], near: str) -> None:
    with pytest.raises(NoSuchItem) as refused:
        force(four_nodes(example, [HOLD], [STAYS]), reference, **more)
    assert near in refused.value.next_step


def test_times_and_amounts_that_cannot_be_meant_are_refused(example: Mission, reference: Reference) -> None:
    mission = four_nodes(example, [HOLD])
    with pytest.raises(BadInput, match="outside the mission"):
        force(mission, reference, time="D+400")
    with pytest.raises(BadInput, match="hours after a call"):
        force(mission, reference, hours=(-1.0,))
    with pytest.raises(BadInput, match="strength"):
        force(mission, reference, strength=0)
    with pytest.raises(BadInput, match="unknown unit"):
        written("2 parsec", "h")
    assert written("90min", "h") == pytest.approx(1.5)


def test_units_from_another_sector_need_a_measure_more(example: Mission, reference: Reference) -> None:
    """The word on crossing takes 6 h: only the 99 of Bravia wait for it, and only they are held by what bars it."""
    cross = rule("cross", kind="limitation", held_by="force-hq", delay="6 h")
    mission = four_nodes(example, [HOLD, cross])
    question = Question("hold", f"D+{DAY}T12", crossing="cross")
    record = usable_force(mission, reference, question, "quarter", hours=(4.0, 9.0, 10.0))
    assert record.curves[0].people == pytest.approx((160, 160, 259))
    assert {unit.unit: unit.held_by for unit in record.coming} == {"car": (), "alf": (), "bra": ("rule:cross",)}
    assert cost(record, "rule:cross").units == ("bra",)
    barring = rule("no-crossing", measure="cross", kind="prohibition")
    tied = [caveat("all", "alfaland", bars_measures=("cross",)), caveat("their", "bravia", bars_measures=("cross",))]
    barred = usable_force(four_nodes(example, [HOLD, cross, barring], tied), reference, question, "quarter", hours=(4.0, 24.0))
    assert barred.curves[0].people == pytest.approx((160, 160))
    assert {unit.unit: unit.held_by for unit in barred.coming}["bra"] == ("caveat:their", "rule:no-crossing")


def test_several_measures_are_all_needed(example: Mission, reference: Reference) -> None:
    mission = four_nodes(example, [HOLD, rule("search", members=("carolia",))])
    record = force(mission, reference, what="hold+search")
    assert record.curves[0].people == pytest.approx((19.8, 19.8, 60, 60, 60, 60, 60))
    with pytest.raises(NoSuchItem):
        force(mission, reference, what="hold+serch")
