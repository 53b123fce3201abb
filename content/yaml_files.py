"""Reads our YAML files strictly: every mapping knows its lines, and nothing is repeated, unknown or of another kind."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO, Any, TypeVar

import yaml

from content.errors import ContentError, Place

T = TypeVar("T")


class Record(dict[str, Any]):
    """A mapping of a YAML file that can say where each of its fields stands."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.lines: dict[str, int] = {}

    def at(self, name: str) -> Place:
        """Where the field `name` stands; the mapping itself when the field is missing."""
        return Place(self.place.file, self.lines.get(name, self.place.line))

    def only(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuse a field that nobody knows, and a required one that is not there."""
        known = {*required, *optional}
        for name in self:
            if name not in known:
                raise ContentError(
                    self.at(name), f"the field “{name}” is unknown; known are {', '.join(sorted(known))}"
                )
        for name in required:
            if name not in self:
                raise ContentError(self.place, f"the field “{name}” is missing")

    def text(self, name: str, default: str | None = None) -> str:
        return self._typed(name, str, "a text; put it in quotes") if name in self or default is None else default

    def number(self, name: str) -> int:
        return self._typed(name, int, "a whole number")

    def flag(self, name: str) -> bool:
        return self._typed(name, bool, "true or false") if name in self else False

    def day(self, name: str) -> date:
        return self._typed(name, date, "a date like 2027-11-22")

    def record(self, name: str) -> "Record":
        return self._typed(name, Record, "a mapping")

    def records(self, name: str) -> list["Record"]:
        """A list of mappings."""
        items = self._typed(name, list, "a list")
        return [self._item(name, item, Record) for item in items]

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when the field is missing."""
        items = self._typed(name, list, "a list of texts") if name in self else []
        return tuple(self._item(name, item, str) for item in items)

    def _typed(self, name: str, kind: type[T], wanted: str) -> T:
        value = self.get(name)
        if not isinstance(value, kind):
            raise ContentError(self.at(name), f"the field “{name}” must be {wanted}")
        return value

    def _item(self, name: str, item: object, kind: type[T]) -> T:
        if not isinstance(item, kind):
            raise ContentError(self.at(name), f"“{name}” holds something else than it should: {item!r}")
        return item


class _Loader(yaml.CSafeLoader):
    """The C parser, with mappings built as records."""

    file = ""


def _build_record(loader: _Loader, node: yaml.MappingNode) -> Record:
    record = Record(Place(loader.file, node.start_mark.line + 1))
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise ContentError(Place(loader.file, line), "a text that begins with {{ must stand in quotes")
        key = str(key_node.value)
        if key in record:
            raise ContentError(Place(loader.file, line), f"“{key}” is there twice")
        record.lines[key] = line
        record[key] = loader.construct_object(value_node, deep=True)
    return record


_Loader.add_constructor("tag:yaml.org,2002:map", _build_record)


def parse_record(stream: IO[bytes] | bytes, file: str) -> Record:
    """The one mapping that a file holds; `file` is the name by which errors call it."""
    try:
        loader = _Loader(stream)
        loader.file = file
        found = loader.get_single_data()
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise ContentError(Place(file, line), f"this is not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(found, Record):
        raise ContentError(Place(file, 1), "the file must hold a mapping")
    return found


def read_record(path: Path, root: Path) -> Record:
    """The mapping in the file at `path`; errors call it by its path under `root`."""
    file = path.relative_to(root).as_posix()
    try:
        return parse_record(path.read_bytes(), file)
    except FileNotFoundError as error:
        raise ContentError(Place(file, 1), "the file is missing") from error
