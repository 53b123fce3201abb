"""The nightly audit in rows: what it reads of some families, and what it found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, delete, exists, func, or_, select

from domain.auditing.finding import AuditedChild, AuditedFile, AuditedRow, Fault, Finding
from domain.identifiers import CaregiverId, ChildId, FacilityId, FamilyId
from domain.sending.outbox import Lane, OutboxState, Reason
from services.ports.auditing import AuditRun, FilesRead
from storage.repositories.family_rows import caregiver_of, child_of
from storage.statements import Statements
from storage.tables import (
    addresses,
    audit_entries,
    audit_findings,
    audit_runs,
    care_roles,
    caregiver_addresses,
    caregivers,
    child_forecasts,
    children,
    consents,
    families,
    outbox,
    pregnancies,
    session_changes,
)

LONGEST_PAUSE = timedelta(days=90)
PAUSE = "pause"
CHANGING = (PAUSE, "stop", "correct_birth_date", "contact_ended", "contact_begun_again", "add_child")
MOVING = ("merge_families", "undo_merge", "answer_move", "move_on_paper", "remove_caregiver", "leave_other_chats")
"""What the audit log says when somebody's messages begin to go otherwise."""
ABOUT_HERSELF = ("settings.", "stop.", "pause.", "back.", "still.", "join.")
"""With these words begin the replies to a change of language, hour, amount, or silence, which nothing else notes."""

_IS_OPEN = outbox.c.state.in_([OutboxState.PLANNED.value, OutboxState.SENDING.value])
_WENT = outbox.c.state.in_([OutboxState.SENT.value, OutboxState.UNCERTAIN.value])
_went_at = func.coalesce(outbox.c.sent_at, outbox.c.send_from)
_JOINED = caregivers.c.joined_at.is_not(None)
_READ = (
    *(outbox.c.caregiver_id, outbox.c.lane, outbox.c.state, outbox.c.reason, outbox.c.message_key, outbox.c.occasion),
    *(outbox.c.subjects, outbox.c.language, outbox.c.send_from, outbox.c.expires_at, outbox.c.planned_at),
    outbox.c.sent_at,
)


