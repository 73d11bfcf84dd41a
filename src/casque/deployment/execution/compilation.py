"""Compiles the function of this room, under the digest of its source and of the scheduler's, whose functions become part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numba

from casque.deployment.schedule.compilation import DIGEST as SCHEDULE
from casque.deployment.schedule.compilation import Compiled
from casque.machine_code import digest_of, named

SOURCES = ("compilation.py", "replay.py")
"""Files whose functions are compiled into one another."""

njit: Any = numba.njit

DIGEST = SCHEDULE + digest_of(Path(__file__).parent, SOURCES)


def kept(function: Compiled) -> Compiled:
    """A function to be called from Python, compiled once for each state of the sources."""
    return cast(Compiled, njit(cache=True, nogil=True, no_cfunc_wrapper=True, _nrt=False)(named(function, DIGEST)))
