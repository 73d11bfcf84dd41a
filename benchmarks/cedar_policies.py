"""The rules, caveats and gates of a mission as Cedar policies, decided by Cedar's own engine (cedarpy).

Written straight from what the mission says, and apart from how Casque weighs it: no code is shared with `engagement/law.py` and `weigh.py`.
A question is put up to three times, with growing words: nobody's; those of the capitals that can lift caveats; those of the holders of
limitations too. Permitted is what is allowed on nobody's word, prohibited what is not allowed on all words. Hours that words take are
none of Cedar's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import cedarpy

from casque.engagement.request import Request
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat, HoursOfDay, Rule
from casque.mission.mission import Mission
from casque.reference.load import Reference

NO_WORDS: tuple[str, ...] = ()
CAPITALS = ("capitals",)
ALL_WORDS = ("capitals", "holders")
WINTERS = {True: (12, 1, 2), False: (6, 7, 8)}
"""Winter months north and south of the equator."""


@dataclass(frozen=True)
class Decided:
    """Cedar's decision: permitted, needs word or prohibited, and the ids of the policies that decided it."""

    answer: str
    by: frozenset[str]


@dataclass(frozen=True)
class Cedar:
    """The policies of a mission, with its units."""

    policies: cedarpy.PolicySet
    entities: cedarpy.Entities
    d_day: date

    def ask(self, requests: Sequence[Request], words: Sequence[str]) -> list[tuple[bool, frozenset[str]]]:
        """Whether each request is allowed on some words, and the policies that decided it, in one batch."""
        asked = [self._question(request, words) for request in requests]
        results = cedarpy.is_authorized_batch(asked, self.policies, self.entities)
        for result in results:
            assert not result.diagnostics.errors, result.diagnostics.errors
        return [(result.allowed, frozenset(result.diagnostics.reasons)) for result in results]

    def decide(self, requests: Sequence[Request]) -> list[Decided]:
        """The three-valued decision on each request."""
        plain = self.ask(requests, NO_WORDS)
        found = {number: Decided("permitted", by) for number, (allowed, by) in enumerate(plain) if allowed}
        left = [number for number in range(len(requests)) if number not in found]
        full = self.ask([requests[number] for number in left], ALL_WORDS)
        found |= {number: Decided("prohibited", by) for number, (allowed, by) in zip(left, full, strict=True) if not allowed}
        tied = {number: by for number, (allowed, by) in zip(left, full, strict=True) if allowed}
        lifted = self.ask([requests[number] for number in tied], CAPITALS)
        for (number, rules), (allowed, _) in zip(tied.items(), lifted, strict=True):
            # Without a word, only caveats forbid here; where nothing permits on the capitals' words, the limitations are waited for too.
            found[number] = Decided("needs word", plain[number][1] | (frozenset() if allowed else rules))
        return [found[number] for number in range(len(requests))]

    def _question(self, request: Request, words: Sequence[str]) -> dict[str, Any]:
        return {
            "principal": {"type": "Unit", "id": request.unit},
            "action": {"type": "Action", "id": request.measure},
            "resource": {"type": "Where", "id": f"{request.sector}/{request.place}"},
            "context": {
                "sector": request.sector,
                "place": request.place,
                "day": request.day,
                "month": (self.d_day + timedelta(days=request.day)).month,
                "hour": request.hour,
                "given": sorted(request.given),
                "protecting": request.protecting or "",
                "words": list(words),
            },
        }


def cedar_of(mission: Mission, reference: Reference, postings: Mapping[str, str]) -> Cedar:
    """The policies and units of a mission."""
    texts = policies(mission)
    written = json.loads(cedarpy.policies_to_json_str("\n".join(texts.values())))["staticPolicies"]
    assert len(written) == len(texts), "every policy is written once"
    renamed = {name: written[f"policy{number}"] for number, name in enumerate(texts)}
    whole = {"staticPolicies": renamed, "templates": {}, "templateLinks": []}
    return Cedar(
        cedarpy.PolicySet.from_json_str(json.dumps(whole)),
        cedarpy.Entities.from_json_str(json.dumps([_unit(pledge, reference, postings) for pledge in mission.forces.pledges])),
        mission.about.d_day,
    )


