"""The command line: verbs, no logic. Heavy libraries are imported by the rooms, when a verb needs them.

Exit codes: 0 done; 1 findings of severity error; 2 bad input; 3 the program's own mistake; 130 stopped by the user.
"""

from __future__ import annotations

from casque.cli import engaging, execution, folders, forces, movement, planning, rules
from casque.cli.app import BAD_INPUT, DONE, FINDINGS, OWN_MISTAKE, STOPPED, app
from casque.cli.main import main

__all__ = [
    "BAD_INPUT",
    "DONE",
    "FINDINGS",
    "OWN_MISTAKE",
    "STOPPED",
    "app",
    "engaging",
    "execution",
    "folders",
    "forces",
    "main",
    "movement",
    "planning",
    "rules",
]
