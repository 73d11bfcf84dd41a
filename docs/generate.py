"""Writes the reference pages from the code.

`python docs/generate.py` writes them; `python docs/generate.py --check` writes nothing, names stale pages and ends with 1 if there are any.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from docs.pages.authority import authority_page  # noqa: E402 - the pages are found from the project's root
from docs.pages.commands import commands_page  # noqa: E402
from docs.pages.folder import folder_page, words_page  # noqa: E402
from docs.pages.march_2004 import march_2004_page  # noqa: E402
from docs.pages.numbers import factors_page, judgements_page, unit_types_page  # noqa: E402
from docs.pages.rules import rules_page  # noqa: E402
from docs.pages.stages import stages_page  # noqa: E402

MISSION = "missions/kosovo-1999"


def pages() -> dict[str, str]:
    """Every generated page: its path from the project's root, and its text."""
    return {
        "docs/reference/commands.md": commands_page(),
        "docs/reference/folder.md": folder_page(),
        "docs/reference/words.md": words_page(),
        "docs/reference/rules.md": rules_page(),
        "docs/reference/authority.md": authority_page(),
        "docs/reference/factors.md": factors_page(),
        "docs/reference/unit-types.md": unit_types_page(),
        "docs/reference/stages.md": stages_page(),
        "docs/studies/march-2004.md": march_2004_page(),
        "docs/judgements.md": judgements_page(ROOT / MISSION, MISSION),
    }


def stale(written: dict[str, str]) -> list[str]:
    """Pages whose file is missing or says something else."""
    return [name for name, text in written.items() if not (ROOT / name).is_file() or (ROOT / name).read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    written = pages()
    old = stale(written)
    if "--check" in arguments:
        for name in old:
            print(f"{name} is stale: run 'python docs/generate.py'")
        return 1 if old else 0
    for name in old:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(written[name], encoding="utf-8")
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
