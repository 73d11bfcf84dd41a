"""Who may do what at each of NATO's degrees of authority over a force, and which degrees each may pass on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casque.mission.vocabulary import Authority, Grade

_TABLE = "ATP 5-0.2-1 (2020), table I-4, NATO levels of authority"
_OPCON = "Ukrainian-NATO glossary on vofans.ru, definition of operational control"
_FULL = "Norwegian joint doctrine as quoted on 9pdf.net, definition of full command"


class Act(StrEnum):
    """What a commander may or may not do with units that are under him."""

    ADMINISTER = "administer and discipline"
    """Administration, discipline, training, appointment of commanders."""
    SUPPLY = "direct supply"
    """Directive authority over the logistics of the units."""
    MISSION = "assign missions"
    """Give a mission or designate an objective."""
    REASSIGN = "reassign units"
    """Pass units from one commander to another."""
    SPLIT = "split units"
    """Employ parts of a unit separately, as in two sectors."""
    DEPLOY = "deploy units in theatre"
    """Move units to another place or sector of the theatre."""
    TASK = "assign tasks"
    """Give tasks within a mission that has been given."""
    MOVEMENT = "direct movement and manoeuvre"
    """Detailed and usually local direction of movements."""


@dataclass(frozen=True)
class Holding:
    """One act: who may do it, within what, and where that is read."""

    act: Act
    degrees: frozenset[Authority]
    """Degrees whose holder may do it."""
    within: dict[Authority, str]
    """Bounds on the act, for degrees that have it in part only."""
    source: str
    grade: Grade


_F, _C, _O, _T, _L = Authority
_WIDE = frozenset((_F, _C))

# The printed table was read in a copy that had lost its columns: the number of marks of each row was read, their place was not. It is
# secondary only where a definition read elsewhere says the same.
MATRIX: tuple[Holding, ...] = (
    Holding(Act.ADMINISTER, frozenset((_F,)), {}, f"{_TABLE}, one mark; {_FULL}", Grade.SECONDARY),
    Holding(Act.SUPPLY, frozenset((_F,)), {}, f"{_TABLE}, one mark; {_OPCON}", Grade.SECONDARY),
    Holding(Act.MISSION, _WIDE, {}, f"{_TABLE}, two marks, columns lost; AAP-06 not read", Grade.JUDGEMENT),
    Holding(Act.REASSIGN, _WIDE, {}, f"{_TABLE}, two marks, columns lost; AAP-06 not read", Grade.JUDGEMENT),
    Holding(Act.SPLIT, _WIDE, {}, f"{_TABLE}, two marks; {_OPCON}, which leaves it out", Grade.SECONDARY),
    Holding(Act.DEPLOY, frozenset((_F, _C, _O)), {}, f"{_TABLE}, three marks; {_OPCON}", Grade.SECONDARY),
    Holding(
        Act.TASK,
        frozenset((_F, _C, _O, _T)),
        {
            _O: "for missions or tasks limited by function, time or place",
            _T: "within the mission that a higher authority gave",
        },
        f"{_OPCON}; for the others {_TABLE}, columns lost; AAP-06 not read",
        Grade.JUDGEMENT,
    ),
    Holding(Act.MOVEMENT, frozenset(Authority), {}, f"{_TABLE}, a mark for every degree (manoeuvre control measures)", Grade.SECONDARY),
)
"""Who may do what."""

PASSED_ON: dict[Authority, frozenset[Authority]] = {
    _F: frozenset((_C, _O, _T, _L)),
    _C: frozenset((_O, _T, _L)),
    _O: frozenset((_O, _T, _L)),
    _T: frozenset((_T, _L)),
    _L: frozenset(),
}
"""Degrees that the holder of each may pass on. Full command stays national (read in the Norwegian doctrine); OPCON may pass on TACON (read
in the glossary); the rest is judgement: the table's rows on delegation have three marks each, with their columns lost."""


def may(degree: Authority, act: Act) -> bool:
    """Whether the holder of a degree of authority may do something."""
    return any(holding.act is act and degree in holding.degrees for holding in MATRIX)


def powers(degree: Authority) -> tuple[str, ...]:
    """What the holder of a degree may do, the widest act first, with its bounds."""
    held = (holding for holding in MATRIX if degree in holding.degrees)
    return tuple(f"{item.act} {item.within[degree]}" if degree in item.within else str(item.act) for item in held)


def withheld(degree: Authority) -> tuple[str, ...]:
    """What the holder of a degree may not do."""
    return tuple(str(holding.act) for holding in MATRIX if degree not in holding.degrees)


def widest(degrees: tuple[Authority, ...]) -> Authority | None:
    """The widest of several degrees; None of none."""
    return min(degrees, key=lambda degree: degree.rank, default=None)
