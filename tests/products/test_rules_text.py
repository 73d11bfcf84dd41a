"""Changes between two sets of rules as a reader sees them."""

from __future__ import annotations

from casque.mission.mission import Mission
from casque.plan.rule_review import RuleChange, RuleComparison
from casque.products.names import Names
from casque.products.rules_text import changes_text
from casque.reference.load import Reference


def test_many_units_are_counted_by_nation(example: Mission, reference: Reference) -> None:
    by_member: dict[str, list[str]] = {}
    for pledge in example.forces.pledges:
        by_member.setdefault(pledge.member, []).append(pledge.id)
    alone, *others = sorted(by_member, key=lambda member: len(by_member[member]))
    units = (by_member[alone][0], *(unit for member in others for unit in by_member[member]))
    assert len(units) > 5
    change = RuleChange(
        measures=("detain",),
        was="permitted",
        now="prohibited",
        members=(),
        units=units,
        extent="everywhere",
        sectors=(),
        places=(),
        hours=(),
        always=True,
        situations=(),
        decided_before=(),
        decided_after=(),
    )
    found = RuleComparison(a="base", b="other", day_a=0, day_b=0, decisions=1, changed=1, changes=(change,), units_left_out=())
    names = Names(example, reference)
    told = "\n".join(changes_text(found, names)).replace("\u00a0", " ")
    assert f"1 unit of {names.member(alone)}" in told
    assert f"{len(by_member[others[-1]])} units of {names.member(others[-1])}" in told
