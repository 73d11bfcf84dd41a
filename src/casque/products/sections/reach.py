"""Which places a usable company reaches in time, and which strings keep it from the others."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casque.plan.usable import PlaceReach, Reach, ReachCost
from casque.products.figures import count, listed, number, whole
from casque.products.material import Material
from casque.products.reach_map import arrival_chart, hours_text, reach_map, state_of

MOST_CURVES = 6
"""Places whose curves are drawn."""
STATES = {"reached": ("good", "in time"), "held": ("fair", "only with no string attached"), "far": ("bad", "not even then")}


@dataclass(frozen=True)
class PlaceRow:
    """A place of the table."""

    name: str
    sector: str
    item: PlaceReach
    mark: str
    """How it stands, as the report marks states."""
    state: str
    """The same in words."""
    hours: str
    without_caveats: str
    free: str


@dataclass(frozen=True)
class ReachView:
    """Reach of the usable force."""

    item: Reach
    lead: str
    moment: str
    drawn: Markup | None
    curves: tuple[tuple[str, Markup], ...]
    rows: tuple[PlaceRow, ...]
    costs: tuple[tuple[str, ReachCost, str, str], ...]
    """Text of the string, what it costs, the places that it alone would keep out of reach, and those that open without it."""


def view(material: Material) -> ReachView | None:
    """The part on reach; none where no task takes force or no place is known."""
    item, names = material.engagement.reach, material.names
    if item is None or not item.places:
        return None
    moment = f"{material.calendar.day(item.day)}, {item.hour:02d}:00"
    charts = tuple(
        (names.of("place", place.place), arrival_chart(names.of("place", place.place), place, item.hours, item.within, item.strength))
        for place in _told(item)
    )
    costs = tuple((names.ref(cost.string), cost, _places(material, cost.shuts), _places(material, cost.opens)) for cost in item.costs)
    rows = tuple(_row(material, item, place) for place in item.places)
    return ReachView(item, _lead(item), moment, reach_map(material, item), charts, rows, costs)


def _row(material: Material, item: Reach, place: PlaceReach) -> PlaceRow:
    mark, state = STATES[state_of(place, item.within)]
    times = (hours_text(place.hours), hours_text(place.without_caveats), hours_text(place.free))
    return PlaceRow(material.names.of("place", place.place), material.names.sector(place.sector), place, mark, state, *times)


def _told(item: Reach) -> list[PlaceReach]:
    """Places at which the strings cost most people within the stated time; places reached last where they cost nobody."""
    return sorted(item.places, key=lambda place: place.people - place.people_free)[:MOST_CURVES]


def _lead(item: Reach) -> str:
    late = item.out_of_reach
    stated = f"{whole(item.strength)} usable people within {number(item.within)} h"
    if not late:
        return f"All {count(len(item.places), 'place')} see {stated}."
    held = sum(state_of(place, item.within) == "held" for place in late)
    text = f"{len(late)} of {count(len(item.places), 'place')} do not see {stated}. "
    if held:
        return f"{text}At {held} of them caveats and words kept back are the cause; at {len(late) - held} the road and the notice alone."
    return f"{text}At none of them would it help to take caveats or words away: notice and road are the cause."


def _places(material: Material, places: tuple[str, ...]) -> str:
    return listed([material.names.of("place", place) for place in places]) or "–"
