"""Large missions for benchmarks, written to disk as real mission folders.

`generated` starts from the template and writes its own sectors, members, network, units, agreements, caveats, rules, tasks and measures.
Everything follows from the seed. The ground: sectors on a grid, each with a base; every base hangs on one of a few ports by road; each
member has three home stations that sea lanes join to two ports. About one task in three has something wrong: a provision that has
lapsed, a rule that is only requested, caveats on most of the units that could serve, too few units, a base without road, no measure.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import casque.mission
from casque.reference.load import shipped

D_DAY = date(2030, 3, 1)
HORIZON = 360
CLASSES = ["I", "water", "II", "III", "IV", "V", "medical"]
LEVELS = ["self-defence", "minimum force", "all necessary means"]
CAPABILITIES = ["infantry", "mechanised", "military police", "engineer", "medical", "logistics", "transport", "signals"]


@dataclass(frozen=True)
class Sizes:
    """How many of each there are; the rest follows."""

    units: int
    tasks: int
    agreements: int
    caveats: int
    measures: int

    @property
    def members(self) -> int:
        """One contributor for every 40 units, four at least."""
        return max(4, self.units // 40)

    @property
    def sectors(self) -> int:
        """One sector for every 80 units, four at least."""
        return max(4, self.units // 80)

    @property
    def ports(self) -> int:
        """Ports of debarkation."""
        return max(2, self.sectors // 6)


def generated(units: int, tasks: int, agreements: int, caveats: int, measures: int, seed: int, folder: Path) -> Path:
    """Write a mission folder with so many units, tasks, agreements, caveats and measures; the folder must not exist."""
    sizes, random = Sizes(units, tasks, agreements, caveats, measures), Random(seed)
    shutil.copytree(Path(casque.mission.__file__).parent / "template", folder)
    for old in (folder / "lessons", folder / "observations", folder / "factors"):
        shutil.rmtree(old)
    for name in ("scenarios.yaml", "rules.yaml"):
        (folder / name).unlink(missing_ok=True)
    _network(folder, sizes, random)
    _pledges(folder, sizes, random)
    documents = {
        "mission": _about(sizes),
        "alliance": _alliance(sizes),
        "area": _area(sizes, random),
        "mandate": _mandate(sizes, random),
        "agreements": {"agreements": _agreements(sizes, random)},
        "engagement": {"rules": _rules(sizes, random), "caveats": [_caveat(sizes, random, n) for n in range(sizes.caveats)]},
        "tasks": {"tasks": [_task(sizes, random, n) for n in range(sizes.tasks)]},
        "measures": _measures(sizes),
        "supply": _supply(sizes),
        "actors": {"actors": []},
    }
    for name, content in documents.items():
        (folder / f"{name}.yaml").write_text(yaml_text(content), encoding="utf-8")
    return folder


def yaml_text(content: Mapping[str, Any]) -> str:
    """A document as people write one: a line for each key, items of lists below one another, short lists in brackets."""
    lines: list[str] = []
    for key, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            for item in value:
                body = [f"    {name}: {json.dumps(field, ensure_ascii=False)}" for name, field in item.items()]
                lines += [f"  - {body[0].strip()}", *body[1:]]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _day(number: int) -> str:
    return (D_DAY + timedelta(days=number)).isoformat()


def _members(sizes: Sizes) -> list[str]:
    return [f"m{n}" for n in range(sizes.members)]


def _about(sizes: Sizes) -> dict[str, Any]:
    return {
        "format": 1,
        "id": "generated",
        "title": "Generated mission",
        "summary": f"A generated mission of {sizes.units} units and {sizes.tasks} tasks.",
        "lead": "un",
        "d_day": D_DAY.isoformat(),
        "horizon": f"{HORIZON} d",
        "marking": {"classification": "UNCLASSIFIED", "releasable_to": ["un", *_members(sizes), "host", "transit0", "transit1"]},
        "phases": [{"id": "entry", "title": "Entry", "start": "D", "end": f"D+{HORIZON}"}],
    }


def _alliance(sizes: Sizes) -> dict[str, Any]:
    members: list[dict[str, Any]] = [
        {"id": name, "name": f"Member {name}", "organisations": ["un"], "languages": ["en"]} for name in _members(sizes)
    ]
    members.append({"id": "host", "name": "Hostland", "roles": ["host"]})
    members += [{"id": f"transit{n}", "name": f"Transitland {n}", "roles": ["transit"]} for n in range(2)]
    posts: list[dict[str, Any]] = [{"id": "force", "name": "Force headquarters", "level": "theatre"}]
    posts += [
        {"id": f"hq{n}", "name": f"Headquarters {n}", "level": "sector", "superior": "force", "authority": "OPCON", "sector": f"s{n}"}
        for n in range(sizes.sectors)
    ]
    organisations = [{"id": "un", "name": "United Nations", "kind": "universal", "decides_by": "nine of fifteen, veto"}]
    return {"organisations": organisations, "members": members, "command_posts": posts}


def _place(number: int) -> tuple[float, float]:
    return 10.0 + number % 6 * 0.5, 44.0 + number // 6 * 0.5


def _area(sizes: Sizes, random: Random) -> dict[str, Any]:
    sectors = []
    for n in range(sizes.sectors):
        east, north = _place(n)
        sectors.append(
            {
                "id": f"s{n}",
                "name": f"Sector {n}",
                "lead": f"m{n % sizes.members}",
                "base": f"base{n}",
                "population": f"{random.randint(50, 300)}000 person",
                "area": f"{random.randint(500, 3000)} km2",
                "terrain": "hills",
                "climate": "temperate",
                "road": f"{random.randint(100, 500)} km",
                "settlements": random.randint(20, 120),
                "threats": [{"phase": "entry", "level": random.choice(["low", "medium", "high"])}],
                "outline": [[east, north], [east + 0.4, north], [east + 0.4, north + 0.4], [east, north + 0.4]],
            }
        )
    return {"country": "host", "sectors": sectors}


def _mandate(sizes: Sizes, random: Random) -> dict[str, Any]:
    instruments = []
    for n in range(max(3, sizes.tasks // 25)):
        lapses = random.random() < 0.15
        provisions = [
            {"id": f"p{n}-{part}", "paragraph": str(part), "text": f"Provision {part}.", "force_level": LEVELS[2 - (random.random() < 0.1)]}
            for part in range(5)
        ]
        instruments.append(
            {
                "id": f"i{n}",
                "title": f"Resolution {n}",
                "kind": "resolution",
                "adopted_by": ["un"],
                "adopted": _day(-20),
                "in_force": _day(-20),
                **({"expires": _day(random.randint(20, 60))} if lapses else {}),
                "provisions": provisions,
            }
        )
    return {"instruments": instruments}


def _agreements(sizes: Sizes, random: Random) -> list[dict[str, Any]]:
    """Status of forces and transit for groups of members, transfers of authority and memoranda member by member."""
    members = _members(sizes)
    found: list[dict[str, Any]] = []
    for n in range(sizes.agreements):
        member = members[n // 4 % len(members)]
        base = {"id": f"a{n}", "title": f"Agreement {n}", "parties": ["un", member], "members": [member]}
        late = random.random()
        when = {"status": "in force", "in_force": _day(-5)} if late > 0.15 else {"status": "negotiating", "in_force": _day(400)}
        kind = ("transfer of authority", "status of forces", "transit", "memorandum of understanding")[n % 4]
        if kind == "transfer of authority":
            base |= {"authority": "TACON" if random.random() < 0.1 else "OPCON", "to_post": "force"}
        elif kind == "status of forces":
            base["country"] = "host"
        elif kind == "transit":
            base["country"] = f"transit{n // 4 % 2}"
        found.append({**base, "kind": kind, **when})
    return found


def _rules(sizes: Sizes, random: Random) -> list[dict[str, Any]]:
    rules = []
    for n in range(max(20, sizes.tasks // 5)):
        status = random.choices(["implemented", "requested", "denied"], [95, 4.5, 0.5])[0]
        limited = random.random() < 0.3
        rules.append(
            {
                "id": f"r{n}",
                "family": "1 use of force",
                "title": f"Rule {n}",
                "text": "Force may be used.",
                "kind": "limitation" if limited else "permission",
                "force_level": LEVELS[1 + n % 2],
                "provision": "p0-0",
                "status": status,
                **({"implemented": _day(0)} if status == "implemented" else {}),
                **({"held_by": "force", "delay": "6 h"} if limited and random.random() < 0.96 else {}),
                "sectors": [f"s{random.randrange(sizes.sectors)}"] if random.random() < 0.05 else [],
            }
        )
    return rules


def _caveat(sizes: Sizes, random: Random, number: int) -> dict[str, Any]:
    member = random.choice(_members(sizes))
    bars: dict[str, Any] = random.choice(
        [
            {"bars_tasks": [f"t{random.randrange(sizes.tasks)}" for _ in range(max(1, sizes.tasks // 25))]},
            {"bars_crossing": True},
            {"bars_rules": [f"r{random.randrange(max(20, sizes.tasks // 5))}" for _ in range(3)]},
            {"bars_sectors": [f"s{random.randrange(sizes.sectors)}"]},
        ]
    )
    if random.random() < 0.04:
        bars = {"force_at_most": "minimum force"}
    waivable = {"waived_by": f"Ministry of {member}", "delay": f"{random.choice([24, 72, 120, 240])} h"} if random.random() < 0.8 else {}
    return {"id": f"c{number}", "member": member, "text": f"Caveat {number}.", **bars, **waivable}


def _task(sizes: Sizes, random: Random, number: int) -> dict[str, Any]:
    own = sorted(random.sample(range(sizes.sectors), random.choice([1, 1, 1, 2])))
    start = random.choice([0, 0, 10, 30, 90])
    end = min(HORIZON, start + random.choice([60, 120, 200, 360]))
    level = random.choices([1, 2], [8, 2])[0]
    fitting = [n for n in range(max(20, sizes.tasks // 5)) if 1 + n % 2 >= level]
    needs: list[dict[str, Any]] = [
        {"rule": "units", "capability": capability, "strength": f"{random.choice([60, 120, 300])} person"}
        for capability in sorted(random.sample(CAPABILITIES, random.choice([1, 2])))
    ]
    if random.random() < 0.3:
        needs.append({"rule": "patrols", "capability": "infantry", "visits_per_week": 2, "share_of_roads_daily": "20 %"})
    if random.random() < 0.02:
        needs.append({"rule": "units", "capability": "formed police", "strength": f"{random.randint(2, 9)}00 person"})
    return {
        "id": f"t{number}",
        "title": f"Task {number}",
        "provision": f"p{random.randrange(max(3, sizes.tasks // 25))}-{random.randrange(5)}",
        "sectors": [f"s{n}" for n in own],
        "start": _day(start),
        "end": _day(end),
        "priority": random.choice([1, 1, 2, 2, 3, 4]),
        "required_by": _day(start + 40),
        "force_level": LEVELS[level],
        "rules": [f"r{n}" for n in sorted(random.sample(fitting, 2))],
        "crosses_sectors": random.random() < 0.2,
        "needs": needs,
        "measures": [f"x{random.randrange(sizes.measures)}"] if random.random() > 0.05 else [],
    }


def _measures(sizes: Sizes) -> dict[str, Any]:
    measure = {"objective": "safe", "unit": "incidents", "direction": "lower is better", "baseline": 9, "target": 2, "amber": 5}
    objectives = [{"id": "safe", "title": "People are safe", "provisions": ["p0-0"]}]
    return {
        "objectives": objectives,
        "measures": [{"id": f"x{n}", "title": f"Measure {n}", **measure, "by": f"D+{HORIZON}"} for n in range(sizes.measures)],
    }


def _supply(sizes: Sizes) -> dict[str, Any]:
    return {
        "policies": [{"supply_class": name, "target": "15 d", "least": "5 d"} for name in CLASSES],
        "entries": [{"node": f"port{n}", "classes": CLASSES, "from_day": "D"} for n in range(sizes.ports)],
        "trucks": [
            {"id": "trucks", "owner": "un", "number": 300, "payload": "10 t", "daily_distance": "200 km/d", "availability": 0.75}
            | {"from_day": "D"}
        ],
    }


def _network(folder: Path, sizes: Sizes, random: Random) -> None:
    nodes: list[tuple[Any, ...]] = []
    links: list[tuple[Any, ...]] = []
    for n in range(sizes.ports):
        nodes.append((f"port{n}", f"Port {n}", "seaport", f"transit{n % 2}", 9.5 + n, 43.5, 1))
        nodes.append((f"gate{n}", f"Crossing {n}", "border crossing", "host", 9.8 + n, 43.8, 0))
        links.append((f"port-gate{n}", f"port{n}", f"gate{n}", "road", 60, 30, 10, 400))
    for n in range(sizes.sectors):
        east, north = _place(n)
        nodes.append((f"base{n}", f"Base {n}", "sector base", "host", east, north, 0))
        if n % 12 != 7:
            links.append((f"road{n}", f"gate{n % sizes.ports}", f"base{n}", "road", random.randint(40, 200), 30, 10, 200))
            if n % 12 != 0 and (n - 1) % 12 != 7:
                links.append((f"lateral{n}", f"base{n - 1}", f"base{n}", "road", random.randint(40, 90), 30, 10, 100))
    for name in _members(sizes):
        for home in range(3):
            nodes.append((f"{name}-home{home}", f"Home {home} of {name}", "home station", name, random.uniform(-10, 30), 50.0, 0.5))
            links += [
                (f"{name}-{home}-{port}", f"{name}-home{home}", f"port{port}", "sea", random.randint(800, 6000), 28, 24, "")
                for port in sorted(random.sample(range(sizes.ports), 2))
            ]
    _table(folder / "transport" / "nodes.csv", ("id", "name", "kind", "country", "longitude", "latitude", "handling [d]"), nodes)
    heads = ("id", "start", "end", "mode", "length [km]", "speed [km/h]", "hours_per_day [h]", "vehicles_per_day [vehicle/d]")
    _table(folder / "transport" / "links.csv", heads, links)
    ships = [(f"ship{n}", f"Ship {n}", "un", "sea", 3, 6000, 1800, 30, 48, D_DAY.isoformat()) for n in range(sizes.ports)]
    fleet_heads = ("id", "name", "owner", "mode", "number", "tonnes [t]", "lane_metres [m]", "speed [km/h]", "turnaround [h]", "first_day")
    _table(folder / "transport" / "lift.csv", fleet_heads, ships)


def _pledges(folder: Path, sizes: Sizes, random: Random) -> None:
    types = [item for item in shipped().unit_types.values() if item.capability in CAPABILITIES]
    rows = []
    for n in range(sizes.units):
        unit_type, member = random.choice(types), random.randrange(sizes.members)
        rows.append(
            (
                f"u{n}",
                f"m{member}",
                f"Unit {n}",
                unit_type.id,
                round(unit_type.strength * random.uniform(0.6, 1.1)),
                random.choice(["confirmed", "committed", "offered"]),
                f"m{member}-home{random.randrange(3)}",
                _day(7 * random.randrange(20)),
                f"s{random.randrange(sizes.sectors)}" if random.random() < 0.7 else "",
                30,
            )
        )
    heads = ("id", "member", "name", "unit_type", "strength [person]", "status", "home", "ready_to_load", "sector", "self_sufficient [d]")
    _table(folder / "forces" / "pledges.csv", heads, rows)


def _table(path: Path, heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heads)
        writer.writerows(rows)
