"""Reading the ledger of one family: what left, when it left on the clock in their kitchen, and of which kind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.message import Text, Value
from domain.reader import Reader, Role
from domain.sending.outbox import Lane, OutboxState
from services.ports.outbox import OutboxEntry
from tests.trips.village import MARKUP, Person

HOME = ZoneInfo("Asia/Ho_Chi_Minh")


def local(row: OutboxEntry) -> datetime:
    """When a sent row left, in Quảng Ninh."""
    assert row.sent_at is not None, row
    return row.sent_at.astimezone(HOME)


def sent(rows: Sequence[OutboxEntry], lane: Lane | None = None) -> list[OutboxEntry]:
    """What was sent, in order of sending."""
    return sorted((row for row in rows if row.state is OutboxState.SENT and lane in (None, row.lane)), key=local)


def within_a_week_before(row: OutboxEntry, rows: Sequence[OutboxEntry]) -> int:
    """How many of these rows left on the day of this one and the six days before it."""
    ends = local(row).date()
    return sum(timedelta(0) <= ends - local(other).date() < timedelta(days=7) for other in rows)


def at_home(day: date, clock: str) -> str:
    """An instant for the clock: a day and an hour as the people of Quảng Ninh say it."""
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=HOME).isoformat()


def told(mother: Person, key: str, **values: Value) -> str:
    """A text of the interface as it is said to a mother, and as it stands on her phone."""
    reader = Reader(language=mother.language, zone=HOME.key, role=Role.MOTHER)
    return MARKUP.sub("", mother.village.parts.library.renderer.render_plain(Text(key, values), reader))
