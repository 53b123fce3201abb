"""In the evening after a visit: the words of that visit, and every danger sign that the general words would name."""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from content.library import ROOT
from content.scheduled_visits import read_visits
from content.schedules.care_loading import load_care_plans
from content.schedules.loading import load_schedules
from content.visit_texts import read_signs
from domain.aftercare import Advice, AftercareOccasion, Answer, Watch, advice_for, is_young
from domain.calendar import add_months
from domain.identifiers import CaregiverId, ChildId, OutboxId
from domain.message import OutgoingMessage, Text
from domain.people import Caregiver
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxRow, PlannedMessage
from domain.sending.retry import Delivered
from domain.sex import Sex
from domain.visit_texts import NO_VISIT_TEXTS
from services.ports import UnitOfWork
from services.ports.care import CareDone
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.programme import Programme
from services.turn import Work
from services.visits.aftercare.own_advice import with_own_advice
from storage.engine import Database, open_database
from tests.fakes.databases import migrated_sqlite
from tests.fakes.sending import claim_due, record_result
from tests.fakes.visit_words import Approved, english, visit_texts
from tests.services.aftercare_home import DAY, add_twin, at, give, later, programme
from tests.storage.sessions import consents
from tests.storage.village import Village, settle

__all__ = ["migrated_sqlite"]
WORDED = replace(programme(), visit_texts=visit_texts())
SIGNS = read_signs(read_visits(ROOT)[0])
VACCINES = load_schedules()["vn-epi"].vaccines
GIVEN = ("HEPB0", "BCG", "PENTA", "HEXA", "OPV", "IPV", "ROTA2", "PCV", "MEASLES", "MR", "DPT", "JE_INACT")
EARLIER = (("PENTA", 2), ("OPV", 2), ("PENTA", 3), ("OPV", 3), ("PENTA", 4), ("OPV", 4), ("IPV", 5), ("MEASLES", 9))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def database(migrated_sqlite: Path, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Database]:
    opened = open_database(f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'cradle.db')}")
    yield opened
    await opened.close()


@pytest.fixture
async def village(database: Database) -> Village:
    settled = await settle(database)
    async with database.begin() as uow:
        await consents(uow, settled.lan)
    return settled


async def evening(database: Database, known: Programme = WORDED, *, day: date = DAY) -> list[OutgoingMessage]:
    """What leaves in the evening of the day."""
    moment, left = at(19, 59, day=day), []
    while (batch := await claim_due(database, known, moment)).handled:
        for ready in batch.ready:
            await record_result(database, ready, Delivered("1"), moment=moment)
            left.append(ready.message)
    return [one for one in left if one.body.key.startswith("after.")]


def advice(message: OutgoingMessage) -> Text:
    found = message.body.values["advice"]
    assert isinstance(found, Text)
    return found


