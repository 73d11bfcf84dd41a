"""The rules, caveats and gates of a mission in Rego, the language of OPA, decided by rego-cpp (the package regopy).

OPA itself is a server written in Go; rego-cpp is an engine for the same language that runs inside this process, as Casque does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from regopy import Bundle, Interpreter

from casque.engagement.request import SELF_DEFENCE, Request
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, HoursOfDay, Rule
from casque.mission.mission import Mission
from casque.reference.load import Reference

HEAD = """package casque

import rego.v1

heard := {"bars": bars, "liftable": liftable, "at_once": at_once, "on_word": on_word}"""


@dataclass(frozen=True)
class Rego:
    """The policies of a mission, compiled once for the one query that is put, with its units."""

    interpreter: Interpreter
    bundle: Bundle
    d_day: date
    units: Mapping[str, Mapping[str, Any]]

    def decide(self, request: Request) -> tuple[str, frozenset[str]]:
        """The decision and what decided it."""
        self.interpreter.set_input(
            {
                **self.units[request.unit],
                "measure": request.measure,
                "sector": request.sector,
                "place": request.place,
                "day": request.day,
                "month": (self.d_day + timedelta(days=request.day)).month,
                "hour": request.hour,
                "given": sorted(request.given),
                "protecting": request.protecting or "",
            }
        )
        heard = json.loads(str(self.interpreter.query_bundle(self.bundle)))["expressions"][0]
        if request.measure == SELF_DEFENCE:
            return "permitted", frozenset()
        bars, liftable, at_once, on_word = (frozenset(heard[name]) for name in ("bars", "liftable", "at_once", "on_word"))
        if bars or not (at_once or on_word):
            return "prohibited", bars
        if at_once and not liftable:
            return "permitted", at_once
        return "needs word", liftable if at_once else liftable | on_word


def rego_of(mission: Mission, reference: Reference, postings: Mapping[str, str]) -> Rego:
    """The policies and units of a mission."""
    interpreter = Interpreter()
    interpreter.add_module("casque.rego", module(mission))
    units = {}
    for pledge in mission.forces.pledges:
        kind = reference.unit_types.get(pledge.unit_type)
        capabilities = [] if kind is None else [kind.capability]
        own = postings.get(pledge.id, pledge.sector or "")
        units[pledge.id] = {"unit": pledge.id, "member": pledge.member, "capabilities": capabilities, "own": own}
    return Rego(interpreter, interpreter.build("data.casque.heard"), mission.about.d_day, units)


def module(mission: Mission) -> str:
    """All policies as one Rego module."""
    forces: dict[str, int] = {}
    for rule in mission.engagement.rules:
        if rule.kind != "prohibition":
            name = rule.measure or rule.id
            forces[name] = min(forces.get(name, 9), rule.force_level.rank)
    transfers = [item for item in mission.agreements.agreements if item.kind == "transfer of authority"]
    statuses = [item for item in mission.agreements.agreements if item.kind == "status of forces" and item.country == mission.area.country]
    parts = [HEAD, *_gate(mission, "transfer", transfers), *_gate(mission, "status", statuses)]
    # A set without any member would be no set at all.
    parts += [f'{name} contains "none" if false' for name in ("bars", "liftable", "at_once", "on_word")]
    for rule in mission.engagement.rules:
        parts += _rule(mission, rule, forces)
    for caveat in mission.engagement.caveats:
        parts += _caveat(mission, caveat, forces)
    return "\n\n".join(parts) + "\n"


def _gate(mission: Mission, name: str, agreements: Iterable[Agreement]) -> list[str]:
    dated = [item for item in agreements if item.status != "refused" and item.in_force is not None]
    windows = [[*_among("member", item.members), *_between(mission, item.in_force, item.expires)] for item in dated]
    opened = [_body(f"{name}_open if", window) for window in windows]
    return [f"default {name}_open := false", *opened, f'bars contains "gate:{name}" if not {name}_open']


def _rule(mission: Mission, rule: Rule, forces: Mapping[str, int]) -> list[str]:
    if rule.status == "denied" or (rule.status == "withdrawn" and rule.withdrawn is None):
        return []
    if rule.status != "implemented" and rule.implemented is None:
        return []
    lines = [*_between(mission, rule.implemented, rule.withdrawn), *_hours(rule.hours), *_among("member", rule.members)]
    lines += [*_among("unit", rule.units), *_among("sector", rule.sectors), *_among("place", rule.places)]
    lines += [f"some capability in input.capabilities; capability in {_set(rule.capabilities)}"] if rule.capabilities else []
    lines += [f"{json.dumps(str(item))} in input.given" for item in rule.given_all]
    lines += [f"some case in input.given; case in {_set(rule.given_any)}"] if rule.given_any else []
    lines += [f"not {json.dumps(str(item))} in input.given" for item in rule.unless]
    lines += _among("protecting", rule.protects)
    if rule.kind == "prohibition":
        bounded = [rule.measure] if rule.measure else [name for name, rank in forces.items() if rank > rule.force_level.rank]
        return [_body(f'bars contains "rule:{rule.id}" if', [*_among("measure", bounded), *lines])] if bounded else []
    instrument, provision = mission.mandate.provisions()[rule.provision]
    if rule.force_level.rank > provision.force_level.rank:
        return []
    lines = [f'input.measure == "{rule.measure or rule.id}"', *lines, *_between(mission, instrument.in_force, instrument.expires)]
    lines += [*_between(mission, None, provision.until), *_among("sector", provision.sectors)]
    if rule.kind == "permission":
        return [_body(f'at_once contains "rule:{rule.id}" if', lines)]
    holders = [["true"]] if rule.held_by else []
    holders += [[*_between(mission, item.from_day, item.until), *_among("sector", item.sectors)] for item in rule.delegations]
    found = []
    for holder in holders:
        free = '"superior out of reach" in input.given'
        if rule.word_if_possible:
            found.append(_body(f'at_once contains "rule:{rule.id}" if', [*lines, *holder, free]))
        found.append(_body(f'on_word contains "rule:{rule.id}" if', [*lines, *holder, *([f"not {free}"] if rule.word_if_possible else [])]))
    return found


def _caveat(mission: Mission, caveat: Caveat, forces: Mapping[str, int]) -> list[str]:
    permitting = [rule for rule in mission.engagement.rules if rule.kind != "prohibition"]
    measures = {rule.measure or rule.id for rule in permitting if rule.id in caveat.bars_rules} | set(caveat.bars_measures)
    if caveat.force_at_most is not None:
        measures |= {name for name, rank in forces.items() if rank > caveat.force_at_most.rank}
    lines = [f'input.member == "{caveat.member}"', *_among("unit", caveat.units), *_hours(caveat.hours)]
    lines += _between(mission, caveat.from_day, caveat.until)
    if caveat.season is not None:
        points = [latitude for sector in mission.area.sectors for _, latitude in sector.outline]
        months = "{12, 1, 2}" if sum(points) >= 0 else "{6, 7, 8}"
        lines.append(f"{'' if caveat.season == 'winter' else 'not '}input.month in {months}")
    bars = [_among("measure", sorted(measures)), _among("sector", caveat.bars_sectors), _among("place", caveat.bars_places)]
    bars += [['input.own != ""', "input.own != input.sector"]] if caveat.bars_crossing else []
    head = f'{"liftable" if caveat.waived_by else "bars"} contains "caveat:{caveat.id}" if'
    return [_body(head, [*lines, *bar]) for bar in bars if bar]


def _body(head: str, lines: Iterable[str]) -> str:
    return head + " {\n" + "".join(f"  {line}\n" for line in list(lines) or ["true"]) + "}"


def _among(key: str, items: Iterable[str]) -> list[str]:
    names = list(items)
    return [f"input.{key} in {_set(names)}"] if names else []


def _set(items: Iterable[str]) -> str:
    return "{" + ", ".join(json.dumps(str(item)) for item in items) + "}"


def _between(mission: Mission, first: date | None, last: date | None) -> list[str]:
    lines = [] if first is None else [f"input.day >= {(first - mission.about.d_day).days}"]
    return lines + ([] if last is None else [f"input.day <= {(last - mission.about.d_day).days}"])


def _hours(hours: HoursOfDay | None) -> list[str]:
    if hours is None or hours.start == hours.end:
        return []
    if hours.start < hours.end:
        return [f"input.hour >= {hours.start}", f"input.hour < {hours.end}"]
    return [f"input.hour in {{{', '.join(str(hour) for hour in range(24) if hours.covers(hour))}}}"]
