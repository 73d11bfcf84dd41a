"""The rules in force for a contingent: every line is the decision on the situation that its rule asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from casque.engagement.law import law_of
from casque.engagement.training.pocket import card_record, card_records, plain_request
from casque.engagement.weigh import weigh
from casque.errors import NoSuchItem
from casque.mission.mission import Mission
from casque.mission.new_folder import LIKE, write_new
from casque.plan.card import CardRecord
from casque.reference.load import Reference, load
from casque.reference.opening import open_folder


def without_caveat_holder(mission: Mission, name: str) -> Mission:
    """The mission with nobody who could lift a caveat."""
    caveats = tuple(item.model_copy(update={"waived_by": ""}) if item.id == name else item for item in mission.engagement.caveats)
    return mission.model_copy(update={"engagement": mission.engagement.model_copy(update={"caveats": caveats})})


def line_of(record: CardRecord, rule: str) -> str:
    """The answer of the one line of a rule."""
    found = {line.answer for line in record.lines if line.rule == rule}
    assert len(found) == 1
    return found.pop()


def agrees(mission: Mission, reference: Reference, day: int) -> int:
    """Hold every line of every contingent against the decision; return the lines that were looked at."""
    law = law_of(mission, reference)
    tables = {table.rule.id: table for tables in law.measures.values() for table in tables}
    looked = 0
    for record in card_records(mission, reference, "", day):
        for line in record.lines:
            table = tables[line.rule]
            names = line.units or tuple(name for name in table.units if law.units[name].member == record.member)
            assert names
            for name in names:
                answer = weigh(law, plain_request(law, table, law.units[name], day)).answer
                allowed = {"permitted": {"permitted"}, "needs word": {"permitted", "needs word"}, "prohibited": {"prohibited"}}
                assert answer in allowed[line.answer], (record.member, line.rule, name)
                looked += 1
    return looked


@pytest.mark.parametrize("like", LIKE)
def test_lines_are_decisions_in_the_templates(like: str, tmp_path: Path) -> None:
    write_new(tmp_path / "new", like=like)
    opened = open_folder(tmp_path / "new")
    assert agrees(opened.mission, opened.reference, 60) > 20
    assert agrees(opened.mission, opened.reference, 120) > 20


def test_lines_are_decisions_in_kosovo(kosovo: Mission) -> None:
    reference = load(kosovo.overrides)
    assert agrees(kosovo, reference, 30) > 1000


def test_a_caveat_ties_a_rule_to_the_capital_and_one_that_nobody_lifts_forbids_it(kosovo: Mission) -> None:
    reference = load(kosovo.overrides)
    record = card_records(kosovo, reference, "deu", 30)[0]
    line = next(line for line in record.lines if line.rule == "riot-control-means")
    assert line.answer == "needs word"
    assert line.caveats == ("deu-riot-control",)
    assert {word.caveat for word in line.words} == {"deu-riot-control", ""}
    assert max(word.hours for word in line.words) == 720
    barred = card_records(without_caveat_holder(kosovo, "deu-riot-control"), reference, "deu", 30)[0]
    assert line_of(barred, "riot-control-means") == "prohibited"
    assert line_of(card_records(kosovo, reference, "gbr", 30)[0], "crowd-dispersal") == "permitted"


def test_without_transfer_of_authority_only_self_defence_is_left(example: Mission, reference: Reference) -> None:
    agreements = tuple(item for item in example.agreements.agreements if item.kind != "transfer of authority")
    bare = example.model_copy(update={"agreements": example.agreements.model_copy(update={"agreements": agreements})})
    record = card_records(bare, reference, "alfaland", 60)[0]
    assert record.gates == ("gate:transfer",)
    assert {line.answer for line in record.lines} == {"prohibited"}
    assert card_records(example, reference, "alfaland", 60)[0].gates == ()


@pytest.mark.parametrize("like", ["un", "ecowas"])
def test_nothing_changes_until_the_day_that_the_card_names(like: str, tmp_path: Path) -> None:
    write_new(tmp_path / "new", like=like)
    opened = open_folder(tmp_path / "new")
    law = law_of(opened.mission, opened.reference)

    def on(day: int) -> CardRecord:
        return card_record(law, opened.mission, "carolia", day).model_copy(update={"day": 0})

    first = on(40)
    assert first.holds_until is not None
    assert all(on(day) == first for day in range(40, first.holds_until + 1, 7))
    assert on(first.holds_until) == first
    assert on(first.holds_until + 1) != first


def test_unknown_contingents_are_refused_with_the_nearest_names(example: Mission, reference: Reference) -> None:
    with pytest.raises(NoSuchItem, match="alfalnd") as fault:
        card_records(example, reference, "alfalnd", 60)
    assert "'alfaland'" in fault.value.next_step
    with pytest.raises(NoSuchItem, match="exampland"):
        card_records(example, reference, "exampland", 60)


def test_who_is_called_are_the_posts_of_the_sector_and_the_holders_of_words(kosovo: Mission) -> None:
    record = card_records(kosovo, load(kosovo.overrides), "deu", 30)[0]
    assert record.posts[0] == next(post.id for post in kosovo.alliance.command_posts if post.sector == "mnb-south")
    assert {"comkfor", "saceur", "cincsouth"} <= set(record.posts)
