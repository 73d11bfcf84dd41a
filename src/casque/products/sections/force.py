"""The force by month: wanted against filled, where it is thin, what to ask for and on whom it hangs."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.mission.vocabulary import Capability
from casque.plan.force import Idle, Shortfall
from casque.plan.force_answers import NextPledge, PairLoss, Pivotal
from casque.plan.waiver import Waiver
from casque.products.charts import stacked_months
from casque.products.figures import percent
from casque.products.forces.members import certainty
from casque.products.material import Material

GROUPS: tuple[tuple[str, str, tuple[Capability, ...]], ...] = (
    ("Infantry", "a", (Capability.INFANTRY,)),
    ("Mechanised, armour, reconnaissance", "b", (Capability.MECHANISED, Capability.ARMOUR, Capability.RECONNAISSANCE)),
    ("Military and formed police", "c", (Capability.MILITARY_POLICE, Capability.FORMED_POLICE)),
    ("Engineers and explosive ordnance disposal", "d", (Capability.ENGINEER, Capability.EXPLOSIVE_ORDNANCE_DISPOSAL)),
    (
        "Medical, logistics, transport, aviation, signals, headquarters and others",
        "e",
        (
            Capability.MEDICAL,
            Capability.AVIATION,
            Capability.SIGNALS,
            Capability.SURVEILLANCE,
            Capability.CIVIL_MILITARY,
            Capability.TRANSPORT,
            Capability.LOGISTICS,
            Capability.HEADQUARTERS,
            Capability.HOSPITAL,
            Capability.MEDICAL_EVACUATION,
            Capability.RIVERINE,
            Capability.CYBER_DEFENCE,
            Capability.INFORMATION,
        ),
    ),
)


@dataclass(frozen=True)
class HeatCell:
    """Fill of one capability in one sector over the horizon."""

    share: float | None
    """Share filled of the people-months wanted; none where nothing is wanted."""
    step: int
    """0 (full) to 4 (nearly nothing)."""


@dataclass(frozen=True)
class ForceView:
    """The force."""

    lead: str
    certificate: str
    chart: Markup | None
    legend: tuple[tuple[str, str], ...]
    months: tuple[tuple[int, str, float, float, float], ...]
    """Month, date, people wanted, people filled, weighted fill."""
    sectors: tuple[str, ...]
    heat: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    shortfalls: tuple[Shortfall, ...]
    next_pledges: tuple[NextPledge, ...]
    pivotal: tuple[Pivotal, ...]
    idle: tuple[Idle, ...]
    units: tuple[tuple[str, int, float, tuple[tuple[str, str, str, str, float, str], ...]], ...]
    """Member, units, people and the units with a place."""

    def certainty(self, item: NextPledge | Pivotal | PairLoss | Waiver) -> str:
        """How sure a gain or a loss is: proven, or the band in which it was proven to lie."""
        return certainty(item.proven, item.low, item.high)


def view(material: Material) -> ForceView:
    """The force by month."""
    record, names = material.force, material.names
    lines = {line.id: line for line in material.requirement.lines}
    months = material.requirement.months
    wanted, by_group = [0.0] * months, {kind: [0.0] * months for _, kind, _ in GROUPS}
    kind_of = {capability: kind for _, kind, capabilities in GROUPS for capability in capabilities}
    cells: dict[tuple[Capability, str], list[float]] = {}
    for fill in record.fills:
        line = lines.get(fill.line)
        if line is None:
            continue
        cell = cells.setdefault((line.capability, line.sector), [0.0, 0.0])
        for month, (want, have) in enumerate(zip(fill.required[:months], fill.filled[:months], strict=False)):
            wanted[month] += want
            by_group[kind_of[line.capability]][month] += min(want, have)
            cell[0] += want
            cell[1] += min(want, have)
    filled = [sum(amounts[month] for amounts in by_group.values()) for month in range(months)]
    kinds = [(name, kind, by_group[kind]) for name, kind, _ in GROUPS if sum(by_group[kind]) > 0]
    labels = [material.calendar.month(month) for month in range(months)]
    sectors = [sector.id for sector in material.mission.area.sectors]
    heat = tuple(
        (capability.value, tuple(heat_cell(cells.get((capability, sector))) for sector in sectors))
        for capability in Capability
        if any(cells.get((capability, sector), [0.0])[0] > 0 for sector in sectors)
    )
    weighted = record.weighted_fill
    return ForceView(
        _lead(wanted, filled, weighted),
        _certificate(material),
        stacked_months("People wanted and people there, by month", kinds, wanted, labels, "people") if sum(wanted) > 0 else None,
        tuple((name, kind) for name, kind, _ in kinds),
        tuple(
            (month, labels[month], wanted[month], filled[month], weighted[month] if month < len(weighted) else 0.0)
            for month in range(months)
        ),
        tuple(names.sector(sector) for sector in sectors),
        heat,
        record.shortfalls,
        record.next_pledges,
        record.pivotal,
        record.idle,
        _units(material),
    )


def heat_cell(pair: list[float] | None) -> HeatCell:
    """How much of a pair, wanted and filled, is filled."""
    if pair is None or pair[0] <= 0:
        return HeatCell(None, 0)
    share = pair[1] / pair[0]
    return HeatCell(share, 0 if share >= 0.98 else 1 if share >= 0.85 else 2 if share >= 0.6 else 3 if share >= 0.25 else 4)


def _lead(wanted: list[float], filled: list[float], weighted: tuple[float, ...]) -> str:
    if sum(wanted) <= 0:
        return "Nothing is required, so there is nothing to fill."
    if not weighted:
        return "No pledge fills any of the requirement."
    shares = {month: filled[month] / want for month, want in enumerate(wanted) if want > 0}
    best = max(shares, key=lambda month: shares[month])
    worst = min(shares, key=lambda month: shares[month])
    if shares[worst] > 0.995:
        return "The pledges fill the requirement in every month."
    return (
        f"The pledges fill {percent(sum(filled) / sum(wanted))} of the people-months that the tasks need: {percent(shares[worst])} "
        f"in month {worst}, the worst, and {percent(shares[best])} in month {best}, the best."
    )


def _certificate(material: Material) -> str:
    outcome = material.force.outcome
    if outcome.status == "optimal":
        return "Proven best: no other placing of these pledges has a higher weighted fill."
    if outcome.status == "feasible":
        gap = percent(max(outcome.gap, 0.01))
        return f"This placing is within {gap} of the best weighted fill that any placing of these pledges could reach."
    return "No placing of the pledges was found."


def _units(material: Material) -> tuple[tuple[str, int, float, tuple[tuple[str, str, str, str, float, str], ...]], ...]:
    names, calendar = material.names, material.calendar
    members: dict[str, list[tuple[str, str, str, str, float, str]]] = {}
    for item in sorted(material.force.assignments, key=lambda item: (item.sector, item.start, item.unit)):
        stands_in = "" if item.quality >= 0.999 else f" (as {item.capability.value}, quality {percent(item.quality)})"
        kind = names.of("unit_type", item.unit_type) + stands_in
        stays = item.stays()
        when = ", ".join(f"{calendar.date(first)} to {calendar.date(last)}" for first, last in stays)
        members.setdefault(item.member, []).append(
            (
                names.of("unit", item.unit) + (f", part {item.part}" if item.part else ""),
                kind,
                names.sector(item.sector),
                when,
                item.strength,
                str(item.tours),
            )
        )
    rows = [(names.member(member), len(units), sum(unit[4] for unit in units), tuple(units)) for member, units in sorted(members.items())]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0])))
