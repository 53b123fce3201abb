"""The bytes of photos, voices and documents: in memory, or in a folder beside the file of events."""

from pathlib import Path


class FileBytes:
    """Keeps bytes by the file's unique id."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}

    def keep(self, unique_id: str, content: bytes) -> None:
        if self._folder is None:
            self._memory[unique_id] = content
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / unique_id).write_bytes(content)

    def read(self, unique_id: str) -> bytes:
        if self._folder is None:
            return self._memory[unique_id]
        return (self._folder / unique_id).read_bytes()

    def empty(self) -> None:
        self._memory.clear()
        if self._folder is not None and self._folder.exists():
            for path in self._folder.iterdir():
                path.unlink()
