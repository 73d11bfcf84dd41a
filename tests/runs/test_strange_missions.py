"""Missions that are valid and odd: every stage gives an answer, and no figure in it is infinite or negative where it cannot be."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casque.reference.opening import open_folder
from casque.runs.local import run
from tests.conftest import EXAMPLE

Edit = Callable[[dict[str, str]], dict[str, str] | None]


def table(file: str, edit: Edit) -> Callable[[Path], None]:
    """Edit every row of a table; None drops it."""

    def apply(folder: Path) -> None:
        path = folder / file
        with path.open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        kept = [row for row in map(edit, rows) if row is not None]
        with path.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)

    return apply


def text(file: str, pattern: str, new: str) -> Callable[[Path], None]:
    """Replace a pattern in a file."""

    def apply(folder: Path) -> None:
        path = folder / file
        path.write_text(re.sub(pattern, new, path.read_text()))

    return apply


STRANGE: dict[str, Callable[[Path], None]] = {
    "no pledges": table("forces/pledges.csv", lambda _: None),
    "a unit of a hundred thousand": table("forces/pledges.csv", lambda row: row | {"strength [person]": "100000"}),
    "units of nobody": table("forces/pledges.csv", lambda row: row | {"strength [person]": "0"}),
    "tours of no length": table("forces/pledges.csv", lambda row: row | {"tour [month]": "0"}),
    "no lift": table("transport/lift.csv", lambda _: None),
    "lift that carries nothing": table(
        "transport/lift.csv", lambda row: row | {"people [person]": "0", "lane_metres [m]": "0", "tonnes [t]": "0"}
    ),
    "roads that take nobody": table("transport/links.csv", lambda row: row | {"vehicles_per_day [vehicle/d]": "0"}),
    "links without length": table("transport/links.csv", lambda row: row | {"length [km]": "0"}),
    "links that never move": table("transport/links.csv", lambda row: row | {"speed [km/h]": "0"}),
    "no links": table("transport/links.csv", lambda _: None),
    "nobody lives there": text("area.yaml", r"population: \d+ person", "population: 0 person"),
    "no ground": text("area.yaml", r"area: \d+ km2", "area: 0 km2"),
    "one day": text("mission.yaml", r"horizon: 180 d", "horizon: 1 d"),
    "no observations": lambda folder: shutil.rmtree(folder / "observations"),
    "no violence": text("actors.yaml", r"rate: \d+ 1/wk", "rate: 0 1/wk"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_every_stage_answers(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    # Its scenarios name items that some of these missions no longer have.
    (folder / "scenarios.yaml").unlink()
    STRANGE[name](folder)
    opened = open_folder(folder)
    result = run(folder, opened.mission, opened.reference, {"replications": 20})
    assert len(result.done) == 10
    for record in (folder / "out" / "records").glob("*.json"):
        assert not re.search(r"\b(NaN|Infinity)\b", record.read_text()), record.name
    page = (folder / "out" / "report.html").read_text()
    assert not re.search(r">[^<]*(?<![-\w])(nan|inf)(?![-\w])[^<]*<|>None<", re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)), name
    movement, force = result.record("deploy"), result.record("generate")
    assert all(value >= 0 for value in movement.strength)
    assert all(0 <= share <= 1 + 1e-9 for share in force.weighted_fill)
    pledged = sum(pledge.strength for pledge in opened.mission.forces.pledges)
    assert max(movement.strength, default=0) <= pledged + 1e-6
