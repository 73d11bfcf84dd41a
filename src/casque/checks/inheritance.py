"""Which tables the problem of a changed mission takes over from the problem before the change."""

from __future__ import annotations

from operator import is_

from casque.checks.gates import TRANSIT_KINDS
from casque.checks.problem import Problem
from casque.checks.roll import roll_of
from casque.checks.roster import able_units
from casque.mission.mission import Mission


def changed(known: Problem, mission: Mission) -> Problem:
    """The problem of another mission; every table is kept that rests only on parts that both missions share."""
    other = Problem(mission, known.reference)
    same = {part for parts in RESTS_ON.values() for part in parts if part not in ("ground", "closable")}
    same = {part for part in same if getattr(other.mission, part) is getattr(known.mission, part)}
    if _ground_agreements(known) == _ground_agreements(other):
        same.add("ground")
    if same.issuperset(RESTS_ON["gates"]):
        other.__dict__["gates"] = known.gates
    if other.gates == known.gates:
        same.add("closable")
    for table, parts in RESTS_ON.items():
        if same.issuperset(parts):
            other.__dict__[table] = getattr(known, table)
    before, after = known.mission.forces.pledges, other.mission.forces.pledges
    if before is not after and len(before) < len(after) and all(map(is_, before, after)):
        _hand_on_units(known, other)
    return other


def _ground_agreements(problem: Problem) -> tuple[int, ...]:
    """Identities of the agreements that open ground."""
    return tuple(id(item) for item in problem.mission.agreements.agreements if item.kind in TRANSIT_KINDS)


def _hand_on_units(known: Problem, other: Problem) -> None:
    """Hand on what is known of the units to the problem of the same units and further ones after them."""
    other.__dict__["roll"] = roll_of(other.mission.forces.pledges, known.roll)
    pledges = other.mission.forces.pledges
    added = able_units(pledges, len(known.mission.forces.pledges), other.reference, other.d_day)
    other.__dict__["_able"] = {**known._able, **{name: [*known.able(name), *units] for name, units in added.items()}}
    other.__dict__["rosters"] = {name: roster for name, roster in known.rosters.items() if name not in added}


_GROUND = ("about", "transport", "ground", "closable")

RESTS_ON: dict[str, tuple[str, ...]] = {
    "d_day": ("about",),
    "period": ("about",),
    "tasks": ("tasks",),
    "provisions": ("mandate",),
    "rules": ("engagement",),
    "members": ("alliance",),
    "sectors": ("area",),
    "measures": ("measures",),
    "network": ("about", "transport"),
    "contributors": ("forces",),
    "gates": ("transport", "area", "supply", "alliance"),
    "_agreements_on": _GROUND,
    "_items_on": _GROUND,
    "_grounds": _GROUND,
    "memoranda": ("agreements",),
    "transfers": ("agreements",),
    "wide_transfers": ("agreements",),
    "transfer_items": ("agreements",),
    "_agreement_windows": ("about",),
    "_transferred": ("about", "agreements"),
    "_taskable": ("about", "agreements"),
    "taskable_days": ("about", "agreements"),
    "sustained_members": ("about", "alliance", "agreements", "forces"),
    "musters": ("about", "area", "tasks", "forces", "engagement"),
    "pools": ("about", "area", "tasks", "forces", "engagement", "transport"),
    "rule_windows": ("about", "engagement"),
    "needs": ("about", "area", "tasks", "requirements"),
    "_bases": ("area",),
    "observed": ("observations",),
    "reached": ("about", "transport", "supply"),
    "required_days": ("about", "forces"),
    "_able": ("about", "forces"),
    "limits": ("about", "engagement"),
    "_limits_known": ("about",),
    "rosters": ("about", "forces"),
    "roll": ("forces",),
    "free_days": ("about", "transport"),
    "linked_days": ("about", "transport"),
    "gated_days": _GROUND,
    "free_arrivals": ("about", "transport", "forces"),
    "gated_arrivals": (*_GROUND, "forces"),
    "linked": ("about", "transport", "forces"),
}
"""Tables of a problem, and the parts of the mission each rests on; `ground` stands for the agreements that open ground,
`closable` for the countries whose ground needs one."""
