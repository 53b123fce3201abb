"""The catalogue of health messages: content/messages/<topic>/<stage>.yaml as frozen values, proved while loading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from content.errors import ContentError
from content.message import Message, read_message
from content.sources import Source, load_sources
from content.yaml_files import read_record
from domain.journey import Origin, Step


@dataclass(frozen=True)
class Catalogue:
    """All health messages by key, and the sources they rest on."""

    messages: Mapping[str, Message]
    sources: Mapping[str, Source]

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        found = (message.step() for message in self.messages.values() if not message.on_request)
        return tuple(sorted(found, key=lambda step: (step.from_day, step.key)))

    def steps(self, origin: Origin = Origin.BIRTH) -> tuple[Step, ...]:
        """The journey that is counted from there, tracks included, in order of age."""
        return tuple(step for step in self._steps if step.origin is origin)

    def texts(self) -> dict[str, str]:
        """The English text of every key, parts included."""
        return {key: text for message in self.messages.values() for key, text in message.texts()}


def load_catalogue(root: Path) -> Catalogue:
    """Every message under content/messages; raises ContentError for the first that breaks a rule."""
    sources = load_sources(root)
    messages: dict[str, Message] = {}
    for path in message_files(root):
        for message in _read_file(path, root):
            _prove_message(message, messages, sources)
            messages[message.key] = message
    return Catalogue(MappingProxyType(messages), MappingProxyType(sources))


def message_files(root: Path) -> list[Path]:
    """The files of the catalogue, in a stable order."""
    return sorted((root / "content" / "messages").glob("*/*.yaml"))


def _read_file(path: Path, root: Path) -> Iterator[Message]:
    top = read_record(path, root)
    top.only(["messages"])
    for record in top.records("messages"):
        yield read_message(record, topic=path.parent.name, stage=path.stem)


def _prove_message(message: Message, others: Mapping[str, Message], sources: Mapping[str, Source]) -> None:
    if message.key in others:
        other = others[message.key].place
        raise ContentError(message.place, f"the key “{message.key}” is there twice, first at {other.file}:{other.line}")
    if not message.sources:
        raise ContentError(message.place, f"“{message.key}” names no source")
    for source in message.sources:
        if source not in sources:
            raise ContentError(message.place, f"“{message.key}” names the source “{source}”, which is unknown")
