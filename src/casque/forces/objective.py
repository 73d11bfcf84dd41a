"""What the integer program is after: first the weighted fill, then, without giving up any of it, cohesion, then fairness."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from casque.forces.problem import Problem
from casque.forces.variables import Variables
from casque.mission.vocabulary import PledgeStatus


@dataclass(frozen=True)
class Preferences:
    """Prices of the second stage, in whole points; the fill is settled before any of them counts."""

    contingent: int = 100
    """A nation in a sector."""
    language: int = 40
    """A nation that shares no working language with the nation that leads the sector."""
    signals: int = 40
    """A nation with another family of radio and data standards than the lead nation's."""
    equipment: int = 20
    """A nation with another family of ammunition, fuel couplings and spares than the lead nation's."""
    lead_elsewhere: int = 30
    """A unit of a nation that leads a sector, placed in another sector."""
    left_out: int = 10
    """A nation with a usable pledge none of whose units has a place."""
    offered_only: int = 2
    """A unit that is offered but neither committed nor confirmed."""
    unit: int = 1
    """Any unit placed, so that a unit which fills nothing stays at home."""


def weighted_fill(problem: Problem, variables: Variables, sector: str | None = None) -> Any:
    """Weighted people-months filled, in tenths, as a linear expression; of one sector, or of all."""
    terms, factors = [], []
    for block, flow in zip(variables.blocks, variables.flows, strict=True):
        if sector is not None and problem.pools[block.pool].sector != sector:
            continue
        for (_, wanted), people in flow.items():
            terms.append(people)
            factors.append(block.months * block.groups[wanted].weight)
    return cp_model.LinearExpr.weighted_sum(terms, factors)


def friction(model: cp_model.CpModel, problem: Problem, variables: Variables, prices: Preferences) -> Any:
    """Points against a plan with the same fill, as a linear expression; adds the variables for nations left out."""
    terms: list[Any] = []
    factors: list[int] = []
    for (member, sector), stands in variables.stands.items():
        terms.append(stands)
        factors.append(contingent_price(member, sector, problem, prices))
    leads = {sector.lead: sector.id for sector in problem.sectors.values()}
    by_member: dict[str, list[Any]] = defaultdict(list)
    for index, option in enumerate(problem.options):
        takes = variables.takes[index]
        by_member[option.member].append(takes)
        elsewhere = leads.get(option.member, problem.sector_of(index)) != problem.sector_of(index)
        offered = problem.units[option.unit].pledge.status is PledgeStatus.OFFERED
        terms.append(takes)
        factors.append(prices.unit + elsewhere * prices.lead_elsewhere + offered * prices.offered_only)
    for member, takes in by_member.items():
        left_out = model.new_bool_var(f"left out {member}")
        model.add_bool_or([*takes, left_out])
        terms.append(left_out)
        factors.append(prices.left_out)
    return cp_model.LinearExpr.weighted_sum(terms, factors)


def contingent_price(member: str, sector: str, problem: Problem, prices: Preferences) -> int:
    """Points against a nation in a sector; nothing but the bare contingent where the mission does not know one of the two."""
    guest = problem.members.get(member)
    host = problem.members.get(problem.sectors[sector].lead) if sector in problem.sectors else None
    if guest is None or host is None or guest.id == host.id:
        return prices.contingent
    strange = guest.languages and host.languages and not any(language in host.languages for language in guest.languages)
    return (
        prices.contingent
        + prices.language * bool(strange)
        + prices.signals * (guest.signals_standard != host.signals_standard)
        + prices.equipment * (guest.equipment_standard != host.equipment_standard)
    )
