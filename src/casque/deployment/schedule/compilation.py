"""Compiles the functions of the scheduler. Their machine code stays on disk, under the digest of all the source that goes into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from casque.machine_code import digest_of, named

SOURCES = (
    "boarding.py",
    "booking.py",
    "cheapest.py",
    "choosing.py",
    "compilation.py",
    "dispatch.py",
    "fluid.py",
    "heap.py",
    "pricing.py",
    "queues.py",
    "trip.py",
    "world.py",
)
"""Files whose functions are compiled into one another."""

Compiled = TypeVar("Compiled", bound=Callable[..., object])

# Problems are wide records of arrays. Without reference counting inside, and without a door for Python where none is needed, they compile
# in a fifth of the time. The compiler's own annotations leave these options out.
njit: Any = numba.njit


DIGEST = digest_of(Path(__file__).parent, SOURCES)


def compiled(function: Compiled) -> Compiled:
    """A function to be called from the kernels only: its code becomes part of its callers'."""
    return cast(Compiled, njit(nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function))


def kept(function: Compiled) -> Compiled:
    """A function to be called from Python, compiled once for each state of the sources."""
    return cast(Compiled, njit(cache=True, nogil=True, no_cfunc_wrapper=True, _nrt=False)(named(function, DIGEST)))


def filling(function: Compiled) -> Compiled:
    """As `kept`, for a function that makes arrays of its own."""
    return cast(Compiled, njit(cache=True, nogil=True, no_cfunc_wrapper=True)(named(function, DIGEST)))