def _unit(pledge: Any, reference: Reference, postings: Mapping[str, str]) -> dict[str, Any]:
    kind = reference.unit_types.get(pledge.unit_type)
    capabilities = [] if kind is None else [kind.capability]
    sector = postings.get(pledge.id, pledge.sector or "")
    attributes = {"member": pledge.member, "capabilities": capabilities, "sector": sector}
    return {"uid": {"type": "Unit", "id": pledge.id}, "attrs": attributes, "parents": []}


def policies(mission: Mission) -> dict[str, str]:
    """Every policy by its id: `self-defence`, `gate:transfer`, `gate:status`, `rule:ID`, `caveat:ID`."""
    written = {"self-defence": 'permit(principal, action == Action::"self-defence", resource);'}
    transfers = [item for item in mission.agreements.agreements if item.kind == "transfer of authority"]
    statuses = [item for item in mission.agreements.agreements if item.kind == "status of forces" and item.country == mission.area.country]
    written["gate:transfer"] = _gate(mission, transfers)
    written["gate:status"] = _gate(mission, statuses)
    for rule in mission.engagement.rules:
        text = _permit(mission, rule) if rule.kind != "prohibition" else _forbid(mission, rule)
        if text:
            written[f"rule:{rule.id}"] = text
    for caveat in mission.engagement.caveats:
        text = _caveat(mission, caveat)
        if text:
            written[f"caveat:{caveat.id}"] = text
    return written


def _gate(mission: Mission, agreements: Iterable[Agreement]) -> str:
    """Forbids everything but self-defence unless an agreement covers the member on the day."""
    opened = []
    for item in agreements:
        if item.status == "refused" or item.in_force is None:
            continue
        parts = _between(mission, item.in_force, item.expires)
        if item.members:
            parts.append(f"{_texts(item.members)}.contains(principal.member)")
        opened.append(" && ".join(parts))
    covered = " || ".join(f"({text})" for text in opened) or "false"
    return f'forbid(principal, action, resource) when {{ action != Action::"self-defence" }} unless {{ {covered} }};'


def _permit(mission: Mission, rule: Rule) -> str:
    """A permission or limitation, with the provision that carries it; empty where it can never have effect."""
    provision = _carried(mission, rule)
    if provision is None or not _ever(rule):
        return ""
    parts = [*_applies(mission, rule), *provision]
    if rule.kind == "limitation":
        holders = ["true"] if rule.held_by else []
        for item in rule.delegations:
            held = _between(mission, item.from_day, item.until)
            held += [f"{_texts(item.sectors)}.contains(context.sector)"] if item.sectors else []
            holders.append(" && ".join(held) or "true")
        if not holders:
            return ""
        parts.append("(" + " || ".join(f"({text})" for text in holders) + ")")
        free = ' || context.given.contains("superior out of reach")' if rule.word_if_possible else ""
        parts.append(f'(context.words.contains("holders"){free})')
    return _policy("permit", f'action == Action::"{rule.measure or rule.id}"', parts)


def _forbid(mission: Mission, rule: Rule) -> str:
    """A prohibition of one measure, or of every measure whose least force is more than it allows; empty where it can never have effect."""
    if not _ever(rule):
        return ""
    if rule.measure:
        head = f'action == Action::"{rule.measure}"'
    else:
        bounded = [name for name, rank in _forces(mission).items() if rank > _rank(rule.force_level)]
        if not bounded:
            return ""
        head = f"action in {_entities('Action', bounded)}"
    return _policy("forbid", head, _applies(mission, rule))


def _caveat(mission: Mission, caveat: Caveat) -> str:
    """A caveat as a bar; one that a capital can lift falls silent on its word."""
    permitting = [rule for rule in mission.engagement.rules if rule.kind != "prohibition"]
    barred = {rule.measure or rule.id for rule in permitting if rule.id in caveat.bars_rules} | set(caveat.bars_measures)
    if caveat.force_at_most is not None:
        barred |= {name for name, rank in _forces(mission).items() if rank > _rank(caveat.force_at_most)}
    bars = []
    if barred:
        bars.append(f"action in {_entities('Action', sorted(barred))}")
    if caveat.bars_sectors:
        bars.append(f"{_texts(caveat.bars_sectors)}.contains(context.sector)")
    if caveat.bars_places:
        bars.append(f"{_texts(caveat.bars_places)}.contains(context.place)")
    if caveat.bars_crossing:
        bars.append('(principal.sector != "" && principal.sector != context.sector)')
    if not bars:
        return ""
    parts = ['action != Action::"self-defence"', f'principal.member == "{caveat.member}"']
    parts += [f"{_entities('Unit', caveat.units)}.contains(principal)"] if caveat.units else []
    parts += _between(mission, caveat.from_day, caveat.until) + _hours(caveat.hours)
    if caveat.season is not None:
        points = [latitude for sector in mission.area.sectors for _, latitude in sector.outline]
        winter = f"[{', '.join(map(str, WINTERS[sum(points) >= 0]))}].contains(context.month)"
        parts.append(winter if caveat.season == "winter" else f"!{winter}")
    parts += ['!context.words.contains("capitals")'] if caveat.waived_by else []
    return _policy("forbid", "action", [*parts, "(" + " || ".join(bars) + ")"])


