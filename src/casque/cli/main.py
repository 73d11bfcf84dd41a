"""The door: the command that was typed is run, and its exit code left with."""

from __future__ import annotations

import sys

from cyclopts import CycloptsError

from casque.cli.app import BAD_INPUT, DONE, OWN_MISTAKE, STOPPED, app
from casque.console import answer_of, leave, open_streams
from casque.errors import BadInput, CasqueError


def main() -> None:
    """Run the command that was typed, and leave with its exit code."""
    open_streams()
    wants_json = "--json" in sys.argv
    try:
        status = app(sys.argv[1:], print_error=False, exit_on_error=False)
    except CycloptsError as error:
        status = answer_of(
            BadInput(str(error).strip(), next_step="casque --help lists the commands; casque COMMAND --help their options."), wants_json
        )
    except CasqueError as error:
        status = answer_of(error, wants_json, BAD_INPUT)
    except KeyboardInterrupt:
        status = STOPPED
    except BrokenPipeError:
        status = DONE
    except Exception as error:
        status = answer_of(error, wants_json, OWN_MISTAKE)
    sys.exit(leave(status if isinstance(status, int) else DONE))
