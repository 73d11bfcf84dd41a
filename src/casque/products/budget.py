"""What the lines of a budget are called, so that no two bear the same name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casque.plan.supply import CostLine


def labels(costs: Sequence[CostLine]) -> tuple[str, ...]:
    """What each line of the budget is: its category, and where several share one, what each of them pays for."""
    made = [line.category for line in costs]
    for cut in (_subject, _purpose):
        shared = {label for label in made if made.count(label) > 1}
        made = [
            f"{label}: {cut(line)}" if label in shared and cut is _subject else f"{label}, {cut(line)}" if label in shared else label
            for label, line in zip(made, costs, strict=True)
        ]
    return tuple(made)


def _subject(line: CostLine) -> str:
    """What a line pays for, as its working begins."""
    head = line.working.partition(":")[0].strip()
    return head[:1].lower() + head[1:]


def _purpose(line: CostLine) -> str:
    """What the quantity of a line is for, as its working says after the last comma that no digit follows."""
    quantity = line.working.partition(":")[2].rpartition(" x ")[0]
    return re.split(r",\s+(?=[^\d\s])", quantity)[-1].strip()
