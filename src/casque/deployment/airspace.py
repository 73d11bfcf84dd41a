"""Whose air is barred to a contributor on which days, and what that makes of an air link: longer, or closed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from casque.deployment.calendar import Calendar, Mask
from casque.mission.agreements import Agreement
from casque.mission.transport import Link, Node
from casque.mission.vocabulary import AgreementKind, AgreementStatus
from casque.reference.world.airways import air_distance
from casque.reference.world.sphere import great_circle

_NEAR = 1.0
"""Kilometres below which two nodes are one place."""

Stretch = tuple[int, int, frozenset[str]]
"""First and last day, as indices, with the countries whose air is barred on them."""


def barred_days(agreements: Sequence[Agreement], calendar: Calendar, country: str, member: str) -> Mask:
    """Days on which a country's air is barred to a contributor, as `air_barred` says of each."""
    closed = np.zeros(calendar.size, dtype=np.bool_)
    written = [
        agreement
        for agreement in agreements
        if agreement.kind is AgreementKind.OVERFLIGHT and agreement.country == country and agreement.covers(member)
    ]
    if not written or country == member:
        return closed
    granted = np.zeros(calendar.size, dtype=np.bool_)
    for agreement in written:
        if agreement.status is AgreementStatus.REFUSED:
            closed |= calendar.between(agreement.in_force, agreement.expires)
        else:
            granted |= np.array([agreement.in_effect(when) for when in calendar.dates], dtype=np.bool_)
    return closed | ~granted


def barred_stretches(agreements: Sequence[Agreement], calendar: Calendar, member: str) -> tuple[Stretch, ...]:
    """The days planned over, cut where the countries that bar their air to a contributor change."""
    countries = sorted({agreement.country for agreement in agreements if agreement.kind is AgreementKind.OVERFLIGHT and agreement.country})
    masks = {country: barred_days(agreements, calendar, country, member) for country in countries}
    by_day = [frozenset(country for country in countries if masks[country][day]) for day in range(calendar.size)]
    stretches: list[Stretch] = []
    for barred, days in groupby(range(calendar.size), key=by_day.__getitem__):
        run = list(days)
        stretches.append((run[0], run[-1], barred))
    return tuple(stretches)


def variants(
    link: Link, ends: tuple[Node, Node], stretches: Sequence[Stretch], own: frozenset[str], calendar: Calendar
) -> tuple[Link, ...]:
    """An air link as it is on the days of each stretch: as long as the way round the barred countries makes it, or not there at all.

    The stated length grows in the share in which the great circle does. The countries of both ends and the `own` ones do not count:
    whether one may land there is a matter of other agreements.
    """
    here, there = ((node.longitude, node.latitude) for node in ends)
    direct = great_circle(here, there) if ends[0].located and ends[1].located else 0.0
    spared = own | {node.country for node in ends}
    if direct < _NEAR or not any(barred - spared for _, _, barred in stretches):
        return (link,)
    lengths: list[tuple[int, int, float | None]] = []
    for first, last, barred in stretches:
        way = air_distance(here, there, barred - spared)
        length = None if way is None else link.length * max(1.0, way / direct)
        if lengths and lengths[-1][2] == length:
            lengths[-1] = (lengths[-1][0], last, length)
        else:
            lengths.append((first, last, length))
    if len(lengths) == 1 and lengths[0][2] == link.length:
        return (link,)
    return tuple(_within(link, calendar, first, last, length) for first, last, length in lengths if length is not None)


def _within(link: Link, calendar: Calendar, first: int, last: int, length: float) -> Link:
    """The link with another length, for some of its days."""
    opens, closes = link.opens, link.closes
    if first > 0:
        opens = max(day for day in (opens, calendar.dates[first]) if day is not None)
    if last < calendar.size - 1:
        closes = min(day for day in (closes, calendar.dates[last]) if day is not None)
    return link.model_copy(update={"length": length, "opens": opens, "closes": closes})
