"""The deployment plan of a nation: its own lines only, whom it carries, what is late, and nothing that is kept from it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from casque.errors import NoSuchItem
from casque.mission.mission import Mission
from casque.mission.written import Marking
from casque.plan.movement import MovementRecord
from casque.products.forces.release import WITHHELD
from casque.products.movement.brought import brought
from casque.products.movement.files import merge_files, national_files, plan_files
from casque.products.movement.merging import merging
from casque.products.movement.national import NationalPlan, national_plan, overview
from casque.products.movement.picture import MovementPicture, movement_picture
from casque.products.movement.telling import telling
from casque.reference.load import Reference
from tests.products.movement.conftest import Editor, small_record
from tests.products.records import full


def part(plan: NationalPlan, key: str) -> Any:
    """A part of a plan by its key."""
    return next(item for item in plan.parts if item.key == key)


def test_a_plan_has_the_lines_of_its_nation_and_no_other(seen: MovementPicture) -> None:
    lines = {member: {row[0] for row in part(national_plan(seen, member), "lines").rows} for member in ("alfaland", "bravia")}
    assert lines == {"alfaland": {"ALF0101", "ALF0102"}, "bravia": {"BRA0101", "BRA0102"}}


def test_facts_say_when_it_begins_and_closes_and_what_is_late(seen: MovementPicture) -> None:
    facts = dict(national_plan(seen, "bravia").facts)
    assert (facts["Lines"], facts["People"], facts["Tonnes"]) == ("2", "300", "500")
    assert "D+7" in facts["First move"]
    assert "D+15" in facts["Last unit in place"]
    assert facts["Late"] == "1\u00a0unit"
    (row,) = part(national_plan(seen, "bravia"), "late").rows
    assert row[5:] == ("6 d", "others go before it")


def test_ports_trips_and_carriers_are_those_of_its_lines(seen: MovementPicture) -> None:
    plan = national_plan(seen, "bravia")
    assert {row[0] for row in part(plan, "ports").rows} == {"Bravia Port", "Exampland Port", "Exampland Airport"}
    assert [row[0] for row in part(plan, "trips").rows] == ["Chartered airliners 2"] * 2 + ["Chartered ro-ro ship 1"]
    assert {(row[0], row[5]) for row in part(plan, "carriers").rows} == {("Chartered ro-ro ship", "1"), ("Chartered airliners", "2")}
    assert part(plan, "contacts").rows


def test_a_nation_with_lift_sees_whom_it_carries(example: Mission, reference: Reference) -> None:
    lift = tuple(item.model_copy(update={"owner": "carolia"}) if item.id == "charter-ship" else item for item in example.transport.lift)
    mission = example.model_copy(update={"transport": example.transport.model_copy(update={"lift": lift})})
    seen = movement_picture(mission, reference, small_record())
    assert "carolia" in seen.members
    plan = national_plan(seen, "carolia")
    (row,) = part(plan, "lift").rows
    assert row[-1] == "Alfaland (0 people, 500 t); Bravia (0 people, 500 t)"
    assert row[3] == "2"
    assert len(plan.bars) == 2
    assert part(plan, "unmoved").rows == (("Military Police Company", "Nothing sails from there."),)


def test_nothing_that_is_kept_from_a_nation_stands_in_its_plan(example: Mission, reference: Reference, tmp_path: Path) -> None:
    members = tuple(item.model_copy(update={"organisations": ()}) if item.id == "bravia" else item for item in example.alliance.members)
    about = example.about.model_copy(update={"marking": Marking(releasable_to=("alfaland",))})
    mission = example.model_copy(update={"about": about, "alliance": example.alliance.model_copy(update={"members": members})})
    plan = national_plan(movement_picture(mission, reference, small_record()), "bravia")
    assert (plan.parts, plan.lists, plan.bars, plan.facts) == ((), (), (), ())
    assert "does not release it to Bravia" in plan.withheld
    assert list(national_files(plan)) == ["movement-bravia.html"]
    open_to_all = about.model_copy(update={"marking": Marking(releasable_to=("alfaland", "bravia"))})
    sector = tuple(
        item.model_copy(update={"marking": Marking(releasable_to=("alfaland",))}) if item.id == "south" else item
        for item in example.area.sectors
    )
    mission = mission.model_copy(update={"about": open_to_all, "area": example.area.model_copy(update={"sectors": sector})})
    seen = movement_picture(mission, reference, small_record())
    marked = national_plan(seen, "bravia")
    told = json.dumps([asdict(item) for item in marked.parts])
    assert WITHHELD in told
    assert "Sector South" not in told
    path = tmp_path / "movement-bravia.csv"
    path.write_bytes(national_files(marked)[path.name])
    assert ",south," not in path.read_text()
    assert brought(seen, [path]).proposals == {}


def test_files_are_the_same_every_time_and_hold_the_same_lines(seen: MovementPicture) -> None:
    files = plan_files(seen)
    assert files == plan_files(seen)
    assert set(files) == {"movement.html", "time-phased-list.csv", "time-phased-list.xlsx", "manifest.csv"}
    book: Any = load_workbook(io.BytesIO(files["time-phased-list.xlsx"]))
    assert book.sheetnames == ["Lines", "Manifest", "Trips", "Columns"]
    assert files["time-phased-list.csv"].decode().count("\n") == len(seen.record.loads) + 1
    assert re.findall(r'href="(movement-[^"]+)"', files["movement.html"].decode()) == [f"movement-{name}.html" for name in seen.members]


def test_records_without_shipments_and_without_anything_are_told_too(example: Mission, reference: Reference) -> None:
    record = next(item for item in full(example) if isinstance(item, MovementRecord))
    older = movement_picture(example, reference, record)
    assert {name for member in older.members for name in national_files(national_plan(older, member))} >= {"movement-bravia.csv"}
    nothing = movement_picture(example, reference, record.model_copy(update={"loads": (), "in_place": (), "unmoved": ()}))
    assert nothing.members == ()
    assert plan_files(nothing)["time-phased-list.csv"].decode().count("\n") == 1
    assert overview(nothing) == ()


def test_what_people_write_is_escaped(example: Mission, reference: Reference) -> None:
    pledges = tuple(item.model_copy(update={"name": "<script>x</script>"}) for item in example.forces.pledges)
    mission = example.model_copy(update={"forces": example.forces.model_copy(update={"pledges": pledges})})
    page = national_files(national_plan(movement_picture(mission, reference, small_record()), "bravia"))["movement-bravia.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_nation_is_known_by_id_and_name_and_no_other(seen: MovementPicture) -> None:
    assert seen.nation("Bravia") == seen.nation("bravia") == "bravia"
    with pytest.raises(NoSuchItem, match="no member is called"):
        seen.nation("nobody")
    with pytest.raises(NoSuchItem, match="has no unit and no lift"):
        replace(seen, record=seen.record.model_copy(update={"unmoved": ()})).nation("carolia")


def test_asking_writes_files_and_merging_writes_the_merged_list(seen: MovementPicture, edit: Editor, tmp_path: Path) -> None:
    told = telling(seen, "", tmp_path / "all", 5)
    assert {path.name for path in told.paths} >= {"time-phased-list.csv", "movement-alfaland.xlsx", "movement-bravia.csv"}
    assert told.tables[0].rows[1][:4] == ("Bravia", "1", "300", "500")
    one = telling(seen, "Bravia", None, 1)
    assert one.paths == ()
    assert any("… 1 more" in row[0] for table in one.tables for row in table.rows)
    merge = merging(seen, [edit("bravia", {"bra-inf:people": {"leaves POE [D+]": "5"}})], tmp_path / "merged")
    assert merge.conflicts
    assert [path.name for path in merge.paths] == ["merged.csv", "conflicts.csv", "merged.xlsx"]
    assert "2030-03-06T00:00" in (tmp_path / "merged" / "merged.csv").read_text()
    assert any("Gives way: BRA0102" in line for line in merge.lines)
    assert not merging(seen, [edit("bravia", {})], None).conflicts
    assert merge_files(seen, ())["conflicts.csv"].decode().count("\n") == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_their_width_and_ask_for_nothing(browser: Any, seen: MovementPicture, tmp_path: Path, width: int) -> None:
    files = plan_files(seen) | national_files(national_plan(seen, "bravia"))
    for name in ("movement.html", "movement-bravia.html"):
        (tmp_path / name).write_bytes(files[name])
        asked: list[str] = []
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda made, asked=asked: asked.append(made.url))
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert asked == [(tmp_path / name).as_uri()]
        page.close()