async def test_the_evening_after_ans_two_month_visit_has_its_own_words(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", "OPV", moment=at(9))
    (message,) = await evening(database)
    assert message.body.key == "after.evening"
    assert advice(message) == Text("visits.vn.month02.aftercare")
    assert message.body.values["in_danger"] == Text("after.in_danger.number")


async def test_the_day_after_is_asked_about_in_the_general_words(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
    await evening(database)
    (message,) = await evening(database, day=later(1))
    assert (message.body.key, advice(message)) == ("after.next_day", Text("aftercare.next_day"))


async def test_a_dose_that_is_recorded_later_that_day_counts_for_the_words(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await give(uow, village, "IPV", moment=at(9))
        await give(uow, village, "PENTA", moment=at(17))
    (message,) = await evening(database)
    assert advice(message) == Text("visits.vn.month02.aftercare")


async def test_the_second_dose_is_the_next_visit_s(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        elder = await add_twin(uow, village, born=add_months(DAY, -3))
        given = Vaccination(elder, "PENTA", later(-30), VaccinationSource.RECORD)
        await uow.visits.record([given], at=at(9).now)
        await give(uow, village, "PENTA", moment=at(9), child=elder)
    (message,) = await evening(database)
    assert advice(message) == Text("visits.vn.month03.aftercare")


async def test_drops_alone_and_the_first_two_months_keep_signs_of_their_own(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        await give(uow, village, "OPV", moment=at(9))
        newborn = await add_twin(uow, village, born=later(-30))
        await give(uow, village, "PENTA", moment=at(9), child=newborn)
    said = {advice(message).key for message in await evening(database)}
    assert said == {"aftercare.drops", "aftercare.first_weeks"}


async def test_a_newborn_s_visit_has_its_own_words_for_they_name_every_sign(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        newborn = await add_twin(uow, village, born=DAY)
        await give(uow, village, "BCG", "HEPB0", moment=at(9), child=newborn)
    (message,) = await evening(database)
    assert advice(message) == Text("visits.vn.birth.aftercare")


async def test_twins_who_were_given_alike_share_the_words_of_the_youngest_visit(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        twin = await add_twin(uow, village)
        await give(uow, village, "IPV", moment=at(9))
        await give(uow, village, "PENTA", moment=at(9), child=twin)
    (message,) = await evening(database)
    assert advice(message) == Text("visits.vn.month02.aftercare")


async def test_a_sign_that_the_words_leave_out_stands_below_them(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await give(uow, village, "MEASLES", moment=at(9))
    (message,) = await evening(database)
    line = Text("after.sign_line", {"sign": Text("after.choice.crying")})
    assert advice(message) == Text("after.and_signs", {"advice": Text("visits.vn.month09.aftercare"), "signs": (line,)})


async def test_who_catches_up_years_later_is_not_told_of_a_small_baby(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        elder = await add_twin(uow, village, born=add_months(DAY, -37))
        await give(uow, village, "PENTA", moment=at(9), child=elder)
    (message,) = await evening(database)
    assert advice(message) == Text("aftercare.injection")


async def test_who_catches_up_at_a_check_up_has_the_words_of_the_check_up(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        elder = await add_twin(uow, village, born=add_months(DAY, -37))
        await give(uow, village, "PENTA", moment=at(9), child=elder)
        seen = CareDone("checkup_3_years", DAY, VaccinationSource.RECORD, child=elder)
        await uow.care.note_done([seen], at=at(9).now)
    (message,) = await evening(database, replace(WORDED, care_plans=tuple(load_care_plans().values())))
    line = Text("after.sign_line", {"sign": Text("after.choice.crying")})
    assert advice(message) == Text("after.and_signs", {"advice": Text("visits.vn.year03.aftercare"), "signs": (line,)})


@pytest.mark.parametrize(
    "known",
    [
        replace(WORDED, visit_texts=NO_VISIT_TEXTS),
        replace(WORDED, visit_texts=visit_texts("zh")),
        replace(WORDED, visit_texts=visit_texts(without={"visits.vn.month02.aftercare"})),
        replace(WORDED, forecasters={}),
    ],
)
async def test_without_words_in_her_language_the_general_ones_stay(
    database: Database, village: Village, known: Programme
) -> None:
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
    (message,) = await evening(database, known)
    assert advice(message) == Text("aftercare.injection")


async def test_words_that_nobody_approved_leave_the_general_ones_in_place(database: Database, village: Village) -> None:
    strict = replace(WORDED, rehearsal=False, approvals=Approved("aftercare.injection"))
    async with database.begin() as uow:
        await give(uow, village, "PENTA", moment=at(9))
        planned = row(village.lan, village.an, Advice.INJECTION)
        said = await with_own_advice(Work(uow, strict, at(19)), planned, await lan(uow, village))
        assert advice(said) == Text("aftercare.injection")
        both = replace(strict, approvals=Approved("aftercare.injection", "visits.vn.month02.aftercare"))
        said = await with_own_advice(Work(uow, both, at(19)), planned, await lan(uow, village))
        assert advice(said) == Text("visits.vn.month02.aftercare")


async def lan(uow: UnitOfWork, village: Village) -> Caregiver:
    found = await uow.families.caregiver(village.lan)
    assert found is not None
    return found


def row(caregiver: CaregiverId, child: ChildId, general: Advice, on: date = DAY) -> OutboxRow:
    """The question of the evening as it was planned."""
    occasion = AftercareOccasion((child,), on, Watch.EVENING, general)
    message = OutgoingMessage(Text("after.evening", {"advice": Text(general.key)}))
    planned = PlannedMessage(Lane.VISIT, message, str(occasion), at(18).now, at(23).now, caregiver, subjects=(child,))
    return OutboxRow(OutboxId(1), planned, 0)


def named_in(found: Text) -> set[Answer]:
    """The danger signs that such advice names."""
    if found.key == "after.and_signs":
        inner, lines = found.values["advice"], found.values["signs"]
        assert isinstance(inner, Text)
        assert isinstance(lines, tuple)
        added = {sign for sign in Answer for line in lines if f"'after.choice.{sign}'" in str(line)}
        assert added
        return named_in(inner) | added
    general = next((one for one in Advice if one.key == found.key), None)
    if general is not None:
        return {sign.answer for sign in SIGNS if general in sign.of}
    return {sign.answer for sign in SIGNS if sign.is_named_in(english(found.key))}


async def given_to_somebody(
    uow: UnitOfWork, village: Village, born: date, doses: Sequence[tuple[str, date]]
) -> tuple[Caregiver, ChildId]:
    """A caregiver of her own with a child who got these."""
    caregiver = await uow.families.add_caregiver(village.family, Role.MOTHER, "vi", None)
    child = await uow.families.add_child(village.family, village.station, NewChild("An", born, Sex.FEMALE))
    await uow.families.add_care(caregiver, Role.MOTHER, child=child)
    told = [Vaccination(child, vaccine, on, VaccinationSource.RECORD) for vaccine, on in doses]
    await uow.visits.record(told, at=at(9).now)
    found = await uow.families.caregiver(caregiver)
    assert found is not None
    return found, child


@pytest.mark.parametrize("months", [0, 1, 2, 9, 18])
async def test_whatever_was_given_every_sign_that_was_named_before_is_still_named(
    database: Database, village: Village, months: int
) -> None:
    born = add_months(DAY, -months)
    before = [(vaccine, add_months(born, age)) for vaccine, age in EARLIER if age < months and months == 18]
    own = set()
    async with database.begin() as uow:
        for vaccines in [*combinations(GIVEN, 1), *combinations(GIVEN, 2), GIVEN]:
            doses = [*before, *((vaccine, DAY) for vaccine in vaccines)]
            caregiver, child = await given_to_somebody(uow, village, born, doses)
            known = [VACCINES[vaccine] for vaccine in vaccines]
            general = advice_for(Watch.EVENING, known, young=is_young(born, DAY))
            planned = row(caregiver.id, child, general)
            said = advice(await with_own_advice(Work(uow, WORDED, at(19)), planned, caregiver))
            assert named_in(Text(general.key)) <= named_in(said), (vaccines, said)
            own.add(said.key)
    assert own & {"after.and_signs", "visits.vn.birth.aftercare", "visits.vn.month02.aftercare"}
