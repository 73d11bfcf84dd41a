"""The tutorial is run: every command in order in one directory, its output compared line by line.

In the tutorial a line `...` stands for any lines, and a line that ends in ` ...` for one that begins so. Seconds and the width of
columns are not compared.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "tutorial.md"
SECONDS = re.compile(r" +\d+\.\d s\b")


def steps(text: str) -> list[tuple[str, list[str]]]:
    """Commands of the console blocks with the output that is shown under each."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether printed lines are those that are shown."""
    if not shown:
        return not printed
    if shown[0].strip() == "...":
        return any(matches(shown[1:], printed[start:]) for start in range(len(printed) + 1))
    if not printed:
        return False
    wanted, seen = (re.sub(r"(?<=\S) +", " ", SECONDS.sub(" N s", line.rstrip())) for line in (shown[0], printed[0]))
    fits = seen.startswith(wanted[:-4]) if wanted.endswith(" ...") else seen == wanted
    return fits and matches(shown[1:], printed[1:])


def follow(page: Path, where: Path) -> None:
    """Run every command of a page in order in one directory and compare what it prints with what the page shows."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(where),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
    found = steps(page.read_text(encoding="utf-8"))
    assert [command for command, _ in found if command.startswith("casque run")], f"{page.name} runs nothing"
    for command, shown in found:
        done = subprocess.run(["bash", "-c", command], cwd=where, env=environment, capture_output=True, text=True, check=False)
        printed = (done.stdout + done.stderr).splitlines()
        assert matches(shown, [line.rstrip() for line in printed]), f"$ {command}\n" + "\n".join(printed)
        assert done.returncode in (0, 1) or "Mend the faults" in printed[-1], f"$ {command} ended with {done.returncode}"


def test_tutorial_prints_what_it_shows(tmp_path: Path) -> None:
    follow(PAGE, tmp_path)


def test_lines_that_stand_for_others() -> None:
    assert matches(["a", "...", "d"], ["a", "b", "c", "d"])
    assert matches(["a", "..."], ["a"])
    assert matches(["run check 0.1 s", "long line ..."], ["run check  12.9 s", "long line that goes on"])
    assert matches(["unit  reason"], ["unit      reason"])
    assert not matches(["a", "...", "e"], ["a", "b"])
    assert not matches(["a"], ["a", "b"])
