"""Who may tell of a birth, and who hears of it: both parents, a worker, a shared telephone, and nobody else."""

import asyncio
from datetime import date, timedelta

import pytest

from domain.pause import Pause, PauseScope
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState, Reason
from tests.trips.births import (
    begin_to_tell,
    children,
    expects,
    joins,
    pregnancy_of,
    questions,
    tasks,
    tell_birth,
    waits_too,
)
from tests.trips.letters import at_home, sent
from tests.trips.village import Person, Village

DUE = date(2026, 11, 25)
TODAY = date(2026, 11, 22)
FAR = date(2026, 12, 20)


@pytest.fixture
async def mai(village: Village) -> Person:
    """She awaits a child, and nobody has enrolled her yet."""
    return await village.person("Mai")


@pytest.fixture
async def tuan(village: Village) -> Person:
    """He is the father."""
    return await village.person("Tuấn")


async def test_both_parents_are_asked_and_the_first_answer_closes_the_others_question(
    village: Village, mai: Person, tuan: Person
) -> None:
    await expects(village, mai, DUE, hour=8)
    await waits_too(village, tuan, mai)
    await village.pass_time(to=at_home(DUE, "09:30"))
    assert [state for state, *_ in await questions(village, mai)] == [OutboxState.SENT]
    assert [state for state, *_ in await questions(village, tuan)] == [OutboxState.PLANNED]

    await mai.taps("birth.choice.not_yet")
    assert [(state, why) for state, why, _ in await questions(village, tuan)] == [(OutboxState.CLOSED, Reason.ANSWERED)]
    await village.pass_time(to=at_home(DUE + timedelta(days=7), "21:00"))
    assert [day for state, _why, day in await questions(village, tuan) if state is OutboxState.SENT] == [
        DUE + timedelta(days=7)
    ]


async def test_both_parents_tell_it_at_the_same_moment_and_it_is_one_birth(
    village: Village, mai: Person, tuan: Person
) -> None:
    await expects(village, mai, TODAY)
    await waits_too(village, tuan, mai)
    for parent in (mai, tuan):
        await begin_to_tell(parent)
        await tell_birth(parent)
    await asyncio.gather(mai.taps("choice.save"), tuan.taps("choice.save"))

    assert len(await children(village)) == 1
    said = [await mai.has_read(), await tuan.has_read()]
    assert sum(mai.words("birth.known_already") in one for one in said) == 1
    care = await village.rows("SELECT role FROM care_roles WHERE child_id IS NOT NULL ORDER BY id")
    assert sorted(role for (role,) in care) == ["father", "mother"]


async def test_the_same_tap_twice_is_one_birth(village: Village, mai: Person) -> None:
    await expects(village, mai, TODAY)
    await begin_to_tell(mai)
    await tell_birth(mai)
    summary = (await mai.messages())[-1]
    await mai.taps_in(summary, "choice.save")
    await mai.taps_in(summary, "choice.save")
    assert len(await children(village)) == 1
    async with village.parts.database.look() as uow:
        assert await uow.programme.audited("tell_birth") == 1
    pregnancy = await pregnancy_of(village, mai)
    assert await mai.forges(f"v1:birth:born:{pregnancy.id}") == mai.words("birth.known_already")
    assert await mai.forges(f"v1:birth:not_yet:{pregnancy.id}") == mai.words("birth.known_already")


