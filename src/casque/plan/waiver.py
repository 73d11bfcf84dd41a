"""What lifting a caveat would bring to the force."""

from __future__ import annotations

from casque.plan.record import Record


class Waiver(Record):
    """A caveat, and what the pledges would fill without it, found by placing them again."""

    caveat: str
    """Caveat."""
    member: str
    """Its member."""
    gain: float
    """Rise of the weighted fill if it is lifted, in points of a hundred."""
    people_months: float
    """People-months of shortfall that would be filled."""
    proven: bool
    """Whether the gain is proven: `low` and `high` are the same."""
    low: float
    """Proven: the best fill rises at least by this."""
    high: float
    """Proven: the best fill rises at most by this."""
