"""No two lines of a budget bear the same name."""

from __future__ import annotations

from casque.mission.vocabulary import Grade
from casque.plan.supply import CostLine
from casque.products.budget import labels


def _line(category: str, working: str) -> CostLine:
    return CostLine(category=category, usd=1e6, working=working, grade=Grade.JUDGEMENT, source="Casque estimate")


def test_lines_of_one_category_say_what_they_are() -> None:
    lines = (
        _line("Fuel", "Fuel delivered: 100 litres x 0.9 USD/L = 90 USD"),
        _line("Air transportation", "Air lift of one tonne: 57 tonnes x 1,000 km, deployment one way x 700 USD = 39,744 USD"),
        _line("Air transportation", "Air lift of one passenger: 76,656 seats x 1,000 km, deployment one way x 120 USD = 9,198,740 USD"),
        _line("Air transportation", "Air lift of one passenger: 141,581 seats x 1,000 km, rotations both ways x 120 USD = 16,989,776 USD"),
    )
    assert labels(lines) == (
        "Fuel",
        "Air transportation: air lift of one tonne",
        "Air transportation: air lift of one passenger, deployment one way",
        "Air transportation: air lift of one passenger, rotations both ways",
    )
