"""Findings, chains and traces as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casque.plan.findings import ChainLink, Change, CheckRecord, Finding, FixSet, State
from casque.plan.lesson import Applies
from casque.plan.record import Outcome
from casque.plan.trace import Trace
from casque.products.figures import d_plus

MARKS = {State.GREEN: "●", State.AMBER: "◐", State.RED: "○"}
"""State of a link as one sign, told apart without colour."""

MOST_LESSONS = 5
"""Lessons that are told in full."""

MOST_TASKS = 4
"""Tasks that a change names."""

Places = Mapping[str, tuple[str, int]]


def findings_text(record: CheckRecord, places: Places, lessons: Sequence[Applies] = ()) -> Iterator[str]:
    """Findings with their place and fix, every task's chain in one line each, the fix set, and lessons that the findings call to mind."""
    for finding in record.findings:
        yield from _finding(finding, places)
    if record.chains:
        names = [link.name for link in record.chains[0].links]
        yield ""
        yield f"Chain of every task ({', '.join(f'{MARKS[state]} {state}' for state in State)}): {', '.join(names)}"
        for chain in record.chains:
            yield f"  {' '.join(MARKS[link.state] for link in chain.links)}  {chain.task}: {chain.title}"
            yield from (f"      {MARKS[link.state]} {link.name}: {link.reason}{_turns(link)}" for link in chain.links if _told(link))
    if record.fix_set.changes or record.fix_set.cannot_save:
        yield ""
        yield from fix_text(record.fix_set)
    if record.to_green is not None and (record.to_green.changes or record.to_green.cannot_save):
        yield ""
        yield "To turn amber links green as well:"
        yield from fix_text(record.to_green)
    elif record.to_green is None and any(chain.state is State.AMBER for chain in record.chains):
        yield ""
        yield "The changes that would turn amber links green were not looked for: casque fix FOLDER --goal green does."
    yield from _lessons(lessons)
    yield ""
    counts = {severity: sum(finding.severity == severity for finding in record.findings) for severity in ("error", "warning", "note")}
    yield (
        ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
        + f"; {len(record.rules_checked)} rules checked."
    )


def _told(link: ChainLink) -> bool:
    """Whether a link is told of below its task: it is red, or turns green by itself on a day that can be named."""
    return link.state is State.RED or link.clears_on is not None


def _turns(link: ChainLink) -> str:
    return f" It turns green on {d_plus(link.clears_on)}." if link.clears_on is not None else ""


def _lessons(lessons: Sequence[Applies]) -> Iterator[str]:
    if lessons:
        yield ""
        yield "Lessons of other missions that these findings call to mind:"
        for item in lessons[:MOST_LESSONS]:
            yield f"  - {item.title} ({item.mission}). {item.recommendation}"
            yield f"      because: {item.why[0]}{f' (and {len(item.why) - 1} more)' if len(item.why) > 1 else ''}"
        if len(lessons) > MOST_LESSONS:
            yield f"  … and {len(lessons) - MOST_LESSONS} more; casque check FOLDER --json has them all."


def fix_text(fix_set: FixSet) -> Iterator[str]:
    """The fix set, change by change with what each mends, its alternatives, and the tasks that nothing saves."""
    green = fix_set.goal == "green"
    if fix_set.changes:
        count = len(fix_set.saves)
        saved = f"{count} task{'' if count == 1 else 's'} of priority {fix_set.priority} or higher"
        brought = f"turns {saved} green" if green else f"saves {saved}"
        yield f"Cheapest set of changes ({_cost(fix_set.outcome)}), {brought}: {', '.join(fix_set.saves)}"
        yield from map(_change, fix_set.changes)
    elif fix_set.outcome.status == "optimal":
        held = f"No task of priority {fix_set.priority} or higher has {'an amber or red' if green else 'a red'} link"
        yield "No known change would help the tasks named below." if fix_set.cannot_save else f"{held}: no change is needed."
    else:
        yield f"No set of changes was found ({fix_set.outcome.status})."
    for place, other in enumerate(fix_set.alternatives, 2):
        without = [change.text for change in fix_set.changes if change.key not in {own.key for own in other.changes}]
        yield f"Alternative {place} ({_cost(other.outcome)}), leaves out {len(without)} of the cheapest set and makes instead:"
        yield from (_change(change) for change in other.changes if change.key not in {own.key for own in fix_set.changes})
        yield from (f"  without: {text}" for text in without)
    if fix_set.changes and not fix_set.alternatives:
        yield "  No other set of known changes that differs in substance does the same."
    yield from (f"  No known change {'turns green' if green else 'saves'} {text}" for text in fix_set.cannot_save)


def _change(change: Change) -> str:
    tasks = list(dict.fromkeys(item.partition("/")[0].removeprefix("task:") for item in change.mends))
    shown = ", ".join(tasks[:MOST_TASKS]) + (f" and {len(tasks) - MOST_TASKS} more" if len(tasks) > MOST_TASKS else "")
    through = f"through on {d_plus(change.through)}; " if change.through is not None else ""
    links = f"mends {len(change.mends)} link{'' if len(change.mends) == 1 else 's'} of {shown}" if tasks else "mends no link by itself"
    return f"  - {change.text} ({change.kind}; {through}cost {change.days:g} days and weight {change.weight:g}; {links})"


def _cost(outcome: Outcome) -> str:
    bound = "" if outcome.status == "optimal" else f", no set can cost less than {outcome.bound:g}"
    return f"{outcome.status}, cost {outcome.value:g} in days and political weight{bound}"


def _finding(finding: Finding, places: Places) -> Iterator[str]:
    file, line = places.get(finding.subject, ("", 0))
    place = f"{file}:{line}: " if file else ""
    clears = f" Clears by itself on {d_plus(finding.clears_on)}." if finding.clears_on is not None else ""
    yield f"{place}{finding.severity}: {finding.message}{clears} [{finding.rule}, {finding.subject}]"
    yield f"    {finding.fix}"
    yield f"    rests on {finding_basis(finding)}"


def finding_basis(finding: Finding) -> str:
    """What a finding rests on: the rule's doctrine, and the sources and grade of the item that it is about."""
    if finding.grade is None:
        return finding.doctrine
    named = f"on {', '.join(finding.sources)}" if finding.sources else "names no source"
    return f"{finding.doctrine}; the item {named} ({finding.grade.value})"


def trace_text(trace: Trace) -> Iterator[str]:
    """A trace as indented lines: what the item rests on, then what rests on it."""
    yield f"{trace.subject}: {trace.title}"
    for heading, steps in (("rests on", trace.rests_on), ("carries", trace.carries)):
        yield f"  {heading}"
        yield from (f"    {step.relation:<12} {step.item}: {step.text}" for step in steps)
        if not steps:
            yield "    nothing"
