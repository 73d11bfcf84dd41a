"""Who may act where, on whose word and how soon, and what each caveat costs."""

from __future__ import annotations

from dataclasses import dataclass

from casque.plan.engagement import CaveatCost, Decision, Usable
from casque.products.figures import count, number, percent
from casque.products.material import Material

MOST_DECISIONS = 60


@dataclass(frozen=True)
class UsableRow:
    """Usable force of one task, by sector and in all."""

    task: str
    permitted: float
    needs_word: float
    prohibited: float
    sectors: tuple[tuple[str, Usable], ...]

    @property
    def people(self) -> float:
        """People looked at."""
        return self.permitted + self.needs_word + self.prohibited

    def share(self, people: float) -> float:
        """People as a share of all."""
        return people / self.people if self.people else 0.0


@dataclass(frozen=True)
class EngagementView:
    """Usable force, caveats and decisions."""

    lead: str
    rows: tuple[UsableRow, ...]
    caveats: tuple[tuple[CaveatCost, str, str], ...]
    """Caveat, its text, its member."""
    refusals: tuple[tuple[str, str, int, str], ...]
    """Answer, why, units, task: prohibitions and needed words, alike ones together."""
    more: int


def view(material: Material) -> EngagementView:
    """The engagement section."""
    record, names = material.engagement, material.names
    tasks: dict[str, list[Usable]] = {}
    for item in record.usable:
        tasks.setdefault(item.task, []).append(item)
    rows = tuple(
        UsableRow(
            names.task(task),
            sum(item.permitted for item in items),
            sum(item.needs_word for item in items),
            sum(item.prohibited for item in items),
            tuple((names.sector(item.sector), item) for item in items),
        )
        for task, items in tasks.items()
    )
    caveats = tuple((item, names.of("caveat", item.caveat), names.member(item.member)) for item in record.caveat_costs)
    refusals = _alike(material, record.decisions)
    return EngagementView(_lead(rows, len(caveats)), rows, caveats, refusals[:MOST_DECISIONS], max(0, len(refusals) - MOST_DECISIONS))


def _lead(rows: tuple[UsableRow, ...], caveats: int) -> str:
    """The worst and the best task: tasks share their people, so that a mean over them would count the same people again and again."""
    asked = [row for row in rows if row.people]
    if not asked:
        return "No unit with a place could be asked to act, so there is no usable force to show."
    whole = sum(row.share(row.permitted) > 0.995 for row in asked)
    least = min(asked, key=lambda row: (row.share(row.permitted), row.share(row.needs_word), row.task))
    most = max(asked, key=lambda row: (row.share(row.permitted), row.people))
    text = f"For {whole} of {count(len(asked), 'task')} the whole assigned force may act at once. "
    text += f"The least is “{least.task}”: {percent(least.share(least.permitted))} of its people at once"
    text += f" and {percent(least.share(least.needs_word))} after somebody's word. "
    if most is not least:
        text += f"The best is “{most.task}”: {percent(most.share(most.permitted))} of {number(most.people)} people at once. "
    return f"{text}{count(caveats, 'caveat')} of members {'bears' if caveats == 1 else 'bear'} on this."


def _alike(material: Material, decisions: tuple[Decision, ...]) -> tuple[tuple[str, str, int, str], ...]:
    """Decisions other than plain permission; those alike together, with one reason as an example.

    Alike are those with the same task, inside or outside the unit's own sector, of the same member, with the same answer and word.
    """
    names = material.names
    groups: dict[tuple[str, str, bool, str, str], list[Decision]] = {}
    for item in decisions:
        if item.answer != "permitted":
            member = names.member_of(item.unit)
            groups.setdefault((item.answer, item.task, item.crossing, member, item.on_word_of), []).append(item)
    made = [
        (answer, items[0].why, len({item.unit for item in items}), names.task(task) + (", outside its own sector" if crossing else ""))
        for (answer, task, crossing, _, _), items in groups.items()
    ]
    return tuple(sorted(made, key=lambda row: (row[0] != "prohibited", -row[2], row[3], row[1])))
