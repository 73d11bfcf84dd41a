"""Who bears the force: people-months and cost of every contributor, against its economy, its population or an agreed key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from casque.forces.fairness import fairness
from casque.forces.limits import people_months
from casque.forces.points import RATES
from casque.forces.problem import Problem
from casque.mission.vocabulary import Grade
from casque.plan.force_answers import Burden
from casque.reference.load import Reference


def burdens(problem: Problem, taken: Sequence[int], reference: Reference) -> tuple[Burden, ...]:
    """The burden of every contributor and of every member with a unit, the largest share first, against its fair share.

    The fair share is by the measure that the matching uses, of all contributors, those without a unit counted.
    """
    each = sum(reference.value(rate) for rate in RATES)
    told = fairness(problem.units, problem.members, problem.calendar.d_day.year)
    measure, fair, sizes = told.measure, told.fair, told.sizes
    borne = dict.fromkeys(sizes, 0.0)
    for index in taken:
        option = problem.options[index]
        borne[option.member] += people_months(option, problem.units, problem)
    total = sum(borne.values())
    about = reference.value("force.burden-about")
    rows = [
        Burden(
            member=member,
            people_months=months,
            cost=each * months,
            share=months / total if total else 0.0,
            gdp=sizes[member].gdp,
            gdp_share=told.gdp[member],
            population=sizes[member].population,
            population_share=told.population[member],
            key_share=told.key[member],
            year=sizes[member].year,
            grade=sizes[member].grades.get(measure, Grade.JUDGEMENT),
            measure=measure,
            fair=fair[member],
            bears=_bears(months / total if total else 0.0, fair[member], about),
        )
        for member, months in borne.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.share, row.member)))


def _bears(share: float, fair: float | None, about: float) -> Literal["over", "about", "under", "unknown"]:
    """Over and under where the share is more than so many times the fair one, or less than one over that."""
    if fair is None:
        return "unknown"
    if share > fair * about:
        return "over"
    return "under" if share * about < fair else "about"
