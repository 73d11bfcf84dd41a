"""May this unit do this, here, now: the question as a user puts it, from Python and from the command line.

`may(mission, reference, "alf-inf", "detain", at="bridge", time="D+40T22:00", given=["violent crowd"])` is one answer. Who has many
questions makes a `Counsel` once and asks it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from casque.engagement.law import Law, law_of
from casque.engagement.naming import When, known_name, request_of
from casque.engagement.postings import Postings, posting_on
from casque.engagement.reasons import Reasoned, reasoned
from casque.engagement.request import SELF_DEFENCE
from casque.engagement.titles import Titles, titles_of
from casque.mission.about import About
from casque.mission.mission import Mission
from casque.mission.vocabulary import Circumstance, Protected
from casque.reference.load import Reference


@dataclass(frozen=True)
class Counsel:
    """The law of a mission and the names in it, loaded once for any number of questions."""

    about: About
    law: Law
    titles: Titles
    postings: Postings

    def may(
        self,
        unit: str,
        measure: str,
        *,
        at: str,
        time: str | date | When,
        given: Iterable[str] = (),
        protecting: str | None = None,
    ) -> Reasoned:
        """Whether a unit may take a measure, with the reasons. Raises NoSuchItem for unknown names, BadInput for a wrong time.

        `at` is a place or a sector; `time` is `D+3`, `D+3T14:00`, `1999-06-15` or `1999-06-15T14:00` (noon without an hour); `given` is
        what is the case; `protecting` is whom or what the force would protect.
        """
        request = request_of(self.law, self.about, unit, measure, at, time, given, protecting)
        posting = posting_on(self.postings, request.unit, request.day)
        soldiers = self.law.units[request.unit]
        if posting is None or posting.sector == soldiers.sector:
            return reasoned(self.law, self.titles, request, posting)
        law = replace(self.law, units={**self.law.units, soldiers.id: replace(soldiers, sector=posting.sector)})
        return reasoned(law, self.titles, request, posting)

    def listing(self, unit: str = "") -> dict[str, list[tuple[str, str]]]:
        """What may be asked: units, measures with their titles, places and sectors, circumstances, whom or what force may protect.

        With a unit, only the measures that some rule lets it take at some time. Raises NoSuchItem for an unknown unit.
        """
        if unit:
            known_name(unit, self.law.units, "unit", "Units")
        measures = [(SELF_DEFENCE, "Inherent; never needs a rule")]
        for name, tables in self.law.measures.items():
            speaking = [table.rule for table in tables if not unit or (unit in table.units and table.rule.permits)]
            if speaking:
                kinds = ", ".join(dict.fromkeys(str(rule.kind) for rule in speaking))
                measures.append((name, f"{speaking[0].title} ({kinds})"))
        return {
            "units": sorted(self.titles.units.items()),
            "measures": measures,
            "places": [(name, self.titles.places[name]) for name in self.law.places] + list(self.titles.sectors.items()),
            "circumstances": [(str(item), "") for item in Circumstance],
            "protected": [(str(item), "") for item in Protected],
        }


def counsel_of(mission: Mission, reference: Reference, postings: Postings | None = None) -> Counsel:
    """The counsel of a mission. `postings` say where units serve (see `postings`); without them, it is where their members wish."""
    known = postings or {}
    first = {unit: items[0].sector for unit, items in known.items()}
    return Counsel(mission.about, law_of(mission, reference, first), titles_of(mission), known)


def may(
    mission: Mission,
    reference: Reference,
    unit: str,
    measure: str,
    *,
    at: str,
    time: str | date | When,
    given: Iterable[str] = (),
    protecting: str | None = None,
    postings: Postings | None = None,
) -> Reasoned:
    """Whether a unit may take a measure, with the reasons (see `Counsel.may`)."""
    return counsel_of(mission, reference, postings).may(unit, measure, at=at, time=time, given=given, protecting=protecting)


def as_data(answer: Reasoned) -> dict[str, Any]:
    """An answer for machines; sets as sorted lists."""
    data = asdict(answer)
    for change, told in zip(data["changes"], answer.changes, strict=True):
        change["sentence"] = told.sentence
    for asked in (data["request"], *(change["request"] for change in data["changes"] if change["request"])):
        asked["given"] = sorted(asked["given"])
    return data


def lines(answer: Reasoned) -> list[str]:
    """An answer as lines of text for people."""
    found = [answer.sentence]
    if answer.words:
        found += ["", "Words needed, asked for at the same time:", *(f"  {item.sentence}" for item in answer.words)]
    for heading, wanted in (("Decided by:", True), ("Resting on:", False)):
        texts = [text for text in answer.texts if text.decided is wanted]
        found += ["", heading] if texts else []
        for text in texts:
            found.append(f"  {text.item}: {text.title}; {text.effect}.")
            if text.says:
                found.append(f"    “{text.says}”")
            evidence = "; ".join(text.sources) or "no source named"
            found.append(f"    Evidence: {evidence}{f' [{text.grade}]' if text.grade else ''}")
    if answer.changes:
        found += ["", "What would take it away:" if answer.answer == "permitted" else "What would change it:"]
        found += [f"  {change.sentence}" for change in answer.changes]
    elif answer.answer == "prohibited":
        found += ["", "Nothing that the rules foresee would change it: no rule permits or limits this measure."]
    if answer.remarks:
        found += ["", "Remarks:", *(f"  {remark}" for remark in answer.remarks)]
    return found
