"""Who may use which link, and what barred air makes of a flight."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from casque.deployment.airspace import barred_days, barred_stretches
from casque.deployment.calendar import Calendar
from casque.deployment.network import ANY_MODE, Ban, Network, Traveller, fastest, link_days, paths
from casque.deployment.reason import why_unmoved
from casque.mission.agreements import Agreement, air_barred
from casque.mission.transport import Lift, Link, Node
from casque.mission.vocabulary import AgreementKind, AgreementStatus, Mode, NodeKind
from casque.reference.world.sphere import great_circle
from tests.deployment.worlds import D_DAY, day, entry, lift, link, node

CALENDAR = Calendar(D_DAY, 0, 100)
PSKOV, PRISTINA = {"longitude": 28.4, "latitude": 57.78}, {"longitude": 21.036, "latitude": 42.573}


def made(nodes: list[Node], links: list[Link], fleets: list[Lift], agreements: list[Agreement] | None = None) -> Network:
    class _Transport:
        pass

    transport: Any = _Transport()
    transport.nodes, transport.links, transport.lift = tuple(nodes), tuple(links), tuple(fleets)
    return Network(transport, [entry(), *(agreements or [])], CALENDAR)


def overflight(country: str, first: int | None = None, **more: Any) -> Agreement:
    return entry(country, first, id=f"air-{country}", kind=AgreementKind.OVERFLIGHT, **more)


def flyer(**more: Any) -> Traveller:
    return Traveller("sender", "home", "base", 0, True, ANY_MODE, **more)


def flight(agreements: list[Agreement], length: float = 1800.0) -> Network:
    nodes = [
        node("home", NodeKind.AIRPORT, "sender", **PSKOV),
        node("base", NodeKind.AIRPORT, "host", **PRISTINA),
    ]
    fleets = [lift("plane", Mode.AIR, people=100.0, speed=500.0)]
    return made(nodes, [link("home", "base", Mode.AIR, length=length, speed=500.0)], fleets, agreements)


@pytest.mark.parametrize(
    ("runway", "needed", "usable"), [(1800.0, 2000.0, False), (2000.0, 2000.0, True), (None, 2000.0, True), (1.0, None, True)]
)
def test_a_runway_has_to_be_long_enough(runway: float | None, needed: float | None, usable: bool) -> None:
    nodes = [node("home", NodeKind.AIRPORT, "sender"), node("base", NodeKind.AIRPORT, runway=runway)]
    network = made(nodes, [link("home", "base", Mode.AIR)], [lift("plane", Mode.AIR, people=100.0, runway_needed=needed)])
    assert (fastest(network, flyer(), Ban()) is not None) is usable


@pytest.mark.parametrize(("depth", "usable"), [(8.0, False), (9.0, True), (None, True)])
def test_a_port_has_to_be_deep_enough(depth: float | None, usable: bool) -> None:
    nodes = [node("home", NodeKind.SEAPORT, "sender"), node("base", NodeKind.SEAPORT, draught=depth)]
    network = made(nodes, [link("home", "base", Mode.SEA)], [lift("ship", Mode.SEA, people=100.0, draught=9.0)])
    assert (fastest(network, flyer(), Ban()) is not None) is usable


def test_a_flight_beyond_the_range_is_refused_or_takes_a_stop() -> None:
    far = link("home", "base", Mode.AIR, length=2400.0, speed=100.0)
    short, stopping = (lift("plane", Mode.AIR, people=1.0, speed=100.0, range=1000.0, refuel_hours=hours) for hours in (None, 6.0))
    assert link_days(far, short) == float("inf")
    assert link_days(far, stopping) == pytest.approx(1.0 + 2 * 6 / 24)
    nodes = [node("home", NodeKind.AIRPORT, "sender"), node("base", NodeKind.AIRPORT)]
    assert fastest(made(nodes, [far], [short]), flyer(), Ban()) is None
    assert fastest(made(nodes, [far], [stopping]), flyer(), Ban()) is not None


@pytest.mark.parametrize(
    ("limits", "weight", "usable"),
    [
        ({"load_class": 30}, {"load_class": 70.0}, False),
        ({"load_class": 70}, {"load_class": 70.0}, True),
        ({"load_class": 30}, {}, True),
        ({"clearance_height": 3.5}, {"height": 3.8}, False),
        ({"clearance_height": 4.0}, {"height": 3.8}, True),
    ],
)
def test_a_road_has_to_bear_and_to_clear_the_vehicles(limits: dict[str, Any], weight: dict[str, Any], usable: bool) -> None:
    network = made([node("home", country="host"), node("base")], [link("home", "base", **limits)], [])
    assert (fastest(network, Traveller("host", "home", "base", 0, False, ANY_MODE, **weight), Ban()) is not None) is usable


def test_air_is_open_where_nothing_is_written_and_barred_until_the_agreement_has_effect() -> None:
    assert not barred_days([], CALENDAR, "hun", "sender").any()
    later = [overflight("hun", 10)]
    assert barred_days(later, CALENDAR, "hun", "sender").tolist() == [True] * 10 + [False] * 90
    assert not barred_days(later, CALENDAR, "hun", "hun").any()
    assert not barred_days([overflight("hun", 10, members=("other",))], CALENDAR, "hun", "sender").any()


def test_a_refusal_outweighs_what_is_granted_to_all() -> None:
    refused = overflight("hun", None, members=("sender",), status=AgreementStatus.REFUSED, expires=day(4))
    agreements = [overflight("hun", -100), refused]
    assert barred_days(agreements, CALENDAR, "hun", "sender").tolist() == [True] * 5 + [False] * 95
    assert [(first, last, sorted(barred)) for first, last, barred in barred_stretches(agreements, CALENDAR, "sender")] == [
        (0, 4, ["hun"]),
        (5, 99, []),
    ]


@pytest.mark.parametrize("seed", range(30))
def test_days_and_calendar_agree_on_barred_air(seed: int) -> None:
    draw = Random(seed)

    def some(low: int, high: int) -> int | None:
        return draw.choice([None, draw.randint(low, high)])

    agreements = []
    for _ in range(draw.randint(0, 4)):
        status = draw.choice([AgreementStatus.REFUSED, AgreementStatus.IN_FORCE, AgreementStatus.NEGOTIATING])
        last = some(20, 90)
        members = draw.choice([(), ("sender",), ("other",)])
        agreements.append(overflight("hun", some(0, 60), status=status, expires=None if last is None else day(last), members=members))
    found = barred_days(agreements, CALENDAR, "hun", "sender").tolist()
    assert found == [air_barred(agreements, "hun", "sender", when) for when in CALENDAR.dates]


def test_barred_air_lengthens_the_flight_while_it_is_barred() -> None:
    agreements = [overflight(country, 10) for country in ("hun", "rou", "bgr")]
    network = flight(agreements)
    whole = network.transport.links[0]
    barred, free = network.variants(whole, flyer())
    assert free.length == whole.length
    assert barred.length > 1.1 * whole.length
    assert (barred.opens, barred.closes, free.opens, free.closes) == (None, day(9), day(10), None)
    found = paths(network, flyer(), 4, 14)
    assert sorted(way[0][0].length for way in found) == sorted([whole.length, barred.length])
    assert {way[0][0].id for way in found} == {whole.id}
    assert not network.link_days(barred)[10]
    assert network.link_days(free)[10]


def test_a_country_that_is_surrounded_by_barred_air_cannot_be_flown_to() -> None:
    agreements = [overflight(country, None) for country in ("srb", "mkd", "alb", "mne")]
    network = flight(agreements)
    assert network.variants(network.transport.links[0], flyer()) == ()
    assert fastest(network, flyer(), Ban()) is None
    assert fastest(network, flyer(ignore_agreements=True), Ban()) is not None
    assert "air that is barred to sender on every way between Home and Base" in why_unmoved(network, flyer(), "Unit", "people")


def test_the_countries_of_both_ends_and_of_the_sender_do_not_bar_the_way() -> None:
    network = flight([overflight("host", None), overflight("sender", None)])
    assert network.variants(network.transport.links[0], flyer()) == (network.transport.links[0],)


def test_without_bars_a_link_is_what_it_was() -> None:
    network = flight([overflight("hun", -100)], length=great_circle((28.4, 57.78), (21.036, 42.573)))
    assert network.variants(network.transport.links[0], flyer()) == (network.transport.links[0],)
