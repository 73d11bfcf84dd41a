"""Every record as short tables for a terminal of a hundred columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casque.plan.engagement import EngagementRecord
from casque.plan.findings import CheckRecord
from casque.plan.force import ForceRecord
from casque.plan.judgement import JudgementRecord
from casque.plan.lesson import LessonsRecord
from casque.plan.movement import Disruption, MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.plan.product import ProductRecord
from casque.plan.record import Outcome, Record
from casque.plan.requirement import RequirementRecord
from casque.plan.supply import SupplyRecord
from casque.products.breaking import Kind, kinds
from casque.products.budget import labels as budget_labels
from casque.products.figures import d_plus, days, money, number, percent, signed
from casque.products.svg import shortened
from casque.products.wording import tidy

MOST = 40
"""Rows that a table shows at most; the last one says how many are left."""


@dataclass(frozen=True)
class Table:
    """A table of words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(record: Record) -> list[Table]:
    """Tables of a record of any stage, empty ones left out."""
    made = next((make(record) for kind, make in _MAKERS if isinstance(record, kind)), [])
    return [table for table in made if table.rows] or made[:1]


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], most: int = MOST) -> Table:
    # Terminals break at plain blanks only where a blank is plain.
    made = [tuple(tidy(cell).replace("\u00a0", " ") for cell in row) for row in rows]
    left = len(made) - most
    if left > 0:
        made = [*made[:most], (f"… {left} more", *("" for _ in columns[1:]))]
    return Table(title, tuple(columns), tuple(made))


def _day(day: float | None) -> str:
    return "–" if day is None else d_plus(day)


def _outcome(title: str, outcome: Outcome, unit: str) -> Table:
    row = (outcome.status, f"{number(outcome.value)} {unit}", f"{number(outcome.bound)} {unit}", percent(outcome.gap))
    return _table(title, ("status", "value", "bound", "gap"), [row])


def _check(record: CheckRecord) -> list[Table]:
    links = [link.name for link in record.chains[0].links] if record.chains else []
    return [
        _table(
            "Chain of every task",
            ("task", "priority", *links),
            [(c.task, str(c.priority), *(x.state.value for x in c.links)) for c in record.chains],
        ),
        _table(
            "Findings",
            ("severity", "rule", "subject", "message"),
            [(f.severity.value, f.rule, f.subject, shortened(f.message, 160)) for f in record.findings],
        ),
        _table(
            "Cheapest set of changes",
            ("change", "days", "weight"),
            [(c.text, number(c.days), number(c.weight)) for c in record.fix_set.changes],
        ),
    ]


def _requirement(record: RequirementRecord) -> list[Table]:
    totals: dict[tuple[str, str], list[float]] = {}
    for line in record.lines:
        total = totals.setdefault((line.sector, line.capability.value), [0.0, 0.0, 0.0])
        for place, value in enumerate((line.low, line.likely, line.high)):
            total[place] += value
    return [
        _table(
            "Requirement in people",
            ("sector", "capability", "low", "likely", "high"),
            [(*key, *map(number, total)) for key, total in sorted(totals.items())],
        ),
        _table(
            "Rules of thumb",
            ("rule", "low", "likely", "high", "grade"),
            [(b.name, number(b.low), number(b.likely), number(b.high), b.grade.value) for b in record.bands],
        ),
    ]


def _force(record: ForceRecord) -> list[Table]:
    months = [
        (str(month), percent(fill), number(people))
        for month, (fill, people) in enumerate(zip(record.weighted_fill, record.strength_by_month, strict=False))
    ]
    return [
        _outcome("Force", record.outcome, "weighted people-months"),
        _table("By month", ("month", "weighted fill", "people"), months),
        _table(
            "Shortfalls",
            ("sector", "capability", "people-months", "worst month", "reason"),
            [(s.sector, s.capability.value, number(s.people_months), str(s.worst_month), s.reason) for s in record.shortfalls],
        ),
        _table(
            "Next best pledges",
            ("unit type", "sector", "by", "points"),
            [(p.unit_type, p.sector, d_plus(p.by), number(p.gain)) for p in record.next_pledges],
        ),
        _table(
            "Pivotal members",
            ("member", "people", "points lost", "loses most"),
            [(p.member, number(p.strength), number(p.loss), p.loses_most) for p in record.pivotal],
        ),
        _table("Units without a place", ("unit", "reason"), [(i.unit, i.reason) for i in record.idle]),
    ]


