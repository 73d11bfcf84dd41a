"""Scenarios: every kind of change, and every fault told at its line of scenarios.yaml."""

from __future__ import annotations

import json
import shutil
import textwrap
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casque import cli
from casque.errors import BadInput, NoSuchItem
from casque.mission.faults import Fault
from casque.mission.folder import look, read
from casque.mission.layout import YAML_FILES
from casque.mission.links import KINDS
from casque.mission.mission import Mission
from casque.mission.vocabulary import Grade
from casque.reference.opening import open_folder
from tests.conftest import EXAMPLE, KOSOVO

HEAD = "scenarios:\n  - id: what-if\n    title: What if\n    description: A change.\n    source: [estimate]\n    changes:\n"
"""Six lines; the first change stands on line 7."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example."""
    folder = tmp_path / "mission"
    shutil.copytree(EXAMPLE, folder)
    return folder


def _write(folder: Path, changes: str, after: str = "") -> None:
    body = textwrap.indent(textwrap.dedent(changes).strip("\n"), "      ")
    (folder / "scenarios.yaml").write_text(HEAD + body + "\n" + after, encoding="utf-8")


def _under(folder: Path, changes: str, after: str = "", name: str = "what-if") -> Mission:
    _write(folder, changes, after)
    return read(folder, name)


def _faults(folder: Path, changes: str, after: str = "") -> list[Fault]:
    _write(folder, changes, after)
    with pytest.raises(BadInput) as refused:
        open_folder(folder, "what-if")
    return list(refused.value.faults)


def _first(folder: Path, changes: str) -> Fault:
    faults = _faults(folder, changes)
    assert len(faults) == 1, faults
    assert faults[0].file == "scenarios.yaml"
    return faults[0]


def test_a_folder_without_scenarios_is_whole(folder: Path) -> None:
    (folder / "scenarios.yaml").unlink()
    assert read(folder).scenarios.scenarios == ()
    with pytest.raises(NoSuchItem, match="no scenario is called"):
        read(folder, "late")


def test_base_is_the_folder_as_it_stands(folder: Path, example: Mission) -> None:
    assert read(folder, "base") == example
    assert open_folder(folder, "base").places == open_folder(folder).places


def test_unknown_scenario_names_the_nearest(folder: Path) -> None:
    with pytest.raises(NoSuchItem) as refused:
        open_folder(folder, "late-brava")
    assert "Did you mean 'late-bravia'?" in refused.value.next_step


def test_a_cell_of_a_table_is_set_with_its_unit(folder: Path, example: Mission) -> None:
    mission = _under(folder, "- {item: unit:alf-inf, field: strength, set: 350 person}")
    assert mission.forces.pledges[0].strength == 350
    assert mission.forces.pledges[1:] == example.forces.pledges[1:]
    assert mission.tasks is not example.tasks
    assert mission.tasks == example.tasks
    assert read(folder).forces == example.forces


def test_a_dotted_field_counts_places_from_one(folder: Path) -> None:
    mission = _under(folder, '- {item: task:separate-parties, field: "needs[1].posts", set: 9}')
    assert mission.tasks.tasks[0].needs[0].posts == 9  # type: ignore[union-attr]


def test_several_items_and_fields_at_once_and_fields_left_out(folder: Path) -> None:
    mission = _under(
        folder,
        """
        - {item: [unit:alf-inf, unit:bra-inf], field: [latest_arrival, required], set: }
        """,
    )
    for number in (0, 3):
        assert mission.forces.pledges[number].latest_arrival is None
        assert mission.forces.pledges[number].required is None
    assert mission.forces.pledges[1].required is not None


def test_items_are_taken_away_and_the_rest_keep_their_order(folder: Path, example: Mission) -> None:
    mission = _under(folder, "- remove: [unit:alf-mech, unit:car-mp, caveat:carolia-own-sector]")
    assert [item.id for item in mission.forces.pledges] == ["alf-inf", "alf-log", "bra-inf", "bra-med"]
    assert mission.engagement.caveats == ()
    assert mission.engagement.rules == example.engagement.rules


