"""One figure of a benchmark, and the file that a run of a room's benchmarks writes."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True)
class Figure:
    """One measured figure."""

    figure: str
    """What was measured; the same name from run to run."""
    value: float
    """Its value."""
    unit: str
    """Its unit."""
    peer: str
    """What it is held against."""
    ratio: float
    """Value over the peer's value."""
    asserted: str
    """Which answer was checked."""


def timed(command: Sequence[str], status: int = 0, env: dict[str, str] | None = None) -> float:
    """Seconds that a command takes as a whole process. Raises AssertionError if it ends otherwise than expected."""
    started = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(env or {})}, check=False)
    seconds = perf_counter() - started
    assert done.returncode == status, f"{command} ended with {done.returncode}: {done.stderr[-500:]}"
    return seconds


def in_turn(ours: Callable[[], float], peer: Callable[[], float], pairs: int = 5) -> tuple[float, float]:
    """Medians of ours and the peer's, measured in turn so that a change in the machine's speed meets both."""
    measured = [(ours(), peer()) for _ in range(pairs)]
    return statistics.median(pair[0] for pair in measured), statistics.median(pair[1] for pair in measured)


def write(room: str, size: str, figures: Sequence[Figure], seed: int = 1) -> Path:
    """Write the figures of a room with the machine, versions and seed at the head."""
    OUT.mkdir(exist_ok=True)
    head = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": sys.version.split()[0],
        "versions": {name: version(name) for name in ("casque", "ortools", "numba", "numpy", "pydantic", "cedarpy", "regopy")},
        "seed": seed,
        "size": size,
    }
    path = OUT / f"{room}.json"
    path.write_text(json.dumps({"head": head, "figures": [asdict(figure) for figure in figures]}, indent=1) + "\n", encoding="utf-8")
    return path
