"""Every unit type has a symbol that means something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casque.errors import CasqueBug
from casque.mission.vocabulary import Capability
from casque.products.symbols import code, extent, placed, symbol
from casque.reference.load import shipped


@pytest.mark.parametrize("name", sorted(shipped().unit_types))
def test_symbol_of_every_unit_type(name: str) -> None:
    kind = shipped().unit_types[name]
    drawn = symbol(kind)
    digits = code(kind)
    assert len(digits) == 20
    assert digits.isdigit()
    assert digits.startswith("1003100")
    assert (digits[7] == "2") is (kind.capability is Capability.HEADQUARTERS)
    assert "<path" in drawn
    assert 'fill="red"' not in drawn
    assert ">?<" not in drawn
    assert kind.name in drawn


def test_unknown_code_is_a_bug() -> None:
    kind = shipped().unit_types["infantry-battalion"].model_copy(update={"function": "999999", "name": "Nonsense"})
    with pytest.raises(CasqueBug, match="Nonsense"):
        symbol(kind)


@given(st.floats(0, 900), st.floats(0, 900))
def test_placed_symbol_is_centred(x: float, y: float) -> None:
    kind = shipped().unit_types["infantry-battalion"]
    width, height = extent(kind, 20)
    assert f'x="{x - width / 2:.1f}" y="{y - height / 2:.1f}"' in placed(kind, x, y, 20)