def test_places_in_lists_count_as_the_folder_stands(folder: Path) -> None:
    mission = _under(
        folder,
        """
        - {item: task:escort-returns, field: "needs[1]", set: }
        - {item: task:escort-returns, field: "needs[2].strength", set: 90 person}
        """,
    )
    (medical, _) = mission.tasks.tasks[-1].needs
    assert medical.capability == "medical"
    assert medical.strength == 90  # type: ignore[union-attr]


def test_an_item_is_put_in_with_the_scenario_s_evidence(folder: Path) -> None:
    mission = _under(
        folder,
        "- {add: link, item: {id: bypass, start: exampport, end: southtown, mode: road, length: 10 mi, speed: 30 km/h, opens: D+20}}",
    )
    link = mission.transport.links[-1]
    assert (link.id, link.source, link.grade) == ("bypass", ("estimate",), Grade.JUDGEMENT)
    assert link.length == pytest.approx(16.09344)
    assert link.opens == mission.about.d_day + timedelta(days=20)
    assert open_folder(folder, "what-if").places["link:bypass"] == ("scenarios.yaml", 7)


def test_lessons_factors_sources_and_provisions_can_be_changed(folder: Path) -> None:
    mission = _under(
        folder,
        """
        - {add: source, item: {id: rumour, title: A rumour, publisher: the market}}
        - {add: factor override, item: {id: supply.water, value: 30, source: [rumour]}}
        - {remove: lesson:reserve-crosses-boundaries}
        - {item: provision:secure, field: force_level, set: minimum force}
        - {item: task:secure-area, field: force_level, set: minimum force}
        - {item: "factor override:supply.rations", field: value, set: 2.5}
        """,
    )
    assert "rumour" in [source.id for source in mission.sources]
    assert {item.id: item.value for item in mission.overrides.overrides} | {"supply.water": 30.0, "supply.rations": 2.5} == {
        item.id: item.value for item in mission.overrides.overrides
    }
    assert "reserve-crosses-boundaries" not in [lesson.id for lesson in mission.lessons.lessons]
    assert mission.mandate.instruments[0].provisions[1].force_level == "minimum force"


def test_what_has_no_id_is_reached_through_its_file(folder: Path, example: Mission) -> None:
    mission = _under(
        folder,
        """
        - {item: file:supply.yaml, field: "policies[2].target", set: 9 d}
        - {item: mission:example, field: horizon, set: 120 d}
        - {item: mission:example, field: "phases[2].end", set: D+120}
        """,
    )
    assert mission.supply.policies[1].target == 9
    assert mission.supply.policies[0] == example.supply.policies[0]
    assert mission.about.horizon == 120


def test_another_d_day_moves_every_day_counted_from_it(folder: Path, example: Mission) -> None:
    mission = _under(folder, "- {item: mission:example, field: d_day, set: 2030-02-25}")
    assert mission.about.d_day == date(2030, 2, 25)
    assert mission.tasks.tasks[0].end == example.tasks.tasks[0].end - timedelta(days=4)


def test_a_scenario_rests_on_another(folder: Path) -> None:
    mission = _under(
        folder,
        "- {item: unit:alf-inf, field: strength, set: 350 person}\n- {remove: unit:alf-mech}",
        "  - id: more\n    title: More\n    description: x\n    based_on: what-if\n    changes:\n"
        "      - {item: unit:alf-inf, field: strength, set: 300 person}\n",
        "more",
    )
    assert [(item.id, item.strength) for item in mission.forces.pledges[:2]] == [("alf-inf", 300), ("alf-log", 250)]


