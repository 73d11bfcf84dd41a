"""The links provision and engagement: whether the mandate and the rules of engagement carry a task where and when it is to be done."""

from __future__ import annotations

from casque.checks.authority import holder
from casque.checks.limits import RANKS
from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.remedy import Proposal, Verdict, change, rule_asked
from casque.checks.windows import EVER, Window
from casque.mission.engagement import Rule
from casque.mission.mandate import Provision
from casque.mission.tasks import Task
from casque.mission.vocabulary import RuleKind, RuleStatus
from casque.plan.findings import State


def judge_provision(problem: Problem, task: Task) -> Verdict:
    """Whether the provision covers the task's sectors, force and days."""
    if task.provision not in problem.provisions:
        return Verdict(State.RED, f"No provision “{task.provision}” stands in the mandate.")
    instrument, provision = problem.provisions[task.provision]
    items = (f"provision:{provision.id}", f"instrument:{instrument.id}")
    where = f"{instrument.title}, paragraph {provision.paragraph},"
    window, wanted = problem.provision_window(provision.id), problem.window(task)
    outside = uncovered_sectors(provision, task)
    faults = []
    if outside and len(outside) == len(task.sectors):
        faults.append(f"covers none of its sectors ({problem.sector_names(outside)})")
    if RANKS[task.force_level] > RANKS[provision.force_level]:
        faults.append(f"allows {provision.force_level}, the task may take {task.force_level}")
    if not window.meets(wanted):
        faults.append(f"has effect {days_text(window)}, the task runs {days_text(wanted)}")
    if faults:
        text = f"Amend {where} so that it carries {{tasks}}."
        asks = [change(problem, "amend mandate", f"provision:{provision.id}", text, "mandate", task)]
        if len(faults) == 1 and window.last < wanted.first and window.last == problem.day(instrument.expires or task.end):
            text = f"Renew {instrument.title}, which expires on {day_text(window.last)}."
            asks.append(change(problem, "renew mandate", f"instrument:{instrument.id}", text, "renew", task))
        clears = window.first if wanted.last < window.first < EVER and len(faults) == 1 else None
        return Verdict(State.RED, f"{where} {listed(faults)}.", items, clears, tuple(asks))
    if outside:
        return Verdict(State.AMBER, f"{where} leaves out {problem.sector_names(outside)}.", items)
    if not window.contains(wanted):
        return Verdict(
            State.AMBER,
            f"{where} has effect {days_text(window)}, the task runs {days_text(wanted)}.",
            items,
            window.first if window.first > wanted.first and window.last >= wanted.last else None,
        )
    return Verdict(State.GREEN, f"{where} carries it {days_text(window)} with {provision.force_level}.", items)


def uncovered_sectors(provision: Provision, task: Task) -> tuple[str, ...]:
    """Sectors of the task that the provision does not cover."""
    return tuple(sector for sector in task.sectors if provision.sectors and sector not in provision.sectors)


