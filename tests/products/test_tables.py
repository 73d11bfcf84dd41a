"""Tables for a terminal and the four answers."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.plan.findings import State
from casque.plan.outlook import FirstFailure
from casque.plan.product import Product, ProductRecord
from casque.products.summary import summary_of
from casque.products.tables import MOST, tables
from casque.reference.load import Reference
from tests.products.records import empty, full

STAGES = ("check", "require", "generate", "deploy", "engage", "sustain", "simulate", "assess", "learn")


def test_every_record_has_tables(example: Mission) -> None:
    products = ProductRecord(products=(Product(path="report.html", title="Report", sha256="0" * 64),))
    for record in (*full(example), products):
        made = tables(record)
        assert made
        for table in made:
            assert table.rows
            assert len(table.rows) <= MOST + 1
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_records_of_nothing_have_empty_tables() -> None:
    for record in empty():
        for table in tables(record):
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_summary_answers_the_four_questions(example: Mission) -> None:
    answers = summary_of(example, dict(zip(STAGES, full(example), strict=True)))
    assert [question for question, _ in answers] == [
        "Can the mandate be carried out with what was pledged?",
        "When is the force in place?",
        "What breaks first?",
        "What would help most?",
    ]
    text = " ".join(answer for _, answer in answers)
    assert "1 of 4 tasks cannot be done as written" in text
    assert "No schedule can close before" in text
    assert "Fuel runs out" in text
    assert "cheapest set of 1 change" in text


def test_summary_of_nothing_says_so(example: Mission, reference: Reference) -> None:
    assert reference.unit_types
    answers = dict(summary_of(example, dict(zip(STAGES, empty(), strict=True))))
    assert answers["When is the force in place?"].startswith("Never")
    assert answers["What breaks first?"].startswith("Nothing found")


def test_a_thin_force_is_no_yes(example: Mission) -> None:
    records = dict(zip(STAGES, full(example), strict=True))
    check = full(example)[0]
    whole = tuple(chain.model_copy(update={"state": State.GREEN}) for chain in check.chains)
    answers = summary_of(example, records | {"check": check.model_copy(update={"chains": whole})})
    question, answer = answers[0]
    assert question.startswith("Can the mandate")
    assert answer.startswith("1 of 4 tasks far short of people: No link of any task is broken.")
    assert f"“{example.tasks.tasks[0].title}” the most (0 % filled in month 0)" in answer
    assert "Pledges fill 73 % of the people-months" in answer


def test_what_breaks_first_is_told_by_kind(example: Mission) -> None:
    def failure(what: str, first: float, share: float) -> FirstFailure:
        return FirstFailure(what=what, share=share, first=first, p10=1, median=9.6, p90=30)

    bases = [failure(f"Supply at the base of {name} falls below the least days", 0.1, 0.3) for name in ("North", "South")]
    runs = full(example)[6].model_copy(update={"failures": (failure("The force averages under 70% of it", 0.12, 0.2), *bases)})
    answers = dict(summary_of(example, dict(zip(STAGES, full(example), strict=True)) | {"simulate": runs}))
    assert answers["What breaks first?"].startswith("Supply at a base falls below the least days that policy asks for: ")
    assert "before anything else in 20 % of 100 runs" in answers["What breaks first?"]
    assert "first in 10 %, at all in 30 %" in answers["What breaks first?"]
    (breaks,) = (table for table in tables(runs) if table.title == "What breaks")
    assert breaks.rows[0][::2] == ("Supply at a base falls below the least days that policy asks for, 2 in all", "20 %")
