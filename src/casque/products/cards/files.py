"""Writing cards and training sheets: all of a call or a clear fault, never half a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from casque.errors import Unwritable
from casque.mission.mission import Mission
from casque.plan.card import CardRecord, VignetteSet
from casque.products.cards.card import card_of
from casque.products.cards.page import card_html, rendered
from casque.products.cards.training import Training
from casque.products.cards.typeset import card_pdf, fitted, pdf_of

TRAINING_SIZE = 9.5
"""Size of print of training sheets, in points."""


def card_files(mission: Mission, record: CardRecord, language: str) -> dict[str, bytes]:
    """The card of a contingent as PDF and HTML, by file name."""
    card = card_of(mission, record, language)
    fit = fitted(card)
    day = (mission.about.d_day + timedelta(days=record.day)).isoformat()
    name = f"card-{record.member}-{day}-{language}"
    return {f"{name}.pdf": card_pdf(fit), f"{name}.html": card_html(card, fit)}


def training_files(training: Training, found: VignetteSet) -> dict[str, bytes]:
    """A set of training cards as PDF, its answers on pages of their own, and as HTML with answers that unfold; by file name."""
    name = f"training-{found.member}-{found.seed}-{training.language}"
    value = training.as_dict()
    return {
        f"{name}.pdf": pdf_of("training.typ", "training", value, TRAINING_SIZE),
        f"{name}.html": rendered("training.html", training=value),
    }


def write_files(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, each in one step, and return their paths. Raises Unwritable where that cannot be."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            with NamedTemporaryFile(dir=folder, prefix=".card-", delete=False) as draft:
                try:
                    draft.write(data)
                    draft.flush()
                    os.chmod(draft.name, 0o644)
                    os.replace(draft.name, folder / name)
                except OSError:
                    Path(draft.name).unlink(missing_ok=True)
                    raise
            written.append(folder / name)
    except OSError as error:
        raise Unwritable(
            f"{folder} cannot be written: {error.strerror or error}", "Name a folder that you may write to with --out."
        ) from error
    return written
