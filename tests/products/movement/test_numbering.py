"""Line numbers: seven characters, one for each load, the same however the loads are listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casque.products.movement.numbering import line_numbers

LOAD = st.tuples(st.integers(0, 400), st.integers(0, 6), st.integers(0, 4))


@given(st.sets(LOAD, max_size=60), st.randoms(use_true_random=False))
def test_each_load_has_a_number_of_its_own_whatever_the_order(found: set[tuple[int, int, int]], chance: object) -> None:
    loads = [(f"{unit}.{number}", f"unit-{unit % 5}", f"alf{member}") for number, unit, member in sorted(found)]
    loads = [(f"{load}.{member}", unit, member) for load, unit, member in loads]
    members = [f"alf{place}" for place in range(5)]
    numbers = line_numbers(members, [("unit-3", "alf0")], loads)
    assert all(len(number) == 7 and number.isalnum() and number.isupper() | number.isdigit() for number in numbers.values())
    assert len(set(numbers.values())) == len(loads)
    mixed = list(loads)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert line_numbers(members, [("unit-3", "alf0")], mixed) == numbers


def test_nation_unit_and_line_stand_in_the_number() -> None:
    pledges = [("inf", "usa"), ("log", "usa"), ("med", "usb")]
    loads = [("log:b", "log", "usa"), ("log:a", "log", "usa"), ("med:a", "med", "usb"), ("x", "guest", "")]
    assert line_numbers(["usa", "usb"], pledges, loads) == {"log:a": "USA0201", "log:b": "USA0202", "med:a": "USB0101", "x": "XXX0101"}


def test_nations_that_begin_alike_are_told_apart() -> None:
    numbers = line_numbers(["bravia", "brabant"], [], [("a", "u", "bravia"), ("b", "v", "brabant")])
    assert {number[:3] for number in numbers.values()} == {"BRA", "BR0"}


def test_more_loads_than_two_characters_count_are_numbered_through() -> None:
    loads = [(f"{place:05d}", "unit", "usa") for place in range(1400)]
    numbers = line_numbers(["usa"], [("unit", "usa")], loads)
    assert len(set(numbers.values())) == 1400
    assert numbers["00000"] == "USA0001"
    assert {len(number) for number in numbers.values()} == {7}