def test_a_supposed_value_is_judgement_whatever_the_item_rests_on(folder: Path) -> None:
    mission = _under(folder, "- {item: instrument:resolution-9999, field: expires, set: D+90}")
    instrument = mission.mandate.instruments[0]
    assert (instrument.grade, instrument.judged) == (Grade.VERIFIED, ("expires",))


@pytest.mark.parametrize(
    ("change", "seen", "expected", "nearest"),
    [
        ("{item: unit:alf-inf, field: strength, set: 300 km}", "'300 km'", "measures something else", ""),
        ("{item: unit:alf-inf, field: strength, set: 300}", "300", "expected a unit", ""),
        ("{item: unit:alf-imf, field: strength, set: 300 person}", "unit:alf-imf", "known unit", "alf-inf"),
        ("{item: unt:alf-inf, field: strength, set: 300 person}", "unt:alf-inf", "expected kind:id", "unit"),
        ("{item: unit:alf-inf, field: strenght, set: 300 person}", "strenght", "known key", "strength"),
        ('{item: task:secure-area, field: "needz[1].within", set: 3 h}', "needz[1].within", "a list that the item has", "needs"),
        ('{item: task:secure-area, field: "needs[7].within", set: 3 h}', "needs[7].within", "which has 2 items", ""),
        ('{item: task:secure-area, field: "needs[0].within", set: 3 h}', "needs[0].within", "which has 2 items", ""),
        ("{item: task:secure-area, field: title.short, set: x}", "title.short", "holds no keys", ""),
        ("{item: task:secure-area, field: '1 2', set: x}", "1 2", "the name of a field", ""),
        ("{item: unit:bra-med, field: sector, set: soth}", "'soth'", "known sector", "south"),
        ("{item: unit:bra-inf, field: ready_to_load, set: D+300}", "latest_arrival", "no earlier than ready_to_load", ""),
        ("{item: unit:bra-inf, field: unit_type, set: infantry-batalion}", "infantry-batalion", "unit type", "infantry-battalion"),
        ("{item: unit:bra-inf, field: name, set: }", "no 'name'", "expected the key 'name'", ""),
        ("{item: unit:bra-inf, field: name}", "no 'set'", "expected the key 'set'", ""),
        ("{remove: mission:example}", "mission:example", "can be taken away", ""),
        ("{remove: unit:nobody}", "unit:nobody", "known unit", ""),
        ("{add: links, item: {id: x}}", "'links'", "expected one of", "link"),
        ("{add: unit, item: {id: x}, set: 3}", "'set'", "known key", ""),
        ("{remove: sector:south, item: unit:x}", "'item'", "known key", ""),
    ],
)
def test_a_fault_stands_at_its_line(folder: Path, change: str, seen: str, expected: str, nearest: str) -> None:
    fault = _first(folder, f"- {{item: unit:alf-log, field: strength, set: 240 person}}\n- {change}")
    assert fault.line == 8
    assert seen in fault.seen
    assert expected in fault.expected
    assert fault.nearest == nearest


def test_all_faults_at_once_each_once_and_beside_those_of_other_files(folder: Path) -> None:
    path = folder / "tasks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("priority: 3", "priority: 9"), encoding="utf-8")
    faults = _faults(
        folder,
        """
        - {item: unit:alf-inf, field: strength, set: 300 km}
        - {item: unit:nobody, field: strength, set: 300 person}
        - {add: node, item: {id: x, name: X, kind: port, country: exampland, longitude: 1, latitude: 2}}
        """,
        "  - {id: more, title: More, description: x, based_on: what-if, changes: [], grade: splendid}\n",
    )
    assert [fault.line for fault in faults if fault.file == "scenarios.yaml"] == [7, 8, 9, 10]
    assert any(fault.file == "tasks.yaml" and "9" in fault.seen for fault in faults)
    assert len(faults) == 5


