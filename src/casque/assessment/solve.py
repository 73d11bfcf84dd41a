"""The stage `assess`: whether it is working, which planning assumption has failed, and planned against happened."""

from __future__ import annotations

from dataclasses import dataclass

from casque.assessment.comparison import inside, mean_difference, pairs
from casque.assessment.consequence import broken, exits
from casque.assessment.explanation import explain
from casque.assessment.progress import follow, judgement
from casque.mission.mission import Mission
from casque.plan.judgement import Comparison, JudgementRecord
from casque.plan.movement import MovementRecord
from casque.plan.outlook import OutlookRecord
from casque.reference.load import Reference


@dataclass(frozen=True)
class Params:
    """What steers the stage: nothing but the planning factors `assessment.*`."""


def solve(mission: Mission, reference: Reference, movement: MovementRecord, outlook: OutlookRecord, params: Params) -> JudgementRecord:  # noqa: ARG001
    """Judge every measure, name the assumptions that broke and the exit criteria met, and hold the plan against what happened.

    Reads about, alliance, forces, measures and observations. A mission without observations gives measures that are not observed.
    """
    margin, agreement = reference.value("assessment.about-margin"), reference.value("assessment.agreement")
    progresses = [follow(mission, reference, measure) for measure in mission.measures.measures]
    compared = pairs(mission, movement, outlook, margin)
    return JudgementRecord(
        measures=tuple(judgement(progress, margin) for progress in progresses),
        broken=broken(progresses),
        exits=exits(progresses),
        comparisons=tuple(
            Comparison(
                series=pair.series,
                title=pair.title,
                unit=pair.unit,
                points=pair.points,
                inside=inside(pair),
                mean_difference=mean_difference(pair),
                scheduled_difference=mean_difference(pair, "scheduled"),
                expected_difference=mean_difference(pair, "expected"),
                explanation=explain(mission, movement, pair, compared, agreement),
            )
            for pair in compared
        ),
    )
