"""Size of the nations of the world: gross domestic product and population in the years that missions need.

The figures are those of the World Bank (indicators NY.GDP.MKTP.CD and SP.POP.TOTL) as the public datasets github.com/datasets/gdp (commit
822019c) and github.com/datasets/population (commit 425fc44) repeat them; both were read, the World Bank's own tables were not, hence the
grade secondary.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from casque.mission.vocabulary import Grade
from casque.mission.written import Written


class Nation(Written):
    """A nation in one year."""

    id: str
    """ISO 3166 alpha-3 code in lower case, as members have it."""
    name: str
    """Name of the nation."""
    year: int
    """Year that the figures are of."""
    gdp: float | None
    """Gross domestic product in current US dollars; none where it is not known."""
    population: float | None
    """Inhabitants; none where they are not known."""
    source: str
    """Where it was read."""
    grade: Grade
    """How good the evidence is."""


@cache
def nations() -> dict[str, tuple[Nation, ...]]:
    """Every nation with a figure, by id, its years in order."""
    found: dict[str, list[Nation]] = {}
    with (files("casque.reference") / "data" / "members.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            gdp, population = row["gdp [MUSD]"], row["population"]
            nation = Nation(
                id=row["id"],
                name=row["name"],
                year=int(row["year"]),
                gdp=1e6 * float(gdp) if gdp else None,
                population=float(population) if population else None,
                source=row["source"],
                grade=Grade(row["grade"]),
            )
            found.setdefault(nation.id, []).append(nation)
    return {name: tuple(sorted(years, key=lambda nation: nation.year)) for name, years in found.items()}


def nation(name: str, year: int) -> Nation | None:
    """A nation in the year nearest to one, the earlier of two as near; none where nothing is known of it."""
    years = nations().get(name, ())
    return min(years, key=lambda item: (abs(item.year - year), item.year), default=None)
