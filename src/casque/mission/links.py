"""Whether the parts of a folder fit together: every id that is named exists once, nobody is his own superior, dates are in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casque.mission.faults import Borrowed, Fault, nearest
from casque.mission.yaml_source import Parsed, Path, written_path

Rows = Mapping[str, list[tuple[str, int]]]

SERIES = ("strength.in_area", "strength.theatre")
"""Observed series that every mission may have without defining a measure."""


@dataclass(frozen=True)
class Kind:
    """A kind of item with an id: the part of the mission, the file and the list that hold it."""

    name: str
    part: str
    file: str
    key: str


KINDS = (
    Kind("phase", "about", "mission.yaml", "phases"),
    Kind("instrument", "mandate", "mandate.yaml", "instruments"),
    Kind("organisation", "alliance", "alliance.yaml", "organisations"),
    Kind("member", "alliance", "alliance.yaml", "members"),
    Kind("post", "alliance", "alliance.yaml", "command_posts"),
    Kind("exercise", "alliance", "alliance.yaml", "exercises"),
    Kind("rehatting", "alliance", "alliance.yaml", "rehattings"),
    Kind("arrangement", "alliance", "alliance.yaml", "standing"),
    Kind("agreement", "agreements", "agreements.yaml", "agreements"),
    Kind("sector", "area", "area.yaml", "sectors"),
    Kind("place", "area", "area.yaml", "places"),
    Kind("actor", "actors", "actors.yaml", "actors"),
    Kind("task", "tasks", "tasks.yaml", "tasks"),
    Kind("rule", "engagement", "engagement.yaml", "rules"),
    Kind("caveat", "engagement", "engagement.yaml", "caveats"),
    Kind("posture", "engagement", "engagement.yaml", "postures"),
    Kind("posture held", "engagement", "engagement.yaml", "postures_held"),
    Kind("unit", "forces", "forces/pledges.csv", "pledges"),
    Kind("requirement", "requirements", "forces/requirements.csv", "requirements"),
    Kind("movement", "movements", "forces/movements.csv", "movements"),
    Kind("node", "transport", "transport/nodes.csv", "nodes"),
    Kind("link", "transport", "transport/links.csv", "links"),
    Kind("lift", "transport", "transport/lift.csv", "lift"),
    Kind("depot", "supply", "supply.yaml", "depots"),
    Kind("objective", "measures", "measures.yaml", "objectives"),
    Kind("measure", "measures", "measures.yaml", "measures"),
    Kind("lesson", "lessons", "lessons", "lessons"),
    Kind("factor override", "overrides", "factors", "overrides"),
    Kind("scenario", "scenarios", "scenarios.yaml", "scenarios"),
)

# Which kind each naming field points at, kind by kind; a dotted field runs through a list of parts.
REFERENCES: dict[str, dict[str, str]] = {
    "instrument": {"adopted_by": "party", "provisions.sectors": "sector", "votes.organisation": "organisation"},
    "organisation": {"leader": "member"},
    "member": {"organisations": "organisation"},
    "post": {"superior": "post", "nation": "member", "sector": "sector", "organisation": "organisation"},
    "exercise": {"members": "member"},
    "rehatting": {
        "from_organisation": "organisation",
        "to_organisation": "organisation",
        "instrument": "instrument",
        "to_post": "post",
        "members": "member",
        "paid_by": "party",
        "below_standard": "unit",
    },
    "arrangement": {
        "organisation": "organisation",
        "members": "member",
        "pledges": "unit",
        "instrument": "instrument",
        "agreement": "agreement",
    },
    "agreement": {"parties": "party", "country": "member", "members": "member", "to_post": "post", "tasks": "task"},
    "sector": {"lead": "member", "base": "node", "threats.phase": "phase"},
    "place": {"sector": "sector", "node": "node", "threats.phase": "phase"},
    "actor": {"violence.sector": "sector"},
    "task": {
        "provision": "provision",
        "sectors": "sector",
        "rules": "rule",
        "measures": "measure",
        "needs.sectors": "sector",
        "force_of": "sector",
    },
    "rule": {
        "provision": "provision",
        "members": "member",
        "units": "unit",
        "requested_by": "post",
        "authorised_by": "party",
        "held_by": "post",
        "delegations.to": "post",
        "delegations.sectors": "sector",
        "sectors": "sector",
        "places": "place",
    },
    "caveat": {
        "member": "member",
        "units": "unit",
        "bars_rules": "rule",
        "bars_measures": "measure of engagement",
        "bars_tasks": "task",
        "bars_sectors": "sector",
        "bars_places": "place",
    },
    "posture held": {"posture": "posture", "sectors": "sector", "members": "member"},
    "unit": {"member": "member", "home": "node", "sector": "sector", "wishes": "sector", "stationed": "node"},
    "requirement": {"task": "task", "sector": "sector"},
    "movement": {"unit": "unit", "sector": "sector", "origin": "node", "destination": "node"},
    "node": {"country": "member"},
    "link": {"start": "node", "end": "node"},
    "lift": {"owner": "party", "members": "member", "home": "node"},
    "depot": {"node": "node"},
    "objective": {"provisions": "provision"},
    "measure": {"objective": "objective"},
    "lesson": {"triggers.measure": "measure"},
    "scenario": {"based_on": "scenario"},
}

# Pairs of dates that must not be out of order, kind by kind.
ORDER: dict[str, tuple[tuple[str, ...], ...]] = {
    "phase": (("start", "end"),),
    "instrument": (("adopted", "expires"), ("in_force", "expires")),
    "agreement": (("in_force", "expires"),),
    "depot": (("from_day", "until"),),
    "rehatting": (("day", "standards_by"),),
    "arrangement": (("from_day", "until"),),
    "task": (("start", "end"),),
    "rule": (("requested", "authorised", "implemented", "withdrawn"), ("implemented", "review_by")),
    "caveat": (("from_day", "until"),),
    "posture held": (("from_day", "until"),),
    "unit": (("ready_to_load", "available_to_load", "earliest_arrival", "latest_arrival", "required"),),
    "movement": (("ready_to_load", "available_to_load", "earliest_arrival", "latest_arrival", "required"),),
    "requirement": (("first_day", "last_day"), ("required_by", "last_day")),
    "node": (("opens", "closes"),),
    "link": (("opens", "closes"),),
    "lift": (("first_day", "last_day"),),
}

_SOURCED = ("source", "provisions.source", "votes.source")
"""Fields that name sources, below an item."""


@dataclass(frozen=True)
class _Item:
    kind: Kind
    value: Any
    file: str
    path: Path
    lines: Mapping[Path, int]

    def line(self, *path: str | int) -> int:
        whole = (*self.path, *path)
        while whole and whole not in self.lines:
            whole = whole[:-1]
        return self.lines.get(whole, 1)

    def place(self) -> str:
        """File and line of the item's id, in words."""
        line = self.line("id")
        return f"{'scenarios.yaml' if isinstance(line, Borrowed) else self.file} on line {int(line)}"

    def fault(self, path: Path, seen: str, expected: str, near: str = "", next_step: str = "") -> Fault:
        return Fault(self.file, self.line(*path), written_path((*self.path, *path)), seen, expected, near, next_step)


