"""What a clinician is asked to read: the texts of one language, in batches that stay the same however far she is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.desk import Desk, State, WrittenText
from content.message import Message

BATCH = 30
_DONE = (State.APPROVED,)


@dataclass(frozen=True)
class Asked:
    """One text that is asked about, with the message it belongs to."""

    key: str
    message: Message
    english: str
    written: WrittenText


@dataclass(frozen=True)
class Batch:
    """Some thirty texts that are read at one sitting."""

    number: int
    texts: tuple[Asked, ...]


def ask(desk: Desk, tag: str, *, topic: str = "", draft_only: bool = False) -> tuple[Batch, ...]:
    """The batches of a language. Approved texts may be left out; the others keep the number of their batch."""
    messages = [one for one in desk.library.catalogue.messages.values() if topic in ("", one.topic)]
    numbered = enumerate(_batches([tuple(_asked(desk, one, tag)) for one in messages]), start=1)
    found = (Batch(number, tuple(_wanted(texts, draft_only=draft_only))) for number, texts in numbered)
    return tuple(batch for batch in found if batch.texts)


def _asked(desk: Desk, message: Message, tag: str) -> Iterator[Asked]:
    for key, english in message.texts():
        yield Asked(key, message, english, desk.written(key, tag))


def _batches(messages: Sequence[tuple[Asked, ...]]) -> Iterator[tuple[Asked, ...]]:
    """The parts of a message stay together."""
    batch: tuple[Asked, ...] = ()
    for texts in messages:
        if batch and len(batch) + len(texts) > BATCH:
            yield batch
            batch = ()
        batch += texts
    if batch:
        yield batch


def _wanted(texts: Sequence[Asked], *, draft_only: bool) -> Iterator[Asked]:
    return (one for one in texts if not (draft_only and one.written.state in _DONE))
