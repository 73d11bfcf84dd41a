"""The documents of a run: complete, safe, the same each time, and without anything from outside."""

from __future__ import annotations

import re
from hashlib import sha256

from casque.mission.mission import Mission
from casque.products.report import CONTENTS
from casque.products.solve import Params, solve
from casque.reference.load import Reference
from tests.products.records import empty, full


def test_every_section_stands_in_the_report(report: str) -> None:
    for anchor, question, title in CONTENTS:
        assert f'<section id="{anchor}"' in report
        assert question in report
        assert f"<h2>{title}</h2>" in report


def test_every_section_stands_in_a_report_of_nothing(bare_report: str) -> None:
    for anchor, _, _ in CONTENTS:
        assert f'<section id="{anchor}"' in bare_report
    assert "The mission names no task" in bare_report
    assert "No unit can be brought into the area" in bare_report


def test_links_inside_the_report_lead_somewhere(report: str) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', report))
    assert set(re.findall(r'href="#([^"]+)"', report)) <= anchors
    assert set(re.findall(r"url\(#([^)]+)\)", report)) <= anchors


def test_nothing_is_loaded_from_outside(report: str) -> None:
    assert not re.search(r"<(script|img|link|iframe|object|embed|video)[^>]*\b(src|href)=", report)
    assert "@import" not in report
    assert not re.search(r"url\((?!#)", report)
    for match in re.finditer(r'(?:href|src)="(https?://[^"]+)"', report):
        assert report[: match.start()].rfind('<section id="evidence"') > 0


def test_texts_of_the_mission_are_escaped(example: Mission, reference: Reference) -> None:
    evil = '<script>alert("x")</script></style><img src=x onerror=alert(1)>'
    about = example.about.model_copy(update={"title": evil, "summary": evil})
    about = about.model_copy(update={"marking": about.marking.model_copy(update={"classification": '"}</style><script>'})})
    sectors = tuple(sector.model_copy(update={"name": evil}) for sector in example.area.sectors)
    nodes = tuple(node.model_copy(update={"name": evil}) for node in example.transport.nodes)
    source = example.sources[0].model_copy(update={"url": "javascript:alert(1)", "title": evil})
    mission = example.model_copy(
        update={
            "about": about,
            "area": example.area.model_copy(update={"sectors": sectors}),
            "transport": example.transport.model_copy(update={"nodes": nodes}),
            "sources": (source, *example.sources[1:]),
        }
    )
    _, documents = solve(mission, reference, *full(mission), Params())
    report = documents["report.html"].decode()
    assert report.count("<script") == 1
    assert report.count("</style>") == 1
    assert "<img" not in report
    assert 'href="javascript' not in report
    assert "&lt;script&gt;" in report


def test_same_input_gives_same_bytes(example: Mission, reference: Reference) -> None:
    first = solve(example, reference, *full(example), Params())
    second = solve(example, reference, *full(example), Params())
    assert first == second


def test_record_lists_every_document_with_its_digest(example: Mission, reference: Reference) -> None:
    record, documents = solve(example, reference, *empty(), Params())
    assert [product.path for product in record.products] == list(documents)
    assert documents.keys() >= {"report.html", "requirement.csv", "force.csv", "movement.csv"}
    for product in record.products:
        assert product.sha256 == sha256(documents[product.path]).hexdigest()


def test_report_is_small_and_names_its_seed(report: str) -> None:
    assert len(report.encode()) < 1_500_000
    assert "Seed 7" in report


def test_no_state_is_told_by_colour_alone(report: str) -> None:
    cells = re.findall(r'<td class="cell (green|amber|red)"[^>]*>(.*?)</td>', report)
    assert {state for state, _ in cells} == {"green", "amber", "red"}
    for state, inside in cells:
        assert {"green": "●", "amber": "◐", "red": "○"}[state] in inside
        assert f'aria-label="{state}"' in inside


def test_every_drawing_says_what_it_is(report: str) -> None:
    for tag in re.findall(r"<svg[^>]*>", report):
        assert "aria-label=" in tag or 'aria-hidden="true"' in tag


def test_formulas_in_sheets_are_disarmed(example: Mission, reference: Reference) -> None:
    pledges = tuple(pledge.model_copy(update={"name": "=1+1"}) for pledge in example.forces.pledges)
    mission = example.model_copy(update={"forces": example.forces.model_copy(update={"pledges": pledges})})
    _, documents = solve(mission, reference, *full(mission), Params())
    assert b",'=1+1," in documents["force.csv"]
