"""What will probably happen, what breaks first, and what the model does not know."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.plan.outlook import FirstFailure, Sensitivity, Worth
from casque.products.breaking import Kind, kinds
from casque.products.charts import fan, tornado
from casque.products.figures import number, percent
from casque.products.material import Material
from casque.products.proxies import stand_ins, title_of, unit_of

MOST_SENSITIVITIES = 12

CLEARER = {"Mean length of such a closure": "Mean length of a closure of a supply route"}
"""Names of parameters that lean on the one before them, as they read alone."""


@dataclass(frozen=True)
class FanView:
    """One fan with its figures on the last day."""

    title: str
    unit: str
    drawing: Markup
    last: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class OutlookView:
    """The outlook."""

    lead: str
    replications: int
    seed: int
    fans: tuple[FanView, ...]
    failures: tuple[Kind, ...]
    """What breaks by kind, the kind that most often breaks first at the head."""
    tornadoes: tuple[tuple[str, Markup], ...]
    sensitivities: tuple[Sensitivity, ...]
    worth: tuple[Worth, ...]
    unknown: tuple[str, ...]
    steps: tuple[str, ...]


def view(material: Material) -> OutlookView:
    """The outlook section."""
    record = material.outlook
    proxies = stand_ins(material.mission.measures.measures)
    named = [item.model_copy(update={"title": title_of(item, proxies), "unit": unit_of(item, proxies)}) for item in record.fans]
    fans = tuple(
        FanView(
            item.title,
            item.unit,
            fan(item, material.calendar),
            material.calendar.day(item.days[-1]),
            item.p05[-1],
            item.p50[-1],
            item.p95[-1],
        )
        for item in named
        if item.days
    )
    outcomes: dict[str, list[Sensitivity]] = {}
    sensitivities = tuple(
        item.model_copy(update={"parameter": CLEARER.get(item.parameter, item.parameter)}) for item in record.sensitivities
    )
    for item in sensitivities:
        outcomes.setdefault(item.outcome, []).append(item)
    tornadoes = tuple(
        (outcome, tornado(f"What {outcome} hangs on", [(x.parameter, x.correlation) for x in _strongest(items)]))
        for outcome, items in outcomes.items()
    )
    return OutlookView(
        _lead(record.failures, record.replications),
        record.replications,
        record.seed,
        fans,
        kinds(record.failures),
        tornadoes,
        sensitivities,
        record.worth,
        record.unknown,
        record.steps,
    )


def _strongest(items: list[Sensitivity]) -> list[Sensitivity]:
    return sorted(items, key=lambda item: (-abs(item.correlation), item.parameter))[:MOST_SENSITIVITIES]


def _lead(failures: tuple[FirstFailure, ...], replications: int) -> str:
    if not replications:
        return "No run was made, so nothing is said about what will probably happen."
    first = next(iter(kinds(failures)), None)
    if first is None or first.share <= 0:
        return f"In {number(replications)} runs of the plan nothing that is watched for broke within the horizon."
    what = first.what[:1].lower() + first.what[1:] if first.what[1:2].islower() else first.what
    text = f"In {number(replications)} runs of the plan, what breaks first is most often: {what.rstrip('.')} "
    if len(first.members) == 1:
        return f"{text}({percent(first.first)} of the runs)."
    most = f"{first.leading.what.rstrip('.')} (first in {percent(first.leading.first)})"
    return f"{text}({percent(first.first)} of the runs). The most frequent of its {len(first.members)}: {most}."
