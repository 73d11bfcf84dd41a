"""Verbs on force: may this unit do this, and who can be there in time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from casque.cli.app import DONE, Folder, Json, Scenario, app
from casque.console import Console

if TYPE_CHECKING:
    from casque.products.tables import Table


@app.command
def may(
    folder: Folder,
    unit: str = "",
    measure: str = "",
    *,
    at: str = "",
    time: str = "",
    given: Annotated[tuple[str, ...], Parameter(negative="")] = (),
    protecting: str = "",
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """May this unit take this measure, here, now: permitted, on whose word, or prohibited, and why. Exit code 0 also for a no.

    Parameters
    ----------
    unit
        A pledged unit; without a measure, lists what it may ask for, and without a unit everything that can be asked.
    measure
        A measure of engagement, or self-defence.
    at
        A place or a sector.
    time
        A day and hour: D+3, D+3T14:00, 1999-06-15 or 1999-06-15T14:00; noon without an hour.
    given
        What is the case, such as 'violent crowd'; once for each.
    protecting
        Whom or what the force would protect, such as civilians.
    """
    from casque.engagement.may import as_data, lines
    from casque.runs.asked import asked, counsel

    console = Console("may", json)
    if not measure:
        listing = counsel(folder, scenario).listing(unit)
        console.data({kind: [{"name": name, "title": title} for name, title in items] for kind, items in listing.items()})
        for kind, items in listing.items():
            console.table(kind.capitalize(), ("name", "what it is"), items)
        return console.end(DONE)
    answer = asked(folder, unit, measure, at, time, given, protecting, scenario)
    console.data(as_data(answer))
    console.say(*lines(answer))
    return console.end(DONE)


@app.command
def usable(
    folder: Folder,
    what: str,
    *,
    time: str,
    at: str = "",
    given: Annotated[list[str] | None, Parameter(negative="")] = None,
    protecting: str = "",
    crossing: str = "",
    within: str = "2h",
    strength: str = "",
    lift: Annotated[list[str] | None, Parameter(negative="")] = None,
    scenario: Scenario = "base",
    json: Json = False,
) -> int:
    """Show how many people may lawfully act at a place, hour by hour after a call, who holds the others, and what each string costs.

    Parameters
    ----------
    what
        A task, a measure of engagement, or several measures joined by '+'.
    time
        When the call is made: D+3T14:00, or a date such as 1999-06-15T14:00.
    at
        A place, or a sector for its base; left out, every place is looked at and those out of reach are named.
    given
        What is the case, such as 'violent crowd'; once for each. Left out, what the rules for it ask for.
    protecting
        Whom or what the force would protect.
    crossing
        A measure that units from another sector need beside; left out, those that rules of the folder mark as such.
    within
        Time within which the force is wanted.
    strength
        People that make a force worth the name, such as '120 person'; left out, a company.
    lift
        Take strings away: caveat:NAME, rule:NAME for its word, caveats, words, or all; once for each.
    """
    from casque.engagement.usable_force.called import Question
    from casque.engagement.usable_force.reach import reach
    from casque.engagement.usable_force.usable_at import HOURS, usable_force, written
    from casque.products.figures import Calendar
    from casque.products.names import Names
    from casque.products.usable_text import reach_tables, reach_text, usable_tables, usable_text
    from casque.reference.opening import open_folder
    from casque.runs.last import force_in_place

    console, opened = Console("usable", json), open_folder(folder, scenario)
    mission, reference = opened.mission, opened.reference
    question, hours = Question(what, time, given, protecting or None, crossing), written(within, "h")
    people = written(strength, "person") if strength else None
    force, movement = force_in_place(folder, mission, reference, scenario)
    names, calendar = Names(mission, reference), Calendar(mission.about.d_day, int(mission.about.horizon))
    if at:
        curve = usable_force(
            mission, reference, question, at, hours=(*HOURS, hours), strength=people, lift=lift or (), force=force, movement=movement
        )
        console.data(curve.model_dump(mode="json"))
        return _told(console, usable_text(curve, names, calendar), usable_tables(curve, names))
    places = reach(mission, reference, question, within=hours, strength=people, lift=lift or (), force=force, movement=movement)
    console.data(places.model_dump(mode="json"))
    return _told(console, reach_text(places, names, calendar), reach_tables(places, names))


def _told(console: Console, text: Iterable[str], tables: Iterable[Table]) -> int:
    console.say(*text)
    for table in tables:
        console.table(table.title, table.columns, table.rows)
    return console.end(DONE)