def link_faults(whole: Mapping[str, Any], salvaged: Mapping[str, Any], parsed: Mapping[str, Parsed], rows: Rows) -> list[Fault]:
    """Every fault between the parts that could be read.

    Sound items of a part that has faults are looked at too, but what others refer to in such a part is not held against them.
    """
    parts = {**salvaged, **whole}
    items = {kind.name: list(_items(kind, parts, parsed, rows)) for kind in KINDS}
    known: dict[str, set[str] | None] = {
        kind.name: {item.value.id for item in items[kind.name]} if kind.part in whole else None for kind in KINDS
    }
    known["provision"] = {p.id for item in items["instrument"] for p in item.value.provisions} if "mandate" in whole else None
    known["measure of engagement"] = {item.value.regulates for item in items["rule"]} - {""} if "engagement" in whole else None
    parties = [known[name] for name in ("organisation", "member", "actor")]
    known["party"] = None if any(part is None for part in parties) else {name for part in parties for name in part or ()}
    known["source"] = {source.id for source in whole["sources"]} if "sources" in whole else None
    faults: list[Fault] = []
    for kind in KINDS:
        faults.extend(_twice(items[kind.name]))
        for item in items[kind.name]:
            faults.extend(_dangling(item, REFERENCES.get(kind.name, {}), known))
            faults.extend(_unsourced(item, known["source"]))
            faults.extend(_out_of_order(item, ORDER.get(kind.name, ())))
    faults.extend(_about(parts, parsed, known))
    faults.extend(_supply_nodes(parts, parsed, known))
    faults.extend(_series(parts, parsed, rows, known))
    faults.extend(_circles(items["post"], "superior", "superiors"))
    faults.extend(_circles(items["scenario"], "based_on", "scenarios"))
    faults.extend(_phases(items["phase"]))
    faults.extend(_provisions_twice(items["instrument"]))
    faults.extend(_packages(items["arrangement"], {item.value.id: item.value.member for item in items["unit"]}))
    return faults


