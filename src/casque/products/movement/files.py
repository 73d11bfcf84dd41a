"""The files of a movement plan: the list for all nations, the manifest, and a plan for each nation."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from markupsafe import Markup

from casque.mission.marking import mission_marking
from casque.products.cards.page import rendered
from casque.products.movement.conflict import Conflict
from casque.products.movement.conflict_text import conflict_sheet
from casque.products.movement.lines import COLUMNS, line_sheet, lines_of
from casque.products.movement.manifest import ABOARD, TRIPS, manifest_sheet, trip_sheet, trips_of
from casque.products.movement.national import NationalPlan, overview
from casque.products.movement.picture import MovementPicture
from casque.products.movement.table import Sheet, csv_of, workbook_of

LIST, MANIFEST = "time-phased-list", "manifest"


def plan_files(seen: MovementPicture) -> dict[str, bytes]:
    """The time-phased list and the manifest over all nations as CSV and workbook, and their overview as a page, by file name."""
    trips = trips_of(seen)
    lines, aboard = line_sheet(lines_of(seen)), manifest_sheet(trips)
    marking = mission_marking(seen.mission)
    page = rendered(
        "movement_overview.html",
        style=_style(),
        title=seen.mission.about.title,
        marking=f"{marking.policy} {marking.classification}".strip(),
        nations=overview(seen),
        pages=[f"movement-{member}.html" for member in seen.members],
    )
    return {
        "movement.html": page,
        f"{LIST}.csv": csv_of(lines),
        f"{LIST}.xlsx": workbook_of([lines, aboard, trip_sheet(trips), meanings()]),
        f"{MANIFEST}.csv": csv_of(aboard),
    }


def national_files(plan: NationalPlan) -> dict[str, bytes]:
    """The plan of a nation as a page, its list as CSV and workbook, by file name; only the page where it may read nothing."""
    name = f"movement-{plan.member}"
    page = {f"{name}.html": rendered("movement_plan.html", style=_style(), plan=plan)}
    if not plan.lists:
        return page
    return page | {f"{name}.csv": csv_of(plan.lists[0]), f"{name}.xlsx": workbook_of([*plan.lists, meanings()])}


def merge_files(seen: MovementPicture, found: Sequence[Conflict]) -> dict[str, bytes]:
    """The list as the nations would have it, and the conflicts, as CSV and workbook, by file name."""
    lines, told = line_sheet(lines_of(seen)), conflict_sheet(found)
    return {"merged.csv": csv_of(lines), "conflicts.csv": csv_of(told), "merged.xlsx": workbook_of([told, lines, meanings()])}


def meanings() -> Sheet:
    """What stands in each column of each sheet."""
    rows = [
        (sheet, column.head, column.meaning, "yes" if column.edited else "")
        for sheet, columns in (("Lines", COLUMNS), ("Manifest", ABOARD), ("Trips", TRIPS))
        for column in columns
    ]
    return Sheet("Columns", ("sheet", "column", "meaning", "read when it is brought back"), tuple(rows))


def _style() -> Markup:
    return Markup((files("casque.products") / "templates" / "base.css").read_text(encoding="utf-8"))
