"""What caregivers made of messages, in rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from domain.identifiers import CaregiverId
from services.ports.message_marks import MarkCount
from storage.statements import Statements
from storage.tables import caregivers, message_marks

_MARK = message_marks.c
_COUNTED = (
    select(
        _MARK.message_key,
        caregivers.c.language,
        _MARK.answer,
        func.count().filter(_MARK.helpful.is_(True)).label("helpful"),
        func.count().filter(_MARK.helpful.is_(False)).label("not_helpful"),
        func.count(_MARK.kept_at).label("kept"),
        func.count().label("times"),
    )
    .join_from(message_marks, caregivers)
    .group_by(_MARK.message_key, caregivers.c.language, _MARK.answer)
    .order_by(_MARK.message_key, caregivers.c.language, _MARK.answer)
)


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

    async def count(self) -> Sequence[MarkCount]:
        """Sums by message and language, of every message that anybody marked, in the order of keys."""
        found: dict[tuple[str, str], MarkCount] = {}
        for row in await self._statements.all(_COUNTED):
            key, language, answer = row["message_key"], row["language"], row["answer"]
            before = found.get((key, language), MarkCount(key, language))
            found[key, language] = MarkCount(
                key,
                language,
                before.helpful + row["helpful"],
                before.not_helpful + row["not_helpful"],
                before.kept + row["kept"],
                before.answers if answer is None else {**before.answers, answer: row["times"]},
            )
        return list(found.values())

    async def _mark(self, caregiver: CaregiverId, key: str, **values: Any) -> None:
        insert = self._statements.insert(message_marks).values(caregiver_id=caregiver, message_key=key, **values)
        both = [message_marks.c.caregiver_id, message_marks.c.message_key]
        await self._statements.run(insert.on_conflict_do_update(index_elements=both, set_=values))
