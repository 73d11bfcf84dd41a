"""The steps of a simulated day, written once: the record prints them, the kernel calls them in this order, a test compares the two."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One step of a day."""

    function: str
    """Name of the kernel's function that carries it out."""
    sentence: str
    """What happens in it, for a reader."""


STEPS: tuple[Step, ...] = (
    Step(
        "place_units",
        "Units that are due arrive, people often before vehicles; units whose last filled tour has ended, or whose nation has called them "
        "home, leave.",
    ),
    Step("place_civil", "Police and other civil institutions reach the strength that their delay lets them reach."),
    Step("supply_bases", "Supply routes close or open again; days of supply at every sector base follow."),
    Step(
        "spread_presence",
        "People in place, less those that may not act and those that are not supplied, become effective presence, felt with a lag.",
    ),
    Step("hold_consent", "Each party keeps to its undertakings or withdraws its consent; the more incidents, the likelier."),
    Step(
        "count_incidents",
        "Incidents of the day are drawn for every sector: stated rates, damped by presence, plus reprisals and rare flare-ups.",
    ),
    Step("count_losses", "Deaths of peacekeepers by accident, illness and malicious acts are drawn."),
    Step("ask_contributors", "Each contributor stays or decides to withdraw; its people killed of late make that likelier."),
    Step("renew_mandate", "A mandate that expires today is renewed or lapses; a host that has consented may end its consent."),
    Step("return_displaced", "Displaced people return at a speed that depends on how safe the area is."),
    Step("note_day", "The day's figures, and whatever has broken, are noted."),
)


def sentences() -> tuple[str, ...]:
    """The steps of a day as the record prints them."""
    return tuple(step.sentence for step in STEPS)
