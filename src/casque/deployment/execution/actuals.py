"""actuals.csv: what really happened to loads, vehicles and places since a movement plan was announced."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from casque.mission.csv_source import parse_csv
from casque.mission.faults import Fault
from casque.mission.text_source import read_text
from casque.mission.validation import faults_of
from casque.mission.written import Count, Written


class Moment(NamedTuple):
    """A day, with the time of day where it was written."""

    day: float
    """Days from D-day, with their parts."""
    timed: bool
    """Whether a time of day was written."""


def moment(text: str, d_day: date) -> Moment | None:
    """A moment written `1999-06-12`, `1999-06-12T14:00`, `D+3` or `D+3T14:00`; none for anything else."""
    head, sign, clock = text.strip().replace(" ", "T").partition("T")
    try:
        if head[:1] == "D" and (head == "D" or head[1:].replace("−", "-").lstrip("+-").isdigit()):
            day = int(head[1:].replace("−", "-") or 0)
            d_day + timedelta(days=day)
        else:
            day = (date.fromisoformat(head) - d_day).days
        if not sign:
            return Moment(float(day), False)
        time = datetime.strptime(clock, "%H:%M").time()
    except (ValueError, OverflowError):
        return None
    return Moment(day + (time.hour + time.minute / 60) / 24, True)


def _read_moment(value: Any, info: ValidationInfo) -> Any:
    found = moment(value, (info.context or {})["d_day"]) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("moment", "expected a day such as '1999-06-12' or 'D+3', or with a time 'D+3T14:00'")
    return found


class Actual(Written):
    """A report of what happened to a load, a vehicle or a place."""

    load: str = ""
    """Load of the plan, or a line or unit for all of its loads; empty where the report is about a vehicle or a place."""
    shipment: Count | None = None
    """Number of the part of the load; none for all parts."""
    event: Literal["departed", "arrived", "delayed", "lost", "closed"]
    """`departed`, `arrived`: the load left or reached the place. `delayed`: the load, or the vehicle, goes on no sooner than the date.
    `lost`: the load will not come, or the vehicle goes on no more. `closed`: place or link is shut until the date."""
    place: str = ""
    """Node that it left or reached, or where it waits; the node or link that is closed."""
    date: Annotated[Moment, BeforeValidator(_read_moment)]
    """When: `1999-06-12` or `D+3`, with a time such as `T14:00` where it is known. A report by the day bears out every time on that day."""
    vehicle: str = ""
    """Fleet and number of the vehicle that carried it, such as `c-17 3`; empty for the announced one."""
    note: str = ""
    """Anything else; it is not read."""


class _Table(Written):
    actuals: tuple[Actual, ...]


class Report(NamedTuple):
    """A report with the line on which it stands."""

    actual: Actual
    line: int


def read_actuals(path: Path, d_day: date) -> tuple[tuple[Report, ...], list[Fault]]:
    """The reports of a file that can be read, and what is wrong with the others."""
    name = path.name
    text = read_text(path, name)
    if isinstance(text, Fault):
        return (), [text]
    parsed = parse_csv(text, name, Actual, "actuals")
    faults, found = list(parsed.faults), []
    for number, row in enumerate(parsed.value["actuals"]):
        try:
            actual = Actual.model_validate(row, context={"d_day": d_day})
        except ValidationError:
            continue
        found.append(Report(actual, parsed.lines.get(("actuals", number), 0)))
    try:
        _Table.model_validate(parsed.value, context={"d_day": d_day})
    except ValidationError as error:
        faults += faults_of(error, _Table, parsed, name)
    return tuple(found), faults
