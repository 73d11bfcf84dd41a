"""Cutting planes in processes of their own, for problems that fall apart: the solver would hold up every thread of this one.

Each process is `python -m casque.forces.matching.cut_process`: it reads problems from its input and answers each on its output.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import numpy as np

from casque.forces.matching.cutting import cut
from casque.forces.matching.instance import Array, Matching

Answer = tuple[Array | None, int | None]
"""Best columns and bound, as `cut` gives them."""


@dataclass(frozen=True)
class Effort:
    """How far to go."""

    nodes: int
    """Nodes of the search tree for each problem."""
    seed: int = 0
    workers: int = 1
    """Processes side by side; they have no say in the answer."""


def cuts(parts: Sequence[Matching], effort: Effort, between: Callable[[], None]) -> list[Answer]:
    """The answers of `cut` for some problems, in their order. Calls `between` after each."""
    if effort.workers < 2 or len(parts) < 2:
        answers = []
        for part in parts:
            answers.append(_answer(part, effort))
            between()
        return answers
    found: list[Answer] = [(None, None)] * len(parts)
    helpers: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    started = [_helper() for _ in range(min(effort.workers, len(parts)))]
    try:
        for helper in started:
            helpers.put(helper)
        with ThreadPoolExecutor(len(started)) as pool:
            largest = sorted(range(len(parts)), key=lambda number: (-parts[number].columns, number))
            asked = {pool.submit(_asked, helpers, parts[number], effort): number for number in largest}
            for done in as_completed(asked):
                found[asked[done]] = done.result()
                between()
    finally:
        for helper in started:
            helper.communicate()
    return found


def _helper() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "casque.forces.matching.cut_process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _asked(helpers: SimpleQueue[subprocess.Popen[bytes]], part: Matching, effort: Effort) -> Answer:
    helper = helpers.get()
    try:
        assert helper.stdin is not None
        assert helper.stdout is not None
        pickle.dump((tuple(part), effort.nodes, effort.seed), helper.stdin)
        helper.stdin.flush()
        answer: Answer = pickle.load(helper.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        # A process that could not start or was killed, for want of memory say: the answer is the same here, only later.
        return _answer(part, effort)
    finally:
        helpers.put(helper)
    return answer


def _answer(part: Matching, effort: Effort) -> Answer:
    return cut(part, np.arange(part.columns), effort.nodes, effort.seed) if part.columns else (part.unit, 0)


def _serve(source: Any, target: Any) -> None:
    while True:
        try:
            part, nodes, seed = pickle.load(source)
        except EOFError:
            return
        pickle.dump(_answer(Matching(*part), Effort(nodes, seed)), target)
        target.flush()


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever the solver prints must not come between the answers.
    os.dup2(2, 1)
    _serve(sys.stdin.buffer, answers)
