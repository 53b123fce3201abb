"""The append-only file of events that lets a second start go on where the first stopped."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any


class EventFile:
    """One JSON object per line; a last line torn by a crash is cut off, anything worse is an error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: IO[bytes] | None = None

    def replay(self) -> Iterator[dict[str, Any]]:
        """Yield what happened so far."""
        if not self.path.exists():
            return
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            with self.path.open("r+b") as stream:
                stream.truncate(whole)
        for number, line in enumerate(content[:whole].splitlines(), start=1):
            yield self._event(number, line)

    def _event(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            event = json.loads(line)
        except ValueError as error:
            raise ValueError(f"{self.path} line {number} is no event: {error}") from None
        if not isinstance(event, dict):
            raise ValueError(f"{self.path} line {number} is no event")
        return event

    def append(self, event: dict[str, Any]) -> None:
        stream = self._open()
        stream.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        stream.flush()

    def _open(self) -> IO[bytes]:
        if self._stream is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("ab")
        return self._stream

    def empty(self) -> None:
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
