"""Which addresses a text may name, and by which words one is told to ring: content/never_said/addresses.yaml."""

from dataclasses import dataclass
from pathlib import Path

from content.yaml_files import read_record


@dataclass(frozen=True)
class Addresses:
    """`trusted`: ends of host names that may stand in a text. `call_words`: a short number after one is a telephone."""

    trusted: tuple[str, ...]
    call_words: tuple[str, ...]


def load_addresses(root: Path) -> Addresses:
    """What the file holds; raises ContentError."""
    record = read_record(root / "content" / "never_said" / "addresses.yaml", root)
    record.only(("trusted", "call_words"))
    return Addresses(record.texts("trusted"), record.texts("call_words"))
