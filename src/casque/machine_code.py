"""Names under which compiled functions are kept on disk, so that their machine code never outlives the source that went into it.

The compiler (numba) names its files after the function and looks at the date of the function's own file alone. With the digest of every
source in its name, a change of any of them, or of a date without a change, cannot bring back old code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


def digest_of(folder: Path, sources: Sequence[str]) -> str:
    """Digest of some sources in a folder, as a part of a name."""
    whole = sha256()
    for name in sources:
        data = (folder / name).read_bytes()
        whole.update(f"{name} {len(data)} ".encode() + data)
    return whole.hexdigest()[:16]


def named(function: Function, digest: str) -> Function:
    """The function, with a digest in its name."""
    function.__qualname__ = f"{function.__qualname__}_{digest}"
    return function
