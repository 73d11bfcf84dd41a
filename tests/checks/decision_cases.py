"""Cases of the rules on degrees of authority, votes, the end of sources of supply, and standards at re-hatting."""

from __future__ import annotations

from casque.mission.agreements import Agreement
from casque.mission.alliance import CommandPost, Organisation
from casque.mission.mission import Mission
from casque.mission.supply import Contract, TruckFleet
from casque.mission.vocabulary import (
    AgreementKind,
    AgreementStatus,
    Authority,
    DecisionRule,
    OrganisationKind,
    SupplyClass,
)
from casque.mission.votes import Vote
from tests.checks.cases import Edit, add, both, change, day, drop, items, put
from tests.checks.further_cases import DONOR, REHATTING


def votes(*cast: Vote) -> Edit:
    """An edit that records votes on the example's resolution."""
    return change("instruments", "resolution-9999", votes=cast)


def vote(favour: int, against: int = 0, **more: object) -> Vote:
    """A vote of the Council."""
    return Vote.model_validate({"organisation": "un", "in_favour": favour, "against": against, **more})


def decides(rule: DecisionRule, **more: object) -> Edit:
    """An edit of how the example's organisation decides."""
    return change("organisations", "un", decides_by=rule, **more)


def fleet(name: str, owner: str, **more: object) -> Edit:
    """An edit that adds ten trucks."""
    facts = {"number": 10, "payload": "8 t", "daily_distance": "160 km/d", "availability": 0.6, "from_day": day(5)}
    return add("trucks", TruckFleet.model_validate({"id": name, "owner": owner, **facts, **more}))


WATER = Contract(id="wells", provider="Wells", supply_class=SupplyClass.WATER, share=1.0, from_day=day(121))
SIDE_POST = CommandPost(id="side-hq", name="Side headquarters", level="theatre", authority=Authority.OPCON)


def memoranda(first: tuple[str, ...], later: tuple[str, ...]) -> Edit:
    """An edit after which one memorandum binds some contributors from the start, and another some from D+90 on."""

    def apply(mission: Mission) -> Mission:
        old = next(item for item in items(mission, "agreements") if item.id == "mou")
        new = old.model_copy(update={"id": "later", "in_force": day(90), "parties": (*later, "un")})
        return add("agreements", new)(change("agreements", "mou", parties=(*first, "un"))(mission))

    return apply


TOA_CAROLIA = Agreement(
    id="toa-carolia",
    title="Transfer of authority of Carolia",
    kind=AgreementKind.TRANSFER_OF_AUTHORITY,
    parties=("carolia", "un"),
    members=("carolia",),
    authority=Authority.OPCOM,
    to_post="force-hq",
    in_force=day(0),
)
HANDOVER = both(add("organisations", DONOR), add("rehattings", REHATTING))
COUNCIL_OF_SEVEN = Organisation(
    id="seven", name="Council of Seven", kind=OrganisationKind.REGIONAL, decides_by=DecisionRule.MAJORITY, seats=7
)
ONE_PATROL = both(
    change("tasks", "public-order", sectors=("north", "south")),
    drop("pledges", "alf-inf", "alf-mech", "bra-inf"),
)

DECISION_BREAKS: dict[str, Edit] = {
    "authority-not-delegable": both(
        change("agreements", "toa", authority=Authority.TACON), change("posts", "force-hq", authority=Authority.TACON)
    ),
    "crossing-without-common-post": both(
        add("posts", SIDE_POST), change("posts", "south-hq", superior="side-hq"), change("tasks", "secure-area", crosses_sectors=True)
    ),
    "unit-split-over-sectors": ONE_PATROL,
    "task-beyond-transfer": change("agreements", "toa", tasks=("separate-parties",)),
    "full-command-transferred": change("agreements", "toa", authority=Authority.FULLCOM),
    "national-supply-counted": both(drop("agreements", "mou"), fleet("alfaland-trucks", "alfaland")),
    "vote-not-carried": votes(vote(14, 1, against_by=("fra",))),
    "vote-miscounted": votes(vote(15, 0, abstaining_by=("chn",))),
    "renewal-hangs-on-one": change("instruments", "resolution-9999", expires=day(120)),
    "supply-source-ends": change("entries", "*", until=day(120)),
    "rehatting-below-standard": both(HANDOVER, change("rehattings", "to-un", below_standard=("alf-inf",))),
    "rehatting-old-supply": both(HANDOVER, fleet("donor-trucks", "donor")),
}
"""For every rule an edit after which it has a finding."""

