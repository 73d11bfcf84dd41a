"""The study of Kosovo, 17 and 18 March 2004: usable force at the places that burned, as it stood and under the reform of 2005."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casque.engagement.usable_force.called import Question
from casque.engagement.usable_force.reach import reach
from casque.engagement.usable_force.usable_at import usable_force
from casque.mission.folder import read
from casque.mission.mission import Mission
from casque.plan.usable import Reach, UsableForce
from casque.reference.load import Reference, load
from docs.pages.markdown import page, table

FOLDER = Path(__file__).resolve().parents[2] / "missions" / "kosovo-2004"
MOMENT = "2004-03-17T14:00"
HOURS = (1.0, 2.0, 4.0, 6.0, 12.0, 24.0)
RIOT_MEANS = "use-riot-agents"
CROSSING = "act-in-other-sector"
SUPPOSITIONS = (
    ("base", "as it stood"),
    ("no-caveats", "no national caveats"),
    ("words-delegated", "words delegated to the brigades"),
    ("no-caveats-words-delegated", "both"),
    ("reform-2005", "the reform of August 2005"),
    ("roads-blocked", "as it stood, the blocked roads shut"),
    ("unnamed-bars", "as it stood, with the bars that no source puts a name to"),
)
PLACES = (
    ("svinjare", "protect-svinjare"),
    ("mitrovica", "hold-mitrovica"),
    ("caglavica", "hold-caglavica"),
    ("pristina-yu", "rescue-pristina"),
    ("prizren", "protect-prizren"),
)

_WHAT = """On 17 and 18 March 2004 at least 33 riots with some 51,000 people broke out in Kosovo within two days. Nineteen people
died, 954 were hurt, about 4,100 lost their homes (sources `sg-2004-348`, `hrw-2004`). KFOR had about 17,500 troops in the country,
and much of it could not be brought to where the crowds were. In the accounts written afterwards three things are blamed: troops that
stayed in the area of their own brigade, national limits on means against crowds, and words that had to be asked for (`dfr-2008`,
`kingsley-23`, `icg-155`).

This page asks what the rules, caveats, distances and equipment that are known, or have to be estimated, would have allowed. It does
not judge anybody's conduct. The mission folder is [missions/kosovo-2004](../../missions/kosovo-2004/mission.yaml); every figure below
is worked out from it when the documentation is built, and a test fails if this page no longer says what the folder gives. In public
sources the force stood in four brigades that day, not in five: five there were until November 2002, and five task forces after August
2005."""

_HOW = """A unit counts at a place from the hour at which it may act there (the rules of the force, its nation's caveats, the words that
it needs) and has been warned, and has driven there. A soldier on duty starts at once, the others after the notice of factor
`engagement.notice`; from another brigade area comes the share of factor `engagement.spare-share`, and only on the word that acting
there needs (rule `reinforce-other-sector`, an estimate). Roads carry the speeds of the folder. The call goes out on 17 March at 14:00
everywhere; the situation is the one that the rules of the task ask for, such as a violent crowd. Strengths by company, most camps, and
the time that a capital or headquarters takes for its word are estimates; the folder marks each of them. The word of a capital is a
distribution: the curve rests on its mean, and beside it stand the curves with every capital at its quickest and at its slowest."""

_UNKNOWN = """## What cannot be known

From public sources:

1. The rules of engagement and the list of caveats of March 2004, and every delay of a word, here or in a capital. The German bar on tear
   gas, the American letter of 2000 and the Swiss law rest on a named text; two more caveats record reported behaviour. Every other bar,
   above all on crossing a boundary, is an estimate.
2. Which nation refused to leave its area, and which was never asked.
3. Where each company stood at each hour and what it was already doing. Every unit counts here as free, and every place as the only one
   that called; 33 riots shared the same people. The figures are therefore upper bounds.
4. Who had how much tear gas and how many shields: but for the Norwegians, the Swedes and the Specialised Unit of the Carabinieri that is
   estimated.
