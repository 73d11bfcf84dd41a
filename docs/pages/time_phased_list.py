"""The page of the movement products: the time-phased list and the manifest column by column, national plans, and their merge."""

from __future__ import annotations

from casque.products.movement.conflict import KINDS
from casque.products.movement.conflict_text import HEADS
from casque.products.movement.lines import COLUMNS
from casque.products.movement.manifest import ABOARD, TRIPS
from casque.products.movement.table import Column, Item
from docs.pages.markdown import page, table

_INTRO = """For movement officers: the movement plan of a run as lists that other systems and spreadsheets read, as a
plan for each nation, and as what nations bring back. The columns follow those of a time-phased force and deployment
list (TPFDD); the names that such lists use stand in brackets."""

_WRITING = """## Writing the lists

```console
$ casque run carana
$ casque movement carana
$ casque movement carana --nation Quessara
$ casque movement carana --out plans
```

Every run writes `out/time-phased-list.csv` and `out/manifest.csv`. `casque movement` shows the plan of the last run
by nation; `--nation` shows one. With `--out` it writes the list of all nations as CSV and as workbook (sheets
*Lines*, *Manifest*, *Trips* and *Columns*), the manifest, an overview page, and for each nation a page, a CSV and a
workbook `movement-NATION`. A nation's files hold its own lines only, and no text whose marking keeps that nation from
it.

Dates are ISO dates; planned times are told to the minute, `1999-06-26T14:00`. Beside each stands the same day counted
from D-day (D is 0), with `[D+]` in its heading. Tonnes are metric. In CSV a text that a spreadsheet would take for a
formula has an apostrophe before it."""

_MERGE = """## Bringing national plans back

```console
$ casque movement carana --merge plans/movement-quessara.csv plans/movement-tamun.xlsx --out merged
```

Nations edit their CSV or workbook and bring it back. A row is known by its `load`; columns marked *read back* count,
changes elsewhere are noted and left aside, and rows or columns that are left out stay as planned. A day may be
changed as date or as figure; if both are changed they must agree. A changed first departure or last arrival moves and
stretches that part of the journey with all its shipments. With another port a line goes over land as another line of
the plan does between the same nodes; where none does, that stretch is not counted, and a note says so. What cannot be
read is refused with file, row, what was found and what was expected.

What does not go together then is shown, and told with exit code 1:"""

_WAY = """Capacities are people, tonnes and lane metres of ports, airfields, crossings and staging areas, berths,
working places of aircraft, and vehicles on roads and railways, day by day, counted as the stage `deploy` counts them,
hired coaches apart. A conflict is shown where more is wanted than there is *and* more than the plan itself wanted
there.

Who gives way, among those who want the same on the worst day: the lines of the least weighty priority first (5 before
1; the priority of a line is the weightiest of the requirement lines that its unit can serve in its sector), of like
priority those that were changed before those that stand as planned, then the later required date, then fewer people;
as many lines as it takes. Conflicts within a line have nobody to give way: the line is to be mended.

`--out` writes `merged.csv` and `merged.xlsx`, the list as the nations would have it, and `conflicts.csv` with these
columns: """


def time_phased_list_page() -> str:
    """docs/time-phased-list.md"""
    return page(
        "Time-phased list, manifest and national plans",
        _INTRO,
        _WRITING,
        "## The time-phased list\n\nOne row for each movement line; a line that goes by several routes has a row for each.",
        _columns(COLUMNS),
        "## The manifest\n\nOne row for each part of a load on each trip of a vehicle. Parts that drive themselves are not in it.",
        _columns(ABOARD),
        "## The trips\n\nOne row for each trip; a sheet of the workbook.",
        _columns(TRIPS),
        _MERGE,
        table(["conflict", "is"], ((kind, meaning) for kind, meaning in KINDS.items())),
        _WAY + ", ".join(f"`{head}`" for head in HEADS) + ".",
    )


def _columns(columns: tuple[Column[Item], ...]) -> str:
    back = any(column.edited for column in columns)
    heads = ["column", "what stands in it", *(["read back"] if back else [])]
    return table(heads, ([f"`{column.head}`", column.meaning, *(["yes" if column.edited else ""] if back else [])] for column in columns))
