"""engagement.yaml: rules of engagement, the caveats that members put on them, and the postures of force protection.

Self-defence is inherent; it never needs a rule.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from casque.mission.quantities import Hours, Share
from casque.mission.vocabulary import Capability, Circumstance, ForceLevel, Protected, RuleKind, RuleStatus, Season, Threat
from casque.mission.written import Day, Id, Sourced, Written

HOURS_OF_DAY = 24

HourOfDay = Annotated[int, Field(ge=0, le=HOURS_OF_DAY - 1)]
"""An hour of the day, local time: 0 to 23."""


class HoursOfDay(Written):
    """A stretch of every day; it may run over midnight."""

    start: HourOfDay
    """First hour."""
    end: HourOfDay
    """Hour at which it ends; that hour no longer belongs to it. The same as the first means the whole day."""

    def covers(self, hour: int) -> bool:
        """Whether an hour belongs to it."""
        if self.start == self.end:
            return True
        return self.start <= hour < self.end if self.start < self.end else hour >= self.start or hour < self.end


class Wording(Written):
    """A title and text in another language."""

    title: str = ""
    """Title; empty where there is none, as for caveats."""
    text: str
    """What it says."""


class Delegation(Written):
    """The word on a limitation, passed on to a lower command post."""

    to: Id
    """Command post that may give the word."""
    delay: Hours = 0.0
    """Time the word takes to come from there."""
    sectors: tuple[Id, ...] = ()
    """Sectors it holds in; empty means all."""
    from_day: Day | None = None
    """First day; none means as long as the rule holds."""
    until: Day | None = None
    """Last day; none means as long as the rule holds."""


class Rule(Sourced):
    """One rule of engagement."""

    id: Id
    """Name of the rule."""
    number: str = ""
    """Its number in the set it was taken from, such as `1.8`."""
    family: str
    """Family in the UN numbering: `1 use of force`, `2 use of weapons`, `3 carrying of arms`, `4 detain, search, disarm`, `5 unrest`."""
    title: str
    """What it is about."""
    text: str
    """What it says, in our own words."""
    translations: dict[str, Wording] = Field(default={})
    """Title and text in other languages, by ISO 639-1 code."""
    kind: RuleKind
    """Permission, limitation or prohibition."""
    measure: Id | None = None
    """Measure (the act) that it speaks about; none means a measure of the rule's own name, and for a prohibition every measure that
    takes more force than it allows."""
    force_level: ForceLevel
    """Most force that it allows."""
    provision: Id
    """Provision that it rests on."""
    given_all: tuple[Circumstance, ...] = ()
    """Circumstances that must all be the case."""
    given_any: tuple[Circumstance, ...] = ()
    """Circumstances of which at least one must be the case."""
    unless: tuple[Circumstance, ...] = ()
    """Circumstances that must not be the case."""
    protects: tuple[Protected, ...] = ()
    """Whom or what it may be used to protect; empty means anyone and anything."""
    members: tuple[Id, ...] = ()
    """Members whose units it speaks to; empty means all."""
    units: tuple[Id, ...] = ()
    """Units it speaks to, where not all units of those members; empty means all."""
    capabilities: tuple[Capability, ...] = ()
    """Capabilities of the units it speaks to, such as those trained against riots; empty means all."""
    status: RuleStatus
    """Where it stands."""
    requested: Day | None = None
    """Day it was asked for."""
    requested_by: Id | None = None
    """Command post that asked for it."""
    reason: str = ""
    """Why it was asked for."""
    authorised: Day | None = None
    """Day it was authorised, or is expected to be."""
    authorised_by: Id | None = None
    """Organisation or member that authorised it."""
    implemented: Day | None = None
    """First day it holds, or is expected to."""
    withdrawn: Day | None = None
    """Last day it holds."""
    review_by: Day | None = None
    """Day by which it has to be reviewed."""
    held_by: Id | None = None
    """Command post whose word a limitation needs."""
    delay: Hours = 0.0
    """Time that word takes to come."""
    delegations: tuple[Delegation, ...] = ()
    """Lower posts that may give that word too."""
    word_if_possible: bool = False
    """Whether the word of a limitation may be done without while the superior is out of reach."""
    crossing: bool = False
    """Whether units need it to act outside their own sector, beside the rule for what they do there."""
    sectors: tuple[Id, ...] = ()
    """Sectors it holds in; empty means all."""
    places: tuple[Id, ...] = ()
    """Places it holds at; empty means everywhere in its sectors."""
    hours: HoursOfDay | None = None
    """Hours of the day in which it holds; none means at any time."""

    @property
    def permits(self) -> bool:
        """Whether it lets force be used, at once or on somebody's word; a prohibition only bounds what other rules permit."""
        return self.kind is not RuleKind.PROHIBITION

    @property
    def ever_in_force(self) -> bool:
        """Whether it holds on any day, or is expected to: never where it was denied, waits without a day, or ended nobody says when."""
        begun = self.implemented is not None or self.status is RuleStatus.IMPLEMENTED
        ended_unknown = self.status is RuleStatus.WITHDRAWN and self.withdrawn is None
        return begun and not ended_unknown and self.status is not RuleStatus.DENIED

    @property
    def regulates(self) -> str:
        """The measure that it speaks about; empty for a prohibition that bounds every measure by its force."""
        return self.measure or (self.id if self.permits else "")


