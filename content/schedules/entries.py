"""YAML that remembers its lines, so that every complaint about a schedule names the file and the line."""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml

T = TypeVar("T")


class ScheduleError(ValueError):
    """A schedule file that cannot be used: `file:line: what is wrong`."""


class Entry:
    """One value of a file with the line on which it stands."""

    def __init__(self, file: str, node: yaml.Node) -> None:
        self._file = file
        self._node = node

    def fail(self, complaint: str) -> NoReturn:
        """Refuse the file because of this entry."""
        raise ScheduleError(f"{self._file}:{self._node.start_mark.line + 1}: {complaint}")

    def text(self) -> str:
        """The words that stand here."""
        if not isinstance(self._node, yaml.ScalarNode) or self.is_null() or not self._node.value.strip():
            self.fail("a text is expected here")
        return str(self._node.value).strip()

    def read(self, convert: Callable[[str], T], expected: str) -> T:
        """The words that stand here, converted; a ValueError or KeyError of the converter refuses the file."""
        text = self.text()
        try:
            return convert(text)
        except (ValueError, KeyError):
            self.fail(f"{text!r} is not {expected}")

    def is_null(self) -> bool:
        """Whether nothing stands here."""
        return bool(self._node.tag == "tag:yaml.org,2002:null")

    def is_text(self) -> bool:
        """Whether a single word or text stands here."""
        return isinstance(self._node, yaml.ScalarNode)

    def each(self) -> list["Entry"]:
        """The entries of a list that is not empty."""
        if not isinstance(self._node, yaml.SequenceNode) or not self._node.value:
            self.fail("a list is expected here")
        return [Entry(self._file, node) for node in self._node.value]

    def named(self) -> dict[str, "Entry"]:
        """The entries of a mapping by their names, each name once."""
        if not isinstance(self._node, yaml.MappingNode):
            self.fail("a mapping is expected here")
        found: dict[str, Entry] = {}
        for key, value in self._node.value:
            if key.value in found:
                Entry(self._file, key).fail(f"'{key.value}' stands here twice")
            found[key.value] = Entry(self._file, value)
        return found

    def fields(self, required: str, optional: str = "") -> dict[str, "Entry"]:
        """The entries of a mapping that has all `required` fields, perhaps some `optional` ones, and no others."""
        found = self.named()
        for name in required.split():
            if name not in found:
                self.fail(f"the field '{name}' is missing")
        for name, entry in found.items():
            if name not in (required + " " + optional).split():
                entry.fail(f"unknown field '{name}'")
        return found


def read_entry(path: Path) -> Entry:
    """The whole file as one entry."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScheduleError(f"{path.name}:{line}: this is not YAML: {error.problem}") from error
    if node is None:
        raise ScheduleError(f"{path.name}:1: the file is empty")
    return Entry(path.name, node)
