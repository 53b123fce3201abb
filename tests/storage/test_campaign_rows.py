"""A campaign of the station's staff, from its draft to its end: Thu writes it, Minh approves it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.campaigns.campaign import Campaign, CampaignAnswer, CampaignContent, CampaignState, Missing, YearlyDay
from domain.campaigns.segment import Segment
from domain.identifiers import ActorId, CampaignId
from domain.invite import ActorPlace
from domain.message import Media, MediaKind
from domain.people import ActorRole
from domain.reader import Role
from services.ports import UnitOfWork
from services.ports.campaigns import Progress
from storage.engine import Database
from tests.storage.village import NOW, Village

CONTENT = CampaignContent(
    texts={"vi": "Ngày mai trạm mở cửa.", "zh-Hans": "明天门诊开放。"},
    answers=(
        CampaignAnswer({"vi": "Tôi sẽ đến", "zh-Hans": "我会来"}),
        CampaignAnswer({"vi": "Không", "zh-Hans": "不"}),
    ),
    media=Media(MediaKind.PHOTO, "ab" * 32),
    missing=Missing.LEFT_OUT,
)


async def add_thu(uow: UnitOfWork) -> ActorId:
    return await uow.people.add_actor(ActorPlace("Thu", ActorRole.STAFF), by=None, at=NOW)


def draft(author: ActorId) -> Campaign:
    return Campaign(
        CampaignId(0), author, NOW, title="Vitamin A", content=CONTENT, repeats=(YearlyDay(6, 1), YearlyDay(12, 1))
    )


async def added(uow: UnitOfWork, author: ActorId) -> Campaign:
    found = await uow.campaigns.find(await uow.campaigns.add(draft(author)))
    assert found is not None
    return found


async def now_is(uow: UnitOfWork, campaign: Campaign) -> Campaign:
    found = await uow.campaigns.find(campaign.id)
    assert found is not None
    return found


async def moved(uow: UnitOfWork, campaign: Campaign, *states: CampaignState) -> Campaign:
    for state in states:
        assert await uow.campaigns.change_state(campaign, state, at=NOW)
        campaign = await now_is(uow, campaign)
    return campaign


async def test_a_campaign_comes_back_as_it_was_written(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu = await add_thu(uow)
        kept = await added(uow, thu)
        assert kept == replace(draft(thu), id=kept.id)
        assert await uow.campaigns.find(CampaignId(99)) is None
        assert await uow.campaigns.several([]) == {}
        assert await uow.campaigns.several([kept.id, CampaignId(99)]) == {kept.id: kept}


async def test_a_draft_takes_every_change_and_nothing_changes_it_later(database: Database, village: Village) -> None:
    segment = Segment(age_from=6, age_to=36, roles=frozenset({Role.GRANDMOTHER}), languages=frozenset({"vi"}))
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        other = CampaignContent(texts={"vi": "Chào mẹ"})
        changed = replace(first, title="Sởi", segment=segment, content=other, send_from=NOW, lives=timedelta(hours=5))
        assert await uow.campaigns.keep_draft(changed)
        assert await now_is(uow, first) == changed
        submitted = await moved(uow, changed, CampaignState.SUBMITTED)
        assert not await uow.campaigns.keep_draft(replace(submitted, title="Too late"))
        assert (await now_is(uow, first)).title == "Sởi"


async def test_a_state_changes_once_for_two_who_tap_at_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        assert await uow.campaigns.change_state(first, CampaignState.SUBMITTED, at=NOW)
        assert not await uow.campaigns.change_state(first, CampaignState.SUBMITTED, at=NOW)


async def test_minh_approves_what_thu_wrote_and_only_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        assert not await uow.campaigns.approve(first.id, by=village.minh, at=NOW)
        await moved(uow, first, CampaignState.SUBMITTED)
        assert await uow.campaigns.approve(first.id, by=village.minh, at=NOW)
        assert not await uow.campaigns.approve(first.id, by=village.minh, at=NOW)
        approved = await now_is(uow, first)
        assert (approved.state, approved.approved_by, approved.approved_at) == (
            CampaignState.APPROVED,
            village.minh,
            NOW,
        )


async def test_the_database_itself_refuses_the_author(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu = await add_thu(uow)
        first = await moved(uow, await added(uow, thu), CampaignState.SUBMITTED)
    with pytest.raises(IntegrityError):
        async with database.begin() as uow:
            await uow.campaigns.approve(first.id, by=thu, at=NOW)
    async with database.look() as uow:
        assert (await now_is(uow, first)).state is CampaignState.SUBMITTED


async def test_a_pause_goes_back_to_where_it_came_from(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await moved(uow, await added(uow, await add_thu(uow)), CampaignState.APPROVED, CampaignState.CANARY)
        assert first.started_at == NOW
        paused = await moved(uow, first, CampaignState.PAUSED)
        assert paused.before_pause is CampaignState.CANARY
        assert await uow.campaigns.change_state(paused, CampaignState.CANARY, at=NOW + timedelta(hours=1))
        on_again = await now_is(uow, first)
        assert (on_again.before_pause, on_again.started_at, on_again.ended_at) == (None, NOW, None)
        assert (await moved(uow, on_again, CampaignState.RUNNING, CampaignState.DONE)).started_at == NOW


async def test_a_campaign_is_under_way_from_its_approval_until_everybody_was_told(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        first = await moved(uow, await added(uow, await add_thu(uow)), CampaignState.SUBMITTED)
        assert await uow.campaigns.unended() == []
        await uow.campaigns.approve(first.id, by=village.minh, at=NOW)
        assert [one.id for one in await uow.campaigns.unended()] == [first.id]
        assert await uow.campaigns.mark_ended(first.id, NOW)
        assert not await uow.campaigns.mark_ended(first.id, NOW)
        assert await uow.campaigns.unended() == []
        assert await uow.campaigns.mark_withdrawn(first.id, NOW)
        assert [one.ended_at for one in await uow.campaigns.unended()] == [None]


async def test_of_two_processes_one_tells_how_far_it_is(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        assert await uow.campaigns.progress(first.id) == Progress()
        told = Progress(1, "canary:40:False", NOW)
        assert await uow.campaigns.keep_progress(first.id, told, before=0)
        assert not await uow.campaigns.keep_progress(first.id, Progress(1, "canary:41:False", NOW), before=0)
        assert await uow.campaigns.progress(first.id) == told


async def test_a_campaign_that_is_sent_back_is_approved_by_nobody(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await moved(uow, await added(uow, await add_thu(uow)), CampaignState.SUBMITTED)
        await uow.campaigns.approve(first.id, by=village.minh, at=NOW)
        back = await moved(uow, await now_is(uow, first), CampaignState.DRAFT)
        assert (back.approved_by, back.approved_at) == (None, None)


async def test_the_newest_come_first_and_the_older_ones_on_the_next_page(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        thu = await add_thu(uow)
        one, two, three = [await uow.campaigns.add(draft(thu)) for _ in range(3)]
        assert [each.id for each in await uow.campaigns.newest(limit=2)] == [three, two]
        assert [each.id for each in await uow.campaigns.newest(limit=2, after=two)] == [one]
        await moved(uow, await now_is(uow, replace(draft(thu), id=two)), CampaignState.SUBMITTED)
        assert [each.id for each in await uow.campaigns.in_states([CampaignState.DRAFT])] == [one, three]
        assert await uow.campaigns.in_states([CampaignState.DONE]) == []


async def test_of_two_who_correct_the_same_words_one_is_told_so(database: Database, village: Village) -> None:
    better = replace(CONTENT, texts={"vi": "Thứ Ba trạm mở cửa."})
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        assert await uow.campaigns.correct(first.id, better, revision=0)
        assert not await uow.campaigns.correct(first.id, CONTENT, revision=0)
        corrected = await now_is(uow, first)
        assert (corrected.revision, corrected.content) == (1, better)


async def test_it_is_taken_back_once_and_broken_texts_are_counted(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        assert await uow.campaigns.mark_withdrawn(first.id, NOW)
        assert not await uow.campaigns.mark_withdrawn(first.id, NOW)
        assert [await uow.campaigns.note_broken(first.id) for _ in range(3)] == [1, 2, 3]
        assert (await now_is(uow, first)).broken == 3


async def test_a_campaign_of_every_year_knows_that_it_was_repeated(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        assert not await uow.campaigns.repeated_since(first.id, NOW)
        again = replace(draft(first.author), repeats=(), repeats_of=first.id)
        found = await now_is(uow, replace(again, id=await uow.campaigns.add(again)))
        assert found.repeats_of == first.id
        assert await uow.campaigns.repeated_since(first.id, NOW)
        assert not await uow.campaigns.repeated_since(first.id, NOW + timedelta(days=1))


async def test_lans_last_tap_is_her_answer(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        first = await added(uow, await add_thu(uow))
        for place in (0, 1):
            await uow.campaigns.answer(first.id, village.lan, place=place, at=NOW)
        assert (await uow.campaigns.tally(first.id, NOW)).answers == {1: 1}
