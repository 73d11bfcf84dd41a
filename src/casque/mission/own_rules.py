"""rules.yaml: the mission's own rules of the checks, each a condition over the folder's items. Optional."""

from __future__ import annotations

from casque.mission.vocabulary import Severity
from casque.mission.written import Id, Sourced


class OwnRule(Sourced):
    """A rule that this mission adds to the checks. `grade` says how good the evidence for its doctrine is."""

    id: Id
    """Name of the rule; begins with `own-`, so that it is never taken for a built-in rule."""
    severity: Severity
    """How bad a breach is."""
    title: str
    """What is wrong where the rule is broken, in a few words."""
    for_each: str
    """Kind of item that the rule looks at, one by one, such as `unit`, `task` or `agreement`."""
    where: str = ""
    """Expression: which of the items it is about; empty means all."""
    breach: str
    """Expression: when the rule is broken for an item."""
    message: str
    """What to say then; an expression in braces, such as `{name}` or `{strength}`, is replaced by its value."""
    fix: str
    """What would mend it; braces as in the message."""
    doctrine: str = ""
    """Where the rule comes from; empty means this mission's own staff."""


class OwnRules(Sourced):
    """The mission's own rules."""

    rules: tuple[OwnRule, ...] = ()
    """Rules in the order in which they are looked at."""
