"""Bringing a workbook back into its folder: only what was edited is written, and only if the folder is sound with it."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casque.errors import BadInput, Unwritable
from casque.mission.faults import Fault
from casque.mission.folder import look
from casque.mission.text_source import MOST_BYTES
from casque.products.workbook.layout import Entry, cells_digest, table_digest
from casque.products.workbook.merge import Rewritten, rewritten
from casque.products.workbook.opening import Book, open_book
from casque.products.workbook.reading import Places, Said, order_of, said_by
from casque.products.workbook.table import Kind, digest_of, kinds_of, read_table
from casque.reference.opening import reference_faults


@dataclass(frozen=True)
class _Edit:
    said: Said
    new: Rewritten


def bring_in(workbook: Path, folder: Path) -> list[str]:
    """Write the edited tables of a workbook into its folder, all or none, and return a line for each table written.

    Raises BadInput with every fault, named by sheet and cell; Unwritable where a file cannot be written. Nothing is written then.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder", [Fault(str(folder), 0, "", "no such folder", "expected a mission folder")])
    book = open_book(workbook)
    edits, faults = _edits(book, folder)
    if edits:
        faults += _faults_with(edits, folder, every=not faults)
    if faults:
        plural = "s" if len(set(faults)) > 1 else ""
        message = f"{len(set(faults))} fault{plural} in {workbook}, were it brought into {folder}; nothing was written"
        raise BadInput(message, sorted(set(faults), key=order_of), "Mend the faults above and run the command again.")
    _write({_inside(folder, name): edit.new.text.encode("utf-8") for name, edit in edits.items()})
    return [f"{name}: {edit.new.summary}" for name, edit in edits.items()]


def _edits(book: Book, folder: Path) -> tuple[dict[str, _Edit], list[Fault]]:
    """The tables whose cells say something else than when they were exported, by name, and the faults of the sheets."""
    kinds = {kind.name: kind for kind in kinds_of(folder)}
    edits: dict[str, _Edit] = {}
    faults = list(book.faults)
    for entry in book.entries:
        sheet = book.sheets.get(entry.sheet)
        if sheet is None:
            continue
        kind = kinds.get(entry.table)
        if kind is None:
            step = "Name the folder that the workbook was exported from."
            faults.append(Fault(sheet.label, 0, "", f"the table '{entry.table}'", "expected a table of the folder", next_step=step))
            continue
        said = said_by(sheet, kind)
        faults.extend(said.faults)
        digest = cells_digest(said.headings, said.keys)
        if said.faults or digest == entry.cells:
            continue
        stale = _stale(entry, kind, folder, sheet.label)
        if stale is not None:
            faults.extend([] if _says(folder, kind, digest) else [stale])
            continue
        new = rewritten(read_table(folder, kind), said.headings, said.rows)
        if len(new.text.encode("utf-8")) > MOST_BYTES:
            faults.append(Fault(sheet.label, 0, "", "a table too large", f"expected at most {MOST_BYTES} bytes"))
            continue
        edits[kind.name] = _Edit(said, new)
    return edits, faults


def _stale(entry: Entry, kind: Kind, folder: Path, label: str) -> Fault | None:
    if digest_of(folder, kind) == entry.file and _inside(folder, kind.name).is_relative_to(folder.resolve()):
        return None
    return Fault(
        label,
        0,
        "",
        f"edits to {kind.name}, which is not the file that was exported",
        "expected that file unchanged since the export",
        next_step="Export the folder anew and carry your edits over.",
    )


def _says(folder: Path, kind: Kind, digest: str) -> bool:
    """Whether a table says already what its sheet says, as it does after the same workbook has been brought in."""
    try:
        return table_digest(read_table(folder, kind)) == digest
    except BadInput:
        return False


def _faults_with(edits: dict[str, _Edit], folder: Path, every: bool) -> list[Fault]:
    """The faults that the folder would have with the new tables, each at its cell.

    Faults that the folder has anyway, in files that the workbook does not change, are not held against the workbook. Where not
    every sheet could be read, faults between tables are left out: what they miss may stand in the sheet that could not be read.
    """
    tables = {name: (edit.said, edit.new.text) for name, edit in edits.items()}
    places = Places(tables)
    with tempfile.TemporaryDirectory(prefix="casque-workbook-") as temporary:
        draft = Path(temporary) / "folder"
        shutil.copytree(
            folder,
            draft,
            copy_function=partial(_copy, folder.resolve()),
            ignore=shutil.ignore_patterns("out", ".*"),
            ignore_dangling_symlinks=True,
        )
        for name, (_, text) in tables.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        faults = _faults_of(draft)
    if not every:
        keys = tuple(f"{edit.said.kind.key}[" for edit in edits.values())
        faults = [fault for fault in faults if fault.file in edits and not fault.where.startswith(keys)]
    elsewhere = any(fault.file not in edits for fault in faults)
    old = set(_faults_of(folder)) if elsewhere else set()
    return [places.of(fault) for fault in faults if fault.file in edits or fault not in old]


def _faults_of(folder: Path) -> list[Fault]:
    reading = look(folder)
    return [*reading.faults, *reading.warnings, *reference_faults(reading)]


def _copy(folder: Path, source: str, target: str) -> None:
    """Copy a file; of one too large to be read the size only. What is no file is pointed to, as a link out of the folder is."""
    path = Path(source)
    if not path.is_file() or not path.resolve().is_relative_to(folder):
        os.symlink(path.resolve(), target)
    elif path.stat().st_size <= MOST_BYTES:
        shutil.copyfile(source, target)
    else:
        with Path(target).open("wb") as hollow:
            hollow.truncate(path.stat().st_size)


def _inside(folder: Path, name: str) -> Path:
    return (folder / name).resolve()


def _write(files: dict[Path, bytes]) -> None:
    """Write all files or none: the new texts beside the old ones first, then one rename after the other."""
    drafts = {path: path.with_name(f".{path.name}.part") for path in files}
    before = {path: path.read_bytes() for path in files if path.exists()}
    done: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path].write_bytes(data)
            if path.exists():
                shutil.copymode(path, drafts[path])
        for path, draft in drafts.items():
            draft.replace(path)
            done.append(path)
    except OSError as error:
        for path in done:
            with suppress(OSError):
                path.write_bytes(before[path]) if path in before else path.unlink()
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        message = f"the tables cannot be written: {error.strerror or error}"
        raise Unwritable(message, "Check the space on the disk and the permissions.") from error
