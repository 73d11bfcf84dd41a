"""A whole run: cold, with nothing changed, after one pledge changed; its memory; and how fast the command line answers.

Small runs the example that `casque new` writes, full runs Kosovo 1999.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import casque.mission
from benchmarks.figures import Figure, in_turn, timed

CASQUE = [sys.executable, "-m", "casque.cli"]
STAGES = ("check", "require", "generate", "deploy", "engage", "sustain", "simulate", "assess", "learn", "produce")
PLEDGE_STAGES = {"check", "generate", "produce"}


def measure(size: str) -> list[Figure]:
    """The figures of a whole run."""
    source = Path(casque.mission.__file__).parent / "template" if size == "small" else Path("missions/kosovo-1999")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "mission"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("out"))
        cold, ran = _run(folder)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
        written = {path.name.split("-")[0] for path in (folder / "out" / "records").iterdir()}
        assert ran == list(STAGES), ran
        assert written == set(STAGES), written
        records = _records(folder)
        warm, again = in_turn(lambda: _warm(folder, records), lambda: _cold(folder, records), 5)
        _run(folder)
        ran = _change_a_pledge(folder)
    help_time, bare = in_turn(lambda: timed([*CASQUE, "--help"]), lambda: timed([sys.executable, "-c", "pass"]))
    return [
        Figure("cold run", cold, "s", "bar of 60 s", cold / 60, "every stage ran and left its record"),
        Figure("memory of a cold run", memory, "GiB", "bar of 2 GB", memory * 1.073741824 / 2, "largest process"),
        Figure("run with nothing changed", warm, "s", "cold run in turn", warm / again, "no stage ran, every file the same to the byte"),
        Figure(
            "stages run after one pledge changed",
            float(len(ran)),
            "stages",
            "all 10 stages",
            len(ran) / 10,
            f"{', '.join(ran)}; not require",
        ),
        Figure("casque --help", help_time, "s", "bare interpreter in turn", help_time / bare, "exit code 0"),
    ]


def _run(folder: Path) -> tuple[float, list[str]]:
    """Seconds of a run, and the stages that ran."""
    started = perf_counter()
    answer = _answer(folder)
    return perf_counter() - started, [str(stage["name"]) for stage in answer["stages"] if not stage["cached"]]


def _warm(folder: Path, records: dict[str, bytes]) -> float:
    seconds, ran = _run(folder)
    assert ran == [], ran
    assert _records(folder) == records, "a run with nothing changed wrote other bytes"
    return seconds


def _cold(folder: Path, records: dict[str, bytes]) -> float:
    shutil.rmtree(folder / "out")
    seconds, _ = _run(folder)
    assert _records(folder) == records, "a run from nothing gave other records than the first"
    return seconds


def _answer(folder: Path) -> dict[str, list[dict[str, object]]]:
    done = subprocess.run([*CASQUE, "run", str(folder), "--workers", "2", "--json"], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr[-500:]
    answer: dict[str, list[dict[str, object]]] = json.loads(done.stdout)["data"]
    return answer


def _records(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file()}


def _change_a_pledge(folder: Path) -> list[str]:
    path = folder / "forces" / "pledges.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    strength = lines[0].split(",").index("strength [person]")
    cells[strength] = str(float(cells[strength]) - 10)
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    _, ran = _run(folder)
    assert set(ran) >= PLEDGE_STAGES, ran
    assert "require" not in ran, ran
    return ran
