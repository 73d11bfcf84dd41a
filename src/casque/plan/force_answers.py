"""What the stage `generate` answers beyond the plan: what to ask for, on whom it hangs, who decides, who bears it, who should exercise."""

from __future__ import annotations

from typing import Literal

from casque.mission.vocabulary import Capability, DecisionRule, Grade
from casque.plan.record import Record

Measure = Literal["agreed key", "gross domestic product", "population", "people pledged"]
"""What fair shares of the burden are taken from."""


class Asked(Record):
    """A member that could be asked for a unit."""

    member: str
    """Member."""
    will: float
    """Its willingness to contribute more if asked, 0 to 1."""
    has: Literal["that type", "that capability", "not seen"]
    """Whether it pledged units of that type or of an alike one, or others of that capability, so that it is known to have such units."""


class NextPledge(Record):
    """What one more unit would bring, found by solving again with it: the best type for one capability in one sector."""

    unit_type: str
    """Unit type."""
    sector: str
    """Sector where it would serve."""
    by: int
    """Last day by which it would have to be ready to bring nearly all of the gain."""
    gain: float
    """Rise of the weighted fill, in points of a hundred, if it is ready on the first day of need."""
    people_months: float
    """People-months of shortfall that it fills."""
    proven: bool = False
    """Whether the gain is proven: `low` and `high` are the same."""
    low: float | None = None
    """Proven: the best fill rises at least by this, in points of a hundred."""
    high: float | None = None
    """Proven: the best fill rises at most by this, in points of a hundred."""
    rank_proven: bool = False
    """Whether no unit behind it in the list, or left out of it, could bring more."""
    ask: tuple[Asked, ...] = ()
    """Members to ask, the likeliest first."""
    capability: Capability | None = None
    """Capability that it would add most to."""
    alike: tuple[str, ...] = ()
    """Unit types that would serve there in its stead and bring at least nine tenths as much, the best first."""


class TaskLoss(Record):
    """What a requirement line loses."""

    line: str
    """Requirement line."""
    task: str
    """Its task."""
    people_months: float
    """People-months that it loses."""


class Pivotal(Record):
    """What is lost if a member leaves, found by solving again without it."""

    member: str
    """Member."""
    strength: float
    """People it pledged."""
    loss: float
    """Fall of the weighted fill, in points of a hundred."""
    loses_most: str
    """Capability and sector that lose most."""
    proven: bool = False
    """Whether the loss is proven: `low` and `high` are the same."""
    low: float | None = None
    """Proven: the best fill falls at least by this, in points of a hundred."""
    high: float | None = None
    """Proven: the best fill falls at most by this, in points of a hundred."""
    lines: tuple[TaskLoss, ...] = ()
    """Lines that lose most, the first first, as the others best step in."""


class PairLoss(Record):
    """What is lost if two members leave together."""

    members: tuple[str, str]
    """The two members."""
    loss: float
    """Fall of the weighted fill, in points of a hundred."""
    synergy: float
    """What is lost beyond the sum of the two single losses: above 0 where each stands in for the other."""
    low: float
    """Proven: the best fill falls at least by this."""
    high: float
    """Proven: the best fill falls at most by this."""
    proven: bool
    """Whether the loss is proven: `low` and `high` are the same."""


class VotingPower(Record):
    """Power of alike members of an organisation under its decision rule."""

    organisation: str
    """Organisation."""
    rule: DecisionRule
    """How it decides."""
    seat: Literal["permanent member", "elected member", "member", "lead nation", "other member"]
    """What distinguishes these members under the rule."""
    seats: int
    """How many have such a seat."""
    members: tuple[str, ...]
    """Members of the mission known to have one; an elected member changes and is not named."""
    shapley: float
    """Shapley-Shubik index of one of them: share of the orders of voting in which its vote turns the decision."""
    banzhaf: float
    """Normalised Banzhaf index of one of them: its share of all swings."""
    swing: float
    """Chance that its vote decides when every other votes either way with even chance (absolute Banzhaf index)."""
    seats_known: bool
    """Whether the number of seats was stated or follows from the rule; otherwise only members of the mission are counted."""


class Burden(Record):
    """What one member bears of the force, against what it could."""

    member: str
    """Member."""
    people_months: float
    """People-months of its units with a place."""
    cost: float
    """What these cost at the rates of the factors for a person's month, in US dollars."""
    share: float
    """Its share of the people-months of all members."""
    gdp: float | None
    """Gross domestic product in current US dollars."""
    gdp_share: float | None
    """Its share of that of all contributors for which it is known."""
    population: float | None
    """Inhabitants."""
    population_share: float | None
    """Its share of those of all contributors for which they are known."""
    key_share: float | None
    """Its share under an agreed key."""
    year: int | None
    """Year of the reference figures; none where the mission gave them or nothing is known."""
    grade: Grade
    """Grade of the figures that the fair share rests on."""
    measure: Measure
    """What its fair share is taken from, in the matching as well."""
    fair: float | None
    """Its fair share by that measure; none where its own figure is not known."""
    bears: Literal["over", "about", "under", "unknown"]
    """Whether it bears more than its fair share, about that, or less."""


class Training(Record):
    """Two contingents of a sector that should exercise together before they deploy."""

    first: str
    """Member: the lead of the sector where it is one of the two."""
    second: str
    """Member."""
    sector: str
    """Sector."""
    kind: Literal["lead and led", "side by side"]
    """Whether one of the two leads the sector."""
    buys: float
    """Points of cohesion that the exercise takes away from what stands against the plan."""
    counts: bool
    """Whether the matching counts these points; those of contingents side by side are only shown."""
    ready: int
    """Day on which the earlier of the two is ready to load."""
    start: int | None
    """First day of the exercise; none where it no longer fits."""
    end: int | None
    """Last day of it."""
    why: str
    """Why it does not fit, where it does not."""


class ForceAnswers(Record):
    """Answers beside the matched force."""

    pairs: tuple[PairLoss, ...] = ()
    """Pairs of members whose leaving would cost most, worst first."""
    other_pairs: float = 0.0
    """Proven: no pair that is left out loses more than this, in points of a hundred."""
    standing_in: tuple[PairLoss, ...] = ()
    """Pairs of which each stands in for the other: those that cost most beyond the sum of their single losses."""
    power: tuple[VotingPower, ...] = ()
    """Power of the members in the organisations of the mission."""
    burdens: tuple[Burden, ...] = ()
    """Burden of every contributor, the largest share first."""
    training: tuple[Training, ...] = ()
    """Exercises before deployment, by their first day; those that do not fit at the end."""
