"""The mission's own rules (rules.yaml) as rules of the checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from casque.checks.own.evaluate import Budget, Ground, OutOfSteps, ready
from casque.checks.problem import Problem, day_text, listed
from casque.checks.rule import Breach, Doctrine, Rule
from casque.mission.item_fields import Type, kinds
from casque.mission.own_rule_faults import condition, template
from casque.mission.own_rules import OwnRule
from casque.mission.quantities import Dimension, unit_of
from casque.mission.typed_expression import Typed

MOST_STEPS = 3_000_000
"""Steps that one rule may take over all items: a second or two."""

# Units that a sentence says in words, in the plural.
_IN_WORDS = {"person": "people", "d": "days", "h": "hours", "wk": "weeks", "month": "months", "vehicle": "vehicles"}
_SINGULAR = {"d": "day", "h": "hour", "wk": "week"}

# Units in which worked-out quantities are shown where no field lends its own.
_SHOWN_IN: dict[Dimension, str] = {
    unit_of(name)[1]: name for name in ("km", "km2", "d", "t", "L", "person", "vehicle", "USD", "km/h", "t/d")
}


def own_rules(problem: Problem) -> tuple[Rule, ...]:
    """Every rule that the mission adds, in the order written."""
    return tuple(_rule(own) for own in problem.mission.own_rules.rules)


def _rule(own: OwnRule) -> Rule:
    about = f"each {own.for_each} with {own.where}" if own.where else f"each {own.for_each}"
    return Rule(
        id=own.id,
        severity=own.severity,
        title=own.title,
        checks=f"For {about}: broken where {own.breach}.",
        doctrine=Doctrine(own.doctrine or "this mission's own staff", own.grade),
        fix=own.fix,
        search=partial(_search, own),
    )


def _search(own: OwnRule, problem: Problem) -> Iterator[Breach]:
    kind = kinds()[own.for_each]
    ground = Ground(problem.mission, Budget(MOST_STEPS))
    where = ready(condition(own.where, kind.name), ground) if own.where else None
    typed = condition(own.breach, kind.name)
    broken = ready(typed, ground)
    message, fix = (_filled(template(text, kind.name), ground, problem) for text in (own.message, own.fix))
    done = 0
    try:
        for item in ground.items(kind.name):
            ground.budget.pay(typed.weight)
            if (where is None or where(item, item)) and broken(item, item):
                yield Breach(kind.subject_of(item), message(item), fix=fix(item))
            done += 1
    except OutOfSteps:
        whole = len(ground.items(kind.name))
        text = f"The rule “{own.title}” was given up after {MOST_STEPS:,} steps: {done} of {whole} items were looked at."
        yield Breach(f"mission:{problem.mission.about.id}", text, fix="Split the rule, or count over fewer items.")


def _filled(parts: tuple[str | Typed, ...], ground: Ground, problem: Problem) -> Any:
    """A function that gives the text of a template for an item."""
    pieces = [part if isinstance(part, str) else (ready(part, ground), part.type) for part in parts]

    def fill(item: Any) -> str:
        return "".join(piece if isinstance(piece, str) else shown(piece[0](item, item), piece[1], problem) for piece in pieces)

    return fill


def shown(value: Any, kind: Type, problem: Problem) -> str:
    """A value as a sentence shows it: quantities with their unit, days counted from D-day, lists joined."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_text(problem.day(value))
    if isinstance(value, tuple):
        inner = kind.inner or kind
        return listed(shown(part, inner, problem) for part in value) if value else "nothing"
    if isinstance(value, float):
        return _number(value, kind)
    return str(value)


def _number(value: float, kind: Type) -> str:
    if kind.unit == "%":
        return f"{value:.0%}"
    unit = kind.unit or _SHOWN_IN.get(kind.dimension, "")
    figure = value / unit_of(unit)[0] if unit else value
    if figure == round(figure, 6) // 1 or abs(figure) >= 1e6:
        text = f"{figure:,.0f}"
    else:
        text = f"{figure:,.1f}" if abs(figure) >= 0.1 else f"{figure:.1g}"
    if not unit:
        return text
    plural = _IN_WORDS.get(unit, unit)
    return f"{text} {_SINGULAR.get(unit, unit) if text == '1' else plural}"
