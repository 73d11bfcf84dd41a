"""Reading whole folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casque.errors import BadInput
from casque.mission.folder import look, mission_of, read
from casque.mission.mission import Mission
from casque.reference.opening import open_folder, reference_faults
from tests.conftest import EXAMPLE, KOSOVO, ROOT

MISSIONS = sorted(path.parent.name for path in (ROOT / "missions").glob("*/mission.yaml"))


def test_example_reads_whole(example: Mission) -> None:
    assert example.about.id == "example"
    assert [sector.id for sector in example.area.sectors] == ["north", "south"]
    assert example.forces.pledges[0].strength == 700
    assert (example.tasks.tasks[0].end - example.about.d_day).days == 180
    assert example.alliance.members[0].reliability == pytest.approx(0.95)
    assert example.observations.observations[-1].measure == "strength.in_area"
    assert example.overrides.overrides[0].id == "supply.rations"


def test_mission_is_frozen(example: Mission) -> None:
    with pytest.raises(ValueError, match="frozen"):
        example.about.title = "x"  # type: ignore[misc]


def test_places_name_file_and_line() -> None:
    places = open_folder(EXAMPLE).places
    assert places["task:separate-parties"] == ("tasks.yaml", 3)
    assert places["unit:alf-inf"] == ("forces/pledges.csv", 2)
    assert places["provision:secure"][0] == "mandate.yaml"
    assert places["lesson:reserve-crosses-boundaries"] == ("lessons/reserve-crosses-boundaries.yaml", 1)


def test_kosovo_is_complete(kosovo: Mission) -> None:
    assert len(kosovo.tasks.tasks) >= 15
    assert len(kosovo.forces.pledges) >= 60
    assert len({pledge.member for pledge in kosovo.forces.pledges}) >= 20
    assert len(kosovo.area.sectors) == 5
    assert sum(sector.area for sector in kosovo.area.sectors) == pytest.approx(10_887)
    by_nation: dict[str, float] = {}
    for pledge in kosovo.forces.pledges:
        by_nation[pledge.member] = by_nation.get(pledge.member, 0) + pledge.strength
    for member, people in {"gbr": 13_000, "deu": 8_500, "usa": 7_000, "fra": 7_000, "ita": 5_000, "rus": 3_600, "esp": 1_200}.items():
        assert by_nation[member] == people


@pytest.mark.parametrize("name", MISSIONS)
def test_every_item_of_a_mission_has_a_source(name: str) -> None:
    mission = read(ROOT / "missions" / name)
    items = [
        *mission.mandate.instruments,
        *(provision for instrument in mission.mandate.instruments for provision in instrument.provisions),
        *mission.alliance.members,
        *mission.agreements.agreements,
        *mission.area.sectors,
        *mission.area.places,
        *mission.actors.actors,
        *mission.tasks.tasks,
        *mission.engagement.rules,
        *mission.engagement.caveats,
        *mission.forces.pledges,
        *mission.transport.nodes,
        *mission.transport.links,
        *mission.transport.lift,
        *mission.measures.measures,
        *mission.observations.observations,
        *mission.lessons.lessons,
    ]
    assert [item for item in items if not item.source] == []


@pytest.mark.parametrize("name", MISSIONS)
def test_verified_facts_rest_on_sources_that_were_read(name: str) -> None:
    mission = read(ROOT / "missions" / name)
    read_ids = {source.id for source in mission.sources if source.read}
    for item in [*mission.forces.pledges, *mission.observations.observations, *mission.mandate.instruments, *mission.lessons.lessons]:
        if item.grade == "verified":
            assert set(item.source) & read_ids, item


def test_faults_of_a_second_file_are_not_hidden_by_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    for name in ("mandate.yaml", "tasks.yaml", "supply.yaml"):
        (folder / name).write_text("nonsense: 1\n")
    with pytest.raises(BadInput) as fault:
        read(folder)
    assert {item.file for item in fault.value.faults} == {"mandate.yaml", "tasks.yaml", "supply.yaml"}


FILES = sorted(str(path.relative_to(EXAMPLE)) for path in EXAMPLE.rglob("*") if path.is_file())
TEXTS = {name: (EXAMPLE / name).read_text(encoding="utf-8") for name in FILES}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    file=st.sampled_from(FILES),
    start=st.floats(0, 1),
    length=st.integers(0, 12),
    insert=st.sampled_from(
        ["", ":", "-", "[", "]", "{", "}", '"', "'", "\n", "\t", ",", "#", "&", "*", "!", "9" * 30, "é", " km", "\x85", "NO"]
    ),
)
def test_mutated_folders_give_faults_or_a_mission(tmp_path: Path, file: str, start: float, length: int, insert: str) -> None:
    folder = tmp_path / "mission"
    if not folder.exists():
        shutil.copytree(EXAMPLE, folder)
    text = TEXTS[file]
    at = int(start * len(text))
    (folder / file).write_text(text[:at] + insert + text[at + length :], encoding="utf-8")
    reading = look(folder)
    (folder / file).write_text(text, encoding="utf-8")
    faults = [*reading.faults, *reference_faults(reading)]
    assert faults or mission_of(reading, folder)
    assert all(fault.expected and fault.file for fault in faults)


def test_kosovo_folder_is_where_the_tests_look() -> None:
    assert KOSOVO.is_dir()
