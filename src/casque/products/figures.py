"""How figures and days are written: thousands separators, percentages, and every day both as a date and counted from D-day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, isfinite

from casque.plan.record import DAYS_PER_MONTH

NONE = "–"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: float | None) -> str:
    """A figure with thousands separators: whole from 100 up, one decimal from 1, two below."""
    if value is None or not isfinite(value):
        return NONE
    digits = 0 if abs(value) >= 100 or abs(value - round(value)) < 1e-9 else 1 if abs(value) >= 1 else 2
    return _sign(f"{value:,.{digits}f}")


def whole(value: float | None) -> str:
    """A figure without decimals."""
    return NONE if value is None or not isfinite(value) else _sign(f"{value:,.0f}")


def percent(value: float | None) -> str:
    """A share as a percentage; never 0 or 100 unless it is."""
    if value is None or not isfinite(value):
        return NONE
    if 0 < value < 0.005:
        return "< 1\u00a0%"
    if 0.995 < value < 1:
        return "> 99\u00a0%"
    return _sign(f"{value * 100:,.0f}\u00a0%")


def signed(value: float | None) -> str:
    """A difference, with its sign."""
    text = number(value)
    return f"+{text}" if value is not None and isfinite(value) and value > 0 else text


def rough(value: float | None) -> str:
    """A figure of a distribution: three significant digits, as it is known no better."""
    if value is None or not isfinite(value) or value == 0:
        return number(value)
    kept = float(f"{value:.3g}")
    return _sign(f"{kept:,.0f}") if abs(kept) >= 100 else _sign(f"{kept:.3g}")


def money(value: float) -> str:
    """Millions of US dollars with at most three significant digits."""
    millions = float(f"{value / 1e6:.3g}")
    digits = 0 if abs(millions) >= 100 else 1 if abs(millions) >= 10 else 2
    text = f"{millions:,.{digits}f}"
    shown = text.rstrip("0").rstrip(".") if digits else text
    return "< 0.01\u00a0million\u00a0USD" if 0 < value < 5000 else _sign(f"{shown}\u00a0million\u00a0USD")


def days(value: float | None) -> str:
    """A number of days without decimals; two days and less with one."""
    if value is None or not isfinite(value):
        return NONE
    return number(round(value, 1)) if 0 < abs(value) < 2 else whole(value)


def count(value: float, one: str, many: str = "") -> str:
    """A number of things: `1 task`, `2 tasks`."""
    return f"{number(value)}\u00a0{one if value == 1 else many or one + 's'}"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Names as a sentence lists them."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def sentence(text: str) -> str:
    """A text with a capital first and a full stop last."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def d_plus(day: float) -> str:
    """A day counted from D-day: `D+12`, `D−3`."""
    whole_day = round(day)
    return f"D+{whole_day:,}" if whole_day >= 0 else f"D−{-whole_day:,}"


def _sign(text: str) -> str:
    return ("" if text.strip("-0.,%\u00a0") == "" else "−") + text[1:] if text.startswith("-") else text


@dataclass(frozen=True)
class Calendar:
    """Days of the plan as dates."""

    d_day: date
    """D-day."""
    horizon: int
    """Days that the plan looks ahead."""

    def on(self, day: float) -> date:
        """The date of a day; the calendar's ends where it lies outside the calendar."""
        try:
            return self.d_day + timedelta(days=round(day))
        except OverflowError:
            return date.max if day > 0 else date.min

    def date(self, day: float) -> str:
        """`12 Jun 1999`."""
        then = self.on(day)
        return f"{then.day}\u00a0{MONTHS[then.month - 1]}\u00a0{then.year}"

    def day(self, day: float | None) -> str:
        """`12 Jun 1999 (D+0)`."""
        return NONE if day is None or not isfinite(day) else f"{self.date(day)} ({d_plus(day)})"

    def month(self, month: int) -> str:
        """`12 Jun 99`: the day on which a mission month begins."""
        then = self.on(ceil(month * DAYS_PER_MONTH - 0.5))
        return f"{then.day}\u00a0{MONTHS[then.month - 1]}\u00a0{then.year % 100:02d}"
