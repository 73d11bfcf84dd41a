"""Cases of the rules on medical reach, lessons, release, exit, and of further rules of the other families."""

from __future__ import annotations

from casque.mission.agreements import Agreement
from casque.mission.alliance import CommandPost, Organisation, Rehatting
from casque.mission.engagement import Delegation, Wording
from casque.mission.lessons import WhenFinding
from casque.mission.mandate import Instrument, Provision
from casque.mission.mission import Mission
from casque.mission.supply import Contract, Depot
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import (
    AgreementKind,
    AgreementStatus,
    Authority,
    Circumstance,
    DecisionRule,
    Direction,
    ForceLevel,
    Grade,
    InstrumentKind,
    LessonStatus,
    NodeKind,
    OrganisationKind,
    RuleKind,
    RuleStatus,
    SupplyClass,
)
from casque.mission.written import Marking
from tests.checks.cases import GATED, HARD, HELD, Edit, about, add, both, change, day, drop, items, postures, provision, put, same


def barred_air(country: str) -> Agreement:
    """A refusal of overflight to everybody."""
    title = f"Overflight of {country}"
    kind, status = AgreementKind.OVERFLIGHT, AgreementStatus.REFUSED
    return Agreement(id=f"air-{country}", title=title, kind=kind, parties=(), country=country, status=status)


def pledge(like: str, **values: object) -> Edit:
    """An edit that adds a unit like another one."""

    def apply(mission: Mission) -> Mission:
        model = next(item for item in items(mission, "pledges") if item.id == like)
        return add("pledges", model.model_copy(update=values))(mission)

    return apply


def lesson(**values: object) -> Edit:
    """An edit of the example's lesson."""
    return change("lessons", "reserve-crosses-boundaries", **values)


def policy(**values: float) -> Edit:
    """An edit of the stock policy for fuel."""
    return lambda m: put(
        m, "policies", tuple(p.model_copy(update=values) if p.supply_class is SupplyClass.III else p for p in m.supply.policies)
    )


HOSPITAL = pledge("bra-med", id="hospital", name="Field Hospital", unit_type="field-hospital", strength=200.0, required=day(40))
FAR_NODE = Node(id="far", name="Far", kind=NodeKind.HOME, country="alfaland", longitude=0, latitude=0)
FAR_DEPOT = Depot.model_validate({"id": "far-depot", "node": "far", "capacity": "10 t", "from_day": day(0)})
TWIN = CommandPost(
    id="twin", name="Second headquarters South", level="sector", superior="force-hq", authority=Authority.TACON, sector="south"
)
ASIDE = CommandPost(id="aside", name="Liaison office", level="theatre", superior="council", authority=Authority.OPCON)
DONOR = Organisation(id="donor", name="Donor", kind=OrganisationKind.REGIONAL, decides_by=DecisionRule.MAJORITY)
HELP = Instrument(
    id="help",
    title="Regional decision 2",
    kind=InstrumentKind.REGIONAL_DECISION,
    adopted_by=("un",),
    adopted=day(-5),
    in_force=day(-5),
    provisions=(Provision(id="help-schools", paragraph="1", text="Help pupils.", beneficiaries=("pupils",)),),
)
REHATTING = Rehatting(
    id="to-un", day=day(60), from_organisation="donor", to_organisation="un", instrument="resolution-9999", to_post="force-hq"
)
OTHER_NODE = Node(id="quay", name="Quay", kind=NodeKind.SEAPORT, country="exampland", longitude=10.0, latitude=44.9)
OTHER_PORT = Link.model_validate(
    {"id": "quay-road", "start": "quay", "end": "southtown", "mode": "road", "length": "20 km", "speed": "40 km/h"}
)
OTHER_LANES = tuple(
    Link.model_validate({"id": f"{home}-quay", "start": home, "end": "quay", "mode": "sea", "length": "2000 km", "speed": "30 km/h"})
    for home in ("alfaport", "braviaport", "caroliaport")
)
DEAD = (WhenFinding(when="finding", rule="no-such-rule"),)
IN_FRENCH = {"fr": Wording(text="Comme il est dit.")}

