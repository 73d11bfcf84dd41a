"""Maps: how the force reaches the theatre, the theatre, and the area with its sectors."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.mission.area import Sector
from casque.mission.vocabulary import NodeKind, Threat
from casque.products.figures import number
from casque.products.filled import peaks
from casque.products.flow_map import WIDTHS, flow_map, short
from casque.products.flows import flows
from casque.products.maps import Labels, country_names, land, middle, scale_bar
from casque.products.material import Material
from casque.products.projection import Point, Projection, around, distance
from casque.products.svg import dot, figure, path, rect, text
from casque.products.symbols import placed, symbol
from casque.reference.unit_type import UnitType

THEATRE_KM = 350.0
"""How far from the area a node may lie and still be on the theatre map."""


@dataclass(frozen=True)
class SectorCard:
    """What stands in one sector."""

    name: str
    lead: str
    base: str
    population: float
    area: float
    threat: str
    people: float
    """People of all its units, each counted once."""
    peak: float
    """Most people in place at one time."""
    peak_day: float
    units: tuple[tuple[Markup, str, int, float], ...]
    """Symbol, unit type, how many, people."""


@dataclass(frozen=True)
class GroundView:
    """The maps."""

    lead: str
    reach: Markup | None
    theatre: Markup | None
    area: Markup | None
    sectors: tuple[SectorCard, ...]
    unplaced: int
    widths: str = WIDTHS
    """What the width of a line stands for."""


def view(material: Material) -> GroundView:
    """The maps and the sectors."""
    mission = material.mission
    outline = [point for sector in mission.area.sectors for point in sector.outline]
    outline += [(place.longitude, place.latitude) for place in mission.area.places if not outline]
    nodes = {node.id: node for node in mission.transport.nodes if node.located}
    bases = [nodes[sector.base] for sector in mission.area.sectors if sector.base in nodes]
    outline += [(node.longitude, node.latitude) for node in bases]
    cards = tuple(_card(material, sector.id) for sector in mission.area.sectors)
    lead = _lead(material, cards)
    if not outline:
        return GroundView(lead, None, None, None, cards, 0)
    centre = (sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline))
    near = [
        node
        for node in nodes.values()
        if distance((node.longitude, node.latitude), centre) <= THEATRE_KM and node.kind is not NodeKind.HOME
    ]
    flow = flows(material.movement.loads)
    used = {name for item in flow for name in (item.start, item.end)}
    far = [node for node in nodes.values() if node.id in used or node.kind is not NodeKind.HOME]
    reach = any(distance((node.longitude, node.latitude), centre) > THEATRE_KM for node in far)
    return GroundView(
        lead,
        flow_map(material, far, outline, flow, "Routes by which the force reaches the theatre", few=True) if reach else None,
        flow_map(material, near, outline, flow, "The theatre: ports, airfields and main routes", few=False),
        _area(material, outline),
        cards,
        sum(1 for item in material.force.assignments if item.sector not in {sector.id for sector in mission.area.sectors}),
    )


def _lead(material: Material, cards: tuple[SectorCard, ...]) -> str:
    """The peak of the plan; waves that relieve one another never stand there together, so their sum says nothing."""
    inhabitants = sum(sector.population for sector in material.mission.area.sectors)
    strength, listed = material.movement.strength, sum(card.people for card in cards)
    ground = f"in {len(cards)} sectors with {number(inhabitants)} inhabitants"
    if not strength or max(strength) <= 0:
        return f"The movement plan brings nobody into the area: {len(cards)} sectors with {number(inhabitants)} inhabitants."
    peak = max(strength)
    when = material.calendar.day(strength.index(peak))
    text = f"At its peak, on {when}, the plan has {number(round(peak))} people {ground}."
    if listed > peak + 0.5:
        text += (
            f" The lists of the sectors count every unit once, {number(round(listed))} people in all; units that relieve one another are "
            "never there together."
        )
    return text


def _area(material: Material, outline: list[Point]) -> Markup:
    view = around(outline, 960, 0.05, (0.5, 0.8))
    labels = Labels(view.width, view.height)
    labels.take((view.width * 0.72, view.height - 36, view.width, view.height))
    nodes = {node.id: node for node in material.mission.transport.nodes if node.located}
    sectors = material.mission.area.sectors
    ground = [path([view(*point) for point in item.outline], f"sector {_threat(item)}", closed=True) for item in sectors if item.outline]
    tops, names = [], []
    for item in sectors:
        if item.base in nodes:
            node = nodes[item.base]
            x, y = view(node.longitude, node.latitude)
            labels.take((x - 6, y - 6, x + 6, y + 6))
            tops.append(rect(x - 5, y - 5, 10, 10, "node base", f"{node.name}: base of {item.name}"))
            names.append(labels.beside(x, y, short(node.name), "place strong", 12.5, must=True))
    plates = [_plate(material, item, labels, view) for item in sectors if item.outline]
    for place in sorted(material.mission.area.places, key=lambda item: (-item.population, item.id)):
        if view.holds(place.longitude, place.latitude):
            x, y = view(place.longitude, place.latitude)
            label = labels.beside(x, y, short(place.name), "place", 11) if labels.free((x - 3, y - 3, x + 3, y + 3)) else ""
            if label:
                labels.take((x - 3, y - 3, x + 3, y + 3))
                tops.append(dot(x, y, 2.6, "node other", f"{place.name} ({place.kind.value})"))
                names.append(label)
    parts = [land(view), *ground, country_names(view, labels), *tops, *plates, *names, scale_bar(view)]
    return figure(view.width, view.height, "The area: sectors, bases, places and the force in them", parts, "wide map")


def _plate(material: Material, sector: Sector, labels: Labels, view: Projection) -> str:
    """The plate of a sector near its middle, clear of bases and other plates: its name, its people, its three largest kinds of unit."""
    kinds = _kinds(material, sector.id)
    shown = sorted(kinds, key=lambda item: (not item[0].manoeuvre, -item[2], item[0].id))[:3]
    peak = peaks(material.force.assignments, material.movement).get(sector.id, (0.0, 0.0))[0]
    people = f"{number(round(peak))} people at most"
    width = max(len(sector.name) * 7.0, len(people) * 6.4, 58 * len(shown)) + 14
    height = 38.0 + (40 if shown else 0)
    x, y = middle([view(*point) for point in sector.outline])
    offsets = [(dx, dy) for dy in (0, -30, 30, -60, 60, -95, 95, -130, 130) for dx in (0, -40, 40, -90, 90, -140, 140)]
    offsets.sort(key=lambda offset: abs(offset[0]) + abs(offset[1]))
    corners = [(x + dx - width / 2, y + dy - height / 2) for dx, dy in offsets]
    left, top = next((spot for spot in corners if labels.free((spot[0], spot[1], spot[0] + width, spot[1] + height))), corners[0])
    labels.take((left, top, left + width, top + height))
    parts = [rect(left, top, width, height, "plate"), text(left + width / 2, top + 15, sector.name, "sectorname", "middle")]
    parts.append(text(left + width / 2, top + 30, people, "tick", "middle"))
    for place, (kind, number_of, _) in enumerate(shown):
        middle_x = left + width / 2 + (place - (len(shown) - 1) / 2) * 58
        parts.append(placed(kind, middle_x - 9, top + 53, 20))
        parts.append(text(middle_x + 10, top + 60, f"×{number_of}", "times"))
    return "".join(parts)


def _kinds(material: Material, sector: str) -> list[tuple[UnitType, int, float]]:
    """Unit types in a sector, each unit counted once."""
    seen: dict[str, tuple[str, float]] = {}
    for item in material.force.assignments:
        if item.sector == sector:
            parts = seen.get(item.unit, ("", 0.0))[1] if item.part else 0.0
            seen[item.unit] = (item.unit_type, parts + item.strength)
    kinds: dict[str, list[float]] = {}
    for name, strength in seen.values():
        kinds.setdefault(name, []).append(strength)
    return [
        (material.reference.unit_types[name], len(items), sum(items))
        for name, items in sorted(kinds.items())
        if name in material.reference.unit_types
    ]


def _threat(sector: Sector) -> str:
    return max((threat.level for threat in sector.threats), key=lambda level: level.rank, default=Threat.LOW).value


def _card(material: Material, name: str) -> SectorCard:
    sector = next(item for item in material.mission.area.sectors if item.id == name)
    kinds = sorted(_kinds(material, name), key=lambda item: (-item[2], item[0].id))
    threats = ", ".join(f"{threat.level.value} ({threat.phase})" for threat in sector.threats)
    peak, day = peaks(material.force.assignments, material.movement).get(name, (0.0, 0.0))
    return SectorCard(
        sector.name,
        material.names.member(sector.lead),
        material.names.of("node", sector.base),
        sector.population,
        sector.area,
        threats,
        sum(item[2] for item in kinds),
        peak,
        day,
        tuple((symbol(kind, 22), kind.name, number_of, people) for kind, number_of, people in kinds),
    )
