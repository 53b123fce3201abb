"""Erasure by the registry, in rows: hers goes, the child's and everybody else's stays, and the chat goes last."""

from datetime import date, timedelta

from sqlalchemy import select

from domain.consent import Consent, ConsentWay, Purpose
from domain.erasure import TIME_TO_THINK, Erasure, last_word_occasion
from domain.message import OutgoingMessage, Text
from domain.reader import Role
from domain.sending.outbox import Lane, PlannedMessage
from domain.tasks import TaskKind
from services.ports.drafts import Draft
from services.ports.invites import NewInvite
from services.ports.tasks import NewTask
from services.ports.visits import Vaccination, VaccinationSource, VisitAnswer
from storage.engine import Database
from storage.tables import metadata
from tests.storage.village import BOT, NOW, Village, add_caregiver, reply, tip

HERS = ("+84912345678", "'lan'", '"lan"', "chữ của Lan", "token-of-lan", "caregiver:1")
RECEIPT = "CR-7K3M-92QD"


async def fill(database: Database, village: Village) -> None:
    """Something of hers in every table that can hold it."""
    lan, chat = village.lan, village.chat
    async with database.begin() as uow:
        await uow.consents.add(Consent(lan, Purpose.MESSAGES, True, "2026-11", "vi", ConsentWay.TAP, NOW))
        await uow.outbox.plan([tip(lan), reply(chat, "update:1:0")], NOW)
        await uow.drafts.keep(chat, Draft("enrolment", 1, {"name": "chữ của Lan"}, None, NOW))
        await uow.invites.note_try(chat, NOW)
        await uow.invites.request(chat, "4831", at=NOW, expires_at=NOW + timedelta(days=1))
        made = NewInvite("token-of-lan", None, lan, None, NOW + timedelta(days=1), None)
        await uow.invites.add(made, by=village.minh, at=NOW)
        await uow.visits.answer(lan, village.station, date(2026, 11, 25), VisitAnswer.COMING, NOW)
        dose = Vaccination(village.an, "BCG", date(2026, 10, 2), VaccinationSource.REPORTED)
        await uow.visits.record([dose], at=NOW, caregiver=lan)
        await uow.tasks.add(NewTask(TaskKind.CALL, "call:1", village.family, NOW.date(), lan), at=NOW)
        await uow.programme.audit("stop", at=NOW, address=chat, subject=f"caregiver:{lan}", details={"wanted": "lan"})
        await uow.updates.store(bot=BOT, update_id=7, chat="lan", body="chữ của Lan", at=NOW)
        stored = await uow.updates.next_of(BOT, "lan")
        assert stored is not None
        await uow.updates.failed(stored.id, problem="chữ của Lan", parked=True, at=NOW)
        await uow.updates.end_turn(BOT, "lan", retry_at=None)


