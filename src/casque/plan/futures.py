"""Record of the pledges' futures: what plans fill if some pledges come late or stay away, and which plans are best for that.

A future says of every pledge whether it comes, how late, and which of its tours are relieved. Plans are found on a sample of futures and
measured on fresh ones. Fill is a share of the weighted requirement, as in the force record; a worst tenth is the mean over the tenth of the
futures in which a plan fills least.
"""

from __future__ import annotations

from typing import Literal

from casque.plan.record import Record

Aim = Literal["nominal", "average", "worst tenth"]


class PledgeChance(Record):
    """How sure and how punctual a pledge is."""

    unit: str
    """Pledge."""
    member: str
    """Member."""
    comes: float
    """Share of the fresh futures in which it comes."""
    late: float
    """Days that it is late in the median future, if it comes."""
    late_p90: float
    """Days that it is late at most in nine of ten futures, if it comes."""


class Estimate(Record):
    """A mean with its interval, which holds the true mean in 95 of 100 samples."""

    mean: float
    """Mean over the futures."""
    low: float
    """Low end of the interval."""
    high: float
    """High end of the interval."""


class Spread(Record):
    """A monthly figure over the futures."""

    mean: tuple[float, ...]
    """Mean by month."""
    low: tuple[float, ...]
    """Low end of the 95 % interval of the mean, by month."""
    high: tuple[float, ...]
    """High end of that interval."""
    p10: tuple[float, ...]
    """A tenth of the futures lie below, by month."""
    p50: tuple[float, ...]
    """Median by month."""
    p90: tuple[float, ...]
    """A tenth of the futures lie above, by month."""


class FuturePlan(Record):
    """A plan, and what it fills in the futures."""

    aim: Aim
    """`nominal`: the plan of the force record, best if every pledge is kept to the day. `average`: best on average over the futures.
    `worst tenth`: best over the tenth of the futures in which it fills least."""
    fill: Estimate
    """Share of the weighted requirement filled over the horizon, on fresh futures."""
    worst_tenth: Estimate
    """The same in the worst tenth of the fresh futures."""
    p10: float
    """Share filled that a tenth of the fresh futures lie below."""
    p50: float
    """Median share filled."""
    p90: float
    """Share filled that a tenth of the fresh futures lie above."""
    over_nominal: Estimate
    """By how much its fill is above that of the nominal plan, future by future on fresh ones; of the worst-tenth plan, how much its worst
    tenth is above the nominal plan's."""
    by_month: Spread
    """Share of the weighted requirement filled by month, on fresh futures."""
    strength: Spread
    """People of the units with a place by month, on fresh futures."""
    sample_fill: float
    """Mean share filled on the sample on which the plans were sought."""
    sample_worst_tenth: float
    """The same in the worst tenth of the sample."""
    bound: float | None
    """What no plan can pass on the sample by this plan's own aim; None for the nominal plan, and where it was not worked out."""
    proven: bool
    """Whether the plan is proven best on the sample by its own aim."""


class FutureMove(Record):
    """A unit that stands elsewhere in one of the two plans than in the nominal one."""

    aim: Aim
    """Plan."""
    unit: str
    """Pledge."""
    part: str
    """Which part of the pledge, such as `2 of 5`; empty for the whole of it."""
    nominal: str
    """Where the nominal plan puts it: capability, sector and first day; empty for nowhere."""
    place: str
    """Where this plan puts it."""
    worth: float
    """What this plan would lose by its own aim if this unit alone went back, in points of a hundred of the weighted requirement on the
    sample; 0 where it could not go back alone."""
    why: str
    """The reason in a sentence or two, with figures."""


class FuturesRecord(Record):
    """What becomes of the plan if pledges come late or stay away."""

    seed: int
    """Seed."""
    sample: int
    """Futures on which plans were sought."""
    fresh: int
    """Futures on which they were measured."""
    certain: float
    """Share of the weighted requirement that the nominal plan fills if every pledge is kept to the day."""
    plans: tuple[FuturePlan, ...]
    """The nominal plan, the plan best on average and the plan best in its worst tenth."""
    moves: tuple[FutureMove, ...]
    """Units that stand elsewhere than in the nominal plan, the most valuable first."""
    chances: tuple[PledgeChance, ...]
    """Pledges by how sure and punctual they are, in the order of the pledges."""
    supposes: tuple[str, ...]
    """What the futures rest on, in sentences."""
