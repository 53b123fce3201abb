"""After a mother's death, a removal or a dropped task: what is asked of nobody, and who is not made anew."""

from datetime import timedelta

import pytest

from bot.drawing.families import draw_task, draw_task_done
from bot.drawing.privacy import draw_consents
from domain.consent import Consent, ConsentWay, Purpose
from domain.ends import CaregiverEnd, PregnancyEnd
from domain.erasure import TIME_TO_THINK
from domain.forms.adding import ADDING
from domain.forms.birth import BIRTH
from domain.forms.consent_on_paper import CONSENT_ON_PAPER
from domain.identifiers import CaregiverId, PregnancyId
from domain.invite import ActorPlace
from domain.loss import LossOf, Subject
from domain.message import Text
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Role
from domain.sex import Sex
from domain.tasks import TaskKind, TaskOutcome
from domain.tracks import Track
from services.access import Refused, Speaker, anew
from services.enrolment.add_child import add_child
from services.enrolment.list_families import list_families
from services.enrolment.note_outcome import note_task, open_task
from services.family.end_contact import begin_child, begin_pregnancy, end_child, end_pregnancy
from services.family.find_subjects import actor_tells, caregiver_tells, find_subjects
from services.family.tell_birth import BirthTold, tell_birth
from services.family.tell_loss import tell_loss
from services.forms.surroundings import place_value
from services.ports import UnitOfWork
from services.ports.drafts import Draft
from services.ports.families import NewChild
from services.ports.tasks import NewTask
from services.privacy.change_consent import list_consents
from services.privacy.erase_due import erase_due
from services.privacy.record_consent import record_consent
from services.programme import Programme
from services.turn import Turn
from storage.engine import Database
from tests.storage.village import NOW, Village, add_caregiver, arrive

TODAY = NOW.date()
MOMENT = Moment(NOW, NOW)
WITHOUT_MOTHER = frozenset({Track.BEREAVED, Track.MOTHER_ABSENT, Track.REPLACEMENT_FEEDING})


class _NothingApproved:
    def is_approved(self, key: str, language: str) -> bool:
        del key, language
        return False


def _guess(_told: str | None) -> str:
    return "vi"


def _no_phone(_typed: str, _country: str) -> str | None:
    return None


PROGRAMME = Programme((), {}, _NothingApproved(), (), (), _guess, _no_phone, b"x" * 32, rehearsal=True)


async def turn_in(uow: UnitOfWork, chat: str) -> Turn:
    speaker = await anew(uow, Speaker(await arrive(uow, chat), None, ()))
    return Turn(uow, PROGRAMME, MOMENT, speaker, "update:1")


async def turn_of_staff(uow: UnitOfWork) -> Turn:
    thu = await uow.people.add_actor(ActorPlace("Thu", ActorRole.STAFF), by=None, at=NOW)
    await uow.people.link_actor(thu, (await arrive(uow, "thu")).id, NOW)
    return await turn_in(uow, "thu")


async def father_with_chat(uow: UnitOfWork, village: Village, *, joined: bool = True) -> CaregiverId:
    tuan = await add_caregiver(uow, village)
    await uow.families.add_care(tuan, Role.FATHER, child=village.an)
    await uow.people.link_caregiver(tuan, (await arrive(uow, "tuan")).id, NOW)
    if joined:
        await uow.families.join_caregiver(tuan, at=NOW, on=TODAY)
    return tuan


async def mother_dies(turn: Turn, village: Village) -> None:
    teller = await actor_tells(turn, village.family)
    await tell_loss(turn, teller, Subject(LossOf.MOTHER, village.lan))


async def awaits(turn: Turn, village: Village, caregiver: CaregiverId, role: Role) -> PregnancyId:
    pregnancy = await turn.uow.families.add_pregnancy(village.family, village.station, TODAY)
    await turn.uow.families.add_care(caregiver, role, pregnancy=pregnancy)
    return pregnancy


async def add_task(turn: Turn, village: Village, caregiver: CaregiverId) -> None:
    new = NewTask(TaskKind.ASK_BIRTH, "birth:1", village.family, due_on=TODAY, caregiver=caregiver)
    assert await turn.uow.tasks.add(new, at=NOW)


