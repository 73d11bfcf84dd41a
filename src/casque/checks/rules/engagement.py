"""Rules on rules of engagement and caveats: what the tasks need is in force, and units are free to do it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from casque.checks.lawful import absent_sectors, days_text, lendable_rules, powerless_sectors
from casque.checks.muster import musters
from casque.checks.problem import Problem, counted, listed
from casque.checks.roll import total
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.checks.windows import EVER, caveat_window
from casque.mission.alliance import CommandPost
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.vocabulary import RuleKind, Severity


def _not_in_force(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        wanted = problem.window(task)
        for rule in (problem.rules[name] for name in task.rules_to_use if name in problem.rules):
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
        if rule.kind is RuleKind.LIMITATION and rule.held_by is None and not rule.delegations:
            yield Breach(f"rule:{rule.id}", f"“{rule.title}” is allowed only on somebody's word, and no post is named that gives it.")


def _word_on_prohibition(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        if rule.kind is RuleKind.PROHIBITION and (rule.held_by is not None or rule.delegations):
            text = f"“{rule.title}” is a prohibition and names who gives a word on it; nobody's word lifts a prohibition."
            yield Breach(f"rule:{rule.id}", text)


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
            if len(muster.places) and not len(muster.free_places):
                names = listed(problem.member_name(caveat.member) for caveat in muster.caveats)
                units = counted(len(muster.places), "unit")
                text = f"Caveats of {names} bar all of the {units} that could bring {muster.capability} to “{task.title}”."
                ends = [caveat_window(problem.d_day, caveat).last for caveat in muster.caveats]
                yield Breach(f"task:{task.id}", text, min(ends) + 1 if min(ends) < problem.day(task.end) else None)


def _bars_crossing(problem: Problem) -> Iterator[Breach]:
    for task in problem.mission.tasks.tasks:
        if not task.crosses_sectors:
            continue
        needed, roll = musters(problem, task), problem.roll
        every = roll.joined(muster.rows for muster in needed)
        tied = every[np.isin(every, roll.joined(muster.tied for muster in needed))]
        if len(tied):
            members = listed(map(problem.member_name, roll.members_of(tied)))
            strength = total(roll.strength[tied]), total(roll.strength[every])
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
    bears: dict[str, dict[str, None]] = {}
    for task in problem.mission.tasks.tasks:
        for muster in musters(problem, task):
            for caveat in (caveat for hold in muster.holds for caveat in hold.caveats if not caveat.waived_by):
                bears.setdefault(caveat.id, {})[f"“{task.title}”"] = None
    for caveat in problem.mission.engagement.caveats:
        if caveat.id in bears:
            names = listed(bears[caveat.id])
            yield Breach(
                f"caveat:{caveat.id}",
                (
                    f"Nobody is named in {problem.member_name(caveat.member)} who could lift this "
                    f"caveat, which bears on {names}: {caveat.text}"
                ),
            )


def _barred_everywhere(problem: Problem) -> Iterator[Breach]:
    """Permissions that, in a sector, a caveat keeps every unit wanted there from using."""
    barring = [caveat for caveat in problem.mission.engagement.caveats if caveat.bars_rules or caveat.bars_measures]
    members = {caveat.member for caveat in barring}
    placed: dict[str, list[Pledge]] = {}
    for pledge in problem.mission.forces.pledges:
        if pledge.sector is not None:
            placed.setdefault(pledge.sector, []).append(pledge)
    for rule in problem.mission.engagement.rules:
        tasks = problem.users.get(rule.id, [])
        if rule.kind is not RuleKind.PERMISSION or not tasks:
            continue
        bars = [caveat for caveat in barring if caveat.bars_use(rule)]
        used = {sector for task in tasks for sector in task.sectors}
        wanted = [sector for sector in problem.sectors if sector in used]
        shut = [
            sector
            for sector in wanted
            if placed.get(sector)
            and all(pledge.member in members and any(_binds(caveat, pledge) for caveat in bars) for pledge in placed[sector])
        ]
        if shut:
            names = listed(problem.member_name(pledge.member) for sector in shut for pledge in placed[sector])
            text = f"In {problem.sector_names(shut)} no unit may use the permission “{rule.title}”: caveats of {names} bar it."
            yield Breach(f"rule:{rule.id}", text)


def _binds(caveat: Caveat, pledge: Pledge) -> bool:
    return caveat.member == pledge.member and (not caveat.units or pledge.id in caveat.units)


def _outside_mandate(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        window = problem.rule_window(rule)
        if rule.provision not in problem.provisions or window.empty or not rule.permits:
            continue
        instrument, provision = problem.provisions[rule.provision]
        bound = problem.provision_window(provision.id)
        where = f"{instrument.title}, paragraph {provision.paragraph}"
        last = min(window.last, problem.period.last)
        if window.first < bound.first or last > bound.last:
            text = f"“{rule.title}” holds {days_text(window)}; {where}, on which it rests, has effect {days_text(bound)}."
            yield Breach(f"rule:{rule.id}", text)
        outside = [sector for sector in rule.sectors if provision.sectors and sector not in provision.sectors]
        if outside:
            text = f"“{rule.title}” holds in {problem.sector_names(outside)}, which {where}, on which it rests, does not cover."
            yield Breach(f"rule:{rule.id}", text)


def _binds_nobody(problem: Problem) -> Iterator[Breach]:
    owners = {pledge.id: pledge.member for pledge in problem.mission.forces.pledges}
    for caveat in problem.mission.engagement.caveats:
        strange = [name for name in caveat.units if owners.get(name) != caveat.member]
        name = problem.member_name(caveat.member)
        if strange:
            yield Breach(
                f"caveat:{caveat.id}", f"The caveat of {name} names {listed(strange)}, which {name} has not pledged: {caveat.text}"
            )
        elif not caveat.units and caveat.member not in problem.contributors:
            yield Breach(
                f"caveat:{caveat.id}", f"{name} has pledged no unit that this caveat could bind: {caveat.text}", severity=Severity.NOTE
            )


def _held_aside(problem: Problem) -> Iterator[Breach]:
    """Limitations whose holder stands above no post of a sector in which a task uses them."""
    posts = {post.id: post for post in problem.mission.alliance.command_posts}
    for rule in problem.mission.engagement.rules:
        if rule.kind is not RuleKind.LIMITATION or rule.held_by not in posts:
            continue
        used = dict.fromkeys(sector for task in problem.users.get(rule.id, []) for sector in task.sectors)
        aside = []
        for sector in used:
            own = [post.id for post in posts.values() if post.sector == sector]
            if own and not any(rule.held_by in _chain(posts, post) for post in own):
                aside.append(sector)
        if aside:
            text = (
                f"“{rule.title}” waits for the word of {posts[rule.held_by].name}, which stands over no post of "
                f"{problem.sector_names(aside)}, where tasks use it."
            )
            yield Breach(f"rule:{rule.id}", text)


def _chain(posts: dict[str, CommandPost], name: str) -> list[str]:
    """A post and every post above it."""
    chain: list[str] = []
    here: str | None = name
    while here in posts and here not in chain:
        chain.append(here)
        here = posts[here].superior
    return chain


RULES = (
    Rule(
        "rule-not-in-force",
        Severity.ERROR,
        "A rule of engagement that a task needs and that is not in force",
        (
            "Every rule that a task needs holds on all its days and in all its sectors. It is an error where "
            "it never holds there, a warning where it holds in part."
        ),
        judgement("NATO practice: rules are requested, authorised and implemented before they are used; MC 362/1 not read"),
        "Obtain authority for the rule and implement it before the task starts, with the sectors of the task.",
        _not_in_force,
    ),
    Rule(
        "rule-missing",
        Severity.ERROR,
        "Force that no rule of engagement allows",
        "In every sector of a task a rule that it names allows the force that it may take. It is a warning where some "
        "sectors are left out, or where rules that the task does not name would allow it.",
        judgement("legal practice: force beyond self-defence rests on a rule; MC 362/1 and UN guidelines 2016.24 not read"),
        "Request the rule, or lower the force of the task.",
        _missing,
    ),
    Rule(
        "rule-above-mandate",
        Severity.ERROR,
        "A rule of engagement that allows more force than its provision",
        "No rule allows more force than the provision it rests on.",
        judgement("legal practice: rules of engagement stay within the mandate; MC 362/1 not read"),
        "Lower the rule, or rest it on a provision that allows its force.",
        _above_mandate,
    ),
    Rule(
        "rule-without-holder",
        Severity.WARNING,
        "A limited rule that nobody holds",
        "Every limitation names the post whose word it needs.",
        secondary("militarycaveats.com on the three types of rule: a limitation needs the approval of a minister or commander"),
        "Name the post that gives the word, and how long that takes.",
        _holderless,
    ),
    Rule(
        "prohibition-with-word",
        Severity.WARNING,
        "A prohibition with somebody's word",
        "No prohibition names a post that holds it or to which it is delegated.",
        secondary("militarycaveats.com on the three types of rule: a limitation needs the approval of a minister or commander"),
        "Make it a limitation, or take the post away.",
        _word_on_prohibition,
    ),
    Rule(
        "rule-held-far",
        Severity.NOTE,
        "A limited rule whose word comes slowly",
        "The word that a limitation needs comes within the delay of factor check.word-hours.",
        secondary("Irish Defence Forces Review 2008 on Kosovo, March 2004: rules on force proved unworkable"),
        "Delegate the rule to a post that is nearer.",
        _slow_word,
    ),
    Rule(
        "caveat-bars-all",
        Severity.ERROR,
        "Caveats that bar every unit of a capability from a task",
        "For every capability of a task at least one unit is free of a caveat that bars it.",
        secondary("militarycaveats.com on ISAF, 2001 to 2012: caveats can bind any service and any task"),
        "Ask the capitals to lift the caveats, or ask for a pledge without them.",
        _bars_all,
    ),
    Rule(
        "caveat-bars-crossing",
        Severity.ERROR,
        "Caveats that tie units to their own sector",
        "No caveat keeps a unit that could serve a task across sectors from leaving its own. "
        "It is an error where all are tied, otherwise a warning.",
        secondary(
            "accounts of Kosovo, March 2004 (Kingsley, militarycaveats.com; Irish Defence Forces Review 2008) and of the decision of "
            "August 2005 to end bars on crossing boundaries (liquisearch.com, Kosovo Force)"
        ),
        "Ask the capitals to lift the caveats, or form the reserve from units that are free to cross.",
        _bars_crossing,
    ),
    Rule(
        "caveat-undeclared",
        Severity.WARNING,
        "A caveat that its member never declared",
        "Every caveat has been declared.",
        judgement("staff practice: nations declare caveats with their offers"),
        "Have the member declare the caveat or drop it.",
        _undeclared,
    ),
    Rule(
        "caveat-without-waiver",
        Severity.NOTE,
        "A caveat that nobody is known to be able to lift",
        "Every caveat that bears on a task names who can lift it.",
        judgement("staff practice: a caveat names the authority that can lift it"),
        "Ask the member who can lift it, and how long that takes.",
        _unwaivable,
    ),
    Rule(
        "permission-barred-in-sector",
        Severity.WARNING,
        "A permission that nobody in a sector may use",
        "In every sector where a task uses a permission, a unit that is wanted there is free of a caveat that bars it.",
        secondary("militarycaveats.com on ISAF, 2001 to 2012: caveats can bind any service and any task"),
        "Ask a capital to lift its caveat, or place a unit without it in the sector.",
        _barred_everywhere,
    ),
    Rule(
        "rule-outside-mandate",
        Severity.WARNING,
        "A rule of engagement that holds where or when its provision does not",
        "Every rule that lets force be used holds only on the days and in the sectors of the provision that it rests on.",
        judgement("legal practice: rules of engagement stay within the mandate; MC 362/1 not read"),
        "Shorten the rule, or rest it on a provision that covers its days and sectors.",
        _outside_mandate,
    ),
    Rule(
        "caveat-binds-nobody",
        Severity.WARNING,
        "A caveat on units that its member has not pledged",
        "Every unit that a caveat names is pledged by its member, and the member has pledged a unit.",
        judgement("staff practice: nations declare caveats with their offers"),
        "Correct the units of the caveat, or take it out.",
        _binds_nobody,
    ),
    Rule(
        "rule-held-outside-chain",
        Severity.WARNING,
        "A limited rule held by a post outside the chain of command",
        "The post whose word a limitation needs stands above, or is, the post of every sector in which a task uses it.",
        secondary("militarycaveats.com on the three types of rule: a limitation needs the approval of a minister or commander"),
        "Have a post of the chain hold the rule.",
        _held_aside,
    ),
)
