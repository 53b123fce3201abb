"""Cards, posters and applications in rows: a card is bound once, and what nobody confirmed leaves nothing behind."""

import asyncio
from datetime import timedelta

from domain.cards import APPLICATION_LIFE, CARD_LIFE
from domain.identifiers import ActorId
from services.ports.cards import NewApplication, NewCard
from services.ports.drafts import Draft
from storage.engine import Database
from tests.storage.village import NOW, Village, arrive

CARDS = [NewCard("20487316", "a" * 64), NewCard("20487317", "b" * 64)]
UNTIL = NOW + APPLICATION_LIFE


async def test_a_number_is_given_out_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        assert list(await uow.cards.add_cards(village.station, "b1", CARDS, NOW)) == ["20487316", "20487317"]
        again = [NewCard("20487316", "c" * 64), NewCard("30000000", "d" * 64)]
        assert list(await uow.cards.add_cards(village.station, "b2", again, NOW)) == ["30000000"]
        assert await uow.cards.withdraw_batch("b1", NOW) == 2
        found = await uow.cards.by_token("a" * 64)
    assert found is not None
    assert found.withdrawn_at == NOW
    assert found.printed_at + CARD_LIFE > NOW


async def test_a_card_is_bound_once_and_can_be_freed(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.cards.add_cards(village.station, "b1", CARDS, NOW)
        card = await uow.cards.by_number("20487316")
        assert card is not None
        assert await uow.cards.use(card.id, NOW)
        assert not await uow.cards.use(card.id, NOW)
        await uow.cards.free(card.id)
        assert await uow.cards.use(card.id, NOW)


async def test_a_new_poster_takes_the_place_of_the_old_one(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.cards.add_poster(village.station, "one", NOW)
        await uow.cards.add_poster(village.station, "two", NOW)
        assert await uow.cards.poster_of(village.station) == "two"
        assert await uow.cards.facility_of_poster("one") is None
        assert await uow.cards.facility_of_poster("two") == village.station


async def test_an_application_waits_once_it_is_complete_and_is_settled_once(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        chat = await arrive(uow, "mai")
        begun = await uow.cards.begin(NewApplication(chat.id, village.station, None, ""), at=NOW, expires_at=UNTIL)
        assert await uow.cards.count_waiting([village.station], NOW) == 0
        assert await uow.cards.facility_at(chat.id) == village.station
        await uow.cards.complete(begun, {"name": "An"}, number="4831", at=NOW, expires_at=UNTIL)
        assert await uow.cards.count_waiting([village.station], NOW) == 1
        assert await uow.cards.is_number_taken("4831", village.commune, NOW)
        (found,) = await uow.cards.by_number_in("4831", [village.station], NOW)
        assert await uow.cards.settle(found.id, at=NOW, by=ActorId(village.minh), caregiver=village.lan)
        assert not await uow.cards.settle(found.id, at=NOW, by=ActorId(village.minh))
        settled = await uow.cards.application(begun)
        assert await uow.cards.facility_at(chat.id) is None
    assert settled is not None
    assert (settled.answers, settled.caregiver) == (None, village.lan)


async def test_of_two_who_confirm_one_application_the_second_sees_that_it_is_settled(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        begun = await uow.cards.begin(NewApplication(village.chat, village.station, None, ""), at=NOW, expires_at=UNTIL)
        await uow.cards.complete(begun, {"name": "An"}, number="4831", at=NOW, expires_at=UNTIL)

    async def second() -> bool:
        async with database.begin() as uow:
            found = await uow.cards.application(begun)
        return found is not None and found.waits(NOW)

    async with database.begin() as uow:
        assert await uow.cards.application(begun)
        meanwhile = asyncio.create_task(second())
        done, _waiting = await asyncio.wait([meanwhile], timeout=0.3)
        assert not done
        assert await uow.cards.settle(begun, at=NOW, by=ActorId(village.minh), caregiver=village.lan)
    assert not await meanwhile


async def test_whoever_joined_in_another_way_waits_no_more(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        begun = await uow.cards.begin(NewApplication(village.chat, village.station, None, ""), at=NOW, expires_at=UNTIL)
        await uow.cards.complete(begun, {"name": "An"}, number="4831", at=NOW, expires_at=UNTIL)
        assert await uow.cards.count_waiting([village.station], NOW) == 0


async def test_what_nobody_confirmed_goes_with_its_answers_its_draft_and_its_card(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.cards.add_cards(village.station, "b1", CARDS, NOW)
        card = await uow.cards.by_number("20487316")
        assert card is not None
        chat, other = await arrive(uow, "mai"), await arrive(uow, "bình")
        new = NewApplication(chat.id, village.station, card.id, card.number)
        begun = await uow.cards.begin(new, at=NOW, expires_at=UNTIL)
        assert await uow.cards.use(card.id, NOW)
        await uow.cards.complete(begun, {"name": "An"}, number=card.number, at=NOW, expires_at=UNTIL)
        half = await uow.cards.begin(NewApplication(other.id, village.station, None, ""), at=NOW, expires_at=UNTIL)
        await uow.drafts.keep(other.id, Draft("self_enrolment", 1, {"name": "Bi"}, int(half), NOW))

        assert await uow.cards.let_go(UNTIL - timedelta(seconds=1)) == 0
        assert await uow.cards.let_go(UNTIL) == 2
        assert await uow.drafts.find(other.id, "self_enrolment") is None
        gone, freed = await uow.cards.application(begun), await uow.cards.by_number("20487316")
    assert gone is not None
    assert gone.answers is None
    assert freed is not None
    assert freed.used_at is None
