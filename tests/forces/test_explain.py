"""Each reason for a shortfall, and each reason for an idle unit, on a case made for it."""

from __future__ import annotations

import pytest

from casque.forces.solve import Params, solve
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementStatus, Capability, ForceLevel, RuleKind
from casque.plan.force import ForceRecord, Shortfall
from casque.reference.load import Reference
from tests.forces.builders import line, pledge, requirement, small, transfer

PLAIN = Params(next_pledges=0, futures=None)


def matched(
    example: Mission,
    reference: Reference,
    pledges: tuple[Pledge, ...],
    caveats: tuple[Caveat, ...] = (),
    agreements: tuple[Agreement, ...] | None = None,
    params: Params = PLAIN,
) -> ForceRecord:
    """The force for a hundred infantry in the first sector."""
    wanted = requirement(line(example, example.tasks.tasks[0].id, example.area.sectors[0].id, Capability.INFANTRY, (100.0, 100.0, 100.0)))
    return solve(small(example, pledges, caveats, agreements), reference, wanted, params)


def first(record: ForceRecord) -> Shortfall:
    """The heaviest shortfall."""
    return record.shortfalls[0]


def company(example: Mission, **update: object) -> Pledge:
    """A company that is there from D-day for six months."""
    return pledge(example, "alone", "alfaland", "infantry-company", 100, -21, 6, **update)


def test_a_full_line_is_no_shortfall(example: Mission, reference: Reference) -> None:
    assert matched(example, reference, (company(example),)).shortfalls == ()


def test_a_caveat_is_named_with_its_cure(example: Mission, reference: Reference) -> None:
    caveat = Caveat(
        id="not-there", member="alfaland", text="Stays out.", bars_sectors=(example.area.sectors[0].id,), waived_by="The minister"
    )
    record = matched(example, reference, (company(example),), (caveat,))
    assert first(record).reason == "caveat"
    assert "Stays out" in first(record).text
    assert "The minister can lift it" in first(record).cure
    assert "not-there" in record.idle[0].reason


def test_a_missing_transfer_of_authority_is_named(example: Mission, reference: Reference) -> None:
    record = matched(example, reference, (company(example),), agreements=(transfer(example, 40),))
    assert first(record).reason == "agreement"
    assert record.assignments[0].start == 40


@pytest.mark.parametrize(
    "written",
    [
        None,
        {"members": ("bravia",)},
        {"status": AgreementStatus.REFUSED},
        {"status": AgreementStatus.NEGOTIATING, "in_force": None},
        {"in_force": None},
    ],
)
def test_without_a_transfer_of_authority_in_effect_nobody_is_tasked(
    example: Mission, reference: Reference, written: dict[str, object] | None
) -> None:
    """A folder that writes no transfer at all is no exception."""
    agreements = () if written is None else (transfer(example, -60, **written),)  # type: ignore[arg-type]
    record = matched(example, reference, (company(example),), agreements=agreements)
    assert record.assignments == ()
    assert first(record).reason == "agreement"
    assert "Bring a transfer of authority" in first(record).cure
    assert record.idle[0].reason.startswith("No transfer of authority")


def test_a_unit_starts_no_earlier_than_authority_over_it_is_transferred(example: Mission, reference: Reference) -> None:
    early = pledge(example, "early", "alfaland", "infantry-company", 100, -90, 12)
    there = matched(example, reference, (early,)).assignments[0].start
    assert there < -10
    record = matched(example, reference, (early,), agreements=(transfer(example, -10),))
    assert record.assignments[0].start == -10
    expected = transfer(example, 5, status=AgreementStatus.SIGNED)
    assert matched(example, reference, (early,), agreements=(expected,)).assignments[0].start == 5


