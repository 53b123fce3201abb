"""Families in rows, many and quickly: each a mother who joined, agreed and has a chat, and a child."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.area import Province
from storage import tables as t
from storage.engine import Database

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
BORN = date(2026, 9, 1)
ZONE = "Asia/Ho_Chi_Minh"
BOT = "123456789"
AT_ONCE = 5_000
JOINED = NOW - timedelta(days=40)
Rows = Sequence[Mapping[str, Any]]


async def add_households(database: Database, count: int, *, born: Callable[[int], date] = lambda _: BORN) -> None:
    """So many families of one station; the numbers of mother, child and chat are those of the family."""
    async with database.begin() as uow:
        province = Province("VN-13", "Quảng Ninh", "VN", ZONE, "115", "111", date(2026, 11, 22))
        await uow.area.save_province(province)
        await uow.area.save_commune("VN-13", "Suối Mơ")
    async with database.transaction() as connection:
        await connection.execute(insert(t.facilities).values(_station()))
        await connection.execute(insert(t.actors).values(id=1, name="Minh", role="volunteer", created_at=JOINED))
        for first in range(1, count + 1, AT_ONCE):
            await _add(connection, range(first, min(first + AT_ONCE, count + 1)), born)


def _station() -> dict[str, Any]:
    return {
        "id": 1,
        "commune_id": 1,
        "name": "Trạm Y tế Suối Mơ",
        "kind": "health_station",
        "phone": "0203 555 0101",
        "hours": "7:30–16:30",
        "session_rule": "day 5,20 @ 07:30-10:30",
    }


async def _add(connection: AsyncConnection, numbers: range, born: Callable[[int], date]) -> None:
    rows: dict[Table, Rows] = {
        t.families: [
            {"id": n, "facility_id": 1, "zone": ZONE, "enrolled_by": 1, "enrolled_at": JOINED} for n in numbers
        ],
        t.caregivers: [_mother(n) for n in numbers],
        t.children: [
            {"id": n, "family_id": n, "facility_id": 1, "name": "An", "birth_date": born(n), "sex": "female"}
            for n in numbers
        ],
        t.care_roles: [{"id": n, "caregiver_id": n, "child_id": n, "role": "mother"} for n in numbers],
        t.addresses: [_chat(n) for n in numbers],
        t.caregiver_addresses: [{"id": n, "caregiver_id": n, "address_id": n, "linked_at": JOINED} for n in numbers],
        t.consents: [_consent(n, purpose) for n in numbers for purpose in ("messages", "file")],
    }
    for table, found in rows.items():
        await connection.execute(insert(table), found)


def _mother(number: int) -> dict[str, Any]:
    joined = {"joined_at": JOINED, "joined_on": JOINED.date()}
    return {
        "id": number,
        "family_id": number,
        "role": "mother",
        "language": "vi",
        "tip_hour": 19,
        "amount": 2,
        **joined,
    }


def _chat(number: int) -> dict[str, Any]:
    chat = {"channel": "telegram", "bot": BOT, "external_id": str(10_000_000 + number)}
    return {"id": number, **chat, "language": "vi", "state": "active", "last_inbound_at": JOINED}


def _consent(number: int, purpose: str) -> dict[str, Any]:
    words = {"purpose": purpose, "given": True, "text_version": "2026-11", "language": "vi", "way": "tap"}
    return {"caregiver_id": number, "at": JOINED, **words}
