"""A picture of the health department reaches everybody, and goes up to Telegram once."""

from datetime import timedelta

from domain.media import CheckedMedia
from domain.message import Media, MediaKind, OutgoingMessage, Text
from domain.people import Address
from domain.sending.outbox import Lane, PlannedMessage
from services.media.keep_media import keep_media
from tests.fakes.pictures import picture
from tests.trips.village import TOKEN, Json, Person, Village

BOT = TOKEN.partition(":")[0]
SOME = 6


async def kept(village: Village, *, file_id: str) -> Media:
    checked = CheckedMedia(MediaKind.PHOTO, "image/png", picture())
    moment = await village.parts.clock.moment()
    return await keep_media(village.parts.database, checked, bot=BOT, file_id=file_id, moment=moment)


async def address_of(village: Village, person: Person) -> Address:
    async with village.parts.database.look() as uow:
        found = await uow.people.find_address(channel="telegram", bot=BOT, external_id=str(person.phone))
    assert found is not None
    return found


async def show(village: Village, media: Media, people: list[Person], *, occasion: str) -> None:
    body = Text("common.as_it_is", {"words": "Vitamin A"})
    chats = [await address_of(village, one) for one in people]
    async with village.parts.database.begin() as uow:
        now = await village.now()
        message, ends = OutgoingMessage(body, media=media), now + timedelta(days=1)
        rows = [PlannedMessage(Lane.REPLY, message, occasion, now, ends, address=chat.id) for chat in chats]
        await uow.outbox.plan(rows, now)
    await village.settled()


async def calls(village: Village) -> list[Json]:
    return [entry for entry in await village.stage.journal(method="sendPhoto") if entry["ok"]]


async def test_a_picture_goes_up_once_and_again_when_telegram_has_forgotten_it(village: Village) -> None:
    people = [await village.person(f"Lan {number}") for number in range(SOME)]
    for one in people:
        await one.types("/start")
    media = await kept(village, file_id="AgACforgotten")
    await show(village, media, people, occasion="update:9001")
    assert [(await one.messages())[-1]["caption"] for one in people] == ["Vitamin A"] * SOME
    assert [bool(entry["files"]) for entry in await calls(village)].count(True) == 1

    await village.stop_bot()
    await village.start_bot()  # what it remembers now is in the database alone
    await show(village, media, people, occasion="update:9002")
    assert len(await calls(village)) == 2 * SOME
    assert [bool(entry["files"]) for entry in await calls(village)].count(True) == 1
    assert {len(await one.messages()) for one in people} == {3}
