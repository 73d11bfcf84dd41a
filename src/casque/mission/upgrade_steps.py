"""The steps that lift a folder from one format to the next.

A step changes what its format wrote otherwise and nothing else. It need not touch `format`: that is written for it.
"""

from __future__ import annotations

from collections.abc import Callable

from casque.mission.draft import Draft

TITLE_PAGE = "mission.yaml"


def lead_and_horizon(draft: Draft) -> None:
    """0 to 1: `lead_organisation` became `lead`; `horizon_days`, a bare number, became `horizon` with its unit."""
    page = draft.parsed(TITLE_PAGE).value
    if "lead_organisation" in page and "lead" not in page:
        draft.rename(TITLE_PAGE, ("lead_organisation",), "lead")
    if "horizon_days" in page and "horizon" not in page:
        days = page["horizon_days"]
        if isinstance(days, (int, float)) and not isinstance(days, bool):
            draft.write(TITLE_PAGE, ("horizon_days",), f"{days} d")
        draft.rename(TITLE_PAGE, ("horizon_days",), "horizon")


STEPS: tuple[Callable[[Draft], None], ...] = (lead_and_horizon,)
"""The step at place n lifts format n to format n + 1."""
