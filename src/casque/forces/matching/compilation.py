"""Compiles the functions of the matching core. Their machine code stays on disk, under the digest of all the source that goes into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numba import njit

from casque.machine_code import digest_of, named

SOURCES = (
    "annealing.py",
    "compilation.py",
    "descent.py",
    "earnings.py",
    "exchange.py",
    "instance.py",
    "knapsacks.py",
    "relaxation.py",
    "state.py",
)
"""Files whose functions are compiled into one another."""

DIGEST = digest_of(Path(__file__).parent, SOURCES)


def kept(function: Any) -> Any:
    """The function compiled, once for each state of the sources."""
    return njit(cache=True, nogil=True)(named(function, DIGEST))


def inlined(function: Any) -> Any:
    """The same for a function that is put into those that call it: a call would copy every array of a matching problem."""
    return njit(cache=True, nogil=True, forceinline=True)(named(function, DIGEST))
