"""What a folder leaves to the world: names and coordinates of nodes that give a code, lengths of air and sea links that give none."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, nan

from casque.mission.faults import Fault
from casque.mission.reading import Reading
from casque.mission.transport import Link, Node, Transport
from casque.mission.vocabulary import Mode
from casque.mission.yaml_source import written_path
from casque.reference.world.codes import AIRPORT_SIGNS, nearest_code, place
from casque.reference.world.sea_lanes import sea_distance
from casque.reference.world.sphere import great_circle

_APART = 100.0
"""Kilometres between the coordinates of a node and those of its code beyond which one of the two is wrong."""


def filled(transport: Transport) -> Transport:
    """The network with every blank filled that the world can fill; what it cannot stays blank, and is a fault of the folder."""
    if all(node.name and node.located for node in transport.nodes) and not any(isnan(link.length) for link in transport.links):
        return transport
    nodes = tuple(_named(node) for node in transport.nodes)
    known = {node.id: node for node in nodes}
    links = tuple(_measured(link, known) for link in transport.links)
    return transport.model_copy(update={"nodes": nodes, "links": links})


def world_faults(reading: Reading) -> Iterator[Fault]:
    """Codes that nothing carries or that lie elsewhere, and sea links between places that no lane joins."""
    if "transport" not in reading.parts:
        return
    transport: Transport = reading.parts["transport"]
    for number, node in enumerate(transport.nodes):
        if node.code is not None:
            yield from _code_faults(reading, number, node)
    nodes = {node.id: _named(node) for node in transport.nodes}
    for number, link in enumerate(transport.links):
        ends = [nodes[end] for end in (link.start, link.end) if end in nodes and nodes[end].located]
        if isnan(link.length) and link.mode is Mode.SEA and len(ends) == 2 and isnan(_length(link, ends[0], ends[1])):
            seen = f"no length from {ends[0].name} to {ends[1].name}"
            step = "Write the length, or correct the coordinates of the port that lies inland."
            yield _fault(reading, "links", number, "length", seen, "expected two places that a sea lane joins", "", step)


def _code_faults(reading: Reading, number: int, node: Node) -> Iterator[Fault]:
    found = place(node.code or "")
    if found is None:
        kind = "ICAO code of an airport" if len(node.code or "") == AIRPORT_SIGNS else "UN/LOCODE of a port"
        step = "Correct it, or leave it blank and write name and coordinates."
        yield _fault(reading, "nodes", number, "code", f"'{node.code}'", f"expected the {kind}", nearest_code(node.code or ""), step)
    elif node.located and (far := great_circle((node.longitude, node.latitude), found.point)) > _APART:
        seen = f"'{node.code}' ({found.name}), {far:.0f} km from the coordinates"
        step = "Correct the code or the coordinates."
        yield _fault(reading, "nodes", number, "code", seen, f"expected them within {_APART:.0f} km of each other", "", step)


def _named(node: Node) -> Node:
    found = None if node.code is None or (node.name and node.located) else place(node.code)
    if found is None:
        return node
    east = found.longitude if isnan(node.longitude) else node.longitude
    north = found.latitude if isnan(node.latitude) else node.latitude
    return node.model_copy(update={"name": node.name or found.name, "longitude": east, "latitude": north})


def _measured(link: Link, nodes: dict[str, Node]) -> Link:
    if not isnan(link.length) or link.start not in nodes or link.end not in nodes:
        return link
    return link.model_copy(update={"length": _length(link, nodes[link.start], nodes[link.end])})


def _length(link: Link, start: Node, end: Node) -> float:
    """Kilometres of a link that gives none, to a tenth; not a number where they cannot be told."""
    if not (start.located and end.located):
        return nan
    here, there = (start.longitude, start.latitude), (end.longitude, end.latitude)
    found = great_circle(here, there) if link.mode is Mode.AIR else sea_distance(here, there) if link.mode is Mode.SEA else None
    return nan if found is None else round(found, 1)


def _fault(reading: Reading, key: str, number: int, field: str, seen: str, expected: str, near: str, step: str) -> Fault:
    file, row = reading.rows[key][number]
    lines = reading.parsed[file].lines
    line = lines.get((key, row, field), lines.get((key, row), 1))
    return Fault(file, line, written_path((key, row, field)), seen, expected, near, step)
