"""A page for each mission folder: what its plan says, set against what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from casque.mission.mission import Mission
from casque.mission.vocabulary import Mode, Severity
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import Comparison, JudgementRecord
from casque.plan.lesson import LessonsRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import Fan, OutlookRecord
from casque.plan.supply import SupplyRecord
from casque.reference.opening import open_folder
from casque.runs.local import run
from docs.pages.markdown import page, table
from docs.pages.strength_by_month import counts, strength_text

ROOT = Path(__file__).resolve().parents[2]
PROSE = "happened.md"
"""File of a mission folder that explains its differences in words."""

_HEAD = """What follows was worked out from the folder alone, as `casque run` does it, and set against what was seen. Nothing in the
program is tuned for this mission: what differs from other missions stands in its folder. `plan` is the movement schedule with every
pledge on its day and at its promised strength; `median` and the bands come from a thousand seeded runs, which count delays, no-shows,
journeys that take more or less time, contingents above or below their promised strength, withdrawals and losses. How wide they spread is
fitted to sixteen other United Nations missions. Every judgement in the folder stands on [its own page](../judgements/{name}.md)."""

_EXPLAINED = """Figures named here stand with their sources in the tables above or with the items and `sources.yaml` of the folder; ids of
sources stand in brackets where it helps to find them."""

STRENGTHS = ("strength.in_area", "strength.theatre")
MOST_ROWS = 12


@dataclass(frozen=True)
class Told:
    """A mission, and what its run gave."""

    folder: str
    mission: Mission
    records: dict[str, Any]

    def day(self, number: float) -> str:
        """A day from D-day as a date."""
        return str(self.mission.about.d_day + timedelta(days=int(number)))


def told(folder: Path, name: str) -> Told:
    """A mission folder run with the usual seed and number of replications; what is unchanged is taken from its last run."""
    opened = open_folder(folder, "base")
    result = run(folder, opened.mission, opened.reference, {})
    return Told(name, opened.mission, {stage: result.record(stage) for stage in result.stored})


def happened_page(found: Told) -> str:
    """docs/missions/NAME.md"""
    about = found.mission.about
    name = found.folder
    written = ROOT / "missions" / name / PROSE
    where = f"Folder: [missions/{name}](../../missions/{name}/mission.yaml)."
    return page(
        about.title,
        about.summary,
        f"{where} D-day is {about.d_day}; the plan looks {about.horizon:.0f} days ahead.",
        _HEAD.replace("{name}", name),
        f"## Strength\n\n{strength_text(_strengths(found), about.d_day)}",
        f"## First arrivals\n\n{_arrivals(found)}",
        f"## Shortfalls and their reasons\n\n{_shortfalls(found.records['generate'], found.mission)}",
        f"## Supply and convoys\n\n{_supply(found)}",
        f"## Cost\n\n{_costs(found.records['sustain'])}",
        f"## What was seen besides\n\n{_series(found)}",
        f"## Benchmarks and exit\n\n{_exits(found.records['assess'])}",
        f"## What the checks find\n\n{_findings(found.records['check'])}",
        f"## Lessons that apply\n\n{_lessons(found.records['learn'])}",
        f"## The differences explained\n\n{_EXPLAINED}\n\n{written.read_text(encoding='utf-8').strip()}" if written.is_file() else "",
    )


def within_quartiles(found: Told) -> tuple[int, int]:
    """Months on record whose strength lies within the quartiles of the runs as it stands, and months on record."""
    strict, _, every = counts(_strengths(found), found.mission.about.d_day)
    return strict, every


def _strengths(found: Told) -> list[tuple[Comparison, Fan]]:
    judgement: JudgementRecord = found.records["assess"]
    outlook: OutlookRecord = found.records["simulate"]
    fans = {fan.series: fan for fan in outlook.fans if fan.days}
    standing = {measure.model: measure.id for measure in found.mission.measures.measures}
    pairs = []
    for comparison in judgement.comparisons:
        if comparison.series in STRENGTHS:
            fan = fans.get(comparison.series) or fans.get(standing.get(comparison.series, ""))
            if fan is not None:
                pairs.append((comparison, fan))
    return pairs


def _arrivals(found: Told) -> str:
    movement: MovementRecord = found.records["deploy"]
    nodes = {node.id: node.name for node in found.mission.transport.nodes}
    units = {pledge.id: pledge.name for pledge in found.mission.forces.pledges}
    rows = []
    for mode in (Mode.AIR, Mode.SEA, Mode.RAIL, Mode.ROAD):
        journeys = [(load, leg) for load in movement.loads for leg in load.legs if leg.mode is mode]
        if journeys:
            load, leg = min(journeys, key=lambda journey: (journey[1].arrives, journey[0].id))
            what = f"{units.get(load.unit, load.unit)} at {nodes.get(leg.end, leg.end)}"
            rows.append([mode.value, found.day(leg.arrives), what, str(len(journeys))])
    closes = f"The last unit is in place on {found.day(movement.closure.value)}"
    if movement.unmoved:
        closes += f"; {len(movement.unmoved)} units cannot be moved"
    neck = f" {movement.bottlenecks[0].text}" if movement.bottlenecks else ""
    return f"{table(['by', 'first arrival', 'what and where', 'journeys'], rows)}\n\n{closes}.{neck}"


def _shortfalls(force: ForceRecord, mission: Mission) -> str:
    sectors = {sector.id: sector.name for sector in mission.area.sectors}
    rows = [
        [sectors.get(item.sector, item.sector), item.capability.value, f"{item.people_months:,.0f}", item.reason, item.text, item.cure]
        for item in sorted(force.shortfalls, key=lambda item: -item.people_months)[:MOST_ROWS]
    ]
    lead = f"{len(force.shortfalls)} requirement lines are short at some time; the {min(MOST_ROWS, len(force.shortfalls))} largest:"
    heads = ["sector", "capability", "people-months", "kind", "reason", "cheapest cure"]
    return f"{lead}\n\n{table(heads, rows)}" if rows else "None."


def _supply(found: Told) -> str:
    supply: SupplyRecord = found.records["sustain"]
    out = [item for item in supply.bases if item.stock_out is not None or item.below_least is not None]
    rows = [
        [
            item.base,
            item.supply_class.value,
            "–" if item.below_least is None else found.day(item.below_least),
            "–" if item.stock_out is None else found.day(item.stock_out),
        ]
        for item in sorted(out, key=lambda item: (item.stock_out is None, item.stock_out or item.below_least or 0))[:MOST_ROWS]
    ]
    weak = "\n".join(f"- {item.text}" for item in supply.weak_links[:6])
    peak = {name.value: max(tonnes, default=0.0) for name, tonnes in supply.total_demand.items()}
    most = ", ".join(f"{name} {tonnes:,.0f} t" for name, tonnes in sorted(peak.items(), key=lambda item: -item[1]) if tonnes >= 1)
    parts = [f"Demand at its peak, a day: {most}."]
    parts.append(table(["base", "class", "below the least from", "runs out on"], rows) or "No base falls below what policy asks for.")
    return "\n\n".join([*parts, f"What one closure of a fortnight would do:\n\n{weak}" if weak else ""]).strip()


def _costs(supply: SupplyRecord) -> str:
    rows = [[line.category, line.payer, f"{line.usd / 1e6:,.1f}", line.grade.value] for line in supply.costs]
    total = sum(line.usd for line in supply.costs)
    return f"{total / 1e6:,.0f} million US dollars over the horizon.\n\n{table(['category', 'paid by', 'million USD', 'grade'], rows)}"


def _series(found: Told) -> str:
    judgement: JudgementRecord = found.records["assess"]
    parts = []
    for comparison in judgement.comparisons:
        if comparison.series in STRENGTHS:
            continue
        rows = [
            [
                found.day(point.day),
                f"{point.observed:,.4g}" if abs(point.observed) < 1000 else _count(point.observed),
                "" if point.expected is None else _figure(point.expected),
                "" if point.low is None or point.high is None else f"{_figure(point.low)} to {_figure(point.high)}",
                point.fit,
                ", ".join(point.source),
            ]
            for point in comparison.points
        ]
        heads = ["day", "seen", "median of the runs", "90 % band", "fit", "source"]
        parts.append(f"### {comparison.title} ({comparison.unit})\n\n{table(heads, rows)}\n\n{comparison.explanation}")
    modelled = {comparison.series for comparison in judgement.comparisons}
    rest: dict[str, list[list[str]]] = {}
    for item in found.mission.observations.observations:
        if item.measure not in modelled and item.measure not in STRENGTHS:
            rest.setdefault(item.measure, []).append([_days(item.start, item.end), f"{item.value:,.6g}", ", ".join(item.source), item.note])
    titles = {measure.id: f"{measure.title} ({measure.unit})" for measure in found.mission.measures.measures}
    for name, rows in rest.items():
        title = titles.get(name, name)
        if title not in "\n".join(parts):
            parts.append(f"### {title}, not modelled\n\n{table(['days', 'seen', 'source', 'note'], rows)}")
    return "\n\n".join(parts) or "Nothing else was recorded."


def _exits(judgement: JudgementRecord) -> str:
    measures = [[item.title, item.standing, item.text] for item in judgement.measures]
    exits = "\n".join(f"- {item.text}" for item in judgement.exits)
    broken = "\n".join(f"- {item.assumption} {item.text}" for item in judgement.broken)
    parts = [table(["measure", "standing", "in a sentence"], measures)]
    parts.append(f"Exit criteria:\n\n{exits}" if exits else "")
    parts.append(f"Assumptions that what was seen contradicts:\n\n{broken}" if broken else "")
    return "\n\n".join(part for part in parts if part)


def _findings(check: CheckRecord) -> str:
    worst = [item for item in check.findings if item.severity is not Severity.NOTE]
    rows = [[item.severity.value, f"`{item.rule}`", item.message] for item in worst[: 2 * MOST_ROWS]]
    more = f"\n\n{len(worst) - len(rows)} more warnings stand in `casque check`." if len(worst) > len(rows) else ""
    red = [chain for chain in check.chains if chain.state.value == "red"]
    tasks = len(check.chains)
    chain = f"{len(red)} of {tasks} tasks have a broken link." if red else f"No link of the {tasks} tasks is broken."
    return f"{chain}\n\n{table(['severity', 'rule', 'finding'], rows)}{more}"


def _lessons(record: LessonsRecord) -> str:
    rows = [[item.title, " ".join(item.why), item.recommendation] for item in record.applies]
    return table(["lesson", "why it applies", "what to do"], rows) or "None applies."


def _days(first: date, last: date) -> str:
    return str(last) if first == last else f"{first} to {last}"


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _figure(value: float) -> str:
    return _count(value) if abs(value) >= 100 else f"{value:.1f}"