def test_what_hangs_on_a_removed_item_is_told_at_the_removal(folder: Path) -> None:
    faults = _faults(folder, "- {item: unit:alf-inf, field: strength, set: 300 person}\n- {remove: provision:secure}")
    assert {(fault.file, fault.line, fault.seen) for fault in faults} == {("scenarios.yaml", 8, "'secure'")}
    assert any(fault.where.startswith("tasks.yaml tasks[2].provision") for fault in faults)


def test_an_id_put_in_twice(folder: Path) -> None:
    node = "{id: twice, name: X, kind: town, country: exampland, longitude: 1.0, latitude: 2.0}"
    fault = _first(folder, f"- {{add: node, item: {node}}}\n- {{add: node, item: {node}}}")
    assert fault.line == 8
    assert "first in scenarios.yaml on line 7" in fault.expected


@pytest.mark.parametrize("loop", ["what-if", "more"])
def test_circles_are_refused(folder: Path, loop: str) -> None:
    after = "  - {id: more, title: More, description: x, based_on: more, changes: []}\n"
    if loop == "what-if":
        after = "    based_on: more\n" + after.replace("based_on: more", "based_on: what-if")
    faults = _faults(folder, "- {remove: unit:alf-mech}", after)
    assert all("no cycle of scenarios" in fault.expected for fault in faults)
    assert len(faults) == (2 if loop == "what-if" else 1)


def test_what_a_scenario_rests_on_has_to_exist(folder: Path) -> None:
    faults = _faults(folder, "- {remove: unit:alf-mech}", "    based_on: whatif\n")
    assert [(fault.line, fault.nearest) for fault in faults] == [(8, "what-if")]


BROKEN_AND_SOUND = "  - {id: sound, title: Sound, description: x, changes: [{item: unit:alf-inf, field: strength, set: 300 person}]}\n"


def test_a_broken_scenario_stands_in_the_way_of_itself_only(folder: Path, example: Mission) -> None:
    _write(folder, "- {item: unit:alf-inf, field: strength, set: 300 km}", BROKEN_AND_SOUND)
    opened = open_folder(folder)
    assert opened.mission.tasks == example.tasks
    assert [(fault.file, fault.line, fault.seen) for fault in opened.warnings] == [("scenarios.yaml", 7, "'300 km'")]
    assert open_folder(folder, "sound").mission.forces.pledges[0].strength == 300
    assert read(folder, "sound").forces.pledges[0].strength == 300
    for call in (open_folder, read):
        with pytest.raises(BadInput) as refused:
            call(folder, "what-if")
        assert [fault.line for fault in refused.value.faults] == [7]


def test_a_name_that_only_the_reference_set_knows_breaks_its_scenario_only(folder: Path) -> None:
    _write(folder, "- {item: unit:bra-inf, field: unit_type, set: infantry-batalion}", BROKEN_AND_SOUND)
    assert [fault.line for fault in open_folder(folder).warnings] == [7]
    assert open_folder(folder, "sound").warnings
    with pytest.raises(BadInput):
        open_folder(folder, "what-if")


def test_a_file_of_scenarios_that_cannot_be_trusted_serves_none(folder: Path) -> None:
    """Where an id stands twice nobody can say which is meant; the folder itself is sound."""
    _write(folder, "- {item: unit:alf-inf, field: strength, set: 350 person}", BROKEN_AND_SOUND + BROKEN_AND_SOUND)
    assert len(open_folder(folder).warnings) == 1
    for name in ("what-if", "sound", "unknown"):
        with pytest.raises(BadInput, match="1 fault in "):
            open_folder(folder, name)


def test_faults_of_the_folder_show_those_of_its_scenarios_too(folder: Path) -> None:
    _write(folder, "- {item: unit:alf-inf, field: strength, set: 300 km}")
    path = folder / "tasks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("priority: 3", "priority: 9"), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        open_folder(folder)
    assert {fault.file for fault in refused.value.faults} == {"scenarios.yaml", "tasks.yaml"}


