"""What follows from the force: the fill line by line, pairs of members, votes, burden, exercises, futures and the bridge."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.mission.vocabulary import Capability
from casque.plan.bridge import BridgeCell, Package
from casque.plan.force_answers import Burden, Training, VotingPower
from casque.plan.futures import FuturesRecord
from casque.plan.waiver import Waiver
from casque.products.figures import percent, whole
from casque.products.force_charts import Bar, bars, bridge_chart, futures_chart, synergy
from casque.products.forces.bridging import bridge_lead, closing_text, holders_of, when
from casque.products.forces.members import BEARS
from casque.products.forces.picture import picture
from casque.products.forces.text import alike
from casque.products.material import Material
from casque.products.sections.force import HeatCell, heat_cell

MOST_BARS = 12
"""Members and pairs that a chart shows."""
MOST_CELLS = 6
"""Cells of the bridge that are drawn."""
AIMS = {
    "nominal": "every pledge kept to the day",
    "average": "best on average",
    "worst tenth": "best at its worst tenth",
}


@dataclass(frozen=True)
class LineRow:
    """A requirement line with its fill by month."""

    task: str
    sector: str
    capability: str
    cells: tuple[HeatCell, ...]
    whole: HeatCell


@dataclass(frozen=True)
class GapRow:
    """A gap of the bridge as a row of a table."""

    what: str
    kind: str
    days: str
    people: float
    first: str
    ways: tuple[str, ...]


@dataclass(frozen=True)
class AnswersView:
    """What follows from the force."""

    by_capability: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    lines: tuple[LineRow, ...]
    alike: tuple[str, ...]
    """Units that would do instead of each next pledge, in a few words."""
    pivots: Markup | None
    pairs: Markup | None
    other_pairs: float
    power: tuple[VotingPower, ...]
    burden_chart: Markup | None
    burdens: tuple[Burden, ...]
    bears: dict[str, str]
    training: tuple[Training, ...]
    waivers: tuple[Waiver, ...]
    futures: FuturesRecord | None
    futures_chart: Markup | None
    aims: dict[str, str]
    bridge_lead: str
    packages: tuple[Package, ...]
    bridges: tuple[tuple[str, Markup], ...]
    gaps: tuple[GapRow, ...]


def view(material: Material) -> AnswersView:
    """What follows from the force."""
    record, answers = material.force, material.force.answers
    seen = picture(material.mission, material.reference, material.requirement, record)
    cells = record.bridge.cells if record.bridge else ()
    return AnswersView(
        by_capability=_by_capability(material),
        lines=_lines(material),
        alike=tuple(alike(item, material.names) for item in record.next_pledges),
        pivots=_pivots(material),
        pairs=_pairs(material),
        other_pairs=answers.other_pairs,
        power=answers.power,
        burden_chart=_burden_chart(material),
        burdens=answers.burdens,
        bears=BEARS,
        training=answers.training,
        waivers=tuple(item for item in record.waivers if item.gain > 0),
        futures=record.futures,
        futures_chart=futures_chart(record.futures.plans, material.calendar) if record.futures and record.futures.plans else None,
        aims=AIMS,
        bridge_lead=bridge_lead(seen),
        packages=record.bridge.packages if record.bridge else (),
        bridges=tuple((name, bridge_chart(cell, name, material.calendar)) for name, cell in _drawn(material, cells)),
        gaps=tuple(_gap_rows(material, cells)),
    )


def _by_capability(material: Material) -> tuple[tuple[str, tuple[HeatCell, ...]], ...]:
    months = material.requirement.months
    kinds = {line.id: line.capability for line in material.requirement.lines}
    sums: dict[Capability, list[list[float]]] = {}
    for fill in material.force.fills:
        if fill.line in kinds:
            pairs = sums.setdefault(kinds[fill.line], [[0.0, 0.0] for _ in range(months)])
            for month, (want, have) in enumerate(zip(fill.required[:months], fill.filled[:months], strict=False)):
                pairs[month][0] += want
                pairs[month][1] += min(want, have)
    return tuple((kind.value, tuple(map(heat_cell, sums[kind]))) for kind in Capability if any(pair[0] > 0 for pair in sums.get(kind, [])))


def _lines(material: Material) -> tuple[LineRow, ...]:
    """Every line with its fill by month, those that lack most first."""
    lines = {line.id: line for line in material.requirement.lines}
    months = material.requirement.months
    rows: list[tuple[float, LineRow]] = []
    for fill in material.force.fills:
        line = lines.get(fill.line)
        if line is None or sum(fill.required) <= 0:
            continue
        pairs = [[want, min(want, have)] for want, have in zip(fill.required[:months], fill.filled[:months], strict=False)]
        total = [sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)]
        names = material.names
        row = LineRow(
            names.task(line.task), names.sector(line.sector), line.capability.value, tuple(map(heat_cell, pairs)), heat_cell(total)
        )
        rows.append((total[1] - total[0], row))
    return tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].task, pair[1].sector, pair[1].capability)))


def _pivots(material: Material) -> Markup | None:
    rows = [
        Bar(
            material.names.member(item.member),
            item.loss,
            item.low,
            item.high,
            title=f"{item.loses_most}; {whole(item.strength)} people pledged",
        )
        for item in material.force.pivotal[:MOST_BARS]
        if item.loss > 0
    ]
    return bars("Weighted fill lost if a member leaves, in points", rows, "points") if rows else None


def _pairs(material: Material) -> Markup | None:
    names = material.names
    rows = [
        Bar(
            " and ".join(map(names.member, item.members)),
            item.loss,
            item.low,
            item.high,
            apart=max(item.synergy, 0.0),
            title=synergy(item.synergy),
        )
        for item in material.force.answers.pairs[:MOST_BARS]
        if item.loss > 0
    ]
    return bars("Weighted fill lost if two members leave, in points", rows, "points") if rows else None


def _burden_chart(material: Material) -> Markup | None:
    rows = [
        Bar(material.names.member(item.member), item.share, mark=item.fair, title=f"{percent(item.share)} of the people-months")
        for item in material.force.answers.burdens[: MOST_BARS + 4]
    ]
    return bars("Share of the people-months, and fair share", rows, "share", shares=True) if rows else None


def _drawn(material: Material, cells: tuple[BridgeCell, ...]) -> list[tuple[str, BridgeCell]]:
    """Cells worth drawing: those where units that came first leave or stand under a standing arrangement, the widest gaps first."""
    told = [cell for cell in cells if any(holder.role != "main" for holder in cell.holders)]
    told.sort(key=lambda cell: (-sum(gap.person_days for gap in cell.gaps), -sum(cell.package)))
    return [(_cell_name(material, cell), cell) for cell in told[:MOST_CELLS]]


def _cell_name(material: Material, cell: BridgeCell) -> str:
    return f"{cell.capability.value.capitalize()}, {material.names.sector(cell.sector)}"


def _gap_rows(material: Material, cells: tuple[BridgeCell, ...]) -> list[GapRow]:
    pairs = sorted(((cell, gap) for cell in cells for gap in cell.gaps), key=lambda pair: -pair[1].person_days)
    return [
        GapRow(
            _cell_name(material, cell),
            "nobody there yet" if gap.kind == "before first entry" else "let go",
            when(gap),
            gap.people,
            holders_of(cell, material.names),
            tuple(closing_text(way, material.names) for way in gap.closings),
        )
        for cell, gap in pairs
    ]
