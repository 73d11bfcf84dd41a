"""The mission folders of the project: they read, and their checks find what the record bears out."""

from __future__ import annotations

import pytest

from casque.checks.solve import check
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.mission.vocabulary import Severity
from casque.reference.lessons import known_lessons
from casque.reference.load import load
from tests.conftest import ROOT

# What a reader who knows the mission expects to be found, as (rule, kind and id of what it is about).
EXPECTED = {
    "kosovo-1999": {
        ("single-transit-country", "agreement:transit-grc"),
        ("leading-line-of-communication", "link:road-kacanik-base-urosevac"),
        ("civil-police-gap", "task:public-order"),
        ("caveat-bars-crossing", "task:theatre-reserve"),
        ("authority-too-narrow", "agreement:toa-rus-east"),
    },
    "kosovo-2004": {
        ("caveat-bars-crossing", "task:protect-svinjare"),
        ("own-no-riot-police", "sector:mnb-southwest"),
        ("caveat-undeclared", "caveat:fra-own-sector"),
    },
    "liberia-2003": {("rehatting-below-standard", ""), ("own-disarmament-before-force", "")},
    "mali-2013": {
        ("capability-not-pledged", ""),
        ("rehatting-below-standard", ""),
        ("single-line-of-communication", "sector:north"),
        ("surgery-out-of-reach", "sector:north"),
    },
    "carana": {("rule-not-in-force", ""), ("capability-not-pledged", ""), ("agreement-late", "")},
}
ERRORS = {"kosovo-1999": 0, "kosovo-2004": 0, "liberia-2003": 0, "mali-2013": 1, "carana": 2}


def test_no_mission_is_left_out() -> None:
    assert sorted(EXPECTED) == sorted(path.parent.name for path in (ROOT / "missions").glob("*/mission.yaml"))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_mission_reads_and_its_checks_bear_out_the_record(name: str) -> None:
    mission = read(ROOT / "missions" / name)
    findings = check(mission, load(mission.overrides)).findings
    found = {(item.rule, item.subject) for item in findings}
    missing = {(rule, subject) for rule, subject in EXPECTED[name] if not any(rule == r and subject in ("", s) for r, s in found)}
    assert missing == set()
    assert sum(item.severity is Severity.ERROR for item in findings) == ERRORS[name]


@pytest.mark.parametrize("name", ["liberia-2003", "mali-2013"])
def test_the_same_units_pass_from_the_regional_to_the_universal_mission(name: str) -> None:
    mission: Mission = read(ROOT / "missions" / name)
    (change,) = mission.alliance.rehattings
    kinds = {item.id: item.kind for item in mission.alliance.organisations}
    assert (kinds[change.from_organisation], kinds[change.to_organisation]) == ("regional", "universal")
    assert change.instrument in {item.id for item in mission.mandate.instruments}
    assert change.standards
    assert change.below_standard
    before = [
        item for item in mission.forces.pledges if item.ready_to_load < change.day and (not change.members or item.member in change.members)
    ]
    assert before


def test_the_three_real_missions_teach_at_least_forty_lessons() -> None:
    by_folder = {
        name: [known for known in known_lessons() if known.folder == name] for name in ("kosovo-1999", "liberia-2003", "mali-2013")
    }
    assert all(len(found) >= 10 for found in by_folder.values())
    assert sum(map(len, by_folder.values())) >= 40
