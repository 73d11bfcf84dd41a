"""The report: every section's view poured into its template, one file without anything from outside."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from casque.mission.marking import mission_marking
from casque.products import figures
from casque.products.material import Material
from casque.products.sections import (
    chain,
    coherence,
    engagement,
    evidence,
    force,
    force_answers,
    ground,
    happened,
    learned,
    movement,
    opening,
    outlook,
    protection,
    reach,
    requirement,
    supply,
)
from casque.products.wording import tidy, without_title

CONTENTS: tuple[tuple[str, str, str], ...] = (
    ("chain", "Can every task be done?", "The chain of every task"),
    ("findings", "What is wrong, and what would mend it?", "Findings and fixes"),
    ("requirement", "What do the tasks need?", "The requirement"),
    ("force", "Which force do the pledges add up to?", "The force by month"),
    ("ground", "Where is it?", "Maps"),
    ("movement", "When is it in place?", "Movement"),
    ("engagement", "Who may act, where, on whose word?", "Engagement"),
    ("supply", "Can it be kept supplied, and what does it cost?", "Supply and cost"),
    ("outlook", "What will probably happen?", "Outlook"),
    ("happened", "Is it working?", "Planned against happened"),
    ("learned", "What did earlier missions learn?", "Lessons that apply"),
    ("evidence", "On what does all this rest?", "Sources and grades"),
)
"""Anchor, question and title of every section in order."""

SHORT = {
    "chain": "Chain",
    "findings": "Findings",
    "requirement": "Requirement",
    "force": "Force",
    "ground": "Maps",
    "movement": "Movement",
    "engagement": "Engagement",
    "supply": "Supply and cost",
    "outlook": "Outlook",
    "happened": "Happened",
    "learned": "Lessons",
    "evidence": "Sources",
}
"""Names for the line of links."""

STATE_MARKS = {"green": "●", "amber": "◐", "red": "○", "good": "●", "fair": "◐", "bad": "○", "none": "–"}
"""One sign a state, told apart without colour."""


def report(material: Material) -> bytes:
    """The report as the bytes of one HTML file."""
    views = {
        "opening": opening.view(material),
        "chain": chain.view(material),
        "findings": chain.findings(material),
        "requirement": requirement.view(material),
        "force": force.view(material),
        "answers": force_answers.view(material),
        "ground": ground.view(material),
        "movement": movement.view(material),
        "engagement": engagement.view(material),
        "protection": protection.view(material),
        "reach": reach.view(material),
        "coherence": coherence.view(material),
        "supply": supply.view(material),
        "demand_classes": supply.heaviest(material),
        "outlook": outlook.view(material),
        "happened": happened.view(material),
        "learned": learned.view(material),
        "evidence": evidence.view(material),
    }
    style = (files("casque.products") / "templates" / "base.css").read_text(encoding="utf-8")
    template = environment(material).get_template("report.html")
    return template.render(
        style=Markup(style),
        page_marking=page_marking(mission_marking(material.mission).classification),
        contents=CONTENTS,
        short=SHORT,
        seed=material.seed,
        **views,
    ).encode("utf-8")


def page_marking(classification: str) -> str:
    """The classification as it may stand in a style sheet: letters, digits, blanks, dashes and slashes, nothing else."""
    return "".join(sign for sign in classification if sign.isalnum() or sign in " -/")


def _finished(value: object) -> object:
    """Every text that is printed, with the report's own signs; drawings and mark-up stay as they are."""
    return tidy(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def environment(material: Material) -> Environment:
    """Templates with escaping on, and the ways in which figures, days and names are written."""
    made = Environment(
        loader=PackageLoader("casque.products", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )
    names, calendar = material.names, material.calendar
    made.filters |= {
        "number": figures.number,
        "whole": figures.whole,
        "percent": figures.percent,
        "signed": figures.signed,
        "rough": figures.rough,
        "days": figures.days,
        "money": figures.money,
        "dplus": lambda day: "–" if day is None else figures.d_plus(day),
        "day": calendar.day,
        "member": names.member,
        "unit": names.unit,
        "sector": names.sector,
        "task": names.task,
        "ref": names.ref,
        "mark": lambda state: STATE_MARKS.get(state, "–"),
    }
    made.globals["count"] = figures.count
    made.globals["name_of"] = names.of
    made.filters["without"] = without_title
    return made
