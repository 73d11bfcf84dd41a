"""Quantities as people write them (`352 km`, `14 d`, `1428 USD/person/month`) and the plain floats behind them.

A field states the one unit in which the program keeps it; any unit of the same dimension may be written.
Units multiply by juxtaposed powers only where a name says so (`km2`); a compound is numerator/denominator/denominator.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Dimension = tuple[tuple[str, int], ...]

# Factor to the base unit of each dimension: metre, hour, kilogram, litre, person, vehicle, US dollar.
# A month is a twelfth of a mean Gregorian year.
_UNITS: dict[str, tuple[float, Dimension]] = {
    "m": (1.0, (("length", 1),)),
    "km": (1000.0, (("length", 1),)),
    "mi": (1609.344, (("length", 1),)),
    "nm": (1852.0, (("length", 1),)),
    "m2": (1.0, (("length", 2),)),
    "ha": (1e4, (("length", 2),)),
    "km2": (1e6, (("length", 2),)),
    "min": (1 / 60, (("time", 1),)),
    "h": (1.0, (("time", 1),)),
    "d": (24.0, (("time", 1),)),
    "wk": (168.0, (("time", 1),)),
    "month": (24.0 * 365.2425 / 12, (("time", 1),)),
    "kg": (1.0, (("mass", 1),)),
    "t": (1000.0, (("mass", 1),)),
    "lb": (0.45359237, (("mass", 1),)),
    "st": (907.18474, (("mass", 1),)),
    "L": (1.0, (("volume", 1),)),
    "m3": (1000.0, (("volume", 1),)),
    "gal": (3.785411784, (("volume", 1),)),
    "person": (1.0, (("person", 1),)),
    "vehicle": (1.0, (("vehicle", 1),)),
    "sortie": (1.0, (("sortie", 1),)),
    "USD": (1.0, (("money", 1),)),
    "kUSD": (1e3, (("money", 1),)),
    "MUSD": (1e6, (("money", 1),)),
    "kt": (1852.0, (("length", 1), ("time", -1))),
    "1": (1.0, ()),
    "%": (0.01, ()),
}

_WRITTEN = re.compile(
    r"^\s*([-+]?[0-9][0-9_ ]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)\s*([A-Za-z%][A-Za-z0-9%]*(?:/[A-Za-z]+)*|1(?:/[A-Za-z]+)+)\s*$"
)


def unit_of(text: str) -> tuple[float, Dimension]:
    """Factor to base units and dimension of a written unit.

    Raises KeyError with the unknown part when a unit is not known.
    """
    head, *denominators = text.split("/")
    factor, dimension = _UNITS[head]
    powers = dict(dimension)
    for name in denominators:
        part, under = _UNITS[name]
        factor /= part
        for base, power in under:
            powers[base] = powers.get(base, 0) - power
    return factor, tuple(sorted((base, power) for base, power in powers.items() if power))


def convert(value: float, written: str, wanted: str) -> float:
    """A value in the written unit, in the wanted unit. Raises KeyError for an unknown unit, ValueError for another dimension."""
    factor, dimension = unit_of(written)
    target, expected = unit_of(wanted)
    if dimension != expected:
        raise ValueError(f"{written} is not a unit of the same kind as {wanted}")
    return value if written == wanted else value * factor / target


def pattern_of_quantities() -> str:
    """A regular expression, in the syntax that JSON schemas share, of a number with any unit or compound of units that is known."""
    heads = "|".join(name for name in _UNITS if name != "1")
    under = "|".join(name for name in _UNITS if name.isalpha())
    number = r"[-+]?[0-9][0-9_ ]*(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
    return rf"^\s*{number}\s*(?:(?:{heads})(?:/(?:{under}))*|1(?:/(?:{under}))+)\s*$"


def nearest_unit(name: str) -> str | None:
    """The known unit that looks most like the one written, if any does."""
    hits = difflib.get_close_matches(name, _UNITS, n=1, cutoff=0.3)
    return hits[0] if hits else None


@dataclass(frozen=True)
class Quantity:
    """Marks a float field that people write with a unit; `unit` is the one unit kept inside."""

    unit: str
    least: float = 0.0
    most: float = 1e12

    def parse(self, value: Any) -> float:
        """The float in `unit` behind what was written, or a fault that names the unit expected."""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise PydanticCustomError("quantity", "expected a quantity such as '{example}'", {"example": self.example})
        if isinstance(value, (int, float)):
            raise PydanticCustomError(
                "quantity_unit",
                "expected a unit behind the number, such as '{value} {unit}'",
                {"value": f"{value:g}", "unit": "%" if self.unit == "1" else self.unit},
            )
        match = _WRITTEN.match(value)
        if match is None:
            raise PydanticCustomError("quantity", "expected a quantity such as '{example}'", {"example": self.example})
        number = float(re.sub(r"[ _]", "", match[1]))
        try:
            converted = convert(number, match[2], self.unit)
        except KeyError as error:
            raise PydanticCustomError(
                "quantity_unknown",
                "unknown unit '{unit}'; expected {wanted} or another unit of its kind",
                {"unit": str(error.args[0]), "wanted": self.unit, "nearest": nearest_unit(str(error.args[0])) or ""},
            ) from None
        except ValueError:
            raise PydanticCustomError(
                "quantity_kind",
                "'{unit}' measures something else; expected {wanted} or another unit of its kind",
                {"unit": match[2], "wanted": self.unit},
            ) from None
        if converted < self.least:
            raise PydanticCustomError("quantity_range", "expected at least {least} {unit}", {"least": f"{self.least:g}", "unit": self.unit})
        if converted > self.most:
            raise PydanticCustomError("quantity_range", "expected at most {most} {unit}", {"most": f"{self.most:g}", "unit": self.unit})
        return converted

    @property
    def example(self) -> str:
        """A quantity written as it should be."""
        return "40 %" if self.unit == "1" else f"10 {self.unit}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Reads what people write, keeps a float, writes it back with its unit."""
        return core_schema.no_info_plain_validator_function(
            self.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: write_quantity(value, self.unit), return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Editors see a string with a unit, not a bare number."""
        return {"type": "string", "pattern": pattern_of_quantities(), "examples": [self.example], "unit": self.unit}


def write_quantity(value: float, unit: str) -> str:
    """The quantity as people write it, with the shortest number that reads back to the same float."""
    return f"{int(value)} {unit}" if value.is_integer() else f"{value!r} {unit}"


Kilometres = Annotated[float, Quantity("km")]
SquareKilometres = Annotated[float, Quantity("km2")]
Metres = Annotated[float, Quantity("m")]
Hours = Annotated[float, Quantity("h")]
Days = Annotated[float, Quantity("d")]
Months = Annotated[float, Quantity("month")]
Tonnes = Annotated[float, Quantity("t")]
People = Annotated[float, Quantity("person")]
Vehicles = Annotated[float, Quantity("vehicle")]
KilometresPerHour = Annotated[float, Quantity("km/h")]
KilometresPerDay = Annotated[float, Quantity("km/d")]
PeoplePerDay = Annotated[float, Quantity("person/d")]
VehiclesPerDay = Annotated[float, Quantity("vehicle/d")]
TonnesPerDay = Annotated[float, Quantity("t/d")]
MetresPerDay = Annotated[float, Quantity("m/d")]
KilogramsPerPersonDay = Annotated[float, Quantity("kg/person/d")]
LitresPerPersonDay = Annotated[float, Quantity("L/person/d")]
PerWeek = Annotated[float, Quantity("1/wk")]
PerDay = Annotated[float, Quantity("1/d")]
Share = Annotated[float, Quantity("1", most=1.0)]
Horizon = Annotated[float, Quantity("d", least=1.0, most=3660.0)]
Dollars = Annotated[float, Quantity("USD")]
DollarsPerHour = Annotated[float, Quantity("USD/h")]
