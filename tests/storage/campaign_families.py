"""Families as plain values: put into rows, and asked by hand who of them a campaign reaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import age_in_months
from domain.campaigns.segment import Segment
from domain.journey import Amount
from domain.pause import Pause, PauseScope
from services.ports.campaigns import Audience, LeftOut
from storage import tables as t
from tests.storage.village import BOT, NOW, QUANG_NINH, ZONE

TODAY = NOW.date()
EVENING = datetime.combine(TODAY, time(23, 59), UTC)
COMMUNES = {1: 1, 2: 1, 3: 2}
"""Facilities 1 and 2 lie in the first commune, 3 in the second."""
CHINA = "Asia/Shanghai"


@dataclass(frozen=True)
class Chat:
    """A chat with the bot, silent for so many days."""

    silent_days: int = 1
    active: bool = True
    asked_who: bool = False
    unlinked: bool = False

    @property
    def delivers(self) -> bool:
        """Whether something can be said there at any hour of today."""
        return self.active and not self.asked_who and not self.unlinked and self.silent_days < 90


@dataclass(frozen=True)
class Person:
    """A caregiver; as she stands here she gets whatever is for her."""

    role: str = "mother"
    language: str = "vi"
    joined: bool = True
    ended: bool = False
    bereaved: bool = False
    stopped: bool = False
    words: tuple[str, ...] = ("yes",)  # on messages, in order: yes, no, or a yes that was taken back
    amount: Amount = Amount.SOME
    pause: Pause | None = None
    chats: tuple[Chat, ...] = (Chat(),)
    cares: bool = True


@dataclass(frozen=True)
class Baby:
    """A child, and in how many days a dose of it is overdue."""

    days: int = 100
    ended: bool = False
    facility: int = 1
    overdue_in: int | None = None


@dataclass(frozen=True)
class Household:
    """A family; `awaits`: a pregnancy that goes on (True) or has ended (False)."""

    people: tuple[Person, ...] = (Person(),)
    children: tuple[Baby, ...] = (Baby(),)
    awaits: bool | None = None
    facility: int = 1
    zone: str = ZONE


def numbered(households: Sequence[Household]) -> Iterator[tuple[int, Person, Household]]:
    """Everybody with the number of her row."""
    everybody = ((person, house) for house in households for person in house.people)
    return ((number, person, house) for number, (person, house) in enumerate(everybody, 1))


def is_meant(person: Person, house: Household, segment: Segment, today: date = TODAY) -> bool:
    """Whether all choices apply to her."""
    seen = [one for one in house.children if person.cares and _is_seen(one, segment, today)]
    expects = person.cares and house.awaits is True
    if segment.by_age and segment.expecting:
        of_whom = bool(seen) or expects
    else:
        of_whom = (bool(seen) or not segment.of_children) and (expects or not segment.expecting)
    places = {house.facility} | ({one.facility for one in seen} if segment.of_children else set())
    others = [one for one in house.people if one is not person]
    return (
        of_whom
        and (not segment.languages or person.language in segment.languages)
        and (not segment.roles or person.role in segment.roles)
        and any(_is_chosen(place, segment) for place in places)
        and (not segment.kin_not_joined or any(not one.joined and not one.ended for one in others))
    )


def _is_seen(child: Baby, segment: Segment, today: date) -> bool:
    months = age_in_months(today - timedelta(days=child.days), today)
    overdue = child.overdue_in is not None and child.overdue_in < 0
    old_enough = (segment.age_from or 0) <= months < (segment.age_to or 72)
    return not child.ended and old_enough and (overdue or not segment.overdue)


def _is_chosen(facility: int, segment: Segment) -> bool:
    in_commune = not segment.communes or COMMUNES[facility] in segment.communes
    return in_commune and (not segment.facilities or facility in segment.facilities)


def left_out(person: Person, audience: Audience) -> LeftOut | None:
    """The first reason for which she gets nothing."""
    reasons = {
        LeftOut.NOT_JOINED: not person.joined,
        LeftOut.ENDED: person.ended or person.bereaved,
        LeftOut.STOPPED: person.stopped,
        LeftOut.NO_CONSENT: person.words[-1:] != ("yes",),
        LeftOut.NOT_WANTED: person.amount is Amount.NONE,
        LeftOut.PAUSED: person.pause is not None and person.pause.silences_tips(audience.today),
        LeftOut.NO_CHAT: not any(one.delivers for one in person.chats),
        LeftOut.NO_TEXT: person.language not in audience.readable,
    }
    return next((reason for reason in LeftOut if reasons[reason]), None)


async def add_places(connection: AsyncConnection) -> None:
    """Two communes with three facilities, and Minh, who enrols."""
    province = {"code": QUANG_NINH.code, "name": "Quảng Ninh", "country": "VN", "zone": ZONE}
    phones = {"emergency_phone": "115", "protection_phone": "111"}
    await connection.execute(insert(t.provinces).values(id=1, **province, **phones))
    communes = [{"id": one, "province_id": 1, "name": f"Commune {one}"} for one in (1, 2)]
    await connection.execute(insert(t.communes), communes)
    station = {"kind": "health_station", "phone": "1", "hours": "7", "session_rule": "monthly 25"}
    stations = [{"id": n, "commune_id": c, "name": f"Station {n}", **station} for n, c in COMMUNES.items()]
    await connection.execute(insert(t.facilities), stations)
    await connection.execute(insert(t.actors).values(id=1, name="Minh", role="volunteer", created_at=NOW))


async def add_households(connection: AsyncConnection, households: Sequence[Household]) -> None:
    """Their rows; people are numbered as `numbered` numbers them."""
    for number, house in enumerate(households, 1):
        lives = {"id": number, "facility_id": house.facility, "zone": house.zone}
        await connection.execute(insert(t.families).values(enrolled_by=1, enrolled_at=NOW, **lives))
    families = {id(house): number for number, house in enumerate(households, 1)}
    subjects = [await _add_subjects(connection, number, house) for number, house in enumerate(households, 1)]
    for number, person, house in numbered(households):
        family = families[id(house)]
        await connection.execute(insert(t.caregivers).values(id=number, family_id=family, **_columns(person)))
        for care in subjects[family - 1] if person.cares else ():
            await connection.execute(insert(t.care_roles).values(caregiver_id=number, role=person.role, **care))
        await _add_words(connection, number, person.words)
        await _add_chats(connection, number, person.chats)


async def _add_subjects(connection: AsyncConnection, family: int, house: Household) -> list[dict[str, int]]:
    cares: list[dict[str, int]] = []
    for child in house.children:
        born = TODAY - timedelta(days=child.days)
        row = {"family_id": family, "facility_id": child.facility, "name": "An", "birth_date": born, "sex": "female"}
        ended = {"ended_at": NOW, "ended_as": "moved"} if child.ended else {}
        added = await connection.execute(insert(t.children).values(**row, **ended).returning(t.children.c.id))
        cares.append({"child_id": added.scalar_one()})
        overdue_on = TODAY + timedelta(days=child.overdue_in) if child.overdue_in is not None else None
        forecast = {"version": "1", "overdue_on": overdue_on, "computed_at": NOW}
        await connection.execute(insert(t.child_forecasts).values(**cares[-1], **forecast))
    if house.awaits is not None:
        awaited = {"family_id": family, "facility_id": house.facility, "due_on": TODAY}
        ended = {} if house.awaits else {"ended_at": NOW, "ended_as": "born"}
        added = await connection.execute(insert(t.pregnancies).values(**awaited, **ended).returning(t.pregnancies.c.id))
        cares.append({"pregnancy_id": added.scalar_one()})
    return cares


def _columns(person: Person) -> dict[str, Any]:
    return {
        "role": person.role,
        "language": person.language,
        "tip_hour": 19,
        "amount": person.amount.value,
        "joined_at": NOW if person.joined else None,
        "ended_at": NOW if person.ended else None,
        "ended_as": "removed" if person.ended else None,
        "bereaved_at": NOW if person.bereaved else None,
        "stopped_at": NOW if person.stopped else None,
        "pause_covers": person.pause.scope.value if person.pause else None,
        "paused_until": person.pause.until if person.pause else None,
    }


async def _add_words(connection: AsyncConnection, caregiver: int, words: Sequence[str]) -> None:
    asked = {"caregiver_id": caregiver, "text_version": "1", "language": "vi", "way": "tap", "at": NOW}
    for word in words:
        back = {"given": word != "no", "withdrawn_at": NOW if word == "taken back" else None}
        # A word on something else says nothing about messages.
        await connection.execute(insert(t.consents).values(purpose="messages", **asked, **back))
        await connection.execute(insert(t.consents).values(purpose="file", **asked, given=word == "no"))


async def _add_chats(connection: AsyncConnection, caregiver: int, chats: Sequence[Chat]) -> None:
    for number, chat in enumerate(chats):
        row = {
            "channel": "telegram",
            "bot": BOT,
            "external_id": f"{caregiver}-{number}",
            "language": "vi",
            "state": "active" if chat.active else "unreachable",
            "last_inbound_at": EVENING - timedelta(days=chat.silent_days),
            "unconfirmed_since": NOW if chat.asked_who else None,
        }
        added = await connection.execute(insert(t.addresses).values(row).returning(t.addresses.c.id))
        link = {"caregiver_id": caregiver, "address_id": added.scalar_one(), "linked_at": NOW}
        revoked = {"revoked_at": NOW} if chat.unlinked else {}
        await connection.execute(insert(t.caregiver_addresses).values(**link, **revoked))


TIPS_ONLY, FOR_GOOD = Pause(PauseScope.TIPS, TODAY + timedelta(days=1)), Pause(PauseScope.ALL)
OVER = Pause(PauseScope.ALL, TODAY)
