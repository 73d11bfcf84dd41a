"""Between the text of a CSV cell and the value of a spreadsheet cell.

A number column holds numbers where the number says all that the text says; everything else stays text, dates above all.
Two cells are the same if their keys are: `0.50` in the file and 0.5 in the sheet, or text whose line ends a spreadsheet has rewritten.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from casque.mission.csv_source import quantity_of

LONGEST = 32_000
"""Most characters in a cell; spreadsheets end at 32,767."""

# Fifteen digits are what a spreadsheet keeps of a number.
_NUMBER = re.compile(r"-?(?=[0-9.]{1,16}$)(?:0|[1-9][0-9]{0,14})(?:\.([0-9]{1,14}))?$")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def is_number(info: FieldInfo) -> bool:
    """Whether a field holds one number."""
    return quantity_of(info) is not None or _holds_number(info.annotation)


def _holds_number(annotation: Any) -> bool:
    if annotation in (int, float):
        return True
    return get_origin(annotation) in (Annotated, Union, UnionType) and any(_holds_number(part) for part in get_args(annotation))


def value_of(text: str, number: bool) -> str | int | float | None:
    """What the sheet holds for a cell of the file."""
    text = _told(text)
    if not text:
        return None
    if number and _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    return _ESCAPED_LOOKALIKE.sub("_x005F_", text)


def format_of(text: str, number: bool) -> str:
    """The number format that shows a cell as it is written in the file; text for whatever is no number."""
    match = _NUMBER.match(text.strip()) if number else None
    if match is None:
        return "General" if number else "@"
    return "0." + "0" * len(match[1]) if match[1] else "0"


def key_of(value: Any, number: bool) -> str:
    """What a cell says, whether it comes from the file or from the sheet."""
    text = _told(text_of(value))
    while "x005F_" in text:
        # The reader of workbooks drops this escape wherever it stands, so a text that holds it compares without it.
        text = text.replace("x005F_", "")
    return text_of(float(text)) if number and _NUMBER.match(text) else text


def text_of(value: Any) -> str:
    """What the file says for a value of the sheet: numbers as short as they can be, days as dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else repr(value)
    if isinstance(value, datetime):
        whole = value.hour == value.minute == value.second == value.microsecond == 0
        return value.date().isoformat() if whole else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _told(text: str) -> str:
    """A text as it comes through a workbook: one kind of line end, no signs that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
