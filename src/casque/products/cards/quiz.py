"""The self-test: questions one after the other, an answer a line, a verdict with its reasons, and the score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casque.products.cards.telling import phrases_of
from casque.products.cards.training import Asked, Training

STOP = ("q", "quit", "stop", "exit")
_INDENT = "   "


@dataclass(frozen=True)
class Score:
    """How a test went. Questions that were not reached do not count."""

    answers: tuple[int, ...]
    """Options that were chosen, from 1, in the order of the questions."""
    right: int
    asked: int
    ended: bool
    """Whether it ended before the last question."""

    def as_dict(self) -> dict[str, Any]:
        """The score for machines."""
        return asdict(self)


def examined(training: Training, typed: Iterable[str], say: Callable[[str], None]) -> Score:
    """Ask every question of a set; answers are read a line each until they end. What cannot be read as an answer is asked for again."""
    phrases = phrases_of(training.language)
    lines = iter(typed)
    say(f"{training.heading}\n{training.subtitle}\n{training.marking}\n")
    chosen: list[int] = []
    right = 0
    for card in training.cards:
        for line in shown(card):
            say(line)
        option = _answer(lines, training, say)
        if option is None:
            break
        chosen.append(option)
        right += option == card.right
        answer = card.options[card.right - 1]
        say(f"{_INDENT}{phrases.right if option == card.right else phrases.wrong.format(colon=phrases.colon, answer=answer)}")
        for reason in card.why:
            say(f"{_INDENT}{reason}")
        say("")
    ended = len(chosen) < len(training.cards)
    if ended:
        say(phrases.ended)
    say(phrases.score.format(right=right, asked=len(chosen)))
    return Score(tuple(chosen), right, len(chosen), ended)


def shown(card: Asked, answers: bool = False) -> Iterator[str]:
    """A card as lines of text, with its answer for the trainer."""
    yield card.heading
    yield from (f"{_INDENT}{line}" for line in card.situation)
    yield f"{_INDENT}{card.question}"
    for number, option in enumerate(card.options, 1):
        mark = " *" if answers and number == card.right else ""
        yield f"{_INDENT}  {number}. {option}{mark}"
    if answers:
        yield from (f"{_INDENT}{reason}" for reason in card.why)
        yield ""


def _answer(lines: Iterator[str], training: Training, say: Callable[[str], None]) -> int | None:
    """The option that is typed; None where the lines end or the trainee stops."""
    phrases = phrases_of(training.language)
    for line in lines:
        word = line.strip().casefold()
        if word in STOP:
            return None
        if word in phrases.choice_words:
            return phrases.choice_words[word]
        say(f"{_INDENT}{phrases.unclear}")
    return None
