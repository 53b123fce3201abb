"""Those who come late, too early, or only in part: one digest instead of a backlog, and kind words for the rest."""

from datetime import date

from domain.sending.outbox import Lane, Reason
from tests.trips.journeys import enrol, enrol_and_join, enrol_and_join_by_taps
from tests.trips.letters import at_home, local, sent, told, within_a_week_before
from tests.trips.village import Person, Village


async def test_an_enrolled_at_three_months_gets_one_digest_and_then_the_normal_cadence(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join_by_taps(minh, lan, born="20/8/2026", name="<b>An</b> {{ 7*7 }}")
    digest = await lan.reads()
    assert "<b>An</b> {{ 7*7 }}" in digest
    assert "5" in digest  # the next vaccination day

    await village.pass_time(days=8)
    tips = sent(await village.ledger(lan), Lane.TIP)
    born = date(2026, 8, 20)
    begins = {one.key: one.starts_on(born) for one in village.parts.programme.journey}
    assert tips
    assert all(begins[row.message_key] > date(2026, 11, 22) for row in tips)
    assert len({local(row).date() for row in tips}) == len(tips)
    assert max(within_a_week_before(row, tips) for row in tips) <= 4


async def test_a_child_of_two_years_is_met_with_what_fits_two_year_olds(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join_by_taps(minh, lan, born="1/2/2024")
    assert lan.words("library.choice.helpful") not in await lan.reads()
    assert await lan.presses("menu.tip")

    await village.pass_time(days=30)
    months = {row.message_key.split(".")[1] for row in sent(await village.ledger(lan), Lane.TIP)}
    assert months
    assert months <= {"month33", "month34"}


async def test_a_pregnancy_is_welcomed_and_before_the_birth_only_her_check_up_is_spoken_of(
    village: Village, minh: Person, lan: Person
) -> None:
    await minh.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.pregnant"):
        await minh.taps(answer)
    await minh.types("15/2/2027")
    await minh.taps("choice.save")
    await lan.scans(minh)
    for answer in ("Tiếng Việt", "choice.yes", "choice.yes", "19:00", "choice.amount.3"):
        await lan.taps(answer)
    assert "khám thai" in await lan.reads()
    await lan.presses("menu.tip")
    assert lan.words("library.choice.helpful") in str((await lan.messages())[-1])
    assert "2027" in await lan.presses("menu.child")

    await village.pass_time(days=7)
    rows = [(row.lane, row.message_key) for row in await village.ledger(lan)]
    assert [key for lane, key in rows if lane is Lane.VISIT] == ["visit.reminder.7"]
    assert {key.split(".")[1] for lane, key in rows if lane is Lane.TIP} == {"preg28"}


async def test_without_consent_for_the_file_no_reminder_comes_and_tips_do(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh, born="5/10/2026")
    await lan.scans(minh)
    for answer in ("Tiếng Việt", "choice.yes", "choice.no", "19:00", "choice.amount.3"):
        await lan.taps(answer)
    await village.pass_time(to=at_home(date(2026, 12, 6), "21:30"))

    rows = await village.ledger(lan)
    assert sent(rows, Lane.VISIT) == []
    assert {row.reason for row in rows if row.lane is Lane.VISIT} == {Reason.NO_CONSENT}
    assert {row.reason for row in sent(rows, Lane.TIP)} == {None}
    assert {local(row).hour for row in sent(rows, Lane.TIP)} == {19}


async def test_without_consent_for_messages_nothing_comes(village: Village, minh: Person, lan: Person) -> None:
    await enrol(minh, born="5/10/2026")
    await lan.scans(minh)
    for answer in ("Tiếng Việt", "choice.no"):
        await lan.taps(answer)
    assert await lan.reads() == told(lan, "join.without_messages")
    before = len(await lan.has_read())
    await village.pass_time(to=at_home(date(2026, 11, 29), "21:00"))

    assert sent(await village.ledger(lan)) == []
    assert len(await lan.has_read()) == before
    assert all(row.reason for row in await village.ledger(lan))


async def test_stop_closes_at_once_what_is_planned_and_coming_back_brings_no_backlog(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.pass_time(to=at_home(date(2026, 11, 25), "08:00"))
    await lan.presses("menu.stop")
    assert await lan.taps("stop.choice.no") == told(lan, "stop.kept")
    await lan.presses("menu.stop")
    await lan.taps("stop.choice.yes")
    assert await lan.reads() == told(lan, "stop.done")
    assert {state for _key, _occasion, state, _reason in await village.outbox()} <= {"sent", "closed"}
    assert {row.reason for row in await village.ledger(lan) if row.sent_at is None} <= {Reason.STOPPED}

    before = sent(await village.ledger(lan))
    await village.pass_time(to=at_home(date(2026, 12, 10), "14:30"))
    assert sent(await village.ledger(lan)) == before
    await lan.presses("menu.come_back")
    assert (await lan.has_read())[-2] == told(lan, "stop.back")
    await village.pass_time(to=at_home(date(2026, 12, 13), "21:00"))

    later = [row for row in sent(await village.ledger(lan), Lane.TIP) if row not in before]
    assert 1 <= len(later) <= 4
    assert {local(row).hour for row in later} == {19}
    ends = {one.key: one.ends_on(date(2026, 11, 1)) for one in village.parts.programme.journey}
    assert all(local(row).date() < ends[row.message_key] for row in later)
    assert minh.words("families.nobody") == await minh.presses("menu.families")