DECISION_SOUND: dict[str, tuple[str, Edit]] = {
    "the nations transfer to the post itself": ("authority-not-delegable", change("posts", "force-hq", authority=Authority.TACON)),
    "nobody crosses": (
        "crossing-without-common-post",
        both(add("posts", SIDE_POST), change("posts", "south-hq", superior="side-hq"), change("tasks", "*", crosses_sectors=False)),
    ),
    "split under operational command": (
        "unit-split-over-sectors",
        both(ONE_PATROL, change("agreements", "toa", authority=Authority.OPCOM)),
    ),
    "another transfer covers the task": (
        "task-beyond-transfer",
        both(
            change("agreements", "toa", tasks=("separate-parties", "secure-area", "escort-returns")),
            add("agreements", TOA_CAROLIA),
            change("agreements", "toa", members=("alfaland", "bravia")),
            drop("tasks", "public-order"),
        ),
    ),
    "trucks under a memorandum": ("national-supply-counted", fleet("alfaland-trucks", "alfaland")),
    "trucks of the organisation": ("national-supply-counted", drop("agreements", "mou")),
    "carried with abstentions": ("vote-not-carried", votes(vote(12, 0, abstaining=3, abstaining_by=("fra", "deu", "mex")))),
    "consensus": ("vote-not-carried", both(decides(DecisionRule.CONSENSUS), votes(vote(4)))),
    "a vote of a body that is not written down": ("vote-not-carried", votes(vote(0, 9).model_copy(update={"organisation": "elsewhere"}))),
    "all counted": ("vote-miscounted", votes(vote(14, 0, abstaining=1, abstaining_by=("chn",)))),
    "renewed by a majority": (
        "renewal-hangs-on-one",
        both(decides(DecisionRule.MAJORITY), change("instruments", "resolution-9999", expires=day(120))),
    ),
    "one entry after the other": (
        "supply-source-ends",
        lambda m: put(
            m,
            "entries",
            tuple(
                entry.model_copy(update=values) for entry in items(m, "entries") for values in ({"until": day(120)}, {"from_day": day(100)})
            ),
        ),
    ),
    "another fleet goes on": ("supply-source-ends", fleet("lent", "un", until=day(60))),
    "units up to standard": ("rehatting-below-standard", HANDOVER),
    "trucks that leave in time": ("rehatting-old-supply", both(HANDOVER, fleet("donor-trucks", "donor", until=day(59)))),
    "followed by another memorandum": (
        "agreement-late",
        memoranda(("alfaland", "bravia", "carolia"), ("alfaland", "bravia", "carolia")),
    ),
    "in force with its day": ("agreement-undated", change("agreements", "mou", status=AgreementStatus.IN_FORCE)),
}
"""Further edits that a rule lets pass: name -> (rule, edit)."""

DECISION_MILD: dict[str, tuple[str, Edit, str]] = {
    "the last depot": ("supply-source-ends", change("depots", "*", until=day(60)), "note"),
    "the last trucks and contracts": (
        "supply-source-ends",
        both(change("trucks", "*", until=day(60)), change("contracts", "*", until=day(60))),
        "warning",
    ),
    "the last contract of a class without an entry": (
        "supply-source-ends",
        both(
            change("entries", "*", classes=(SupplyClass.I,)),
            change("contracts", "*", until=day(100)),
            add("contracts", WATER.model_copy(update={"from_day": day(130)})),
        ),
        "warning",
    ),
    "said to be in force": ("agreement-undated", change("agreements", "mou", in_force=None), "warning"),
    "still to come": ("agreement-undated", change("agreements", "mou", status=AgreementStatus.SIGNED, in_force=None), "note"),
    "a majority against": (
        "vote-not-carried",
        both(add("organisations", COUNCIL_OF_SEVEN), votes(vote(2, 3).model_copy(update={"organisation": "seven"}))),
        "error",
    ),
    "too few took part": (
        "vote-not-carried",
        both(add("organisations", COUNCIL_OF_SEVEN), votes(vote(3, absent=4).model_copy(update={"organisation": "seven"}))),
        "error",
    ),
    "later memorandum that is the member's first": (
        "agreement-late",
        memoranda(("alfaland", "bravia"), ("bravia", "carolia")),
        "warning",
    ),
    "no post holds more than tactical command": (
        "crossing-without-common-post",
        both(change("agreements", "toa", authority=Authority.TACOM), change("posts", "force-hq", authority=Authority.TACOM)),
        "warning",
    ),
}
"""Edits whose finding has a stated severity: name -> (rule, edit, severity)."""
