"""Days of supply at every base, what breaks them, how far surgery is, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.mission.vocabulary import SupplyClass
from casque.plan.supply import BaseSupply, CostLine, MedicalReach, WeakLink
from casque.products.breaking import kinds
from casque.products.budget import labels
from casque.products.charts import Curve, by_day, curves, strip
from casque.products.figures import count, money, percent
from casque.products.material import Material

CLASS_NAMES = {
    SupplyClass.I: "I rations",
    SupplyClass.WATER: "water",
    SupplyClass.II: "II scaled items",
    SupplyClass.III: "III fuel",
    SupplyClass.IV: "IV construction",
    SupplyClass.V: "V ammunition",
    SupplyClass.MEDICAL: "medical stores",
}


@dataclass(frozen=True)
class ClassRow:
    """One class at one base."""

    name: str
    strip: Markup
    fewest: float | None
    least: float
    target: float
    word: str
    state: str


@dataclass(frozen=True)
class BaseRow:
    """One base."""

    name: str
    sector: str
    classes: tuple[ClassRow, ...]


@dataclass(frozen=True)
class SupplyView:
    """Supply."""

    lead: str
    demand: Markup | None
    bases: tuple[BaseRow, ...]
    last_day: str
    weak_links: tuple[tuple[str, WeakLink], ...]
    """Those that starve somebody, with their names."""
    harmless: tuple[str, ...]
    """Names of those that starve nobody."""
    medical: tuple[tuple[str, MedicalReach, str], ...]
    costs: tuple[tuple[str, CostLine, float], ...]
    """What it is, line and share."""
    total: str


def view(material: Material) -> SupplyView:
    """The supply section."""
    record, names = material.supply, material.names
    policies = {item.supply_class: (float(item.target), float(item.least)) for item in material.mission.supply.policies}
    bases: dict[str, list[BaseSupply]] = {}
    for item in record.bases:
        bases.setdefault(item.base, []).append(item)
    days = max((len(item.demand) for item in record.bases), default=1) - 1
    total = sum(line.usd for line in record.costs)
    named = {item.resource: names.of(item.kind, item.resource) for item in record.weak_links}
    return SupplyView(
        _lead(material),
        _demand(material),
        tuple(
            BaseRow(names.of("node", base), names.sector(items[0].sector), tuple(_class(material, item, policies) for item in items))
            for base, items in bases.items()
        ),
        material.calendar.day(days),
        tuple((named[item.resource], item) for item in record.weak_links if item.people > 0),
        tuple(named[item.resource] for item in record.weak_links if item.people <= 0),
        tuple((names.sector(item.sector), item, names.of("unit", item.hospital)) for item in record.medical),
        tuple((label, line, line.usd / total if total else 0.0) for label, line in zip(labels(record.costs), record.costs, strict=True)),
        money(total),
    )


def _class(material: Material, item: BaseSupply, policies: dict[SupplyClass, tuple[float, float]]) -> ClassRow:
    target, least = policies.get(item.supply_class, (0.0, 0.0))
    held = [value for value, wanted in zip(item.days_of_supply, item.demand, strict=False) if wanted > 0]
    if item.stock_out is not None:
        word, state = f"out {material.calendar.day(item.stock_out)}", "bad"
    elif item.below_least is not None:
        word, state = f"below least {material.calendar.day(item.below_least)}", "fair"
    else:
        word, state = ("holds" if held else "no demand"), "good"
    name = CLASS_NAMES[item.supply_class]
    title = f"{name} at {material.names.of('node', item.base)}: {word}"
    return ClassRow(
        name, strip(title, item.days_of_supply, item.demand, target, least), min(held, default=None), least, target, word, state
    )


def _lead(material: Material) -> str:
    record, calendar = material.supply, material.calendar
    if not record.bases:
        return "No base draws supply, so there is nothing to keep up."
    out = sorted((item for item in record.bases if item.stock_out is not None), key=lambda item: (item.stock_out or 0, item.base))
    low = [item for item in record.bases if item.below_least is not None]
    cost = money(sum(line.usd for line in record.costs)) if record.costs else ""
    price = f" The mission costs {cost} over the horizon." if cost else ""
    if out:
        first = out[0]
        name = CLASS_NAMES[first.supply_class]
        base = material.names.of("node", first.base)
        bases = len({item.base for item in out})
        where = f"class {name} runs out first, at {base} on {calendar.day(first.stock_out)}; {count(bases, 'base')} run short"
        return f"The force cannot be kept supplied everywhere: {where}.{price}"
    if low:
        return (
            f"Nothing runs out, but {count(len(low), 'stock')} of {len(record.bases)} fall below the least that the policy allows.{price}"
        )
    return f"Every base keeps at least the least days of supply that the policy asks for.{_nevertheless(material)}{price}"


def _nevertheless(material: Material) -> str:
    """Why the runs see shortages where the plan sees none."""
    found = next((kind for kind in kinds(material.outlook.failures) if kind.name == "supply"), None)
    if found is None or found.share <= 0:
        return ""
    return (
        f" The runs of the simulation still see a base fall below it, one base alone in up to {percent(found.share)} of them, because they "
        "close supply routes at random, which this plan does not foresee."
    )


def _demand(material: Material) -> Markup | None:
    demand = material.supply.total_demand
    shown = [(item, demand[item]) for item in SupplyClass if item in demand and max(demand[item], default=0.0) > 0]
    if not shown:
        return None
    total = [sum(values[day] for _, values in shown if day < len(values)) for day in range(max(len(values) for _, values in shown))]
    heaviest = sorted(shown, key=lambda pair: -sum(pair[1]))[:2]
    lines = [Curve("all classes", "main", by_day(total))]
    lines += [Curve(CLASS_NAMES[item], kind, by_day(values)) for (item, values), kind in zip(heaviest, ("second", "third"), strict=False)]
    return curves("Demand of the whole force by day", lines, material.calendar, "tonnes a day", size=(960, 240))


def heaviest(material: Material) -> tuple[str, ...]:
    """The two heaviest classes, in the order of the demand chart's lines."""
    demand = material.supply.total_demand
    shown = [item for item in SupplyClass if item in demand and max(demand[item], default=0.0) > 0]
    return tuple(CLASS_NAMES[item] for item in sorted(shown, key=lambda item: -sum(demand[item]))[:2])
