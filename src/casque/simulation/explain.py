"""What the model does not know, in sentences with the figures of this plan."""

from __future__ import annotations

import numpy as np

from casque.mission.vocabulary import Grade
from casque.plan.record import DAYS_PER_MONTH
from casque.reference.load import Reference
from casque.simulation.draws import Parameter
from casque.simulation.problem import Problem
from casque.simulation.world import UNLIMITED, Results

_YEAR = 12 * DAYS_PER_MONTH


def unknown(problem: Problem, reference: Reference, results: Results, waiting: int) -> tuple[str, ...]:
    """What a reader must bear in mind; `waiting` counts the units that the movement plan left out."""
    factors = [reference.factor(parameter.factor) for parameter in Parameter]
    judged = sum(factor.grade is Grade.JUDGEMENT for factor in factors)
    effect = reference.factor(Parameter.PRESENCE_EFFECT.factor)
    texts = [
        f"How much presence calms is disputed: published effects differ by a factor of {effect.high / max(effect.low, 1e-9):.0f} and rest "
        "on missions in Africa; the model draws the strength anew in every run and does not settle the question.",
        f"{judged} of its {len(factors)} parameters are judgement. One set serves all missions and nothing observed in this mission is "
        "read, but whoever chose the figures knew the record of past missions: agreement with a past mission is no proof of the model.",
        "The stated incident rates are estimates of what would happen without a force; the runs halve or double them. Who does "
        "what to whom, and what a party decides for reasons of its own, is outside the model.",
        "An incident is any serious one of the kind that the actors' rates count; their severity is not modelled.",
        "New displacement, politics, elections, the economy and the quality of command are not modelled; nor is help from one "
        "sector to another, so that caveats on crossing sectors or on crowds cost more in a crisis than these runs show.",
    ]
    stated = problem.world.rates.sum(axis=0)
    if stated.sum() <= 0:
        texts.append(
            "No actor has a stated incident rate, so the model expects no incidents at all; that is a gap in the folder, not a forecast."
        )
    elif len(problem.sectors) > 1:
        middle = np.median(results.incidents.sum(axis=2), axis=0)
        worst = int(np.argmax(middle))
        texts.append(
            f"The worst sector by incidents is {problem.sectors[worst][1]}, {middle[worst]:.0f} of about {middle.sum():.0f} in the median "
            f"runs; its stated rate is {stated[worst]:.1f} a week."
        )
    if problem.units:
        texts.append(_deaths(reference, results))
    else:
        texts.append("No unit has a place and a way to get there, so the outlook is that of the area without a force.")
    if waiting:
        texts.append(f"{waiting} assigned units are left out because the movement plan cannot bring them to a sector of the area.")
    if (problem.world.cover["supply"] >= UNLIMITED).all():
        texts.append("No days of supply were worked out, so supply limits the force only where its routes close for long.")
    if problem.world.host_consents <= 0 and not len(problem.world.expiries):
        texts.append("No mandate expires within the horizon and no host consent is recorded, so the model cannot let the mandate end.")
    return tuple(texts)


def _deaths(reference: Reference, results: Results) -> str:
    years = results.strength.sum(axis=1) / _YEAR
    dead = results.weeks["losses"][:, -1]
    rate = float(np.median(1000.0 * dead / np.maximum(years, 1e-9)))
    other, consented, hostile = (
        reference.value(parameter.factor) for parameter in (Parameter.LOSSES_OTHER, Parameter.LOSSES_CONSENTED, Parameter.LOSSES_HOSTILE)
    )
    return (
        f"In the median runs {np.median(dead):.0f} peacekeepers die, {rate:.1f} for each thousand person-years. Of these illness and "
        f"accident take about {other:g} wherever a force serves; malicious acts take from {consented:g} where all parties consent to "
        f"{hostile:g} where none does, so that this part rests on the stated consent."
    )
