"""What every written thing shares: it is frozen, refuses unknown keys, explains its fields, and says where its facts come from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from casque.mission.vocabulary import Classification, Grade

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=64)]
"""A short lower-case name, unique in its kind: letters, digits, dot, dash, underscore."""


Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A whole number of things."""

Rate = Annotated[float, Field(ge=0, le=1_000_000)]
"""A bare number, 0 or more."""


def _read_day(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = value.strip()
        d_day = (info.context or {}).get("d_day")
        if text[:1] == "D" and d_day is not None and (text == "D" or text[1:].lstrip("+-").isdigit()):
            try:
                return d_day + timedelta(days=int(text[1:] or 0))
            except OverflowError:
                pass
        else:
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
    raise PydanticCustomError("day", "expected a date such as '1999-06-12', or 'D+14' counted from D-day")


Day = Annotated[date, BeforeValidator(_read_day)]
"""A date, written `1999-06-12` or `D+14`."""


class Written(BaseModel):
    """Base of everything that people write."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        coerce_numbers_to_str=True,
    )


class Marking(Written):
    """Who may see something. What no marking releases stays with the lead organisation."""

    policy: str = ""
    """Whose classification policy it is, such as `NATO` or `UN`; empty means the lead organisation's."""
    classification: Classification = Classification.UNCLASSIFIED
    """Classification."""
    releasable_to: tuple[str, ...] = ()
    """Organisations and members it may be released to; empty means nobody outside the lead organisation."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        """In a cell of a table a marking is written in one line: `RESTRICTED rel nato fin swe`."""
        if not isinstance(value, str):
            return value
        head, _, released = value.partition(" rel ")
        return {"classification": head.strip(), "releasable_to": released.split()}


class Sourced(Written):
    """A written thing whose facts carry their evidence."""

    source: tuple[Id, ...] = ()
    """Ids of the sources (in sources.yaml) that bear this item out."""
    grade: Grade = Grade.JUDGEMENT
    """How good that evidence is."""
    judged: tuple[str, ...] = ()
    """Fields of this item that are *judgement* although the item as a whole is better than that."""
    note: str = ""
    """What a reader should know about the figure: range between sources, scope, doubt."""
    marking: Marking | None = None
    """Who may see this item, where that is not the mission's default marking."""


class Source(Written):
    """A text that facts are taken from."""

    id: Id
    """Name by which items refer to it."""
    title: str
    """What it is, in words a reader can search for."""
    publisher: str
    """Who published it."""
    date: str = ""
    """When it was published, as exactly as known."""
    url: str = ""
    """Where it was read."""
    read: bool = False
    """Whether someone has read it for this folder; if not, what rests on it is judgement."""
    kind: str = "secondary"
    """`primary`, `secondary`, `data` or `own` (our own estimate or computation)."""
