"""What an audit reads of a family and keeps of its findings, on each database."""

from dataclasses import replace
from datetime import date, timedelta

from domain.auditing.finding import AuditedFile, Fault, Finding
from domain.ends import PregnancyEnd
from domain.identifiers import CaregiverId, FamilyId
from domain.reader import Role
from domain.sending.outbox import Reason, SentMessage
from services.operations.audit_sending import MOST_KEPT, audit_nightly, audit_sending
from services.ports.auditing import AuditRun
from storage.engine import Database
from tests.fakes.people import moment_at
from tests.fakes.programmes import PROGRAMME
from tests.storage.village import NOW, Village, add_caregiver, reply, tip

WEEK = timedelta(days=7)
FINDING = Finding(Fault.MISSED, CaregiverId(1), "feeding.breast", "child:1", date(2026, 11, 19))
RUN = AuditRun(NOW, 3, 1, {Fault.MISSED: 1, Fault.LATE: 2})


async def file_of_lan(database: Database) -> AuditedFile:
    async with database.look() as uow:
        read = await uow.auditing.files(FamilyId(0), limit=10, since=NOW - WEEK)
    (file,) = read.files
    assert (read.families, read.last) == (1, None)
    return file


async def test_lans_file_has_her_child_and_what_went_lately_or_waits(database: Database, village: Village) -> None:
    old, waits = NOW - 2 * WEEK, NOW + WEEK
    async with database.begin() as uow:
        await add_caregiver(uow, village)  # who never joined has no file
        rows = [tip(village.lan, key, send_from=at) for key, at in (("old", old), ("new", NOW), ("waits", waits))]
        await uow.outbox.plan([*rows, reply(village.chat, "update:1:0")], NOW)
        ids = {one.message_key: one.id for one in await uow.outbox.timeline(village.lan)}
    async with database.begin() as uow:
        await uow.outbox.claim(now=old, wall=NOW + WEEK, lease_until=NOW + WEEK, limit=5)
        await uow.outbox.record_sent([SentMessage(ids["old"], "1", "vi", village.chat)], old)
    file = await file_of_lan(database)
    assert (file.caregiver.id, file.zone) == (village.lan, "Asia/Ho_Chi_Minh")
    assert [one.child.id for one in file.children] == [village.an]
    assert {row.key for row in file.rows} == {"new", "waits"}
    async with database.look() as uow:
        before = await uow.auditing.said_before([village.lan], ["old", "new"], NOW - WEEK)
        occasions = await uow.auditing.occasions([village.lan], ["old", "other"])
    assert [(row.key, row.language, row.went_at) for row in before[village.lan]] == [("old", "vi", old)]
    assert occasions == {(village.lan, "old"): frozenset({"child:1"})}


async def test_families_go_by_in_chunks(database: Database, village: Village) -> None:
    async with database.look() as uow:
        first = await uow.auditing.files(FamilyId(0), limit=1, since=NOW)
        assert first.last == village.family
        rest = await uow.auditing.files(first.last, limit=1, since=NOW)
    assert (rest.families, rest.last) == (0, None)


async def test_what_lan_says_about_herself_and_a_pause_tell_when_something_changed(
    database: Database, village: Village
) -> None:
    file = await file_of_lan(database)
    later = NOW + timedelta(hours=5)

    async def changed() -> object:
        async with database.look() as uow:
            return (await uow.auditing.changed_at([file]))[village.lan]

    assert await changed() == NOW  # since then she reads from this chat
    async with database.begin() as uow:
        said = reply(village.chat, "update:2:0")
        about = replace(said.message, body=replace(said.message.body, key="settings.hour_kept"))
        await uow.outbox.plan([said], later + WEEK)
        await uow.outbox.plan([replace(said, message=about, occasion="update:3:0")], later)
    assert await changed() == later
    async with database.begin() as uow:
        await uow.programme.audit("pause", at=NOW, subject=f"caregiver:{village.lan}")
    assert await changed() == NOW + timedelta(days=90)


async def test_a_birth_that_was_told_is_a_change_since_then(database: Database, village: Village) -> None:
    later = NOW + timedelta(hours=1)
    async with database.begin() as uow:
        awaited = await uow.families.add_pregnancy(village.family, village.station, NOW.date())
        await uow.families.add_care(village.lan, Role.MOTHER, pregnancy=awaited)
        assert await uow.lives.end_awaited(awaited, PregnancyEnd.BORN, later)
    file = await file_of_lan(database)
    async with database.look() as uow:
        assert await uow.auditing.changed_at([file]) == {village.lan: later}


async def test_findings_are_kept_counted_and_forgotten(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        assert await uow.auditing.latest() is None
        await uow.auditing.keep(RUN, [FINDING])
        await uow.auditing.keep(replace(RUN, at=NOW + WEEK), [replace(FINDING, fault=Fault.LATE)])
    async with database.begin() as uow:
        assert await uow.auditing.latest() == replace(RUN, at=NOW + WEEK)
        assert await uow.auditing.findings_of_latest(5) == (replace(FINDING, fault=Fault.LATE),)
        assert await uow.auditing.forget(NOW + timedelta(days=1)) == 1
        assert await uow.auditing.forget(NOW + 2 * WEEK) == 1
        assert await uow.auditing.latest() is None
    assert village.lan == FINDING.caregiver


async def test_a_clock_that_was_set_back_is_audited_all_the_same(database: Database, village: Village) -> None:
    for day in (20, 22, 21):
        await audit_nightly(database, PROGRAMME, moment_at(date(2026, 11, day), 1), _as_read)
        async with database.look() as uow:
            run = await uow.auditing.latest()
        assert run is not None
        assert (run.at, run.families) == (moment_at(date(2026, 11, day), 1).now, 1)
    assert village.lan == FINDING.caregiver


async def test_more_faults_than_anybody_reads_are_counted_and_not_kept(database: Database, village: Village) -> None:
    stuck = [tip(village.lan, f"stuck.{n}", send_from=NOW, expires_at=NOW + WEEK) for n in range(MOST_KEPT + 1)]
    async with database.begin() as uow:
        await uow.outbox.plan(stuck, NOW)
    audit = await audit_sending(database, PROGRAMME, moment_at(date(2026, 11, 22), 1), _as_read)
    assert audit.run.counts == {Fault.LATE: MOST_KEPT + 1}
    assert len(audit.findings) == MOST_KEPT


async def test_what_is_closed_without_a_reason_is_no_row(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.outbox.plan([tip(village.lan, "one"), tip(village.lan, "two")], NOW)
        await uow.outbox.close_occasion(village.lan, "child:1", Reason.SUPERSEDED)
        assert set(await uow.auditing.occasions([village.lan], ["one", "two"])) == {
            (village.lan, "one"),
            (village.lan, "two"),
        }


async def test_what_was_found_about_lan_is_forgotten_with_her(database: Database, village: Village) -> None:
    async with database.begin() as uow:
        await uow.auditing.keep(RUN, [FINDING])
        wish = await uow.privacy.ask(village.lan, at=NOW, due_at=NOW, receipt="CR-7K3M-92QD")
        assert await uow.privacy.hold(wish.id)
        await uow.privacy.erase(wish, last_address=village.chat, at=NOW)
        assert await uow.auditing.findings_of_latest(5) == ()
        assert await uow.auditing.latest() == RUN


def _as_read(_key: str, language: str) -> str:
    return language