def _ever(rule: Rule) -> bool:
    """Whether a rule holds on any day: its status says so, or a day is written from which it is expected to."""
    if rule.status == "denied" or (rule.status == "withdrawn" and rule.withdrawn is None):
        return False
    return rule.status == "implemented" or rule.implemented is not None


def _carried(mission: Mission, rule: Rule) -> list[str] | None:
    """When and where the provision behind a rule has effect; none where it allows less force than the rule."""
    for instrument in mission.mandate.instruments:
        for provision in instrument.provisions:
            if provision.id == rule.provision:
                if _rank(rule.force_level) > _rank(provision.force_level):
                    return None
                parts = _between(mission, instrument.in_force, instrument.expires) + _between(mission, None, provision.until)
                return parts + ([f"{_texts(provision.sectors)}.contains(context.sector)"] if provision.sectors else [])
    return None


def _applies(mission: Mission, rule: Rule) -> list[str]:
    """The conditions of a rule, as Cedar expressions that must all hold."""
    parts = _between(mission, rule.implemented, rule.withdrawn) + _hours(rule.hours)
    if rule.members:
        parts.append(f"{_texts(rule.members)}.contains(principal.member)")
    if rule.units:
        parts.append(f"{_entities('Unit', rule.units)}.contains(principal)")
    if rule.capabilities:
        parts.append(f"principal.capabilities.containsAny({_texts(rule.capabilities)})")
    if rule.sectors:
        parts.append(f"{_texts(rule.sectors)}.contains(context.sector)")
    if rule.places:
        parts.append(f"{_texts(rule.places)}.contains(context.place)")
    if rule.given_all:
        parts.append(f"context.given.containsAll({_texts(rule.given_all)})")
    if rule.given_any:
        parts.append(f"context.given.containsAny({_texts(rule.given_any)})")
    if rule.unless:
        parts.append(f"!context.given.containsAny({_texts(rule.unless)})")
    if rule.protects:
        parts.append(f"{_texts(rule.protects)}.contains(context.protecting)")
    return parts


def _between(mission: Mission, first: date | None, last: date | None) -> list[str]:
    parts = [] if first is None else [f"context.day >= {(first - mission.about.d_day).days}"]
    return parts + ([] if last is None else [f"context.day <= {(last - mission.about.d_day).days}"])


def _hours(hours: HoursOfDay | None) -> list[str]:
    if hours is None or hours.start == hours.end:
        return []
    joint = "&&" if hours.start < hours.end else "||"
    return [f"(context.hour >= {hours.start} {joint} context.hour < {hours.end})"]


def _forces(mission: Mission) -> dict[str, int]:
    """Least force among the permissions and limitations of each measure."""
    least: dict[str, int] = {}
    for rule in mission.engagement.rules:
        if rule.kind != "prohibition":
            name = rule.measure or rule.id
            least[name] = min(least.get(name, 9), _rank(rule.force_level))
    return least


@cache
def _rank(level: str) -> int:
    return ("self-defence", "minimum force", "all necessary means").index(level)


def _texts(items: Iterable[str]) -> str:
    return f"[{', '.join(json.dumps(str(item)) for item in items)}]"


def _entities(kind: str, items: Iterable[str]) -> str:
    return "[" + ", ".join(f"{kind}::{json.dumps(item)}" for item in items) + "]"


def _policy(effect: str, head: str, parts: Sequence[str]) -> str:
    return f"{effect}(principal, {head}, resource) when {{ {' && '.join(parts) or 'true'} }};"
