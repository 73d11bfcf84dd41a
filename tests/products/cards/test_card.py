"""What a card says: the rules of the record in the right part, in the right language, and nothing forbidden left out first."""

from __future__ import annotations

import pytest

from casque.engagement.training.pocket import card_records
from casque.errors import BadInput
from casque.mission.mission import Mission
from casque.mission.vocabulary import Classification, RuleStatus
from casque.mission.written import Marking
from casque.plan.card import CardRecord
from casque.products.cards.card import Card, Section, card_of
from casque.products.cards.shortening import LAST_STEP, PACKS_FROM, shortened
from casque.products.cards.typeset import fitted
from casque.reference.load import load


def section(card: Card, kind: str) -> Section:
    """The one section of a kind."""
    return next(item for item in card.sections if item.kind == kind)


def titles(card: Card, kind: str) -> list[str]:
    """Titles of the lines of a section."""
    return [line.title for line in section(card, kind).lines]


def test_rules_stand_where_their_answer_puts_them(kosovo: Mission, german: CardRecord) -> None:
    card = card_of(kosovo, german, "en")
    rules = {rule.id: rule for rule in kosovo.engagement.rules}
    assert titles(card, "may") == [rules[line.rule].title for line in german.lines if line.answer == "permitted"]
    late = "riot-control-means"
    asked = [line.rule for line in german.lines if line.answer == "needs word"]
    assert late in asked
    assert titles(card, "ask") == [rules[name].title for name in asked if name != late]
    assert titles(card, "never") == [rules[name].title for name in (*german.prohibitions, late)]
    assert all(line.word for line in section(card, "ask").lines)
    assert not any(line.word for line in section(card, "may").lines)
    assert card.sections[0].kind == "self"
    assert card.valid == "Valid on 12 July 1999 (D+30)"


def test_conditions_words_and_national_limits_are_told(kosovo: Mission, german: CardRecord) -> None:
    card = card_of(kosovo, german, "en")
    riot = next(line for line in section(card, "never").lines if line.title.startswith("Riot"))
    assert riot.detail == "Federal Ministry of Defence, after a change of law can lift it, about 30 days."
    guns = next(line for line in section(card, "ask").lines if line.title.startswith("Tanks"))
    assert guns.word == "Commander Kosovo Force, Pristina, about 4 h"
    assert guns.detail == "When: hostile act, lesser means failed"
    limits = section(card, "nation").lines
    assert [line.text for line in limits] == [item.text for item in kosovo.engagement.caveats if item.id in german.caveats]
    assert "Observed, not declared." in limits[1].detail
    assert "about 2 days" in limits[1].detail


def test_a_french_card_is_in_french(kosovo: Mission, german: CardRecord) -> None:
    card = card_of(kosovo, german, "fr")
    told = [rule.translations["fr"].title.replace("'", "’") for rule in kosovo.engagement.rules]
    assert all(title in told for kind in ("may", "ask", "never") for title in titles(card, kind))
    assert card.valid == "Valable le 12 juillet 1999 (J+30)"
    assert "anglais seulement" not in str(card)
    bare = kosovo.engagement.rules[0].model_copy(update={"translations": {}})
    engagement = kosovo.engagement.model_copy(update={"rules": (bare, *kosovo.engagement.rules[1:])})
    half = card_of(kosovo.model_copy(update={"engagement": engagement}), german, "fr")
    assert section(half, "may").lines[0].text.endswith("(en anglais seulement)")


def test_every_rule_and_caveat_of_the_folder_is_translated(kosovo: Mission) -> None:
    assert [item.id for item in kosovo.engagement.rules if "fr" not in item.translations] == []
    assert [item.id for item in kosovo.engagement.caveats if "fr" not in item.translations] == []


