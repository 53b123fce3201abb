"""Hạnh of the health department hears once that something is wrong, in her chat, and once that it is over."""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from domain.identifiers import ActorId, AddressId
from domain.invite import ActorPlace
from domain.message import OutgoingMessage
from domain.moment import Moment
from domain.operations import Limits, TroubleKind
from domain.people import ActorRole, AddressState
from domain.reader import Reader
from domain.rendered import RenderedMessage
from domain.sending.outbox import Lane
from domain.sending.retry import Delivered, NotSent, SendResult
from services.operations.observe import Surroundings
from services.operations.tell_directly import remember_full_disk, tell_of_full_disk
from services.operations.watch import Rules, watch
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.storage.village import BOT, NOW, Village, arrive, minutes, reply, settle

__all__ = ["migrated_sqlite"]

NIGHT = timedelta(hours=13)  # after nine in the morning: ten in the evening
OTHER_BOT = "another"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Watch:
    """The programme, watched over; every look is at a minute after nine o'clock."""

    database: Database
    village: Village
    ticks: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)

    async def look(self, *at: float, after: timedelta = timedelta(0)) -> None:
        surroundings = Surroundings({tick: lambda ran: ran + timedelta(hours=6) for tick in self.ticks}, lambda: 0.0)
        for minute in at:
            now = NOW + after + minutes(minute)
            await watch(self.database, surroundings, self.rules, Moment(now, now))

    async def staff(self, name: str, *chats: str, bot: str = BOT, language: str = "vi") -> ActorId:
        """Somebody of the health department, and her chats."""
        async with self.database.begin() as uow:
            actor = await uow.people.add_actor(ActorPlace(name, ActorRole.STAFF), by=None, at=NOW)
            for chat in chats:
                address, _ = await uow.people.arrive(
                    channel="telegram", bot=bot, external_id=chat, language=language, at=NOW
                )
                await uow.people.link_actor(actor, address.id, NOW)
        return actor

    async def heard(self) -> list[tuple[str, str]]:
        """Whom staff were told what, in order: the chat, and the text or what is over."""
        async with self.database.begin() as uow:
            later = NOW + timedelta(days=3)
            found = []
            while rows := await uow.outbox.claim(now=later, wall=later, lease_until=later, limit=50):
                for row in rows:
                    assert row.planned.lane is Lane.REPLY
                    address = await uow.people.address(row.planned.address or AddressId(0))
                    assert address is not None
                    values = row.planned.message.body.values
                    found.append(
                        (address.external_id, getattr(values.get("what"), "key", row.planned.message.body.key))
                    )
                    await uow.outbox.record_uncertain(row.id)
        return found

    async def parks(self, count: int = 1) -> None:
        """So many updates of Lan cannot be answered."""
        async with self.database.begin() as uow:
            for number in range(count):
                await uow.updates.store(bot=BOT, update_id=number, chat="lan", body="{}", at=NOW)
                found = await uow.updates.next_of(BOT, "lan")
                assert found is not None
                await uow.updates.failed(found.id, problem="KeyError", parked=True, at=NOW)
            await uow.updates.end_turn(BOT, "lan", retry_at=None)

    async def settles(self) -> None:
        """Somebody leaves every parked update."""
        async with self.database.begin() as uow:
            for one in await uow.operations.parked(50):
                await uow.operations.leave(one.id, Moment(NOW, NOW))

    async def is_refused(self, bot: str, as_: str = "InvalidToken") -> None:
        async with self.database.begin() as uow:
            await uow.operations.note_bot(bot, refused_as=as_, wall=NOW)


@pytest.fixture
async def watching(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Watch]:
    database = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield Watch(database, await settle(database))
    await database.close()


async def test_everybody_of_the_staff_hears_once_of_what_nobody_could_answer_and_once_that_it_is_settled(
    watching: Watch,
) -> None:
    await watching.staff("Hạnh", "hanh")
    await watching.staff("Thảo", "thao", language="zh")
    await watching.look(0)
    await watching.parks()
    await watching.look(1, 1.5, 2)
    await watching.settles()
    await watching.look(2.5)
    assert await watching.heard() == [
        ("hanh", "operations.trouble.parked"),
        ("thao", "operations.trouble.parked"),
        ("hanh", "operations.over.parked"),
        ("thao", "operations.over.parked"),
    ]


async def test_only_staff_are_told_and_each_in_the_chat_that_she_used_last(watching: Watch) -> None:
    async with watching.database.begin() as uow:
        await uow.people.link_actor(watching.village.minh, (await arrive(uow, "minh")).id, NOW)
    await watching.staff("Hạnh", "old", "new")
    async with watching.database.begin() as uow:
        await arrive(uow, "new", NOW + minutes(5))
    await watching.parks()
    await watching.look(6)
    assert await watching.heard() == [("new", "operations.trouble.parked")]


async def test_a_reply_that_waits_is_told_after_its_limit_and_a_minute(watching: Watch) -> None:
    await watching.staff("Hạnh", "hanh")
    async with watching.database.begin() as uow:
        await uow.outbox.plan([reply(watching.village.chat, "update:1")], NOW)
    await watching.look(1, 2, 2.5, 3)
    await watching.look(3.5)
    assert await watching.heard() == [("lan", "reply.welcome"), ("hanh", "operations.trouble.replies")]


