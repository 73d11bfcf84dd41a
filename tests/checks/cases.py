"""For every rule of the checks: the smallest change to the example mission that breaks it, and where needed the one that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from casque.mission.agreements import Agreement
from casque.mission.engagement import Posture, PostureHeld
from casque.mission.mandate import Instrument, Provision
from casque.mission.mission import Mission
from casque.mission.supply import Entry
from casque.mission.transport import Link
from casque.mission.vocabulary import (
    AgreementKind,
    AgreementStatus,
    Authority,
    ForceLevel,
    InstrumentKind,
    PledgeStatus,
    RuleKind,
    RuleStatus,
    SupplyClass,
)
from casque.mission.written import Marking

D_DAY = date(2030, 3, 1)
Edit = Callable[[Mission], Mission]

COLLECTIONS = {
    "tasks": ("tasks", "tasks"),
    "agreements": ("agreements", "agreements"),
    "instruments": ("mandate", "instruments"),
    "posts": ("alliance", "command_posts"),
    "members": ("alliance", "members"),
    "rehattings": ("alliance", "rehattings"),
    "standing": ("alliance", "standing"),
    "rules": ("engagement", "rules"),
    "caveats": ("engagement", "caveats"),
    "pledges": ("forces", "pledges"),
    "sectors": ("area", "sectors"),
    "nodes": ("transport", "nodes"),
    "links": ("transport", "links"),
    "lift": ("transport", "lift"),
    "policies": ("supply", "policies"),
    "entries": ("supply", "entries"),
    "trucks": ("supply", "trucks"),
    "contracts": ("supply", "contracts"),
    "depots": ("supply", "depots"),
    "objectives": ("measures", "objectives"),
    "measures": ("measures", "measures"),
    "organisations": ("alliance", "organisations"),
    "lessons": ("lessons", "lessons"),
    "actors": ("actors", "actors"),
    "observations": ("observations", "observations"),
}


def items(mission: Mission, kind: str) -> tuple[Any, ...]:
    """All items of a kind."""
    part, field = COLLECTIONS[kind]
    found: tuple[Any, ...] = getattr(getattr(mission, part), field)
    return found


def put(mission: Mission, kind: str, replaced: tuple[Any, ...]) -> Mission:
    """The mission with other items of a kind."""
    part, field = COLLECTIONS[kind]
    return mission.model_copy(update={part: getattr(mission, part).model_copy(update={field: replaced})})


def change(kind: str, name: str, /, **values: Any) -> Edit:
    """An edit that sets fields of one item; the name `*` means every item of the kind."""
    return lambda mission: put(
        mission,
        kind,
        tuple(item.model_copy(update=values) if name in ("*", getattr(item, "id", None)) else item for item in items(mission, kind)),
    )


def add(kind: str, *new: Any) -> Edit:
    """An edit that adds items."""
    return lambda mission: put(mission, kind, (*items(mission, kind), *new))


def drop(kind: str, *names: str) -> Edit:
    """An edit that takes items out; without names all of the kind."""
    return lambda mission: put(mission, kind, tuple(item for item in items(mission, kind) if names and item.id not in names))


def both(*edits: Edit) -> Edit:
    """Several edits, one after the other."""

    def apply(mission: Mission) -> Mission:
        for edit in edits:
            mission = edit(mission)
        return mission

    return apply


def provision(name: str, **values: Any) -> Edit:
    """An edit that sets fields of one provision."""

    def apply(mission: Mission) -> Mission:
        changed = tuple(
            instrument.model_copy(
                update={"provisions": tuple(p.model_copy(update=values) if p.id == name else p for p in instrument.provisions)}
            )
            for instrument in mission.mandate.instruments
        )
        return put(mission, "instruments", changed)

    return apply


def about(**values: Any) -> Edit:
    """An edit of the title page."""
    return lambda mission: mission.model_copy(update={"about": mission.about.model_copy(update=values)})


def day(number: int) -> date:
    """A date counted from D-day."""
    return D_DAY + timedelta(days=number)


def same(mission: Mission) -> Mission:
    """No edit."""
    return mission


def postures(*written: dict[str, object]) -> Edit:
    """An edit that writes a posture, and where given who holds it."""
    posture, *held = written

    def apply(mission: Mission) -> Mission:
        values = {"postures": (Posture.model_validate(posture),), "postures_held": tuple(PostureHeld.model_validate(item) for item in held)}
        return mission.model_copy(update={"engagement": mission.engagement.model_copy(update=values)})

    return apply


LIGHT: dict[str, object] = {"id": "open", "title": "Open", "answers": "low", "guards": "5 %", "residual": "80 %"}
HARD: dict[str, object] = LIGHT | {"answers": "high"}
HELD: dict[str, object] = {"id": "all", "posture": "open"}

NEW_INSTRUMENT = Instrument(
    id="decision",
    title="Regional decision 1",
    kind=InstrumentKind.REGIONAL_DECISION,
    adopted_by=("un",),
    adopted=day(-5),
    in_force=day(-5),
    provisions=(Provision(id="idle", paragraph="1", text="Help to rebuild schools."),),
)
SIDE_ROAD = Link.model_validate(
    {"id": "side-road", "start": "exampport", "end": "northtown", "mode": "road", "length": "90 km", "speed": "20 km/h"}
    | {"hours_per_day": "10 h", "vehicles_per_day": "20 vehicle/d"}
)

TRANSIT = Agreement(
    id="transit", title="Transit through Bravia", kind=AgreementKind.TRANSIT, parties=("un", "bravia"), country="bravia", in_force=day(20)
)
GATED = both(
    change("members", "bravia", roles=("contributor", "transit")),
    change("nodes", "exampport", country="bravia"),
    change("nodes", "examp-airport", country="bravia"),
)
"""The port and the airport lie in a country that has to be passed."""

BREAKS: dict[str, Edit] = {
    "task-without-provision": provision("separate", sectors=("south",)),
    "provision-not-in-force": provision("separate", until=day(-3)),
    "task-window-outside-mandate": provision("separate", until=day(100)),
    "force-level-above-mandate": change("tasks", "separate-parties", force_level=ForceLevel.ALL_NECESSARY),
    "mandate-expires-in-horizon": change("instruments", "resolution-9999", expires=day(120)),
    "provision-without-task": add("instruments", NEW_INSTRUMENT),
    "consent-missing": provision("secure", force_level=ForceLevel.MINIMUM),
    "agreement-missing": drop("agreements", "sofa"),
    "agreement-late": change("agreements", "sofa", in_force=day(10)),
    "agreement-expires": change("agreements", "sofa", expires=day(90)),
    "agreement-undated": change("agreements", "mou", status=AgreementStatus.NEGOTIATING, in_force=None),
    "authority-not-transferred": drop("agreements", "toa"),
    "authority-too-narrow": change("agreements", "toa", authority=Authority.TACON),
    "sector-without-command": drop("posts", "south-hq"),
    "authority-unstated": change("posts", "north-hq", authority=None),
    "several-heads": change("posts", "force-hq", superior=None),
    "rule-not-in-force": change("rules", "detain", status=RuleStatus.DENIED),
    "rule-missing": change("tasks", "public-order", rules=()),
    "rule-above-mandate": change("rules", "defend-mandate", force_level=ForceLevel.ALL_NECESSARY),
    "rule-without-holder": change("rules", "detain", held_by=None),
    "prohibition-with-word": change("rules", "detain", kind=RuleKind.PROHIBITION),
    "rule-held-far": change("rules", "detain", delay=36.0),
    "caveat-bars-all": both(
        change("caveats", "carolia-own-sector", member="alfaland", bars_tasks=("separate-parties",)),
        drop("pledges", "bra-inf", "car-mp"),
    ),
    "caveat-bars-crossing": same,
    "caveat-undeclared": change("caveats", "carolia-own-sector", declared=False),
    "threat-without-posture": postures(LIGHT),
    "posture-below-threat": postures(LIGHT, HELD),
    "caveat-without-waiver": change("caveats", "carolia-own-sector", waived_by=""),
    "capability-not-pledged": drop("pledges", "bra-med"),
    "stand-in-only": drop("pledges", "car-mp"),
    "pledge-after-required": both(drop("links", "bravia-air"), change("pledges", "bra-inf", required=day(10))),
    "pledges-only-offered": change("pledges", "*", status=PledgeStatus.OFFERED),
    "language-gap": change("pledges", "car-mp", sector="north"),
    "reserve-missing": change("tasks", "secure-area", sectors=("north",)),
    "medical-missing": drop("pledges", "bra-med"),
    "sector-without-task": change("tasks", "*", sectors=("south",)),
    "unit-unreachable": drop("links", "alfa-sea", "alfa-air"),
    "lift-missing": drop("lift"),
    "single-line-of-communication": same,
    "leading-line-of-communication": add("links", SIDE_ROAD),
    "supply-policy-missing": lambda m: put(m, "policies", tuple(p for p in m.supply.policies if p.supply_class is not SupplyClass.III)),
    "supply-class-without-entry": change("entries", "*", classes=(SupplyClass.I, SupplyClass.III)),
    "base-unsupplied": drop("entries"),
    "supply-carrier-missing": both(drop("trucks"), drop("contracts")),
    "entry-opens-late": change("entries", "*", from_day=day(90)),
    "measure-missing": change("tasks", "escort-returns", measures=()),
    "measure-without-observation": drop("observations"),
    "exit-without-measure": change("measures", "*", exit=False),
    "objective-without-measure": drop("measures", "returns"),
    "civil-police-gap": same,
    "marking-not-releasable": both(about(lead="alfaland", marking=Marking(releasable_to=("alfaland",)))),
}
"""For every rule an edit after which it has a finding."""

KEEPS: dict[str, Edit] = {
    "caveat-bars-crossing": drop("caveats"),
    "single-line-of-communication": both(
        lambda m: put(m, "entries", (*m.supply.entries, Entry(node="southtown", classes=tuple(SupplyClass), from_day=day(0)))),
        lambda m: put(m, "entries", (*m.supply.entries, Entry(node="northtown", classes=tuple(SupplyClass), from_day=day(0)))),
    ),
    "civil-police-gap": change("actors", "un-police", authorised=150.0),
}
"""Edits after which a rule has no finding, for rules that the example itself breaks."""

SOUND: dict[str, tuple[str, Edit]] = {
    "ground of a contributor that is only loaded on": ("agreement-missing", change("nodes", "examp-airport", country="alfaland")),
    "transit in force": ("agreement-missing", both(GATED, add("agreements", TRANSIT.model_copy(update={"in_force": day(-10)})))),
    "transit in time": ("agreement-late", both(GATED, add("agreements", TRANSIT.model_copy(update={"in_force": day(-10)})))),
    "capability by a stand-in": ("capability-not-pledged", drop("pledges", "car-mp")),
    "rule implemented before the task": ("rule-not-in-force", change("rules", "detain", implemented=day(0))),
}
"""Further edits that a rule lets pass: name -> (rule, edit)."""

MILD: dict[str, tuple[str, Edit, str]] = {
    "part of the sectors": ("task-without-provision", provision("secure", sectors=("south",)), "warning"),
    "late rule": ("rule-not-in-force", change("rules", "detain", implemented=day(40)), "warning"),
    "never": ("rule-not-in-force", change("rules", "detain", status=RuleStatus.REQUESTED, implemented=None), "error"),
    "rule could be named": ("rule-missing", change("tasks", "public-order", rules=()), "warning"),
    "no rule at all": ("rule-missing", both(change("tasks", "public-order", rules=()), drop("rules")), "error"),
    "one contributor left out of authority": (
        "authority-not-transferred",
        change("agreements", "toa", members=("alfaland", "bravia")),
        "warning",
    ),
    "nobody transfers": ("authority-not-transferred", drop("agreements", "toa"), "error"),
    "some tied": ("caveat-bars-crossing", same, "warning"),
    "all tied": ("caveat-bars-crossing", drop("pledges", "alf-inf", "alf-mech", "bra-inf"), "error"),
    "host closed": ("agreement-missing", drop("agreements", "sofa"), "error"),
    "host open to some": ("agreement-missing", change("agreements", "sofa", members=("alfaland", "bravia")), "warning"),
    "only way closed": ("agreement-missing", GATED, "error"),
    "no entry": ("base-unsupplied", drop("entries"), "error"),
}
"""Edits whose finding has a stated severity: name -> (rule, edit, severity)."""
