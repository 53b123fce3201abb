"""A campaign from draft to end: approved by a second person, to a few first, held, halted, corrected, withdrawn."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.campaigns.campaign import Campaign, CampaignState, Missing, YearlyDay
from domain.identifiers import CampaignId
from domain.sending.retry import Gone, Rejected
from services.access import Refused
from services.campaigns.advance import advance_campaigns
from services.campaigns.answer_campaign import answer_campaign
from services.campaigns.approve import ChangedMeanwhile, OwnCampaign, approve, submit, take_back
from services.campaigns.change_delivered import correct, withdraw
from services.campaigns.check_campaign import Check, check_campaign
from services.campaigns.draft import choose_missing, repeat_yearly, write_label, write_text
from services.campaigns.find_campaigns import Move, show_campaign
from services.campaigns.repeat import repeat_campaigns
from services.campaigns.steer import cancel, pause, resume
from storage.engine import Database
from tests.storage.health_department import CAMPAIGNING, WORDS, Department, add_mother, add_mothers, open_department
from tests.storage.village import NOW, Village, arrive

MOTHERS = 45


@pytest.fixture
async def department(database: Database, village: Village) -> Department:
    await add_mothers(database, village, MOTHERS)
    return await open_department(database)


async def test_twenty_get_it_first_then_everybody_and_nobody_twice(department: Department) -> None:
    number = await department.approved()
    await department.step()
    assert len(department.phones.of_families()) == 20
    assert (await department.find(number)).state is CampaignState.CANARY
    await department.step()
    await department.step()
    assert Counter(chat for chat, _text in department.phones.of_families()) == {
        f"mother-{one}": 1 for one in range(MOTHERS)
    }
    assert {text for _chat, text in department.phones.of_families()} == {WORDS}
    assert (await department.find(number)).state is CampaignState.DONE


async def test_started_by_two_processes_at_once_it_is_sent_once(department: Department) -> None:
    await department.approved()
    for _step in range(4):
        await advance_campaigns(department.database, CAMPAIGNING, department.moment())
        await department.step()
    assert len(department.phones.of_families()) == MOTHERS


async def test_its_author_cannot_approve_it(department: Department) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        thu = await department.turn(uow, "thu")
        submitted = await submit(thu, number)
        assert isinstance(submitted, Campaign)
        assert isinstance(await approve(thu, number, seen=submitted.revision), OwnCampaign)
    await department.step()
    assert department.phones.of_families() == []


async def test_what_was_changed_since_she_looked_is_not_approved(department: Department) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        thu = await department.turn(uow, "thu")
        seen = await submit(thu, number)
        assert isinstance(seen, Campaign)
        await take_back(thu, number)
        await write_text(thu, number, "vi", "Ngày kia mới có vitamin A.")
        await submit(thu, number)
        quang = await department.turn(uow, "quang")
        assert isinstance(await approve(quang, number, seen=seen.revision), ChangedMeanwhile)


async def test_nobody_but_its_author_writes_in_a_draft_and_no_volunteer_sees_it(
    department: Department, village: Village
) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        with pytest.raises(Refused):
            await write_text(await department.turn(uow, "quang"), number, "vi", "Khác")
        with pytest.raises(Refused):
            await show_campaign(await department.turn(uow, "lan"), number)
    assert village.minh


async def test_the_author_is_told_how_far_it_is_in_one_message_that_changes(department: Department) -> None:
    await department.sent_whole()
    to_thu = [text for chat, text in department.phones.said if chat == "thu"]
    assert to_thu.count("campaign.progress") >= 2
    assert department.phones.of_families()


async def test_paused_in_the_middle_nothing_leaves_and_it_goes_on_where_it_was(department: Department) -> None:
    number = await department.approved()
    await department.step()
    await steer(department, pause, number)
    await department.step()
    await department.step()
    assert len(department.phones.of_families()) == 20
    await steer(department, resume, number)
    for _step in range(4):
        await department.step()
    assert len(department.phones.of_families()) == MOTHERS
    assert (await department.find(number)).state is CampaignState.DONE


async def test_rows_that_wait_when_it_is_paused_are_held_and_released(department: Department) -> None:
    number = await department.approved()
    await department.step()
    await advance_campaigns(department.database, CAMPAIGNING, department.moment())
    await steer(department, pause, number)
    await department.step()
    assert len(department.phones.of_families()) == 20
    await steer(department, resume, number)
    for _step in range(3):
        await department.step()
    assert len(department.phones.of_families()) == MOTHERS


async def test_cancelled_in_the_middle_the_others_never_get_it(department: Department) -> None:
    number = await department.approved()
    await department.step()
    await advance_campaigns(department.database, CAMPAIGNING, department.moment())
    await steer(department, cancel, number)
    for _step in range(4):
        await department.step()
    assert len(department.phones.of_families()) == 20
    assert (await department.find(number)).ended_at is not None
    async with department.database.begin() as uow:
        assert await resume(await department.turn(uow, "thu"), number) is None


async def test_after_the_third_text_that_the_channel_refuses_it_stops(department: Department) -> None:
    number = await department.approved()
    department.phones.answers = [Rejected("can't parse entities")] * 100
    for _step in range(3):
        await department.step()
    department.phones.answers = []
    for _step in range(3):
        await department.step()
    halted = await department.find(number)
    assert halted.state is CampaignState.HALTED
    assert 3 <= halted.broken <= 20
    assert department.phones.of_families() == []
    assert ("thu", "campaign.halted_told") in department.phones.said


async def test_a_correction_is_edited_in_place_and_reaches_those_who_still_wait(department: Department) -> None:
    number = await department.approved()
    await department.step()
    async with department.database.begin() as uow:
        corrected = await correct(await department.turn(uow, "thu"), number, "vi", "Ngày kia, không phải mai.")
    assert corrected is not None
    assert corrected.messages == 20
    for _step in range(3):
        await department.step()
    edits = [text for what, _chat, text in department.phones.changed if what == "correct"]
    assert edits == ["Ngày kia, không phải mai."] * 20
    later = [text for _chat, text in department.phones.of_families()][20:]
    assert set(later) == {"Ngày kia, không phải mai."}
    assert len(later) == MOTHERS - 20


async def test_withdrawn_it_is_deleted_where_the_channel_still_does_so_and_both_are_counted(
    department: Department,
) -> None:
    number = await department.approved()
    await department.step()
    department.wait(timedelta(hours=49))
    await department.step()
    await department.step()
    async with department.database.begin() as uow:
        withdrawn = await withdraw(await department.turn(uow, "thu"), number)
    assert withdrawn is not None
    assert (withdrawn.messages, withdrawn.too_old) == (MOTHERS - 20, 20)
    department.phones.answers = [Gone("message to delete not found")]
    for _step in range(3):
        await department.step()
    assert len({chat for what, chat, _text in department.phones.changed if what == "take_back"}) == MOTHERS - 20
    async with department.database.look() as uow:
        tally = await uow.campaigns.tally(number, department.now)
    assert (tally.withdrawn, tally.out_of_reach) == (MOTHERS - 20 - 1, 1)
    async with department.database.begin() as uow:
        assert await withdraw(await department.turn(uow, "thu"), number) is None


async def test_who_lost_a_child_or_stopped_since_it_was_planned_gets_nothing(
    department: Department, village: Village
) -> None:
    async with department.database.begin() as uow:
        lost = await add_mother(uow, village, "lost")
        stopped = await add_mother(uow, village, "stopped")
    await department.approved()
    await advance_campaigns(department.database, CAMPAIGNING, department.moment())
    async with department.database.begin() as uow:
        await uow.lives.bereave(lost, NOW)
        await uow.families.stop_caregiver(stopped, NOW)
    for _step in range(4):
        await department.step()
    assert not {"lost", "stopped"} & {chat for chat, _text in department.phones.of_families()}
    assert len(department.phones.of_families()) == MOTHERS


async def test_who_reads_another_language_is_told_of_before_it_is_sent(
    department: Department, village: Village
) -> None:
    async with department.database.begin() as uow:
        await add_mother(uow, village, "wang", language="zh")
    number = await department.written()
    async with department.database.begin() as uow:
        thu = await department.turn(uow, "thu")
        check = await check_campaign(thu, number)
        assert check is not None
        assert check.reach.recipients == MOTHERS
        assert [(tag, one.people, one.instead) for tag, one in check.unwritten.items()] == [("zh", 1, None)]
        await write_text(thu, number, "en", "Vitamin A is given tomorrow.")
        check = await check_campaign(thu, number)
        assert check is not None
        assert (check.reach.recipients, check.unwritten["zh"].instead) == (MOTHERS + 1, "en")
        await choose_missing(thu, number, Missing.LEFT_OUT)
        check = await check_campaign(thu, number)
        assert check is not None
        assert (check.reach.recipients, check.unwritten["zh"].instead) == (MOTHERS, None)


async def test_without_a_text_it_cannot_be_submitted(department: Department) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        thu = await department.turn(uow, "thu")
        await write_label(thu, number, 0, "zh", "好")
        check = await submit(thu, number)
    assert isinstance(check, Check)
    assert [one.key for one in check.problems] == ["campaign.problem.no_text", "campaign.problem.label_missing"]


async def test_an_answer_counts_once_and_only_from_one_who_was_asked(department: Department, village: Village) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        thu = await department.turn(uow, "thu")
        await write_label(thu, number, 0, "vi", "Có")
        await write_label(thu, number, 1, "vi", "Không")
        submitted = await submit(thu, number)
        assert isinstance(submitted, Campaign)
        await approve(await department.turn(uow, "quang"), number, seen=submitted.revision)
    for _step in range(3):
        await department.step()
    async with department.database.begin() as uow:
        mother = await department.turn(uow, "mother-3")
        own = mother.speaker.caregivers[0].id
        assert (await answered(mother, own, number, 0), await answered(mother, own, number, 1)) == ("Có", "Không")
        with pytest.raises(Refused):
            await answer_campaign(await department.turn(uow, "mother-4"), own, number, 0)
        with pytest.raises(Refused):
            await answer_campaign(await department.turn(uow, "lan"), village.lan, number, 0)
        tally = await uow.campaigns.tally(number, department.now)
    assert tally.answers == {1: 1}


async def test_each_year_it_begins_again_some_days_before_and_those_concerned_hear_of_it(
    department: Department,
) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        thu = await department.turn(uow, "thu")
        await repeat_yearly(thu, number, (YearlyDay(6, 1), YearlyDay(12, 1)))
        submitted = await submit(thu, number)
        assert isinstance(submitted, Campaign)
        await approve(await department.turn(uow, "quang"), number, seen=submitted.revision)
    for _step in range(4):
        await department.step()
    department.now = NOW.replace(year=2027, month=5, day=27)
    assert await repeat_campaigns(department.database, CAMPAIGNING, department.moment()) == 0
    department.now = NOW.replace(year=2027, month=5, day=29)
    assert await repeat_campaigns(department.database, CAMPAIGNING, department.moment()) == 1
    assert await repeat_campaigns(department.database, CAMPAIGNING, department.moment()) == 0
    await department.step()
    before = len(department.phones.of_families())
    department.now = NOW.replace(year=2027, month=6, day=1)
    async with department.database.begin() as uow:  # who has been silent for half a year would have to say who reads
        for one in range(MOTHERS):
            await arrive(uow, f"mother-{one}", department.now)
    for _step in range(4):
        await department.step()
    assert len(department.phones.of_families()) == before + MOTHERS
    assert ("quang", "campaign.repeats_soon") in department.phones.said


async def test_the_page_offers_only_what_can_be_done_now(department: Department) -> None:
    number = await department.written()
    async with department.database.begin() as uow:
        draft = await show_campaign(await department.turn(uow, "thu"), number)
        others = await show_campaign(await department.turn(uow, "quang"), number)
    assert draft is not None
    assert others is not None
    assert Move.SUBMIT in draft.may
    assert others.may == {Move.COPY}


async def steer(department: Department, how: object, number: CampaignId) -> None:
    async with department.database.begin() as uow:
        assert await how(await department.turn(uow, "quang"), number) is not None  # type: ignore[operator]


async def answered(turn: object, own: object, number: CampaignId, place: int) -> str:
    found = await answer_campaign(turn, own, number, place)  # type: ignore[arg-type]
    assert found is not None
    return replace(found).label
