"""The first months of An: what her mother gets, in which order, at which hours, and how much of it."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from domain.journey import Amount
from domain.people import ActorRole
from domain.sending.outbox import Lane, OutboxState
from services.messages.plan_day import plan_day
from services.ports.outbox import OutboxEntry
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, local, sent, within_a_week_before
from tests.trips.village import Person, Village

logger = logging.getLogger(__name__)
BORN = date(2026, 11, 21)
JOINED = date(2026, 11, 22)
SIX_MONTHS_ON = date(2027, 5, 22)
SESSION_DAYS = (5, 20)


def sessions(first: date, last: date) -> list[date]:
    """The vaccination days of Suối Mơ between two days."""
    days = (first + timedelta(days=n) for n in range((last - first).days))
    return [day for day in days if day.day in SESSION_DAYS]


def essential_keys(village: Village) -> set[str]:
    """The essential messages that begin after she joined and within six months."""
    steps = (
        one
        for one in village.parts.programme.journey
        if one.tier is Amount.FEW and one.audience in (None, "mother") and not one.tracks
    )
    return {one.key for one in steps if JOINED < one.starts_on(BORN) < SIX_MONTHS_ON}


def over_the_cap(gone: Sequence[OutboxEntry]) -> list[tuple[date, int]]:
    """Days on which a tip was one too many in its week: six in the first four weeks of life, then four.

    What is said about visits counts too, but is never itself left out.
    """
    weeks = ((local(row).date(), within_a_week_before(row, gone)) for row in sent(gone, Lane.TIP))
    return [(day, count) for day, count in weeks if count > (6 if (day - BORN).days < 28 else 4)]


# Eight hundred ticks and as many looks at the clock: half a minute on one database is enough.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_six_months_bring_every_essential_message_in_order_and_never_too_much(
    village: Village, minh: Person, lan: Person
) -> None:
    hoa = await village.actor("Hoa", ActorRole.HEALTH_WORKER)
    await enrol_and_join(minh, lan)
    for day in sessions(JOINED, SIX_MONTHS_ON):
        await village.pass_time(to=at_home(day, "08:00"))
        await lan.presses("menu.child")  # a chat that is silent for 90 days would be asked who reads there
        if "An" in await hoa.presses("menu.session"):
            await hoa.taps("session.choice.one")
            await hoa.taps("1 · An")
            await hoa.taps("session.choice.record")
    await village.pass_time(to=at_home(SIX_MONTHS_ON, "21:00"))

    rows = await village.ledger(lan)
    gone, tips, visits = sent(rows), sent(rows, Lane.TIP), sent(rows, Lane.VISIT)
    logger.info("six months: %d tips, %d reminders, %d not sent", len(tips), len(visits), len(rows) - len(gone))
    assert len(tips) > 60
    assert len(visits) >= 8
    assert {local(row).hour for row in tips} == {19}
    assert {local(row).hour for row in visits} <= {17, 18, 19}
    assert max(Counter(local(row).date() for row in tips).values()) == 1
    assert not {local(row).date() for row in tips} & {local(row).date() for row in visits}
    assert over_the_cap(gone) == []
    assert max(Counter((row.message_key, row.occasion) for row in gone).values()) == 1
    assert essential_keys(village) <= {row.message_key for row in tips}
    ages = [next(one.from_day for one in village.parts.programme.journey if one.key == row.message_key) for row in tips]
    assert ages == sorted(ages)
    assert [row for row in rows if row.state is OutboxState.CLOSED and row.reason is None] == []
    assert {row.state for row in rows} <= {OutboxState.SENT, OutboxState.CLOSED}
    # On her phone stands what the ledger says, once each.
    reminders = [row for row in visits if row.message_key == "visit.reminder.1"]
    assert len([one for one in await lan.has_read() if one.startswith("⏰")]) == len(reminders)


async def test_lan_changes_hour_and_amount_and_what_is_planned_follows(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.pass_time(to=at_home(date(2026, 11, 25), "21:00"))
    evening = sent(await village.ledger(lan), Lane.TIP)
    assert {local(row).hour for row in evening} == {19}

    await lan.presses("menu.settings")
    await lan.taps("settings.choice.hour")
    await lan.taps("08:00")
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.amount")
    assert await lan.taps("choice.amount.1") == lan.words("settings.amount_kept", amount=lan.words("choice.amount.1"))
    await village.pass_time(to=at_home(date(2026, 12, 10), "21:00"))

    later = [row for row in sent(await village.ledger(lan), Lane.TIP) if row not in evening]
    assert {local(row).hour for row in later} == {8}
    tiers = {one.key: one.tier for one in village.parts.programme.journey}
    assert {tiers[row.message_key] for row in later} == {Amount.FEW}


async def test_planning_again_and_again_adds_nothing(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.pass_time(days=1)
    before = await village.outbox()

    moment = await village.parts.clock.moment()
    assert [await plan_day(village.parts.database, village.parts.programme, moment) for _ in range(3)] == [0, 0, 0]
    await village.stop_bot()
    await village.start_bot()
    await village.settled()

    assert await village.outbox() == before