FURTHER_BREAKS: dict[str, Edit] = {
    "rehatting-without-mandate": add("rehattings", REHATTING.model_copy(update={"day": day(200)})),
    "rehatting-without-authority": add("rehattings", REHATTING.model_copy(update={"to_post": "south-hq"})),
    "rehatting-without-memorandum": both(drop("agreements", "mou"), add("rehattings", REHATTING)),
    "rehatting-gap": add("rehattings", REHATTING),
    "renewal-without-plan": change("instruments", "resolution-9999", renewal=""),
    "beneficiaries-unprotected": add("instruments", HELP),
    "resolution-without-council": change("organisations", "un", kind=OrganisationKind.COALITION),
    "required-date-after-task": change("tasks", "separate-parties", end=day(30)),
    "transfer-incomplete": change("agreements", "toa", to_post=None),
    "agreement-without-ground": change("agreements", "sofa", country=None),
    "sustainment-agreement-missing": change("agreements", "mou", parties=("alfaland", "bravia", "un")),
    "authority-wider-than-held": change("posts", "north-hq", authority=Authority.OPCOM),
    "two-posts-one-sector": add("posts", TWIN),
    "authority-too-narrow-to-cross": change("agreements", "toa", authority=Authority.TACOM),
    "commander-not-contributor": change("posts", "force-hq", nation="exampland"),
    "sector-lead-without-troops": change("sectors", "north", lead="carolia"),
    "post-starts-late": change("posts", "south-hq", from_day=day(60)),
    "permission-barred-in-sector": both(
        change("caveats", "carolia-own-sector", member="alfaland", bars_rules=("defend-mandate",)),
        change("pledges", "bra-inf", sector="south"),
    ),
    "rule-outside-mandate": provision("separate", sectors=("north",), until=day(30)),
    "caveat-binds-nobody": change("caveats", "carolia-own-sector", units=("alf-inf",)),
    "rule-held-outside-chain": both(add("posts", ASIDE), change("rules", "detain", held_by="aside")),
    "rule-authority-unrecorded": change("rules", "detain", requested=day(-5)),
    "rule-review-overdue": change("rules", "defend-mandate", implemented=day(-20), review_by=day(-5)),
    "rule-request-unreasoned": change("rules", "detain", status=RuleStatus.REQUESTED),
    "rule-request-unanswered": change("rules", "detain", status=RuleStatus.REQUESTED, requested=day(-40), implemented=None),
    "measure-force-unlike": both(
        change("rules", "defend-mandate", measure="protect"), change("rules", "protect-civilians", measure="protect")
    ),
    "delegation-not-below": change("rules", "detain", delegations=(Delegation(to="council"),)),
    "word-spared-without-threat": change("rules", "detain", word_if_possible=True),
    "wording-missing": same,
    "unit-type-unknown": change("pledges", "car-mp", unit_type="military-police-compny"),
    "unit-out-of-size": change("pledges", "car-mp", strength=600.0),
    "tour-shorter-than-movement": change("pledges", "car-mp", tour=0.01),
    "task-without-relief": change("pledges", "*", tour=2.0, renewals=0),
    "member-pledges-nothing": drop("pledges", "car-mp"),
    "surgery-out-of-reach": same,
    "evacuation-without-aviation": both(HOSPITAL, change("sectors", "north", area=9000.0), lambda m: _without_places(m)),
    "medical-after-force": same,
    "single-transit-country": GATED,
    "port-without-capacity": change("nodes", "exampport", tonnes_per_day=None, lane_metres_per_day=None),
    "node-unlinked": add("nodes", FAR_NODE),
    "onward-movement-too-short": both(change("links", "south-north", length=900.0), change("pledges", "alf-inf", latest_arrival=day(40))),
    "heavy-unit-by-air-only": drop("links", "alfa-sea"),
    "length-implausible": change("links", "alfa-sea", length=600.0),
    "flight-barred": add("agreements", barred_air("ita")),
    "supply-least-above-target": policy(least=20.0),
    "fuel-without-reserve": drop("depots"),
    "depot-overfull": change("depots", "port-depot", capacity=100.0),
    "carriers-start-late": both(drop("contracts"), change("trucks", "hired-trucks", from_day=day(90))),
    "contracts-above-demand": add(
        "contracts", Contract(id="bottles", provider="Trader", supply_class=SupplyClass.WATER, share=0.6, from_day=day(0))
    ),
    "depot-stranded": both(add("nodes", FAR_NODE), add("depots", FAR_DEPOT)),
    "exit-beyond-horizon": change("measures", "returns", by=day(400)),
    "target-behind-baseline": change("measures", "incidents", direction=Direction.HIGHER),
    "objective-without-provision": change("objectives", "home", provisions=()),
    "marking-bars-commander": about(lead="donor", marking=Marking(releasable_to=("alfaland",))),
    "marking-unknown-reader": about(marking=Marking(releasable_to=("un", "carola"))),
    "marking-bars-partner": both(add("organisations", DONOR), change("lift", "charter-air", owner="donor")),
    "lesson-not-validated": lesson(status=LessonStatus.LEARNED, grade=Grade.JUDGEMENT),
    "lesson-trigger-dead": lesson(triggers=DEAD),
    "lesson-without-action": lesson(status=LessonStatus.OBSERVATION),
}
"""For every further rule an edit after which it has a finding."""


