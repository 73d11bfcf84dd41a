"""The expressions of a mission's own rules: text in, a tree of nodes out. Data, never executed: the tree is looked at, not run as code.

    or, and, not          lowest first; comparisons = != < <= > >= in, not in; then + -, then * /, then a sign
    literals              500 person, 20 d, 3, "text", true, false, none, 1999-06-12, D+14, [a, b]
    fields                strength, member.reliability, this.id
    counting              count(unit where member = this.id), any(...), all(unit where ..., condition),
                          sum(unit where ..., strength), least(...), most(...)

Text is cut into tokens, and the tokens into a tree by precedence climbing. Length, tokens and nesting are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MOST_TEXT = 2000
MOST_TOKENS = 400
MOST_DEPTH = 24
COUNTING = ("count", "any", "all", "sum", "least", "most")
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "in", "not in")
WORDS = ("and", "or", "not", "in", "where", "true", "false", "none")


@dataclass(frozen=True)
class Literal:
    """A value that stands in the text: a number with its unit, text, a date, a day counted from D-day, true, false or none."""

    value: float | str | bool | date | None
    unit: str = ""
    from_d_day: bool = False
    at: int = 0


@dataclass(frozen=True)
class Name:
    """A field of the item, or of an item that it names: `strength`, `member.reliability`, `this.id`."""

    parts: tuple[str, ...]
    at: int = 0


@dataclass(frozen=True)
class Several:
    """A list of values in brackets."""

    parts: tuple[Node, ...]
    at: int = 0


@dataclass(frozen=True)
class Single:
    """A sign or `not` before a value."""

    sign: str
    inner: Node
    at: int = 0


@dataclass(frozen=True)
class Pair:
    """Two values with an operator between them."""

    sign: str
    left: Node
    right: Node
    at: int = 0


@dataclass(frozen=True)
class Counting:
    """A count, sum or other summary over the items of a kind, or over a list that an item has."""

    what: str
    over: Name
    where: Node | None
    each: Node | None
    at: int = 0


Node = Literal | Name | Several | Single | Pair | Counting


class NotAnExpression(Exception):
    """Why a text is not an expression: at which character, what stands there, what was expected."""

    def __init__(self, at: int, seen: str, expected: str, near: str = "", next_step: str = "") -> None:
        super().__init__(expected)
        self.at, self.seen, self.expected, self.near, self.next_step = at, seen, expected, near, next_step


@dataclass(frozen=True)
class Token:
    """A piece of the text: its kind, its text, and the character that it begins at, counted from 1."""

    kind: str
    text: str
    at: int


_TOKENS = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z]))"
    r"|(?P<day>D(?:[+-][0-9]{1,5})?(?![A-Za-z0-9_.]))"
    r"|(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?(?![0-9.]))"
    r"|(?P<text>\"[^\"]*\"|'[^']*')"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<sign><=|>=|!=|[=<>+\-*/()\[\],.%])"
)
_UNIT_NAME = re.compile(r"(?:%|[A-Za-z][A-Za-z0-9]*(?:/[A-Za-z][A-Za-z0-9]*)*|1(?:/[A-Za-z][A-Za-z0-9]*)+)")


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text. Raises NotAnExpression where a sign is unknown or the text is too long."""
    if len(text) > MOST_TEXT:
        raise NotAnExpression(1, f"{len(text)} characters", f"expected at most {MOST_TEXT}", next_step="Split the rule in two.")
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None:
            raise NotAnExpression(place + 1, f"'{text[place]}'", "expected a name, a number, text in quotes or an operator")
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(Token(kind, match[0], place + 1))
        place = match.end()
        if kind == "number":
            # A unit stands behind its number; a word of the language or an operator does not.
            unit = _UNIT_NAME.match(text, _skip(text, place))
            if unit is not None and unit[0].split("/")[0] not in WORDS:
                found.append(Token("unit", unit[0], unit.start() + 1))
                place = unit.end()
        if len(found) > MOST_TOKENS:
            raise NotAnExpression(place, f"more than {MOST_TOKENS} words and signs", "expected fewer", next_step="Split the rule in two.")
    return found


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t":
        place += 1
    return place


def parse(text: str) -> Node:
    """The tree of an expression. Raises NotAnExpression, and nothing else, for any text."""
    parser = _Parser(tokens_of(text), len(text) + 1)
    tree = parser.choice(0)
    if parser.here is not None:
        raise NotAnExpression(parser.here.at, f"'{parser.here.text}'", "expected the end of the expression, or an operator")
    return tree


