"""Months of a family with an audit each night: nothing is found that is no fault, and every planted fault is."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.wiring import Labels, make_parts
from bot.answering import Answering
from domain.auditing.finding import Fault, Finding
from domain.sending.outbox import Lane
from services.operations.audit_sending import Audit, audit_nightly, audit_sending, latest_audit
from tests.fakes.counting import counting
from tests.histories.house import House, Wire, open_house
from tests.histories.test_histories import GRANDMOTHER, LAN, begin
from tests.trips.village import read_library, settings_for

pytestmark = [pytest.mark.trip, pytest.mark.timeout(1200)]
SIXTEEN_DAYS = 16
"""So long a family has read with us when a fault is planted: An is nineteen days old."""


@dataclass(frozen=True)
class Lived:
    """A family that has read with us for some days: its file, and what time it is there."""

    file: Path
    now: datetime
    updates: int


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Lan, Tuấn and a grandmother with An, who was born three days before they joined; lived once, copied often."""
    return asyncio.run(_live(tmp_path_factory.mktemp("lived")))


async def _live(folder: Path) -> Lived:
    async with open_house(folder) as house:
        await begin(house, kids=("An",), shared=False)
        await house.live(SIXTEEN_DAYS)
    return Lived(folder / "history.sqlite3", house.now, house.updates)


@pytest.fixture
async def house(lived: Lived, tmp_path: Path, anyio_backend: str) -> AsyncIterator[House]:
    """The same family, in a house of its own."""
    shutil.copy(lived.file, tmp_path / "history.sqlite3")
    url = f"sqlite+aiosqlite:///{tmp_path / 'history.sqlite3'}"
    parts = make_parts(settings_for(url, "http://127.0.0.1:9", tmp_path), read_library())
    answering = Answering(parts.programme, "cradle_demo_bot", Labels(parts.library))
    yield House(parts, Wire(), answering, lived.now, lived.updates)
    await parts.close()


async def audit(house: House, days: int = 3) -> Audit:
    parts = house.parts
    return await audit_sending(parts.database, parts.programme, house.moment, parts.library.written_in, days=days)


async def faults(house: House, days: int = 3) -> set[tuple[Fault, str]]:
    return {(one.fault, one.key) for one in (await audit(house, days)).findings}


async def change(house: House, statement: str, **values: object) -> None:
    await house.rows(statement + " RETURNING id", **values)


async def newest(house: House, lane: Lane, whose: int, back: int = 0) -> tuple[int, str, str]:
    """The number, key and instant of one of the last messages that went to her."""
    found = await house.rows(
        "SELECT id, message_key, sent_at FROM outbox WHERE caregiver_id = :whose AND lane = :lane AND state = 'sent'"
        " ORDER BY sent_at DESC",
        whose=whose,
        lane=lane.value,
    )
    number, key, at = found[back]
    return int(str(number)), str(key), str(at)


async def test_a_month_of_planning_and_sending_has_no_fault(house: House) -> None:
    found: list[Finding] = list((await audit(house, SIXTEEN_DAYS)).findings)
    for _night in range(16):
        await house.live(1)
        found += (await audit(house)).findings
    assert found == []
    assert (await audit(house, 30)).findings == []
    assert len(await house.rows("SELECT id FROM outbox WHERE state = 'sent' AND lane IN (1, 2)")) > 40


async def test_a_tip_that_was_never_planned_is_missed(house: House) -> None:
    key = next(one.key for one in house.parts.programme.journey if one.from_day == 17 and one.tier <= 3)
    await change(house, "DELETE FROM outbox WHERE message_key = :key AND caregiver_id = 1", key=key)
    assert await faults(house) == {(Fault.MISSED, key)}


async def test_a_reminder_that_was_never_planned_is_missed(house: House) -> None:
    reminders = await house.rows("SELECT caregiver_id, occasion FROM outbox WHERE message_key LIKE 'visit.reminder.%'")
    assert reminders
    await change(house, "DELETE FROM outbox WHERE message_key LIKE 'visit.reminder.%' AND caregiver_id = 1")
    found = [one for one in (await audit(house, SIXTEEN_DAYS)).findings if one.fault is Fault.MISSED]
    assert {(one.fault, one.occasion) for one in found} == {(Fault.MISSED, str(one[1])) for one in reminders}
    assert {one.caregiver for one in found} == {1}


async def test_what_was_closed_with_a_reason_is_explained_and_without_one_is_missed(house: House) -> None:
    number, key, _at = await newest(house, Lane.TIP, 1)
    closing = "UPDATE outbox SET state = 'closed', reason = :reason, sent_at = NULL WHERE id = :number"
    await change(house, closing, number=number, reason="paused")
    assert await faults(house) == set()
    await change(house, closing, number=number, reason=None)
    assert await faults(house, 7) == {(Fault.MISSED, key)}


