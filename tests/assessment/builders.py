"""Small values that the tests of the assessment are built from; D-day is 1 March 2030."""

from __future__ import annotations

from datetime import date, timedelta

from casque.mission.measures import Measure, Measures
from casque.mission.mission import Mission
from casque.mission.observations import Observation, Observations
from casque.mission.vocabulary import Direction, Grade
from casque.plan.movement import InPlace, MovementRecord
from casque.plan.outlook import Fan, OutlookRecord
from casque.plan.record import Outcome

D_DAY = date(2030, 3, 1)
READS = ("about", "alliance", "forces", "measures", "observations")
OUTCOME = Outcome(status="feasible", value=0, bound=0, gap=0, sense="least")


def on(day: int) -> date:
    """A day counted from D-day."""
    return D_DAY + timedelta(days=day)


def saw(
    measure: str, start: int, end: int, value: float, kind: str = "value", grade: Grade = Grade.VERIFIED, note: str = ""
) -> Observation:
    """An observation."""
    return Observation(measure=measure, start=on(start), end=on(end), value=value, kind=kind, grade=grade, note=note, source=("s",))


def rate(**update: object) -> Measure:
    """Incidents a week, from 20 to 5 by D+100, in doubt beyond 9."""
    return stock(
        **{"title": "Incidents", "unit": "incidents a week", "direction": Direction.LOWER, "baseline": 20.0, "target": 5.0, "amber": 9.0}
        | update
    )


def stock(**update: object) -> Measure:
    """People returned, from 0 to 1,000 by D+100, in doubt below 600."""
    fields: dict[str, object] = {"id": "m", "title": "Returned", "objective": "o", "unit": "persons", "direction": Direction.HIGHER}
    fields |= {"baseline": 0.0, "target": 1000.0, "amber": 600.0, "by": on(100), "exit": True, "assumption": "It works."}
    return Measure.model_validate(fields | update)


def narrowed(mission: Mission, measures: tuple[Measure, ...], observations: tuple[Observation, ...]) -> Mission:
    """The mission as the stage sees it, with these measures and observations."""
    kept = {name: getattr(mission, name) for name in READS}
    kept |= {"measures": Measures(objectives=(), measures=measures), "observations": Observations(observations=observations)}
    return Mission.model_construct(None, **kept)


def moved(strength: tuple[float, ...] = (), in_theatre: tuple[float, ...] = (), in_place: tuple[InPlace, ...] = ()) -> MovementRecord:
    """A movement plan with these strengths by day."""
    return MovementRecord(
        loads=(),
        in_place=in_place,
        unmoved=(),
        strength=strength,
        in_theatre=in_theatre,
        workloads=(),
        closure=OUTCOME,
        lateness=OUTCOME,
        bottlenecks=(),
    )


def outlook(*fans: Fan) -> OutlookRecord:
    """An outlook with these fans."""
    return OutlookRecord(replications=1, seed=0, steps=(), fans=fans, failures=(), sensitivities=(), worth=(), unknown=())


def fan(series: str, low: float, middle: float, high: float, last: int = 100) -> Fan:
    """A level fan from D-day on."""
    days = (0, last)
    return Fan(
        series=series,
        title="Modelled incidents",
        unit="incidents a week",
        days=days,
        p05=(low, low),
        p25=(low, low),
        p50=(middle, middle),
        p75=(high, high),
        p95=(high, high),
    )
