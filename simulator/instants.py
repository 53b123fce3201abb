"""Instants as the stage writes them (ISO 8601 in UTC) and as Telegram writes them (Unix seconds)."""

from datetime import UTC, datetime, timedelta


def parse_instant(text: str) -> datetime:
    """Read an ISO instant; ValueError when it is no instant or names no zone."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone")
    return instant.astimezone(UTC)


def format_instant(instant: datetime) -> str:
    return instant.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def unix_seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def add_months(instant: datetime, months: int) -> datetime:
    """The same day so many calendar months later; a day that does not exist rolls forward to the 1st."""
    year, month = divmod(instant.year * 12 + instant.month - 1 + months, 12)
    first = instant.replace(year=year, month=month + 1, day=1)
    moved = first + timedelta(days=instant.day - 1)
    return moved if moved.month == first.month else moved.replace(day=1)
