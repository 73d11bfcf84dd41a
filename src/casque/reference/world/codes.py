"""Airports by ICAO code and seaports by UN/LOCODE, with their names and coordinates.

Airports are those of the Python package `airportsdata` (MIT licence), 28,000 with a code of four signs; ports are those of the package
`searoute` (Apache licence 2.0), 3,955 with a UN/LOCODE. Both are compilations by others, none of whose entries was compared with an
official publication, hence the grade secondary. Coordinates are those of the field or of the harbour, good to about a kilometre for
airports and to a few kilometres for ports. Neither says anything of runways, berths or depths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from casque.mission.faults import nearest
from casque.reference.world.sphere import Point

AIRPORT_SIGNS = 4
"""Signs of an ICAO code; a UN/LOCODE has one more."""


@dataclass(frozen=True)
class Place:
    """An airport or a port of the world."""

    code: str
    """ICAO code or UN/LOCODE."""
    name: str
    """What it is called."""
    longitude: float
    """Degrees east."""
    latitude: float
    """Degrees north."""

    @property
    def point(self) -> Point:
        """Longitude and latitude in degrees."""
        return self.longitude, self.latitude


def place(code: str) -> Place | None:
    """The airport or port behind a code; none where nothing carries it."""
    return (airports() if len(code) == AIRPORT_SIGNS else ports()).get(code)


def nearest_code(code: str) -> str:
    """The known code most like one that nothing carries, among those that begin with its first two letters, or nothing."""
    known = airports() if len(code) == AIRPORT_SIGNS else ports()
    return nearest(code, [name for name in known if name[:2] == code[:2]]) or nearest(code, known)


@cache
def airports() -> dict[str, Place]:
    """Every airport with an ICAO code."""
    # The library is only wanted by folders that name a code.
    import airportsdata

    return {
        code: Place(code, row["name"], round(row["lon"], 4), round(row["lat"], 4))
        for code, row in airportsdata.load("ICAO").items()
        if len(code) == AIRPORT_SIGNS and code.isalnum()
    }


@cache
def ports() -> dict[str, Place]:
    """Every port with a UN/LOCODE."""
    from searoute.data.ports_dict import node_list

    return {
        row["port"]: Place(row["port"], row["name"], round(at[0], 4), round(at[1], 4))
        for at, row in node_list.items()
        if len(row["port"] or "") == AIRPORT_SIGNS + 1
    }
