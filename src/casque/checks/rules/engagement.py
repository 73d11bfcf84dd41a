"""Rules on rules of engagement and caveats: what the tasks need is in force, and units are free to do it."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.lawful import absent_sectors, days_text, lendable_rules, powerless_sectors
from casque.checks.muster import Candidate, musters, people
from casque.checks.problem import Problem, counted, listed
from casque.checks.rule import Breach, Rule
from casque.checks.windows import EVER
from casque.mission.vocabulary import RuleKind, Severity


def _not_in_force(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        wanted = problem.window(task)
        for rule in (problem.rules[name] for name in task.rules if name in problem.rules):
            window = problem.rule_window(rule)
            absent = absent_sectors(rule, task)
            if window.contains(wanted) and not absent:
                continue
            clears = window.first if wanted.first < window.first < EVER and window.last >= wanted.last else None
            part = window.meets(wanted) and len(absent) < len(task.sectors)
            where = f" and not in {problem.sector_names(absent)}" if absent else ""
            text = (
                f"“{task.title}” runs {days_text(wanted)} and needs the rule “{rule.title}”, which is "
                f"{rule.status} and holds {days_text(window)}{where}."
            )
            yield Breach(f"task:{task.id}", text, clears, Severity.WARNING if part else None)


def _missing(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        unknown = [name for name in task.rules if name not in problem.rules]
        if unknown:
            yield Breach(f"task:{task.id}", f"“{task.title}” needs {listed(unknown)}, which engagement.yaml does not have.")
        named = tuple(problem.rules[name] for name in task.rules if name in problem.rules)
        powerless = powerless_sectors(task, named)
        if powerless:
            where = problem.sector_names(powerless)
            others = lendable_rules(problem, task)
            part = len(powerless) < len(task.sectors) or bool(others)
            fix = f"Name {listed(f'“{rule.title}”' for rule in others)} in the task, or lower its force." if others else ""
            text = f"“{task.title}” may take {task.force_level} in {where}, and no rule that it names allows that there."
            yield Breach(f"task:{task.id}", text, severity=Severity.WARNING if part else None, fix=fix)


def _above_mandate(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        if rule.provision not in problem.provisions or rule.kind is RuleKind.PROHIBITION:
            continue
        instrument, provision = problem.provisions[rule.provision]
        if rule.force_level.rank > provision.force_level.rank:
            text = (
                f"“{rule.title}” allows {rule.force_level}; {instrument.title}, paragraph "
                f"{provision.paragraph}, allows {provision.force_level}."
            )
            yield Breach(f"rule:{rule.id}", text)


def _holderless(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        if rule.kind is RuleKind.LIMITATION and rule.held_by is None:
            yield Breach(f"rule:{rule.id}", f"“{rule.title}” is allowed only on somebody's word, and no post is named that gives it.")


def _slow_word(problem: Problem) -> Iterator[Breach]:
    limit = problem.reference.value("check.word-hours")
    posts = {post.id: post.name for post in problem.mission.alliance.command_posts}
    for rule in problem.mission.engagement.rules:
        if rule.kind is RuleKind.LIMITATION and rule.held_by is not None and rule.delay >= limit:
            text = (
                f"“{rule.title}” waits {rule.delay:.0f} h for the word of {posts.get(rule.held_by, rule.held_by)}; "
                f"from {limit:.0f} h on that is noted as slow."
            )
            yield Breach(f"rule:{rule.id}", text)


def _bars_all(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        for muster in musters(problem, task):
            if muster.candidates and not muster.free:
                caveats = {caveat.id: caveat for c in muster.candidates for caveat in c.barred_by}
                names = listed(problem.member_name(caveat.member) for caveat in caveats.values())
                units = counted(len(muster.candidates), "unit")
                text = f"Caveats of {names} bar all of the {units} that could bring {muster.capability} to “{task.title}”."
                ends = [problem.caveat_window(caveat).last for caveat in caveats.values()]
                yield Breach(f"task:{task.id}", text, min(ends) + 1 if min(ends) < problem.day(task.end) else None)


def _bars_crossing(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        if not task.crosses_sectors:
            continue
        able: dict[str, Candidate] = {c.pledge.id: c for muster in musters(problem, task) for c in muster.candidates}
        tied = tuple(c for c in able.values() if any(caveat.bars_crossing for caveat in c.barred_by))
        if tied:
            every = tuple(able.values())
            members = listed(problem.member_name(c.pledge.member) for c in tied)
            strength = sum(c.pledge.strength for c in tied), sum(c.pledge.strength for c in every)
            text = (
                f"“{task.title}” must act outside its own sector; caveats of {members} tie down {len(tied)} "
                f"of the {len(every)} units that could serve, "
                f"{strength[0]:,.0f} of {strength[1]:,.0f} people."
            )
            yield Breach(f"task:{task.id}", text, severity=None if len(tied) == len(every) else Severity.WARNING)


def _undeclared(problem: Problem) -> Iterator[Breach]:
    for caveat in problem.mission.engagement.caveats:
        if not caveat.declared:
            yield Breach(
                f"caveat:{caveat.id}",
                f"{problem.member_name(caveat.member)} never declared this caveat; it was only observed: {caveat.text}",
            )


def _unwaivable(problem: Problem) -> Iterator[Breach]:
    tasks = problem.mission.tasks.tasks
    for caveat in problem.mission.engagement.caveats:
        if caveat.waived_by:
            continue
        hit = [
            (task, people(muster.barred))
            for task in tasks
            for muster in musters(problem, task)
            if any(caveat in c.barred_by for c in muster.candidates)
        ]
        if hit:
            names = listed(f"“{task.title}”" for task, _ in hit)
            yield Breach(
                f"caveat:{caveat.id}",
                (
                    f"Nobody is named in {problem.member_name(caveat.member)} who could lift this "
                    f"caveat, which bears on {names}: {caveat.text}"
                ),
            )


RULES = (
    Rule(
        "rule-not-in-force",
        Severity.ERROR,
        "A rule of engagement that a task needs and that is not in force",
        (
            "Every rule that a task needs holds on all its days and in all its sectors. It is an error where "
            "it never holds there, a warning where it holds in part."
        ),
        "NATO MC 362/1: rules are requested, authorised and implemented before they are used",
        "Obtain authority for the rule and implement it before the task starts, with the sectors of the task.",
        _not_in_force,
    ),
    Rule(
        "rule-missing",
        Severity.ERROR,
        "Force that no rule of engagement allows",
        "In every sector of a task a rule that it names allows the force that it may take. It is a warning where some "
        "sectors are left out, or where rules that the task does not name would allow it.",
        "NATO MC 362/1; UN guidelines on the use of force by military components (2016.24)",
        "Request the rule, or lower the force of the task.",
        _missing,
    ),
    Rule(
        "rule-above-mandate",
        Severity.ERROR,
        "A rule of engagement that allows more force than its provision",
        "No rule allows more force than the provision it rests on.",
        "NATO MC 362/1: rules of engagement stay within the mandate",
        "Lower the rule, or rest it on a provision that allows its force.",
        _above_mandate,
    ),
    Rule(
        "rule-without-holder",
        Severity.WARNING,
        "A limited rule that nobody holds",
        "Every limitation names the post whose word it needs.",
        "NATO MC 362/1: limitations name the level that releases them",
        "Name the post that gives the word, and how long that takes.",
        _holderless,
    ),
    Rule(
        "rule-held-far",
        Severity.NOTE,
        "A limited rule whose word comes slowly",
        "The word that a limitation needs comes within the delay of factor check.word-hours.",
        "Irish Defence Forces Review 2008 on Kosovo, March 2004: rules on force proved unworkable within hours",
        "Delegate the rule to a post that is nearer.",
        _slow_word,
    ),
    Rule(
        "caveat-bars-all",
        Severity.ERROR,
        "Caveats that bar every unit of a capability from a task",
        "For every capability of a task at least one unit is free of a caveat that bars it.",
        "National caveats in the Kosovo force and ISAF (militarycaveats.com, 2001 to 2012)",
        "Ask the capitals to lift the caveats, or ask for a pledge without them.",
        _bars_all,
    ),
    Rule(
        "caveat-bars-crossing",
        Severity.ERROR,
        "Caveats that tie units to their own sector",
        "No caveat keeps a unit that could serve a task across sectors from leaving its own. "
        "It is an error where all are tied, otherwise a warning.",
        "Kosovo, March 2004: contingents could not be moved across sector boundaries",
        "Ask the capitals to lift the caveats, or form the reserve from units that are free to cross.",
        _bars_crossing,
    ),
    Rule(
        "caveat-undeclared",
        Severity.WARNING,
        "A caveat that its member never declared",
        "Every caveat has been declared.",
        "NATO force generation: nations declare caveats with their offers",
        "Have the member declare the caveat or drop it.",
        _undeclared,
    ),
    Rule(
        "caveat-without-waiver",
        Severity.NOTE,
        "A caveat that nobody is known to be able to lift",
        "Every caveat that bears on a task names who can lift it.",
        "NATO force generation: a caveat names the authority that can lift it",
        "Ask the member who can lift it, and how long that takes.",
        _unwaivable,
    ),
)