5. Which roads were held by crowds, and for how long.
6. Why Svinjare burned. By the rules and distances written here French companies could lawfully have been there within minutes, so that
   neither a caveat nor the road explains it. Orders, priorities at the bridge of Mitrovica, numbers, equipment and will do not show in
   rules. The rule against deadly force for property alone does bear on it once the people had been brought away."""


@dataclass(frozen=True)
class Study:
    """The folder under one supposition."""

    label: str
    mission: Mission
    reference: Reference

    def at(self, place: str, what: str) -> UsableForce:
        """Usable force at a place for a task or measure."""
        return usable_force(self.mission, self.reference, Question(what, MOMENT, crossing=CROSSING), place, hours=HOURS)

    def reach(self) -> Reach:
        """How soon every place sees a company with riot means."""
        return reach(self.mission, self.reference, Question(RIOT_MEANS, MOMENT, crossing=CROSSING), hours=HOURS)


@cache
def studies() -> tuple[Study, ...]:
    """The folder as it is written and under each supposition."""
    found = []
    for scenario, label in SUPPOSITIONS:
        mission = read(FOLDER, scenario)
        found.append(Study(label, mission, load(mission.overrides)))
    return tuple(found)


def march_2004_page() -> str:
    """docs/studies/march-2004.md"""
    base = studies()[0]
    return page(
        "Kosovo, March 2004: who could lawfully have been there",
        _WHAT,
        f"## How it is worked out\n\n{_HOW}",
        "## Troops with shields and batons",
        "The tasks of the day at five places, with the force that their rules allow. “First company” is the time until 120 usable people "
        "stand there. The columns give usable people after so many hours.",
        *(_curves(place, task) for place, task in PLACES),
        "## Troops with tear gas and stun grenades",
        "The same call for riot control agents: fewer units had them, the word lay with COMKFOR, and Germany's law barred them for its "
        "troops. The reform is supposed to have equipped and trained every manoeuvre battalion, as was its aim.",
        *(_curves(place, RIOT_MEANS) for place, _ in PLACES),
        "## Places that no company with riot means reaches within two hours",
        table(
            ["supposed", "places out of reach", "of", "people at Svinjare in 2 h", "people at Prizren in 2 h"],
            [_reached(item) for item in studies()],
        ),
        "## What each string cost",
        "People that a caveat or a retained word alone keeps away from a place six hours after the call, were every other string gone. "
        "Strings that keep nobody away are left out; `caveat:` and `rule:` give the ids in the folder.",
        "For the task of each place:",
        _costs(base, ""),
        "For tear gas and stun grenades:",
        _costs(base, RIOT_MEANS),
        _reading(),
        _UNKNOWN,
        f"## Sources\n\n{_sources(base.mission)}",
    )


def _curves(place: str, what: str) -> str:
    rows = []
    shown = [item for item in studies() if item.label != SUPPOSITIONS[-1][1]]
    for item in shown:
        found = item.at(place, what)
        curve = found.curves[0]
        shown_curves = [(item.label, curve)]
        if item is shown[0]:
            shown_curves += [(f"{item.label}, {other.label}", other) for other in found.band]
        rows += [[label, *(f"{people:,.0f}" for people in other.people), _hours(other.first)] for label, other in shown_curves]
    title = shown[0].at(place, what)
    heads = ["supposed", *(f"{hour:g} h" for hour in HOURS), "first company"]
    return f"### {title.place_name}: {title.title}\n\n{table(heads, rows)}"


def _reached(study: Study) -> list[str]:
    found = study.reach()
    out = [item for item in found.places if item.hours is None or item.hours > found.within]
    people = {item.place: item.people for item in found.places}
    return [study.label, str(len(out)), str(len(found.places)), f"{people['svinjare']:,.0f}", f"{people['prizren']:,.0f}"]


def _costs(study: Study, measure: str) -> str:
    """Strings by place: people kept away at six hours, for the task of each place or for a measure at all of them."""
    row = HOURS.index(6.0)
    answers = [study.at(place, measure or task) for place, task in PLACES]
    found: dict[str, dict[str, float]] = {}
    holders: dict[str, str] = {}
    for answer in answers:
        for cost in answer.costs:
            if cost.missing[row] >= 0.5:
                found.setdefault(cost.string, {})[answer.place] = cost.missing[row]
                wait = "" if cost.wait is None else f", {_hours(cost.wait)}"
                wait += "" if cost.band is None else f" ({cost.band[0]:g} to {cost.band[1]:g} h)"
                holders[cost.string] = f"{cost.holder or 'nobody named'}{wait}"
    rows = [
        [f"`{string}`", holders[string], *(f"{people[answer.place]:,.0f}" if answer.place in people else "–" for answer in answers)]
        for string, people in sorted(found.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    ]
    return table(["string", "who could lift it, expected wait", *(answer.place_name for answer in answers)], rows)


def _reading() -> str:
    """What the figures say, worked out from them."""
    by = {item.label: item for item in studies()}
    base, reform, free = by["as it stood"], by["the reform of August 2005"], by["no national caveats"]
    svinjare = base.at("svinjare", "protect-svinjare").curves[0]
    gas, gas_reform = base.at("svinjare", RIOT_MEANS).curves[0], reform.at("svinjare", RIOT_MEANS).curves[0]
    prizren, prizren_reform = base.at("prizren", RIOT_MEANS).curves[0], reform.at("prizren", RIOT_MEANS).curves[0]
    row = HOURS.index(6.0)
    caglavica, caglavica_free = (item.at("caglavica", "hold-caglavica").curves[0].people[row] for item in (base, free))
    quick, slow = (curve.people[HOURS.index(24.0)] for curve in base.at("caglavica", "hold-caglavica").band)
    lines = (
        f"- At Svinjare the first company could have been there after {_hours(svinjare.first)}, and {svinjare.people[1]:,.0f} people "
        "within two hours, with shields and batons, under the rules as they stood. What it lacked was not a permission to be there.",
        f"- With tear gas it is otherwise: {_hours(gas.first)} to the first company at Svinjare and {_hours(prizren.first)} at Prizren as "
        f"it stood, {_hours(gas_reform.first)} and {_hours(prizren_reform.first)} under the reform. The word of the force's commander and "
        "the small number of units equipped for it weigh more in the first hours than any bar on crossing.",
        f"- Bars on crossing bite later: at Caglavica {caglavica:,.0f} people stand after six hours as it stood and {caglavica_free:,.0f} "
        "without caveats; the difference are people who would have come from other areas. How many of them a word from home would have "
        f"let go within a day nobody can say: {slow:,.0f} people stand there after 24 h if every capital is slow, {quick:,.0f} if "
        "every one is quick.",
    )
    return "## What the figures say\n\n" + "\n".join(lines)


def _sources(mission: Mission) -> str:
    used = (
        "sg-2004-348",
        "hrw-2004",
        "hrw-2004-6",
        "dfr-2008",
        "kingsley-23",
        "icg-155",
        "nato-p04-046e",
        "liquisearch-kfor",
        "kosovareport-0508",
    )
    known = {source.id: source for source in mission.sources}
    lines = [
        f"- `{name}`: {known[name].title}, {known[name].publisher}{f', {known[name].date}' if known[name].date else ''}"
        f"{f', <{known[name].url}>' if known[name].url else ''}{'' if known[name].read else ' (not read for this folder)'}"
        for name in used
        if name in known
    ]
    return "\n".join([*lines, "", f"All {len(known)} sources stand in [sources.yaml](../../missions/kosovo-2004/sources.yaml)."])


def _hours(hours: float | None) -> str:
    if hours is None:
        return "never in a fortnight"
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:.1f} h"
