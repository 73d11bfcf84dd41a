"""Standing arrangements: packages of forces that were agreed on beforehand, so that they can be the first to enter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from casque.mission.quantities import Days
from casque.mission.vocabulary import StandingKind
from casque.mission.written import Day, Id, Sourced


class StandingArrangement(Sourced):
    """A package of pledged units with a notice and an endurance that were agreed on before the mission."""

    id: Id
    """Name of the arrangement."""
    title: str
    """What it is called."""
    kind: StandingKind
    """What sort of arrangement it is."""
    organisation: Id | None = None
    """Organisation whose decision calls it, by its own decision rule; none where the members that hold it decide alone."""
    members: tuple[Id, ...]
    """Members that hold it ready."""
    pledges: tuple[Id, ...] = ()
    """Pledged units that it brings; empty where none of it was pledged to this mission."""
    notice: Days
    """Time from the decision to call it until it is ready to move."""
    decision: Days = 0.0
    """Time that the decision takes, from the request on."""
    activation: str = ""
    """How it is called, in words: who asks, who decides."""
    requested: Day | None = None
    """Day on which it is asked for; none means D-day."""
    endurance: Days
    """Time that it stays on the ground before it has to be relieved or renewed."""
    renewals: Annotated[int, Field(ge=0)] = 0
    """How often its stay may be renewed for as long again."""
    from_day: Day | None = None
    """First day on which it is on call; none means always."""
    until: Day | None = None
    """Last day on which it may be called; none means always."""
    instrument: Id | None = None
    """Instrument (mandate.yaml) that it rests on."""
    agreement: Id | None = None
    """Agreement (agreements.yaml) that it rests on."""

    @property
    def stay(self) -> float:
        """Days that it can stay, every renewal counted."""
        return self.endurance * (1 + self.renewals)

    def asked_on(self, d_day: date) -> date:
        """Day on which it is asked for."""
        return self.requested or d_day

    def ready_on(self, d_day: date) -> date:
        """First day on which it is ready to move: asked for, decided on, and its notice over."""
        return self.asked_on(d_day) + timedelta(days=round(self.decision + self.notice))

    def on_call(self, day: date) -> bool:
        """Whether it may be called on a day."""
        return (self.from_day is None or self.from_day <= day) and (self.until is None or day <= self.until)
