"""Training cards in words, and the self-test: what is asked, what is right, and the score."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.plan.card import VignetteSet
from casque.products.cards.quiz import examined, shown
from casque.products.cards.training import ANSWERS, training_of


def test_the_right_option_is_the_answer_of_the_vignette(kosovo: Mission, questions: VignetteSet) -> None:
    for language in ("en", "fr"):
        training = training_of(kosovo, questions, language)
        assert len(training.cards) == 10
        for card, item in zip(training.cards, questions.vignettes, strict=True):
            assert ANSWERS[card.right - 1] == item.answer
            assert len(card.options) == 3
            assert item.offered in card.options[1]
            assert card.why
            assert all(text.strip() and "{" not in text for text in (*card.situation, card.question, *card.options, *card.why))


def test_reasons_name_what_decided(kosovo: Mission, questions: VignetteSet) -> None:
    rules = {rule.id: rule.title for rule in kosovo.engagement.rules}
    caveats = {item.id: item.text for item in kosovo.engagement.caveats}
    training = training_of(kosovo, questions, "en")
    for card, item in zip(training.cards, questions.vignettes, strict=True):
        told = " ".join(card.why)
        for name in item.decided_by:
            kind, _, key = name.partition(":")
            assert (rules[key] if kind == "rule" else caveats[key]) in told
        assert ("nothing is permitted by silence" in told) == (item.answer == "prohibited" and not item.decided_by)


def test_right_answers_score_and_wrong_ones_do_not(kosovo: Mission, questions: VignetteSet) -> None:
    training = training_of(kosovo, questions, "en")
    right = [str(card.right) for card in training.cards]
    assert examined(training, right, lambda _: None).right == 10
    wrong = [str(card.right % 3 + 1) for card in training.cards]
    score = examined(training, wrong, lambda _: None)
    assert (score.right, score.asked, score.ended) == (0, 10, False)
    assert score.answers == tuple(int(line) for line in wrong)


def test_words_count_and_nonsense_is_asked_again(kosovo: Mission, questions: VignetteSet) -> None:
    training = training_of(kosovo, questions, "fr")
    words = {1: " OUI ", 2: "accord", 3: "Non"}
    said: list[str] = []
    lines = [line for card in training.cards for line in ("peut-être", words[card.right])]
    assert examined(training, lines, said.append).right == 10
    assert sum("Tapez 1, 2 ou 3" in line for line in said) == 10
    assert said[-1] == "10 réponses justes sur 10."


def test_the_end_of_the_answers_ends_the_test_with_the_score_so_far(kosovo: Mission, questions: VignetteSet) -> None:
    training = training_of(kosovo, questions, "en")
    for lines in ([str(training.cards[0].right)], [str(training.cards[0].right), "q", "1"]):
        said: list[str] = []
        score = examined(training, lines, said.append)
        assert (score.right, score.asked, score.ended) == (1, 1, True)
        assert said[-2:] == ["Ended before the last question.", "1 of 1 right."]
    assert examined(training, (), lambda _: None).asked == 0


def test_the_answer_is_marked_for_the_trainer_only(kosovo: Mission, questions: VignetteSet) -> None:
    card = training_of(kosovo, questions, "en").cards[0]
    assert not any(line.endswith("*") for line in shown(card))
    marked = [line for line in shown(card, True) if line.endswith("*")]
    assert marked == [f"     {card.right}. {card.options[card.right - 1]} *"]