def _without_places(mission: Mission) -> Mission:
    return mission.model_copy(update={"area": mission.area.model_copy(update={"places": ()})})


FURTHER_KEEPS: dict[str, Edit] = {
    "surgery-out-of-reach": both(HOSPITAL, change("pledges", "hospital", sector=None)),
    "medical-after-force": HOSPITAL,
    "wording-missing": both(change("rules", "*", translations=IN_FRENCH), change("caveats", "*", translations=IN_FRENCH)),
}
"""Edits after which a rule has no finding, for rules that the example itself breaks."""

FURTHER_SOUND: dict[str, tuple[str, Edit]] = {
    "mandate in force": ("rehatting-without-mandate", add("rehattings", REHATTING)),
    "authority passed on": ("rehatting-without-authority", add("rehattings", REHATTING)),
    "memorandum signed": ("rehatting-without-memorandum", add("rehattings", REHATTING)),
    "one mandate after the other": ("rehatting-gap", both(add("instruments", HELP), add("rehattings", REHATTING))),
    "item released to all": ("marking-not-releasable", change("tasks", "*", marking=Marking(releasable_to=("un",)))),
    "renewal beyond the plan": ("renewal-without-plan", change("instruments", "resolution-9999", renewal="", expires=day(400))),
    "served by another provision": (
        "beneficiaries-unprotected",
        both(add("instruments", HELP), change("tasks", "separate-parties", provision="help-schools", sectors=("north", "south"))),
    ),
    "refused transfer": ("transfer-incomplete", change("agreements", "toa", kind=AgreementKind.MOU, to_post=None)),
    "post that follows another": ("two-posts-one-sector", add("posts", TWIN.model_copy(update={"from_day": day(90)}))),
    "two organisations in turn": ("two-posts-one-sector", add("posts", TWIN.model_copy(update={"organisation": "un"}))),
    "nothing crosses": (
        "authority-too-narrow-to-cross",
        both(change("tasks", "*", crosses_sectors=False), change("agreements", "toa", authority=Authority.TACOM)),
    ),
    "one unit free of the caveat": (
        "permission-barred-in-sector",
        both(
            change("caveats", "carolia-own-sector", member="alfaland", bars_rules=("defend-mandate",)),
            change("pledges", "bra-inf", sector="north"),
        ),
    ),
    "prohibition outside the mandate": (
        "rule-outside-mandate",
        both(change("rules", "*", kind=RuleKind.PROHIBITION), provision("separate", until=day(30))),
    ),
    "posture that answers": ("posture-below-threat", postures(HARD, HELD)),
    "hard posture written": ("threat-without-posture", postures(HARD)),
    "authority recorded": ("rule-authority-unrecorded", change("rules", "*", requested=day(-5), authorised=day(-2))),
    "review to come": ("rule-review-overdue", change("rules", "defend-mandate", review_by=day(150))),
    "reasoned request": ("rule-request-unreasoned", change("rules", "detain", status=RuleStatus.REQUESTED, reason="Arms are carried")),
    "answer in time": (
        "rule-request-unanswered",
        change("rules", "detain", status=RuleStatus.REQUESTED, requested=day(0), authorised=day(10), implemented=day(12)),
    ),
    "prohibition with less force": (
        "measure-force-unlike",
        both(
            change("rules", "defend-mandate", kind=RuleKind.PROHIBITION, measure="detain", force_level=ForceLevel.SELF_DEFENCE),
            change("rules", "detain", measure="detain"),
        ),
    ),
    "delegated down": ("delegation-not-below", change("rules", "detain", delegations=(Delegation(to="north-hq"),))),
    "word spared under threat": (
        "word-spared-without-threat",
        change("rules", "detain", word_if_possible=True, given_all=(Circumstance.IMMINENT_THREAT,)),
    ),
    "staged unit": ("onward-movement-too-short", change("pledges", "alf-inf", home="southtown", latest_arrival=day(40))),
    "a way round that is as quick": (
        "single-transit-country",
        both(GATED, drop("links", "port-road"), add("links", OTHER_PORT, *OTHER_LANES), add("nodes", OTHER_NODE)),
    ),
    "a sea lane from a home station": ("length-implausible", change("links", "alfa-sea", length=9000.0)),
    "a short road": ("length-implausible", change("links", "south-north", length=5.0)),
    "barred air off the way": ("flight-barred", add("agreements", barred_air("prt"))),
    "infantry by air": ("heavy-unit-by-air-only", both(drop("pledges", "alf-mech"), drop("links", "alfa-sea"))),
    "contracted fuel": (
        "fuel-without-reserve",
        both(
            drop("depots"),
            add("contracts", Contract(id="fuel", provider="Trader", supply_class=SupplyClass.III, share=0.5, from_day=day(0))),
        ),
    ),
    "contracts that follow each other": (
        "contracts-above-demand",
        both(
            drop("contracts"),
            add(
                "contracts",
                Contract(id="first", provider="Trader", supply_class=SupplyClass.III, share=0.8, from_day=day(0), until=day(29)),
                Contract(id="second", provider="Trader", supply_class=SupplyClass.III, share=0.9, from_day=day(30)),
            ),
        ),
    ),
    "target at the baseline": ("target-behind-baseline", change("measures", "incidents", target=9.0)),
    "learned with a source": ("lesson-not-validated", lesson(status=LessonStatus.LEARNED, grade=Grade.SECONDARY)),
    "observation that does not apply": ("lesson-without-action", both(drop("caveats"), lesson(status=LessonStatus.OBSERVATION))),
}
"""Further edits that a rule lets pass: name -> (rule, edit)."""

FURTHER_MILD: dict[str, tuple[str, Edit, str]] = {
    "an item kept back": (
        "marking-not-releasable",
        both(about(lead="alfaland"), change("tasks", "public-order", marking=Marking(releasable_to=("alfaland",)))),
        "warning",
    ),
    "member without units": ("caveat-binds-nobody", drop("pledges", "car-mp"), "note"),
    "one dead trigger of two": (
        "lesson-trigger-dead",
        lesson(triggers=(*DEAD, WhenFinding(when="finding", rule="caveat-bars-crossing"))),
        "note",
    ),
    "no trigger": ("lesson-trigger-dead", lesson(triggers=()), "warning"),
}
"""Edits whose finding has a stated severity: name -> (rule, edit, severity)."""
