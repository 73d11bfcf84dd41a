"""Mutated mission folders: each must give faults or a mission, quickly, and never anything else.

`python -m tests.faults.fuzz --count 100000 --seed 1` runs as many as asked for and prints what came of them; the tests run a slice.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from casque.mission.folder import look, mission_of
from casque.reference.opening import reference_faults
from tests.conftest import EXAMPLE

MOST_SECONDS = 10.0

# One token a line, so that any text may stand among them.
TOKENS = [
    line.encode("utf-8", "surrogateescape").decode("unicode_escape", "surrogateescape").encode("utf-8", "surrogateescape")
    for line in r"""
:
-
[
]
{
}
"
'
\n
\t
,
#
&a
*a
!
!!python/name:x
<<:
?
%
@
`
|\n
>\n
999999999999999999999999999999
-1
1e400
0x1F
nan
.inf
null
~
true
NO
\x85
\u2028
 km
 kg
 %
D+99999999
9999-12-31
0001-01-01
2030-02-30
{}
[]
=1+1
../../etc/passwd
\x00
\udcff
\ufeff
\r
id: id\n
;;;
""".splitlines()
]
WORDS = [
    "sectors",
    "north",
    "alfaland",
    "defend-mandate",
    "separate",
    "patrols",
    "700",
    "2030-03-01",
    "un",
    "exampport",
    "infantry",
    "casque-1",
]


@dataclass
class Tally:
    """What came of the folders."""

    folders: int = 0
    """Folders read."""
    missions: int = 0
    """Folders that were a mission all the same."""
    faults: int = 0
    """Faults found in the others."""
    slowest: float = 0.0
    """Seconds that the slowest took."""


def mutated(data: bytes, draw: random.Random) -> bytes:
    """A file with one to four places changed: cut, doubled, overwritten with a token, or with a word from elsewhere."""
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        at = draw.randrange(len(data) + 1)
        cut = draw.choice((0, 0, 1, 2, 5, 12, 40, 400))
        kind = draw.random()
        if kind < 0.6:
            new = draw.choice(TOKENS)
        elif kind < 0.8:
            start = draw.randrange(len(data) + 1)
            new = data[start : start + draw.randrange(60)]
        else:
            new = draw.choice(WORDS).encode()
        data = data[:at] + new + data[at + cut :]
    return data


def folders(folder: Path, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Breaks one or two files of a copy of the example at a time and yields what stands there; mends them again afterwards."""
    names = sorted(str(path.relative_to(EXAMPLE)) for path in EXAMPLE.rglob("*") if path.suffix in (".yaml", ".csv"))
    whole = {name: (EXAMPLE / name).read_bytes() for name in names}
    for number in range(count):
        draw = random.Random(seed * 1_000_003 + number)
        broken = {name: mutated(whole[name], draw) for name in draw.sample(names, draw.choice((1, 1, 2)))}
        for name, data in broken.items():
            (folder / name).write_bytes(data)
        yield ", ".join(broken), b"\n".join(broken.values())
        for name in broken:
            (folder / name).write_bytes(whole[name])


def fuzz(count: int, seed: int, folder: Path) -> Tally:
    """Read the mutated folders. Raises AssertionError for a fault without its parts or a folder that takes too long."""
    shutil.copytree(EXAMPLE, folder)
    tally = Tally()
    for name, data in folders(folder, count, seed):
        started = perf_counter()
        reading = look(folder)
        faults = [*reading.faults, *reference_faults(reading)]
        if not faults:
            assert mission_of(reading, folder)
            tally.missions += 1
        for fault in faults:
            assert fault.file, (name, fault, data)
            assert fault.seen, (name, fault, data)
            assert fault.expected, (name, fault, data)
            assert "\n" not in fault.sentence(), (name, fault, data)
        seconds = perf_counter() - started
        assert seconds < MOST_SECONDS, (name, seconds, data)
        tally.folders += 1
        tally.faults += len(faults)
        tally.slowest = max(tally.slowest, seconds)
    return tally


def main() -> None:
    """Read as many mutated folders as asked for, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        tally = fuzz(words.count, words.seed, Path(temporary) / "mission")
    print(f"{tally.folders} folders: {tally.missions} missions, {tally.faults} faults in the others, slowest {tally.slowest:.2f} s")


if __name__ == "__main__":
    main()
