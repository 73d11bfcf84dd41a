"""`python -m benchmarks --room runs --size small`: measure, assert, print a table, write benchmarks/out/<room>.json."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure, write

ROOMS = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def main() -> None:
    """Run the benchmarks of one room or of all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--room", choices=[*ROOMS, "all"], default="all")
    parser.add_argument("--size", choices=["small", "full"], default="full")
    words = parser.parse_args()
    for room in ROOMS if words.room == "all" else [words.room]:
        figures: list[Figure] = import_module(f"benchmarks.bench_{room}").measure(words.size)
        table = Table(title=f"{room} ({words.size})", title_justify="left", box=None)
        for column in ("figure", "value", "unit", "peer", "ratio", "asserted"):
            table.add_column(column, justify="right" if column in ("value", "ratio") else "left")
        for item in figures:
            table.add_row(item.figure, f"{item.value:.3g}", item.unit, item.peer, f"{item.ratio:.3g}", item.asserted)
        Console(width=160, highlight=False).print(table)
        print(f"wrote {write(room, words.size, figures)}")


if __name__ == "__main__":
    main()
