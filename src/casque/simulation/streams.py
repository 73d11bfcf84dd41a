"""Counter-based random streams: every decision has its own, so two plans differ only by what differs between them.

A number is the splitmix64 finaliser (Steele, Lea and Flood 2014) applied in turn to seed, replication, decision, the key of the sector,
unit or actor concerned, and the day. Nothing is drawn in sequence: a unit that is added or a decision that falls away shifts no other.
"""

from __future__ import annotations

import math
from enum import IntEnum
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from casque.simulation.compilation import compiled, kept


class Decision(IntEnum):
    """Decisions that chance takes, each with a stream of its own. Numbers are part of the model: never renumber."""

    PARAMETER = 0
    NO_SHOW = 1
    DELAY_MEMBER = 2
    DELAY_UNIT = 3
    RELIEF = 4
    CIVIL_DELAY = 5
    ROUTE_CLOSES = 6
    ROUTE_DAYS = 7
    CONSENT = 8
    FLARE = 9
    INCIDENTS = 10
    LOSSES_OTHER = 11
    LOSSES_MALICIOUS = 12
    WITHDRAWAL = 13
    MANDATE = 14
    HOST_CONSENT = 15
    RETURN_SPEED = 16
    SLIPPAGE = 17
    MANNING = 18
    MOVEMENT = 19


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@compiled
def mix(word: np.uint64) -> np.uint64:
    """The splitmix64 finaliser: a bijection of 64-bit words in which every input bit moves about half of the output bits."""
    word = np.uint64(word + _GOLDEN)
    word = np.uint64((word ^ (word >> _S30)) * _FIRST)
    word = np.uint64((word ^ (word >> _S27)) * _SECOND)
    return np.uint64(word ^ (word >> _S31))


@compiled
def stream(seed: np.uint64, replication: int, decision: int) -> np.uint64:
    """Key of the stream of one decision in one replication."""
    return mix(mix(mix(seed) ^ np.uint64(replication)) ^ np.uint64(decision))


@compiled
def uniform(key: np.uint64, where: np.uint64, day: int) -> float:
    """A number strictly between 0 and 1 for one sector, unit or actor on one day (days from 0)."""
    word = mix(mix(key ^ where) ^ np.uint64(day))
    return (np.float64(word >> _S11) + 0.5) * (1.0 / 9007199254740992.0)


@compiled
def exponential(key: np.uint64, where: np.uint64, day: int) -> float:
    """An exponential number of mean 1."""
    return -math.log(uniform(key, where, day))


@compiled
def normal(key: np.uint64, where: np.uint64) -> float:
    """A normal number of mean 0 and standard deviation 1 (Box and Muller 1958), from the uniform numbers of days 0 and 1."""
    return math.sqrt(-2.0 * math.log(uniform(key, where, 0))) * math.cos(2.0 * math.pi * uniform(key, where, 1))


@compiled
def poisson(mean: float, chance: float) -> int:
    """The Poisson count at a quantile: for one chance, a larger mean never gives a smaller count. Means above 500 count as 500."""
    mean = min(mean, 500.0)
    count = 0
    term = math.exp(-mean)
    total = term
    while chance > total and count < 700:
        count += 1
        term *= mean / count
        total += term
    return count


@kept
def fill(seed: np.uint64, decision: int, where: NDArray[np.uint64], out: NDArray[np.float64]) -> None:
    """Fills `out` (replications x keys) with the uniform numbers of one decision on day 0."""
    for replication in range(out.shape[0]):
        key = stream(seed, replication, decision)
        for column in range(out.shape[1]):
            out[replication, column] = uniform(key, where[column], 0)


def seed_word(seed: int) -> np.uint64:
    """A seed of any size or sign as a 64-bit word."""
    return np.uint64(seed & 0xFFFFFFFFFFFFFFFF)


def key_of(name: str) -> np.uint64:
    """The key of a named thing, the same in every mission and on every machine."""
    return np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))


def keys_of(names: tuple[str, ...]) -> NDArray[np.uint64]:
    """Keys of several named things."""
    return np.array([key_of(name) for name in names], dtype=np.uint64)