def test_check_warns_of_a_broken_scenario_and_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder, "- {item: unit:alf-inf, field: strength, set: 300 km}")
    assert _run(monkeypatch, "check", str(folder)) == 0
    said = capsys.readouterr()
    assert "warning: scenarios.yaml:7: forces/pledges.csv" in said.err
    assert "rules checked" in said.out
    assert _run(monkeypatch, "check", str(folder), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert [fault["line"] for fault in answer["data"]["warnings"]] == [7]
    assert _run(monkeypatch, "check", str(folder), "--scenario", "what-if") == 2
    assert "scenarios.yaml:7" in capsys.readouterr().err


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["casque", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(str(stop.value.code))


def test_base_is_no_name_for_a_scenario(folder: Path) -> None:
    (folder / "scenarios.yaml").write_text("scenarios:\n  - {id: base, title: x, description: x, changes: []}\n", encoding="utf-8")
    reading = look(folder)
    assert reading.faults == []
    (fault,) = reading.scenario_faults
    assert (fault.line, fault.seen) == (2, "'base'")


@pytest.mark.parametrize("text", ["scenarios: 3\n", "scenarios: [3]\n", "scenarios:\n  - {id: a, changes: [x, [y], {}]}\n", "- x\n"])
def test_nonsense_gives_faults(folder: Path, text: str) -> None:
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    reading = look(folder)
    assert reading.scenario_faults
    assert reading.faults == []
    assert open_folder(folder).warnings
    with pytest.raises(BadInput):
        open_folder(folder, "a")


WORDS = ["x", "D+3", "5 d", "north", "[", "needs[1]", "unit:bra-inf"]
SCALAR = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.sampled_from(WORDS))
KEYS = st.sampled_from(["id", "rule", "x"])
NONSENSE = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2))
FILES = ["file:supply.yaml", "file:forces/pledges.csv", "mission:example", "unit:bra-inf"]
ITEM = st.sampled_from([*(f"{kind.name}:x" for kind in KINDS), *FILES])
STEP = st.sampled_from(["needs[1]", "needs", "id", "policies[1]", "policies[9]", "pledges[2]", "entries", "source", "x"])
STEPS = st.lists(STEP, min_size=1)
CHANGE = st.one_of(
    st.builds(lambda item, steps, value: {"item": item, "field": ".".join(steps), "set": value}, ITEM, STEPS, NONSENSE),
    st.builds(lambda item: {"remove": item}, ITEM),
    st.builds(lambda kind, value: {"add": kind, "item": {"id": value}}, st.sampled_from([kind.name for kind in KINDS]), NONSENSE),
)


@settings(max_examples=60, deadline=None)
@given(changes=st.lists(CHANGE, min_size=1, max_size=4))
def test_no_change_ends_in_a_traceback(changes: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("odd") / "mission"
    shutil.copytree(EXAMPLE, folder)
    scenario = {"id": "odd", "title": "Odd", "description": "Odd.", "changes": changes}
    (folder / "scenarios.yaml").write_text(json.dumps({"scenarios": [scenario]}), encoding="utf-8")
    faults: tuple[Fault, ...] = ()
    try:
        open_folder(folder, "odd")
    except BadInput as refused:
        faults = refused.faults
    assert all(fault.file == "scenarios.yaml" and fault.line >= 1 and type(fault.line) is int for fault in faults)


@pytest.mark.parametrize("folder", [EXAMPLE, KOSOVO])
def test_every_scenario_of_ours_reads_differs_and_has_a_source(folder: Path) -> None:
    base = read(folder)
    assert base.scenarios.scenarios
    for scenario in base.scenarios.scenarios:
        assert scenario.source
        assert read(folder, scenario.id) != base


def test_scenarios_are_a_file_of_the_folder_like_the_others() -> None:
    assert YAML_FILES["scenarios.yaml"][0] == "scenarios"
    assert "scenarios" in Mission.model_fields
