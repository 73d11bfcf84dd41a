"""mandate.yaml: the instruments that the mission rests on, and what each of their provisions asks and allows."""

from __future__ import annotations

from casque.mission.vocabulary import ForceLevel, InstrumentKind, LegalBasis
from casque.mission.votes import Vote
from casque.mission.written import Day, Id, Sourced


class Provision(Sourced):
    """One thing that an instrument asks or allows, in our own words."""

    id: Id
    """Name by which tasks and rules refer to it."""
    paragraph: str
    """Where it stands in the instrument."""
    text: str
    """What it says, in our own words."""
    basis: LegalBasis | None = None
    """What it rests on in law."""
    force_level: ForceLevel = ForceLevel.SELF_DEFENCE
    """How much force it allows for its purpose."""
    sectors: tuple[Id, ...] = ()
    """Sectors it covers; empty means the whole area."""
    beneficiaries: tuple[str, ...] = ()
    """Whom it protects or serves."""
    limits: str = ""
    """What it does not allow."""
    until: Day | None = None
    """Last day, where it ends before its instrument does."""


class Instrument(Sourced):
    """A resolution, agreement, consent or decision."""

    id: Id
    """Name of the instrument."""
    title: str
    """Its title or number."""
    kind: InstrumentKind
    """What sort of text it is."""
    adopted_by: tuple[Id, ...]
    """Organisations, members or actors that adopted or signed it."""
    adopted: Day
    """Day it was adopted or signed."""
    in_force: Day
    """First day it has effect."""
    expires: Day | None = None
    """Last day, unless renewed; none where it continues until decided otherwise."""
    renewal: str = ""
    """How it is renewed or ended."""
    votes: tuple[Vote, ...] = ()
    """How the organisations that adopted it voted, where that is recorded."""
    provisions: tuple[Provision, ...]
    """What it asks and allows."""


class Mandate(Sourced):
    """All instruments of the mission."""

    instruments: tuple[Instrument, ...]
    """Instruments, most important first."""

    def provisions(self) -> dict[str, tuple[Instrument, Provision]]:
        """Every provision by id, with the instrument it stands in."""
        return {provision.id: (instrument, provision) for instrument in self.instruments for provision in instrument.provisions}
