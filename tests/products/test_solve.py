"""The documents of a run: complete, safe, the same each time, and without anything from outside."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

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
    about = about.model_copy(update={"marking": about.marking.model_copy(update={"releasable_to": (evil,)})})
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


def _documents(mission: Mission, reference: Reference, records: list[Any]) -> dict[str, bytes]:
    door: Any = solve
    _, documents = door(mission, reference, *records, Params())
    return dict(documents)


def test_the_chain_shows_what_the_plan_fills(report: str) -> None:
    assert "In the plan" in report
    assert re.search(r'<td class="plan red" data-l="people filled">.*?in month 0', report)
    assert "leaves 1\u00a0task far short of people" in report


def test_a_fix_set_without_changes_points_to_what_it_leaves_out(example: Mission, reference: Reference) -> None:
    records: list[Any] = list(full(example))
    fixes = records[0].fix_set.model_copy(update={"changes": (), "saves": (), "cannot_save": ()})
    records[0] = records[0].model_copy(update={"fix_set": fixes})
    documents = _documents(example, reference, records)
    text = documents["report.html"].decode()
    assert "has a red link; no change is needed" in text
    assert "is not their concern" in text
    assert "proven cheapest" not in text
    assert "To turn every task green" not in text
    assert 'href="#shortfalls"' in text
    assert 'href="#next-pledges"' in text


def test_the_changes_that_turn_tasks_green_are_shown_with_day_cost_and_tasks(example: Mission, reference: Reference) -> None:
    records: list[Any] = list(full(example))
    fixes = records[0].fix_set
    change = fixes.changes[0].model_copy(update={"text": "Ask Bravia for it.", "through": 21, "days": 28, "weight": 4})
    green = fixes.model_copy(update={"goal": "green", "changes": (change,), "alternatives": (), "cannot_save": ("separate-parties: late",)})
    records[0] = records[0].model_copy(update={"to_green": green})
    text = _documents(example, reference, records)["report.html"].decode()
    part = text.split("To turn every task green")[1].split("</section>")[0]
    assert "Ask Bravia for it." in part
    assert "D+21" in part
    assert re.search(r'data-h="Cost in days">28<.*?data-h="Political weight">4<', part)
    assert "No other set of the known changes that differs in substance does the same." in part
    assert "Tasks that no known change can turn green" in part
    task = example.tasks.tasks[0]
    assert f"<b>{task.title}</b>: late" in part


def test_schedule_and_expectation_are_told_apart(report: str) -> None:
    text = report.replace("\u00a0", " ")
    assert "on average the schedule lies 29 % above what was seen and the middle of the runs lies 12 % above what was seen" in text
    assert "(29 %)" in text
    assert "(12 %)" in text
    assert "1 of 1 figure lies strictly inside" in text


def test_a_series_that_stands_in_for_a_measure_says_so(example: Mission, reference: Reference) -> None:
    measure = next(item for item in example.measures.measures if item.model == "incidents-per-week")
    records: list[Any] = list(full(example))
    fans = records[6].fans
    records[6] = records[6].model_copy(update={"fans": (fans[0].model_copy(update={"series": measure.id, "title": measure.title}),)})
    documents = _documents(example, reference, records)
    assert f"{measure.title} (the model&#39;s serious incidents)" in documents["report.html"].decode()


def test_losses_that_starve_nobody_share_one_sentence_and_have_names(example: Mission, reference: Reference) -> None:
    records: list[Any] = list(full(example))
    link = example.transport.links[0]
    weak = records[5].weak_links[0].model_copy(update={"people": 0, "resource": link.id, "kind": "link"})
    records[5] = records[5].model_copy(update={"weak_links": (weak,)})
    documents = _documents(example, reference, records)
    text = documents["report.html"].decode()
    nodes = {node.id: node.name for node in example.transport.nodes}
    assert "None of these starves any base" in text
    assert f"{link.mode.value} from {nodes[link.start]} to {nodes[link.end]}" in text
    assert "Without the road 500 people run out." not in text


def test_titles_stand_once_and_reasons_are_few(report: str, example: Mission, reference: Reference) -> None:
    records: list[Any] = list(full(example))
    lesson = records[8].applies[0].model_copy(update={"why": ("One. Two.", "Three.", "Four.")})
    records[8] = records[8].model_copy(update={"applies": (lesson,)})
    measure = example.measures.measures[0]
    exit_ = records[7].exits[0].model_copy(update={"measure": measure.id, "text": f"{measure.title}: 3 against 5."})
    records[7] = records[7].model_copy(update={"exits": (exit_,)})
    documents = _documents(example, reference, records)
    text = documents["report.html"].decode().replace("\u00a0", " ")
    assert "<p>Applies because: One. Two.</p>" in text
    assert "2 further sentences" in text
    assert f"<b>{measure.title}</b>: 3 against 5." in text
    assert "Applies because: A caveat bars it." in report


def test_the_map_counts_the_peak_and_not_the_sum(report: str) -> None:
    text = report.replace("\u00a0", " ")
    assert "At its peak, on" in text
    assert "the plan has 2,000 people in" in text
    assert "people are placed" not in text


def test_long_annexes_stay_off_paper(report: str) -> None:
    for words in ("Every line of the requirement", "Every figure that is judgement", "Planning factors in use"):
        assert re.search(rf'<details class="block noprint"><summary>{words}', report)
    assert report.count('class="note onlyprint"') >= 4
    assert "requirement.csv" in report
