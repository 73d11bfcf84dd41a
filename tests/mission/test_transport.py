"""transport/: codes of places, blanks that the world fills, limits of nodes, links and lift, and every fault at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.mission.transport import Lift, Node
from casque.mission.vocabulary import Mode
from casque.reference.opening import open_folder
from tests.conftest import EXAMPLE
from tests.deployment.worlds import lift, node

NODES = "id,name,kind,country,longitude,latitude,code,runway [m],working_mog,berths\n"
LINKS = "id,start,end,mode,length [km],speed [km/h],load_class\n"
LIFT = (
    "id,name,owner,mode,number,people [person],speed [km/h],turnaround [h],first_day,"
    "home,range [km],refuel_hours [h],runway_needed [m],draught [m]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    return folder


def _with(folder: Path, table: str, head: str, *rows: str) -> Path:
    """The folder with rows joined to a table; columns that the table has not yet come with them."""
    path = folder / "transport" / f"{table}.csv"
    old, new = path.read_text(encoding="utf-8").splitlines(), head.strip().split(",")
    columns = old[0].split(",")
    wide = [*columns, *(name for name in new if name not in columns)]
    lines = [",".join(wide), *(row + "," * (len(wide) - len(columns)) for row in old[1:])]
    for row in rows:
        cells = dict(zip(new, row.split(","), strict=True))
        lines.append(",".join(cells.get(name, "") for name in wide))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _faults(folder: Path) -> list[Fault]:
    with pytest.raises(BadInput) as refused:
        open_folder(folder)
    return list(refused.value.faults)


def test_a_folder_without_the_new_columns_is_read_as_before(folder: Path) -> None:
    transport = open_folder(folder).mission.transport
    assert transport.nodes[0].name == "Alfa Port"
    assert transport.nodes[0].aircraft_at_once is None
    assert (transport.lift[0].loading, transport.lift[0].unloading, transport.lift[0].stops(20_000)) == (2.0, 2.0, 0)


def test_a_code_gives_name_and_coordinates_and_links_are_measured(folder: Path) -> None:
    _with(
        folder,
        "nodes",
        NODES,
        "skg,,seaport,exampland,,,GRSKG,,,2",
        "anr,,seaport,exampland,,,beanr,,,",
        "lgts,,airport,exampland,,,LGTS,2440,3,",
    )
    _with(folder, "links", LINKS, "lane,skg,anr,sea,,30,", "flight,lgts,anr,air,,600,")
    transport = open_folder(folder).mission.transport
    nodes, links = {item.id: item for item in transport.nodes}, {item.id: item for item in transport.links}
    assert (nodes["skg"].name, nodes["skg"].berths, nodes["anr"].code) == ("Thessaloniki", 2, "BEANR")
    assert nodes["lgts"].latitude == pytest.approx(40.52, abs=0.05)
    assert links["lane"].length == pytest.approx(3062 * 1.852, rel=0.01)
    assert 1800 < links["flight"].length < 2000


WRONG_NODES = [
    ("x,,seaport,exampland,,,GRSKX,,,", "code", "'GRSKX'", "UN/LOCODE of a port", "GRSKG"),
    ("x,,airport,exampland,,,GRSKG,,,", "code", "'GRSKG' as the code of the airport", "ICAO code of four signs", ""),
    ("x,,airport,exampland,,,LG,,,", "code", "'LG'", "an ICAO code of four signs such as 'LGTS'", ""),
    ("x,Far,seaport,exampland,4.3,51.2,GRSKG,,,", "code", "'GRSKG' (Thessaloniki)", "within 100 km", ""),
    ("x,Nowhere,airport,exampland,,44,,,,", "longitude", "no longitude and no code", "coordinates in degrees", ""),
    ("x,,airport,exampland,10,44,,,,", "name", "no name and no code", "what the node is called", ""),
    ("x,Field,airport,exampland,10,44,,-3,,", "runway", "'-3 m'", "at least 0 m", ""),
    ("x,Field,airport,exampland,10,44,,,0,", "working_mog", "'0'", "more than 0", ""),
    ("x,Field,airport,exampland,10,44,,,,1.5", "berths", "'1.5'", "a whole number", ""),
]


@pytest.mark.parametrize(("row", "field", "seen", "expected", "near"), WRONG_NODES)
def test_a_wrong_node_is_told_with_its_line(folder: Path, row: str, field: str, seen: str, expected: str, near: str) -> None:
    line = len((folder / "transport" / "nodes.csv").read_text(encoding="utf-8").splitlines()) + 1
    (fault,) = [found for found in _faults(_with(folder, "nodes", NODES, row)) if field in found.where]
    assert (fault.file, fault.line, fault.nearest) == ("transport/nodes.csv", line, near)
    assert seen in fault.seen
    assert expected in fault.expected


WRONG_LINKS = [
    ("x,exampport,southtown,road,,30,", "length", "no length of a link by road", "a length such as"),
    ("x,exampport,northtown,sea,,30,", "length", "no length from", "that a sea lane joins"),
    ("x,exampport,southtown,road,40,30,0", "load_class", "'0'", "at least 1"),
]


@pytest.mark.parametrize(("row", "field", "seen", "expected"), WRONG_LINKS)
def test_a_wrong_link_is_told(folder: Path, row: str, field: str, seen: str, expected: str) -> None:
    rows = (folder / "transport" / "nodes.csv").read_text(encoding="utf-8").replace("10.3,45.5", "29.0,5.0")
    (folder / "transport" / "nodes.csv").write_text(rows, encoding="utf-8")
    (fault,) = [found for found in _faults(_with(folder, "links", LINKS, row)) if field in found.where]
    assert seen in fault.seen
    assert expected in fault.expected


WRONG_LIFT = [
    ("x,Ship,un,sea,1,0,30,48,D+0,,,,1500,", "runway_needed", "a runway needed by sea", "of aircraft only"),
    ("x,Plane,un,air,1,10,600,4,D+0,,,,,9", "draught", "a draught of lift by air", "of ships only"),
    ("x,Plane,un,air,1,10,600,4,D+0,,,2,,", "refuel_hours", "refuelling stops without a range", "a range beside them"),
    ("x,Plane,un,air,1,10,600,4,D+0,exampprot,,,,", "home", "'exampprot'", "known node"),
]


@pytest.mark.parametrize(("row", "field", "seen", "expected"), WRONG_LIFT)
def test_wrong_lift_is_told(folder: Path, row: str, field: str, seen: str, expected: str) -> None:
    (fault,) = [found for found in _faults(_with(folder, "lift", LIFT, row)) if field in found.where]
    assert seen in fault.seen
    assert expected in fault.expected


def test_the_least_of_what_an_airfield_has_decides_how_many_aircraft_it_works_on() -> None:
    field: Node = node("field", parking_mog=6.0, fuelling_mog=2.0, handling_mog=3.0)
    assert field.aircraft_at_once == 2.0


@pytest.mark.parametrize(
    ("reach", "refuel", "length", "stops"),
    [(None, None, 9000.0, 0), (3000.0, None, 3000.0, 0), (3000.0, None, 3001.0, None), (3000.0, 2.0, 6000.0, 1), (3000.0, 2.0, 6001.0, 2)],
)
def test_refuelling_stops(reach: float | None, refuel: float | None, length: float, stops: int | None) -> None:
    plane: Lift = lift("plane", Mode.AIR, range=reach, refuel_hours=refuel)
    assert plane.stops(length) == stops


def test_loading_and_unloading_are_half_of_the_turnaround_unless_stated() -> None:
    assert (lift("ship", Mode.SEA, turnaround=48.0).loading, lift("ship", Mode.SEA, turnaround=48.0, load_hours=30.0).loading) == (
        24.0,
        30.0,
    )
