"""What is wrong with the network beside the fields themselves: places that nobody can find, stretches without a length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any

from casque.mission.faults import Fault
from casque.mission.links import Rows
from casque.mission.transport import Lift, Link, Node
from casque.mission.vocabulary import Mode, NodeKind
from casque.mission.yaml_source import Parsed, written_path

NODES, LINKS, LIFT = "transport/nodes.csv", "transport/links.csv", "transport/lift.csv"

CODE_SIGNS = {NodeKind.AIRPORT: 4, NodeKind.SEAPORT: 5}
"""Signs of the code that a kind of node has."""


def transport_faults(parts: Mapping[str, Any], parsed: Mapping[str, Parsed], rows: Rows) -> list[Fault]:
    """Nodes without coordinates or name and without a code to take them from, codes of the wrong kind, roads and railways without a
    length, and fleets that say what only others can have."""
    if "transport" not in parts:
        return []
    faults: list[Fault] = []
    for key, file, look in (("nodes", NODES, _node), ("links", LINKS, _link), ("lift", LIFT, _lift)):
        for number, item in enumerate(getattr(parts["transport"], key)):
            row = rows[key][number][1] if key in rows else number
            lines = parsed[file].lines if file in parsed else {}
            for field, seen, expected, step in look(item):
                line = lines.get((key, row, field), lines.get((key, row), 1))
                faults.append(Fault(file, line, written_path((key, row, field)), seen, expected, "", step))
    return faults


Complaint = tuple[str, str, str, str]
"""Field, what was seen, what was expected, the next step."""


def _node(node: Node) -> Iterator[Complaint]:
    signs = CODE_SIGNS.get(node.kind)
    if node.code is not None and signs is not None and len(node.code) != signs:
        wanted = "an ICAO code of four signs" if signs == 4 else "a UN/LOCODE of five signs"
        yield "code", f"'{node.code}' as the code of the {node.kind.value}", f"expected {wanted}", "Correct the code or the kind."
    if node.code is not None:
        return
    step = "Write it, or give the ICAO code of an airport or the UN/LOCODE of a port in the column 'code'."
    if not node.located:
        field = "longitude" if isnan(node.longitude) else "latitude"
        yield field, f"no {field} and no code", "expected coordinates in degrees", step
    if not node.name:
        yield "name", "no name and no code", "expected what the node is called", step


def _link(link: Link) -> Iterator[Complaint]:
    if isnan(link.length) and link.mode in (Mode.ROAD, Mode.RAIL):
        step = "Write its length; only links by air and by sea can be measured from their ends."
        yield "length", f"no length of a link by {link.mode.value}", "expected a length such as '352 km'", step


def _lift(lift: Lift) -> Iterator[Complaint]:
    if lift.runway_needed is not None and lift.mode is not Mode.AIR:
        step = "Leave it blank, or correct the mode."
        yield "runway_needed", f"a runway needed by {lift.mode.value}", "expected it of aircraft only", step
    if lift.draught is not None and lift.mode is not Mode.SEA:
        step = "Leave it blank, or correct the mode."
        yield "draught", f"a draught of lift by {lift.mode.value}", "expected it of ships only", step
    if lift.refuel_hours is not None and lift.range is None:
        step = "Add the range, or leave it blank."
        yield "refuel_hours", "refuelling stops without a range", "expected a range beside them", step
