"""Compiles the functions of the kernel. Their machine code stays on disk, under the digest of all the source that goes into it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

from numba import njit

SOURCES = ("compilation.py", "draws.py", "kernel.py", "streams.py", "world.py")
"""Files whose functions and numbers are compiled into one another."""

Compiled = TypeVar("Compiled", bound=Callable[..., object])


def digest_of(folder: Path) -> str:
    """Digest of the sources in a folder, as a part of a name."""
    whole = sha256()
    for name in SOURCES:
        data = (folder / name).read_bytes()
        whole.update(f"{name} {len(data)} ".encode() + data)
    return whole.hexdigest()[:16]


DIGEST = digest_of(Path(__file__).parent)


def compiled(function: Compiled) -> Compiled:
    """A function to be called from the kernel only: its code becomes part of its callers'."""
    return cast(Compiled, njit(nogil=True)(function))


def kept(function: Compiled) -> Compiled:
    """A function to be called from Python, compiled once for each state of the sources.

    The compiler names its files after the function and looks at the date of the function's own file alone. With the digest in its name, a
    change of any source, or of a date without a change, cannot bring back old code.
    """
    function.__qualname__ = f"{function.__qualname__}_{DIGEST}"
    return cast(Compiled, njit(cache=True, nogil=True)(function))
