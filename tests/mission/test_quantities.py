"""Quantities read back to what was written, in any unit of their kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casque.mission.quantities import Kilometres, KilometresPerHour, Share, convert, unit_of, write_quantity
from casque.mission.written import Written


class Leg(Written):
    """A model with quantities."""

    length: Kilometres
    speed: KilometresPerHour | None = None
    share: Share = 0.5


@pytest.mark.parametrize(
    ("written", "kilometres"),
    [("352 km", 352), ("10 mi", 16.09344), ("1 nm", 1.852), ("1 000 km", 1000), ("1_000 km", 1000), ("5e2 m", 0.5), ("  3km ", 3)],
)
def test_any_unit_of_length(written: str, kilometres: float) -> None:
    assert Leg.model_validate({"length": written}).length == pytest.approx(kilometres)


def test_compound_units() -> None:
    assert Leg.model_validate({"length": "1 km", "speed": "20 kt"}).speed == pytest.approx(37.04)
    assert convert(1428, "USD/person/month", "USD/person/d") == pytest.approx(1428 * 12 / 365.2425)
    assert unit_of("km/h")[1] == (("length", 1), ("time", -1))


def test_share_in_percent() -> None:
    assert Leg.model_validate({"length": "1 km", "share": "40 %"}).share == pytest.approx(0.4)


@pytest.mark.parametrize("written", [352, "352", "km", "-1 km", "3 kg", "3 kmm", True, None, [], "1e999 km", "nan km", "1 km/h"])
def test_refused(written: object) -> None:
    with pytest.raises(ValidationError) as fault:
        Leg.model_validate({"length": written})
    assert str(fault.value.errors()[0]["msg"]).startswith(("expected", "unknown unit", "'"))


@given(st.floats(min_value=0, max_value=1e11, allow_nan=False))
def test_written_quantity_reads_back(value: float) -> None:
    assert Leg.model_validate({"length": write_quantity(value, "km")}).length == value


@given(st.floats(min_value=1e-3, max_value=1e6), st.sampled_from(["m", "km", "mi", "nm"]), st.sampled_from(["m", "km", "mi", "nm"]))
def test_conversion_there_and_back(value: float, one: str, other: str) -> None:
    assert convert(convert(value, one, other), other, one) == pytest.approx(value)
