"""Compiles the functions of the kernel. Their machine code stays on disk, under the digest of all the source that goes into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from numba import njit

from casque.machine_code import digest_of, named

SOURCES = ("compilation.py", "draws.py", "kernel.py", "streams.py", "world.py")
"""Files whose functions and numbers are compiled into one another."""

Compiled = TypeVar("Compiled", bound=Callable[..., object])


DIGEST = digest_of(Path(__file__).parent, SOURCES)


def compiled(function: Compiled) -> Compiled:
    """A function to be called from the kernel only: its code becomes part of its callers'."""
    return cast(Compiled, njit(nogil=True)(function))


def kept(function: Compiled) -> Compiled:
    """A function to be called from Python, compiled once for each state of the sources."""
    return cast(Compiled, njit(cache=True, nogil=True)(named(function, DIGEST)))