def test_a_closed_gate_leaves_self_defence_alone(kosovo: Mission, german: CardRecord) -> None:
    lines = tuple(line.model_copy(update={"answer": "prohibited", "words": ()}) for line in german.lines)
    card = card_of(kosovo, german.model_copy(update={"gates": ("gate:transfer",), "lines": lines}), "en")
    assert [item.kind for item in card.sections[:3]] == ["self", "gate", "may"]
    assert [line.text for line in section(card, "may").lines] == ["Nothing beyond self-defence."]
    assert not any(item.kind == "ask" for item in card.sections)


def test_the_marking_is_that_of_what_stands_on_the_card(kosovo: Mission, german: CardRecord) -> None:
    secret = Marking(classification=Classification.SECRET, releasable_to=("nato", "deu"))
    caveats = tuple(
        item.model_copy(update={"marking": secret}) if item.id == "deu-own-sector" else item for item in kosovo.engagement.caveats
    )
    engagement = kosovo.engagement.model_copy(update={"caveats": caveats})
    mission = kosovo.model_copy(update={"engagement": engagement})
    assert card_of(mission, german, "en").marking == "SECRET, releasable to NATO"
    other = german.model_copy(update={"caveats": ("deu-riot-control",)})
    assert card_of(mission, other, "en").marking.startswith("UNCLASSIFIED")


def test_rules_that_the_nation_may_not_see_are_left_out_and_counted(kosovo: Mission, german: CardRecord) -> None:
    closed = Marking(classification=Classification.SECRET, releasable_to=("usa", "gbr"))
    told = Marking(classification=Classification.RESTRICTED, releasable_to=("deu", "nato"))
    marked = {"crowd-dispersal": closed, "disarm": told}
    rules = tuple(rule.model_copy(update={"marking": marked.get(rule.id)}) for rule in kosovo.engagement.rules)
    mission = kosovo.model_copy(update={"engagement": kosovo.engagement.model_copy(update={"rules": rules})})
    ally = card_of(mission, german, "en")
    assert {"Breaking up violent crowds", "Taking weapons"} <= set(titles(ally, "may"))
    assert ally.marking == "SECRET"
    partner = card_of(mission, german.model_copy(update={"member": "rus"}), "en")
    assert not {"Breaking up violent crowds", "Taking weapons"} & set(titles(partner, "may"))
    assert section(partner, "may").rest.startswith("2 more")
    assert partner.marking.startswith("UNCLASSIFIED")


def test_what_is_forbidden_is_left_out_last(crowded: tuple[Mission, CardRecord]) -> None:
    mission, record = crowded
    whole = card_of(mission, record, "en")
    seen = {kind: [len(section(shortened(whole, step), kind).lines) for step in range(1, LAST_STEP + 1)] for kind in ("may", "nation")}
    for counts in seen.values():
        assert counts == sorted(counts, reverse=True)
    assert seen["nation"][16] == 40
    assert seen["may"][16] == 4
    cut = section(shortened(whole, LAST_STEP), "may")
    assert cut.rest.startswith(f"{len(section(whole, 'may').lines) - 3} more")
    last = section(shortened(whole, LAST_STEP), "never")
    assert last.rest.endswith("What this card does not name, you may not do without orders.")


def test_before_lines_are_cut_entries_are_joined(kosovo: Mission, german: CardRecord) -> None:
    """What needs no condition shares an entry, and so does one measure on the word of several posts: nothing is lost by it."""
    search = next(line for line in german.lines if line.rule == "search-buildings" and line.words)
    other = search.model_copy(update={"units": ("a",), "words": (search.words[0].model_copy(update={"by": "Another post"}),)})
    record = german.model_copy(update={"lines": (*german.lines, other)})
    whole = card_of(kosovo, record, "en")
    short = shortened(whole, PACKS_FROM)
    bare = [line.title for line in section(shortened(whole, PACKS_FROM - 1), "may").lines if not line.detail]
    assert len(bare) > 1
    assert section(short, "may").lines[-1].title == "; ".join(bare)
    assert {name for line in section(short, "may").lines for name in line.title.split("; ")} == set(titles(whole, "may"))
    title = next(rule.title for rule in kosovo.engagement.rules if rule.id == "search-buildings")
    (merged,) = [line for line in section(short, "ask").lines if line.title == title]
    assert "Another post" in merged.word
    assert search.words[0].by in merged.word
    assert merged.word.endswith("(by unit)")
    assert not section(short, "call").rest


