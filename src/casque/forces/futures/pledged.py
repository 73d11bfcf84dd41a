"""How many people the pledges bring by day, on their dates and in sampled futures, whether or not they have a place in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from casque.forces.problem import Unit
from casque.reference.chance import Floats
from casque.reference.lateness import Chance, drawn
from casque.reference.load import Reference


def promised(units: Sequence[Unit], days: Sequence[int]) -> Floats:
    """People there by day if every unit comes on its first day and keeps its tours; a relieving unit is not counted twice."""
    found = np.zeros(len(days))
    for unit in units:
        found += unit.strength * _there(unit, np.array([0.0]), np.array([len(unit.presence.tours_by_day)]), days)[0]
    return found


def coming(units: Sequence[Unit], chances: Sequence[Chance], reference: Reference, seed: int, runs: range, days: Sequence[int]) -> Floats:
    """People there by future and day. `chances` are those of the pledges by name; units that come late go home when promised."""
    by_name = {chance.name: chance for chance in chances}
    own = [replace(by_name[unit.pledge.id], reliefs=max(0, len(unit.presence.tours_by_day) - 1)) for unit in units]
    fate = drawn(own, reference, seed, runs)
    found = np.zeros((len(runs), len(days)))
    for row, unit in enumerate(units):
        found += unit.strength * _there(unit, fate.late[:, row], fate.tours[:, row], days) * fate.comes[:, [row]]
    return found


def _there(unit: Unit, late: Floats, tours: np.ndarray, days: Sequence[int]) -> Floats:
    """1 where a unit is there, by future and day, if it comes at all."""
    spans = unit.presence.tours_by_day
    when = np.array(days)
    covered = np.zeros((len(late), len(days)), dtype=bool)
    for number, (first, last) in enumerate(spans):
        covered |= ((first <= when) & (when <= last))[None, :] & (tours > number)[:, None]
    found: Floats = (covered & (when[None, :] >= np.ceil(spans[0][0] + late)[:, None])).astype(np.float64)
    return found
