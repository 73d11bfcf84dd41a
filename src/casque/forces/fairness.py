"""What part of the burden is fair for each contributor: by an agreed key, by its economy, by its population, or by what it pledged.

The matching and the answers ask here, so that what it weighs and what is shown are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casque.forces.elements import Unit
from casque.mission.alliance import Member
from casque.mission.vocabulary import Grade
from casque.plan.force_answers import Measure
from casque.reference.members import nation

Shares = dict[str, float | None]
"""Share of each member; none where it is not known."""


@dataclass(frozen=True)
class Size:
    """What is known of a member: its economy, its population and its part of an agreed key."""

    gdp: float | None
    population: float | None
    key: float | None
    year: int | None
    grades: dict[Measure, Grade]


@dataclass(frozen=True)
class Fairness:
    """What is fair, what it is taken from, and the other shares beside it."""

    measure: Measure
    fair: Shares
    sizes: dict[str, Size]
    gdp: Shares
    population: Shares
    key: Shares


def fairness(units: Sequence[Unit], members: Mapping[str, Member], year: int) -> Fairness:
    """The fair share of every contributor and of every member with a unit.

    The measure is the agreed key where anybody has a part in one; else gross domestic product, else population, where it is known of
    every member of the mission with a unit; else the people pledged.
    """
    pledged: dict[str, float] = {member.id: 0.0 for member in members.values() if "contributor" in member.roles}
    for unit in units:
        pledged[unit.pledge.member] = pledged.get(unit.pledge.member, 0.0) + unit.strength
    giving = [name for name, people in pledged.items() if people > 0 and name in members]
    sizes = {name: size(members.get(name), name, year) for name in pledged}
    gdp = _shares({name: item.gdp for name, item in sizes.items()})
    population = _shares({name: item.population for name, item in sizes.items()})
    key = _shares({name: item.key for name, item in sizes.items()})
    named: tuple[tuple[Measure, Shares], ...] = (("gross domestic product", gdp), ("population", population))
    found: tuple[Measure, Shares] = ("people pledged", _shares(dict(pledged)))
    if any(share for share in key.values()):
        found = ("agreed key", key)
    elif giving:
        found = next(((measure, shares) for measure, shares in named if all(shares[name] is not None for name in giving)), found)
    return Fairness(*found, sizes, gdp, population, key)


def size(member: Member | None, name: str, year: int) -> Size:
    """What is known of a member: the mission's own figures first, then the reference figures of the year nearest to D-day."""
    known = nation(name, year)
    gdp = population = None
    grade = Grade.JUDGEMENT if known is None else known.grade
    grades: dict[Measure, Grade] = {"gross domestic product": grade, "population": grade}
    if known is not None:
        gdp, population = known.gdp, known.population
    if member is None:
        return Size(gdp, population, None, None if known is None else known.year, grades)
    own: tuple[tuple[Measure, str, float | None], ...] = (
        ("gross domestic product", "gdp", member.gdp),
        ("population", "population", member.population),
        ("agreed key", "burden_key", member.burden_key),
    )
    for measure, field, value in own:
        if value is not None:
            grades[measure] = Grade.JUDGEMENT if field in member.judged else member.grade
    gdp, population = (gdp if member.gdp is None else member.gdp), (population if member.population is None else member.population)
    used = known is not None and not (member.gdp is not None and member.population is not None)
    return Size(gdp, population, member.burden_key, known.year if known is not None and used else None, grades)


def _shares(figures: Mapping[str, float | None]) -> Shares:
    total = sum(value for value in figures.values() if value)
    return {member: value / total if value is not None and total else None for member, value in figures.items()}