async def test_after_a_mother_who_was_never_with_us_no_birth_is_awaited(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        family = await uow.families.add_family(village.station, "Asia/Ho_Chi_Minh", by=village.minh, at=NOW)
        tuan = await uow.families.add_caregiver(family, Role.FATHER, "vi", None)
        pregnancy = await uow.families.add_pregnancy(family, village.station, TODAY)
        await uow.families.add_care(tuan, Role.FATHER, pregnancy=pregnancy)
        await tell_loss(staff, await actor_tells(staff, family), Subject(LossOf.MOTHER, 0))
        found = await uow.lives.pregnancy(pregnancy)
        assert found is not None
        assert found.ended_as is PregnancyEnd.LOST


async def test_what_another_mother_of_the_family_awaits_goes_on(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        hers = await awaits(staff, village, village.lan, Role.MOTHER)
        aunt = await add_caregiver(uow, village, Role.MOTHER)
        await tell_loss(staff, await actor_tells(staff, village.family), Subject(LossOf.MOTHER, aunt))
        found = await uow.lives.pregnancy(hers)
        assert found is not None
        assert found.ended_as is None


async def test_a_child_enrolled_after_its_mothers_death_is_not_breastfed(database: Database, village: Village) -> None:
    answers = {"stage": "born", "number": "1", "birth_date": "2026-11-19", "name": "Bi", "sex": "male"}
    given = {**answers, "weight": None, "gestation": None, "facility": place_value(village.station)}
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        await mother_dies(staff, village)
        draft = Draft(ADDING.name, ADDING.version, given, int(village.family), NOW)
        await uow.drafts.begin(staff.speaker.address.id, draft)
        assert await add_child(staff) is not None
        children = await uow.lives.children_in(village.family)
        assert [(child.name, child.kept_tracks) for child in children] == [
            ("An", WITHOUT_MOTHER),
            ("Bi", WITHOUT_MOTHER),
        ]


async def test_a_birth_told_after_the_mothers_death_is_fed_without_her(database: Database, village: Village) -> None:
    given = {"due_on": TODAY.isoformat(), "zone": "Asia/Ho_Chi_Minh", "birth_date": "2026-11-19"}
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        number = await awaits(staff, village, village.lan, Role.MOTHER)
        await mother_dies(staff, village)
        pregnancy = await uow.lives.pregnancy(number)
        assert pregnancy is not None
        await begin_pregnancy(staff, pregnancy)
        answers = {**given, "newborns": "girl", "birth_place": "hospital"}
        await uow.drafts.begin(staff.speaker.address.id, Draft(BIRTH.name, BIRTH.version, answers, int(number), NOW))
        told = await tell_birth(staff)
        assert isinstance(told, BirthTold)
        born = await uow.families.child(told.children[0])
        assert born is not None
        assert born.kept_tracks == WITHOUT_MOTHER


async def test_a_family_that_lost_somebody_is_known_by_every_child_until_it_was_a_mistake(
    database: Database, village: Village
) -> None:
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        bi = await uow.families.add_child(village.family, village.station, NewChild("Bi", TODAY, Sex.MALE))
        number = await awaits(staff, village, village.lan, Role.MOTHER)
        pregnancy, an = await uow.lives.pregnancy(number), await uow.families.child(village.an)
        assert pregnancy is not None
        assert an is not None

        async def in_mind() -> bool:
            child = await uow.families.child(bi)
            return child is not None and Track.BEREAVED in child.kept_tracks

        assert not await in_mind()
        await end_pregnancy(staff, pregnancy)
        assert await in_mind()
        await end_child(staff, an)
        await begin_pregnancy(staff, pregnancy)
        assert await in_mind()
        await begin_child(staff, an)
        assert not await in_mind()


async def test_an_old_button_of_a_dropped_task_asks_and_notes_nothing(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        await add_task(staff, village, village.lan)
        (task,) = await uow.tasks.open_in([village.family], TODAY)
        await uow.tasks.drop_occasion("birth:1", NOW)
        opened = draw_task(await open_task(staff, task.id))
        wrong = await note_task(staff, task.id, TaskOutcome.WRONG_NUMBER)
        for drawn in (opened, draw_task_done(wrong, TaskOutcome.WRONG_NUMBER)):
            assert isinstance(drawn.body, Text)
            assert drawn.body.key == "tasks.noted.by_others"
            assert [choice.payload for row in drawn.choices for choice in row] == ["v1:families:0"]
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert lan.phone == "+84912345678"


async def test_a_task_of_one_who_was_removed_shows_who_is_left(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        tuan = await father_with_chat(uow, village)
        await add_task(staff, village, tuan)
        await uow.lives.end_caregiver(tuan, CaregiverEnd.REMOVED, NOW)
        (entry,) = (await list_families(staff)).entries
        assert (entry.caregiver, entry.role) == (village.lan, Role.MOTHER)


@pytest.mark.parametrize("end", [CaregiverEnd.DIED, CaregiverEnd.REMOVED])
async def test_an_old_paper_makes_nobody_anew(database: Database, village: Village, end: CaregiverEnd) -> None:
    answers = {"who": "mother", "way": "paper", "read_in": "vi", "on_paper": "yes"}
    async with database.begin() as uow:
        staff = await turn_of_staff(uow)
        await uow.lives.end_caregiver(village.lan, end, NOW)
        draft = Draft(CONSENT_ON_PAPER.name, CONSENT_ON_PAPER.version, answers, int(village.family), NOW)
        await uow.drafts.begin(staff.speaker.address.id, draft)
        with pytest.raises(Refused):
            await record_consent(staff)
        assert [one.id for one in await uow.lives.caregivers_in(village.family)] == [village.lan]
        assert await record_consent(staff) is None


@pytest.mark.parametrize("end", [CaregiverEnd.DIED, CaregiverEnd.REMOVED])
async def test_who_is_forgotten_after_her_end_stays_ended_so(
    database: Database, village: Village, end: CaregiverEnd
) -> None:
    async with database.begin() as uow:
        await uow.privacy.ask(village.lan, at=NOW, due_at=NOW + TIME_TO_THINK, receipt="CR-7K3M-92QD")
        await uow.lives.end_caregiver(village.lan, end, NOW)
    later = NOW + TIME_TO_THINK + timedelta(hours=1)
    assert await erase_due(database, PROGRAMME, Moment(later, later)) == 1
    async with database.begin() as uow:
        lan = await uow.families.caregiver(village.lan)
        assert lan is not None
        assert (lan.ended_as, lan.phone) == (end, None)


async def test_who_only_opened_a_link_cannot_end_a_mothers_contact(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        tuan = await father_with_chat(uow, village, joined=False)
        turn, mother = await turn_in(uow, "tuan"), Subject(LossOf.MOTHER, village.lan)
        teller = await caregiver_tells(turn, tuan)
        assert mother not in [one.subject for one in await find_subjects(turn, teller)]
        with pytest.raises(Refused):
            await tell_loss(turn, teller, mother)
        await uow.families.join_caregiver(tuan, at=NOW, on=TODAY)
        turn = await turn_in(uow, "tuan")
        teller = await caregiver_tells(turn, tuan)
        assert mother in [one.subject for one in await find_subjects(turn, teller)]


async def test_a_mother_with_nobody_left_is_offered_nothing_about_a_child(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.consents.add(Consent(village.lan, Purpose.FILE, True, "2026-11", "vi", ConsentWay.TAP, NOW))
        (an,) = await uow.families.children_of(village.lan)
        before = draw_consents(await list_consents(await turn_in(uow, "lan"), village.lan))
        await end_child(await turn_in(uow, "lan"), an)
        after = draw_consents(await list_consents(await turn_in(uow, "lan"), village.lan))
        words = [[choice.payload for row in drawn.choices for choice in row] for drawn in (before, after)]
        assert words == [["v1:consent:1:messages", "v1:consent:1:file"], ["v1:consent:1:messages"]]
