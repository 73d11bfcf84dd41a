"""What disruptions do to a closure, as a record: the distribution over the runs, and what each kind of event costs."""

from __future__ import annotations

import numpy as np

from casque.deployment.disruption.dangers import endangered
from casque.deployment.disruption.hazard import KINDS, Kind
from casque.deployment.disruption.outlook import Outcome, Params, mean_days, outlook
from casque.deployment.network import Network
from casque.deployment.schedule.world import Plan
from casque.deployment.translation.clock import day_of
from casque.deployment.translation.translate import Translated
from casque.plan.movement import Disruption, Disturbance
from casque.reference.load import Reference

_WORDS: dict[Kind, tuple[str, str]] = {
    "breakdown": ("breakdown of a vehicle", "breakdowns of vehicles"),
    "weather": ("closure of an airport or seaport by weather", "closures of airports and seaports by weather"),
    "strike": ("strike at a seaport", "strikes at seaports"),
    "overflight": ("end of leave to fly over a country", "ends of leave to fly over a country"),
    "bridge": ("stretch of road or rail cut", "stretches of road or rail cut"),
}


def disrupted(
    translated: Translated, plan: Plan, network: Network, reference: Reference, params: Params | None = None
) -> Disruption | None:
    """The closures of a plan under drawn events; none where nothing moves or no runs are asked for."""
    params = params or Params()
    if params.runs <= 0 or not translated.world.loads or int(plan.arrival.max(initial=-1)) < 0:
        return None
    world, hazards = endangered(translated, network, reference)
    return disruption_of(outlook(world, plan, hazards, params), translated.key.first, params)


def disruption_of(outcomes: tuple[Outcome, ...], first: int, params: Params) -> Disruption:
    """The record of some runs; days count from D-day, on which tick 0 of the world is day `first`."""
    whole = [outcome.whole for outcome in outcomes if outcome.whole.behind == 0]
    closures = sorted(round(day_of(one.closure, first), 2) for one in whole)
    low, median, high = (
        (float(np.quantile(closures, share, method="inverted_cdf")) for share in (0.1, 0.5, 0.9)) if closures else (0.0, 0.0, 0.0)
    )
    kinds = [_disturbance(outcomes, kind, params) for kind in KINDS]
    return Disruption(
        runs=len(outcomes),
        closures=tuple(closures),
        left_behind=len(outcomes) - len(whole),
        low=low,
        median=median,
        high=high,
        kinds=tuple(sorted((one for one in kinds if one.events > 0), key=lambda one: (-one.days, one.kind))),
    )


def _disturbance(outcomes: tuple[Outcome, ...], kind: Kind, params: Params) -> Disturbance:
    events = float(np.mean([outcome.events[kind] for outcome in outcomes]))
    days = mean_days(outcomes, kind, params.longest)
    one, many = _WORDS[kind]
    what = f"{events:.1f} {one if abs(events - 1) < 0.05 else many} in a run on average"
    effect = (
        f"without them it closes {abs(days):.1f} days {'sooner' if days > 0 else 'later'}"
        if abs(days) >= 0.05
        else "the closure does not hang on them"
    )
    return Disturbance(kind=kind, events=round(events, 2), days=round(days, 2), text=f"{what}; {effect}.")
