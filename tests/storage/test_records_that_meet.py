"""Two words about one child meet: a guess and the true day, two reasons against a dose, a nurse's and a family's."""

from dataclasses import replace
from datetime import date, timedelta

from domain.aftercare import Answer, Need, Watch
from domain.vaccination.engine import Exemption
from services.ports.care import NewExemption
from services.ports.reactions import Reaction
from services.ports.visits import Vaccination, VaccinationSource, Withdrawal
from storage.engine import Database
from tests.storage.test_merge_rows import enrol_again, everything, merge
from tests.storage.village import NOW, Village

BORN = date(2026, 10, 1)
TODAY = NOW.date()


async def test_the_true_day_takes_the_place_of_a_guess_that_was_the_same_day(
    database: Database, village: Village
) -> None:
    """ "All up to now" guesses BCG at birth; the card then says that it was at birth indeed."""
    known = Vaccination(village.an, "BCG", BORN, VaccinationSource.CARD)
    async with database.begin() as uow:
        assert await uow.visits.record([replace(known, date_known=False)], at=NOW, actor=village.minh) == 1
        assert await uow.visits.record([known], at=NOW + timedelta(hours=1), actor=village.minh) == 1
        assert await uow.visits.vaccinations_of([village.an]) == {village.an: [known]}
        guess, true = await uow.visits.history_of(village.an)
        assert (guess.withdrawn_as, true.withdrawn_at) == (Withdrawal.CORRECTED, None)
        assert await uow.visits.record([known], at=NOW) == 0


async def test_a_guess_takes_nothing_from_a_day_that_is_known(database: Database, village: Village) -> None:
    known = Vaccination(village.an, "BCG", BORN, VaccinationSource.CARD)
    async with database.begin() as uow:
        await uow.visits.record([known], at=NOW)
        assert await uow.visits.record([replace(known, date_known=False)], at=NOW) == 0
        assert await uow.visits.vaccinations_of([village.an]) == {village.an: [known]}


async def test_what_must_not_be_given_by_one_file_must_not_be_given_after_a_merge(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        for child, kind in ((again[2], Exemption.CONTRAINDICATED), (village.an, Exemption.REFUSED)):
            await uow.care.exempt(NewExemption(child, "bcg", kind), at=NOW, actor=village.minh)
    before = await everything(database)
    number = await merge(database, village, again)
    async with database.begin() as uow:
        assert await uow.care.exemptions_of([village.an], TODAY) == {village.an: {"bcg": Exemption.CONTRAINDICATED}}
        kept = await uow.merges.merge(number)
        assert kept is not None
        await uow.merges.undo(kept, by=village.minh, at=NOW)
    assert await everything(database) == before


async def test_the_same_reason_in_two_files_stands_once(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        for child in (again[2], village.an):
            await uow.care.exempt(NewExemption(child, "bcg", Exemption.IMMUNE), at=NOW, actor=village.minh)
    await merge(database, village, again)
    async with database.begin() as uow:
        assert await uow.care.end_exemption(village.an, "bcg", NOW) == 1


async def test_a_family_takes_back_its_own_word_and_never_the_nurses(database: Database, village: Village) -> None:
    refused = NewExemption(village.an, "bcg", Exemption.REFUSED)
    async with database.begin() as uow:
        await uow.care.exempt(refused, at=NOW, actor=village.minh)
        assert await uow.care.take_back_refusal(village.an, "bcg", NOW) == 0
        await uow.care.exempt(refused, at=NOW, caregiver=village.lan)
        assert await uow.care.take_back_refusal(village.an, "bcg", NOW) == 1
        assert await uow.care.exemptions_of([village.an], TODAY) == {village.an: {}}


async def test_the_true_day_of_one_file_takes_the_place_of_the_guess_of_the_other_until_it_is_undone(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        true = Vaccination(again[2], "BCG", BORN, VaccinationSource.CARD)
        await uow.visits.record([replace(true, child=village.an, date_known=False)], at=NOW, actor=village.minh)
        await uow.visits.record([true], at=NOW, actor=village.minh)
    before = await everything(database)
    number = await merge(database, village, again)
    async with database.begin() as uow:
        (dose,) = (await uow.visits.vaccinations_of([village.an]))[village.an]
        assert dose == replace(true, child=village.an)
        guess = (await uow.visits.history_of(village.an))[0]
        assert guess.withdrawn_as is Withdrawal.CORRECTED
        kept = await uow.merges.merge(number)
        assert kept is not None
        assert (await uow.merges.undo(kept, by=village.minh, at=NOW)).stayed == 0
    assert await everything(database) == before


async def test_a_guess_of_the_other_file_takes_nothing_from_a_true_day(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        true = Vaccination(village.an, "BCG", BORN, VaccinationSource.CARD)
        await uow.visits.record([true], at=NOW, actor=village.minh)
        await uow.visits.record([replace(true, child=again[2], date_known=False)], at=NOW, actor=village.minh)
    await merge(database, village, again)
    async with database.look() as uow:
        assert (await uow.visits.vaccinations_of([village.an]))[village.an] == [true]


async def test_an_alarm_in_either_file_stands_in_the_morning_digest_after_a_merge(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        _family, lan, an = again = await enrol_again(uow, village)
        well = Reaction(village.an, village.lan, village.station, TODAY, Watch.EVENING, Answer.WELL, Need.NOTHING, NOW)
        fit = replace(well, child=an, caregiver=lan, answer=Answer.FIT, need=Need.ALARM)
        fever = replace(fit, watch=Watch.NEXT_DAY, answer=Answer.FEVER, need=Need.MORNING)
        await uow.reactions.note([well, fit, fever])
    before = await everything(database)
    number = await merge(database, village, again)
    async with database.begin() as uow:
        unseen = await uow.reactions.unseen(village.station, since=NOW - timedelta(days=1))
        assert [(one.reaction.child, one.reaction.answer, one.reaction.need) for one in unseen] == [
            (village.an, Answer.FIT, Need.ALARM),
            (village.an, Answer.FEVER, Need.MORNING),
        ]
        kept = await uow.merges.merge(number)
        assert kept is not None
        await uow.merges.undo(kept, by=village.minh, at=NOW)
    assert await everything(database) == before


async def test_an_alarm_of_the_kept_file_is_not_covered_by_a_lighter_word(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        again = await enrol_again(uow, village)
        fit = Reaction(village.an, village.lan, village.station, TODAY, Watch.EVENING, Answer.FIT, Need.ALARM, NOW)
        lighter = replace(fit, child=again[2], caregiver=again[1], answer=Answer.FEVER, need=Need.MORNING)
        await uow.reactions.note([fit, lighter])
    await merge(database, village, again)
    async with database.look() as uow:
        (one,) = await uow.reactions.unseen(village.station, since=NOW - timedelta(days=1))
        assert one.reaction.answer is Answer.FIT
