"""The fixed phrases of cards and training cards: one field a phrase, so that no language can leave one out.

Fields with braces are filled in: `{name}` stands for what the name says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casque.mission.vocabulary import Capability, Circumstance, ForceLevel, Protected, Season
from casque.plan.engagement import Answer


@dataclass(frozen=True)
class Phrases:
    """Everything that a card says by itself, in one language."""

    language: str
    """ISO 639-1 code."""
    months: tuple[str, ...]
    date: str
    counted: str
    """A day counted from D-day, with its sign."""
    minutes: str
    hours: str
    days: str
    between: str
    """Hours of the day."""
    colon: str
    """What stands before a list: French puts a blank before it."""
    comma: str
    or_: str
    and_: str
    open_quote: str
    close_quote: str

    card: str
    contingent: str
    valid_on: str
    valid_until: str
    self_defence: str
    self_defence_text: tuple[str, ...]
    gate_title: str
    gates: Mapping[str, str]
    you_may: str
    on_word: str
    you_may_not: str
    national: str
    before_force: str
    before_force_steps: tuple[str, ...]
    protect: str
    protect_always: tuple[str, ...]
    detention: str
    detention_steps: tuple[str, ...]
    call: str
    call_line: str
    silence: str
    nothing: str
    no_national: str
    word_of: str
    """Whose word, and how long it takes."""
    at_once: str
    out_of_reach: str
    when: str
    when_any: str
    unless: str
    to_protect: str
    only_units: str
    only_capabilities: str
    only_in: str
    only_between: str
    lifted_by: str
    not_lifted: str
    observed: str
    awaited: str
    """A rule that was asked for and is not in force yet."""
    own_sector_only: str
    """What a national limit against crossing means outside one's own sector."""
    see_limits: str
    """What units need to leave their own sector, where their nation holds some of them back."""
    by_unit: str
    """Which of several posts gives a word depends on the unit."""
    series: str
    """What stands between titles in a row."""
    more: str
    releasable: str
    source: str
    advice: str
    untranslated: str

    short_answers: Mapping[Answer, str]
    training: str
    training_subtitle: str
    question: str
    may_you: str
    asked: str
    self_defence_measure: str
    force: Mapping[ForceLevel, str]
    """What it is to use force of a level, for measures that several rules speak about."""
    attacked: str
    with_unit: str
    posted: str
    at_place: str
    in_sector: str
    outside: str
    on_day: str
    nothing_more: str
    protecting: Mapping[Protected, str]
    is_case: Mapping[Circumstance, str]
    is_not_case: Mapping[Circumstance, str]
    options: tuple[str, str, str]
    right: str
    wrong: str
    because: str
    score: str
    unclear: str
    ended: str
    why_rule: str
    why_limitation: str
    why_prohibition: str
    why_caveat: str
    why_gate: Mapping[str, str]
    why_silence: str
    why_self_defence: str
    turn: str
    """What one change would make of the answer."""
    changes: Mapping[str, str]
    """The change in words, by lesson; `+` before a lesson means that something comes to be the case, `-` that it no longer is."""
    choice_words: Mapping[str, int]
    """What a trainee may type for an option, and the option's number."""

    circumstances: Mapping[Circumstance, str]
    protected: Mapping[Protected, str]
    capabilities: Mapping[Capability, str]
    seasons: Mapping[Season, str]
