"""Record of the stage `sustain`: demand, deliveries, days of supply, weak links, medical reach and cost."""

from __future__ import annotations

from casque.mission.vocabulary import Grade, SupplyClass
from casque.plan.record import Outcome, Record

VITAL = (SupplyClass.WATER, SupplyClass.I, SupplyClass.III, SupplyClass.MEDICAL)
"""Classes that a force cannot do without."""


class BaseSupply(Record):
    """One class of supply at one sector base."""

    base: str
    """Node."""
    sector: str
    """Sector."""
    supply_class: SupplyClass
    """Class."""
    demand: tuple[float, ...]
    """Tonnes a day, by day from D-day."""
    delivered: tuple[float, ...]
    """Tonnes delivered, by day."""
    days_of_supply: tuple[float, ...]
    """Stock over the demand of that day, by day; 0 before there is a demand."""
    below_least: int | None
    """First day on which the stock is below the policy's least, after the first delivery fell due."""
    stock_out: int | None
    """First day on which the demand cannot be met."""


class WeakLink(Record):
    """What happens if one link, port or fleet is lost for a fortnight, found by solving again."""

    resource: str
    """Link, node or fleet that is closed."""
    kind: str
    """`link`, `node` or `fleet`."""
    people: float
    """People at bases that run out of a class they cannot do without."""
    first_out: int | None
    """First day on which a base runs out."""
    base: str
    """Base that suffers first."""
    supply_class: str
    """Class that runs out first."""
    text: str
    """In a sentence."""
    starved: tuple[str, ...] = ()
    """Sectors whose base runs out of a class it cannot do without, soonest first."""
    closed: tuple[int, int] | None = None
    """First and last day of the closure that was tried."""


class MedicalReach(Record):
    """How far surgery is."""

    sector: str
    """Sector."""
    hospital: str
    """Unit that gives damage-control surgery; empty where there is none."""
    hours: float
    """Hours from the farthest named place of the sector by road, or by helicopter where aviation is in place; 0 without a hospital."""
    within_two_hours: bool
    """Whether the two-hour limit of 10-1-2 holds."""
    text: str
    """In a sentence."""


class CostLine(Record):
    """One line of the budget."""

    category: str
    """Category, after the budgets of UN missions."""
    usd: float
    """US dollars over the horizon."""
    working: str
    """The arithmetic, readable."""
    grade: Grade
    """Grade of the rate."""
    source: str
    """Where the rate comes from."""
    payer: str = ""
    """Who pays it, where lead organisations follow each other; empty where nobody changes."""


class SupplyRecord(Record):
    """Whether the force can be kept supplied, and what it costs."""

    bases: tuple[BaseSupply, ...]
    """Every base and class."""
    total_demand: dict[SupplyClass, tuple[float, ...]]
    """Tonnes a day of the whole force by class and day."""
    weak_links: tuple[WeakLink, ...]
    """What breaks it, worst first."""
    medical: tuple[MedicalReach, ...]
    """Medical reach by sector."""
    costs: tuple[CostLine, ...]
    """Budget over the horizon."""
    outcome: Outcome | None = None
    """Shortfall weighted by class and time that the distribution leaves, and the bound; none where there is nothing to distribute."""
