"""Each reason for a shortfall, and each reason for an idle unit, on a case made for it."""

from __future__ import annotations

from datetime import timedelta

from casque.forces.solve import Params, solve
from casque.mission.agreements import Agreement
from casque.mission.engagement import Caveat
from casque.mission.forces import Pledge
from casque.mission.mission import Mission
from casque.mission.vocabulary import AgreementKind, Capability
from casque.plan.force import ForceRecord, Shortfall
from casque.reference.load import Reference
from tests.forces.builders import line, pledge, requirement, small

PLAIN = Params(next_pledges=0)


def matched(
    example: Mission,
    reference: Reference,
    pledges: tuple[Pledge, ...],
    caveats: tuple[Caveat, ...] = (),
    agreements: tuple[Agreement, ...] = (),
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
    late = Agreement(
        id="late",
        title="Transfer",
        kind=AgreementKind.TRANSFER_OF_AUTHORITY,
        parties=("alfaland",),
        in_force=example.about.d_day + timedelta(days=40),
    )
    record = matched(example, reference, (company(example),), agreements=(late,))
    assert first(record).reason == "agreement"
    assert record.assignments[0].start == 40
    other = late.model_copy(update={"members": ("bravia",)})
    record = matched(example, reference, (company(example),), agreements=(other,))
    assert record.assignments == ()
    assert record.idle[0].reason.startswith("No transfer of authority")


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
    record = matched(example, reference, pledges, params=Params(next_pledges=0, contingents=1))
    assert first(record).reason == "share limit"
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
