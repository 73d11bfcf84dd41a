"""What is said of plans that nations bring back: whether they go together, and who gives way where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casque.products.cards.files import write_files
from casque.products.movement.brought import brought
from casque.products.movement.conflict_text import conflict_data, merge_text
from casque.products.movement.conflicts import conflicts
from casque.products.movement.files import merge_files
from casque.products.movement.merge import merged
from casque.products.movement.picture import MovementPicture
from casque.products.movement.telling import Told


def merging(seen: MovementPicture, files: Sequence[Path], out: Path | None) -> Told:
    """The plans merged; with a folder the merged list and the conflicts are written. Raises BadInput with every fault, Unwritable."""
    found = brought(seen, files)
    after, notes = merged(seen, found)
    clashes = conflicts(seen, after, found)
    paths = tuple(write_files(out, merge_files(after, clashes))) if out is not None else ()
    data = {
        "nations": list(found.members),
        "changed": sorted(found.proposals),
        "notes": [*found.notes, *notes],
        "conflicts": conflict_data(clashes),
        "files": [str(path) for path in paths],
    }
    return Told(data, tuple(merge_text(after, found, notes, clashes)), (), paths, bool(clashes))