class AuditRows:
    """Each statement asks for a whole chunk of families."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def files(self, after: FamilyId, *, limit: int, since: datetime) -> FilesRead:
        """The next families in which somebody joined, with all rows since then and those that still wait."""
        joined = exists().where(caregivers.c.family_id == families.c.id, _JOINED)
        following = select(families.c.id).where(families.c.id > after, joined).order_by(families.c.id).limit(limit)
        numbers = [FamilyId(row[families.c.id]) for row in await self._statements.all(following)]
        if not numbers:
            return FilesRead((), 0, None)
        people = select(caregivers, families.c.zone).join(families).where(families.c.id.in_(numbers), _JOINED)
        found = {CaregiverId(row[caregivers.c.id]): row for row in await self._statements.all(people)}
        kids, rows = await self._children(found), await self._rows(found, since)
        files = [
            AuditedFile(caregiver_of(row), row[families.c.zone], tuple(kids[number]), tuple(rows[number]))
            for number, row in found.items()
        ]
        return FilesRead(files, len(numbers), numbers[-1] if len(numbers) == limit else None)

    async def _children(self, whose: Collection[CaregiverId]) -> Mapping[CaregiverId, Sequence[AuditedChild]]:
        same = child_forecasts.c.child_id == children.c.id
        days = (child_forecasts.c.due_on, child_forecasts.c.computed_at)
        cared_for = select(care_roles.c.caregiver_id, children, *days).join_from(care_roles, children)
        hers = cared_for.outerjoin(child_forecasts, same).where(care_roles.c.caregiver_id.in_(whose))
        found: defaultdict[CaregiverId, list[AuditedChild]] = defaultdict(list)
        for row in await self._statements.all(hers):
            one = AuditedChild(child_of(row), row[child_forecasts.c.due_on], row[child_forecasts.c.computed_at])
            found[CaregiverId(row[care_roles.c.caregiver_id])].append(one)
        return found

    async def _rows(
        self, whose: Collection[CaregiverId], since: datetime
    ) -> Mapping[CaregiverId, Sequence[AuditedRow]]:
        of_these_days = or_(_went_at >= since, _IS_OPEN)
        told = outbox.c.caregiver_id.in_(whose) & (outbox.c.lane != Lane.REPLY.value)
        return await self._read(select(*_READ).where(told, of_these_days))

    async def said_before(
        self, caregivers: Collection[CaregiverId], keys: Collection[str], before: datetime
    ) -> Mapping[CaregiverId, Sequence[AuditedRow]]:
        """What of these messages had reached them before."""
        said = outbox.c.caregiver_id.in_(caregivers) & outbox.c.message_key.in_(keys)
        return await self._read(select(*_READ).where(said, _WENT, _went_at < before))

    async def _read(self, found: Select[*tuple[Any, ...]]) -> Mapping[CaregiverId, Sequence[AuditedRow]]:
        rows: defaultdict[CaregiverId, list[AuditedRow]] = defaultdict(list)
        for row in await self._statements.all(found):
            rows[CaregiverId(row[outbox.c.caregiver_id])].append(_row_of(row))
        return rows

    async def occasions(
        self, caregivers: Collection[CaregiverId], keys: Collection[str]
    ) -> Mapping[tuple[CaregiverId, str], frozenset[str]]:
        """On which occasions there is a row of these messages, closed without a reason left out."""
        says_why = or_(outbox.c.state != OutboxState.CLOSED.value, outbox.c.reason.is_not(None))
        of_these = outbox.c.caregiver_id.in_(caregivers) & outbox.c.message_key.in_(keys)
        columns = (outbox.c.caregiver_id, outbox.c.message_key, outbox.c.occasion)
        found: defaultdict[tuple[CaregiverId, str], set[str]] = defaultdict(set)
        for row in await self._statements.all(select(*columns).where(of_these, says_why)):
            key = (CaregiverId(row[outbox.c.caregiver_id]), row[outbox.c.message_key])
            found[key].add(row[outbox.c.occasion])
        return {key: frozenset(occasions) for key, occasions in found.items()}

    async def changed_at(self, files: Collection[AuditedFile]) -> Mapping[CaregiverId, datetime]:
        """When something last changed by which her messages go, as far as anything tells."""
        whose = [file.caregiver.id for file in files]
        known = await self._changes_of_links(whose)
        known += await self._changes_of_consent(whose)
        known += await self._births_told(whose)
        known += await self._words_about_herself(whose)
        known += await self._entries_about(files)
        latest: dict[CaregiverId, datetime] = {}
        for caregiver, at in known:
            latest[caregiver] = max(at, latest.get(caregiver, at))
        return latest

    async def _changes_of_links(self, whose: Collection[CaregiverId]) -> list[tuple[CaregiverId, datetime]]:
        links, state_at = caregiver_addresses.c, addresses.c.state_at
        instants = (links.linked_at, links.revoked_at, state_at)
        found = select(links.caregiver_id, *instants).join_from(caregiver_addresses, addresses)
        return await self._instants(found.where(links.caregiver_id.in_(whose)), links.caregiver_id, instants)

    async def _changes_of_consent(self, whose: Collection[CaregiverId]) -> list[tuple[CaregiverId, datetime]]:
        instants = (consents.c.at, consents.c.withdrawn_at)
        found = select(consents.c.caregiver_id, *instants).where(consents.c.caregiver_id.in_(whose))
        return await self._instants(found, consents.c.caregiver_id, instants)

    async def _births_told(self, whose: Collection[CaregiverId]) -> list[tuple[CaregiverId, datetime]]:
        """A child whose birth was told is in her file since then only."""
        hers = care_roles.c.caregiver_id
        found = select(hers, pregnancies.c.ended_at).join_from(care_roles, pregnancies).where(hers.in_(whose))
        return await self._instants(found, hers, (pregnancies.c.ended_at,))

    async def _words_about_herself(self, whose: Collection[CaregiverId]) -> list[tuple[CaregiverId, datetime]]:
        links = caregiver_addresses.c
        words = or_(*(outbox.c.message_key.startswith(word, autoescape=True) for word in ABOUT_HERSELF))
        replies = (outbox.c.lane == Lane.REPLY.value) & outbox.c.caregiver_id.is_(None) & words
        newest = func.max(outbox.c.planned_at)
        in_chat = select(links.caregiver_id, newest.label("newest")).join_from(
            caregiver_addresses, outbox, outbox.c.address_id == links.address_id
        )
        found = in_chat.where(links.caregiver_id.in_(whose), replies).group_by(links.caregiver_id)
        return [(CaregiverId(row[links.caregiver_id]), row["newest"]) for row in await self._statements.all(found)]

    async def _entries_about(self, files: Collection[AuditedFile]) -> list[tuple[CaregiverId, datetime]]:
        whose = _subjects_of(files)
        of_kind = audit_entries.c.action.in_([*CHANGING, *MOVING])
        columns = (audit_entries.c.action, audit_entries.c.subject, audit_entries.c.at)
        found = select(*columns).where(of_kind, audit_entries.c.subject.in_(whose))
        return [
            (
                caregiver,
                row[audit_entries.c.at] + (LONGEST_PAUSE if row[audit_entries.c.action] == PAUSE else timedelta()),
            )
            for row in await self._statements.all(found)
            for caregiver in whose[row[audit_entries.c.subject]]
        ]

    async def _instants(
        self, found: Select[*tuple[Any, ...]], whose: ColumnElement[int], instants: Sequence[ColumnElement[Any]]
    ) -> list[tuple[CaregiverId, datetime]]:
        rows = await self._statements.all(found)
        return [(CaregiverId(row[whose]), row[at]) for row in rows for at in instants if row[at] is not None]

    async def sessions_changed(self, facility: FacilityId, since: datetime) -> bool:
        """Whether something about the facility's session days was changed or undone since."""
        since_then = or_(session_changes.c.at >= since, session_changes.c.undone_at >= since)
        found = select(session_changes.c.id).where(session_changes.c.facility_id == facility, since_then).limit(1)
        return await self._statements.value(found) is not None

    async def keep(self, run: AuditRun, findings: Collection[Finding]) -> None:
        """Keep what a run came to."""
        counts = {fault.value: count for fault, count in run.counts.items()}
        values = {"at": run.at, "days": run.days, "families": run.families, "counts": counts}
        insert = self._statements.insert(audit_runs).values(values).returning(audit_runs.c.id)
        number = await self._statements.value(insert)
        rows = [_values_of(finding) | {"run_id": number} for finding in findings]
        await self._statements.each(self._statements.insert(audit_findings), rows)

    async def latest(self) -> AuditRun | None:
        """The newest run."""
        row = await self._statements.first(select(audit_runs).order_by(audit_runs.c.id.desc()).limit(1))
        if row is None:
            return None
        counts = {Fault(fault): count for fault, count in row[audit_runs.c.counts].items()}
        return AuditRun(row[audit_runs.c.at], row[audit_runs.c.days], row[audit_runs.c.families], counts)

    async def findings_of_latest(self, limit: int) -> Sequence[Finding]:
        """What it found, the first of it."""
        newest = select(func.max(audit_runs.c.id)).scalar_subquery()
        found = select(audit_findings).where(audit_findings.c.run_id == newest).order_by(audit_findings.c.id)
        return tuple(_finding_of(row) for row in await self._statements.all(found.limit(limit)))

    async def forget(self, before: datetime) -> int:
        """Runs from before then, with their findings. Gives how many runs."""
        old = select(audit_runs.c.id).where(audit_runs.c.at < before)
        await self._statements.run(delete(audit_findings).where(audit_findings.c.run_id.in_(old)))
        return await self._statements.run(delete(audit_runs).where(audit_runs.c.at < before))


