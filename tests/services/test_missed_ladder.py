"""Who is asked to call after a missed session day, until when, and what closes the call by itself."""

from dataclasses import replace

from domain.attendance import AttendanceSource
from domain.consent import Purpose
from domain.message import Text
from domain.province_rules import Outbreak
from domain.reader import Role
from domain.tasks import TaskOutcome
from domain.vaccination.ages import Age
from services.family.end_contact import end_child
from services.ports.attendances import Attendance
from services.ports.visits import Withdrawal
from services.turn import Work
from services.visits.missed.ask_yesterday import ask_yesterday
from services.visits.missed.day_to_offer import day_to_offer
from services.visits.missed.follow_closing import follow_closing
from services.visits.missed.keep_ladder import keep_ladder
from tests.fakes.people import moment_at
from tests.services.missing import (
    DAY,
    DUE,
    EVENING_AFTER,
    HERE,
    LATER,
    MORNING_AFTER,
    NEXT,
    NOT_COME,
    ON,
    TOO_MANY,
    Scene,
    add_station,
    anyio_backend,
    facility_of,
    grown,
    joins,
    migrated_sqlite,
    scene,
    turn_of,
)

__all__ = ["anyio_backend", "grown", "migrated_sqlite", "scene"]


async def test_the_first_miss_of_a_small_child_is_a_call_by_the_familys_volunteer(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    (call,) = await scene.calls()
    assert (call.actor, call.caregiver, call.family) == (scene.minh, scene.lan, scene.family)
    assert call.due_on == ON


async def test_the_first_miss_at_eighteen_months_is_nobodys_call_the_second_is_the_third_a_nurses(
    grown: Scene,
) -> None:
    callers = []
    for on in (ON, NEXT, LATER):
        await grown.closes(on, An=NOT_COME)
        callers.append([task.actor for task in await grown.calls()])
    assert callers == [[], [grown.minh], [grown.hoa]]
    assert len(await grown.calls(still_open=False)) == 2


async def test_an_outbreak_of_what_an_lacks_makes_the_first_miss_a_call(grown: Scene) -> None:
    async with grown.database.begin() as uow:
        for group in ("je", "hpv"):
            other = Outbreak(group, ON - 9 * DAY)
            await uow.rules.declare_outbreak("quang-ninh", other, by=grown.hoa, at=moment_at(ON - DAY, 9).now)
    await grown.closes(An=NOT_COME)
    assert await grown.calls() == []
    async with grown.database.begin() as uow:
        measles = Outbreak("mcv", ON - 9 * DAY)
        await uow.rules.declare_outbreak("quang-ninh", measles, by=grown.hoa, at=moment_at(ON - DAY, 9).now)
    await grown.closes(at=moment_at(ON, 15), An=NOT_COME)
    assert len(await grown.calls()) == 1


async def test_a_dose_that_nears_the_provinces_upper_age_makes_the_first_miss_a_call(grown: Scene) -> None:
    async with grown.database.begin() as uow:
        at = moment_at(ON - DAY, 9).now
        await uow.rules.set_upper_age("quang-ninh", "mcv", Age.parse("20 months"), by=grown.hoa, at=at)
    await grown.closes(An=NOT_COME)
    assert len(await grown.calls()) == 1


async def test_a_child_who_never_had_a_dose_is_called_at_the_first_miss(grown: Scene) -> None:
    async with grown.database.begin() as uow:
        at = moment_at(ON - DAY, 9).now
        for row in await uow.visits.history_of(grown.an):
            await uow.visits.withdraw_row(row.id, why=Withdrawal.MISTAKE, by=grown.hoa, at=at)
    await grown.closes(An=NOT_COME)
    assert len(await grown.calls()) == 1


async def test_a_day_in_vain_is_no_miss_and_ends_no_row_of_misses(grown: Scene) -> None:
    for on, outcome in ((ON, NOT_COME), (NEXT, TOO_MANY)):
        await grown.closes(on, An=outcome)
    assert await grown.calls() == []
    await grown.closes(LATER, An=NOT_COME)
    assert len(await grown.calls()) == 1


async def test_a_dose_ends_the_row_of_misses(grown: Scene) -> None:
    await grown.closes(ON, An=NOT_COME)
    await grown.records(grown.an, ON + 2 * DAY, "DPT")
    await grown.closes(NEXT, An=NOT_COME)
    assert await grown.calls() == []


async def test_a_dose_recorded_anywhere_closes_the_call(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    async with scene.database.begin() as uow:
        hospital = await add_station(uow, scene.commune, "Bệnh viện")
    await scene.records(scene.an, ON + 2 * DAY, "PENTA", at=hospital)
    assert await scene.calls() == []


async def test_a_call_lasts_three_days_and_goes_on_to_a_nurse(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    for days in (1, 3):
        await scene.runs(keep_ladder, moment_at(ON + days * DAY, 7))
        assert [task.actor for task in await scene.calls()] == [scene.minh]
    for _run in range(2):
        await scene.runs(keep_ladder, moment_at(ON + 4 * DAY, 7))
    (call,) = await scene.calls()
    assert (call.actor, call.due_on) == (scene.hoa, ON + 4 * DAY)
    await scene.runs(keep_ladder, moment_at(ON + 9 * DAY, 7))
    assert [task.actor for task in await scene.calls()] == [scene.hoa]
    await scene.records(scene.an, ON + 10 * DAY, *DUE)
    assert await scene.calls() == []


async def test_who_was_not_at_home_is_called_again_before_it_goes_on(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    (call,) = await scene.calls()
    async with scene.database.begin() as uow:
        await uow.tasks.put_off(call.id, TaskOutcome.NOT_HOME, ON + 4 * DAY)
    await scene.runs(keep_ladder, moment_at(ON + 7 * DAY, 7))
    assert [task.actor for task in await scene.calls()] == [scene.minh]
    await scene.runs(keep_ladder, moment_at(ON + 8 * DAY, 7))
    assert [task.actor for task in await scene.calls()] == [scene.hoa]


async def test_what_a_person_is_done_with_is_not_asked_for_again(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    (call,) = await scene.calls()
    async with scene.database.begin() as uow:
        await uow.tasks.close(call.id, TaskOutcome.REACHED, by=scene.minh, at=moment_at(ON, 15).now)
    await scene.closes(at=moment_at(ON, 16), An=NOT_COME)
    await scene.runs(keep_ladder, moment_at(ON + 5 * DAY, 7))
    assert await scene.calls() == []


async def test_twins_are_one_question_and_one_call_that_stays_until_both_came(scene: Scene) -> None:
    be = await scene.adds_child("Bé")
    await scene.closes(An=NOT_COME, Bé=NOT_COME)
    assert await scene.sends(EVENING_AFTER) == ["missed.we_missed An Bé"]
    assert len(await scene.calls(still_open=False)) == 1
    await scene.records(scene.an, NEXT, *DUE)
    assert len(await scene.calls()) == 1
    await scene.records(be, NEXT, *DUE)
    assert await scene.calls() == []


async def test_of_twins_the_one_who_came_is_not_spoken_of(scene: Scene) -> None:
    await scene.adds_child("Bé")
    await scene.runs(ask_yesterday, MORNING_AFTER)
    await scene.records(scene.an, ON, *DUE)
    assert await scene.sends(EVENING_AFTER) == ["missed.ask Bé"]


async def test_one_answer_of_the_family_is_enough(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        tuan = await uow.families.add_caregiver(scene.family, Role.FATHER, "vi", None)
        await uow.families.add_care(tuan, Role.FATHER, child=scene.an)
        await joins(uow, tuan, "tuan")
    await scene.runs(ask_yesterday, MORNING_AFTER)
    async with scene.database.begin() as uow:
        word = Attendance(scene.station, ON, TOO_MANY, AttendanceSource.REPORTED, scene.an, caregiver=tuan)
        await uow.attendances.note([word], MORNING_AFTER.now)
    assert await scene.sends(EVENING_AFTER) == []


async def test_a_family_that_moved_is_called_no_more(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    async with scene.database.begin() as uow:
        other = await add_station(uow, scene.commune, "Trạm Y tế Đảo Sao")
        await uow.lives.place_family(scene.family, other)
    await scene.runs(keep_ladder, moment_at(ON + DAY, 13))
    assert await scene.calls() == []
    assert await scene.sends(EVENING_AFTER) == []


async def test_a_child_of_whom_nobody_speaks_is_asked_about_by_nobody(scene: Scene) -> None:
    await scene.runs(ask_yesterday, MORNING_AFTER)
    await scene.closes(at=moment_at(ON + DAY, 9), An=NOT_COME)
    async with scene.database.begin() as uow:
        turn = await turn_of(uow, scene, MORNING_AFTER)
        (an,) = await uow.families.children_of(scene.lan)
        await end_child(turn, an)
    assert await scene.calls() == []
    assert await scene.sends(EVENING_AFTER) == ["missed.please_call"]


async def test_without_a_volunteer_a_health_worker_is_asked(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        await uow.moves.give_family(scene.family, None)
    await scene.closes(An=NOT_COME)
    assert [task.actor for task in await scene.calls()] == [scene.hoa]


async def test_a_family_that_refused_the_use_of_its_file_is_not_called(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        await uow.consents.withdraw(scene.lan, Purpose.FILE, moment_at(ON, 9).now)
    await scene.closes(An=NOT_COME)
    assert await scene.calls() == []


async def test_an_unsigned_schedule_calls_nobody_outside_a_rehearsal(scene: Scene) -> None:
    async with scene.database.begin() as uow:
        word = Attendance(scene.station, ON, NOT_COME, AttendanceSource.RECORD, scene.an, actor=scene.hoa)
        await uow.attendances.note([word], moment_at(ON, 11).now)
        real = Work(uow, replace(HERE, rehearsal=False), moment_at(ON, 11))
        await follow_closing(real, await facility_of(uow, scene.station), ON)
    assert await scene.calls() == []


async def test_who_calls_can_offer_a_day_and_a_place_and_is_told_no_reason(scene: Scene) -> None:
    await scene.closes(An=NOT_COME)
    (call,) = await scene.calls()
    async with scene.database.look() as uow:
        details = await day_to_offer(Work(uow, HERE, moment_at(ON + DAY, 9)), call)
    offer = details["offer"]
    assert isinstance(offer, Text)
    assert dict(offer.values) == {"on": NEXT, "place": "Trạm Y tế Suối Mơ", "hours": "07:30-10:30"}
