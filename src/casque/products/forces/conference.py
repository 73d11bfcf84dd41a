"""The list to take to the force generation conference: everything that is to be asked, of all nations, one row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from casque.products.figures import count, d_plus, percent, whole
from casque.products.forces.bridging import when
from casque.products.forces.members import certainty
from casque.products.forces.parts import wishes
from casque.products.forces.picture import Picture
from casque.products.forces.release import Reader
from casque.products.forces.shared import agreements_part
from casque.products.forces.text import alike
from casque.products.sheets import cell_of
from casque.products.wording import tidy
from casque.products.workbook.pack import packed

WIDEST = 60
"""Characters of the widest column of the workbook."""


@dataclass(frozen=True)
class Ask:
    """One thing to be asked of one nation."""

    nation: str
    kind: str
    """`unit`, `caveat`, `agreement`, `dates`, `no place` or `exercise`."""
    what: str
    where: str
    by: str
    gain: float | None
    """Points of the weighted fill, where that is what it brings."""
    certainty: str
    note: str


HEADS = ("nation", "kind", "what", "where", "by", "points of weighted fill", "certainty", "note")


def conference(seen: Picture, members: Iterable[str]) -> tuple[Ask, ...]:
    """The list over some nations; for each what brings most stands first."""
    return tuple(ask for member in members for ask in _of(seen, member))


def conference_csv(asks: Iterable[Ask]) -> bytes:
    """The list as CSV; a text that a spreadsheet would take for a formula is quoted first."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows([cell_of(value) if value is not None else "" for value in astuple(ask)] for ask in asks)
    return stream.getvalue().encode("utf-8")


def conference_xlsx(asks: Iterable[Ask]) -> bytes:
    """The list as a workbook of one sheet, the same bytes every time."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title, sheet.freeze_panes = "Conference", "C2"
    rows = [astuple(ask) for ask in asks]
    sheet.append(HEADS)
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            if value is not None:
                made = sheet.cell(number, place, round(value, 2) if isinstance(value, float) else value)
                made.alignment = Alignment(vertical="top", wrap_text=True)
                if isinstance(value, str):
                    made.data_type = "s"
    for place, head in enumerate(HEADS, 1):
        longest = max([len(head), *(len(str(row[place - 1] or "")) for row in rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, longest + 2)
    sheet.auto_filter.ref = sheet.dimensions
    return packed(book)


def plain_rows(asks: Iterable[Ask]) -> tuple[dict[str, object], ...]:
    """The list for machines."""
    return tuple({field.name: getattr(ask, field.name) for field in fields(ask)} for ask in asks)


def _of(seen: Picture, member: str) -> Iterator[Ask]:
    name = seen.names.member(member)
    yield from _units(seen, member, name)
    gains = {item.caveat: item for item in seen.force.waivers}
    for caveat in seen.mission.engagement.caveats:
        if caveat.member == member:
            found = gains.get(caveat.id)
            sure = certainty(found.proven, found.low, found.high) if found else ""
            note = f"lifted by {caveat.waived_by}" if caveat.waived_by else "nobody is named who could lift it"
            yield _ask(name, "caveat", caveat.text, note=note, gain=found.gain if found else None, sure=sure)
    for row in agreements_part(seen, Reader(seen.mission, member, seen.mission.about.lead)).rows:
        yield _ask(name, "agreement", row[0], note=row[1])
    yield from _dates(seen, member, name)
    pledges = {pledge.id: pledge for pledge in seen.mission.forces.pledges}
    for idle in seen.force.idle:
        if idle.unit in pledges and pledges[idle.unit].member == member:
            what = pledges[idle.unit].name + (f", part {idle.part}" if idle.part else "")
            yield _ask(name, "no place", what, note=idle.reason)
    for both in seen.force.answers.training:
        if member in (both.first, both.second) and both.start is not None and both.end is not None:
            other = both.second if both.first == member else both.first
            days = f"{d_plus(both.start)} to {d_plus(both.end)}"
            yield _ask(name, "exercise", f"with {seen.names.member(other)}", seen.names.sector(both.sector), days, note=both.kind)


def _units(seen: Picture, member: str, name: str) -> Iterator[Ask]:
    """A unit for each gap that the member could fill, with its place in the list of all."""
    for wish in wishes(seen, member):
        item = wish.item
        note = f"rank {wish.place} of all; " + ("none seen among its pledges" if wish.has == "not seen" else f"has units of {wish.has}")
        others, sure = alike(item, seen.names), certainty(item.proven, item.low, item.high)
        unit = seen.names.of("unit_type", item.unit_type) + (f"; {others}" if others else "")
        yield _ask(name, "unit", unit, seen.names.sector(item.sector), d_plus(item.by), note=note, gain=item.gain, sure=sure)


def _dates(seen: Picture, member: str, name: str) -> Iterator[Ask]:
    """Units that would close a gap of the bridge most cheaply, were they there sooner or longer."""
    for cell in seen.force.bridge.cells if seen.force.bridge else ():
        for gap in cell.gaps:
            for step in (step for way in gap.closings[:1] for step in way.steps if seen.names.member_of(step.unit) == member):
                how = "sooner" if step.how == "earlier arrival" else "longer"
                what = f"{seen.names.of('unit', step.unit)} {count(step.days, 'day')} {how}"
                note = f"{cell.capability.value} is not held {when(gap)}: {whole(gap.people)} people"
                yield _ask(name, "dates", what, seen.names.sector(cell.sector), d_plus(gap.first), note=note)


def _ask(
    nation: str, kind: str, what: str, where: str = "", by: str = "", *, note: str = "", gain: float | None = None, sure: str = ""
) -> Ask:
    return Ask(nation, kind, _said(what), _said(where), _said(by), gain, _said(sure), _said(note))


def _said(text: str) -> str:
    return tidy(text).replace("\u00a0", " ")


def overview(seen: Picture, members: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """A row for each nation: people pledged, units placed, burden, loss, and how much is asked."""
    losses = {item.member: item.loss for item in seen.force.pivotal}
    burdens = {item.member: item for item in seen.force.answers.burdens}
    rows = []
    for member in members:
        pledges = [pledge for pledge in seen.mission.forces.pledges if pledge.member == member]
        placed = {item.unit for item in seen.force.assignments if item.member == member}
        burden = burdens.get(member)
        rows.append(
            (
                seen.names.member(member),
                whole(sum(pledge.strength for pledge in pledges)),
                f"{len(placed)} of {len(pledges)}",
                percent(burden.share) if burden else "–",
                percent(burden.fair) if burden else "–",
                f"{losses.get(member, 0.0):.1f}",
                str(len(wishes(seen, member))),
            )
        )
    return tuple(rows)