class _Parser:
    """Reads the tokens from left to right, one level of precedence a method."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens, self._end, self._next = tokens, end, 0

    @property
    def here(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _at(self) -> int:
        return self.here.at if self.here else self._end

    def _take(self, *texts: str) -> Token | None:
        token = self.here
        if token is None or token.kind in ("text", "unit") or token.text not in texts:
            return None
        self._next += 1
        return token

    def _need(self, text: str) -> None:
        if self._take(text) is None:
            raise NotAnExpression(self._at(), self._seen(), f"expected '{text}'")

    def _seen(self) -> str:
        return f"'{self.here.text[:40]}'" if self.here else "the end"

    def choice(self, depth: int) -> Node:
        if depth > MOST_DEPTH:
            raise NotAnExpression(self._at(), f"more than {MOST_DEPTH} levels of nesting", "expected fewer")
        left = self._both(depth + 1)
        while token := self._take("or"):
            left = Pair("or", left, self._both(depth + 1), token.at)
        return left

    def _both(self, depth: int) -> Node:
        left = self._denial(depth)
        while token := self._take("and"):
            left = Pair("and", left, self._denial(depth), token.at)
        return left

    def _denial(self, depth: int) -> Node:
        if depth > MOST_DEPTH:
            raise NotAnExpression(self._at(), f"more than {MOST_DEPTH} levels of nesting", "expected fewer")
        if token := self._take("not"):
            return Single("not", self._denial(depth + 1), token.at)
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Node:
        left = self._total(depth)
        sign = self._take("=", "!=", "<", "<=", ">", ">=", "in", "not")
        if sign is None:
            return left
        if sign.text == "not":
            self._need("in")
        return Pair("not in" if sign.text == "not" else sign.text, left, self._total(depth), sign.at)

    def _total(self, depth: int) -> Node:
        left = self._product(depth)
        while token := self._take("+", "-"):
            left = Pair(token.text, left, self._product(depth), token.at)
        return left

    def _product(self, depth: int) -> Node:
        left = self._signed(depth)
        while token := self._take("*", "/"):
            left = Pair(token.text, left, self._signed(depth), token.at)
        return left

    def _signed(self, depth: int) -> Node:
        if depth > MOST_DEPTH:
            raise NotAnExpression(self._at(), f"more than {MOST_DEPTH} levels of nesting", "expected fewer")
        if token := self._take("-"):
            return Single("-", self._signed(depth + 1), token.at)
        return self._value(depth)

    def _value(self, depth: int) -> Node:
        token = self.here
        if token is None:
            raise NotAnExpression(self._end, "the end", "expected a value")
        self._next += 1
        if token.kind in ("number", "date", "day", "text"):
            return self._literal(token)
        if token.text == "(":
            inner = self.choice(depth + 1)
            self._need(")")
            return inner
        if token.text == "[":
            return self._several(depth, token.at)
        if token.kind == "name":
            return self._named(token, depth)
        raise NotAnExpression(token.at, f"'{token.text}'", "expected a value")

    def _literal(self, token: Token) -> Literal:
        if token.kind == "number":
            unit = self.here.text if self.here is not None and self.here.kind == "unit" else ""
            self._next += bool(unit)
            return Literal(float(token.text), unit, at=token.at)
        if token.kind == "text":
            return Literal(token.text[1:-1], at=token.at)
        if token.kind == "day":
            return Literal(float(token.text[1:] or 0), from_d_day=True, at=token.at)
        try:
            return Literal(date.fromisoformat(token.text), at=token.at)
        except ValueError:
            raise NotAnExpression(token.at, f"'{token.text}'", "expected a date such as 1999-06-12") from None

    def _several(self, depth: int, at: int) -> Several:
        parts: list[Node] = []
        while self._take("]") is None:
            if parts:
                self._need(",")
            parts.append(self.choice(depth + 1))
        return Several(tuple(parts), at)

    def _named(self, token: Token, depth: int) -> Node:
        if token.text in ("true", "false"):
            return Literal(token.text == "true", at=token.at)
        if token.text == "none":
            return Literal(None, at=token.at)
        if token.text in WORDS:
            raise NotAnExpression(token.at, f"'{token.text}'", "expected a value")
        if token.text in COUNTING and self._take("("):
            over = self._path(None)
            where = self.choice(depth + 1) if self._take("where") else None
            each = self.choice(depth + 1) if self._take(",") else None
            self._need(")")
            return Counting(token.text, over, where, each, token.at)
        if self.here is not None and self.here.text == "(" and self.here.kind == "sign":
            raise NotAnExpression(token.at, f"'{token.text}('", "expected one of " + ", ".join(COUNTING))
        return self._path(token)

    def _path(self, first: Token | None) -> Name:
        token = first
        if token is None:
            token = self.here
            if token is None or token.kind != "name" or token.text in WORDS:
                raise NotAnExpression(self._at(), self._seen(), "expected a kind of item, such as 'unit'")
            self._next += 1
        parts = [token.text]
        while self._take("."):
            part = self.here
            if part is None or part.kind != "name":
                raise NotAnExpression(self._at(), self._seen(), "expected the name of a field behind the dot")
            self._next += 1
            parts.append(part.text)
        return Name(tuple(parts), token.at)
