"""The lists that every run writes: the time-phased list and the vehicle manifest."""

from __future__ import annotations

from casque.products.material import Material
from casque.products.movement.lines import line_sheet, lines_of
from casque.products.movement.manifest import manifest_sheet, trips_of
from casque.products.movement.picture import movement_picture
from casque.products.movement.table import csv_of


def movement_lists(material: Material) -> dict[str, tuple[str, bytes]]:
    """Title and bytes of the lists by path."""
    seen = movement_picture(material.mission, material.reference, material.movement, material.force, material.requirement)
    return {
        "time-phased-list.csv": ("Time-phased list: every movement line", csv_of(line_sheet(lines_of(seen)))),
        "manifest.csv": ("What is aboard every trip of every vehicle", csv_of(manifest_sheet(trips_of(seen)))),
    }
