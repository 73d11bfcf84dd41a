"""Findings, chains and traces as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casque.plan.findings import Change, CheckRecord, Finding, FixSet, State
from casque.plan.record import Outcome
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
    if record.fix_set.changes or record.fix_set.cannot_save:
        yield ""
        yield from fix_text(record.fix_set)
    yield ""
    counts = {severity: sum(finding.severity == severity for finding in record.findings) for severity in ("error", "warning", "note")}
    yield (
        ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
        + f"; {len(record.rules_checked)} rules checked."
    )


def fix_text(fix_set: FixSet) -> Iterator[str]:
    """The fix set, change by change with what each mends, its alternatives, and the tasks that nothing saves."""
    if fix_set.changes:
        count = len(fix_set.saves)
        saved = f"{count} task{'' if count == 1 else 's'} of priority {fix_set.priority} or higher"
        yield f"Cheapest set of changes ({_cost(fix_set.outcome)}), saves {saved}: {', '.join(fix_set.saves)}"
        yield from map(_change, fix_set.changes)
    elif fix_set.outcome.status == "optimal":
        yield f"No change is needed or would help for tasks of priority {fix_set.priority} or higher."
    else:
        yield f"No set of changes was found ({fix_set.outcome.status})."
    for place, other in enumerate(fix_set.alternatives, 2):
        without = [change.text for change in fix_set.changes if change.key not in {own.key for own in other.changes}]
        yield f"Alternative {place} ({_cost(other.outcome)}), leaves out {len(without)} of the cheapest set and makes instead:"
        yield from (_change(change) for change in other.changes if change.key not in {own.key for own in fix_set.changes})
        yield from (f"  without: {text}" for text in without)
    yield from (f"  No known change saves {text}" for text in fix_set.cannot_save)


def _change(change: Change) -> str:
    return f"  - {change.text} ({change.kind}, {change.days:g} days, weight {change.weight:g}; {len(change.mends)} links)"


def _cost(outcome: Outcome) -> str:
    bound = "" if outcome.status == "optimal" else f", no set can cost less than {outcome.bound:g}"
    return f"{outcome.status}, cost {outcome.value:g} in days and political weight{bound}"


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