async def test_a_scheduler_that_is_gone_is_told(watching: Watch) -> None:
    watching.ticks = ("plan_day",)
    await watching.staff("Hạnh", "hanh")
    async with watching.database.begin() as uow:
        await uow.programme.note_tick("plan_day", ran_at=NOW, wall_at=NOW)
    await watching.look(0, 6 * 60, 7 * 60)
    assert await watching.heard() == []
    await watching.look(7 * 60 + 1, 7 * 60 + 2, 7 * 60 + 3)
    assert await watching.heard() == [("hanh", "operations.trouble.tick")]


async def test_a_simulated_clock_that_jumps_a_month_alarms_nobody(watching: Watch) -> None:
    watching.ticks = ("plan_day",)
    await watching.staff("Hạnh", "hanh")
    surroundings = Surroundings({"plan_day": lambda ran: ran + timedelta(hours=6)}, lambda: 0.0)
    for quarter in range(124):
        now, wall = NOW + quarter * timedelta(hours=6), NOW + timedelta(seconds=quarter)
        await watch(watching.database, surroundings, Rules(), Moment(now, wall))
        async with watching.database.begin() as uow:
            await uow.programme.note_tick("plan_day", ran_at=now, wall_at=wall)
    assert await watching.heard() == []


async def test_when_one_bot_is_refused_another_one_tells(watching: Watch) -> None:
    actor = await watching.staff("Hạnh", "hanh")
    async with watching.database.begin() as uow:
        address, _ = await uow.people.arrive(
            channel="telegram", bot=OTHER_BOT, external_id="hanh, elsewhere", language="vi", at=NOW - minutes(9)
        )
        await uow.people.link_actor(actor, address.id, NOW)
    await watching.is_refused(BOT)
    await watching.look(0, 1)
    assert await watching.heard() == [("hanh, elsewhere", "operations.trouble.refused")]


async def test_when_the_only_bot_is_refused_nobody_can_be_told_and_nothing_is_told_afterwards(
    watching: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    await watching.staff("Hạnh", "hanh")
    await watching.is_refused(BOT)
    await watching.look(0, 1, 2)
    assert "alarm_not_told" in [record.getMessage() for record in caplog.records]
    async with watching.database.begin() as uow:
        [alarm] = await uow.operations.alarms()
        assert (alarm.kind, alarm.is_on, alarm.told_at) == (TroubleKind.REFUSED, True, None)
    await watching.is_refused(BOT, "")
    await watching.look(3, 9, 10)
    assert await watching.heard() == []


async def test_whose_chat_is_closed_is_not_told_but_others_are(watching: Watch) -> None:
    await watching.staff("Hạnh", "hanh")
    await watching.staff("Thảo", "thao")
    async with watching.database.begin() as uow:
        gone = await arrive(uow, "hanh")
        await uow.people.mark_address(gone.id, state=AddressState.UNREACHABLE, reason="blocked", at=NOW)
    await watching.parks()
    await watching.look(1)
    assert await watching.heard() == [("thao", "operations.trouble.parked")]


@pytest.mark.parametrize(("at_night", "told"), [(True, ["operations.trouble.parked"]), (False, [])])
async def test_whether_staff_are_woken_is_a_setting(watching: Watch, at_night: bool, told: list[str]) -> None:
    watching.rules = Rules(Limits(), at_night=at_night)
    await watching.staff("Hạnh", "hanh")
    await watching.parks()
    await watching.look(0, 1, 2, after=NIGHT)
    assert [what for _, what in await watching.heard()] == told


class Words:
    """Renders anything."""

    def render(self, message: OutgoingMessage, reader: Reader) -> RenderedMessage:
        return RenderedMessage(message.body.key, reader.language)


@dataclass
class Wire:
    """A channel that answers as it is told."""

    answer: SendResult
    said: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, external_id: str, message: RenderedMessage) -> SendResult:
        self.said.append((external_id, message.text))
        return self.answer


async def test_of_a_full_disk_staff_hear_past_the_outbox_and_of_its_end_as_of_every_other(watching: Watch) -> None:
    await watching.staff("Hạnh", "hanh")
    wire = Wire(Delivered("1"))
    alarm = await tell_of_full_disk(watching.database, Words(), wire, bot=BOT, moment=Moment(NOW, NOW))
    assert wire.said == [("hanh", "operations.raised")]
    assert alarm is not None
    await remember_full_disk(watching.database, alarm)
    await watching.look(1, 3, 5)
    assert await watching.heard() == []
    await watching.look(6, 7)
    assert await watching.heard() == [("hanh", "operations.over.disk")]


async def test_when_nobody_could_be_told_of_a_full_disk_it_is_tried_again(watching: Watch) -> None:
    moment = Moment(NOW, NOW)
    await watching.staff("Hạnh", "hanh")
    nowhere: Sequence[Wire] = (Wire(NotSent("OSError")), Wire(Delivered("1")))
    assert await tell_of_full_disk(watching.database, Words(), nowhere[0], bot=BOT, moment=moment) is None
    assert await tell_of_full_disk(watching.database, Words(), nowhere[1], bot=OTHER_BOT, moment=moment) is None
    assert nowhere[1].said == []
