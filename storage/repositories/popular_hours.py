"""The outbox counted by minute, and by the bot through which each caregiver is written to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from domain.identifiers import CaregiverId
from domain.sending.outbox import Lane, OutboxState
from domain.sending.popular_hours import Place
from services.ports.popular_hours import PlannedMinute
from storage.statements import Statements
from storage.tables import addresses, care_roles, caregiver_addresses, caregivers, children, families, outbox

_BOT_OF_CHAT = (
    select(func.min(addresses.c.bot))
    .join(caregiver_addresses, caregiver_addresses.c.address_id == addresses.c.id)
    .where(caregiver_addresses.c.caregiver_id == outbox.c.caregiver_id, caregiver_addresses.c.revoked_at.is_(None))
    .scalar_subquery()
)
_BOT = func.coalesce(func.nullif(outbox.c.bot, ""), _BOT_OF_CHAT, "")
_YOUNGEST = (
    select(func.max(children.c.birth_date))
    .join(care_roles, care_roles.c.child_id == children.c.id)
    .where(care_roles.c.caregiver_id == outbox.c.caregiver_id, children.c.ended_as.is_(None))
    .scalar_subquery()
)


class PopularHourRows:
    """Reads only."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def planned_minutes(self, first: datetime, last: datetime) -> Sequence[PlannedMinute]:
        """Of everything that is planned from `first` until before `last`, in order of time."""
        each = _planned(first, last, _BOT.label("bot"), families.c.zone, self._minute()).subquery()
        by = (each.c.minute, each.c.bot, each.c.zone)
        rows = await self._statements.all(select(*by, func.count().label("rows")).group_by(*by).order_by(*by))
        return [PlannedMinute(row["bot"], row["zone"], _instant(row["minute"]), row["rows"]) for row in rows]

    async def places_in(self, bot: str, zone: str, first: datetime, last: datetime) -> Sequence[Place]:
        """One by one what one bot is to say in this span, the minutes counted from its beginning."""
        found = _planned(first, last, outbox.c.send_from, outbox.c.caregiver_id, _YOUNGEST.label("born_on"))
        rows = await self._statements.all(found.where(_BOT.is_not_distinct_from(bot), families.c.zone == zone))
        return [
            Place((row["send_from"] - first) // timedelta(minutes=1), row["born_on"], CaregiverId(row["caregiver_id"]))
            for row in rows
        ]

    def _minute(self) -> ColumnElement[Any]:
        if self._statements.is_postgres:
            return func.date_trunc("minute", outbox.c.send_from).label("minute")
        return func.strftime("%Y-%m-%dT%H:%M", outbox.c.send_from).label("minute")


def _planned(first: datetime, last: datetime, *columns: ColumnElement[Any]) -> Select[Any]:
    waits = (outbox.c.state == OutboxState.PLANNED.value) & (outbox.c.lane != Lane.REPLY.value)
    within = (outbox.c.send_from >= first) & (outbox.c.send_from < last)
    of_families = select(*columns).join(caregivers, caregivers.c.id == outbox.c.caregiver_id).join(families)
    return of_families.where(waits, within)


def _instant(minute: datetime | str) -> datetime:
    """SQLite gives a text in UTC."""
    return (
        minute.astimezone(UTC) if isinstance(minute, datetime) else datetime.fromisoformat(minute).replace(tzinfo=UTC)
    )