async def everything(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as it reads."""
    async with database.transaction() as connection:
        return {
            table.name: [str(dict(row)) for row in (await connection.execute(select(table))).mappings()]
            for table in metadata.sorted_tables
        }


async def traces(database: Database) -> list[str]:
    tables = await everything(database)
    return sorted(name for name, rows in tables.items() if any(value in row for row in rows for value in HERS))


async def wish(database: Database, village: Village) -> Erasure:
    async with database.begin() as uow:
        return await uow.privacy.ask(village.lan, at=NOW, due_at=NOW + TIME_TO_THINK, receipt=RECEIPT)


async def carry_out(database: Database, village: Village, erasure: Erasure) -> Erasure:
    """Both steps but the last; gives what still waits for its last word."""
    async with database.begin() as uow:
        assert await uow.privacy.hold(erasure.id)
        assert not await uow.privacy.is_on_its_way(village.lan)
        await uow.privacy.erase(erasure, last_address=village.chat, at=NOW)
        last = PlannedMessage(
            Lane.REPLY,
            OutgoingMessage(Text("forget.done", {"receipt": RECEIPT})),
            last_word_occasion(erasure.id),
            NOW,
            NOW + timedelta(days=1),
            address=village.chat,
        )
        await uow.outbox.plan([last], NOW)
        assert await uow.privacy.finished(NOW) == []
        (waiting,) = await uow.privacy.finished(NOW + timedelta(days=1))
        return waiting


async def test_no_value_of_hers_stands_anywhere_after_both_steps(database: Database, village: Village) -> None:
    await fill(database, village)
    assert {"caregivers", "addresses", "drafts", "updates", "invites", "audit_entries"} <= set(await traces(database))
    waiting = await carry_out(database, village, await wish(database, village))
    assert await traces(database) == ["addresses"]
    async with database.begin() as uow:
        await uow.privacy.forget_last_address(waiting)
    assert await traces(database) == []
    kept = await everything(database)
    assert [
        name
        for name in ("outbox", "drafts", "code_tries", "join_requests", "visit_answers", "tasks", "chat_turns")
        if kept[name]
    ] == []
    assert "An" in kept["children"][0]
    assert len(kept["vaccinations"]) == len(kept["consents"]) == len(kept["updates"]) == 1
    assert RECEIPT in kept["erasures"][0]


async def test_a_chat_that_another_reads_too_stays_with_what_was_said_to_him(
    database: Database, village: Village
) -> None:
    await fill(database, village)
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village, Role.FATHER)
        await uow.people.link_caregiver(tuan, village.chat, NOW)
        await uow.outbox.plan([tip(tuan)], NOW)
    waiting = await carry_out(database, village, await wish(database, village))
    async with database.begin() as uow:
        await uow.privacy.forget_last_address(waiting)
        assert [one.id for one in await uow.families.caregivers_at(village.chat)] == [tuan]
        assert [row.message_key for row in await uow.outbox.timeline(tuan)] == ["feeding.breast"]


async def test_two_wishes_are_one_and_a_cancelled_one_is_past(database: Database, village: Village) -> None:
    first = await wish(database, village)
    async with database.begin() as uow:
        again = await uow.privacy.ask(village.lan, at=NOW, due_at=NOW, receipt="CR-AAAA-AAAA")
        assert again == first
        assert await uow.privacy.due(NOW) == []
        assert await uow.privacy.due(first.due_at) == [first]
        assert await uow.privacy.cancel(first.id, NOW)
        assert not await uow.privacy.cancel(first.id, NOW)
        assert not await uow.privacy.hold(first.id)
        assert await uow.privacy.due(first.due_at) == []


async def test_while_a_message_is_on_its_way_to_her_erasure_waits(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        until = NOW + timedelta(minutes=1)
        (row,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=until, limit=5)
        await uow.outbox.leave([row.id], claimed_until=until, lease_until=until)
        assert await uow.privacy.is_on_its_way(village.lan)


async def test_what_was_claimed_and_has_not_left_yet_never_leaves_to_one_who_is_to_be_forgotten(
    database: Database, village: Village
) -> None:
    until = NOW + timedelta(minutes=1)
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan)], NOW)
        (row,) = await uow.outbox.claim(now=NOW, wall=NOW, lease_until=until, limit=5)
        assert not await uow.privacy.is_on_its_way(village.lan)
        assert await uow.outbox.leave([row.id], claimed_until=until, lease_until=until) == set()


async def test_her_file_holds_her_rows_and_nobody_elses(database: Database, village: Village) -> None:
    await fill(database, village)
    async with database.begin() as uow:
        tuan = await add_caregiver(uow, village, Role.FATHER)
        await uow.consents.add(Consent(tuan, Purpose.FILE, True, "2026-11", "vi", ConsentWay.PAPER, NOW, village.minh))
        hers, his = await uow.privacy.known_of(village.lan), await uow.privacy.known_of(tuan)
    assert [row["phone"] for row in hers["caregivers"]] == ["+84912345678"]
    assert [row["name"] for row in hers["children"]] == ["An"]
    assert [row["purpose"] for row in hers["consents"]] == ["messages"]
    assert (hers["actors"], len(hers["vaccinations"]), len(hers["addresses"])) == ([], 1, 1)
    assert [row["name"] for row in his["actors"]] == ["Minh"]
    assert (his["children"], his["addresses"]) == ([], [])
