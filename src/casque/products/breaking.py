"""What breaks, by kind: a base of any sector, a contributor, the consent of any party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casque.plan.outlook import FirstFailure

KINDS: tuple[tuple[str, str, str], ...] = (
    ("supply", "Supply at", "Supply at a base falls below the least days that policy asks for"),
    ("incidents", "Incidents in", "Incidents in a sector lie clearly above their stated rate for four weeks"),
    ("strength", "The force averages", ""),
    ("contributor", "A contributor", "A contributor decides to withdraw"),
    ("consent", "Consent is withdrawn", "A party withdraws its consent"),
    ("mandate", "The mandate lapses", ""),
)
"""Kind, how the texts of its members begin, and what it is called where it has several members."""


@dataclass(frozen=True)
class Kind:
    """Failures of one kind."""

    name: str
    """Id of the kind; empty for a failure that stands alone."""
    what: str
    """The kind in a sentence."""
    first: float
    """Share of the runs in which one of them breaks before anything else; each run has one first failure, so that shares add up."""
    members: tuple[FirstFailure, ...]
    """Most often first to break, first."""

    @property
    def leading(self) -> FirstFailure:
        """The member that breaks first most often."""
        return self.members[0]

    @property
    def share(self) -> float:
        """Share of the runs in which one of them breaks, at the least: that of the member that breaks most often."""
        return max(item.share for item in self.members)


def kind_of(what: str) -> str:
    """The kind of a failure by how its text begins; empty where no kind fits."""
    return next((name for name, begins, _ in KINDS if what.startswith(begins)), "")


def kinds(failures: Sequence[FirstFailure]) -> tuple[Kind, ...]:
    """Failures by kind, the kind that most often breaks first at the head."""
    groups: dict[str, list[FirstFailure]] = {}
    for item in failures:
        groups.setdefault(kind_of(item.what) or item.what, []).append(item)
    titles = {name: title for name, _, title in KINDS}
    made = []
    for key, items in groups.items():
        members = tuple(sorted(items, key=lambda item: (-item.first, -item.share, item.what)))
        several = titles.get(key, "") if len(members) > 1 else ""
        made.append(Kind(key if key in titles else "", several or members[0].what, sum(item.first for item in members), members))
    return tuple(sorted(made, key=lambda kind: (-kind.first, -kind.share, kind.what)))
