"""The format of mission folders that this version reads, and what is said of a folder of another format."""

from __future__ import annotations

from typing import get_args

from casque.mission.about import About
from casque.mission.faults import Fault
from casque.mission.yaml_source import Parsed

FORMAT: int = get_args(About.model_fields["format"].annotation)[0]
"""The format that this version reads and writes."""


def format_of(parsed: Parsed) -> int | None:
    """The format that a title page states, if it states one."""
    value = parsed.value.get("format") if isinstance(parsed.value, dict) else None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def format_fault(parsed: Parsed, name: str = "mission.yaml") -> Fault | None:
    """The one fault of a folder of another format: nothing else in it can be judged by this version."""
    found = format_of(parsed)
    if found is None or found == FORMAT:
        return None
    line = parsed.lines.get(("format",), 1)
    if found > FORMAT:
        return Fault(
            name,
            line,
            "format",
            f"format {found}",
            f"expected format {FORMAT}: this folder was written for a newer Casque",
            next_step="Update Casque.",
        )
    return Fault(
        name,
        line,
        "format",
        f"format {found}",
        f"expected format {FORMAT}: this folder was written for an older Casque",
        next_step="Run 'casque upgrade FOLDER NEW_FOLDER': it writes a new folder and leaves this one as it is.",
    )
