"""Who writes to us from where, and who works for the programme."""

from domain.identifiers import AddressId, CaregiverId
from domain.invite import ActorPlace
from domain.people import ActorRole, AddressState
from storage.engine import Database
from tests.storage.village import BOT, NOW, Village, arrive, minutes


async def test_a_chat_is_new_once_and_keeps_the_language_it_first_had(database: Database) -> None:
    async with database.begin() as uow:
        chat = {"channel": "telegram", "bot": BOT, "external_id": "42"}
        first, before = await uow.people.arrive(**chat, language="vi", at=NOW)
        assert before is None
        again, before = await uow.people.arrive(**chat, language="zh", at=NOW + minutes(1))
        assert before == first
        assert (again.id, again.language, again.last_inbound_at) == (first.id, "vi", NOW + minutes(1))
        assert await uow.people.address(first.id) == again == await uow.people.find_address(**chat)


async def test_a_chat_that_blocked_us_and_writes_again_is_active(database: Database) -> None:
    async with database.begin() as uow:
        chat = await arrive(uow, "42")
        await uow.people.mark_address(chat.id, state=AddressState.UNREACHABLE, reason="blocked", at=NOW)
        now, before = await uow.people.arrive(channel="telegram", bot=BOT, external_id="42", language="vi", at=NOW)
        assert before is not None
        assert (before.state, before.state_reason) == (AddressState.UNREACHABLE, "blocked")
        assert (now.state, now.state_reason) == (AddressState.ACTIVE, None)
        assert await uow.people.address(chat.id) == now


async def test_the_same_chat_with_another_bot_is_another_address(database: Database) -> None:
    async with database.begin() as uow:
        ours = await arrive(uow, "42")
        other, before = await uow.people.arrive(
            channel="telegram", bot="other", external_id="42", language="vi", at=NOW
        )
        assert before is None
        assert other.id != ours.id


async def test_nobody_is_found_who_never_wrote(database: Database) -> None:
    async with database.look() as uow:
        assert await uow.people.address(AddressId(9)) is None
        assert await uow.people.find_address(channel="telegram", bot=BOT, external_id="9") is None
        assert await uow.people.addresses_of_caregiver(CaregiverId(9)) == ()
        assert await uow.people.actor_at(AddressId(9)) is None


async def test_a_chat_that_moved_is_found_under_its_new_id(database: Database) -> None:
    async with database.begin() as uow:
        chat = await arrive(uow, "42")
        await uow.people.move_address(chat.id, "-100")
        found = await uow.people.find_address(channel="telegram", bot=BOT, external_id="-100")
        assert found is not None
        assert found.id == chat.id


async def test_a_chat_does_not_move_onto_one_that_wrote_already(database: Database) -> None:
    async with database.begin() as uow:
        chat, taken = await arrive(uow, "42"), await arrive(uow, "-100")
        await uow.people.move_address(chat.id, "-100")
        assert await uow.people.address(chat.id) == chat
        assert await uow.people.address(taken.id) == taken


async def test_lan_is_reached_first_where_she_wrote_last(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        phone = await arrive(uow, "phone", NOW + minutes(1))
        for _ in range(2):
            await uow.people.link_caregiver(village.lan, phone.id, NOW)
        found = await uow.people.addresses_of_caregiver(village.lan)
        assert [address.id for address in found] == [phone.id, village.chat]
        await uow.people.speak_language(village.chat, "tyz")
        assert (await arrive(uow, "lan", NOW + minutes(2))).language == "tyz"
        found = await uow.people.addresses_of_caregiver(village.lan)
        assert [address.id for address in found] == [village.chat, phone.id]


async def test_minh_speaks_from_his_chat_for_his_communes(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        chat = await arrive(uow, "minh")
        for _ in range(2):
            await uow.people.link_actor(village.minh, chat.id, NOW)
        minh = await uow.people.actor_at(chat.id)
        assert minh is not None
        assert (minh.id, minh.name, minh.role) == (village.minh, "Minh", ActorRole.VOLUNTEER)
        assert (minh.communes, minh.facilities) == (frozenset({village.commune}), frozenset())
        assert [address.id for address in await uow.people.addresses_of_actor(village.minh)] == [chat.id]
        assert await uow.people.actor_at(village.chat) is None


async def test_hoa_works_at_her_station(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        place = ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=village.station)
        chat = await arrive(uow, "hoa")
        await uow.people.link_actor(await uow.people.add_actor(place, by=village.minh, at=NOW), chat.id, NOW)
        hoa = await uow.people.actor_at(chat.id)
        assert hoa is not None
        assert (hoa.facilities, hoa.communes) == (frozenset({village.station}), frozenset())