async def test_a_tip_under_another_occasion_is_double(house: House) -> None:
    newer, key, _at = await newest(house, Lane.TIP, 1)
    older, was, _long_ago = await newest(house, Lane.TIP, 1, back=5)
    await change(house, "UPDATE outbox SET message_key = :key, occasion = 'child:99' WHERE id = :id", key=key, id=older)
    assert (Fault.DOUBLE, key) in await faults(house)
    assert newer != older
    assert was != key


async def test_a_tip_at_three_in_the_morning_is_at_night(house: House) -> None:
    number, key, at = await newest(house, Lane.TIP, 1)
    night = f"{date.fromisoformat(at[:10]) - timedelta(days=1)} 20:00:00.000000"
    await change(house, "UPDATE outbox SET sent_at = :at, send_from = :at WHERE id = :id", at=night, id=number)
    assert await faults(house, 7) == {(Fault.AT_NIGHT, key)}


async def test_a_tip_in_a_language_that_she_does_not_read_is_found_unless_she_changed_it_since(house: House) -> None:
    number, key, _at = await newest(house, Lane.TIP, 1)
    await change(house, "UPDATE outbox SET language = 'zh' WHERE id = :id", id=number)
    assert await faults(house) == {(Fault.WRONG_LANGUAGE, key)}
    await house.taps(LAN, "v1:language:en")
    assert await faults(house) == set()


async def test_two_tips_of_one_day_are_over_the_cap(house: House) -> None:
    number, key, _at = await newest(house, Lane.TIP, 1)
    _other, _key, earlier = await newest(house, Lane.TIP, 1, back=1)
    later = f"{earlier[:14]}59:00.000000"
    await change(house, "UPDATE outbox SET sent_at = :at, send_from = :at WHERE id = :id", at=later, id=number)
    assert (Fault.OVER_CAP, key) in await faults(house, 7)


async def test_a_seventh_message_within_a_week_of_the_first_month_is_over_the_cap(house: House) -> None:
    await change(house, "DELETE FROM outbox WHERE lane = 1 AND caregiver_id = 1")
    keys = []
    for back in range(7):
        number, key, _at = await newest(house, Lane.TIP, 1, back=back)
        at = f"{(house.now - timedelta(days=back + 1)).date()} 02:30:00.000000"
        await change(house, "UPDATE outbox SET sent_at = :at, send_from = :at WHERE id = :id", at=at, id=number)
        keys.append(key)
    assert [key for fault, key in await faults(house) if fault is Fault.OVER_CAP] == [keys[0]]


async def test_a_tip_before_its_day_is_early_and_one_long_after_its_hour_is_late(house: House) -> None:
    number, key, at = await newest(house, Lane.TIP, 1)
    begins = next(one.from_day for one in house.parts.programme.journey if one.key == key)
    born = (await house.rows("SELECT birth_date FROM children"))[0][0]
    day = date.fromisoformat(str(born)) + timedelta(days=begins - 1)
    early = f"{day} {at[11:]}"
    await change(house, "UPDATE outbox SET sent_at = :at, send_from = :at WHERE id = :id", at=early, id=number)
    assert (Fault.EARLY, key) in await faults(house, 7)
    late = f"{at[:11]}11:30:00.000000"
    await change(
        house, "UPDATE outbox SET sent_at = :late, send_from = :at WHERE id = :id", late=late, at=at, id=number
    )
    assert await faults(house, 7) == {(Fault.LATE, key)}


async def test_what_waits_since_yesterday_is_late_and_missed_once_it_is_of_no_use(house: House) -> None:
    number, key, _at = await newest(house, Lane.TIP, 1)
    await change(house, "UPDATE outbox SET state = 'planned', sent_at = NULL WHERE id = :id", id=number)
    assert await faults(house, 7) == {(Fault.LATE, key)}
    await change(house, "UPDATE outbox SET expires_at = send_from WHERE id = :id", id=number)
    assert await faults(house, 7) == {(Fault.MISSED, key)}


async def test_a_night_is_audited_once_and_kept_for_a_month(house: House) -> None:
    parts = house.parts
    await change(house, "DELETE FROM outbox WHERE caregiver_id = 1 AND lane = 2")
    first = await audit_nightly(parts.database, parts.programme, house.moment, parts.library.written_in)
    again = await audit_nightly(parts.database, parts.programme, house.moment, parts.library.written_in)
    assert first == again > 0
    kept = await latest_audit(parts.database)
    assert kept is not None
    assert kept.total == first
    assert len(await house.rows("SELECT id FROM audit_findings")) == first
    house.now += timedelta(days=31)
    await audit_nightly(parts.database, parts.programme, house.moment, parts.library.written_in)
    assert len(await house.rows("SELECT id FROM audit_runs")) == 1


async def test_three_readers_cost_the_audit_as_many_questions_as_one(house: House) -> None:
    with counting() as of_three:
        assert (await audit(house)).findings == []
    await house.taps(GRANDMOTHER, "v1:stop:3:yes")
    await change(house, "UPDATE caregivers SET joined_at = NULL, joined_on = NULL WHERE id IN (2, 3)")
    with counting() as of_one:
        await audit(house)
    assert len(of_three) == len(of_one) <= 12
