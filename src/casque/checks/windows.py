"""From which day to which something written has effect, in days from D-day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, Rule
from casque.mission.mandate import Instrument, Provision
from casque.mission.vocabulary import AgreementStatus

EVER = 10**6
"""A day beyond every plan; stands for *open-ended*, and its negative for *since always*."""


@dataclass(frozen=True)
class Window:
    """Days on which something has effect, first and last included; empty where the first is after the last."""

    first: int = -EVER
    last: int = EVER

    @property
    def empty(self) -> bool:
        """Whether it never has effect."""
        return self.first > self.last

    def meets(self, other: Window) -> bool:
        """Whether both share a day."""
        return max(self.first, other.first) <= min(self.last, other.last)

    def contains(self, other: Window) -> bool:
        """Whether every day of the other is in this one."""
        return self.first <= other.first and other.last <= self.last


NEVER = Window(EVER, -EVER)
ALWAYS = Window()


def next_day(windows: Iterable[Window], day: float) -> float | None:
    """First moment from `day` on that lies in one of the windows; None where there is none. Days are floats within a day."""
    moments = [max(day, float(window.first)) for window in windows if not window.empty and window.last + 1 > max(day, window.first)]
    return min(moments, default=None)


def joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same days as windows that neither overlap nor touch, in order."""
    merged: list[Window] = []
    for window in sorted((w for w in windows if not w.empty), key=lambda w: (w.first, w.last)):
        if merged and window.first <= merged[-1].last + 1:
            merged[-1] = Window(merged[-1].first, max(merged[-1].last, window.last))
        else:
            merged.append(window)
    return tuple(merged)


def span(d_day: date, first: date | None, last: date | None) -> Window:
    """The window between two dates; a missing date leaves that side open."""
    return Window(-EVER if first is None else (first - d_day).days, EVER if last is None else (last - d_day).days)


def provision_window(d_day: date, instrument: Instrument, provision: Provision) -> Window:
    """Days on which a provision binds: from the instrument's entry into force to its own end or the instrument's, whichever is first."""
    ends = [day for day in (instrument.expires, provision.until) if day is not None]
    return span(d_day, instrument.in_force, min(ends, default=None))


def rule_window(d_day: date, rule: Rule) -> Window:
    """Days on which a rule of engagement holds, or is expected to. A rule that was denied, or has no date yet, never does."""
    return span(d_day, rule.implemented, rule.withdrawn) if rule.ever_in_force else NEVER


def agreement_window(d_day: date, agreement: Agreement) -> Window:
    """Days on which an agreement has effect, or is expected to. One that was refused, or has no first day, never has.

    The same days as `Agreement.in_effect` says, by which the other stages go.
    """
    if agreement.status is AgreementStatus.REFUSED or agreement.in_force is None:
        return NEVER
    return span(d_day, agreement.in_force, agreement.expires)


def caveat_window(d_day: date, caveat: Caveat) -> Window:
    """Days on which a caveat binds."""
    return span(d_day, caveat.from_day, caveat.until)
