"""Working out the expressions of own rules: typed trees in, plain functions of an item out. No text is ever run as code.

What is not written counts as none: a comparison of order with none is false, a sum with none is none, and `= none` asks for it.
Every step over the items of a kind is paid from a budget, so that no rule can hold up a check.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from casque.mission.item_fields import kinds
from casque.mission.mission import Mission
from casque.mission.typed_expression import Apply, Const, Get, Listed, Summary, Typed

Value = Any
"""A float in base units, text, a truth, a date, a tuple of these, or None."""

Ready = Callable[[Any, Any], Value]
"""The value of an expression for an item at hand and the item that the rule is about."""

_HOURS_A_DAY = 24.0
_ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class OutOfSteps(Exception):
    """The budget of a rule is used up."""


@dataclass
class Budget:
    """Steps that a rule may still take."""

    left: int

    def pay(self, steps: int) -> None:
        """Take steps off. Raises OutOfSteps."""
        self.left -= steps
        if self.left < 0:
            raise OutOfSteps


@dataclass
class Ground:
    """What expressions are worked out against: the mission's items by kind and id, and the budget."""

    mission: Mission
    budget: Budget
    _items: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    _by_id: dict[str, dict[str, Any]] = field(default_factory=dict)

    def items(self, kind: str) -> tuple[Any, ...]:
        """Every item of a kind."""
        if kind not in self._items:
            self._items[kind] = kinds()[kind].items(self.mission)
        return self._items[kind]

    def item(self, kind: str, name: str) -> Any:
        """The item of a kind with an id; None where there is none."""
        if kind not in self._by_id:
            self._by_id[kind] = {item.id: item for item in self.items(kind)}
        return self._by_id[kind].get(name)


def ready(typed: Typed, ground: Ground) -> Ready:
    """The function behind a typed tree."""
    match typed:
        case Const():
            value = _day(ground.mission.about.d_day, typed.value) if typed.from_d_day else typed.value
            return lambda item, this: value  # noqa: ARG005
        case Get():
            return _getter(typed, ground)
        case Listed():
            parts = tuple(ready(part, ground) for part in typed.parts)
            return lambda item, this: tuple(part(item, this) for part in parts)
        case Apply():
            return _operator(typed, ground)
        case Summary():
            return _summary(typed, ground)


def _day(d_day: date, days: Value) -> date | None:
    try:
        return d_day + timedelta(days=days)
    except OverflowError:
        return None


def _getter(typed: Get, ground: Ground) -> Ready:
    steps, from_this = typed.steps, typed.scope == "this"

    def get(item: Any, this: Any) -> Value:
        value: Any = this if from_this else item
        for step in steps:
            # Parts of one list may be of several forms; a field that this form has not counts as not written.
            if value is None or step.name not in type(value).model_fields:
                return None
            value = getattr(value, step.name)
            if value is not None and step.into:
                value = ground.item(step.into, value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value) * steps[-1].factor
        return value

    return get


def _operator(typed: Apply, ground: Ground) -> Ready:
    parts = tuple(ready(part, ground) for part in typed.parts)
    if typed.sign == "not":
        return lambda item, this: not parts[0](item, this)
    if len(parts) == 1:
        return lambda item, this: None if (value := parts[0](item, this)) is None else -value
    left, right = parts
    match typed.sign:
        case "and":
            return lambda item, this: bool(left(item, this) and right(item, this))
        case "or":
            return lambda item, this: bool(left(item, this) or right(item, this))
        case "=":
            return lambda item, this: left(item, this) == right(item, this)
        case "!=":
            return lambda item, this: left(item, this) != right(item, this)
        case "in":
            return lambda item, this: left(item, this) in (right(item, this) or ())
        case "not in":
            return lambda item, this: left(item, this) not in (right(item, this) or ())
        case "<" | "<=" | ">" | ">=":
            return _ordered(typed, left, right)
        case _:
            return lambda item, this: _reckoned(typed.sign, left(item, this), right(item, this))


def _ordered(typed: Apply, left: Ready, right: Ready) -> Ready:
    compare, ranks = _ORDER[typed.sign], {word: rank for rank, word in enumerate(typed.ranks)}

    def holds(item: Any, this: Any) -> bool:
        one, other = left(item, this), right(item, this)
        if ranks:
            one, other = ranks.get(one), ranks.get(other)
        return one is not None and other is not None and bool(compare(one, other))

    return holds


def _reckoned(sign: str, left: Value, right: Value) -> Value:
    """A sum or product; none where a side is none, where nothing can be divided, and beyond the calendar."""
    if left is None or right is None:
        return None
    try:
        if isinstance(left, date):
            if isinstance(right, date):
                return (left - right).days * _HOURS_A_DAY
            days = timedelta(days=right / _HOURS_A_DAY)
            return left + days if sign == "+" else left - days
        match sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case _:
                return left / right
    except (OverflowError, ZeroDivisionError, ValueError):
        return None


def _summary(typed: Summary, ground: Ground) -> Ready:
    over = None if typed.over is None else ready(typed.over, ground)
    where = None if typed.where is None else ready(typed.where, ground)
    each = None if typed.each is None else ready(typed.each, ground)
    cost = 1 + (typed.where.weight if typed.where else 0) + (typed.each.weight if typed.each else 0)

    def chosen(item: Any, this: Any) -> Iterable[Any]:
        found = ground.items(typed.kind) if over is None else over(item, this) or ()
        for part in found:
            ground.budget.pay(cost)
            if where is None or where(part, this):
                yield part

    def values(item: Any, this: Any) -> list[Any]:
        assert each is not None, "the typed tree has a value here"
        return [value for part in chosen(item, this) if (value := each(part, this)) is not None]

    match typed.what:
        case "count":
            return lambda item, this: float(sum(1 for _ in chosen(item, this)))
        case "any":
            return lambda item, this: any(True for _ in chosen(item, this))
        case "all":
            return lambda item, this: all(bool(value) for value in values(item, this))
        case "sum":
            return lambda item, this: float(sum(values(item, this)))
        case "least":
            return lambda item, this: min(values(item, this), default=None)
        case _:
            return lambda item, this: max(values(item, this), default=None)
