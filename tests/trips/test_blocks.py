"""Blocked, gone, not found: who cannot be reached is on the volunteer's list, and is back with any sign of life."""

from datetime import date

from domain.sending.outbox import Lane, OutboxState, Reason
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, local, sent
from tests.trips.village import Person, Village

BORN = date(2026, 11, 1)


async def list_of(minh: Person) -> str:
    """Minh's list with its buttons."""
    await minh.presses("menu.families")
    return str((await minh.messages())[-1])


async def states(village: Village) -> list[str]:
    """Every chat that is not reached, by reason."""
    return [reason for (reason,) in await village.rows("SELECT state_reason FROM addresses WHERE state <> 'active'")]


async def test_lan_blocks_us_is_on_minhs_list_and_comes_back_without_a_backlog(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.pass_time(days=2)
    before = sent(await village.ledger(lan))
    assert "📵" not in await list_of(minh)

    await lan.blocks()
    assert await states(village) == ["blocked"]
    assert "📵" in await list_of(minh)
    await village.pass_time(to=at_home(date(2026, 12, 8), "14:30"))
    rows = await village.ledger(lan)
    assert sent(rows) == before
    assert {row.reason for row in rows if row.state is OutboxState.CLOSED} <= {Reason.UNREACHABLE, Reason.EXPIRED}

    await lan.unblocks()
    assert await states(village) == []
    assert lan.as_mother.words("back.hello") in await lan.has_read()
    assert minh.words("families.nobody") == await minh.presses("menu.families")
    await village.pass_time(to=at_home(date(2026, 12, 11), "21:00"))
    later = [row for row in sent(await village.ledger(lan), Lane.TIP) if row not in before]
    ends = {one.key: one.ends_on(BORN) for one in village.parts.programme.journey}
    assert 1 <= len(later) <= 4
    assert all(local(row).date() < ends[row.message_key] for row in later)
    assert {local(row).hour for row in later} == {19}


async def test_a_refusal_at_sending_is_kept_with_its_reason_and_any_word_brings_her_back(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.stage.add_fault("blocked", method="sendMessage", chat_id=lan.phone)
    await village.pass_time(to=at_home(date(2026, 11, 23), "21:00"))
    assert await states(village) == ["blocked"]
    closed = [row for row in await village.ledger(lan) if row.state is OutboxState.CLOSED]
    assert {row.reason for row in closed} == {Reason.UNREACHABLE}

    await lan.types("chào")
    assert await states(village) == []
    assert lan.as_mother.words("back.hello") in await lan.has_read()
    missed = [row for row in await village.ledger(lan) if row.reason is Reason.SUPERSEDED]
    await village.pass_time(days=4)
    later = sent(await village.ledger(lan), Lane.TIP)
    assert later
    assert missed
    assert not {row.message_key for row in missed} & {row.message_key for row in later}


async def test_a_deactivated_account_is_left_alone(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.stage.deactivate(lan.phone)
    await village.pass_time(days=3)
    assert await states(village) == ["deactivated"]
    calls = [one for one in await village.stage.journal(chat_id=lan.phone) if not one["ok"]]
    assert len(calls) == 1
    assert "📵" in await list_of(minh)


async def test_a_chat_not_found_is_believed_only_on_the_second_day(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.stage.add_fault("chat_not_found", method="sendMessage", chat_id=lan.phone, times=2)
    await village.pass_time(to=at_home(date(2026, 11, 23), "23:00"))
    assert await states(village) == []
    assert sent(await village.ledger(lan)) == []
    await village.pass_time(days=1)
    assert await states(village) == ["not_found"]
    refused = [one for one in await village.stage.journal(chat_id=lan.phone) if not one["ok"]]
    assert len(refused) == 2
    assert len({one["at"][:10] for one in refused}) == 2


async def test_a_chat_not_found_once_is_a_passing_fault(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    await village.stage.add_fault("chat_not_found", method="sendMessage", chat_id=lan.phone)
    await village.pass_time(days=3)
    assert await states(village) == []
    tips = sent(await village.ledger(lan), Lane.TIP)
    assert tips
    assert {local(row).hour for row in tips} == {19}


async def test_a_chat_that_moved_is_followed(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="1/11/2026")
    moved_to = -1001234567890
    await village.stage.add_fault("migrated", method="sendMessage", chat_id=lan.phone, new_chat_id=moved_to)
    await village.pass_time(to=at_home(date(2026, 11, 23), "21:00"))

    assert len(await village.rows("SELECT 1 FROM addresses WHERE external_id = :id", id=str(moved_to))) == 1
    assert len(await village.stage.journal(chat_id=moved_to)) == 1
    assert {state for _key, _occasion, state, _reason in await village.outbox()} <= {"sent", "planned"}
