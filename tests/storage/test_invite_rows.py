"""Invites are used once, codes are given to one at a time, and drafts survive."""

from dataclasses import replace
from datetime import timedelta

from domain.identifiers import CommuneId, FacilityId
from domain.invite import ActorPlace
from domain.people import ActorRole
from services.ports.drafts import Draft
from services.ports.invites import NewInvite
from storage.engine import Database
from tests.storage.village import NOW, Village, arrive, minutes

TOMORROW = NOW + timedelta(days=1)


def invite(village: Village, token: str, code: str | None = "123456") -> NewInvite:
    return NewInvite(token, code, village.lan, None, NOW + timedelta(days=30), TOMORROW)


async def test_an_invite_is_found_by_its_token_and_used_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        number = await uow.invites.add(invite(village, "t1"), by=village.minh, at=NOW)
        found = await uow.invites.by_token("t1")
        assert number is not None
        assert found is not None
        assert (found.id, found.caregiver, found.created_by, found.claimed_at) == (
            number,
            village.lan,
            village.minh,
            None,
        )
        assert await uow.invites.claim(number, TOMORROW) is True
        assert await uow.invites.claim(number, TOMORROW) is False
        used = await uow.invites.by_token("t1")
        assert used is not None
        assert used.claimed_at == TOMORROW
        assert await uow.invites.by_token("t2") is None


async def test_a_code_that_lives_is_not_given_twice(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await uow.invites.add(invite(village, "t1"), by=None, at=NOW)
        assert first is not None
        assert await uow.invites.add(invite(village, "t2"), by=None, at=NOW) is None
        assert await uow.invites.add(invite(village, "t3", None), by=None, at=NOW) is not None
        await uow.invites.claim(first, NOW)
        again = await uow.invites.add(invite(village, "t4"), by=None, at=NOW)
        found = await uow.invites.by_code("123456")
        assert found is not None
        assert found.id == again


async def test_a_code_that_was_used_is_remembered_as_used(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for token in ("t1", "t2"):
            number = await uow.invites.add(invite(village, token), by=None, at=NOW)
            assert number is not None
            await uow.invites.claim(number, NOW)
        found = await uow.invites.by_code("123456")
        assert found is not None
        assert (found.id, found.claimed_at) == (number, NOW)


async def test_a_newer_invite_takes_the_place_of_the_older(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        old = await uow.invites.add(invite(village, "t1"), by=None, at=NOW)
        assert old is not None
        await uow.invites.withdraw_for(village.lan, NOW)
        assert await uow.invites.claim(old, NOW) is False
        assert await uow.invites.add(invite(village, "t2"), by=None, at=NOW) is not None


async def test_yesterdays_codes_are_free_again_and_their_links_live_on(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.invites.add(invite(village, "t1"), by=None, at=NOW)
        await uow.invites.retire_codes(TOMORROW - minutes(1))
        assert await uow.invites.by_code("123456") is not None
        await uow.invites.retire_codes(TOMORROW)
        assert await uow.invites.by_code("123456") is None
        link = await uow.invites.by_token("t1")
        assert link is not None
        assert link.withdrawn_at is None


async def test_an_invite_to_a_place_keeps_the_place(database: Database, village: Village) -> None:
    places = (
        ActorPlace("Minh", ActorRole.VOLUNTEER, communes=(CommuneId(1), CommuneId(2))),
        ActorPlace("Hoa", ActorRole.HEALTH_WORKER, facility=FacilityId(3)),
    )
    async with database.begin() as uow:
        for number, place in enumerate(places):
            new = replace(invite(village, f"t{number}", None), caregiver=None, actor_place=place)
            await uow.invites.add(new, by=None, at=NOW)
            found = await uow.invites.by_token(f"t{number}")
            assert found is not None
            assert (found.actor_place, found.caregiver) == (place, None)


async def test_guesses_are_counted_for_each_chat(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        for at in (NOW, TOMORROW):
            await uow.invites.note_try(village.chat, at)
        assert await uow.invites.tries_since(village.chat, NOW) == 2
        assert await uow.invites.tries_since(village.chat, NOW + minutes(1)) == 1
        assert await uow.invites.tries_since((await arrive(uow, "binh")).id, NOW) == 0


async def test_a_number_that_two_chats_share_is_nobodys(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        binh = await arrive(uow, "binh")
        for _ in range(2):
            await uow.invites.request(village.chat, "77", at=NOW, expires_at=TOMORROW)
        assert await uow.invites.requester("77", NOW) == village.chat
        assert await uow.invites.requester("77", TOMORROW) is None
        await uow.invites.request(binh.id, "77", at=NOW, expires_at=TOMORROW)
        assert await uow.invites.requester("77", NOW) is None
        await uow.invites.close_request("77", NOW)
        await uow.invites.request(village.chat, "77", at=NOW, expires_at=TOMORROW)
        assert await uow.invites.requester("77", NOW) == village.chat
        assert await uow.invites.requester("78", NOW) is None


async def test_a_draft_is_kept_answer_by_answer(database: Database, village: Village) -> None:
    draft = Draft("enrolment", 1, {"role": "mother", "phone": None}, None, NOW)
    longer = replace(draft, answers={**draft.answers, "stage": "born"}, about=7, updated_at=NOW + minutes(1))
    other = replace(draft, form="inviting", updated_at=NOW + minutes(2))
    async with database.begin() as uow:
        assert await uow.drafts.latest(village.chat) is None
        for kept in (draft, longer, other):
            await uow.drafts.keep(village.chat, kept)
        assert await uow.drafts.find(village.chat, "enrolment") == longer
        assert list(longer.answers) == ["role", "phone", "stage"]
        assert await uow.drafts.latest(village.chat) == other
        await uow.drafts.drop(village.chat, "inviting")
        assert await uow.drafts.latest(village.chat) == longer
        assert await uow.drafts.find(village.chat, "inviting") is None


async def test_each_draft_has_a_stamp_that_none_had_before(database: Database, village: Village) -> None:
    draft = Draft("enrolment", 1, {}, None, NOW)
    async with database.begin() as uow:
        first = await uow.drafts.begin(village.chat, draft)
        second = await uow.drafts.begin(village.chat, draft)
        await uow.drafts.keep(village.chat, replace(second, answers={"role": "mother"}))
        corrected = await uow.drafts.find(village.chat, "enrolment")
        await uow.drafts.drop(village.chat, "enrolment")
        third = await uow.drafts.begin(village.chat, draft)
    assert corrected is not None
    assert 0 < first.stamp < second.stamp == corrected.stamp < third.stamp
