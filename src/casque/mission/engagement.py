"""engagement.yaml: rules of engagement in force and the caveats that members put on them.

Self-defence is inherent; it never needs a rule.
"""

from __future__ import annotations

from casque.mission.quantities import Hours
from casque.mission.vocabulary import ForceLevel, RuleKind, RuleStatus
from casque.mission.written import Day, Id, Sourced


class Rule(Sourced):
    """One rule of engagement."""

    id: Id
    """Name of the rule."""
    family: str
    """Family in the UN numbering: `1 use of force`, `2 use of weapons`, `3 carrying of arms`, `4 detain, search, disarm`, `5 unrest`."""
    title: str
    """What it is about."""
    text: str
    """What it says, in our own words."""
    kind: RuleKind
    """Permission, limitation or prohibition."""
    force_level: ForceLevel
    """Most force that it allows."""
    provision: Id
    """Provision that it rests on."""
    status: RuleStatus
    """Where it stands."""
    implemented: Day | None = None
    """First day it holds, or is expected to."""
    withdrawn: Day | None = None
    """Last day it holds."""
    held_by: Id | None = None
    """Command post whose word a limitation needs."""
    delay: Hours = 0.0
    """Time that word takes to come."""
    sectors: tuple[Id, ...] = ()
    """Sectors it holds in; empty means all."""

    @property
    def permits(self) -> bool:
        """Whether it lets force be used, at once or on somebody's word; a prohibition only bounds what other rules permit."""
        return self.kind is not RuleKind.PROHIBITION


class Caveat(Sourced):
    """A limit that a member puts on what its units may do."""

    id: Id
    """Name of the caveat."""
    member: Id
    """Member that set it."""
    units: tuple[Id, ...] = ()
    """Units it binds; empty means all units of the member."""
    text: str
    """What it says, in our own words."""
    bars_rules: tuple[Id, ...] = ()
    """Rules of engagement that its units may not use."""
    bars_tasks: tuple[Id, ...] = ()
    """Tasks that its units may not carry out."""
    bars_crossing: bool = False
    """Whether its units may not leave their own sector."""
    bars_sectors: tuple[Id, ...] = ()
    """Sectors that its units may not serve in."""
    force_at_most: ForceLevel | None = None
    """Most force its units may use; none where it sets no limit."""
    declared: bool = True
    """Whether the member declared it; otherwise it was only observed."""
    waived_by: str = ""
    """Who in the capital can lift it."""
    delay: Hours = 0.0
    """Time that takes."""
    from_day: Day | None = None
    """First day; none means from the start."""
    until: Day | None = None
    """Last day; none means for good."""

    def bars_use(self, rule: Rule) -> bool:
        """Whether it keeps its units from using a rule. To bar a prohibition takes nothing from them."""
        return rule.permits and rule.id in self.bars_rules


class Engagement(Sourced):
    """Rules and caveats."""

    rules: tuple[Rule, ...]
    """Rules of engagement."""
    caveats: tuple[Caveat, ...] = ()
    """National caveats."""

    def rules_barred(self, caveat: Caveat) -> tuple[str, ...]:
        """Rules that a caveat keeps its units from using."""
        return tuple(rule.id for rule in self.rules if caveat.bars_use(rule))
