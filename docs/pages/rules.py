"""The reference page of the rules of the checks, from their register."""

from __future__ import annotations

from casque.checks.own.rules import MOST_STEPS
from casque.checks.register import RULES
from casque.mission.expression import COUNTING, MOST_DEPTH, MOST_TEXT
from casque.mission.item_fields import kinds
from casque.mission.own_rule_faults import PREFIX
from docs.pages.markdown import page, table

_HEAD = """`casque check` judges a mission by these rules. Severity *error*: the task cannot lawfully, or cannot at all, be done as written.
*warning*: it can be done late, in part, or at a named risk. *note*: worth knowing. The severity shown is the worst that the rule gives;
a breach that clears by itself or holds in part only is milder. Doctrine is *verified* or *secondary* only where somebody has read the
source, itself or in another that reports it; everything else is *judgement*, and says what was not read."""

_OWN = """## Own rules

A mission adds rules of its own in the file `rules.yaml` ([its fields](folder.md#rulesyaml)). A rule looks at each item of one kind,
and is broken for the items for which its condition `breach` is true. Conditions are data: they can ask for the fields that the folder
has, and for nothing else. They are read and checked with the folder; an unknown field, a unit of the wrong kind or a word that no list
has is a fault with its line.

```yaml
rules:
  - id: own-tour-too-short
    severity: note
    title: A large unit that goes home before the tasks are done
    for_each: unit
    where: strength >= 100 person and renewals = 0
    breach: any(task where end > this.required + this.tour)
    message: "{name} of {member.name} goes home after {tour}."
    fix: Ask {member.name} for a second tour.
```
"""


def _own() -> str:
    """What an own rule may hold."""
    forms = [
        ["`or`, `and`, `not`", "true or false; `or` binds least"],
        ["`=` `!=` `<` `<=` `>` `>=`", "values of one kind; quantities whatever their unit; words of a list in rising or falling order"],
        ["`in [a, b]`, `not in sectors`", "one of several, or of a field that holds several"],
        ["`+` `-` `*` `/`, `( )`", "numbers and quantities; a date plus or minus a time, the time between two dates"],
        ["`500 person`, `20 d`, `80 %`, `3`", "numbers; a quantity always has its unit"],
        ['`"offered"`, `1999-06-12`, `D+14`, `true`, `none`', "text in quotes, dates, days counted from D-day, truth, nothing written"],
        ["`strength`, `member.reliability`", "a field of the item, or of the item that it names by its id"],
        ["`this.id`", "a field of the item that the rule is about, from within a count"],
        ["`count(unit where member = this.id)`", "how many items of a kind, or of a list that the item has, such as `count(needs)`"],
        ["`any(task where priority = 1)`", "whether there is one"],
        ["`all(unit where sector = this.id, renewals > 0)`", "whether the value behind the comma is true for all"],
        [
            "`sum(unit, strength)`, `least(...)`, `most(...)`",
            "total, smallest and largest value; of no items the total is 0, the others are none",
        ],
    ]
    notes = (
        f"A field that is not written is `none`: `= none` asks for it, a comparison of order with it is false, a sum with it is none. "
        f"In `message` and `fix` an expression in braces is replaced by its value. Ids begin with `{PREFIX}`. "
        f"An expression has at most {MOST_TEXT:,} characters and {MOST_DEPTH} levels of brackets; a rule may take {MOST_STEPS:,} steps, "
        "and one that needs more is given up with a finding that says so."
    )
    listed = ", ".join(f"`{name}`" for name in kinds())
    words = ", ".join(f"`{name}`" for name in COUNTING)
    return "\n\n".join([_OWN.strip(), table(["form", "meaning"], forms), notes, f"Kinds of item: {listed}.", f"Counting words: {words}."])


def rules_page() -> str:
    """docs/reference/rules.md"""
    listed = table(["rule", "severity", "what is wrong"], ([f"[{rule.id}](#{rule.id})", rule.severity, rule.title] for rule in RULES))
    parts = [
        f"## {rule.id}\n\n**{rule.title}**\n\n"
        f"* Severity: {rule.severity}\n* What is checked: {rule.checks}\n"
        f"* Doctrine ({rule.doctrine.grade}): {rule.doctrine.text}\n* Fix: {rule.fix}"
        for rule in RULES
    ]
    return page("Rules of the checks", _HEAD, f"{len(RULES)} rules.", listed, _own(), *parts)
