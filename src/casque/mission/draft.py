"""Changing single keys and values of YAML files and leaving every other byte as it is, comments and layout included."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from casque.errors import BadInput
from casque.mission.faults import Fault
from casque.mission.text_source import read_text
from casque.mission.yaml_source import Parsed, parse_yaml, written_path
from casque.mission.yaml_source import Path as Place


@dataclass
class Draft:
    """A copy of a mission folder that is being changed, and what was done to it."""

    folder: Path
    """The copy."""
    done: list[str] = field(default_factory=list)
    """What was changed, a sentence each."""

    def parsed(self, file: str) -> Parsed:
        """What a file holds. Raises BadInput where it is missing or no YAML."""
        text = read_text(self.folder / file, file) if (self.folder / file).exists() else _missing(file)
        parsed = Parsed(None, {}, [text]) if isinstance(text, Fault) else parse_yaml(text, file)
        if parsed.faults:
            raise BadInput(f"{file} cannot be read", parsed.faults, "Mend the faults above and run the command again.")
        return parsed

    def rename(self, file: str, place: Place, name: str) -> None:
        """Give a key another name."""
        self._replace(file, place, name, key=True)
        self._say(file, f"'{written_path(place)}' is now called '{name}'.")

    def write(self, file: str, place: Place, value: str) -> None:
        """Put another single value, as YAML writes it, in the place of one."""
        old = self._replace(file, place, value, key=False)
        self._say(file, f"'{written_path(place)}' is now written '{value}', was '{old}'.")

    def _say(self, file: str, sentence: str) -> None:
        self.done.append(f"{file}: {sentence}")

    def _replace(self, file: str, place: Place, new: str, key: bool) -> str:
        self.parsed(file)
        # The bytes as they are, byte order mark and line ends included, so that what is not touched stays the same.
        text = (self.folder / file).read_bytes().decode("utf-8")
        try:
            node = _node(yaml.compose(text, Loader=yaml.SafeLoader), place, key)
        except yaml.YAMLError as error:
            reason = " ".join(str(error).split())[:120]
            raise BadInput(f"{file} cannot be read: {reason}", next_step="Save the file as plain UTF-8 text.") from error
        start, end = node.start_mark.index, node.end_mark.index
        (self.folder / file).write_bytes((text[:start] + new + text[end:]).encode("utf-8"))
        return text[start:end]


def _node(root: Any, place: Place, key: bool) -> Any:
    """The node of the value at a place, or of its key."""
    node, name = root, root
    for part in place:
        if isinstance(part, int):
            node = name = node.value[part]
        else:
            name, node = next((left, right) for left, right in node.value if left.value == part)
    return name if key else node


def _missing(file: str) -> Fault:
    return Fault(file, 0, "", "no such file", "expected the file", next_step="Name a mission folder.")