def test_a_caveat_on_a_rule_binds_only_where_the_rule_gives_leave(example: Mission, reference: Reference) -> None:
    """To bar a prohibition, or a rule that self-defence does not need, keeps nobody from a task."""
    task = example.tasks.tasks[0]
    (name,) = task.rules
    caveat = Caveat(id="not-that", member="alfaland", text="Not that rule.", bars_rules=(name,))
    assert matched(example, reference, (company(example),), (caveat,)).assignments == ()
    rules = tuple(rule.model_copy(update={"kind": RuleKind.PROHIBITION}) if rule.id == name else rule for rule in example.engagement.rules)
    bounded = example.model_copy(update={"engagement": example.engagement.model_copy(update={"rules": rules})})
    assert [item.unit for item in matched(bounded, reference, (company(example),), (caveat,)).assignments] == ["alone"]
    calm = task.model_copy(update={"force_level": ForceLevel.SELF_DEFENCE})
    tasks = example.tasks.model_copy(update={"tasks": (calm, *example.tasks.tasks[1:])})
    quiet = example.model_copy(update={"tasks": tasks})
    assert [item.unit for item in matched(quiet, reference, (company(example),), (caveat,)).assignments] == ["alone"]


def test_a_late_unit_and_a_short_tour_are_named(example: Mission, reference: Reference) -> None:
    late = matched(example, reference, (pledge(example, "alone", "alfaland", "infantry-company", 100, 30, 6),))
    assert first(late).reason == "date"
    assert "from D+51" in first(late).text
    assert "bring ALONE forward by 51 days" in first(late).cure
    short = matched(example, reference, (pledge(example, "alone", "alfaland", "infantry-company", 100, -21, 1),))
    assert first(short).reason == "tour"
    assert "one more tour of ALONE" in first(short).cure


def test_a_full_sector_is_named(example: Mission, reference: Reference) -> None:
    pledges = tuple(pledge(example, f"u-{member}", member, "infantry-company", 50, -21, 6) for member in ("alfaland", "bravia"))
    record = matched(example, reference, pledges, params=Params(next_pledges=0, contingents=1, futures=None))
    assert first(record).reason == "contingents"
    assert "contingents" in record.idle[0].reason


def test_nothing_pledged_asks_for_the_smallest_unit_that_covers(example: Mission, reference: Reference) -> None:
    record = matched(example, reference, ())
    assert first(record).reason == "nothing pledged"
    assert "no member has pledged infantry" in first(record).text
    assert first(record).cure.startswith("Ask for 1 x infantry company (140 people)")
    assert (first(record).worst_month, first(record).worst, first(record).people_months) == (0, 100, 300)


def test_a_unit_that_serves_on_what_counts_for_more_is_named(example: Mission, reference: Reference) -> None:
    sector = example.area.sectors[0].id
    ranked = sorted(example.tasks.tasks, key=lambda task: task.priority)
    assert ranked[0].priority < ranked[-1].priority
    months = (100.0, 100.0, 100.0)
    wanted = requirement(*(line(example, task.id, sector, Capability.INFANTRY, months) for task in (ranked[0], ranked[-1])))
    record = solve(small(example, (company(example),)), reference, wanted, PLAIN)
    assert [item.line for item in record.shortfalls] == [wanted.lines[1].id]
    assert first(record).reason == "used elsewhere"


def test_idle_units_say_why(example: Mission, reference: Reference) -> None:
    spare = pledge(example, "spare", "bravia", "infantry-company", 100, -21, 6)
    record = matched(example, reference, (company(example), spare))
    assert [item.reason for item in record.idle] == ["The lines it could fill are full without it."]
    never = matched(example, reference, (pledge(example, "never", "alfaland", "infantry-company", 100, 300, 6),))
    assert "outside the plan" in never.idle[0].reason
    medics = matched(example, reference, (pledge(example, "medics", "alfaland", "medical-company", 100, -21, 6),))
    assert medics.idle[0].reason == "No line asks for what it can do while it is there."
    unknown = matched(example, reference, (pledge(example, "odd", "alfaland", "no-such-type", 100, -21, 6),))
    assert "not in the reference set" in unknown.idle[0].reason
