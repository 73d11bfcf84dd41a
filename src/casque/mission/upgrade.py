"""Lifting a mission folder of an older format into a new folder. The old folder is never touched."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from casque.errors import BadInput, Unwritable
from casque.mission.draft import Draft
from casque.mission.faults import Fault
from casque.mission.upgrade_steps import STEPS, TITLE_PAGE
from casque.mission.version import FORMAT, format_fault, format_of

LEFT_BEHIND = "out"
"""Records of an older version: the new folder gets its own."""


def upgrade(folder: Path, target: Path) -> list[str]:
    """Write a folder of an older format as one of the present format, and return what was changed, a sentence each.

    What no step touches stays the same, byte for byte; `out/` is left behind. Raises BadInput where the folder has no format, the
    present one or a newer one, or holds links; Unwritable where the target exists or cannot be written.
    """
    start = _format_to_lift(folder)
    _refuse_links(folder)
    if target.exists() or target.is_symlink():
        raise Unwritable(f"{target} exists", "Name a folder that does not exist yet.")
    if target.resolve().is_relative_to(folder.resolve()):
        raise Unwritable(f"{target} lies in the folder itself", "Name a folder beside it.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".upgrade-") as temporary:
            draft = Draft(Path(temporary) / "folder")
            shutil.copytree(folder, draft.folder, ignore=lambda place, _: [LEFT_BEHIND] if Path(place) == folder else [])
            for number in range(start, FORMAT):
                STEPS[number](draft)
                draft.write(TITLE_PAGE, ("format",), str(number + 1))
            draft.folder.rename(target)
    except OSError as error:
        raise Unwritable(
            f"{target} cannot be written: {error.strerror or error}", "Check the space on the disk and the permissions."
        ) from error
    return draft.done


def _format_to_lift(folder: Path) -> int:
    page = Draft(folder).parsed(TITLE_PAGE)
    found = format_of(page)
    if found is None:
        fault = Fault(
            TITLE_PAGE, page.lines.get(("format",), 1), "", "no format", "expected 'format: ' and a whole number", next_step="Add it."
        )
        raise BadInput(f"{folder} states no format", [fault], "A folder that says 'horizon_days' has format 0.")
    other = format_fault(page)
    if other is None:
        raise BadInput(f"{folder} has format {found} already", next_step="There is nothing to upgrade.")
    if found > FORMAT:
        raise BadInput(f"{folder} cannot be upgraded", [other], "Update Casque.")
    return found


def _refuse_links(folder: Path) -> None:
    links = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink())
    if links:
        faults = [
            Fault(name, 0, "", "a link", "expected a file or folder of its own", next_step="Put what it points to in its place.")
            for name in links
        ]
        raise BadInput(f"{folder} holds links", faults, "Mend the faults above and run the command again.")
