"""Writes the reference pages from the code, and a page for each mission from a run of its folder.

`python docs/generate.py` writes them; `python docs/generate.py --check` writes nothing, names stale pages and ends with 1 if there are any.
With `--no-runs` the pages of the missions are left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from docs.pages.alike import alike  # noqa: E402
from docs.pages.authority import authority_page  # noqa: E402 - the pages are found from the project's root
from docs.pages.commands import commands_page  # noqa: E402
from docs.pages.folder import folder_page, words_page  # noqa: E402
from docs.pages.happened import happened_page, told  # noqa: E402
from docs.pages.known_lessons import lessons_json, lessons_page  # noqa: E402
from docs.pages.march_2004 import march_2004_page  # noqa: E402
from docs.pages.numbers import factors_page, judgements_index, judgements_page, unit_types_page  # noqa: E402
from docs.pages.pledges_and_strength import pledges_and_strength_page  # noqa: E402
from docs.pages.rules import rules_page  # noqa: E402
from docs.pages.stages import stages_page  # noqa: E402
from docs.pages.time_phased_list import time_phased_list_page  # noqa: E402


def folders() -> list[Path]:
    """The mission folders of the project."""
    return sorted(path.parent for path in (ROOT / "missions").glob("*/mission.yaml"))


def pages() -> dict[str, str]:
    """Every generated page: its path from the project's root, and its text."""
    judged = {f"docs/judgements/{folder.name}.md": judgements_page(folder, f"missions/{folder.name}") for folder in folders()}
    return {
        "docs/reference/commands.md": commands_page(),
        "docs/reference/folder.md": folder_page(),
        "docs/reference/words.md": words_page(),
        "docs/reference/rules.md": rules_page(),
        "docs/time-phased-list.md": time_phased_list_page(),
        "docs/reference/authority.md": authority_page(),
        "docs/reference/factors.md": factors_page(),
        "docs/reference/unit-types.md": unit_types_page(),
        "docs/reference/stages.md": stages_page(),
        "docs/reference/lessons.md": lessons_page(ROOT / "missions"),
        "src/casque/reference/data/lessons.json": lessons_json(ROOT / "missions"),
        "docs/studies/march-2004.md": march_2004_page(),
        "docs/studies/pledges-and-strength.md": pledges_and_strength_page(),
        **judged,
        "docs/judgements.md": judgements_index(judged),
    }


def mission_pages() -> dict[str, str]:
    """A page for each mission folder, from a run of it; what has not changed since its last run is taken from there."""
    return {f"docs/missions/{folder.name}.md": happened_page(told(folder, folder.name)) for folder in folders()}


def stale(written: dict[str, str]) -> list[str]:
    """Pages whose file is missing or says something else. Figures of a run may differ a little from one kind of processor to another."""
    return [name for name, text in written.items() if not (ROOT / name).is_file() or not _same(name, text)]


def _same(name: str, text: str) -> bool:
    old = (ROOT / name).read_text(encoding="utf-8")
    return alike(old, text) if name.startswith("docs/missions/") else old == text


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    written = pages() | ({} if "--no-runs" in arguments else mission_pages())
    if "--check" in arguments:
        old = stale(written)
        for name in old:
            print(f"{name} is stale: run 'python docs/generate.py'")
        return 1 if old else 0
    for name, text in written.items():
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
