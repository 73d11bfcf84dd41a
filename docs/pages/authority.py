"""The reference page of the degrees of authority: who may do what, and who may pass on which degree."""

from __future__ import annotations

from casque.mission.command_authority import MATRIX, PASSED_ON
from casque.mission.vocabulary import Authority
from docs.pages.markdown import page, table

_HEAD = """The degrees of authority over a force, from the widest to the narrowest, and what the holder of each may do. Full command always
stays national. The checks go by these tables ([the rules](rules.md) on authority), and `casque trace unit:ID` and `casque trace task:ID`
say for a post what its degree lets it do.

No printed table of NATO's own doctrine was read for this. The page of ATP 5-0.2-1 that reprints it was read in a copy that had lost its
columns: how many degrees may do a thing was read there, which ones is *secondary* only where a definition read elsewhere says the same, and
*judgement* otherwise."""


def authority_page() -> str:
    """docs/reference/authority.md"""
    rows = [
        [str(holding.act), *(_mark(degree, holding.degrees, holding.within) for degree in Authority), f"{holding.source} ({holding.grade})"]
        for holding in MATRIX
    ]
    passing = [
        [str(degree), ", ".join(str(item) for item in Authority if item in passed) or "nothing"] for degree, passed in PASSED_ON.items()
    ]
    return page(
        "Degrees of authority",
        _HEAD,
        table(["act", *(str(degree) for degree in Authority), "evidence"], rows),
        "## What may be passed on",
        "OPCON passes on TACON by its definition, and full command is not passed on at all (*secondary*); the rest is *judgement*, as the "
        "rows of the table on delegation have three marks each and their columns were lost.",
        table(["the holder of", "may pass on"], passing),
    )


def _mark(degree: Authority, degrees: frozenset[Authority], within: dict[Authority, str]) -> str:
    return within.get(degree, "yes") if degree in degrees else "no"
