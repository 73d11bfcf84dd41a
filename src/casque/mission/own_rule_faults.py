"""Whether the own rules of a mission make sense: known kinds and fields, types that fit, messages whose braces can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casque.mission.expression import NotAnExpression, parse
from casque.mission.faults import Fault, nearest, shown
from casque.mission.item_fields import kinds
from casque.mission.own_rules import OwnRule, OwnRules
from casque.mission.typed_expression import Typed, meaning
from casque.mission.yaml_source import Parsed, Path, written_path

OWN_RULES = "rules.yaml"
PREFIX = "own-"
_BRACES = re.compile(r"\{([^{}]*)\}")


def condition(text: str, kind: str) -> Typed:
    """The meaning of an expression that is true or false. Raises NotAnExpression."""
    typed = meaning(parse(text), kind)
    if typed.type.name != "truth":
        raise NotAnExpression(1, typed.type.words, "expected a condition that is true or false")
    return typed


def template(text: str, kind: str) -> tuple[str | Typed, ...]:
    """A message as its plain parts and the expressions in braces between them. Raises NotAnExpression."""
    parts: list[str | Typed] = []
    place = 0
    for match in _BRACES.finditer(text):
        parts.append(_plain(text, place, match.start()))
        typed = meaning(parse(match[1]), kind)
        inner = typed.type.inner if typed.type.name == "list" else typed.type
        if inner is None or inner.name == "part":
            raise NotAnExpression(match.start() + 1, f"'{match[0]}'", "expected a single value or a list of single values in braces")
        parts.append(typed)
        place = match.end()
    parts.append(_plain(text, place, len(text)))
    return tuple(part for part in parts if part != "")


def _plain(text: str, start: int, end: int) -> str:
    plain = text[start:end]
    at = re.search(r"[{}]", plain)
    if at:
        raise NotAnExpression(start + at.start() + 1, f"'{at[0]}'", "expected an expression between '{' and '}'")
    return plain


def own_rule_faults(own: OwnRules, parsed: Parsed, sources: Iterable[str] | None) -> list[Fault]:
    """Every fault of rules.yaml that is not one of form. Without known sources their names are not looked at."""
    known = None if sources is None else sorted(sources)
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, rule in enumerate(own.rules):
        faults.extend(_named(rule, number, seen, parsed))
        faults.extend(_meant(rule, number, parsed))
        for place, name in enumerate(rule.source):
            if known is not None and name not in known:
                path: Path = ("rules", number, "source", place)
                expected = "expected the id of a source in sources.yaml"
                faults.append(_fault(parsed, path, shown(name), expected, nearest(name, known), "Add the source or correct the name."))
    return faults


def _named(rule: OwnRule, number: int, seen: set[str], parsed: Parsed) -> Iterator[Fault]:
    path: Path = ("rules", number, "id")
    if not rule.id.startswith(PREFIX):
        yield _fault(parsed, path, shown(rule.id), f"expected a name that begins with '{PREFIX}'", f"{PREFIX}{rule.id}"[:64])
    if rule.id in seen:
        yield _fault(parsed, path, f"{shown(rule.id)} again", "expected each rule once", "", "Rename one of the two.")
    seen.add(rule.id)
    if rule.for_each not in kinds():
        expected = "expected a kind of item: " + ", ".join(sorted(kinds()))
        yield _fault(parsed, ("rules", number, "for_each"), shown(rule.for_each), expected, nearest(rule.for_each, kinds()))


def _meant(rule: OwnRule, number: int, parsed: Parsed) -> Iterator[Fault]:
    if rule.for_each not in kinds():
        return
    for name, read in (("where", condition), ("breach", condition), ("message", template), ("fix", template)):
        text = getattr(rule, name)
        if not text and name == "where":
            continue
        try:
            read(text, rule.for_each)
        except NotAnExpression as error:
            seen = f"{error.seen} at character {error.at}"
            yield _fault(parsed, ("rules", number, name), seen, error.expected, error.near, error.next_step)


def _fault(parsed: Parsed, path: Path, seen: str, expected: str, near: str = "", next_step: str = "") -> Fault:
    whole = path
    while whole and whole not in parsed.lines:
        whole = whole[:-1]
    return Fault(OWN_RULES, parsed.lines.get(whole, 1), written_path(path), seen, expected, near, next_step)