class Caveat(Sourced):
    """A limit that a member puts on what its units may do."""

    id: Id
    """Name of the caveat."""
    member: Id
    """Member that set it."""
    units: tuple[Id, ...] = ()
    """Units it binds; empty means all units of the member."""
    text: str
    """What it says, in our own words."""
    translations: dict[str, Wording] = Field(default={})
    """Text in other languages, by ISO 639-1 code."""
    bars_rules: tuple[Id, ...] = ()
    """Rules of engagement that its units may not use; what they speak about is barred with them."""
    bars_measures: tuple[Id, ...] = ()
    """Measures that its units may not take, whatever rule permits them."""
    bars_tasks: tuple[Id, ...] = ()
    """Tasks that its units may not carry out."""
    bars_crossing: bool = False
    """Whether its units may not leave their own sector."""
    bars_sectors: tuple[Id, ...] = ()
    """Sectors that its units may not serve in."""
    bars_places: tuple[Id, ...] = ()
    """Places that its units may not go to."""
    force_at_most: ForceLevel | None = None
    """Most force its units may use; none where it sets no limit."""
    hours: HoursOfDay | None = None
    """Hours of the day in which it binds; none means at any time."""
    season: Season | None = None
    """Season in which it binds; none means all year."""
    declared: bool = True
    """Whether the member declared it; otherwise it was only observed."""
    waived_by: str = ""
    """Who in the capital can lift it."""
    delay: Hours = 0.0
    """Time that takes, most likely."""
    delay_least: Hours | None = None
    """Shortest time that takes; none means the most likely."""
    delay_most: Hours | None = None
    """Longest time that takes; none means the most likely."""
    from_day: Day | None = None
    """First day; none means from the start."""
    until: Day | None = None
    """Last day; none means for good."""

    @field_validator("delay_least", "delay_most", mode="after")
    @classmethod
    def _around_the_most_likely(cls, value: float | None, info: ValidationInfo) -> float | None:
        likely = info.data.get("delay")
        if value is not None and likely is not None:
            if info.field_name == "delay_least" and value > likely:
                raise PydanticCustomError("delay_order", "expected at most the most likely delay, {likely} h", {"likely": f"{likely:g}"})
            if info.field_name == "delay_most" and value < likely:
                raise PydanticCustomError("delay_order", "expected at least the most likely delay, {likely} h", {"likely": f"{likely:g}"})
        return value

    def bars_use(self, rule: Rule) -> bool:
        """Whether it keeps its units from using a rule. To bar a prohibition takes nothing from them."""
        return rule.permits and (rule.id in self.bars_rules or rule.regulates in self.bars_measures)

    @property
    def expected_delay(self) -> float:
        """Mean of the triangular distribution of the delay, in hours: a third of least, most likely and most together."""
        least, most = self.delay_band
        return (least + self.delay + most) / 3

    @property
    def delay_band(self) -> tuple[float, float]:
        """Shortest and longest hours that the word takes; both the most likely where nothing else is written."""
        return (
            self.delay if self.delay_least is None else self.delay_least,
            self.delay if self.delay_most is None else self.delay_most,
        )


class Posture(Sourced):
    """A posture of force protection: what units do to guard themselves, and what that costs."""

    id: Id
    """Name of the posture."""
    title: str
    """What it is called."""
    answers: Threat
    """Highest threat that it answers."""
    measures: tuple[str, ...] = ()
    """What it asks of units, in a few words each."""
    guards: Share
    """Share of the people of a unit that it ties to guarding themselves."""
    patrols: Share = 1.0
    """Share of the usual patrols that can still go out under it."""
    residual: Share
    """Share of the risk to the force that is left under it, set against no protection."""


class PostureHeld(Sourced):
    """Who holds a posture, where and when."""

    id: Id
    """Name of the entry."""
    posture: Id
    """Posture that is held."""
    sectors: tuple[Id, ...] = ()
    """Sectors it is held in; empty means all."""
    members: tuple[Id, ...] = ()
    """Contingents that hold it; empty means all."""
    from_day: Day | None = None
    """First day; none means from the start."""
    until: Day | None = None
    """Last day; none means to the end."""

    def covers(self, sector: str, member: str, day: date) -> bool:
        """Whether it speaks of a contingent in a sector on a day."""
        there = (not self.sectors or sector in self.sectors) and (not self.members or member in self.members)
        return there and (self.from_day is None or self.from_day <= day) and (self.until is None or day <= self.until)


class Engagement(Sourced):
    """Rules and caveats."""

    rules: tuple[Rule, ...]
    """Rules of engagement."""
    caveats: tuple[Caveat, ...] = ()
    """National caveats."""
    postures: tuple[Posture, ...] = ()
    """Postures of force protection, the lightest first."""
    postures_held: tuple[PostureHeld, ...] = ()
    """Which posture is held where; of several that cover the same, the last one written counts."""

    def posture_asked(self, threat: Threat) -> Posture | None:
        """The lightest posture that answers a threat; none where none does."""
        return next((posture for posture in self.postures if posture.answers.rank >= threat.rank), None)

    def posture_held(self, sector: str, member: str, day: date) -> Posture | None:
        """The posture that a contingent holds in a sector on a day; none where none is written. The last entry that covers it counts."""
        named = {posture.id: posture for posture in self.postures}
        return next((named[entry.posture] for entry in reversed(self.postures_held) if entry.covers(sector, member, day)), None)

    def rules_barred(self, caveat: Caveat) -> tuple[str, ...]:
        """Rules that a caveat keeps its units from using."""
        return tuple(rule.id for rule in self.rules if caveat.bars_use(rule))

    def measures(self) -> dict[str, tuple[Rule, ...]]:
        """Every measure that a rule permits or limits, with the rules that speak about it, prohibitions included."""
        names = dict.fromkeys(rule.regulates for rule in self.rules if rule.permits)
        return {name: tuple(rule for rule in self.rules if rule.regulates == name) for name in names}
