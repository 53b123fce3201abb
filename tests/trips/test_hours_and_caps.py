"""What Telegram and the network do to us: pauses, faults, silence; and how fast a busy hour may be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.wiring import make_parts
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import ActorId, CaregiverId, OutboxId
from domain.message import OutgoingMessage, Text
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxRow, OutboxState, PlannedMessage, Reason
from domain.sending.sendability import Close
from domain.sex import Sex
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.sending.check_again import check_again, know
from services.turn import Work
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, local, sent
from tests.trips.village import TOKEN, Person, Village, open_village, settings_for

BOT = TOKEN.partition(":")[0]
EVENING = at_home(date(2026, 11, 23), "21:00")
BORN = "1/11/2026"


async def calls(village: Village, lan: Person) -> list[str]:
    """How each message to her was answered since her first tip was due."""
    journal = await village.stage.journal(chat_id=lan.phone, method="sendMessage")
    return [one.get("fault") or ("ok" if one["ok"] else one["description"]) for one in journal]


async def test_a_pause_that_telegram_asks_for_is_kept_and_is_no_attempt(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    before = len(await calls(village, lan))
    await village.stage.add_fault("retry_after", method="sendMessage", chat_id=lan.phone, retry_after=1)
    await village.pass_time(to=EVENING)

    assert (await calls(village, lan))[before:] == ["retry_after", "ok"]
    tried = await village.rows("SELECT attempts, state FROM outbox WHERE lane > 0 AND state = 'sent'")
    assert [tuple(row) for row in tried] == [(0, "sent")]


@pytest.mark.parametrize("kind", ["server_error", "timeout_before", "timeout_after", "disconnect_after"])
async def test_a_tip_that_may_have_arrived_is_not_sent_again(
    village: Village, minh: Person, lan: Person, kind: str
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    before = len(await calls(village, lan))
    seconds = {"seconds": 0.05} if kind.startswith("timeout") else {}
    await village.stage.add_fault(kind, method="sendMessage", chat_id=lan.phone, **seconds)
    await village.pass_time(to=EVENING)

    assert (await calls(village, lan))[before:] == [kind]
    assert [row.state for row in await village.ledger(lan) if row.state is OutboxState.UNCERTAIN] != []


async def test_a_reminder_and_a_reply_that_may_have_arrived_are_sent_once_more(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await village.pass_time(to=at_home(date(2026, 11, 28), "08:00"))
    before = len(await calls(village, lan))
    await village.stage.add_fault("timeout_after", method="sendMessage", chat_id=lan.phone, seconds=0.05)
    await village.pass_time(to=at_home(date(2026, 11, 28), "21:00"))
    assert (await calls(village, lan))[before:] == ["timeout_after", "ok"]
    assert [row.state for row in await village.ledger(lan) if row.lane is Lane.VISIT] == [OutboxState.SENT]

    for times in (1, 2):
        before = len(await calls(village, lan))
        await village.stage.add_fault("disconnect_after", method="sendMessage", chat_id=lan.phone, times=times)
        await lan.presses("menu.child")
        assert (await calls(village, lan))[before:] == ["disconnect_after", "ok" if times == 1 else "disconnect_after"]
    left = await village.rows("SELECT resent FROM outbox WHERE lane = 0 AND state = 'uncertain'")
    assert len(left) == 1


@pytest.fixture
async def busy(database_url: str, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Village]:
    """A village whose bot keeps the pace that it keeps in real life."""
    async with open_village(database_url, tmp_path) as opened:
        await opened.stop_bot()
        paced = settings_for(
            database_url,
            opened.simulator.base_url,
            tmp_path,
            CRADLE_CHAT_PACE="1",
            CRADLE_SEND_RATE="25",
        )
        await opened.parts.database.close()
        opened.settings, opened.parts = paced, make_parts(paced)
        await opened.start_bot()
        yield opened


async def test_a_busy_hour_of_sixty_families_meets_no_limit(busy: Village) -> None:
    await busy.actor("Minh", ActorRole.VOLUNTEER)
    families = [await busy.person(f"Lan {number}") for number in range(60)]
    starts = [await busy.stage.text(lan.phone, "/start") for lan in families]
    await busy.answered(starts[-1]["update_id"])
    await join_all(busy, families)
    await busy.stage.limits(enabled=True)
    await busy.pass_time(to=EVENING)

    since = [one for one in await busy.stage.journal(method="sendMessage") if one["at"] > "2026-11-22T23"]
    assert [one for one in since if not one["ok"]] == []
    rows = [row for lan in families for row in sent(await busy.ledger(lan), Lane.TIP)]
    assert len(rows) == len(families)
    assert {local(row).hour for row in rows} == {19}
    assert len({local(row).minute for row in rows}) > 20


async def join_all(village: Village, families: list[Person]) -> None:
    """Enrolled and joined, straight in the tables: the dialogue is another trip's matter."""
    actor = (await village.rows("SELECT id FROM actors"))[0][0]
    for lan in families:
        async with village.parts.database.begin() as uow:
            address = await uow.people.find_address(channel="telegram", bot=BOT, external_id=str(lan.phone))
            assert address is not None
            caregiver = await joined(uow, ActorId(actor), await village.now())
            await uow.people.link_caregiver(caregiver, address.id, await village.now())


async def joined(uow: UnitOfWork, by: ActorId, at: datetime) -> CaregiverId:
    """A mother of one child, who agreed to messages."""
    place = (await uow.area.facilities())[0]
    family = await uow.families.add_family(place.id, place.zone, by=by, at=at)
    caregiver = await uow.families.add_caregiver(family, Role.MOTHER, "vi", None)
    child = await uow.families.add_child(family, place.id, NewChild("An", date(2026, 11, 1), Sex.FEMALE))
    await uow.families.add_care(caregiver, Role.MOTHER, child=child)
    consent = Consent(
        caregiver, Purpose.MESSAGES, given=True, text_version=TEXT_VERSION, language="vi", way=ConsentWay.TAP, at=at
    )
    await uow.consents.add(consent)
    await uow.families.join_caregiver(caregiver, at=at, on=date(2026, 11, 22))
    return caregiver


async def test_in_a_real_programme_drafts_and_unsigned_reminders_are_not_sent(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    caregiver = await village.caregiver_of(lan)
    moment = await village.parts.clock.moment()
    strict = replace(village.parts.programme, rehearsal=False)
    rows = [
        row_of(Lane.VISIT, "visit.reminder.7", "visit:1:2026-12-05:7", caregiver=caregiver, now=moment.now),
        row_of(Lane.TIP, strict.journey[0].key, "child:1", caregiver=caregiver, now=moment.now),
    ]
    async with village.parts.database.look() as uow:
        decisions = [
            (await check_again(work, row, await know(work, [row]))).decision
            for work in (Work(uow, one, moment) for one in (strict, village.parts.programme))
            for row in rows
        ]
    assert decisions[:2] == [Close(Reason.UNSIGNED_SCHEDULE), Close(Reason.DRAFT_TEXT)]
    assert not any(isinstance(decision, Close) for decision in decisions[2:])


def row_of(lane: Lane, key: str, occasion: str, *, caregiver: CaregiverId, now: datetime) -> OutboxRow:
    """A row as a sender claims it."""
    message = OutgoingMessage(Text(key))
    planned = PlannedMessage(lane, message, occasion, now, now + timedelta(days=3), caregiver=caregiver)
    return OutboxRow(OutboxId(1), planned, attempts=0)
