"""The templates that teach: each reads without faults and checks with the findings that it is meant to show, and no others."""

from __future__ import annotations

from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from casque.errors import BadInput
from casque.mission.new_folder import LIKE, write_new
from casque.reference.opening import open_folder
from casque.runs.stages import stage
from tests.conftest import EXAMPLE

EVERYWHERE = {
    ("single-line-of-communication", "warning"): 2,
    ("caveat-bars-crossing", "warning"): 1,
    ("surgery-out-of-reach", "warning"): 1,
    ("medical-after-force", "warning"): 1,
}
"""One port and one road, one member whose units stay where they are, and doctors who come last: the example's own lessons."""

EXPECTED: dict[str, dict[tuple[str, str], int]] = {
    "": {("civil-police-gap", "warning"): 1, ("wording-missing", "note"): 1},
    "un": {
        ("civil-police-gap", "warning"): 1,
        ("agreement-late", "warning"): 1,
        ("caveat-undeclared", "warning"): 1,
        ("word-spared-without-threat", "warning"): 1,
    },
    "nato": {("civil-police-gap", "warning"): 1, ("authority-too-narrow", "warning"): 1},
    "au": {("civil-police-gap", "warning"): 1, ("provision-without-task", "note"): 2},
    "ecowas": {
        ("renewal-hangs-on-one", "note"): 1,
        ("provision-without-task", "note"): 1,
    },
}


@pytest.mark.parametrize("like", ["", *LIKE])
def test_checks_with_the_expected_findings_only(like: str, tmp_path: Path) -> None:
    write_new(tmp_path / "new", like=like)
    opened = open_folder(tmp_path / "new")
    step = stage("check")
    record = step.solve()(opened.mission, opened.reference, step.params({}))
    found = Counter((item.rule, str(item.severity)) for item in record.findings)
    assert found == EVERYWHERE | EXPECTED[like]
    assert not any(severity == "error" for _, severity in found)


@pytest.mark.parametrize("like", LIKE)
def test_overlay_holds_only_what_differs(like: str) -> None:
    with as_file(files("casque.mission") / "templates" / like) as overlay:
        names = [str(path.relative_to(overlay)) for path in sorted(overlay.rglob("*")) if path.is_file()]
        assert {"mission.yaml", "mandate.yaml", "alliance.yaml", "agreements.yaml", "engagement.yaml"} <= set(names)
        for name in names:
            text = (overlay / name).read_text(encoding="utf-8")
            assert (EXAMPLE / name).is_file(), name
            assert text != (EXAMPLE / name).read_text(encoding="utf-8"), name
            if name.endswith(".yaml"):
                assert text.startswith("# "), f"{name} teaches nothing"


@pytest.mark.parametrize(
    ("like", "file", "words"),
    [
        ("un", "mandate.yaml", ("Chapter VII", "consent", "report")),
        ("un", "alliance.yaml", ("Special Representative", "operational authority")),
        ("un", "agreements.yaml", ("wet lease", "letter of assist", "status of forces")),
        ("un", "engagement.yaml", ("1 use of force", "2 use of weapons", "3 carrying of arms", "4 detain", "5 unrest")),
        ("nato", "alliance.yaml", ("silence", "SACEUR", "OPCON", "lead nation")),
        ("nato", "engagement.yaml", ("requests", "authorises", "implements")),
        ("au", "mandate.yaml", ("Article 4(h)", "support package", "article 53")),
        ("au", "tasks.yaml", ("14, 30 and 90 days",)),
        ("ecowas", "mission.yaml", ("Authority of Heads of State", "short notice", "take over")),
        ("ecowas", "alliance.yaml", ("rehattings", "another authority")),
    ],
)
def test_templates_teach_what_is_typical(like: str, file: str, words: tuple[str, ...], tmp_path: Path) -> None:
    write_new(tmp_path / "new", like=like)
    text = " ".join((tmp_path / "new" / file).read_text(encoding="utf-8").replace("#", " ").split())
    assert [word for word in words if word.lower() not in text.lower()] == []


@pytest.mark.parametrize("like", LIKE)
def test_starter_sets_are_whole(like: str, tmp_path: Path) -> None:
    """Enough rules, in every family that the example needs, told in French too, each with its source and circumstances where it has any."""
    write_new(tmp_path / "new", like=like)
    mission = open_folder(tmp_path / "new").mission
    rules = mission.engagement.rules
    assert 15 <= len(rules) <= 25
    assert {rule.family[0] for rule in rules} >= {"1", "2", "3", "4"}
    assert {str(rule.kind) for rule in rules} == {"permission", "limitation", "prohibition"}
    assert sum(bool(rule.given_all or rule.given_any) for rule in rules) >= len(rules) // 2
    read = {item.id for item in mission.sources if item.read}
    for rule in rules:
        assert rule.source, rule.id
        assert set(rule.source) <= read, rule.id
        assert rule.grade != "verified", rule.id
        assert rule.translations["fr"].title not in ("", rule.title)
        assert rule.translations["fr"].text not in ("", rule.text)
        assert not rule.number or (rule.family.startswith(rule.number[0]) and "un-master-list" in rule.source), rule.id
    for caveat in mission.engagement.caveats:
        assert caveat.translations["fr"].text not in ("", caveat.text)


def test_units_pass_to_the_united_nations_without_a_gap(tmp_path: Path) -> None:
    write_new(tmp_path / "new", like="ecowas")
    mission = open_folder(tmp_path / "new").mission
    handover = mission.alliance.rehattings[0]
    before = {item.id: item for item in mission.mandate.instruments}["authority-decision"]
    after = {item.id: item for item in mission.mandate.instruments}[handover.instrument]
    assert before.expires is not None
    assert (after.in_force - before.expires).days == 1
    assert handover.day == after.in_force
    assert mission.about.lead == handover.from_organisation == "ecowas"


def test_organisations_that_have_no_template(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Did you mean 'nato'") as fault:
        write_new(tmp_path / "new", like="natoo")
    assert "un, nato, au, ecowas" in fault.value.next_step
    with pytest.raises(BadInput, match="exclude"):
        write_new(tmp_path / "new", blank=True, like="un")
    assert list(tmp_path.iterdir()) == []
