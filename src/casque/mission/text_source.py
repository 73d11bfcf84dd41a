"""Reading one file of a mission folder as text, within limits."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

from casque.mission.faults import Fault, shown

MOST_BYTES = 16 * 1024 * 1024
MOST_LINE = 100_000


def read_text(path: Path, name: str, within: Path | None = None) -> str | Fault:
    """The text of a file, or the one fault that keeps it from being read: missing, unreadable, too large, not text, empty.

    A link that leads out of `within` is not followed: a folder from elsewhere must not show what else is on the disk.
    """
    try:
        if path.is_dir():
            return Fault(name, 0, "", "a folder", "expected a file", next_step="Move the folder away and write the file.")
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return Fault(name, 0, "", "a device or pipe", "expected a file", next_step="Take it out and write the file.")
        if within is not None and not path.resolve().is_relative_to(within.resolve()):
            seen, step = "a link that leads out of the folder", "Copy the file into the folder."
            return Fault(name, 0, "", seen, "expected a file of the folder itself", next_step=step)
        size = status.st_size
        if size > MOST_BYTES:
            return Fault(
                name, 0, "", f"{size} bytes", f"expected at most {MOST_BYTES}", next_step="Split the file or leave out what no stage reads."
            )
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Fault(name, 0, "", f"a file that cannot be read ({reason})", "expected a readable file", next_step="Check its permissions.")
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        return Fault(
            name, line, "", "a NUL byte", "expected UTF-8 text", next_step="The file is binary: replace it with the text it was made from."
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Fault(name, line, "", f"byte 0x{raw[error.start]:02x}", "expected UTF-8 text", next_step="Save the file as UTF-8.")
    if not text.strip():
        return Fault(
            name, 0, "", "an empty file", "expected content", next_step=f"Fill it in, or copy {Path(name).name} from 'casque new'."
        )
    for number, line_text in enumerate(text.splitlines(), 1):
        if len(line_text) > MOST_LINE:
            return Fault(
                name,
                number,
                "",
                f"a line of {len(line_text)} characters ({shown(line_text[:20])})",
                f"expected at most {MOST_LINE}",
                next_step="Break the line.",
            )
    return text
