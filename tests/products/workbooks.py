"""Helpers of the workbook's tests: a folder with its workbook, and edits of single cells."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.products.workbook.bring_in import bring_in
from casque.products.workbook.export import export


def folder_like(source: Path, target: Path) -> Path:
    """A copy of a mission folder without its results."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("out", "__pycache__"))
    return target


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def exported(folder: Path) -> Path:
    """The workbook of a folder, beside it."""
    target = folder.parent / "plan.xlsx"
    target.unlink(missing_ok=True)
    export(folder, target)
    return target


def edited(workbook: Path, *edits: tuple[str, str, Any], also: Callable[[Workbook], object] | None = None) -> Path:
    """The workbook with cells set: sheet, cell, value."""
    book = load_workbook(workbook)
    for sheet, cell, value in edits:
        book[sheet][cell] = value
    if also is not None:
        also(book)
    book.save(workbook)
    return workbook


def repacked(workbook: Path, parts: dict[str, bytes]) -> Path:
    """The workbook with parts added or put in the place of others."""
    with zipfile.ZipFile(workbook) as archive:
        held = {name: archive.read(name) for name in archive.namelist()} | parts
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return workbook


def refused(workbook: Path, folder: Path) -> list[Fault]:
    """The faults for which a workbook is refused; nothing is written then."""
    before = files_of(folder)
    with pytest.raises(BadInput) as caught:
        bring_in(workbook, folder)
    assert files_of(folder) == before
    return list(caught.value.faults)
