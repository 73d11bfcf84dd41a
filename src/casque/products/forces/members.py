"""Members in the force: what became of their pledges, what is lost without them, what they bear, with whom they should exercise."""

from __future__ import annotations

from collections.abc import Iterator

from casque.plan.force_answers import Burden, Training
from casque.products.figures import d_plus, number, percent, signed, whole
from casque.products.forces.picture import Narrowed, Picture
from casque.products.svg import shortened
from casque.products.tables import Table

BEARS = {"over": "more than its share", "about": "about its share", "under": "less than its share", "unknown": "not known"}


def member_tables(seen: Picture, part: Narrowed) -> Iterator[Table]:
    """Tables of the members, some of them empty."""
    yield _units(seen, part)
    yield _pivotal(seen, part)
    yield _pairs(seen, part)
    yield _waivers(seen, part)
    yield _burdens(seen, part)
    yield _training(seen, part)


def trainings(seen: Picture, part: Narrowed) -> list[Training]:
    """Exercises of the sectors and members that were asked about."""
    return [
        item
        for item in seen.force.answers.training
        if part.sector in ("", item.sector) and (part.whose(item.first) or part.whose(item.second))
    ]


def _units(seen: Picture, part: Narrowed) -> Table:
    if not part.member:
        return Table("", (), ())
    names = seen.names
    rows = [
        (
            names.of("unit", item.unit) + (f", {item.part}" if item.part else ""),
            names.sector(item.sector),
            item.capability.value + ("" if item.quality >= 0.999 else f" at {percent(item.quality)}"),
            whole(item.strength),
            f"{d_plus(item.start)} to {d_plus(item.end)}",
            "",
        )
        for item in seen.force.assignments
        if item.member == part.member and part.cell(item.sector, item.capability)
    ]
    if not (part.sector or part.capability):
        rows += [
            (names.of("unit", item.unit) + (f", {item.part}" if item.part else ""), "no place", "", "", "", shortened(item.reason, 90))
            for item in seen.force.idle
            if names.member_of(item.unit) == part.member
        ]
    heads = ("unit", "sector", "serves as", "people", "days", "why not")
    return Table(f"What became of the pledges of {names.member(part.member)}", heads, tuple(rows))


def _pivotal(seen: Picture, part: Narrowed) -> Table:
    rows = [
        (
            seen.names.member(item.member),
            whole(item.strength),
            number(item.loss),
            certainty(item.proven, item.low, item.high),
            item.loses_most,
        )
        for item in seen.force.pivotal
        if part.whose(item.member)
    ]
    heads = ("member", "people pledged", "points lost", "certainty", "loses most")
    return Table("On whom it hangs: weighted fill lost if a member leaves, others placed again", heads, tuple(rows))


def _pairs(seen: Picture, part: Narrowed) -> Table:
    rows = [
        (
            " and ".join(map(seen.names.member, item.members)),
            number(item.loss),
            signed(item.synergy),
            certainty(item.proven, item.low, item.high),
        )
        for item in seen.force.answers.pairs
        if any(map(part.whose, item.members))
    ]
    return Table("If two leave together", ("members", "points lost", "beyond the two alone", "certainty"), tuple(rows))


def _waivers(seen: Picture, part: Narrowed) -> Table:
    rows = [
        (
            shortened(seen.names.of("caveat", item.caveat), 80),
            seen.names.member(item.member),
            signed(item.gain),
            certainty(item.proven, item.low, item.high),
        )
        for item in seen.force.waivers
        if part.whose(item.member) and item.gain > 0
    ]
    return Table("What lifting a caveat would bring", ("caveat", "member", "points", "certainty"), tuple(rows))


def _burdens(seen: Picture, part: Narrowed) -> Table:
    rows = [
        (
            seen.names.member(item.member),
            whole(item.people_months),
            percent(item.share),
            percent(item.fair),
            item.measure,
            BEARS[item.bears],
        )
        for item in seen.force.answers.burdens
        if part.whose(item.member)
    ]
    return Table("Burden", ("member", "people-months", "share", "fair share", "measured by", "bears"), tuple(rows))


def _training(seen: Picture, part: Narrowed) -> Table:
    names = seen.names
    rows = [
        (
            f"{names.member(item.first)} and {names.member(item.second)}",
            names.sector(item.sector),
            item.kind,
            f"{d_plus(item.start)} to {d_plus(item.end)}" if item.start is not None and item.end is not None else item.why,
            number(item.buys),
        )
        for item in trainings(seen, part)
    ]
    heads = ("who", "sector", "how they stand", "when", "points of cohesion")
    return Table("Exercises before deployment", heads, tuple(rows))


def certainty(proven: bool, low: float | None, high: float | None) -> str:
    """How sure a gain or a loss is: proven, or the band in which it was proven to lie."""
    if proven:
        return "proven"
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    return "estimate"


def burden_sentence(item: Burden, name: str) -> str:
    """What a member bears against its fair share, in a sentence."""
    borne = f"{name} bears {percent(item.share)} of the people-months that all members give"
    if item.fair is None:
        return f"{borne}; what a fair share would be is not known."
    measure = {"agreed key": "the agreed key", "people pledged": "the people pledged"}.get(item.measure, item.measure)
    return f"{borne}; measured by {measure} a fair share would be {percent(item.fair)}: it bears {BEARS[item.bears]}."