async def test_neither_binh_nor_a_volunteer_of_elsewhere_can_answer_for_mai(
    village: Village, mai: Person, binh: Person
) -> None:
    await expects(village, mai, TODAY)
    pregnancy = await pregnancy_of(village, mai)
    sen = await village.actor("Sen", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    hers = [f"v1:birth:born:{pregnancy.id}", f"v1:birth:not_yet:{pregnancy.id}", f"v1:family_birth:{pregnancy.family}"]
    nobodys = ["v1:birth:born:12345", f"v1:birth:perhaps:{pregnancy.id}", "v1:birth:born", "v1:name_child:1"]
    await binh.starts()
    for who in (binh, sen):
        assert {await who.forges(data) for data in (*hers, *nobodys)} == {who.words("refused")}
    assert len(await village.audited()) == 14
    assert (await pregnancy_of(village, mai)).not_yet_on is None


async def test_hoa_tells_it_for_the_family_and_mai_is_not_disturbed(village: Village, hoa: Person, mai: Person) -> None:
    await expects(village, mai, DUE)
    await village.pass_time(to=at_home(DUE, "20:00"))
    before = len(await mai.has_read())
    family = (await pregnancy_of(village, mai)).family
    await hoa.forges(f"v1:family_page:{family}")
    assert await hoa.taps("family_page.choice.family_birth") == hoa.words("form.birth.birth_date")
    await tell_birth(hoa, who="boy", where="station")
    assert await hoa.taps("choice.save") == hoa.words("birth.kept_by_worker")
    assert len(await mai.has_read()) == before
    assert [row[2] for row in await children(village)] == ["male"]
    audited = await village.audited("tell_birth")
    assert [actor for _address, actor, *_ in audited] != [None]

    await hoa.taps("birth.choice.name")
    assert await hoa.types("Bin") == hoa.words("birth.named", name="Bin")
    assert await hoa.forges(f"v1:family_birth:{family}") == hoa.words("birth.nobody_awaited")
    await village.pass_time(to=at_home(DUE + timedelta(days=1), "21:00"))
    assert len(sent(await village.ledger(mai), Lane.TIP)) == 2


async def test_stopping_before_the_due_date_leaves_no_question(village: Village, mai: Person) -> None:
    await expects(village, mai, DUE)
    caregiver = await village.caregiver_of(mai)
    async with village.parts.database.begin() as uow:
        await uow.families.stop_caregiver(caregiver, await village.now())
    await village.pass_time(to=at_home(DUE + timedelta(days=15), "21:00"))
    assert await questions(village, mai) == []
    assert await tasks(village) == []


async def test_one_who_paused_is_heard_and_nothing_more_is_said(village: Village, mai: Person) -> None:
    await expects(village, mai, TODAY)
    caregiver = await village.caregiver_of(mai)
    async with village.parts.database.begin() as uow:
        await uow.lives.pause(caregiver, Pause(PauseScope.ALL, None))
    await begin_to_tell(mai)
    await tell_birth(mai)
    welcome = mai.words("birth.welcome.one")
    assert await mai.taps("choice.save") == mai.words("birth.told_quietly", welcome=welcome)
    assert len(await children(village)) == 1
    await village.pass_time(days=2)
    assert sent(await village.ledger(mai)) == []


async def test_the_question_reaches_her_who_wants_no_advice(village: Village, mai: Person) -> None:
    await expects(village, mai, DUE)
    caregiver = await village.caregiver_of(mai)
    async with village.parts.database.begin() as uow:
        await uow.families.change_caregiver(caregiver, amount=0)
    await village.pass_time(to=at_home(DUE, "21:00"))
    assert [state for state, *_ in await questions(village, mai)] == [OutboxState.SENT]


async def test_on_a_shared_telephone_every_answer_says_for_whom_it_is(village: Village, mai: Person) -> None:
    await expects(village, mai, TODAY)
    pregnancy = await pregnancy_of(village, mai)
    await joins(village, mai, pregnancy.family, Role.GRANDMOTHER)
    before = len(await mai.has_read())
    await mai.forges(f"v1:birth:not_yet:{pregnancy.id}")
    await begin_to_tell(mai)
    await tell_birth(mai, who="girls")
    await mai.taps("choice.save")
    await mai.taps("birth.choice.name")
    await mai.types("Na")
    await mai.types("Ni")
    first_lines = {words.splitlines()[0] for words in (await mai.has_read())[before:]}
    assert {line.split(" · ")[0] for line in first_lines} == {
        mai.words("common.whom_alone", role=mai.words(f"choice.role.{role}"))
        for role in (Role.MOTHER, Role.GRANDMOTHER)
    }


async def test_words_of_a_loss_are_never_taken_for_a_name(village: Village, mai: Person) -> None:
    await expects(village, mai, TODAY)
    await begin_to_tell(mai)
    await tell_birth(mai)
    await mai.taps("choice.save")
    await mai.taps("birth.choice.name")
    await mai.types("con tôi mất rồi")
    assert [row[0] for row in await children(village)] == [""]


async def test_of_two_births_in_one_family_each_is_told_by_its_day(village: Village, mai: Person, hoa: Person) -> None:
    await expects(village, mai, DUE)
    first = await pregnancy_of(village, mai)
    caregiver = await village.caregiver_of(mai)
    async with village.parts.database.begin() as uow:
        second = await uow.families.add_pregnancy(first.family, first.facility, FAR)
        mother = await uow.families.caregiver(caregiver)
        assert mother is not None
        await uow.families.add_care(caregiver, mother.role, pregnancy=second)
    await mai.types("/child")
    buttons = str((await mai.messages())[-1]["reply_markup"])
    assert mai.words("birth.choice.tell_of_due", due_on=DUE) in buttons
    assert mai.words("birth.choice.tell_of_due", due_on=FAR) in buttons
    assert await hoa.forges(f"v1:family_birth:{first.family}") == hoa.words("birth.which")
    assert await hoa.taps(hoa.words("birth.choice.tell_of_due", due_on=FAR)) == hoa.words("form.birth.birth_date")
