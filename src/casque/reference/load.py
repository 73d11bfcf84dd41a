"""The reference set in use: the planning factors and unit types that ship with Casque, with the mission's own values over them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from casque.errors import CasqueBug
from casque.mission.factors import Overrides
from casque.mission.vocabulary import Grade
from casque.mission.written import Written
from casque.reference.factor import Factor
from casque.reference.unit_type import UnitType

SETS = ("casque-1",)
"""Reference sets that ship with this version."""


class Reference(Written):
    """Factors and unit types by id."""

    factors: dict[str, Factor]
    """Planning factors."""
    unit_types: dict[str, UnitType]
    """Unit types."""

    def value(self, factor: str) -> float:
        """Value in use of a factor. Raises CasqueBug for a factor that does not exist: only code names factors."""
        return self.factor(factor).value

    def factor(self, factor: str) -> Factor:
        """A factor by id. Raises CasqueBug for one that does not exist."""
        try:
            return self.factors[factor]
        except KeyError:
            raise CasqueBug(f"no planning factor {factor!r} in the reference set") from None


@cache
def shipped() -> Reference:
    """The reference set as it ships, without a mission's overrides."""
    return Reference(
        factors={row["id"]: Factor.model_validate(row) for row in _rows("factors.csv")},
        unit_types={row["id"]: _unit_type(row) for row in _rows("unit_types.csv")},
    )


def load(overrides: Overrides) -> Reference:
    """The reference set with a mission's overrides. Overrides of unknown factors have been refused when the folder was read."""
    base = shipped()
    changed = {
        override.id: base.factors[override.id].model_copy(
            update={
                "value": override.value,
                "low": override.value if override.low is None else override.low,
                "high": override.value if override.high is None else override.high,
                "grade": Grade(override.grade),
                "source": ", ".join(override.source) or "mission folder",
                "mission": True,
            }
        )
        for override in overrides.overrides
        if override.id in base.factors
    }
    return base.model_copy(update={"factors": {**base.factors, **changed}})


def _rows(name: str) -> list[dict[str, str]]:
    with (files("casque.reference") / "data" / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _unit_type(row: dict[str, str]) -> UnitType:
    known = {name: cell for name, cell in row.items() if cell}
    return UnitType.model_validate({**known, "stands_in": _stand_ins(row["stands_in"])})


def _stand_ins(text: str) -> dict[str, float]:
    return {name.strip(): float(quality) for name, quality in (part.split(":") for part in text.split(";") if part.strip())}
