"""Records and products of a mission on disk, under `out/`.

Each record is one file named by its stage, the key of what it was computed from, and the digest of its own bytes, so a
file that was cut short or edited is never taken for a record. `manifest.json` says which files are the current ones; it
is replaced last and in one step, so a run that is killed leaves the old records or the new ones.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from casque.errors import Unwritable
from casque.mission.scenarios import BASE
from casque.plan.record import Record

RecordT = TypeVar("RecordT", bound=Record)

_MEND = "Check the space on the disk and the permissions of the folder."

SHOWN = 16
"""Characters of a digest that stand in a file's name."""


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Stored:
    """A record on disk."""

    stage: str
    """Stage that gave it."""
    key: str
    """Key of what it was computed from."""
    sha256: str
    """Digest of its bytes."""
    path: Path
    """Its file."""


@dataclass
class Manifest:
    """Which records and products are the current ones, and what each record was computed from."""

    mission: str = ""
    """Id of the mission."""
    options: dict[str, int] = field(default_factory=dict)
    """Options of the run that steer results."""
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    """For each stage: key, digest, file, and the digest of every input."""

    def as_bytes(self) -> bytes:
        """The manifest as it is written."""
        return (
            json.dumps({"mission": self.mission, "options": self.options, "stages": self.stages}, indent=1, sort_keys=True).encode() + b"\n"
        )


class RecordStore:
    """The folder `out/` of a mission, or the part of it that belongs to a scenario: `out/scenarios/NAME/`.

    A scenario finds the records of the folder as it stands too: where nothing that a stage reads was changed, they are the same.
    """

    def __init__(self, folder: Path, scenario: str = BASE) -> None:
        self.out = folder / "out" if scenario == BASE else folder / "out" / "scenarios" / scenario
        self._below = None if scenario == BASE else RecordStore(folder)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps every other run out of the folder while the block works. Raises Unwritable where another run is at work."""
        lock = FileLock(self.out / ".lock")
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            raise Unwritable(f"another run is at work in {self.out}", "Wait until it has ended, or stop it, and run again.") from None
        except OSError as error:
            raise Unwritable(f"{self.out} cannot be written: {error.strerror or error}", _MEND) from error
        try:
            yield
        finally:
            lock.release()

    def manifest(self) -> Manifest:
        """The current manifest; an empty one where there is none or it cannot be read."""
        try:
            data = json.loads((self.out / "manifest.json").read_bytes())
            return Manifest(data["mission"], data["options"], data["stages"])
        except (OSError, ValueError, KeyError, TypeError):
            return Manifest()

    def find(self, stage: str, key: str) -> Stored | None:
        """The record of a stage with this key, if it is there whole."""
        for path in sorted((self.out / "records").glob(f"{stage}-{key[:SHOWN]}-*.json")):
            sha = digest(path.read_bytes())
            if path.stem.endswith(sha[:SHOWN]):
                return Stored(stage, key, sha, path)
        return self._below.find(stage, key) if self._below else None

    def load(self, stored: Stored, model: type[RecordT]) -> RecordT:
        """A record read back."""
        return model.model_validate_json(stored.path.read_bytes())

    def save(self, stage: str, key: str, record: Record) -> Stored:
        """Write a record. Raises Unwritable."""
        data = record.model_dump_json(indent=1).encode() + b"\n"
        sha = digest(data)
        path = self.out / "records" / f"{stage}-{key[:SHOWN]}-{sha[:SHOWN]}.json"
        write_whole(path, data)
        return Stored(stage, key, sha, path)

    def own(self, stored: Stored) -> Stored:
        """A record that was found, kept here from now on. Raises Unwritable."""
        path = self.out / "records" / stored.path.name
        if path != stored.path:
            write_whole(path, stored.path.read_bytes())
        return Stored(stored.stage, stored.key, stored.sha256, path)

    def has_product(self, path: str, sha256: str) -> bool:
        """Whether a document is there with these very bytes."""
        try:
            return digest((self.out / path).read_bytes()) == sha256
        except OSError:
            return False

    def save_product(self, path: str, data: bytes) -> None:
        """Write a document. Raises Unwritable."""
        write_whole(self.out / path, data)

    def publish(self, manifest: Manifest) -> None:
        """Make these records the current ones, then drop the files that no manifest names. Raises Unwritable."""
        write_whole(self.out / "manifest.json", manifest.as_bytes())
        keep = {entry["file"] for entry in manifest.stages.values()}
        self._drop(path for path in (self.out / "records").glob("*") if path.name not in keep)

    def _drop(self, paths: Iterable[Path]) -> None:
        for path in list(paths):
            path.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old bytes or the new ones. Raises Unwritable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror or error}", _MEND) from error