def judge_engagement(problem: Problem, task: Task) -> Verdict:
    """Whether the rules that the task needs hold in its days and sectors, and allow the force that it may take."""
    wanted = problem.window(task)
    needed = [problem.rules[name] for name in task.rules_to_use if name in problem.rules]
    items = tuple(f"rule:{rule.id}" for rule in needed)
    dead = [rule for rule in needed if not problem.rule_window(rule).meets(wanted) or absent_sectors(rule, task) == task.sectors != ()]
    powerless = powerless_sectors(task, tuple(rule for rule in needed if rule not in dead))
    asks: list[Proposal] = [rule_asked(problem, rule, task) for rule in dead if rule.status is not RuleStatus.DENIED]
    reasons = [_dead_reason(problem, rule, task) for rule in dead]
    revived = powerless_sectors(task, tuple(needed))
    lendable = lendable_rules(problem, task) if powerless else ()
    if len(powerless) == len(task.sectors) and task.sectors and not lendable:
        reasons.append(f"no rule of the task that holds in its days allows {task.force_level}")
        sectors = problem.sector_names(task.sectors)
        text = f"Request a rule of engagement for “{task.title}” that allows {task.force_level} in {sectors}."
        asks.append(change(problem, "request rule", f"task:{task.id}", text, "rule", task))
    unheld = [rule for rule in needed if rule.kind is RuleKind.LIMITATION and rule.held_by is None and not rule.delegations]
    reasons += [f"“{rule.title}” may be used on a word only, and no post is named that gives it" for rule in unheld]
    if holder(problem, (task,)) is not None:
        asks += [_delegation(problem, rule, task) for rule in unheld]
    if reasons:
        starts = [problem.rule_window(rule).first for rule in dead]
        clears = max(starts) if starts and wanted.last < max(starts) < EVER and not revived else None
        return Verdict(State.RED, _sentence(reasons), items, clears, tuple(asks))
    if powerless and lendable:
        names = listed(f"“{rule.title}”" for rule in lendable)
        return Verdict(State.AMBER, f"It names no rule that allows {task.force_level}; {names} would.", items)
    if powerless:
        return Verdict(State.AMBER, f"No rule of the task allows {task.force_level} in {problem.sector_names(powerless)}.", items)
    partial = [rule for rule in needed if absent_sectors(rule, task)]
    if partial:
        names = problem.sector_names(absent_sectors(partial[0], task))
        return Verdict(State.AMBER, f"“{partial[0].title}” does not hold in {names}.", items)
    late = [rule for rule in needed if not problem.rule_window(rule).contains(wanted)]
    if late:
        starts = [problem.rule_window(rule).first for rule in late]
        ends_early = any(problem.rule_window(rule).last < wanted.last for rule in late)
        parts = [f"“{rule.title}” holds {days_text(problem.rule_window(rule))}" for rule in late]
        return Verdict(
            State.AMBER, f"{_sentence(parts)[:-1]}; the task runs {days_text(wanted)}.", items, None if ends_early else max(starts)
        )
    if not needed:
        return Verdict(State.GREEN, "It takes no more than self-defence, which needs no rule.", items)
    return Verdict(State.GREEN, f"{counted(len(needed), 'rule')} in force throughout: {listed(rule.title for rule in needed)}.", items)


def powerless_sectors(task: Task, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """Sectors of a task in which none of the rules allows as much force as the task may take. Self-defence needs no rule."""
    allowing = [rule for rule in rules if rule.kind is not RuleKind.PROHIBITION and RANKS[rule.force_level] >= RANKS[task.force_level]]
    if RANKS[task.force_level] == 0:
        return ()
    return tuple(sector for sector in task.sectors if not any(not rule.sectors or sector in rule.sectors for rule in allowing))


def lendable_rules(problem: Problem, task: Task) -> tuple[Rule, ...]:
    """Rules that the task does not name, and that allow its force in all its sectors on all its days."""
    wanted, level = problem.window(task), RANKS[task.force_level]
    return tuple(
        rule
        for rule, window, rank in problem.rule_windows
        if window.contains(wanted) and (rank >= level or level == 0) and rule.id not in task.rules and not powerless_sectors(task, (rule,))
    )


def absent_sectors(rule: Rule, task: Task) -> tuple[str, ...]:
    """Sectors of the task in which a rule does not hold."""
    return tuple(sector for sector in task.sectors if rule.sectors and sector not in rule.sectors)


def _dead_reason(problem: Problem, rule: Rule, task: Task) -> str:
    window = problem.rule_window(rule)
    if window.meets(problem.window(task)):
        return f"“{rule.title}” holds in none of its sectors"
    if window.empty:
        return f"“{rule.title}” is {rule.status} with no day from which it holds"
    return f"“{rule.title}” is {rule.status} and holds {days_text(window)}, the task runs {days_text(problem.window(task))}"


def _delegation(problem: Problem, rule: Rule, task: Task) -> Proposal:
    posts = {post.id: post.name for post in problem.mission.alliance.command_posts}
    text = f"Delegate the word on “{rule.title}” to {posts[holder(problem, (task,)) or '']}."
    return change(problem, "delegate authority", f"rule:{rule.id}", text, "delegate", task)


def days_text(window: Window) -> str:
    """A window as planners write it."""
    if window.empty:
        return "on no day"
    first = "from the start" if window.first <= -EVER else f"from {day_text(window.first)}"
    return first if window.last >= EVER else f"{first} to {day_text(window.last)}"


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
