"""Counter-based chances: a number for each decision, run and thing, the same on every machine and on any number of workers.

A number is the splitmix64 finaliser (Steele, Lea and Flood 2014) applied in turn to seed, run, decision, the key of the thing concerned,
and a count. Nothing is drawn in sequence: a unit that is added shifts no other. Seed, run, decision and key mean the same as in the
streams of the simulation, so that a pledge which is late in a run there is as late in the future of the same number here.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


class Draw(IntEnum):
    """Decisions of chance about pledges. The numbers are those of the simulation's decisions: never renumber."""

    PARAMETER = 0
    NO_SHOW = 1
    DELAY_MEMBER = 2
    DELAY_UNIT = 3
    RELIEF = 4
    SLIPPAGE = 17


def keys_of(names: Sequence[str]) -> Keys:
    """Keys of named things, such as `unit:1st-battalion`, the same in every mission."""
    return np.array([int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little") for name in names], dtype=np.uint64)


def streams(seed: int, runs: range, draw: Draw) -> Keys:
    """Keys of the streams of one decision, by run."""
    word = np.array([seed & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)
    return _mixed(_mixed(_mixed(word) ^ np.array(runs, dtype=np.uint64)) ^ np.uint64(draw))


def uniform(streams: Keys, keys: Keys, count: int = 0) -> Floats:
    """Numbers strictly between 0 and 1, runs x things; `count` tells several numbers of one thing apart."""
    words = _mixed(_mixed(streams[:, None] ^ keys[None, :]) ^ np.uint64(count))
    numbers: Floats = ((words >> np.uint64(11)).astype(np.float64) + 0.5) / 9007199254740992.0
    return numbers


def exponential(streams: Keys, keys: Keys) -> Floats:
    """Exponential numbers of mean 1, runs x things."""
    numbers: Floats = -np.log(uniform(streams, keys))
    return numbers


def normal(streams: Keys, keys: Keys) -> Floats:
    """Normal numbers of mean 0 and standard deviation 1 (Box and Muller 1958), runs x things."""
    numbers: Floats = np.sqrt(-2.0 * np.log(uniform(streams, keys, 0))) * np.cos(2.0 * np.pi * uniform(streams, keys, 1))
    return numbers


def triangular(chance: Floats, low: float, peak: float, high: float) -> Floats:
    """Quantiles of the triangular distribution; a band that does not hold its value is read as widened to it."""
    low, high = min(low, peak), max(high, peak)
    if high <= low:
        return np.full(chance.shape, peak)
    turn = (peak - low) / (high - low)
    rising = low + np.sqrt(chance * (high - low) * (peak - low))
    falling = high - np.sqrt((1.0 - chance) * (high - low) * (high - peak))
    return np.where(chance < turn, rising, falling)


def _mixed(words: Keys) -> Keys:
    """The splitmix64 finaliser of each word."""
    words = words + _GOLDEN
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words = (words ^ (words >> np.uint64(27))) * _SECOND
    return words ^ (words >> np.uint64(31))
