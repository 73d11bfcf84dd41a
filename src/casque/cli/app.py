"""The app that every verb hangs on, the exit codes, and the arguments that many verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from casque import __version__

DONE, FINDINGS, BAD_INPUT, OWN_MISTAKE, STOPPED = 0, 1, 2, 3, 130

app = App(
    name="casque",
    version=__version__,
    help="Plan, test, follow and assess a multinational peace mission from its mission folder.",
    help_format="plaintext",
    result_action="return_value",
)

Folder = Annotated[Path, Parameter(help="The mission folder.")]
Scenario = Annotated[str, Parameter(help="A scenario of scenarios.yaml; base is the folder as it is written.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON object for machines instead of text.")]

rules = App(name="rules", help="Check, compare and review the rules of engagement of a folder.", help_format="plaintext")
app.command(rules)

workbook = App(name="workbook", help="Work on the tables of a folder in a spreadsheet, and bring them back.", help_format="plaintext")
app.command(workbook)
