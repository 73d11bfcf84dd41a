"""The study of pledges and strength: rows that say what the folder says, and what happened."""

from __future__ import annotations

import pytest

from docs.pages.pledges_and_strength import SHOWN, rows_of, within


@pytest.mark.parametrize("name", SHOWN)
def test_nobody_comes_who_was_not_pledged(name: str) -> None:
    """The expected strength never passes what was pledged, and lies between the deciles or near them."""
    rows = rows_of(name)
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    for row in rows:
        assert 0 <= row.low <= row.high <= row.pledged + 1e-6
        assert row.expected.low <= row.expected.mean <= row.expected.high
        assert row.expected.mean <= row.pledged + 1e-6


def test_where_it_is_short_the_expected_strength_is_the_better_guess() -> None:
    """Of the months in which less stood there than was pledged most lie in the band; where more did, no future can hold it."""
    seen = [(row, row.seen.value) for name in SHOWN for row in rows_of(name) if row.seen is not None]
    short = [(row, value) for row, value in seen if value <= row.pledged]
    inside, months = within([row for row, _ in short])
    assert inside >= 0.75 * months
    assert sum(abs(row.expected.mean - value) for row, value in short) < sum(row.pledged - value for row, value in short)
