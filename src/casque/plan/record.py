"""What every record shares: frozen, closed, and the same bytes for the same content.

Days in records are whole days counted from D-day (D is 0); months are mission months of a twelfth of a year (month 0 starts on D-day).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["optimal", "feasible", "infeasible", "unknown"]

DAYS_PER_MONTH = 365.2425 / 12


class Record(BaseModel):
    """Base of everything that was worked out."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Outcome(Record):
    """How a solver ended: a value, a bound that no solution can pass, and the gap between them."""

    status: Status
    """`optimal`, `feasible`, `infeasible` or `unknown`."""
    value: float
    """Value of the best solution found."""
    bound: float
    """Proven bound on the value."""
    gap: float
    """Distance of value and bound as a share of the larger of the two; 0 is proven best."""
    sense: Literal["most", "least"]
    """Whether the value was to be as large or as small as possible."""


def gap_between(value: float, bound: float) -> float:
    """Distance of value and bound as a share of the larger one; 0 where both are 0."""
    largest = max(abs(value), abs(bound))
    return 0.0 if largest == 0 else abs(value - bound) / largest


def month_of(day: float) -> int:
    """Mission month in which a day falls; days before D-day fall in month 0."""
    return max(0, int(day // DAYS_PER_MONTH))
