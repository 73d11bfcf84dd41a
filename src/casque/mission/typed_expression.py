"""The meaning of an expression: every name looked up, every type checked, every quantity brought to base units; or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal as Word

from casque.mission.expression import Counting, Literal, Name, Node, NotAnExpression, Pair, Several, Single
from casque.mission.faults import nearest
from casque.mission.item_fields import Shape, Type, fields_of, kinds
from casque.mission.quantities import Dimension, nearest_unit, unit_of

NUMBER, TEXT, TRUTH, DATE, NOTHING = (Type(name) for name in ("number", "text", "truth", "date", "nothing"))
TIME: Dimension = (("time", 1),)


@dataclass(frozen=True)
class Const:
    """A value, numbers in base units. With `from_d_day` a number of days counted from D-day."""

    value: float | str | bool | date | None
    type: Type
    from_d_day: bool = False
    weight: int = 1


@dataclass(frozen=True)
class Step:
    """One field on the way to a value; with `into` the id found there is followed to the item of that kind."""

    name: str
    factor: float = 1.0
    into: str = ""


@dataclass(frozen=True)
class Get:
    """A field of the item at hand, or of the item that the rule is about."""

    scope: Word["item", "this"]
    steps: tuple[Step, ...]
    type: Type
    weight: int = 1


@dataclass(frozen=True)
class Listed:
    """Values in brackets."""

    parts: tuple[Typed, ...]
    type: Type
    weight: int = 1


@dataclass(frozen=True)
class Apply:
    """An operator with its values. `ranks` are the words of a ranked list that are compared by their place in it."""

    sign: str
    parts: tuple[Typed, ...]
    type: Type
    ranks: tuple[str, ...] = ()
    weight: int = 1


@dataclass(frozen=True)
class Summary:
    """A count, sum or other summary over a kind, or over a list that an item has."""

    what: str
    kind: str
    over: Get | None
    where: Typed | None
    each: Typed | None
    type: Type
    weight: int = 1


Typed = Const | Get | Listed | Apply | Summary


def meaning(tree: Node, kind: str) -> Typed:
    """The typed tree of an expression about items of a kind. Raises NotAnExpression."""
    shape = kinds()[kind].shape
    return _typed(tree, shape, shape)


def _typed(node: Node, item: Shape, this: Shape) -> Typed:
    match node:
        case Literal():
            return _literal(node)
        case Name():
            return _name(node, item, this)
        case Several():
            parts = tuple(_typed(part, item, this) for part in node.parts)
            inner = next((part.type for part in parts if part.type.name != "nothing"), NOTHING)
            for part, written in zip(parts, node.parts, strict=True):
                _alike("a list", inner, part, written.at)
            return Listed(parts, Type("list", inner=inner), weight=1 + sum(part.weight for part in parts))
        case Single():
            inner_value = _typed(node.inner, item, this)
            wanted = "truth" if node.sign == "not" else "number"
            _must(inner_value, wanted, node.at, f"behind '{node.sign}'")
            return Apply(node.sign, (inner_value,), inner_value.type, weight=1 + inner_value.weight)
        case Pair():
            return _pair(node, _typed(node.left, item, this), _typed(node.right, item, this))
        case Counting():
            return _counting(node, item, this)


def _literal(node: Literal) -> Const:
    value = node.value
    if node.from_d_day:
        return Const(value, DATE, from_d_day=True)
    if value is None or isinstance(value, bool):
        return Const(value, NOTHING if value is None else TRUTH)
    if isinstance(value, str):
        return Const(value, TEXT)
    if isinstance(value, date):
        return Const(value, DATE)
    if not node.unit:
        return Const(value, NUMBER)
    try:
        factor, dimension = unit_of(node.unit)
    except KeyError as error:
        part = str(error.args[0])
        raise NotAnExpression(node.at, f"the unit '{node.unit}'", "expected a known unit", nearest_unit(part) or "") from None
    return Const(value * factor, Type("number", dimension, node.unit))


def _name(node: Name, item: Shape, this: Shape) -> Get:
    parts, scope, here = node.parts, "item", item
    if parts[0] == "this":
        parts, scope, here = parts[1:], "this", this
        if not parts:
            raise NotAnExpression(node.at, "'this'", "expected a field behind it, such as 'this.id'")
    steps: list[Step] = []
    found = NOTHING
    for number, part in enumerate(parts):
        found = _field(node, part, here, this)
        last = number == len(parts) - 1
        if not last and found.refers:
            here = kinds()[found.refers].shape
            steps.append(Step(part, into=found.refers))
            continue
        steps.append(Step(part, unit_of(found.unit)[0] if found.name == "number" and found.unit not in ("", "%") else 1.0))
        if last:
            break
        if found.name == "part" and found.shape is not None:
            here = found.shape
            continue
        hint = "Look at a list with any(...), count(...) or 'in'." if found.name == "list" else ""
        expected = f"expected no field behind '{part}', which is {found.words}"
        raise NotAnExpression(node.at, f"'{part}.{parts[number + 1]}'", expected, "", hint)
    return Get("this" if scope == "this" else "item", tuple(steps), found, weight=len(steps))


def _field(node: Name, part: str, here: Shape, this: Shape) -> Type:
    known = fields_of(here)
    if part in known:
        return known[part]
    hint = "Known fields: " + ", ".join(sorted(known)) + "."
    if here != this and part in fields_of(this):
        hint = f"'this.{part}' is the field of the item that the rule is about."
    raise NotAnExpression(node.at, f"'{part}'", f"expected a field of {here.kind}", nearest(part, known), hint)


def _counting(node: Counting, item: Shape, this: Shape) -> Summary:
    name = node.over.parts[0]
    over: Get | None = None
    if len(node.over.parts) == 1 and name in kinds():
        inner = kinds()[name].shape
    elif len(node.over.parts) == 1 and name != "this" and name not in fields_of(item):
        known = [*kinds(), *(field for field, kind in fields_of(item).items() if kind.name == "list")]
        raise NotAnExpression(
            node.over.at, f"'{name}'", "expected a kind of item", nearest(name, known), "Kinds: " + ", ".join(sorted(kinds())) + "."
        )
    else:
        over = _name(node.over, item, this)
        shape = over.type.inner.shape if over.type.inner is not None else None
        if shape is None:
            raise NotAnExpression(node.over.at, f"'{'.'.join(node.over.parts)}'", f"expected a list of parts, not {over.type.words}")
        inner, name = shape, ""
    where = None if node.where is None else _typed(node.where, inner, this)
    each = None if node.each is None else _typed(node.each, inner, this)
    if where is not None:
        _must(where, "truth", node.at, "behind 'where'")
    weight = 1 + (where.weight if where else 0) + (each.weight if each else 0)
    return Summary(node.what, name, over, where, each, _summary_type(node, each), weight=weight)


def _summary_type(node: Counting, each: Typed | None) -> Type:
    if node.what in ("count", "any"):
        if each is not None:
            raise NotAnExpression(node.at, f"a value in '{node.what}(...)'", "expected only a kind and a condition behind 'where'")
        return NUMBER if node.what == "count" else TRUTH
    if each is None:
        example = {"all": "all(task, priority < 3)"}.get(node.what, f"{node.what}(unit, strength)")
        raise NotAnExpression(node.at, f"'{node.what}(...)' without a value", f"expected a value behind a comma, such as '{example}'")
    if node.what == "all":
        _must(each, "truth", node.at, "in 'all(...)'")
        return TRUTH
    if each.type.name == "date" and node.what in ("least", "most"):
        return DATE
    _must(each, "number", node.at, f"in '{node.what}(...)'")
    return each.type


def _pair(node: Pair, left: Typed, right: Typed) -> Apply:
    weight = 1 + left.weight + right.weight
    if node.sign in ("and", "or"):
        for part in (left, right):
            _must(part, "truth", node.at, f"on both sides of '{node.sign}'")
        return Apply(node.sign, (left, right), TRUTH, weight=weight)
    if node.sign in ("in", "not in"):
        if right.type.name != "list" or right.type.inner is None:
            expected = f"expected a list behind '{node.sign}', such as [a, b] or a field with several"
            raise NotAnExpression(node.at, right.type.words, expected)
        parts = right.parts if isinstance(right, Listed) else ()
        for part in parts:
            _alike(f"'{node.sign}'", left.type, part, node.at)
        _alike(f"'{node.sign}'", right.type.inner, left, node.at)
        return Apply(node.sign, (left, right), TRUTH, weight=weight)
    if node.sign in ("=", "!="):
        _alike(f"'{node.sign}'", left.type, right, node.at)
        _alike(f"'{node.sign}'", right.type, left, node.at)
        if "list" in (left.type.name, right.type.name) or "part" in (left.type.name, right.type.name):
            raise NotAnExpression(node.at, "a list or part", f"expected single values on both sides of '{node.sign}'")
        return Apply(node.sign, (left, right), TRUTH, weight=weight)
    if node.sign in ("<", "<=", ">", ">="):
        return _ordered(node, left, right, weight)
    return Apply(node.sign, (left, right), _sum_type(node, left.type, right.type), weight=weight)


def _ordered(node: Pair, left: Typed, right: Typed, weight: int) -> Apply:
    _alike(f"'{node.sign}'", left.type, right, node.at)
    _alike(f"'{node.sign}'", right.type, left, node.at)
    ranks = left.type.choices if left.type.ranked else right.type.choices if right.type.ranked else ()
    if left.type.name not in ("number", "date") and not ranks:
        raise NotAnExpression(node.at, left.type.words, f"expected numbers, dates or words with an order on both sides of '{node.sign}'")
    return Apply(node.sign, (left, right), TRUTH, ranks, weight)


def _sum_type(node: Pair, left: Type, right: Type) -> Type:
    names = (left.name, right.name)
    if names == ("number", "number"):
        if node.sign in ("*", "/"):
            return _product(left, right, -1 if node.sign == "/" else 1)
        if left.dimension == right.dimension:
            return left if left.unit else right
    elif node.sign in "+-" and names == ("date", "number") and right.dimension == TIME:
        return DATE
    elif node.sign == "-" and names == ("date", "date"):
        return Type("number", TIME, "d")
    raise NotAnExpression(node.at, f"{left.words} {node.sign} {right.words}", f"expected two values that '{node.sign}' can join")


def _product(left: Type, right: Type, power: int) -> Type:
    powers = dict(left.dimension)
    for base, more in right.dimension:
        powers[base] = powers.get(base, 0) + power * more
    dimension = tuple(sorted((base, total) for base, total in powers.items() if total))
    unit = left.unit if dimension == left.dimension and dimension else right.unit if dimension == right.dimension and dimension else ""
    return Type("number", dimension, unit)


def _must(value: Typed, wanted: str, at: int, where: str) -> None:
    if value.type.name != wanted:
        raise NotAnExpression(at, value.type.words, f"expected {Type(wanted).words.replace('a bare', 'a')} {where}")


def _alike(what: str, wanted: Type, value: Typed, at: int) -> None:
    """Refuse a value that can never equal one of the wanted type; none goes with everything, lists aside."""
    seen = value.type
    if "nothing" in (wanted.name, seen.name):
        return
    if wanted.name != seen.name or (wanted.name == "number" and wanted.dimension != seen.dimension):
        raise NotAnExpression(at, f"{seen.words} with {wanted.words}", f"expected values of one kind for {what}")
    if wanted.choices and isinstance(value, Const) and value.value not in wanted.choices:
        raise NotAnExpression(
            at, f"'{value.value}'", "expected one of " + ", ".join(wanted.choices), nearest(str(value.value), wanted.choices)
        )
