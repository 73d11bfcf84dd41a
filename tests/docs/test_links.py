"""Links between the pages lead somewhere, and the pages need no network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.pages.markdown import anchor
from tests.conftest import ROOT

PAGES = sorted(
    path
    for folder in (".", "docs", "missions", "benchmarks", "tests")
    for path in (ROOT.glob("*.md") if folder == "." else (ROOT / folder).rglob("*.md"))
    if "out" not in path.relative_to(ROOT).parts
)
MAY_NAME_ADDRESSES = ("docs/dependencies.md", "docs/studies/march-2004.md")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(path: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {anchor(line.lstrip("#").strip()) for line in text.splitlines() if re.match(r"#+ ", line)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    lost = []
    for target in LINK.findall(without_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, mark = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.is_file() or (mark and there.suffix == ".md" and mark not in anchors(there)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_name_no_addresses(path: Path) -> None:
    if path.parent.name != "judgements" and str(path.relative_to(ROOT)) not in MAY_NAME_ADDRESSES:
        assert re.findall(r"https?://\S+", path.read_text(encoding="utf-8")) == []


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs" / "images").glob("*"):
        assert picture.stat().st_size < 300_000, f"{picture.name} is too large"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md" or not path.is_file():
            continue
        reached.add(path)
        targets = LINK.findall(without_code(path.read_text(encoding="utf-8")))
        waiting += [(path.parent / target.partition("#")[0]).resolve() for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert sorted(set((ROOT / "docs").rglob("*.md")) - reached) == []
