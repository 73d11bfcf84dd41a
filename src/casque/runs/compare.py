"""Compares two states of a mission: the folder as it stands, a scenario of it, or another folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from casque.errors import NoSuchItem
from casque.mission.faults import nearest
from casque.mission.scenarios import BASE
from casque.plan.compare import (
    ChangeDifference,
    Comparison,
    Depth,
    FindingDifference,
    FixSetDifference,
    InputDifference,
    LinkDifference,
    Side,
)
from casque.plan.findings import CheckRecord, Finding, FixSet, TaskChain
from casque.reference.opening import Opened, open_folder
from casque.runs.figures import figures_of, figures_together
from casque.runs.local import only
from casque.runs.stages import stage
from casque.runs.written_values import Values, values_of


@dataclass(frozen=True)
class Compared:
    """One of the two states, opened."""

    name: str
    folder: Path
    scenario: str
    opened: Opened

    @property
    def side(self) -> Side:
        """What the record says of it."""
        mission = self.opened.mission
        supposed = next((item.title for item in mission.scenarios.scenarios if item.id == self.scenario), "as it stands")
        return Side(name=self.name, title=f"{mission.about.title}: {supposed}")

    @cached_property
    def check(self) -> CheckRecord:
        """What the checks find."""
        step = stage("check")
        record: CheckRecord = step.solve()(only(self.opened.mission, step.reads), self.opened.reference, step.params({}))
        return record


def compare(folder: Path, a: str, b: str, depth: Depth = "figures") -> Comparison:
    """What differs between A and B, each `base` (the folder as it stands), the id of one of its scenarios, or another folder.

    Raises BadInput with every fault of a folder that cannot be read, NoSuchItem for a name that is none of these.
    """
    base = open_folder(folder)
    one = opened_state(folder, base, a)
    other = one if b == a else opened_state(folder, base, b)
    inputs = tuple(_inputs(values_of(one.opened.mission), values_of(other.opened.mission)))
    if depth == "inputs":
        return Comparison(a=one.side, b=other.side, depth=depth, inputs=inputs)
    findings = tuple(_findings(one.check.findings, other.check.findings))
    links = tuple(_links(one.check.chains, other.check.chains))
    fix_set = _fix_sets(one.check.fix_set, other.check.fix_set)
    left, right = one.check.to_green, other.check.to_green
    to_green = None if left is None or right is None else _fix_sets(left, right)
    checks = Comparison(
        a=one.side, b=other.side, depth=depth, inputs=inputs, findings=findings, links=links, fix_set=fix_set, to_green=to_green
    )
    if depth == "checks":
        return checks
    figures, left_out = figures_together(
        *(figures_of(side.folder, side.opened.mission, side.opened.reference, side.scenario, side.name) for side in (one, other))
    )
    return checks.model_copy(update={"figures": figures, "left_out": left_out})


def opened_state(folder: Path, base: Opened, name: str) -> Compared:
    """The folder as it stands, one of its scenarios, or another folder. Raises NoSuchItem for a name that is none of these."""
    if name == BASE:
        return Compared(name, folder, BASE, base)
    known = [item.id for item in base.mission.scenarios.scenarios]
    if name in known:
        return Compared(name, folder, name, open_folder(folder, name))
    if Path(name).is_dir():
        return Compared(name, Path(name), BASE, open_folder(Path(name)))
    near = nearest(name, [BASE, *known])
    raise NoSuchItem(
        f"'{name}' is neither 'base', nor a scenario of {folder}, nor a mission folder",
        (f"Did you mean '{near}'? " if near else "") + "Scenarios: " + ", ".join([BASE, *known]) + ".",
    )


def _inputs(a: Values, b: Values) -> Iterator[InputDifference]:
    """Differences in the order of kinds, then of ids, then of fields."""
    for key in sorted({*a, *b}):
        one, other = a.get(key), b.get(key)
        title = min(side[0] for side in (one, other) if side is not None)
        if one is None or other is None:
            there, missing = "there", None
            yield InputDifference(item=key[1], title=title, field="", a=there if one else missing, b=there if other else missing)
            continue
        for field in sorted({*one[1], *other[1]}):
            before, after = one[1].get(field), other[1].get(field)
            if before != after:
                yield InputDifference(item=key[1], title=title, field=field, a=before, b=after)


def _findings(a: tuple[Finding, ...], b: tuple[Finding, ...]) -> Iterator[FindingDifference]:
    one, other = _by_place(a), _by_place(b)
    for key in sorted({*one, *other}):
        before, after = one.get(key), other.get(key)
        if before is not None and after is not None and before.severity == after.severity:
            continue
        yield FindingDifference(
            rule=key[0],
            subject=key[1],
            a=before.severity if before else None,
            b=after.severity if after else None,
            message_a=before.message if before else "",
            message_b=after.message if after else "",
        )


def _by_place(findings: tuple[Finding, ...]) -> dict[tuple[str, str, int], Finding]:
    """Findings by rule and subject; several of one rule about one subject are numbered in their order."""
    found: dict[tuple[str, str, int], Finding] = {}
    for finding in findings:
        number = 0
        while (finding.rule, finding.subject, number) in found:
            number += 1
        found[finding.rule, finding.subject, number] = finding
    return found


def _links(a: tuple[TaskChain, ...], b: tuple[TaskChain, ...]) -> Iterator[LinkDifference]:
    one, other = ({chain.task: chain for chain in side} for side in (a, b))
    for task in sorted({*one, *other}):
        before, after = one.get(task), other.get(task)
        titles = sorted(chain.title for chain in (before, after) if chain is not None)
        if before is None or after is None:
            yield LinkDifference(
                task=task,
                title=titles[0],
                link="",
                a=before.state if before else None,
                b=after.state if after else None,
                reason_a="" if before else "The task is not there.",
                reason_b="" if after else "The task is not there.",
            )
            continue
        for mine, theirs in zip(before.links, after.links, strict=True):
            if mine.state != theirs.state:
                yield LinkDifference(
                    task=task,
                    title=titles[0],
                    link=mine.name,
                    a=mine.state,
                    b=theirs.state,
                    reason_a=mine.reason,
                    reason_b=theirs.reason,
                )


def _fix_sets(a: FixSet, b: FixSet) -> FixSetDifference:
    one, other = ({(change.kind, change.subject, change.text): change for change in side.changes} for side in (a, b))
    changes = [
        ChangeDifference(kind=key[0], subject=key[1], text=key[2], in_a=key in one)
        for key in sorted({*one, *other})
        if (key in one) != (key in other)
    ]
    left, right = (_tasks(side.cannot_save) for side in (a, b))
    return FixSetDifference(
        changes=tuple(changes),
        cost_a=a.outcome.value,
        cost_b=b.outcome.value,
        cannot_save_a=tuple(text for task, text in left.items() if task not in right),
        cannot_save_b=tuple(text for task, text in right.items() if task not in left),
    )


def _tasks(texts: tuple[Any, ...]) -> dict[str, str]:
    return {str(text).partition(":")[0]: str(text) for text in texts}
