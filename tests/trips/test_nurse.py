"""Hoa on a vaccination day: her list, one tap a child, the way back, and what follows for the family."""

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


async def test_hoa_records_an_with_one_tap_takes_it_back_and_records_again(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    before = await hoa.presses("menu.session")
    assert "An" in before
    assert "✅ An" not in str((await hoa.messages())[-1].get("reply_markup"))

    await village.pass_time(to=at_home(SESSION, "08:00"))
    await hoa.presses("menu.session")
    written = await hoa.taps("✅ An")
    assert "An" in written
    doses = await living_doses(village)
    assert doses >= 3
    assert await hoa.forges(f"v1:record:1:{SESSION}") == written
    assert await living_doses(village) == doses

    await hoa.taps("session.choice.take_back")
    assert await living_doses(village) == 0
    await hoa.taps("session.choice.refresh")
    await hoa.taps("✅ An")
    assert await living_doses(village) == doses
    await hoa.taps("session.choice.refresh")
    assert "✅ An" not in str((await hoa.messages())[-1].get("reply_markup"))
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
    await village.pass_time(to=at_home(NEXT, "12:00"))
    reasons = {row.occasion: row.reason for row in await village.ledger(lan) if row.state is OutboxState.CLOSED}
    assert reasons["visit:1:2026-12-20:1"] is Reason.VACCINATED


async def test_what_was_recorded_yesterday_cannot_be_taken_back_by_an_old_button(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(SESSION, "08:00"))
    await hoa.presses("menu.session")
    await hoa.taps("✅ An")
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
    for stranger in (other, minh, lan, binh):
        assert stranger.words("refused") == await stranger.forges(f"v1:record:1:{SESSION}")
        assert stranger.words("refused") == await stranger.forges("v1:session:1")
        assert stranger.words("refused") == await stranger.forges(f"v1:take_back:1:{SESSION}")
    assert "An" not in await other.presses("menu.session")
    assert await living_doses(village) == 0
    assert len(await village.rows("SELECT 1 FROM audit_entries WHERE action = 'refused'")) == 12


async def test_a_button_of_yesterdays_list_records_nothing(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(SESSION, "08:00"))
    await hoa.presses("menu.session")
    await village.pass_time(days=1)

    assert "20" in await hoa.taps("✅ An")  # the list of the next session day instead
    assert await living_doses(village) == 0
