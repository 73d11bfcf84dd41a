"""What a change does to a mission: items that it adds, and fields of items that it sets.

Whatever the mission language can date is dated: a change decided on D-day has effect from the day on which it is through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from casque.checks.authority import holder
from casque.checks.best_placed import contributor_for
from casque.checks.geography import kilometres
from casque.checks.problem import Problem
from casque.checks.remedy import KINDS, Proposal
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, Rule
from casque.mission.forces import Pledge
from casque.mission.mandate import Provision
from casque.mission.measures import Measure
from casque.mission.mission import Mission
from casque.mission.observations import Observation
from casque.mission.supply import Contract, Entry, StockPolicy
from casque.mission.transport import Lift, Link
from casque.mission.vocabulary import (
    AgreementKind,
    AgreementStatus,
    Authority,
    Capability,
    Direction,
    Mode,
    PledgeStatus,
    RuleKind,
    RuleStatus,
    SupplyClass,
)

LISTS = {
    "instruments": "mandate",
    "agreements": "agreements",
    "tasks": "tasks",
    "rules": "engagement",
    "caveats": "engagement",
    "pledges": "forces",
    "links": "transport",
    "lift": "transport",
    "entries": "supply",
    "policies": "supply",
    "measures": "measures",
    "contracts": "supply",
    "observations": "observations",
}
"""List of items -> part of the mission that holds it."""

LONG_AGO = 3650
"""Days before D-day that stand for *since always*."""

POLICY_DAYS = (15.0, 5.0)
"""Days of supply, wanted and least, of a stock policy that is only known to be there."""


@dataclass
class Effect:
    """Items added, by list, and fields set, by list and id."""

    adds: list[tuple[str, Any]] = field(default_factory=list)
    sets: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


def applied(mission: Mission, effects: Iterable[Effect]) -> Mission:
    """The mission after some changes, which are made in the order given."""
    added: dict[str, list[Any]] = {}
    changed: dict[str, dict[str, dict[str, Any]]] = {}
    for effect in effects:
        for name, item in effect.adds:
            added.setdefault(name, []).append(item)
        for name, item_id, values in effect.sets:
            own = changed.setdefault(name, {}).setdefault(item_id, {})
            for key, value in values.items():
                own[key] = tuple(dict.fromkeys(own[key] + value)) if isinstance(value, tuple) and key in own else value
    parts: dict[str, dict[str, Any]] = {}
    for name in LISTS:
        if name not in added and name not in changed:
            continue
        sets, held = changed.get(name, {}), getattr(getattr(mission, LISTS[name]), name)
        if sets:
            held = tuple(item.model_copy(update=sets[item.id]) if item.id in sets else item for item in held)
        parts.setdefault(LISTS[name], {})[name] = (*held, *added.get(name, ()))
    return mission.model_copy(update={part: getattr(mission, part).model_copy(update=lists) for part, lists in parts.items()})


def effect_of(problem: Problem, proposal: Proposal) -> Effect:
    """What a change does to the mission of a problem."""
    return _EFFECTS[proposal.kind](problem, proposal, proposal.subject.partition(":")[2])


def _from(problem: Problem, proposal: Proposal) -> date:
    """Day from which a change decided on D-day has effect."""
    return problem.d_day + timedelta(days=proposal.through)


def _marked(word: str, proposal: Proposal) -> str:
    """What the id of a changed item ends with, so that changes by different days stay apart."""
    return word if proposal.by is None else f"{word}-{proposal.by}"


def _renew(problem: Problem, proposal: Proposal, name: str) -> Effect:
    instrument = next(item for item in problem.mission.mandate.instruments if item.id == name)
    first, mark = _from(problem, proposal), _marked("renewed", proposal)
    if instrument.expires is not None and first <= instrument.expires:
        # Renewed in time it runs on without a break.
        first = instrument.in_force
    provisions = tuple(p.model_copy(update={"id": f"{p.id}.{mark}", "until": None}) for p in instrument.provisions)
    renewed = instrument.model_copy(update={"id": f"{name}.{mark}", "in_force": first, "expires": None, "provisions": provisions})
    moved = [task for task in proposal.tasks if task in problem.tasks]
    return Effect([("instruments", renewed)], [("tasks", task, {"provision": f"{problem.tasks[task].provision}.{mark}"}) for task in moved])


def _amend(problem: Problem, proposal: Proposal, name: str) -> Effect:
    instrument, provision = problem.provisions[name]
    mark = _marked("amended", proposal)
    tasks = [problem.tasks[task] for task in proposal.tasks if task in problem.tasks]
    level = max([provision.force_level, *(task.force_level for task in tasks)], key=lambda item: item.rank)
    sectors = tuple(dict.fromkeys([*provision.sectors, *(s for task in tasks for s in task.sectors)])) if provision.sectors else ()
    amended: Provision = provision.model_copy(update={"id": f"{name}.{mark}", "force_level": level, "sectors": sectors, "until": None})
    first = _from(problem, proposal)
    if level is provision.force_level and sectors == provision.sectors and problem.day(first) <= problem.provision_window(name).last:
        # Only its end is moved, and in time: it runs on without a break.
        first = min(first, instrument.in_force)
    whole = instrument.model_copy(update={"id": f"{name}.{mark}", "in_force": first, "expires": None, "provisions": (amended,)})
    return Effect([("instruments", whole)], [("tasks", task.id, {"provision": amended.id}) for task in tasks])


def _implement(problem: Problem, proposal: Proposal, name: str) -> Effect:
    rule, window = problem.rules[name], problem.rule_window(problem.rules[name])
    first = _from(problem, proposal)
    if not window.empty and rule.implemented is not None:
        first = min(first, rule.implemented)
    values: dict[str, Any] = {"status": RuleStatus.IMPLEMENTED, "implemented": first, "withdrawn": None}
    if rule.sectors:
        asked = (sector for task in proposal.tasks for sector in problem.tasks[task].sectors)
        values["sectors"] = tuple(dict.fromkeys([*rule.sectors, *asked]))
    return Effect(sets=[("rules", name, values)])


def _request(problem: Problem, proposal: Proposal, name: str) -> Effect:
    task = problem.tasks[name]
    rule = Rule(
        id=f"{name[:40]}.{_marked('asked', proposal)}",
        family="1 use of force",
        title=f"Force for “{task.title}”",
        text=proposal.wording(problem),
        kind=RuleKind.PERMISSION,
        force_level=task.force_level,
        provision=task.provision,
        status=RuleStatus.IMPLEMENTED,
        implemented=_from(problem, proposal),
        sectors=task.sectors,
    )
    return Effect([("rules", rule)], [("tasks", name, {"rules": (*task.rules, rule.id)})])


def _name_rule(problem: Problem, proposal: Proposal, name: str) -> Effect:
    tasks = [problem.tasks[task] for task in proposal.tasks if task in problem.tasks]
    return Effect(sets=[("tasks", task.id, {"rules": (*task.rules, name)}) for task in tasks])


def _delegate(problem: Problem, proposal: Proposal, name: str) -> Effect:
    return Effect(sets=[("rules", name, {"held_by": holder(problem, tuple(problem.tasks[task] for task in proposal.tasks))})])


def _agree(problem: Problem, proposal: Proposal, name: str) -> Effect:
    first = _from(problem, proposal)
    if proposal.subject.startswith("agreement:"):
        agreement = next(item for item in problem.mission.agreements.agreements if item.id == name)
        if agreement.members:
            whole = {
                "id": f"{name}.{_marked('opened', proposal)}",
                "members": (),
                "status": AgreementStatus.IN_FORCE,
                "in_force": first,
                "expires": None,
            }
            return Effect([("agreements", agreement.model_copy(update=whole))])
        window = problem.agreement_window(agreement)
        if not window.empty:
            first = min(first, problem.d_day + timedelta(days=max(window.first, -LONG_AGO)))
        return Effect(sets=[("agreements", name, {"status": AgreementStatus.IN_FORCE, "in_force": first, "expires": None})])
    kind = AgreementKind.SOFA if problem.gates.get(name) == "host" else AgreementKind.TRANSIT
    new = Agreement(
        id=f"{name[:48]}.{_marked('asked', proposal)}",
        title=proposal.wording(problem),
        kind=kind,
        parties=(name,),
        country=name,
        in_force=first,
    )
    return Effect([("agreements", new)])


def _forward(problem: Problem, proposal: Proposal, name: str) -> Effect:
    return Effect(sets=[("agreements", name, {"status": AgreementStatus.IN_FORCE, "in_force": _from(problem, proposal)})])


def _memorandum(problem: Problem, proposal: Proposal, name: str) -> Effect:
    new = Agreement(
        id=f"{name[:40]}.{_marked('memorandum', proposal)}",
        title=proposal.wording(problem),
        kind=AgreementKind.MOU,
        parties=(name, problem.mission.about.lead),
        members=(name,),
        in_force=_from(problem, proposal),
    )
    return Effect([("agreements", new)])


def _transfer(problem: Problem, proposal: Proposal, name: str) -> Effect:
    members = (name,) if proposal.subject.startswith("member:") else ()
    new = Agreement(
        id=f"{name[:40]}.{_marked('transfers', proposal)}",
        title=proposal.wording(problem),
        kind=AgreementKind.TRANSFER_OF_AUTHORITY,
        parties=members,
        members=members,
        authority=Authority.OPCON,
        in_force=_from(problem, proposal),
    )
    return Effect([("agreements", new)])


def _widen(problem: Problem, proposal: Proposal, name: str) -> Effect:
    agreement = next(item for item in problem.mission.agreements.agreements if item.id == name)
    first = _from(problem, proposal)
    if proposal.by is None:
        first = max(first, agreement.in_force or date.min)
    values = {"id": f"{name}.{_marked('widened', proposal)}", "authority": Authority.OPCON, "in_force": first}
    return Effect([("agreements", agreement.model_copy(update=values))])


def _waive(problem: Problem, proposal: Proposal, name: str) -> Effect:
    return Effect(sets=[("caveats", name, {"until": _from(problem, proposal) - timedelta(days=1)})])


def _hasten(problem: Problem, proposal: Proposal, name: str) -> Effect:
    unit = next(pledge for pledge in problem.mission.forces.pledges if pledge.id == name)
    gained = ((unit.available_to_load or unit.ready_to_load) - _from(problem, proposal)).days
    dates = ("ready_to_load", "available_to_load", "earliest_arrival")
    sooner = {field: getattr(unit, field) - timedelta(days=gained) for field in dates if getattr(unit, field) is not None}
    return Effect(sets=[("pledges", name, sooner)])


def _pledge(problem: Problem, proposal: Proposal, name: str) -> Effect:
    capability = Capability(name)
    unit_type = problem.type_for(capability)
    if unit_type is None:
        return Effect()
    member, home = contributor_for(problem, proposal.place, proposal.through)
    unit = Pledge(
        id=f"asked{'' if proposal.by is None else proposal.by}.{unit_type}.{proposal.place}.{proposal.size}"[:64],
        member=member,
        name=f"A further unit of {capability}",
        unit_type=unit_type,
        strength=f"{proposal.people} person",
        status=PledgeStatus.COMMITTED,
        home=home,
        ready_to_load=_from(problem, proposal),
        sector=proposal.place or None,
    )
    adds: list[tuple[str, Any]] = [("pledges", unit)]
    others = tuple(sector for sector in problem.sectors if sector != proposal.place)
    if proposal.place and others:
        # A unit that is asked for one sector is not counted on in another.
        text = "Offered for one sector."
        adds.append(("caveats", Caveat(id=unit.id, member=member, units=(unit.id,), text=text, bars_sectors=others)))
    return Effect(adds)


def _move(problem: Problem, proposal: Proposal, name: str) -> Effect:  # noqa: ARG001
    return Effect(sets=[("tasks", name, {"force_of": proposal.place})])


def _lift(problem: Problem, proposal: Proposal, name: str) -> Effect:
    modes = [mode for mode in Mode if mode is not Mode.ROAD]
    first = _from(problem, proposal)
    given = {"owner": name, "number": 1, "speed": "100 km/h", "turnaround": "1 d", "members": (name,), "first_day": first}
    return Effect(
        [
            ("lift", Lift.model_validate({"id": f"{name[:40]}.lift.{mode.value}", "name": "Chartered", "mode": mode, **given}))
            for mode in modes
        ]
    )


def _route(problem: Problem, proposal: Proposal, name: str) -> Effect:
    nodes, base = problem.network.nodes, problem.sectors[proposal.place].base
    value = problem.reference.value
    length = kilometres(nodes[name], nodes[base]) * value("fix.route-detour")
    given = {"start": name, "end": base, "mode": Mode.ROAD, "length": f"{length} km", "speed": f"{value('fix.route-speed') / 24} km/h"}
    return Effect([("links", Link.model_validate({"id": f"{name[:28]}.{base[:28]}.route", **given, "opens": _from(problem, proposal)}))])


def _supply(problem: Problem, proposal: Proposal, name: str) -> Effect:
    entry = Entry(node=problem.sectors[name].base, classes=tuple(SupplyClass), from_day=_from(problem, proposal))
    return Effect([("entries", entry)])


def _policy(problem: Problem, proposal: Proposal, name: str) -> Effect:  # noqa: ARG001
    target, least = (f"{days} d" for days in POLICY_DAYS)
    return Effect(
        [("policies", StockPolicy.model_validate({"supply_class": item, "target": target, "least": least})) for item in SupplyClass]
    )


def _carriers(problem: Problem, proposal: Proposal, name: str) -> Effect:  # noqa: ARG001
    first = _from(problem, proposal)
    given = {"provider": "to be hired", "share": 1.0, "from_day": first}
    return Effect(
        [
            ("contracts", Contract.model_validate({"id": f"asked.{item.value.lower()}", "supply_class": item, **given}))
            for item in SupplyClass
        ]
    )


def _observation(problem: Problem, measure: str, day: date) -> tuple[str, Observation]:
    return "observations", Observation(measure=measure, start=problem.d_day, end=max(day, problem.d_day), value=0.0)


def _observe(problem: Problem, proposal: Proposal, name: str) -> Effect:
    return Effect([_observation(problem, name, _from(problem, proposal))])


def _measure(problem: Problem, proposal: Proposal, name: str) -> Effect:
    task = problem.tasks[name]
    measure = Measure(
        id=f"{name[:48]}.asked",
        title=f"Success of “{task.title}”",
        objective="asked",
        unit="to be agreed",
        direction=Direction.HIGHER,
        baseline=0.0,
        target=1.0,
        amber=0.5,
        by=task.end,
    )
    adds: list[tuple[str, Any]] = [("measures", measure)]
    if problem.observed:
        # Where measures are observed at all, a baseline is agreed on with the measure.
        adds.append(_observation(problem, measure.id, _from(problem, proposal)))
    return Effect(adds, [("tasks", name, {"measures": (*task.measures, measure.id)})])


_EFFECTS: dict[str, Callable[[Problem, Proposal, str], Effect]] = dict(
    zip(
        KINDS,
        (
            _renew,
            _amend,
            _implement,
            _request,
            _name_rule,
            _delegate,
            _agree,
            _forward,
            _memorandum,
            _transfer,
            _widen,
            _waive,
            _hasten,
            _pledge,
            _move,
            _lift,
            _route,
            _supply,
            _policy,
            _carriers,
            _measure,
            _observe,
        ),
        strict=True,
    )
)