def _items(kind: Kind, parts: Mapping[str, Any], parsed: Mapping[str, Parsed], rows: Rows) -> Iterator[_Item]:
    if kind.part not in parts:
        return
    for number, value in enumerate(getattr(parts[kind.part], kind.key)):
        file, row = rows[kind.key][number] if kind.key in rows else (kind.file, number)
        path: Path = () if row < 0 else (kind.key, row)
        yield _Item(kind, value, file, path, parsed[file].lines if file in parsed else {})


def _named(value: Any, dotted: str) -> Iterator[tuple[Path, str]]:
    """Each name that a field holds, with its path below the item."""
    head, _, rest = dotted.partition(".")
    inner = getattr(value, head, None)
    if inner is None:
        return
    if rest:
        for number, part in enumerate(inner):
            for path, name in _named(part, rest):
                yield (head, number, *path), name
    elif isinstance(inner, tuple):
        for number, name in enumerate(inner):
            yield (head, number), name
    else:
        yield (head,), inner


def _dangling(item: _Item, fields: Mapping[str, str], known: Mapping[str, set[str] | None]) -> Iterator[Fault]:
    for dotted, target in fields.items():
        names = known[target]
        if names is None:
            continue
        for path, name in _named(item.value, dotted):
            if name not in names:
                yield item.fault(
                    path,
                    f"'{name}'",
                    f"expected the id of a known {target}",
                    nearest(name, names),
                    f"Add the {target} or correct the name.",
                )


def _unsourced(item: _Item, sources: set[str] | None) -> Iterator[Fault]:
    if sources is None:
        return
    for path, name in (found for dotted in _SOURCED for found in _named(item.value, dotted)):
        if name not in sources:
            yield item.fault(
                path,
                f"'{name}'",
                "expected the id of a source in sources.yaml",
                nearest(name, sources),
                "Add the source or correct the name.",
            )
    fields = type(item.value).model_fields
    for path, name in _named(item.value, "judged"):
        if name not in fields:
            yield item.fault(path, f"'{name}'", "expected the name of a field of this item", nearest(name, fields))


def _twice(items: list[_Item]) -> Iterator[Fault]:
    first: dict[str, _Item] = {}
    for item in items:
        other = first.setdefault(item.value.id, item)
        if other is not item:
            yield item.fault(
                ("id",),
                f"'{item.value.id}' again",
                f"expected each {item.kind.name} once (first in {other.place()})",
                next_step="Rename one of the two.",
            )


