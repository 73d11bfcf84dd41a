"""Postures against threats: who is below, what a posture ties down, and what is left of the risk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from casque.engagement.problem import Problem, build
from casque.engagement.protection import place_protections, protections
from casque.mission.area import Place, SectorThreat
from casque.mission.engagement import Posture, PostureHeld
from casque.mission.mission import Mission
from casque.mission.vocabulary import PlaceKind, Threat
from casque.plan.engagement import Protection
from casque.plan.force import ForceRecord
from casque.plan.movement import MovementRecord
from casque.reference.load import Reference
from tests.engagement.conftest import narrowed

Judge = Callable[[Mission], tuple[Protection, ...]]


def _posture(name: str, answers: Threat, guards: str, patrols: str, residual: str) -> Posture:
    written = {"id": name, "title": name.title(), "answers": answers, "guards": guards, "patrols": patrols, "residual": residual}
    return Posture.model_validate(written)


OPEN = _posture("open", Threat.LOW, "5 %", "100 %", "90 %")
GUARDED = _posture("guarded", Threat.MEDIUM, "15 %", "80 %", "50 %")
HARD = _posture("hard", Threat.HIGH, "30 %", "40 %", "20 %")


def with_postures(mission: Mission, *held: PostureHeld, postures: tuple[Posture, ...] = (OPEN, GUARDED, HARD)) -> Mission:
    """The mission with postures, and who holds them."""
    return narrowed(mission, engagement=mission.engagement.model_copy(update={"postures": postures, "postures_held": held}))


def with_threat(mission: Mission, sector: str, level: Threat) -> Mission:
    """The mission with one level of threat in a sector in every phase."""
    sectors = tuple(
        item.model_copy(update={"threats": tuple(SectorThreat(phase=phase.id, level=level) for phase in mission.about.phases)})
        if item.id == sector
        else item
        for item in mission.area.sectors
    )
    return narrowed(mission, area=mission.area.model_copy(update={"sectors": sectors}), engagement=mission.engagement)


@pytest.fixture(scope="module")
def judged(reference: Reference, force: ForceRecord, movement: MovementRecord) -> Judge:
    """Judges a mission with the example's force in place."""

    def judge(mission: Mission) -> tuple[Protection, ...]:
        return protections(mission, build(mission, reference, force, movement))

    return judge


def test_a_mission_without_postures_is_not_judged(judged: Judge, example: Mission) -> None:
    assert judged(narrowed(example)) == ()


def test_the_lightest_posture_that_answers_the_threat_is_asked_for(judged: Judge, example: Mission) -> None:
    for level, wanted in ((Threat.LOW, "open"), (Threat.MEDIUM, "guarded"), (Threat.HIGH, "hard")):
        found = [item for item in judged(with_postures(with_threat(example, "north", level))) if item.sector == "north"]
        assert found
        assert {item.asked for item in found} == {wanted}
        assert {item.standing for item in found} == {"below"}
        assert {item.residual for item in found} == {1.0}


def test_what_a_posture_ties_down_and_leaves(judged: Judge, example: Mission) -> None:
    mission = with_postures(with_threat(example, "north", Threat.HIGH), PostureHeld(id="all", posture="guarded"))
    found = [item for item in judged(mission) if item.sector == "north"]
    for item in found:
        assert item.standing == "below"
        assert item.guards == pytest.approx(0.15 * item.people)
        assert item.guards_asked == pytest.approx(0.3 * item.people)
        assert item.residual == 0.5
        assert item.residual_asked == 0.2
    north = next(sector for sector in example.area.sectors if sector.id == "north")
    visits = sum(
        need.visits_per_week * north.settlements
        for task in example.tasks.tasks
        if "north" in task.sectors
        for need in task.needs
        if need.rule == "patrols" and (not need.sectors or "north" in need.sectors)
    )
    assert visits > 0
    day = max(item.first for item in found)
    together = [item for item in found if item.first <= day <= item.last and item.first == day]
    assert sum(item.patrols_lost for item in together) == pytest.approx(0.2 * visits, rel=0.35)
    assert all(item.patrols_lost_asked == pytest.approx(3 * item.patrols_lost) for item in found)


def test_a_posture_above_the_threat_is_named_and_the_last_entry_counts(judged: Judge, example: Mission) -> None:
    held = (PostureHeld(id="all", posture="open"), PostureHeld(id="north", posture="hard", sectors=("north",)))
    mission = with_postures(with_threat(example, "north", Threat.LOW), *held)
    assert {item.standing for item in judged(mission) if item.sector == "north"} == {"above"}
    assert "hard" not in {item.held for item in judged(mission) if item.sector != "north"}


def test_a_change_of_posture_ends_the_stretch(judged: Judge, example: Mission) -> None:
    change = example.about.d_day + timedelta(days=60)
    held = (PostureHeld(id="a", posture="open"), PostureHeld(id="b", posture="guarded", from_day=change))
    found = [item for item in judged(with_postures(with_threat(example, "north", Threat.LOW), *held)) if item.sector == "north"]
    for member in {item.member for item in found}:
        own = [item for item in found if item.member == member]
        assert all(before.last < after.first for before, after in pairwise(own))
        assert {item.held for item in own if item.last < 60} <= {"open"}
        assert {item.held for item in own if item.first >= 60} == {"guarded"}


def test_a_threat_that_no_posture_answers(judged: Judge, example: Mission) -> None:
    mission = with_postures(with_threat(example, "north", Threat.HIGH), PostureHeld(id="a", posture="open"), postures=(OPEN, GUARDED))
    assert {item.standing for item in judged(mission) if item.sector == "north"} == {"no posture answers"}


def test_a_place_with_a_threat_of_its_own_raises_its_sector(example: Mission, problem: Problem) -> None:
    phase = example.about.phases[0].id
    place = Place(
        id="bridge",
        name="Bridge",
        kind=PlaceKind.SITE,
        sector="north",
        longitude=0,
        latitude=0,
        threats=(SectorThreat(phase=phase, level=Threat.HIGH),),
    )
    quiet = with_threat(example, "north", Threat.LOW)
    area = quiet.area.model_copy(update={"places": (place,)})
    sector = next(item for item in area.sectors if item.id == "north")
    assert area.worst_threat(sector, phase) is Threat.HIGH
    held = (PostureHeld(id="a", posture="guarded", members=("carolia",)), PostureHeld(id="b", posture="hard"))
    mission = narrowed(example, area=area, engagement=with_postures(example, *held).engagement)
    (found,) = place_protections(mission, problem)
    assert found.place == "bridge"
    assert found.asked == "hard"
    assert found.below == ()
    (weaker,) = place_protections(narrowed(with_postures(mission, PostureHeld(id="a", posture="guarded")), area=area), problem)
    assert weaker.below == tuple(sorted({unit.member for unit in problem.units if unit.sector == "north"}))