def _movement(record: MovementRecord) -> list[Table]:
    rows = sorted(record.in_place, key=lambda item: (item.day, item.unit))
    return [
        _outcome("Closure", record.closure, "days"),
        _outcome("Lateness", record.lateness, "weighted days"),
        _table(
            "What holds the closure",
            ("capacity", "one more", "days sooner"),
            [(b.resource, b.more, days(b.days)) for b in record.bottlenecks],
        ),
        _table(
            "Units in place",
            ("unit", "sector", "people", "in place", "alone", "late"),
            [
                (i.unit, i.sector, number(i.strength), d_plus(i.day), d_plus(i.earliest), f"{days(i.late)} d" if i.late else "")
                for i in rows
            ],
        ),
        _table("Units that cannot be moved", ("unit", "reason"), [(u.unit, u.reason) for u in record.unmoved]),
        *(_disruption(record.disruption) if record.disruption is not None else ()),
    ]


def _disruption(found: Disruption) -> list[Table]:
    behind = f"{found.left_behind} of {found.runs}"
    closures = (_day(found.low), _day(found.median), _day(found.high)) if found.closures else (_day(None),) * 3
    return [
        _table(
            "Closure under disruptions: by which day so many of the runs close",
            ("one in ten", "half", "nine in ten", "runs that leave something behind"),
            [(*closures, behind)],
        ),
        _table("What disruptions cost", ("kind", "a run", "days later"), [(k.kind, number(k.events), days(k.days)) for k in found.kinds]),
    ]


def _engagement(record: EngagementRecord) -> list[Table]:
    return [
        _table(
            "Usable force",
            ("task", "sector", "assigned", "permitted", "needs word", "prohibited"),
            [
                (u.task, u.sector, number(u.assigned), number(u.permitted), number(u.needs_word), number(u.prohibited))
                for u in record.usable
            ],
        ),
        _table(
            "Caveats by cost",
            ("caveat", "member", "people", "hours"),
            [(c.caveat, c.member, number(c.people), number(c.hours)) for c in record.caveat_costs],
        ),
        _table(
            "Coherence of the rules",
            ("what", "about", "why"),
            [(i.kind, ", ".join(i.subjects[:6]), i.why) for i in record.incoherences],
        ),
        _table(
            "Decisions",
            ("unit", "task", "rule", "answer", "on word of"),
            [(d.unit, d.task, d.rule, d.answer, d.on_word_of) for d in record.decisions],
        ),
        _table(
            "Places by hours to a usable company",
            ("place", "sector", "hours", "no caveats", "no strings"),
            [
                (p.place, p.sector, *map(_hours, (p.hours, p.without_caveats, p.free)))
                for p in (record.reach.places if record.reach else ())
            ],
        ),
        _table(
            "Force protection",
            ("sector", "contingent", "days", "threat", "held", "asked", "stands", "on guard"),
            [
                (p.sector, p.member, f"{d_plus(p.first)} to {d_plus(p.last)}", p.threat, p.held, p.asked, p.standing, number(p.guards))
                for p in record.protection
            ],
        ),
    ]


def _hours(value: float | None) -> str:
    return "never" if value is None else number(value)


def _supply(record: SupplyRecord) -> list[Table]:
    total = sum(line.usd for line in record.costs)
    named = zip(budget_labels(record.costs), record.costs, strict=True)
    return [
        _table(
            "Days of supply",
            ("base", "class", "fewest d", "below least", "runs out"),
            [
                (b.base, b.supply_class.value, _fewest(b.days_of_supply, b.demand), _day(b.below_least), _day(b.stock_out))
                for b in record.bases
            ],
        ),
        _table(
            "Weak links",
            ("lost for a fortnight", "people", "first out", "class"),
            [(w.resource, number(w.people), _day(w.first_out), w.supply_class) for w in record.weak_links],
        ),
        _table(
            "Medical reach",
            ("sector", "hospital", "hours", "in two hours"),
            [(m.sector, m.hospital or "none", number(m.hours), "yes" if m.within_two_hours else "no") for m in record.medical],
        ),
        _table(
            "Budget",
            ("category", "million USD", "grade"),
            [*((label, _millions(c.usd), c.grade.value) for label, c in named), ("total", _millions(total), "")],
        ),
    ]


