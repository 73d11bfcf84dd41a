"""What binds several elements together: money, the share and the ceiling of a nation, and fairness of the burden."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from casque.forces.elements import LEVELS, Excess, Limit, Option, Unit
from casque.forces.fairness import fairness
from casque.forces.ground import Ground
from casque.forces.points import RATES
from casque.forces.tours import days_of, people_days
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference

BURDEN = LEVELS.index("burden")
COHESION = LEVELS.index("cohesion")


def limits(options: Sequence[Option], units: Sequence[Unit], ground: Ground, reference: Reference) -> tuple[Limit, ...]:
    """Every hard limit that some set of columns could break."""
    found: list[Limit] = []
    if ground.budget is not None:
        each = sum(reference.value(rate) for rate in RATES)
        amounts = tuple(ceil(people_months(option, units, ground) * each - 1e-6) for option in options)
        found.append(Limit("the budget for people", "budget", tuple(range(len(options))), amounts, floor(ground.budget + 1e-6)))
    for member in ground.members.values():
        own = [index for index, option in enumerate(options) if option.member == member.id]
        if not own:
            continue
        if member.share_at_most is not None:
            # In people-days, which are whole numbers for whole people.
            amounts = tuple(ceil(people_months(options[index], units, ground) * DAYS_PER_MONTH - 1e-6) for index in own)
            most = floor(member.share_at_most * asked(ground) * DAYS_PER_MONTH + 1e-6)
            found.append(Limit(f"the share of {member.name}", "share", tuple(own), amounts, most))
        if member.people_at_most is not None:
            most = floor(member.people_at_most + 1e-6)
            found += _at_once(f"the ceiling of {member.name}", own, options, units, ground, most)
    return tuple(row for row in found if _can_break(row, options))


def _at_once(name: str, own: list[int], options: Sequence[Option], units: Sequence[Unit], ground: Ground, most: int) -> list[Limit]:
    """One limit for each day on which somebody of a nation arrives: the number there is highest on one of those days."""
    days = {index: days_of(options[index].tours, ground.calendar) for index in own}
    arrivals = sorted({min(there) for there in days.values() if there} | {first for index in own for first, _ in options[index].tours})
    found: dict[tuple[int, ...], Limit] = {}
    for day in arrivals:
        there = tuple(index for index in own if day in days[index])
        if there:
            amounts = tuple(ceil(units[options[index].unit].strength - 1e-6) for index in there)
            found.setdefault(there, Limit(f"{name}, from D{day:+d}", "people at once", there, amounts, most))
    # A set of units that stands within a larger one is limited with it.
    sets = [frozenset(there) for there in found]
    return [row for there, row in found.items() if not any(frozenset(there) < other for other in sets)]


def _can_break(row: Limit, options: Sequence[Option]) -> bool:
    heaviest: dict[int, int] = {}
    for index, amount in zip(row.options, row.amounts, strict=True):
        unit = options[index].unit
        heaviest[unit] = max(heaviest.get(unit, 0), amount)
    return sum(heaviest.values()) > row.most


def people_months(option: Option, units: Sequence[Unit], ground: Ground) -> float:
    """People-months of a column up to the horizon, quality not counted, those of an overlap counted for both units."""
    return units[option.unit].strength * people_days(option.tours, ground.calendar) / DAYS_PER_MONTH


def asked(ground: Ground) -> int:
    """People-months that the requirement asks for."""
    return sum(sum(months) for months in ground.demand)


def excesses(options: Sequence[Option], units: Sequence[Unit], ground: Ground) -> tuple[Excess, ...]:
    """Every soft limit: the fair share of each nation, nations left out, and sectors without the nation that leads them."""
    prices = ground.preferences
    own: dict[str, list[int]] = {}
    for index, option in enumerate(options):
        own.setdefault(option.member, []).append(index)
    total = min(asked(ground), ceil(_pledged(options, units, ground)))
    fair = fairness(units, ground.members, ground.calendar.d_day.year).fair
    # What is placed can be shared only among those who have something to place.
    whole = sum(fair.get(member) or 0.0 for member in own)
    found: list[Excess] = []
    for member, indices in own.items():
        amounts = tuple(round(people_months(options[index], units, ground)) for index in indices)
        # A member without a part in an agreed key has no fair share: all that it bears is beyond it.
        beyond = floor(total * (fair.get(member) or 0.0) / whole + 1e-6) if whole else 0
        found.append(Excess(f"the burden of {member}", BURDEN, tuple(indices), amounts, beyond, 1))
        found.append(Excess(f"{member} left out", BURDEN, tuple(indices), (-1,) * len(indices), -1, prices.left_out))
    for sector in ground.sectors.values():
        leading = [index for index in own.get(sector.lead, []) if ground.pools[options[index].pool].sector == sector.id]
        if leading:
            name = f"{sector.lead} absent from {sector.id}"
            found.append(Excess(name, COHESION, tuple(leading), (-1,) * len(leading), -1, prices.lead_absent))
    return tuple(found)


def _pledged(options: Sequence[Option], units: Sequence[Unit], ground: Ground) -> float:
    """People-months of the elements that can serve, each for as long as it ever could, whichever of its columns were kept."""
    able = sorted({option.unit for option in options})
    return sum(
        unit.strength * max(people_days(item.tours_by_day, ground.calendar) for item in (unit.presence, *unit.schedules)) / DAYS_PER_MONTH
        for unit in (units[index] for index in able)
    )
