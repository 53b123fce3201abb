"""What Lan made of a message: her latest word counts, what she keeps comes back, and editors see sums only."""

from services.ports.message_marks import MarkCount
from storage.engine import Database
from tests.storage.village import NOW, Village, add_caregiver, minutes

SLEEP, MILK = "sleep.week02.on_the_back", "breastfeeding.week09.enough"


async def test_her_latest_word_counts(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.message_marks.vote(village.lan, SLEEP, helpful=True, at=NOW)
        await uow.message_marks.vote(village.lan, SLEEP, helpful=False, at=NOW + minutes(1))
        assert await uow.message_marks.count() == [MarkCount(SLEEP, "vi", not_helpful=1)]


async def test_editors_see_how_many_of_each(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village)
        await uow.message_marks.vote(village.lan, SLEEP, helpful=True, at=NOW)
        await uow.message_marks.vote(tuan, SLEEP, helpful=True, at=NOW)
        await uow.message_marks.vote(tuan, MILK, helpful=False, at=NOW)
        await uow.message_marks.keep(village.lan, MILK, NOW)
        assert await uow.message_marks.count() == [
            MarkCount(MILK, "vi", not_helpful=1, kept=1),
            MarkCount(SLEEP, "vi", helpful=2),
        ]


async def test_readers_of_each_language_count_for_themselves(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village)
        await uow.families.change_caregiver(tuan, language="zh")
        await uow.message_marks.answer(village.lan, SLEEP, 2, NOW)
        await uow.message_marks.answer(tuan, SLEEP, 1, NOW)
        await uow.message_marks.vote(tuan, SLEEP, helpful=False, at=NOW)
        assert await uow.message_marks.count() == [
            MarkCount(SLEEP, "vi", answers={2: 1}),
            MarkCount(SLEEP, "zh", not_helpful=1, answers={1: 1}),
        ]


async def test_what_she_keeps_comes_back_the_latest_first_until_she_lets_it_go(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await uow.message_marks.keep(village.lan, SLEEP, NOW)
        await uow.message_marks.keep(village.lan, MILK, NOW + minutes(1))
        assert await uow.message_marks.kept(village.lan) == [MILK, SLEEP]
        await uow.message_marks.keep(village.lan, MILK, None)
        await uow.message_marks.keep(village.lan, "never.kept", None)
        assert await uow.message_marks.kept(village.lan) == [SLEEP]


async def test_a_vote_an_answer_and_a_kept_message_stand_in_one_row(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.message_marks.vote(village.lan, SLEEP, helpful=True, at=NOW)
        await uow.message_marks.answer(village.lan, SLEEP, 2, NOW)
        await uow.message_marks.keep(village.lan, SLEEP, NOW)
        assert await uow.message_marks.count() == [MarkCount(SLEEP, "vi", helpful=1, kept=1, answers={2: 1})]
        assert await uow.message_marks.kept(village.lan) == [SLEEP]
