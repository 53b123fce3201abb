"""Mai awaits a child: she is asked gently at the due date, tells the birth in three taps, and it is kept once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.ends import PregnancyEnd
from domain.sending.outbox import Lane, Reason
from tests.trips.births import (
    await_child,
    begin_to_tell,
    children,
    end_of,
    expects,
    pregnancy_of,
    questions,
    questions_sent,
    tasks,
    tell_birth,
    written,
)
from tests.trips.letters import at_home, local, sent
from tests.trips.village import Person, Village

DUE = date(2026, 11, 25)
TODAY = date(2026, 11, 22)
FAR = date(2026, 12, 20)


@pytest.fixture
async def mai(village: Village) -> Person:
    """She awaits a child, and nobody has enrolled her yet."""
    return await village.person("Mai")


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_mai_is_asked_at_her_hour_on_the_due_date_and_tells_the_birth_in_three_taps(
    village: Village, language: str
) -> None:
    mai = await village.person("Mai", language=language)
    await expects(village, mai, DUE)
    await village.pass_time(to=at_home(DUE, "18:59"))
    assert "birth.ask" not in {row.message_key for row in sent(await village.ledger(mai))}

    await village.pass_time(to=at_home(DUE, "20:00"))
    (asked,) = questions_sent(await village.ledger(mai))
    assert (asked.message_key, local(asked).date(), local(asked).hour) == ("birth.ask", DUE, 19)
    assert mai.words("birth.choice.else") in str((await mai.messages())[-1]["reply_markup"])

    assert await mai.taps("birth.choice.born") == mai.words("form.birth.birth_date")
    assert await mai.taps("choice.today") == mai.words("form.birth.newborns")
    assert await mai.taps("choice.newborns.girl") == mai.words("form.birth.birth_place")
    summary = await mai.taps("choice.birth_place.station")
    assert mai.words("birth.remark.on_time") in summary
    assert mai.words("choice.newborns.girl") in summary
    await mai.taps("choice.save")

    welcome, digest = (await mai.has_read())[-2:]
    assert welcome == mai.words("birth.told", welcome=mai.words("birth.welcome.one"))
    assert digest
    assert await children(village) == [("", "2026-11-25", "female", 40, "station")]
    assert await end_of(village, (await pregnancy_of(village, mai)).id) == PregnancyEnd.BORN

    assert await mai.taps("birth.choice.name") == mai.words("form.naming.name_only")
    assert await mai.types("Na") == mai.words("birth.named", name="Na")
    assert "Na" in await mai.types("/child")
    assert mai.words("birth.choice.tell") not in str((await mai.messages())[-1])


async def test_after_the_birth_tips_follow_its_age_and_what_was_just_said_is_not_said_again(
    village: Village, mai: Person
) -> None:
    await expects(village, mai, DUE)
    await village.pass_time(days=2)
    await begin_to_tell(mai)
    await tell_birth(mai, born="choice.yesterday")
    await mai.taps("choice.save")
    await village.pass_time(days=8)

    rows = await village.ledger(mai)
    superseded = {row.message_key for row in rows if row.reason is Reason.SUPERSEDED}
    gone = [row.message_key for row in sent(rows, Lane.TIP)]
    assert len(superseded) == 1
    assert not superseded & set(gone)
    assert len(gone) >= 5
    assert len(gone) == len(set(gone))
    assert {local(row).hour for row in sent(rows, Lane.TIP)} == {19}


async def test_four_weeks_early_is_said_in_plain_words_and_counts_for_messages_never_for_vaccines(
    village: Village, mai: Person
) -> None:
    await expects(village, mai, FAR)
    assert await begin_to_tell(mai) == mai.words("form.birth.birth_date")
    summary = await tell_birth(mai, born="choice.yesterday", where="home")
    assert mai.words("birth.remark.early", weeks=4) in summary
    await mai.taps("choice.save")
    assert (await mai.has_read())[-2].startswith(mai.words("birth.welcome.early")[:40])
    assert await children(village) == [("", "2026-11-21", "female", 35, "home")]

    await village.pass_time(to=at_home(TODAY + timedelta(days=6), "21:00"))
    tracks = {one.key: one.tracks for one in village.parts.programme.journey}
    told = {row.message_key for row in sent(await village.ledger(mai), Lane.TIP)}
    assert any(tracks.get(key) for key in told)
    ages = [one.from_day for one in village.parts.programme.journey if one.key in told]
    assert max(ages) <= 7


async def test_twins_are_one_birth_with_two_names(village: Village, minh: Person, mai: Person) -> None:
    await await_child(minh, mai, written(TODAY))
    await begin_to_tell(mai)
    await tell_birth(mai, who="girl_and_boy", where="hospital")
    await mai.taps("choice.save")
    assert (await mai.has_read())[-2] == mai.words("birth.told", welcome=mai.words("birth.welcome.two"))

    assert await mai.taps("birth.choice.name") == mai.words("form.naming.name_girl")
    assert await mai.types("Tí") == mai.words("form.naming.name_boy")
    assert (await mai.has_read())[-2] == mai.words("birth.named", name="Tí")
    assert await mai.types("Tèo") == mai.words("birth.named", name="Tèo")
    assert [(name, sex) for name, _born, sex, *_ in await children(village)] == [("Tí", "female"), ("Tèo", "male")]
    await village.pass_time(to=at_home(TODAY + timedelta(days=3), "21:00"))
    occasions = {row.occasion for row in sent(await village.ledger(mai), Lane.TIP)}
    assert len(occasions) == 1


async def test_two_girls_are_told_apart_by_who_came_first_and_a_name_can_be_mended(
    village: Village, mai: Person
) -> None:
    await expects(village, mai, TODAY)
    await begin_to_tell(mai)
    await tell_birth(mai, who="girls")
    await mai.taps("choice.save")
    await mai.types("/child")
    assert await mai.taps("birth.choice.name") == mai.words("form.naming.name_first")
    assert await mai.types("Mận") == mai.words("form.naming.name_second")
    assert await mai.types("<u>Mơ</u> {{ 7*7 }}") == mai.words("birth.named", name="<u>Mơ</u> {{ 7*7 }}")
    await mai.taps("birth.choice.rename")
    await mai.types("Mơ")
    assert [row[0] for row in await children(village)] == ["Mận", "Mơ"]


async def test_not_yet_twice_asks_once_more_and_then_a_person_asks(village: Village, mai: Person) -> None:
    await expects(village, mai, DUE)
    await village.pass_time(to=at_home(DUE, "20:00"))
    assert (await mai.taps("birth.choice.not_yet")).startswith(mai.words("birth.not_yet")[:40])
    assert await mai.taps("birth.choice.not_yet") == await mai.reads()

    await village.pass_time(to=at_home(DUE + timedelta(days=7), "18:00"))
    assert len(questions_sent(await village.ledger(mai))) == 1
    await village.pass_time(to=at_home(DUE + timedelta(days=7), "20:00"))
    asked = questions_sent(await village.ledger(mai))
    assert [local(row).date() for row in asked] == [DUE, DUE + timedelta(days=7)]
    await mai.taps("birth.choice.not_yet")
    assert (await mai.reads()).startswith(mai.words("birth.not_yet_again")[:40])

    await village.pass_time(to=at_home(DUE + timedelta(days=20), "21:00"))
    assert await tasks(village) == []
    await village.pass_time(to=at_home(DUE + timedelta(days=21), "08:00"))
    assert await tasks(village) == [(f"birth:{(await pregnancy_of(village, mai)).id}", True)]
    assert len(questions_sent(await village.ledger(mai))) == 2


async def test_no_answer_for_two_weeks_makes_one_task_which_a_later_birth_closes(village: Village, mai: Person) -> None:
    await expects(village, mai, DUE)
    await village.pass_time(to=at_home(DUE + timedelta(days=13), "21:00"))
    assert await tasks(village) == []
    await village.pass_time(to=at_home(DUE + timedelta(days=14), "21:00"))
    occasion = f"birth:{(await pregnancy_of(village, mai)).id}"
    assert await tasks(village) == [(occasion, True)]

    await mai.taps("birth.choice.born")
    await tell_birth(mai, born=written(DUE + timedelta(days=3)))
    await mai.taps("choice.save")
    assert await tasks(village) == [(occasion, False)]
    assert [row[1] for row in await children(village)] == ["2026-11-28"]


async def test_a_restart_in_the_middle_loses_no_answer(village: Village, mai: Person) -> None:
    await expects(village, mai, TODAY)
    await begin_to_tell(mai)
    await mai.taps("choice.yesterday")
    await village.stop_bot()
    await village.start_bot()
    await village.pass_time(days=1)
    assert await begin_to_tell(mai) == mai.words("form.birth.newborns")
    await mai.taps("choice.newborns.boy")
    await mai.taps("choice.birth_place.elsewhere")
    await mai.taps("choice.save")
    assert await children(village) == [("", "2026-11-21", "male", 39, "elsewhere")]


async def test_days_that_cannot_be_are_refused_kindly_and_corrections_keep_the_rest(
    village: Village, mai: Person
) -> None:
    await expects(village, mai, FAR)
    await begin_to_tell(mai)
    assert mai.words("problem.told_birth.in_future") in await mai.types("24/12/2026")
    assert "0203 555 0101" in await mai.types("1/7/2026")
    await mai.types("20/11/2026")
    assert "0203 555 0101" in await mai.taps("choice.newborns.more")
    await mai.taps("choice.newborns.boys")
    await mai.taps("choice.birth_place.home")
    await mai.taps(f"✏️ {mai.words('field.birth_date')}")
    summary = await mai.types("21/11/2026")
    assert mai.words("choice.newborns.boys") in summary
    await mai.taps("choice.save")
    assert [row[1:3] for row in await children(village)] == [("2026-11-21", "male")] * 2


async def test_joined_long_after_the_due_date_a_person_asks_and_she_can_tell(village: Village, mai: Person) -> None:
    await expects(village, mai, date(2026, 11, 5))
    await village.pass_time(days=2)
    assert await questions(village, mai) == []
    assert [open_ for _occasion, open_ in await tasks(village)] == [True]
    await begin_to_tell(mai)
    await tell_birth(mai, born="7/11/2026")
    await mai.taps("choice.save")
    assert [row[1] for row in await children(village)] == ["2026-11-07"]


async def test_a_chat_that_slept_over_the_due_date_is_asked_next_evening(village: Village, mai: Person) -> None:
    await expects(village, mai, DUE)
    await village.stop_bot()
    await village.stage.follow(0)
    await village.stage.move(to=at_home(DUE + timedelta(days=1), "23:30"))
    await village.start_bot()
    await village.settled()
    assert "birth.ask" not in {row.message_key for row in sent(await village.ledger(mai))}
    await village.pass_time(to=at_home(DUE + timedelta(days=2), "20:00"))
    (asked,) = questions_sent(await village.ledger(mai))
    assert (local(asked).date(), local(asked).hour) == (DUE + timedelta(days=2), 19)
    assert asked.send_from > datetime(2026, 11, 25, tzinfo=UTC)
