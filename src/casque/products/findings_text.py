"""Findings, chains and traces as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casque.plan.findings import CheckRecord, Finding, State
from casque.plan.trace import Trace

MARKS = {State.GREEN: "●", State.AMBER: "◐", State.RED: "○"}
"""State of a link as one sign, told apart without colour."""

Places = Mapping[str, tuple[str, int]]


def findings_text(record: CheckRecord, places: Places) -> Iterator[str]:
    """Findings with their place and fix, then every task's chain in one line each, then the fix set."""
    for finding in record.findings:
        yield from _finding(finding, places)
    if record.chains:
        names = [link.name for link in record.chains[0].links]
        yield ""
        yield f"Chain of every task ({', '.join(f'{MARKS[state]} {state}' for state in State)}): {', '.join(names)}"
        for chain in record.chains:
            yield f"  {' '.join(MARKS[link.state] for link in chain.links)}  {chain.task}: {chain.title}"
            yield from (f"      {MARKS[link.state]} {link.name}: {link.reason}" for link in chain.links if link.state == State.RED)
    if record.fix_set.changes:
        yield ""
        cost = f"cost {record.fix_set.outcome.value:g} in days and political weight"
        yield f"Cheapest set of changes ({record.fix_set.outcome.status}, {cost}):"
        yield from (f"  - {change.text} ({change.days:g} days, weight {change.weight:g})" for change in record.fix_set.changes)
    yield from (f"  No known change saves {text}" for text in record.fix_set.cannot_save)
    yield ""
    counts = {severity: sum(finding.severity == severity for finding in record.findings) for severity in ("error", "warning", "note")}
    yield (
        ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
        + f"; {len(record.rules_checked)} rules checked."
    )


def _finding(finding: Finding, places: Places) -> Iterator[str]:
    file, line = places.get(finding.subject, ("", 0))
    place = f"{file}:{line}: " if file else ""
    yield f"{place}{finding.severity}: {finding.message} [{finding.rule}, {finding.subject}]"
    yield f"    {finding.fix}"


def trace_text(trace: Trace) -> Iterator[str]:
    """A trace as indented lines: what the item rests on, then what rests on it."""
    yield f"{trace.subject}: {trace.title}"
    for heading, steps in (("rests on", trace.rests_on), ("carries", trace.carries)):
        yield f"  {heading}"
        yield from (f"    {step.relation:<12} {step.item}: {step.text}" for step in steps)
        if not steps:
            yield "    nothing"
