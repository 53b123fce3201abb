"""Whom a segment means and who of them gets a message: one definition, for counting and for sending alike."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import ColumnElement, FromClause, Subquery, and_, case, exists, func, or_, select, true

from domain.consent import Purpose
from domain.identifiers import CaregiverId, CommuneId
from domain.journey import Amount
from domain.people import AddressState
from domain.silence import LONGEST_SILENCE
from services.ports.campaigns import Audience, LeftOut, Reach
from storage.repositories.segment_choices import choices
from storage.statements import Statements
from storage.tables import addresses, caregiver_addresses, caregivers, consents, facilities, families

DAY = timedelta(days=1)


class SegmentRows:
    """What is counted here is what a fan-out makes, because both read `everybody`."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def reach(self, audience: Audience) -> Reach:
        """How many get it, by commune, language and zone; how many do not, and why."""
        all_ = everybody(audience)
        kinds = [all_.c.commune_id, all_.c.language, all_.c.zone, all_.c.left_out]
        rows = await self._statements.all(select(*kinds, func.count().label("many")).group_by(*kinds))
        places: Counter[tuple[CommuneId, str]] = Counter()
        zones: Counter[str] = Counter()
        left_out: Counter[LeftOut] = Counter()
        for row in rows:
            if row["left_out"] is not None:
                left_out[LeftOut(row["left_out"])] += row["many"]
                continue
            places[CommuneId(row["commune_id"]), row["language"]] += row["many"]
            zones[row["zone"]] += row["many"]
        return Reach(by_place=places, by_zone=zones, left_out=left_out)

    async def some_recipients(self, audience: Audience, *, count: int) -> Sequence[CaregiverId]:
        """A few of the recipients, in as many languages and communes as there are."""
        who = recipients(audience)
        alike = [who.c.language, who.c.commune_id]
        nth = func.row_number().over(partition_by=alike, order_by=who.c.caregiver_id)
        ranked = select(who.c.caregiver_id, *alike, nth.label("nth")).subquery()
        first = select(ranked).where(ranked.c.nth <= count).order_by(ranked.c.nth, ranked.c.caregiver_id)
        found = [(row["caregiver_id"], row["language"], row["commune_id"]) for row in await self._statements.all(first)]
        return _unlike(found, count)


def _unlike(found: Sequence[tuple[int, str, int]], count: int) -> Sequence[CaregiverId]:
    """So many of these, a language and a commune that is new first."""
    left, chosen = list(found), list[tuple[int, str, int]]()
    while left and len(chosen) < count:
        heard, seen = {one[1] for one in chosen}, {one[2] for one in chosen}
        best = min(left, key=lambda one: (one[1] in heard, one[2] in seen))
        chosen.append(best)
        left.remove(best)
    return [CaregiverId(one[0]) for one in chosen]


def recipients(audience: Audience) -> Subquery:
    """Those of the segment who get the message, with what a row for them needs."""
    all_ = everybody(audience)
    return select(all_).where(all_.c.left_out.is_(None)).subquery("recipient")


def everybody(audience: Audience) -> Subquery:
    """All to whom the choices apply; `left_out` says why somebody gets nothing, and is empty for who does."""
    consented, chats = _consented(), _chats(audience)
    tables = caregivers.join(families).join(facilities, facilities.c.id == families.c.facility_id)
    for more in (consented, chats):
        tables = tables.outerjoin(more, more.c.caregiver_id == caregivers.c.id)
    found = select(
        caregivers.c.id.label("caregiver_id"),
        caregivers.c.language,
        families.c.zone,
        facilities.c.commune_id,
        chats.c.bot,
        _left_out(audience, consented, chats).label("left_out"),
    )
    return found.select_from(tables).where(true(), *choices(audience)).subquery("everybody")


def _left_out(audience: Audience, consented: FromClause, chats: FromClause) -> ColumnElement[str | None]:
    """The first reason that applies."""
    c, today = caregivers.c, audience.today
    applies = {
        LeftOut.NOT_JOINED: c.joined_at.is_(None),
        LeftOut.ENDED: or_(c.ended_at.is_not(None), c.bereaved_at.is_not(None)),
        LeftOut.STOPPED: c.stopped_at.is_not(None),
        LeftOut.NO_CONSENT: consented.c.caregiver_id.is_(None),
        LeftOut.NOT_WANTED: c.amount == Amount.NONE.value,
        LeftOut.PAUSED: and_(c.pause_covers.is_not(None), or_(c.paused_until.is_(None), c.paused_until > today)),
        LeftOut.NO_CHAT: chats.c.caregiver_id.is_(None),
        LeftOut.NO_TEXT: c.language.not_in(sorted(audience.readable)),
    }
    return case(*((applies[reason], reason.value) for reason in LeftOut), else_=None)


def _consented() -> Subquery:
    """Those whose last word on messages is a yes that stands."""
    later = consents.alias("later")
    hers = and_(later.c.caregiver_id == consents.c.caregiver_id, later.c.purpose == consents.c.purpose)
    after = or_(later.c.at > consents.c.at, and_(later.c.at == consents.c.at, later.c.id > consents.c.id))
    stands = and_(consents.c.given, consents.c.withdrawn_at.is_(None), consents.c.purpose == Purpose.MESSAGES.value)
    return select(consents.c.caregiver_id).where(stands, ~exists().where(hers, after)).subquery("consented")


def _chats(audience: Audience) -> Subquery:
    """Those who have a chat that delivers and on no moment of this day must say who reads there; one of its bots."""
    links, silent_since = caregiver_addresses.c, addresses.c.last_inbound_at
    end = datetime.combine(audience.today + DAY, time(), UTC)
    heard = or_(silent_since.is_(None), silent_since > end - LONGEST_SILENCE)
    delivers = and_(addresses.c.state == AddressState.ACTIVE.value, addresses.c.unconfirmed_since.is_(None), heard)
    found = select(links.caregiver_id, func.min(addresses.c.bot).label("bot")).join(addresses)
    return found.where(links.revoked_at.is_(None), delivers).group_by(links.caregiver_id).subquery("chat")