def _row_of(row: RowMapping) -> AuditedRow:
    reason = row[outbox.c.reason]
    return AuditedRow(
        lane=Lane(row[outbox.c.lane]),
        state=OutboxState(row[outbox.c.state]),
        reason=Reason(reason) if reason is not None else None,
        key=row[outbox.c.message_key],
        occasion=row[outbox.c.occasion],
        subjects=frozenset(ChildId(child) for child in row[outbox.c.subjects]),
        language=row[outbox.c.language],
        send_from=row[outbox.c.send_from],
        expires_at=row[outbox.c.expires_at],
        planned_at=row[outbox.c.planned_at],
        sent_at=row[outbox.c.sent_at],
    )


def _subjects_of(files: Iterable[AuditedFile]) -> Mapping[str, Sequence[CaregiverId]]:
    """As the audit log writes them: herself, her family, her children."""
    whose: defaultdict[str, list[CaregiverId]] = defaultdict(list)
    for file in files:
        own = (f"caregiver:{file.caregiver.id}", f"family:{file.caregiver.family}")
        for subject in (*own, *(f"child:{one.child.id}" for one in file.children)):
            whose[subject].append(file.caregiver.id)
    return whose


def _values_of(finding: Finding) -> dict[str, Any]:
    return {
        "caregiver_id": finding.caregiver,
        "fault": finding.fault.value,
        "message_key": finding.key,
        "occasion": finding.occasion,
        "happened_on": finding.on,
    }


def _finding_of(row: RowMapping) -> Finding:
    return Finding(
        fault=Fault(row[audit_findings.c.fault]),
        caregiver=CaregiverId(row[audit_findings.c.caregiver_id]),
        key=row[audit_findings.c.message_key],
        occasion=row[audit_findings.c.occasion],
        on=row[audit_findings.c.happened_on],
    )
