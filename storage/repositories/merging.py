"""How the rows of one family's file go over to another one. Nothing is copied, nothing is removed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table

from domain.aftercare import GRAVEST_LAST, Need
from domain.ends import CaregiverEnd, ChildEnd
from domain.identifiers import CaregiverId
from domain.merging import Joined, Subject
from domain.sending.outbox import OutboxState, Reason
from services.ports.merges import Occasions
from services.ports.visits import Withdrawal
from storage.repositories.row_moves import RowMover
from storage.tables import (
    applications,
    attendances,
    campaign_answers,
    care_done,
    care_roles,
    caregiver_addresses,
    caregivers,
    children,
    consents,
    exemptions,
    invites,
    message_marks,
    moves,
    outbox,
    pregnancies,
    reactions,
    tasks,
    topic_answers,
    vaccinations,
    visit_answers,
)

SUBJECTS: Mapping[str, Table] = {"child": children, "pregnancy": pregnancies}
CARES = {"child": care_roles.c.child_id, "pregnancy": care_roles.c.pregnancy_id}
PERHAPS_SENT = (OutboxState.SENT.value, OutboxState.UNCERTAIN.value, OutboxState.SENDING.value)
# Columns in which a caregiver stands as such, and nothing is unique about it.
POINTS_TO_CAREGIVER = (
    (vaccinations, "caregiver_id"),
    (exemptions, "caregiver_id"),
    (care_done, "caregiver_id"),
    (attendances, "caregiver_id"),
    (invites, "caregiver_id"),
    (invites, "offered_by"),
    (tasks, "caregiver_id"),
    (applications, "caregiver_id"),
    (moves, "answered_by"),
)
# What stands about a child or a pregnancy, and what must not stand twice about the one that goes on.
ABOUT_SUBJECT: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (vaccinations, ("vaccine", "given_on", "source")),
    (attendances, ("facility_id", "visit_on", "source")),
    (care_done, ("item", "done_on")),
    (exemptions, ("dose_group", "kind", "until_on")),
    (reactions, ("caregiver_id", "given_on", "watch")),
    (tasks, ("occasion",)),
)


async def join_files(mover: RowMover, joined: Joined, at: datetime) -> None:
    """Everything of the merged family becomes the kept one's."""
    for ends, goes_on in joined.subjects.items():
        await _join_subject(mover, joined, ends, goes_on, at=at)
        await mover.change_all(
            SUBJECTS[ends[0]],
            SUBJECTS[ends[0]].c.id == ends[1],
            SUBJECTS[ends[0]].c.ended_at.is_(None),
            ended_at=at,
            ended_as=ChildEnd.MERGED.value,
        )
        if ends[0] == "pregnancy":
            awaited = (tasks.c.occasion == f"birth:{ends[1]}", tasks.c.closed_at.is_(None))
            await mover.change_all(tasks, *awaited, closed_at=at)
    for table in (children, pregnancies, caregivers, tasks, moves):
        await mover.change_all(table, table.c.family_id == joined.merged, family_id=joined.kept)
    for other, same in joined.caregivers.items():
        await _join_caregiver(mover, other, same, at)
    for ends, goes_on in joined.subjects.items():
        await _rewrite_messages(mover, joined, ends, goes_on)


async def _join_subject(mover: RowMover, joined: Joined, ends: Subject, goes_on: Subject, *, at: datetime) -> None:
    """Doses and care go over to the child that goes on, without doubling."""
    for table, alike in ABOUT_SUBJECT:
        if ends[0] == goes_on[0] and f"{ends[0]}_id" in table.c:
            await _move_about(mover, table, ends, goes_on, alike, at=at)
    for row in await mover.rows(care_roles, CARES[ends[0]] == ends[1]):
        whose = joined.caregivers.get(row[care_roles.c.caregiver_id], row[care_roles.c.caregiver_id])
        if not await mover.rows(care_roles, care_roles.c.caregiver_id == whose, CARES[goes_on[0]] == goes_on[1]):
            about: dict[str, Any] = {"child_id": None, "pregnancy_id": None, f"{goes_on[0]}_id": goes_on[1]}
            await mover.change(care_roles, row, caregiver_id=whose, **about)


