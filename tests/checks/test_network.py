"""Best arrivals, waiting for what opens, and single points of a network."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casque.checks.network import Network, earliest_arrivals, network_of, reached_from, single_points
from casque.checks.windows import EVER, Window, joined, next_day
from casque.mission.transport import Lift, Link, Node, Transport
from casque.mission.vocabulary import Mode, NodeKind

D_DAY = date(2030, 3, 1)
YEAR = Window(0, 365)


def node(name: str, country: str = "x", handling: float = 0.0, opens: int | None = None) -> Node:
    first = None if opens is None else D_DAY + timedelta(days=opens)
    return Node.model_construct(
        id=name, name=name, kind=NodeKind.TOWN, country=country, longitude=0.0, latitude=0.0, handling=handling, opens=first, closes=None
    )


def link(start: str, end: str, mode: Mode = Mode.ROAD, days: float = 1.0, closes: int | None = None) -> Link:
    last = None if closes is None else D_DAY + timedelta(days=closes)
    return Link.model_construct(
        id=f"{start}-{end}", start=start, end=end, mode=mode, length=240.0 * days, speed=10.0, hours_per_day=24.0, opens=None, closes=last
    )


def lift(mode: Mode, first: int, members: tuple[str, ...] = ()) -> Lift:
    return Lift.model_construct(
        id="fleet",
        name="fleet",
        owner="x",
        mode=mode,
        number=1,
        speed=10.0,
        turnaround=1.0,
        first_day=D_DAY + timedelta(days=first),
        last_day=None,
        members=members,
    )


def network(nodes: list[Node], links: list[Link], fleets: tuple[Lift, ...] = ()) -> Network:
    return network_of(Transport.model_construct(nodes=tuple(nodes), links=tuple(links), lift=fleets), D_DAY)


def test_arrival_adds_travel_and_handling_between_and_waits_for_what_opens() -> None:
    net = network([node("a", handling=5), node("b", handling=2), node("c", opens=9)], [link("a", "b"), link("b", "c")])
    assert earliest_arrivals(net, "a", 3, "m") == {"a": 3, "b": 4, "c": 9}


def test_closed_links_and_missing_lift_are_no_way() -> None:
    net = network([node("a"), node("b")], [link("a", "b", closes=2)])
    assert "b" in earliest_arrivals(net, "a", 2, "m")
    assert "b" not in earliest_arrivals(net, "a", 3, "m")
    air = network([node("a"), node("b")], [link("a", "b", Mode.AIR)], (lift(Mode.AIR, 7, ("m",)),))
    assert earliest_arrivals(air, "a", 0, "m")["b"] == 8
    assert "b" not in earliest_arrivals(air, "a", 0, "other")
    assert earliest_arrivals(air, "a", 0, "other", need_lift=False)["b"] == 1


def test_ground_opens_by_agreement() -> None:
    net = network([node("a"), node("b", "y"), node("c")], [link("a", "b"), link("b", "c")])
    assert earliest_arrivals(net, "a", 0, "m", lambda country: (Window(5, 9),) if country == "y" else (Window(),)) == {
        "a": 0,
        "b": 5,
        "c": 6,
    }
    assert earliest_arrivals(net, "a", 0, "m", lambda country: () if country == "y" else (Window(),)) == {"a": 0}


pairs = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] < p[1]), max_size=12, unique=True)


@settings(max_examples=150, deadline=None)
@given(pairs, st.sets(st.integers(1, 6), min_size=1, max_size=2))
def test_single_points_agree_with_taking_each_out(edges: list[tuple[int, int]], sources: set[int]) -> None:
    net = network([node(str(n)) for n in range(7)], [link(str(a), str(b)) for a, b in edges])
    entries = tuple(sorted(map(str, sources)))
    nodes, links = single_points(net, entries, "0", YEAR)
    if "0" not in reached_from(net, entries, YEAR):
        assert (nodes, links) == ((), ())
        return
    assert set(nodes) == {n for n in map(str, range(1, 7)) if "0" not in reached_from(net, entries, YEAR, without_node=n)}
    assert set(links) == {f"{a}-{b}" for a, b in edges if "0" not in reached_from(net, entries, YEAR, without_link=f"{a}-{b}")}


windows = st.lists(st.builds(Window, st.integers(-5, 20), st.integers(-5, 20)), max_size=5)


@given(windows, st.integers(-6, 22))
def test_joining_windows_keeps_their_days(some: list[Window], day: int) -> None:
    inside = any(w.first <= day <= w.last for w in some)
    assert inside == any(w.first <= day <= w.last for w in joined(some))
    following = next_day(some, day)
    later = [d for d in range(day, 25) if any(w.first <= d <= w.last for w in some)]
    assert following == (later[0] if later else None)
    assert next_day((Window(),), -EVER) == -EVER