def _provisions_twice(instruments: list[_Item]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for item in instruments:
        for number, provision in enumerate(item.value.provisions):
            place = f"line {item.line('provisions', number, 'id')}"
            if provision.id in first:
                yield item.fault(
                    ("provisions", number, "id"),
                    f"'{provision.id}' again",
                    f"expected each provision once (first on {first[provision.id]})",
                    next_step="Rename one of the two.",
                )
            first.setdefault(provision.id, place)


def _out_of_order(item: _Item, chains: tuple[tuple[str, ...], ...]) -> Iterator[Fault]:
    for chain in chains:
        dated: list[tuple[str, date]] = [(name, day) for name in chain if (day := getattr(item.value, name)) is not None]
        for (before, first), (after, second) in itertools.pairwise(dated):
            if second < first:
                yield item.fault(
                    (after,),
                    f"{after} {second}",
                    f"expected no earlier than {before} {first} ({' <= '.join(chain)})",
                    next_step="Correct one of the two dates.",
                )


def _circles(items: list[_Item], field: str, words: str) -> Iterator[Fault]:
    """Items that come back to themselves along a field that names one other of their kind."""
    above = {item.value.id: getattr(item.value, field) for item in items}
    for item in items:
        seen, here = [item.value.id], above[item.value.id]
        while here is not None and here in above and here not in seen:
            seen.append(here)
            here = above[here]
        if here == item.value.id:
            yield item.fault(
                (field,),
                f"'{getattr(item.value, field)}'",
                f"expected no cycle of {words} ({' -> '.join([*seen, here])})",
                next_step="Break the cycle.",
            )


def _phases(phases: list[_Item]) -> Iterator[Fault]:
    for before, after in itertools.pairwise(phases):
        if after.value.start <= before.value.end:
            yield after.fault(
                ("start",),
                str(after.value.start),
                f"expected a day after {before.value.end}, the end of phase '{before.value.id}'",
                next_step="Phases stand in order and do not overlap.",
            )


def _packages(arrangements: list[_Item], member_of: Mapping[str, str]) -> Iterator[Fault]:
    """Units of standing arrangements whose member does not hold them, or that stand in two."""
    first: dict[str, str] = {}
    for item in arrangements:
        members = item.value.members
        for number, unit in enumerate(item.value.pledges):
            if member_of.get(unit, members[0] if members else "") not in members:
                expected = f"expected a unit of a member that holds it ({', '.join(members)})"
                next_step = f"Add '{member_of[unit]}' to members, or leave the unit out."
                yield item.fault(("pledges", number), f"'{unit}' of '{member_of[unit]}'", expected, next_step=next_step)
            if unit in first:
                expected = f"expected each unit in one arrangement (it stands in '{first[unit]}' too)"
                yield item.fault(("pledges", number), f"'{unit}' again", expected, next_step="Leave it out of one of the two.")
            first.setdefault(unit, item.value.id)


def _about(parts: Mapping[str, Any], parsed: Mapping[str, Parsed], known: Mapping[str, set[str] | None]) -> Iterator[Fault]:
    if "about" in parts:
        about = _Item(Kind("mission", "about", "mission.yaml", ""), parts["about"], "mission.yaml", (), parsed["mission.yaml"].lines)
        yield from _dangling(about, {"lead": "organisation"}, known)
        yield from _unsourced(about, known["source"])
    if "area" in parts:
        area = _Item(Kind("area", "area", "area.yaml", ""), parts["area"], "area.yaml", (), parsed["area.yaml"].lines)
        yield from _dangling(area, {"country": "member"}, known)
        if not parts["area"].sectors:
            yield area.fault(("sectors",), "no sectors", "expected at least one sector")


def _supply_nodes(parts: Mapping[str, Any], parsed: Mapping[str, Parsed], known: Mapping[str, set[str] | None]) -> Iterator[Fault]:
    if "supply" in parts:
        supply = _Item(Kind("supply", "supply", "supply.yaml", ""), parts["supply"], "supply.yaml", (), parsed["supply.yaml"].lines)
        yield from _dangling(supply, {"entries.node": "node", "trucks.owner": "party"}, known)
        for key in ("entries", "trucks", "contracts"):
            for number, value in enumerate(getattr(parts["supply"], key)):
                yield from _out_of_order(replace(supply, value=value, path=(key, number)), (("from_day", "until"),))


def _series(parts: Mapping[str, Any], parsed: Mapping[str, Parsed], rows: Rows, known: Mapping[str, set[str] | None]) -> Iterator[Fault]:
    measures = known["measure"]
    if "observations" not in parts:
        return
    kind = Kind("observation", "observations", "observations", "observations")
    for item in _items(kind, parts, parsed, rows):
        if measures is not None and item.value.measure not in measures and item.value.measure not in SERIES:
            names = measures | set(SERIES)
            yield item.fault(
                ("measure",),
                f"'{item.value.measure}'",
                "expected the id of a measure or a known series",
                nearest(item.value.measure, names),
            )
        yield from _unsourced(item, known["source"])
        yield from _out_of_order(item, (("start", "end"),))
