"""Every phrase exists in every language, with the same blanks to fill in, and a word for every word of the closed lists."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from enum import StrEnum

import pytest

from casque.mission.vocabulary import Capability, Circumstance, ForceLevel, Protected, Season
from casque.products.cards.english import ENGLISH
from casque.products.cards.french import FRENCH
from casque.products.cards.phrases import Phrases
from casque.products.cards.telling import LANGUAGES

SAME = {"minutes", "hours", "date", "call", "word_of", "comma", "capabilities"}
"""Phrases that may read the same in two languages."""


def texts(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Every text by where it stands."""
    for field in fields(phrases):
        value = getattr(phrases, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif isinstance(value, Mapping):
            yield from ((f"{field.name} {key}", text) for key, text in value.items() if isinstance(text, str))
        else:
            yield from ((f"{field.name} {number}", text) for number, text in enumerate(value))


def blanks(text: str) -> set[str]:
    """Names of the blanks in a phrase, the colon left out, which is a matter of the language."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} - {"colon"}


@pytest.mark.parametrize("language", [item for item in LANGUAGES if item != "en"])
def test_every_phrase_is_translated_with_the_same_blanks(language: str) -> None:
    english, other = dict(texts(ENGLISH)), dict(texts(LANGUAGES[language]))
    assert list(english) == list(other)
    for name, text in english.items():
        assert other[name].strip() or name == "colon", name
        assert blanks(other[name]) == blanks(text), name
        if name.split()[0] not in SAME and len(text) > 12:
            assert other[name] != text, name


@pytest.mark.parametrize("phrases", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_word_of_the_closed_lists_has_its_phrase(phrases: Phrases) -> None:
    words: tuple[tuple[Iterable[str], type[StrEnum]], ...] = (
        (phrases.circumstances, Circumstance),
        (phrases.is_case, Circumstance),
        (phrases.is_not_case, Circumstance),
        (phrases.protected, Protected),
        (phrases.protecting, Protected),
        (phrases.capabilities, Capability),
        (phrases.seasons, Season),
        (phrases.force, ForceLevel),
    )
    for table, known in words:
        assert set(table) == set(known)
    assert set(phrases.choice_words.values()) == {1, 2, 3}
    assert len(phrases.months) == 12


def test_french_keeps_its_blanks_together() -> None:
    for name, text in texts(FRENCH):
        for sign in ";:!?»":
            assert f" {sign}" not in text, name
        assert "« " not in text, name
        assert "'" not in text, name