async def _move_about(  # a table, from whom to whom, and what must not stand twice
    mover: RowMover, table: Table, ends: Subject, goes_on: Subject, alike: tuple[str, ...], *, at: datetime
) -> None:
    """Rows about the one go over to the other; of two that stand and say the same, the one that is there stays."""
    subject = table.c[f"{ends[0]}_id"]

    def says(row: RowMapping) -> tuple[Any, ...]:
        return tuple(row[table.c[name]] for name in alike)

    def stands(row: RowMapping) -> bool:
        return "withdrawn_at" not in table.c or row[table.c.withdrawn_at] is None

    known = {says(row): row for row in await mover.rows(table, subject == goes_on[1]) if stands(row)}
    for row in await mover.rows(table, subject == ends[1]):
        there = known.get(says(row)) if stands(row) else None
        if there is None or await _gives_way(mover, table, there, row, at=at):
            await mover.change(table, row, **{subject.name: goes_on[1]})


async def _gives_way(mover: RowMover, table: Table, there: RowMapping, other: RowMapping, *, at: datetime) -> bool:
    """Whether what is there no longer stands: a guessed day gives way to the true one. A graver word is taken over."""
    if table is reactions:
        await _keep_graver_word(mover, there, other)
    if table is not vaccinations or there[vaccinations.c.date_known] or not other[vaccinations.c.date_known]:
        return False
    await mover.change(vaccinations, there, withdrawn_at=at, withdrawn_as=Withdrawal.CORRECTED.value)
    return True


async def _keep_graver_word(mover: RowMover, there: RowMapping, other: RowMapping) -> None:
    """Of two words about the same dose the graver one stands, and stays in the morning digest until it was seen."""

    def gravity(row: RowMapping) -> tuple[int, bool]:
        return GRAVEST_LAST.index(Need(row[reactions.c.needs])), row[reactions.c.seen_at] is None

    if gravity(other) > gravity(there):
        told = ("facility_id", "answer", "needs", "at", "seen_at", "seen_by")
        await mover.change(reactions, there, **{name: other[reactions.c[name]] for name in told})


async def _join_caregiver(mover: RowMover, other: CaregiverId, same: CaregiverId, at: datetime) -> None:
    await _keep_silence(mover, other, same)
    await _repoint(mover, care_roles, other, same, but=("child_id", "pregnancy_id"))
    living = caregiver_addresses.c.revoked_at.is_(None)
    await _repoint(mover, caregiver_addresses, other, same, living, but=("address_id",))
    await _repoint(mover, visit_answers, other, same, but=("facility_id", "visit_on"))
    await _repoint(mover, reactions, other, same, but=("child_id", "given_on", "watch"))
    await _repoint(mover, topic_answers, other, same, but=("facility_id", "visit_on", "topic"))
    await _repoint(mover, campaign_answers, other, same, but=("campaign_id",))
    await _repoint(mover, message_marks, other, same, but=("message_key",))
    await mover.change_all(consents, consents.c.caregiver_id == other, caregiver_id=same)
    await _keep_withdrawals(mover, same)
    for table, column in POINTS_TO_CAREGIVER:
        await mover.change_all(table, table.c[column] == other, **{column: same})
    for row in await mover.rows(outbox, outbox.c.caregiver_id == other):
        await _rehome(mover, row, same, row[outbox.c.occasion])
    ended = {"ended_at": at, "ended_as": CaregiverEnd.MERGED.value}
    await mover.change_all(caregivers, caregivers.c.id == other, caregivers.c.ended_at.is_(None), **ended)


async def _keep_silence(mover: RowMover, other: CaregiverId, same: CaregiverId) -> None:
    """Whatever wish for silence either of the two files holds goes on."""
    (gone,) = await mover.rows(caregivers, caregivers.c.id == other)
    (stays,) = await mover.rows(caregivers, caregivers.c.id == same)
    names = ["stopped_at", "bereaved_at", "phone"]
    if stays[caregivers.c.pause_covers] is None:
        names += ["pause_covers", "paused_until"]
    kept = {name: stays[caregivers.c[name]] or gone[caregivers.c[name]] for name in names}
    wants = stays[caregivers.c.wants_visits] and gone[caregivers.c.wants_visits]
    await mover.change(caregivers, stays, **kept, wants_visits=wants)


