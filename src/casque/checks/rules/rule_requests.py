"""Rules on how rules of engagement are asked for, answered, reviewed, delegated and worded."""

from __future__ import annotations

from collections.abc import Iterator

from casque.checks.problem import Problem, counted, day_text, listed
from casque.checks.rule import Breach, Rule, judgement, secondary
from casque.mission.alliance import CommandPost
from casque.mission.engagement import Rule as Measure
from casque.mission.vocabulary import Circumstance, RuleKind, RuleStatus, Severity

THREATS = (Circumstance.IMMINENT_THREAT, Circumstance.HOSTILE_ACT)
ENGLISH = "en"


def _as_of(problem: Problem) -> int:
    """The day up to which the folder tells what happened: the last observation, or D-day."""
    return max((problem.day(item.end) for item in problem.mission.observations.observations), default=0)


def _unauthorised(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        recorded = rule.authorised is not None or rule.authorised_by is not None
        asked = rule.requested is not None or rule.requested_by is not None
        if rule.status is RuleStatus.IMPLEMENTED and asked and not recorded:
            yield Breach(
                f"rule:{rule.id}", f"“{rule.title}” was asked for and is in force; neither who authorised it nor when is recorded."
            )


def _unreviewed(problem: Problem) -> Iterator[Breach]:
    now = _as_of(problem)
    for rule in problem.mission.engagement.rules:
        window = problem.rule_window(rule)
        if rule.review_by is None or window.empty or not problem.day(rule.review_by) < now <= window.last:
            continue
        late = counted(now - problem.day(rule.review_by), "day")
        text = f"“{rule.title}” was to be reviewed by {day_text(problem.day(rule.review_by))}; {late} later it still holds as it was."
        yield Breach(f"rule:{rule.id}", text)


def _unreasoned(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        if rule.status is RuleStatus.REQUESTED and not rule.reason.strip():
            yield Breach(f"rule:{rule.id}", f"“{rule.title}” is asked for, and no reason is given to whoever has to decide.")


def _unanswered(problem: Problem) -> Iterator[Breach]:
    limit = problem.reference.value("check.request-days")
    for rule in problem.mission.engagement.rules:
        if rule.status is not RuleStatus.REQUESTED or rule.requested is None:
            continue
        asked, answered = problem.day(rule.requested), rule.authorised or rule.implemented
        end = max(_as_of(problem), asked) if answered is None else problem.day(answered)
        if end - asked > limit:
            users = [task for task in problem.mission.tasks.tasks if rule.id in task.rules_to_use]
            waits = f" {listed(f'“{task.title}”' for task in users)} {'waits' if len(users) == 1 else 'wait'} for it." if users else ""
            until = "is not answered" if answered is None else "an answer is expected only"
            days = counted(end - asked, "day")
            text = f"“{rule.title}” was asked for on {day_text(asked)} and {until} on {day_text(end)}, {days} later.{waits}"
            yield Breach(f"rule:{rule.id}", text, None if answered is None else end)


def _unlike_force(problem: Problem) -> Iterator[Breach]:
    for measure, rules in problem.mission.engagement.measures().items():
        permitting = [rule for rule in rules if rule.permits]
        levels = {rule.force_level: rule for rule in reversed(permitting)}
        if len(levels) > 1:
            told = listed(f"“{rule.title}” {level}" for level, rule in sorted(levels.items(), key=lambda item: item[0].rank))
            text = f"The rules for {measure} allow different force: {told}. What bounds force counts the least of them as what it takes."
            yield Breach(f"rule:{permitting[0].id}", text)


def _not_below(problem: Problem) -> Iterator[Breach]:
    posts = {post.id: post for post in problem.mission.alliance.command_posts}
    for rule in problem.mission.engagement.rules:
        if rule.held_by not in posts:
            continue
        aside = [item.to for item in rule.delegations if item.to in posts and rule.held_by not in _above(posts, item.to)]
        if aside:
            names = listed(posts[name].name for name in aside)
            text = f"{posts[rule.held_by].name} holds “{rule.title}” and passes its word on to {names}, over which it does not stand."
            yield Breach(f"rule:{rule.id}", text)


def _above(posts: dict[str, CommandPost], name: str) -> list[str]:
    """Posts above a post."""
    found: list[str] = []
    here = posts[name].superior
    while here in posts and here not in found:
        found.append(here)
        here = posts[here].superior
    return found


def _spared_word(problem: Problem) -> Iterator[Breach]:
    for rule in problem.mission.engagement.rules:
        if rule.kind is RuleKind.LIMITATION and rule.word_if_possible and not _threatened(rule):
            text = (
                f"The word on “{rule.title}” may be done without while the superior is out of reach, and no threat or attack is asked for."
            )
            yield Breach(f"rule:{rule.id}", text)


def _threatened(rule: Measure) -> bool:
    return any(item in THREATS for item in rule.given_all) or (bool(rule.given_any) and all(item in THREATS for item in rule.given_any))


def _unworded(problem: Problem) -> Iterator[Breach]:
    rules = [rule for rule in problem.mission.engagement.rules if problem.rule_window(rule).meets(problem.period)]
    for name in problem.contributors:
        member = problem.members.get(name)
        if member is None or not member.languages or ENGLISH in member.languages:
            continue
        own = [caveat for caveat in problem.mission.engagement.caveats if caveat.member == name]
        spoken = [rule for rule in rules if not rule.members or name in rule.members]
        worded = [*(rule.translations for rule in spoken), *(caveat.translations for caveat in own)]
        bare = [translations for translations in worded if not set(member.languages) & set(translations)]
        if bare:
            tongues = " or ".join(member.languages)
            text = (
                f"The contingent of {member.name} works in {tongues}, and {len(bare)} of the {len(spoken) + len(own)} rules and caveats "
                f"for it are written in English only."
            )
            yield Breach(f"member:{name}", text)


RULES = (
    Rule(
        "rule-authority-unrecorded",
        Severity.NOTE,
        "A rule of engagement in force whose authority nobody recorded",
        "Every rule that is implemented and whose request is recorded says who authorised it, or when.",
        judgement("legal practice: rules are requested, authorised and implemented, and the trail is kept; MC 362/1 not read"),
        "Record who authorised the rule, and on which day.",
        _unauthorised,
    ),
    Rule(
        "rule-review-overdue",
        Severity.WARNING,
        "A rule of engagement whose review is overdue",
        "No rule that holds on the last day of which the folder has an observation, or else on D-day, has a review day before it.",
        judgement("legal practice: rules are reviewed as the situation changes; MC 362/1 and UN guidelines 2016.24 not read"),
        "Review the rule, and set the next review day.",
        _unreviewed,
    ),
    Rule(
        "rule-request-unreasoned",
        Severity.WARNING,
        "A rule of engagement asked for without a reason",
        "Every rule that is requested says why.",
        judgement(
            "legal practice: a request for a rule states the threat, the task and why the rules in force do not do; MC 362/1 not read"
        ),
        "Say what the rules in force do not allow, and which task needs it.",
        _unreasoned,
    ),
    Rule(
        "rule-request-unanswered",
        Severity.WARNING,
        "A request for a rule of engagement that waits long",
        "A rule that is requested is answered within the days of factor check.request-days, counted to its expected authority, or to the "
        "last day of which the folder has an observation.",
        secondary("Irish Defence Forces Review 2008 on Kosovo, March 2004: rules on force proved unworkable"),
        "Press for an answer, or plan without the rule.",
        _unanswered,
    ),
    Rule(
        "measure-force-unlike",
        Severity.NOTE,
        "Rules for one measure that allow different force",
        "All rules that permit or limit the same measure allow the same force.",
        judgement("legal practice: a measure has one level of force, so that bounds on force are clear; MC 362/1 not read"),
        "Split the measure in two, or give its rules the same force.",
        _unlike_force,
    ),
    Rule(
        "delegation-not-below",
        Severity.WARNING,
        "The word on a rule passed on to a post that is not below its holder",
        "Every post to which the word on a limitation is delegated stands below the post that holds the rule.",
        judgement("staff practice: authority is delegated down a chain of command; AJP-3 not read"),
        "Delegate to a post of the holder's own chain, or have a higher post hold the rule.",
        _not_below,
    ),
    Rule(
        "word-spared-without-threat",
        Severity.WARNING,
        "A limited rule whose word may be spared without a threat",
        "A limitation whose word may be done without while the superior is out of reach asks for an imminent threat to life or a "
        "hostile act.",
        judgement("legal practice: only those under threat may act without the word that a rule asks for; UN guidelines 2016.24 not read"),
        "Ask for an imminent threat or a hostile act in the rule, or always ask for the word.",
        _spared_word,
    ),
    Rule(
        "wording-missing",
        Severity.NOTE,
        "Rules that a contingent cannot read in its own language",
        "For every contingent whose languages lack English, each rule in force and each of its caveats is worded in one of them.",
        judgement("staff practice: soldiers carry the rules on a card in their own language"),
        "Have the rules and caveats translated, and write the wording down under translations.",
        _unworded,
    ),
)
