"""The inbox: one chat at a time and in order, whoever floods holds up nobody, and what broke says where."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.receiving.inbox import AFTER_MANY, AT_A_TIME, LEASE, Inbox
from bot.receiving.processing import Processor
from domain.moment import Moment
from services.messages.receive_update import UnreadableUpdate, receive_update
from services.ports.updates import StoredUpdate
from storage.engine import Database
from storage.tables import updates
from tests.storage.village import BOT, NOW, minutes

LAN, BINH = '{"id": 1001}', '{"id": 1004}'


@dataclass
class House(Processor):
    """Processes by noting what it is, and never two of one chat at once."""

    database: Database
    seen: list[tuple[str, int]] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)
    broken: frozenset[int] = frozenset()

    async def process(self, stored: StoredUpdate, moment: Moment) -> None:
        assert stored.chat not in self.busy, "two of one chat at the same time"
        self.busy.add(stored.chat)
        try:
            await asyncio.sleep(0)
            if stored.update_id in self.broken:
                raise ValueError("Lan's own words")
            async with self.database.begin() as uow:
                await uow.updates.done(stored.id, moment.wall)
        finally:
            self.busy.discard(stored.chat)
        self.seen.append((stored.chat, stored.update_id))


@dataclass
class Wall:
    """Real time, as far as these tests let it pass."""

    passed: timedelta = timedelta(0)

    async def now(self) -> Moment:
        return Moment(NOW, NOW + self.passed)


async def bring(database: Database, number: int, content: str, *, later: timedelta = timedelta(0)) -> None:
    body = f'{{"update_id": {number}, {content}}}'.encode()
    await receive_update(database, bot=BOT, body=body, moment=Moment(NOW, NOW + later))


def text(who: str) -> str:
    return f'"message": {{"chat": {who}, "from": {who}, "text": "An"}}'


def tap(who: str) -> str:
    return f'"callback_query": {{"id": "9", "from": {who}, "data": "v1:stop", "message": {{"chat": {who}}}}}'


async def serve_all(inbox: Inbox, wall: Wall) -> None:
    for _ in range(20):
        while (chat := await inbox.take_turn()) is not None:
            await inbox.serve(chat)
        wall.passed += AFTER_MANY


async def test_her_tap_and_her_text_wait_for_one_another_wherever_they_are_taken_from(database: Database) -> None:
    for number in range(0, 12, 2):
        await bring(database, number, tap(LAN))
        await bring(database, number + 1, text(LAN))
    await bring(database, 50, text(BINH))
    house, wall = House(database), Wall()
    here, there = (Inbox(database, house, bot=BOT, now=wall.now) for _ in range(2))
    await asyncio.gather(serve_all(here, wall), serve_all(there, wall))
    assert [number for chat, number in house.seen if chat == "1001"] == list(range(12))
    assert ("1004", 50) in house.seen


async def test_whoever_floods_lets_the_others_have_their_turn(database: Database) -> None:
    for number in range(3 * AT_A_TIME):
        await bring(database, number, text(LAN))
    await bring(database, 500, text(BINH))
    house, wall = House(database), Wall()
    inbox = Inbox(database, house, bot=BOT, now=wall.now)
    for _ in range(2):
        chat = await inbox.take_turn()
        assert chat is not None
        await inbox.serve(chat)
    assert house.seen[-1] == ("1004", 500)
    assert len(house.seen) == AT_A_TIME + 1
    await serve_all(inbox, wall)
    assert len(house.seen) == 3 * AT_A_TIME + 1


async def test_what_breaks_is_tried_three_times_and_parked_with_where_and_without_whose_words(
    database: Database,
) -> None:
    await bring(database, 1, text(LAN))
    await bring(database, 2, text(LAN))
    house, wall = House(database, broken=frozenset({1})), Wall()
    inbox = Inbox(database, house, bot=BOT, now=wall.now)
    for _ in range(3):
        assert await inbox.take_turn() == "1001"
        await inbox.serve("1001")
        wall.passed += LEASE
    assert house.seen == [("1001", 2)]
    async with database.transaction() as connection:
        row = (await connection.execute(updates.select().where(updates.c.update_id == 1))).one()
    assert (row.state, row.attempts) == ("parked", 3)
    assert row.problem.startswith("ValueError in process (test_inbox.py:")


async def test_those_of_this_minute_are_counted_up_to_enough(database: Database) -> None:
    await bring(database, 1, text(LAN), later=-minutes(2))
    for number in range(2, 8):
        await bring(database, number, text(LAN))
    await bring(database, 50, text(BINH))
    house, wall = House(database), Wall()
    await serve_all(Inbox(database, house, bot=BOT, now=wall.now), wall)
    await bring(database, 8, text(LAN))
    async with database.look() as uow:
        newest = await uow.updates.next_of(BOT, "1001")
        assert newest is not None
        assert newest.received_at == NOW
        counts = [await uow.updates.came_before(newest, NOW, at_most=most) for most in (3, 6, 60)]
        assert counts == [3, 6, 6]
        assert await uow.updates.came_before(newest, NOW - minutes(5), at_most=60) == 7


@pytest.mark.parametrize(
    ("content", "chat"),
    [
        (f'"message": {{"chat": {{"id": {10**30}}}}}', "nobody"),
        (f'"message": {{"chat": {{"id": {10**30}}}, "from": {{"id": 7}}}}', "7"),
        ('"message": {"chat": {"id": true}}', "nobody"),
        ('"message": {"chat": {"id": "1001"}}', "nobody"),
        ('"message": [1, 2]', "nobody"),
        ('"message": null', "nobody"),
        ('"message": {"date": 1e999, "chat": {"id": -5}}', "-5"),
    ],
)
async def test_an_update_of_no_known_shape_is_kept_all_the_same(database: Database, content: str, chat: str) -> None:
    await bring(database, 1, content)
    async with database.begin() as uow:
        assert await uow.updates.take_turn(BOT, wall=NOW, lease_until=NOW + LEASE) == chat


@pytest.mark.parametrize("depth", [400, 900, 960, 980, 990, 995, 1000, 5000, 200_000])
async def test_an_update_nested_deep_is_kept_or_refused_and_never_fails(database: Database, depth: int) -> None:
    body = b'{"update_id": 1, "message": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    try:
        assert await receive_update(database, bot=BOT, body=body, moment=Moment(NOW, NOW))
    except UnreadableUpdate:
        assert depth > 900
    await bring(database, 2, text(LAN))


@pytest.mark.parametrize("number", [str(2**63), "9" * 5000, "1.0", "null", '"7"', "true", "-1", "NaN"])
async def test_an_update_without_a_number_of_telegrams_is_none(database: Database, number: str) -> None:
    with pytest.raises(UnreadableUpdate):
        await receive_update(database, bot=BOT, body=f'{{"update_id": {number}}}'.encode(), moment=Moment(NOW, NOW))
