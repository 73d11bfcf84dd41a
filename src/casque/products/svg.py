"""Small pieces of SVG as text: every text is escaped, every coordinate has at most one decimal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Point = tuple[float, float]


def figure(width: float, height: float, title: str, parts: Iterable[str], kind: str = "wide") -> Markup:
    """A drawing with a title for those who cannot see it; `kind` is its class in the style sheet."""
    body = "".join(parts)
    head = f'<svg class="{escape(kind)}" viewBox="0 0 {at(width)} {at(height)}" role="img" aria-label="{escape(title)}">'
    return Markup(f"{head}<title>{escape(title)}</title>{body}</svg>")


def at(value: float) -> str:
    """A coordinate."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def text(x: float, y: float, content: str, kind: str = "", anchor: str = "start") -> str:
    """A line of text."""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{at(x)}" y="{at(y)}"{named}{side}>{escape(content)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<path class="{kind}" d="M{at(x1)} {at(y1)}L{at(x2)} {at(y2)}"/>'


def rect(x: float, y: float, width: float, height: float, kind: str, title: str = "") -> str:
    """A rectangle, with a title where it needs one."""
    shape = f'<rect class="{kind}" x="{at(x)}" y="{at(y)}" width="{at(max(width, 0))}" height="{at(max(height, 0))}"'
    return f"{shape}><title>{escape(title)}</title></rect>" if title else f"{shape}/>"


def path(points: Sequence[Point], kind: str, closed: bool = False, title: str = "") -> str:
    """A line through points, closed to an area where asked; points that fall on the one before are dropped."""
    commands: list[str] = []
    last = ""
    for x, y in points:
        here = f"{at(x)} {at(y)}"
        if here != last:
            commands.append(here)
        last = here
    if not commands:
        return ""
    shape = f'<path class="{kind}" d="M{"L".join(commands)}{"Z" if closed else ""}"'
    return f"{shape}><title>{escape(title)}</title></path>" if title else f"{shape}/>"


def dot(x: float, y: float, radius: float, kind: str, title: str = "") -> str:
    """A disc."""
    shape = f'<circle class="{kind}" cx="{at(x)}" cy="{at(y)}" r="{at(radius)}"'
    return f"{shape}><title>{escape(title)}</title></circle>" if title else f"{shape}/>"


def shortened(content: str, most: int) -> str:
    """A text cut to a number of characters."""
    return content if len(content) <= most else content[: most - 1].rstrip() + "…"
