"""After a restore: what became of wishes to be forgotten since the backup was made is carried out again.

Nobody is written to: who was forgotten has her receipt, and who took her wish back knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.ends import CaregiverEnd
from domain.identifiers import CaregiverId
from domain.people import Caregiver
from domain.sending.outbox import Reason
from services.ports import UnitOfWork, UnitsOfWork
from services.privacy.ask_to_be_forgotten import UNASKED


@dataclass(frozen=True)
class Wish:
    """One wish to be forgotten and what became of it. `who` names her to nobody who has no database."""

    who: str
    receipt: str
    asked_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    erased_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be carried out."""
        return self.kept_at is None and self.erased_at is None


async def erase_again(units: UnitsOfWork, wishes: Iterable[tuple[CaregiverId, Wish]], now: datetime) -> int:
    """In the order in which they were asked, a transaction each; gives how many were forgotten again."""
    erased = 0
    for caregiver, wish in sorted(wishes, key=lambda one: one[1].asked_at):
        async with units.begin() as uow:
            erased += await _carry_out(uow, caregiver, wish, now)
    return erased


async def _carry_out(uow: UnitOfWork, number: CaregiverId, wish: Wish, now: datetime) -> int:
    caregiver = await uow.families.caregiver(number)
    if caregiver is None:
        return 0
    if wish.kept_at is not None:
        await _keep(uow, caregiver, wish.kept_at)
        return 0
    erasure = await uow.privacy.ask(number, at=wish.asked_at, due_at=wish.due_at, receipt=wish.receipt)
    await uow.outbox.close_planned(number, Reason.STOPPED, UNASKED)
    if caregiver.stopped_at is None:
        await uow.families.stop_caregiver(number, wish.asked_at)
    if wish.erased_at is None:
        return 0
    await uow.privacy.is_on_its_way(number)  # closes the rest of what is planned for her
    await uow.privacy.erase(erasure, last_address=None, at=wish.erased_at)
    if caregiver.ended_as is None:  # Who died or was removed stays so for the family.
        await uow.lives.end_caregiver(number, CaregiverEnd.ERASED, wish.erased_at)
    await uow.programme.audit("erased_again", at=now, subject=f"erasure:{erasure.id}")
    return 1


async def _keep(uow: UnitOfWork, caregiver: Caregiver, kept_at: datetime) -> None:
    """Who had stopped before she asked stays stopped."""
    erasure = await uow.privacy.open_of(caregiver.id)
    if erasure is None or not await uow.privacy.cancel(erasure.id, kept_at):
        return
    if caregiver.stopped_at == erasure.asked_at:
        await uow.families.stop_caregiver(caregiver.id, None)
