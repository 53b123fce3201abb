"""Every column of every table is in the registry once, and what the registry tells is in the file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, MetaData, String

from bot.drawing.known_file import draw_known_file
from domain.identifiers import CaregiverId, FamilyId
from domain.people import Caregiver
from domain.reader import Role
from services.privacy.export_known import KnownFile
from storage.personal_columns import Personal, Whose, flaws_of
from storage.personal_registry import REGISTRY
from storage.tables import metadata

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def test_every_column_is_in_the_registry_exactly_once_and_erased_or_kept_with_a_reason() -> None:
    assert flaws_of(REGISTRY, metadata.tables) == ()


def test_a_new_column_is_missed_at_once() -> None:
    copy = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(copy)
    copy.tables["caregivers"].append_column(Column("nickname", String(40)))
    assert flaws_of(REGISTRY, copy.tables) == ("caregivers.nickname is not in the registry",)


def test_a_new_table_and_a_column_that_is_gone_are_noticed() -> None:
    without_drafts = {name: table for name, table in metadata.tables.items() if name != "drafts"}
    assert "drafts.answers is gone" in flaws_of(REGISTRY, without_drafts)
    assert "drafts.answers is not in the registry" in flaws_of(
        [entry for entry in REGISTRY if entry.table.name != "drafts"], metadata.tables
    )


def test_a_personal_column_that_nobody_erases_needs_a_reason() -> None:
    consents = next(entry for entry in REGISTRY if entry.table.name == "consents")
    bare = [Personal(one.column, Whose.CAREGIVER, one.told) for one in consents.personal]
    changed = [
        entry if entry is not consents else type(entry)(entry.table, entry.plain, tuple(bare)) for entry in REGISTRY
    ]
    flaws = flaws_of(changed, metadata.tables)
    assert "consents.language is neither erased nor kept with a reason, or both" in flaws


class Row(dict[str, Any]):
    """A row that remembers what was read of it."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)


VALUES: dict[str, Any] = {
    "role": "mother",
    "phone": "+84912345678",
    "language": "vi",
    "tip_hour": 19,
    "amount": 2,
    "joined_on": date(2026, 11, 1),
    "wants_visits": True,
    "pause_covers": "tips",
    "paused_until": date(2026, 12, 1),
    "channel": "telegram",
    "purpose": "file",
    "given": True,
    "text_version": "2026-11",
    "way": "paper",
    "name": "Hoa",
    "birth_date": date(2026, 10, 1),
    "sex": "female",
    "birth_weight_g": 3100,
    "gestation_weeks": 39,
    "birth_place": "station",
    "due_on": date(2027, 1, 1),
    "vaccine": "BCG",
    "given_on": date(2026, 10, 2),
    "source": "record",
    "withdrawn_at": None,
    "visit_on": date(2026, 11, 25),
    "answer": "coming",
    "message_key": "sleep.week01.safe",
    "date_known": True,
    "dose_group": "bcg",
    "kind": "refused",
    "until_on": date(2027, 1, 1),
    "item": "checkup_1_month",
    "done_on": date(2026, 11, 1),
    "outcome": "postponed",
    "why": "fever",
    "watch": "evening",
    "topic": "play",
    "place": 0,
    "helpful": True,
}
TOLD = {entry.table.name: entry.told for entry in REGISTRY if entry.told}


def rows() -> Iterator[tuple[str, Row]]:
    numbers = dict.fromkeys(("id", "address_id", "child_id", "witness_id"), 1)
    for table, columns in TOLD.items():
        yield table, Row({**numbers, **{column: VALUES.get(column, AT) for column in columns}})


def test_the_file_tells_every_column_that_the_registry_gives_to_its_owner() -> None:
    records = dict(rows())
    lan = Caregiver(CaregiverId(1), FamilyId(1), Role.MOTHER, "vi")
    known = KnownFile(lan, None, date(2026, 11, 22), "UTC", {}, {table: [row] for table, row in records.items()})
    assert draw_known_file(known).document is not None
    assert {table: set(columns) - records[table].read for table, columns in TOLD.items()} == {
        table: set() for table in TOLD
    }
