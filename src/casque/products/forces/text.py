"""The force as lines and tables for a terminal: fill, shortfalls with cures, what to ask for, on whom it hangs, who bears it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from casque.mission.vocabulary import Capability
from casque.plan.force_answers import NextPledge
from casque.products.figures import d_plus, percent, signed, whole
from casque.products.forces.bridging import bridge_data, bridge_tables
from casque.products.forces.members import certainty, member_tables, trainings
from casque.products.forces.picture import Narrowed, Picture
from casque.products.names import Names
from casque.products.svg import shortened
from casque.products.tables import Table
from casque.products.wording import tidy

MOST_ALIKE = 3
"""Alike unit types that a table names."""
MOST_MONTHS = 13
"""Stretches of months that a terminal has room for side by side."""


def forces_text(seen: Picture, part: Narrowed, from_run: bool) -> Iterator[str]:
    """How much is filled, how sure that is, and what the figures rest on."""
    wanted, filled = totals(seen, part)
    outcome = seen.force.outcome
    yield f"{seen.mission.about.title}: what the pledges add up to{_meant(seen, part)}"
    if wanted <= 0:
        yield "Nothing is wanted there and then."
    else:
        yield f"{_plain(percent(filled / wanted))} of the people-months wanted are filled: {whole(filled)} of {whole(wanted)}."
    if outcome.status == "optimal":
        yield "Proven best: no other placing of these pledges has a higher weighted fill."
    elif outcome.status == "feasible":
        yield f"No placing of these pledges could fill {_plain(percent(max(outcome.gap, 0.0001)))} more by weight."
    if not from_run:
        yield "Worked out now from the folder as it stands; 'casque run' keeps it."
    yield ""


def forces_tables(seen: Picture, part: Narrowed, most: int) -> Iterator[Table]:
    """Every table that has rows for what was asked for, at most so many rows each."""
    for whole_table in (_by_month(seen, part), _by_cell(seen, part), _by_capability_and_month(seen, part)):
        if whole_table.rows:
            yield cut(whole_table, len(whole_table.rows))
    made = (
        _shortfalls(seen, part),
        _next(seen, part),
        *member_tables(seen, part),
        *bridge_tables(seen, part),
    )
    for table in made:
        if table.rows:
            yield cut(table, most)


def forces_data(seen: Picture, part: Narrowed) -> dict[str, Any]:
    """What machines get: the same answers, narrowed in the same way."""
    force, lines = seen.force, seen.lines()
    kept = {line.id for line, _ in _fills(seen, part)}
    return {
        "fills": [fill.model_dump(mode="json") for line, fill in _fills(seen, part)],
        "shortfalls": [item.model_dump(mode="json") for item in force.shortfalls if item.line in kept],
        "next_pledges": [item.model_dump(mode="json") for item in next_pledges(seen, part)],
        "assignments": [
            item.model_dump(mode="json")
            for item in force.assignments
            if part.cell(item.sector, item.capability) and part.whose(item.member)
        ],
        "idle": [item.model_dump(mode="json") for item in force.idle if part.whose(seen.names.member_of(item.unit))],
        "pivotal": [item.model_dump(mode="json") for item in force.pivotal if part.whose(item.member)],
        "pairs": [item.model_dump(mode="json") for item in force.answers.pairs if any(map(part.whose, item.members))],
        "power": [item.model_dump(mode="json") for item in force.answers.power],
        "waivers": [item.model_dump(mode="json") for item in force.waivers if part.whose(item.member)],
        "burdens": [item.model_dump(mode="json") for item in force.answers.burdens if part.whose(item.member)],
        "training": [item.model_dump(mode="json") for item in trainings(seen, part)],
        "bridge": bridge_data(seen, part),
        "weighted_fill": [force.weighted_fill[month] for month in part.months(len(force.weighted_fill))],
        "lines": {name: {"sector": lines[name].sector, "capability": lines[name].capability.value} for name in sorted(kept)},
        "outcome": force.outcome.model_dump(mode="json"),
    }


def totals(seen: Picture, part: Narrowed) -> tuple[float, float]:
    """People-months wanted and filled."""
    wanted = filled = 0.0
    for _, fill in _fills(seen, part):
        for month in part.months(len(fill.required)):
            wanted += fill.required[month]
            filled += min(fill.required[month], fill.filled[month])
    return wanted, filled


def next_pledges(seen: Picture, part: Narrowed) -> list[NextPledge]:
    """What to ask for where it was asked about, and of whom."""
    return [
        item
        for item in seen.force.next_pledges
        if part.cell(item.sector, item.capability or "") and (not part.member or any(asked.member == part.member for asked in item.ask))
    ]


def cut(table: Table, most: int) -> Table:
    """A table of at most so many rows; the last one says how many are left."""
    rows = tuple(tuple(_plain(tidy(cell)) for cell in row) for row in table.rows)
    left = len(rows) - most
    more = ((f"… {left} more", *("" for _ in table.columns[1:])),) if left > 0 else ()
    return Table(table.title, table.columns, rows[:most] + more)


def _fills(seen: Picture, part: Narrowed) -> list[Any]:
    return [(line, fill) for line, fill in seen.fills() if part.cell(line.sector, line.capability)]


def _meant(seen: Picture, part: Narrowed) -> str:
    said = [seen.names.sector(part.sector)] if part.sector else []
    said += [part.capability] if part.capability else []
    said += [f"month {part.month}"] if part.month is not None else []
    said += [seen.names.member(part.member)] if part.member else []
    return f" ({', '.join(said)})" if said else ""


def _by_month(seen: Picture, part: Narrowed) -> Table:
    rows = []
    for month in part.months(seen.requirement.months):
        wanted = sum(fill.required[month] for _, fill in _fills(seen, part) if month < len(fill.required))
        filled = sum(min(fill.required[month], fill.filled[month]) for _, fill in _fills(seen, part) if month < len(fill.required))
        weighted = seen.force.weighted_fill[month] if month < len(seen.force.weighted_fill) else 0.0
        shown = percent(weighted) if not (part.sector or part.capability) else ""
        share = percent(filled / wanted) if wanted else "–"
        rows.append((str(month), seen.calendar.month(month), whole(wanted), whole(filled), share, shown))
    return Table("Fill by month", ("month", "from", "wanted", "filled", "fill", "by weight"), tuple(rows))


def _by_cell(seen: Picture, part: Narrowed) -> Table:
    sectors = [sector for sector in seen.mission.area.sectors if part.sector in ("", sector.id)]
    rows = []
    for capability in Capability:
        shares = [_share(seen, part, sector.id, capability, part.months(seen.requirement.months)) for sector in sectors]
        if any(share is not None for share in shares):
            rows.append((capability.value, *("–" if share is None else percent(share) for share in shares)))
    return Table(
        "Fill by capability and sector (– where nothing is wanted)", ("capability", *(sector.id for sector in sectors)), tuple(rows)
    )


def _by_capability_and_month(seen: Picture, part: Narrowed) -> Table:
    months = list(part.months(seen.requirement.months))
    step = -(-len(months) // MOST_MONTHS) or 1
    spans = [months[start : start + step] for start in range(0, len(months), step)]
    rows = []
    for capability in Capability:
        shares = [_share(seen, part, part.sector, capability, span) for span in spans]
        if any(share is not None for share in shares):
            rows.append((capability.value, *("–" if share is None else f"{share * 100:.0f}" for share in shares)))
    heads = (str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)
    return Table("Fill by capability and month, in per cent", ("capability", *heads), tuple(rows))


def _share(seen: Picture, part: Narrowed, sector: str, capability: Capability, months: Iterable[int]) -> float | None:
    wanted = filled = 0.0
    span = list(months)
    for line, fill in _fills(seen, part):
        if line.capability is capability and sector in ("", line.sector):
            wanted += sum(fill.required[month] for month in span if month < len(fill.required))
            filled += sum(min(fill.required[month], fill.filled[month]) for month in span if month < len(fill.required))
    return filled / wanted if wanted > 0 else None


def _shortfalls(seen: Picture, part: Narrowed) -> Table:
    rows = [
        (
            seen.names.sector(item.sector),
            item.capability.value,
            whole(item.people_months),
            f"{whole(item.worst)} in {item.worst_month}",
            item.reason,
            shortened(item.cure, 110),
        )
        for item in seen.force.shortfalls
        if part.cell(item.sector, item.capability)
    ]
    return Table(
        "Shortfalls, heaviest first", ("sector", "capability", "people-months", "worst, month", "reason", "cheapest cure"), tuple(rows)
    )


def alike(item: NextPledge, names: Names, most: int = MOST_ALIKE) -> str:
    """Units that would do instead and bring nearly as much: "or a; or b"; empty where there are none."""
    said = [f"or {names.of('unit_type', name).lower()}" for name in item.alike[:most]]
    left = len(item.alike) - most
    return "; ".join(said) + (f"; or {left} more" if left > 0 else "")


def _next(seen: Picture, part: Narrowed) -> Table:
    places = {id(item): place for place, item in enumerate(seen.force.next_pledges, 1)}
    rows = [
        (
            str(place),
            seen.names.of("unit_type", item.unit_type),
            seen.names.sector(item.sector),
            d_plus(item.by),
            signed(item.gain),
            certainty(item.proven, item.low, item.high),
            ", ".join(asked.member for asked in item.ask[:4]) or "–",
            alike(item, seen.names),
        )
        for item in next_pledges(seen, part)
        for place in (places[id(item)],)
    ]
    heads = ("", "unit", "for", "ready by", "points", "certainty", "ask first", "or")
    return Table("Next best pledges: what one more unit adds to the weighted fill, in points of a hundred", heads, tuple(rows))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
