"""Drawings of usable force: a map of the hours to the first usable company at every place, and arrival curves."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from casque.mission.area import Place
from casque.plan.usable import PlaceReach, Reach
from casque.products.figures import number
from casque.products.maps import Labels, country_names, land, scale_bar
from casque.products.material import Material
from casque.products.projection import around
from casque.products.scales import frame, y_axis
from casque.products.svg import Point, dot, figure, line, path, rect, text

LAST_HOUR = 12.0
"""Where the axis of an arrival curve ends."""


def state_of(place: PlaceReach, within: float) -> str:
    """Whether a place is reached in time, only without the strings attached, or not even then."""
    if place.hours is not None and place.hours <= within:
        return "reached"
    return "held" if place.free is not None and place.free <= within else "far"


def hours_text(hours: float | None) -> str:
    """Hours as a label."""
    return "never" if hours is None else f"{number(hours)} h"


def reach_map(material: Material, reach: Reach) -> Markup | None:
    """Every place with the hours until a usable company stands there; shape and label say what the colour says."""
    places = {place.id: place for place in material.mission.area.places}
    shown = [(item, places[item.place]) for item in reach.places if item.place in places]
    outline = [point for sector in material.mission.area.sectors for point in sector.outline]
    outline += [(place.longitude, place.latitude) for _, place in shown]
    if not shown:
        return None
    view = around(outline, 960, 0.05, (0.5, 0.8))
    labels = Labels(view.width, view.height)
    labels.take((view.width * 0.72, view.height - 36, view.width, view.height))
    ground = [
        path([view(*point) for point in sector.outline], "sector", closed=True, title=sector.name)
        for sector in material.mission.area.sectors
        if sector.outline
    ]
    marks, names = [], []
    for item, place in shown:
        x, y = view(place.longitude, place.latitude)
        labels.take((x - 6, y - 6, x + 6, y + 6))
        marks.append(_mark(x, y, item, place, reach.within))
    for item, place in shown:
        label = f"{place.name} {hours_text(item.hours)}"
        x, y = view(place.longitude, place.latitude)
        late = state_of(item, reach.within) != "reached"
        names.append(labels.beside(x, y, label, "place strong" if late else "place", 12.5 if late else 11))
    title = f"Hours until {number(reach.strength)} usable people stand at each place"
    return figure(
        view.width, view.height, title, [land(view), *ground, country_names(view, labels), *marks, *names, scale_bar(view)], "wide map"
    )


def _mark(x: float, y: float, item: PlaceReach, place: Place, within: float) -> str:
    title = f"{place.name}: {hours_text(item.hours)} as the law stands, {hours_text(item.free)} with no string attached"
    state = state_of(item, within)
    if state == "reached":
        return dot(x, y, 5, "node reached", title)
    if state == "held":
        return path([(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)], "node held", closed=True, title=title)
    return rect(x - 5.5, y - 5.5, 11, 11, "node far", title)


def arrival_chart(name: str, item: PlaceReach, hours: Sequence[float], within: float, strength: float) -> Markup:
    """Usable people at a place by hour, as the law stands and with no string attached, with the stated time and strength."""
    kept = [place for place, hour in enumerate(hours) if hour <= LAST_HOUR]
    top = max([strength, *(item.free_curve[place] for place in kept), *(item.curve[place] for place in kept)])
    field = frame((0, LAST_HOUR), top, (310, 170), (28, 12, 30, 46))
    parts = [y_axis(field, "usable people"), line(field.x.start, field.bottom, field.x.end, field.bottom, "axis")]
    parts += [text(field.x(hour), field.bottom + 15, f"{hour} h", "tick", "middle") for hour in range(0, int(LAST_HOUR) + 1, 2)]
    parts.append(line(field.x(within), field.bottom, field.x(within), field.y.end, "stop bound"))
    parts.append(line(field.x.start, field.y(strength), field.x.end, field.y(strength), "curve limit"))
    for label, kind, people in (("no string attached", "second", item.free_curve), ("as the law stands", "main", item.curve)):
        steps: list[Point] = []
        for place in kept:
            if steps:
                steps.append((field.x(hours[place]), steps[-1][1]))
            steps.append((field.x(hours[place]), field.y(people[place])))
        parts.append(path(steps, f"curve {kind}", title=label))
    return figure(310, 170, f"Usable people at {name} by hour after the call", parts, "small")
