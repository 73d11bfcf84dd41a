"""What is printed where the terminal is narrow, knows few signs, or takes no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casque.console import Console
from tests.conftest import EXAMPLE

FULL = Path("/dev/full")


def _run(*arguments: str, out: int = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "casque.cli", *arguments]
    return subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=os.environ | environment, check=False)


@pytest.mark.parametrize("columns", [40, 70, 200])
def test_tables_keep_to_the_columns_of_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    Console("show", json=False).table("Words", ("one", "two"), [("word " * 30, "word " * 30)])
    widest = max(len(line) for line in capsys.readouterr().out.splitlines())
    assert columns * 0.6 < widest <= columns


def test_a_terminal_that_knows_few_signs_stops_nothing() -> None:
    done = _run("trace", str(EXAMPLE), "task:…", PYTHONIOENCODING="ascii:strict", PYTHONUTF8="0")
    assert b"Traceback" not in done.stderr
    assert b"UnicodeEncodeError" not in done.stderr
    assert done.returncode == 2


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device")
@pytest.mark.parametrize(
    "arguments", [("--help",), ("plan", str(EXAMPLE)), ("plan", str(EXAMPLE), "--json"), ("plan", "nowhere", "--json")]
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_one_line_and_exit_code_two(arguments: tuple[str, ...], unbuffered: str) -> None:
    with FULL.open("wb") as full:
        done = _run(*arguments, out=full.fileno(), PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "cannot be written" in done.stderr.decode()


@pytest.mark.parametrize("arguments", [("may", str(EXAMPLE)), ("may", str(EXAMPLE), "--json"), ("plan", str(EXAMPLE))])
def test_a_reader_who_has_seen_enough_is_no_finding(arguments: tuple[str, ...]) -> None:
    """A closed pipe, as `head` leaves it, is neither a fault nor a finding."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = _run(*arguments, out=writing)
    finally:
        os.close(writing)
    assert done.returncode == 0
    assert done.stderr == b""
