"""Hoa on a vaccination day: her list, one child by itself, the way back, and what follows for the family."""

from datetime import date

from domain.people import ActorRole
from domain.sending.outbox import OutboxState, Reason
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home
from tests.trips.village import Person, Village

BORN = "5/10/2026"
SESSION, NEXT = date(2026, 12, 5), date(2026, 12, 20)


async def living_doses(village: Village) -> int:
    return len(await village.rows("SELECT 1 FROM vaccinations WHERE withdrawn_at IS NULL AND source = 'record'"))


async def outcomes(village: Village) -> list[str]:
    standing = "SELECT outcome FROM attendances WHERE withdrawn_at IS NULL AND source = 'record' ORDER BY child_id"
    return [row[0] for row in await village.rows(standing)]


async def open_page_of(hoa: Person, name: str) -> str:
    await hoa.presses("menu.session")
    await hoa.taps("session.choice.one")
    return await hoa.taps(name)


async def test_hoa_records_an_takes_it_back_and_records_again(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    before = await hoa.presses("menu.session")
    assert "An" in before
    assert "· An" not in str((await hoa.messages())[-1].get("reply_markup"))

    await village.pass_time(to=at_home(SESSION, "08:00"))
    await open_page_of(hoa, "1 · An")
    written = await hoa.taps("session.choice.record")
    assert "An" in written
    doses = await living_doses(village)
    assert doses >= 3
    assert await outcomes(village) == ["came"]
    assert await hoa.forges(f"v1:record:1:{SESSION}") == written
    assert await living_doses(village) == doses

    await hoa.taps("session.choice.take_back")
    assert (await living_doses(village), await outcomes(village)) == (0, [])
    await open_page_of(hoa, "1 · An")
    await hoa.taps("session.choice.record")
    assert await living_doses(village) == doses
    await hoa.taps("session.choice.list")
    assert "✅ 1 · An" in str((await hoa.messages())[-1].get("reply_markup"))
    # Her own next visit moved on: to the first session day with a second dose due.
    assert "5" in await lan.presses("menu.child")
    assert lan.words("known.dose.record", vaccine="", on=SESSION).split(",")[-1] in await lan.presses("menu.known")


async def test_what_hoa_records_closes_the_reminder_that_was_planned(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(date(2026, 12, 19), "08:00"))
    planned = {row.occasion for row in await village.ledger(lan) if row.state is OutboxState.PLANNED}
    assert "visit:1:2026-12-20:1" in planned

    await hoa.types("/start")
    await hoa.forges("v1:record:1:2026-12-19")
    assert await outcomes(village) == []  # she came on a day without a session
    await village.pass_time(to=at_home(NEXT, "12:00"))
    reasons = {row.occasion: row.reason for row in await village.ledger(lan) if row.state is OutboxState.CLOSED}
    assert reasons["visit:1:2026-12-20:1"] is Reason.VACCINATED


async def test_what_was_recorded_yesterday_cannot_be_taken_back_by_an_old_button(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(SESSION, "08:00"))
    await open_page_of(hoa, "1 · An")
    await hoa.taps("session.choice.record")
    doses = await living_doses(village)
    await village.pass_time(days=1)

    assert await hoa.taps("session.choice.take_back") == hoa.words("refused")
    assert await living_doses(village) == doses


async def test_only_her_own_station_records_a_child(
    village: Village, minh: Person, hoa: Person, lan: Person, binh: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    other = await village.actor("Mai", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    await binh.types("/start")
    await village.pass_time(to=at_home(SESSION, "08:00"))
    taps = (
        f"record:1:{SESSION}",
        "session:1",
        f"take_back:1:{SESSION}",
        f"mark:1:{SESSION}:not_come:1:1",
        f"session_one:{SESSION}:1",
        f"swap:1:{SESSION}:PENTA:HEXA",
        f"close:1:{SESSION}",
        f"close_yes:1:{SESSION}:1",
        f"reopen:1:{SESSION}",
        "doses:1",
        "family_doses:1",
        f"late_dose:1:{SESSION}:here:BCG",
        "exempt:1:bcg:contraindicated:0",
    )
    for stranger in (other, minh, lan, binh):
        for tap in taps:
            assert stranger.words("refused") == await stranger.forges(f"v1:{tap}"), (stranger.name, tap)
    assert "An" not in await other.presses("menu.session")
    assert (await living_doses(village), await outcomes(village)) == (0, [])
    assert await village.rows("SELECT 1 FROM session_marks UNION SELECT 1 FROM exemptions") == []
    assert len(await village.audited()) == 4 * len(taps)


async def test_a_button_of_yesterdays_list_records_nothing(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(SESSION, "08:00"))
    await open_page_of(hoa, "1 · An")
    await village.pass_time(days=1)

    assert "20" in await hoa.taps("session.choice.record")  # the list of the next session day instead
    assert await living_doses(village) == 0
