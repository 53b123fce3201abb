"""What caregivers made of messages, in rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from domain.identifiers import CaregiverId
from services.ports.message_marks import Votes
from storage.statements import Statements
from storage.tables import message_marks


class MessageMarkRows:
    """One row for each caregiver and message."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def vote(self, caregiver: CaregiverId, key: str, *, helpful: bool, at: datetime) -> None:
        """The latest word counts."""
        await self._mark(caregiver, key, helpful=helpful, at=at)

    async def answer(self, caregiver: CaregiverId, key: str, answer: int, at: datetime) -> None:
        """Keep what she answered to a quiz."""
        await self._mark(caregiver, key, answer=answer, at=at)

    async def keep(self, caregiver: CaregiverId, key: str, at: datetime | None) -> None:
        """She keeps it from then on; None: no more."""
        if at is not None:
            await self._mark(caregiver, key, kept_at=at, at=at)
            return
        hers = (message_marks.c.caregiver_id == caregiver) & (message_marks.c.message_key == key)
        await self._statements.run(message_marks.update().where(hers).values(kept_at=None))

    async def kept(self, caregiver: CaregiverId) -> Sequence[str]:
        """The keys of what she keeps, the latest first."""
        mark = message_marks.c
        hers = select(mark.message_key).where(mark.caregiver_id == caregiver, mark.kept_at.is_not(None))
        rows = await self._statements.all(hers.order_by(mark.kept_at.desc(), mark.id.desc()))
        return [row[mark.message_key] for row in rows]

    async def votes(self) -> Mapping[str, Votes]:
        """By key, of every message that anybody spoke of."""
        mark = message_marks.c
        count = func.count().label("times")
        counted = select(mark.message_key, mark.helpful, count).where(mark.helpful.is_not(None))
        found: dict[str, Votes] = {}
        for row in await self._statements.all(counted.group_by(mark.message_key, mark.helpful)):
            before = found.get(row[mark.message_key], Votes())
            helpful, not_helpful = (row[count], 0) if row[mark.helpful] else (0, row[count])
            total = Votes(before.helpful + helpful, before.not_helpful + not_helpful)
            found[row[mark.message_key]] = total
        return found

    async def _mark(self, caregiver: CaregiverId, key: str, **values: Any) -> None:
        insert = self._statements.insert(message_marks).values(caregiver_id=caregiver, message_key=key, **values)
        both = [message_marks.c.caregiver_id, message_marks.c.message_key]
        await self._statements.run(insert.on_conflict_do_update(index_elements=both, set_=values))
