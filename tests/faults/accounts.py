"""The reckoning: what was written against what was answered, and what the ledger tells against what phones show."""

from collections import Counter
from dataclasses import dataclass

from tests.faults.crowd import Crowd

Place = tuple[int, str]
ROWS = """
    SELECT outbox.id, outbox.state, outbox.resent, outbox.external_id, addresses.external_id, outbox.occasion,
           outbox.lane, outbox.reason
    FROM outbox LEFT JOIN caregiver_addresses ON caregiver_addresses.caregiver_id = outbox.caregiver_id
    JOIN addresses ON addresses.id = coalesce(outbox.address_id, caregiver_addresses.address_id)
"""


@dataclass(frozen=True)
class Reckoning:
    """What is missing, and what is there too often; each named, so that a failure tells where to look."""

    updates: int
    messages: int
    doubtful: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    number: int
    state: str
    resent: bool
    message: str | None
    chat: int
    occasion: str
    lane: int
    reason: str | None

    @property
    def copies_unaccounted(self) -> int:
        """How many messages on the phone this row may stand for that it does not name."""
        return int(self.state == "uncertain") + int(self.resent)


async def reckon(crowd: Crowd) -> Reckoning:
    """Once everything has come to rest."""
    rows = [
        _Row(one[0], one[1], bool(one[2]), one[3], int(one[4]), one[5], one[6], one[7])
        for one in await crowd.village.rows(ROWS)
    ]
    shown = await _shown(crowd)
    told = Counter((row.chat, str(row.message)) for row in rows if row.state == "sent")
    lost = [*await _lost_updates(crowd, rows), *_lost_messages(crowd, rows, told, shown)]
    return Reckoning(
        updates=len(crowd.updates),
        messages=sum(row.state in ("sent", "uncertain") for row in rows),
        doubtful=sum(row.copies_unaccounted > 0 for row in rows),
        lost=tuple(lost),
        doubled=tuple(_doubled(rows, told, shown)),
    )


async def _shown(crowd: Crowd) -> set[Place]:
    stage = crowd.village.stage
    return {
        (phone, str(message["message_id"]))
        for phone in crowd.phones
        for message in await stage.messages(phone)
        if message["outgoing"]
    }


async def _lost_updates(crowd: Crowd, rows: list[_Row]) -> list[str]:
    """Everything that was written is stored once, done, and was answered."""
    states = dict(await crowd.village.rows("SELECT update_id, state FROM updates"))
    answered = {row.occasion.split(":")[1] for row in rows if row.occasion.startswith("update:")}
    undone = [f"update {one} is {states.get(one)}" for one in crowd.updates if states.get(one) != "done"]
    return undone + [f"update {one} has no answer" for one in crowd.updates if str(one) not in answered]


def _lost_messages(crowd: Crowd, rows: list[_Row], told: Counter[Place], shown: set[Place]) -> list[str]:
    """Every row is sent or uncertain, as many were kept as were planned, and phones show what the ledger tells."""
    unsaid = [row for row in rows if row.state not in ("sent", "uncertain")]
    open_or_closed = [f"row {row.number} of lane {row.lane} is {row.state}: {row.reason}" for row in unsaid]
    planned = sum(row.occasion.startswith(("crowd:", "campaign:")) for row in rows)
    missing = [f"{crowd.planned - planned} rows are gone"] if planned != crowd.planned else []
    return open_or_closed + missing + [f"{place} is on no phone" for place in told if place not in shown]


def _doubled(rows: list[_Row], told: Counter[Place], shown: set[Place]) -> list[str]:
    """No message belongs to two rows, and no chat shows more of them than its rows account for."""
    twice = [f"{place} is told twice" for place, times in told.items() if times > 1]
    allowed = Counter[int]()
    for row in rows:
        allowed[row.chat] += row.copies_unaccounted
    more = Counter(chat for chat, _message in shown - set(told))
    return twice + [f"chat {chat}: {many} more" for chat, many in more.items() if many > allowed[chat]]