def _millions(usd: float) -> str:
    return money(usd).partition("\u00a0million")[0]


def _fewest(days: Sequence[float], demand: Sequence[float]) -> str:
    held = [value for value, wanted in zip(days, demand, strict=False) if wanted > 0]
    return number(min(held)) if held else "–"


def _failures(kind: Kind) -> list[tuple[str, ...]]:
    """The rows of a kind: its share that breaks first, then its members."""
    head: list[tuple[str, ...]] = []
    if len(kind.members) > 1:
        head.append((f"{kind.what}, {len(kind.members)} in all", "", percent(kind.first), ""))
    indent = "  " if head else ""
    return [*head, *((indent + f.what, percent(f.share), percent(f.first), _day(f.median)) for f in kind.members)]


def _apart(difference: float | None) -> str:
    """How far the plan lies from what was seen on average."""
    return "–" if difference is None else f"{percent(abs(difference))} {'above' if difference >= 0 else 'below'}"


def _outlook(record: OutlookRecord) -> list[Table]:
    return [
        _table(
            "What breaks",
            ("what", "share", "first", "median day"),
            [row for kind in kinds(record.failures) for row in _failures(kind)],
        ),
        _table(
            "On the last day",
            ("series", "5 %", "median", "95 %", "unit"),
            [(f.series, number(f.p05[-1]), number(f.p50[-1]), number(f.p95[-1]), f.unit) for f in record.fans if f.days],
        ),
        _table(
            "Sensitivities",
            ("parameter", "outcome", "correlation"),
            [(s.parameter, s.outcome, f"{s.correlation:+.2f}") for s in record.sensitivities],
        ),
        _table(
            "What changes are worth",
            ("change", "outcome", "median", "low", "high"),
            [(w.change, w.outcome, signed(w.median), signed(w.low), signed(w.high)) for w in record.worth],
        ),
    ]


def _judgement(record: JudgementRecord) -> list[Table]:
    return [
        _table(
            "Measures",
            ("measure", "standing", "latest", "target", "day"),
            [(m.measure, m.standing, number(m.latest), number(m.target), _day(m.day)) for m in record.measures],
        ),
        _table(
            "Planned against happened",
            ("series", "points", "strictly inside", "scheduled", "expected"),
            [
                (c.series, str(len(c.points)), percent(c.inside), _apart(c.scheduled_difference), _apart(c.expected_difference))
                for c in record.comparisons
            ],
        ),
        _table("Broken assumptions", ("measure", "assumption", "seen"), [(b.measure, b.assumption, b.text) for b in record.broken]),
        _table(
            "Exit criteria",
            ("measure", "met", "text"),
            [(e.measure, "not observed" if e.met is None else "yes" if e.met else "no", e.text) for e in record.exits],
        ),
    ]


def _lessons(record: LessonsRecord) -> list[Table]:
    return [
        _table("Lessons that apply", ("lesson", "mission", "why"), [(a.title, a.mission, " ".join(a.why[:2])) for a in record.applies]),
        _table(
            "Proposed factors",
            ("factor", "now", "proposed", "unit", "lesson"),
            [(p.factor, number(p.now), number(p.proposed), p.unit, p.lesson) for p in record.proposals],
        ),
    ]


def _products(record: ProductRecord) -> list[Table]:
    return [_table("Documents", ("path", "title", "sha256"), [(p.path, p.title, p.sha256[:12]) for p in record.products])]


_MAKERS: tuple[tuple[type[Record], Callable[[Any], list[Table]]], ...] = (
    (CheckRecord, _check),
    (RequirementRecord, _requirement),
    (ForceRecord, _force),
    (MovementRecord, _movement),
    (EngagementRecord, _engagement),
    (SupplyRecord, _supply),
    (OutlookRecord, _outlook),
    (JudgementRecord, _judgement),
    (LessonsRecord, _lessons),
    (ProductRecord, _products),
)
