"""Record of the stage `produce`: the documents that were written."""

from __future__ import annotations

from casque.plan.record import Record


class Product(Record):
    """One document."""

    path: str
    """Where it stands, relative to `out/`."""
    title: str
    """What it is."""
    sha256: str
    """Digest of its bytes."""


class ProductRecord(Record):
    """The documents of a run."""

    products: tuple[Product, ...]
    """Documents."""