async def _keep_withdrawals(mover: RowMover, same: CaregiverId) -> None:
    """A no that was said after a yes counts, in whichever file each of them stood."""
    rows = sorted(
        await mover.rows(consents, consents.c.caregiver_id == same),
        key=lambda row: (row[consents.c.at], row[consents.c.id]),
    )
    for purpose in {row[consents.c.purpose] for row in rows}:
        answers = [row for row in rows if row[consents.c.purpose] == purpose]
        latest = answers[-1]
        taken_back = [row[consents.c.withdrawn_at] for row in answers if row[consents.c.withdrawn_at] is not None]
        later = [instant for instant in taken_back if instant > latest[consents.c.at]]
        if later and latest[consents.c.given] and latest[consents.c.withdrawn_at] is None:
            await mover.change(consents, latest, withdrawn_at=max(later))


async def _repoint(  # a column, what it becomes, and what must not be there twice
    mover: RowMover,
    table: Table,
    other: CaregiverId,
    same: CaregiverId,
    *where: ColumnElement[bool],
    but: tuple[str, ...],
) -> None:
    def key(row: RowMapping) -> tuple[Any, ...]:
        return tuple(row[table.c[name]] for name in but)

    known = {key(row): row for row in await mover.rows(table, table.c.caregiver_id == same, *where)}
    for row in await mover.rows(table, table.c.caregiver_id == other, *where):
        if key(row) not in known:
            await mover.change(table, row, caregiver_id=same)
        elif table is reactions:
            await _keep_graver_word(mover, known[key(row)], row)


async def _rehome(mover: RowMover, row: RowMapping, whose: CaregiverId, occasion: str) -> None:
    """A message under its new caregiver and occasion. Where there is one already, what was said is not said again."""
    same = (outbox.c.caregiver_id == whose, outbox.c.occasion == occasion, outbox.c.id != row[outbox.c.id])
    others = await mover.rows(outbox, outbox.c.message_key == row[outbox.c.message_key], *same)
    if not others:
        await mover.change(outbox, row, caregiver_id=whose, occasion=occasion)
        return
    was_sent = row[outbox.c.state] in PERHAPS_SENT
    for unsaid in (one for one in ([others[0]] if was_sent else [row]) if one[outbox.c.state] not in PERHAPS_SENT):
        await mover.change(outbox, unsaid, state=OutboxState.CLOSED.value, reason=Reason.SUPERSEDED.value)


async def _rewrite_messages(mover: RowMover, joined: Joined, ends: Subject, goes_on: Subject) -> None:
    """What is still to be said of the one that ended is about the one that goes on."""
    family = [row[caregivers.c.id] for row in await mover.rows(caregivers, caregivers.c.family_id == joined.kept)]
    for row in await mover.rows(outbox, outbox.c.caregiver_id.in_(family)):
        if ends[0] == goes_on[0] == "child" and ends[1] in row[outbox.c.subjects]:
            subjects = dict.fromkeys(goes_on[1] if one == ends[1] else one for one in row[outbox.c.subjects])
            await mover.change(outbox, row, subjects=list(subjects))
        elif ends[0] == goes_on[0] == "pregnancy":
            await _rename_pregnancy(mover, row, ends[1], goes_on[1])


async def _rename_pregnancy(mover: RowMover, row: RowMapping, ends: int, goes_on: int) -> None:
    kind, _, rest = row[outbox.c.occasion].partition(":")
    number, colon, word = rest.partition(":")
    if kind == "pregnancy" and number == str(ends):
        await _rehome(mover, row, row[outbox.c.caregiver_id], f"pregnancy:{goes_on}{colon}{word}")


async def rename_occasions(mover: RowMover, occasions: Occasions) -> None:
    """What was said on one occasion counts as said on the other."""
    for old, new in occasions.instead.items():
        hers = (outbox.c.caregiver_id == occasions.caregiver, outbox.c.occasion == old)
        for row in await mover.rows(outbox, *hers):
            await _rehome(mover, row, occasions.caregiver, new)