def test_every_card_of_the_riots_keeps_all_its_rules(kosovo_2004: Mission) -> None:
    for record in card_records(kosovo_2004, load(kosovo_2004.overrides), "", 0):
        for language in ("en", "fr"):
            if record.member in ("usa", "fra", "deu", "che"):
                assert "more: ask" not in str(fitted(card_of(kosovo_2004, record, language)).card)
                assert fitted(card_of(kosovo_2004, record, language)).step <= PACKS_FROM


def test_what_a_distant_parliament_alone_can_open_is_not_offered(kosovo_2004: Mission) -> None:
    """172 days are nothing to wait for: such measures stand together under what may not be done, with who could lift it."""
    record = card_records(kosovo_2004, load(kosovo_2004.overrides), "che", 0)[0]
    card = card_of(kosovo_2004, record, "en")
    assert not any(item.kind == "ask" for item in card.sections)
    last = section(card, "never").lines[-1]
    assert "Holding people; " in last.title
    assert last.detail == "Swiss parliament, by a change of law can lift it, about 172 days."


def test_a_bar_on_crossing_says_what_is_left_elsewhere(kosovo_2004: Mission) -> None:
    """The word of the force on acting elsewhere is not all that a contingent needs that its nation keeps at home."""
    reference = load(kosovo_2004.overrides)
    for member, kept in (("usa", True), ("swe", False)):
        card = card_of(kosovo_2004, card_records(kosovo_2004, reference, member, 0)[0], "en")
        line = next(item for item in section(card, "ask").lines if item.title.startswith("Acting in another"))
        assert ("Your nation’s limits hold beside this." in line.detail) is kept
        assert any("Elsewhere self-defence only." in item.detail for item in section(card, "nation").lines) is kept


def test_a_card_names_units_of_its_own_contingent_only(kosovo_2004: Mission) -> None:
    card = card_of(kosovo_2004, card_records(kosovo_2004, load(kosovo_2004.overrides), "usa", 0)[0], "en")
    gas = next(item for item in section(card, "ask").lines if item.title.startswith("Tear gas"))
    assert "Only: American military police battalion" in gas.detail
    assert "Carabinieri" not in str(card)


def test_a_rule_that_is_only_asked_for_is_marked(kosovo: Mission, german: CardRecord) -> None:
    rules = tuple(item.model_copy(update={"status": RuleStatus.AUTHORISED}) for item in kosovo.engagement.rules)
    mission = kosovo.model_copy(update={"engagement": kosovo.engagement.model_copy(update={"rules": rules})})
    assert all("Not in force yet" in line.detail for line in section(card_of(mission, german, "en"), "may").lines)
    assert not any("Not in force yet" in line.detail for line in section(card_of(kosovo, german, "en"), "may").lines)


def test_a_word_is_done_without_only_where_no_caveat_ties_it_too(kosovo: Mission, german: CardRecord) -> None:
    spared = "If nobody can be reached in time, you may act."
    line = next(item for item in german.lines if item.rule == "air-support")
    tied = line.model_copy(update={"caveats": ("some",)})
    for item, told in ((line, True), (tied, False)):
        card = card_of(kosovo, german.model_copy(update={"lines": (item,)}), "en")
        assert (spared in section(card, "ask").lines[0].detail) is told


def test_languages_without_phrases_are_refused(kosovo: Mission, german: CardRecord) -> None:
    with pytest.raises(BadInput, match="'de'") as fault:
        card_of(kosovo, german, "de")
    assert "en, fr" in fault.value.next_step
