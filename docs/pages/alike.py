"""Whether two pages say the same, up to small differences in the figures of a run."""

from __future__ import annotations

import re

NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
SHARE, LEAST = 0.05, 2.0
"""Figures are alike within a twentieth, or within two."""
LINES = 0.9
"""Share of the lines that have to be alike; order and number of rows may turn on a hair."""


def alike(old: str, new: str) -> bool:
    """Whether two texts have the same headings, and nine of ten of their lines differ in no more than small figures."""
    before, after = old.splitlines(), new.splitlines()
    if [line for line in before if line.startswith("#")] != [line for line in after if line.startswith("#")]:
        return False
    if abs(len(before) - len(after)) > (1 - LINES) * len(before):
        return False
    same = sum(_alike(one, other) for one, other in zip(before, after, strict=False))
    return same >= LINES * len(before)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if NUMBER.sub("#", DATE.sub("@", one)) != NUMBER.sub("#", DATE.sub("@", other)):
        return False
    pairs = zip(NUMBER.findall(DATE.sub("@", one)), NUMBER.findall(DATE.sub("@", other)), strict=True)
    return all(_close(float(a.replace(",", "")), float(b.replace(",", ""))) for a, b in pairs)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= max(LEAST, SHARE * abs(one))
