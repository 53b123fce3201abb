"""Which texts of the catalogue may keep words of a rule, and why: content/never_said/waivers.yaml."""

from dataclasses import dataclass
from pathlib import Path

from content.errors import ContentError, Place
from content.yaml_files import Record, read_record


@dataclass(frozen=True)
class Waiver:
    """A text may keep what a rule would refuse, for a reason."""

    key: str
    rule: str
    reason: str
    place: Place


def load_waivers(root: Path) -> tuple[Waiver, ...]:
    """All waivers; raises ContentError."""
    record = read_record(root / "content" / "never_said" / "waivers.yaml", root)
    record.only(["waivers"])
    return tuple(_read_waiver(one) for one in record.records("waivers"))


def _read_waiver(record: Record) -> Waiver:
    record.only(("key", "rule", "reason"))
    if len(record.text("reason").split()) < 3:
        raise ContentError(record.at("reason"), "the reason says too little")
    return Waiver(record.text("key"), record.text("rule"), record.text("reason"), record.place)
