"""Hoa changes session days at the station of Minh Châu; what is sent then, and who is asked to call."""

from dataclasses import dataclass
from datetime import date

from content.holidays import PublicHolidays
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, FamilyId
from domain.invite import ActorPlace
from domain.message import OutgoingMessage
from domain.moment import Moment
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.retry import Delivered
from domain.session_notice import parse_change_call, parse_session_occasion
from domain.sex import Sex
from services.access import Speaker, anew
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.tasks import FoundTask
from services.turn import Turn
from storage.engine import Database
from tests.fakes.sending import claim_due, record_result
from tests.storage.sessions import AT_BIRTH, WITHOUT_CARE, consents, give, holds_sessions
from tests.storage.village import NOW, ZONE, Village, arrive

MOVED = date(2026, 12, 7)
BORN = date(2026, 10, 1)
HOLIDAYS = PublicHolidays()


@dataclass(frozen=True)
class Household:
    """One more family."""

    family: FamilyId
    mother: CaregiverId
    child: ChildId


async def open_station(uow: UnitOfWork, village: Village, rule: str = "day 5,20 @ 07:30-10:30") -> ActorId:
    """The station holds its days, Lan agreed to everything, Hoa and Minh work there."""
    await holds_sessions(uow, village, rule)
    await consents(uow, village.lan)
    await uow.people.link_actor(village.minh, (await arrive(uow, "minh")).id, NOW)
    return await add_nurse(uow, village, "Hoa")


async def add_nurse(uow: UnitOfWork, village: Village, name: str, chat: str = "") -> ActorId:
    """A health worker of the station."""
    nurse = await uow.people.add_actor(
        ActorPlace(name, ActorRole.HEALTH_WORKER, facility=village.station), by=None, at=NOW
    )
    await uow.people.link_actor(nurse, (await arrive(uow, chat or name.lower())).id, NOW)
    return nurse


async def add_family(
    uow: UnitOfWork, village: Village, name: str, *, born: date = BORN, chat: str = "", phone: str | None = None
) -> Household:
    """Another family of Minh's with one child; with a chat she has joined and agreed to everything."""
    family = await uow.families.add_family(village.station, ZONE, by=village.minh, at=NOW)
    mother = await uow.families.add_caregiver(family, Role.MOTHER, "vi", phone)
    child = await uow.families.add_child(family, village.station, NewChild(name, born, Sex.MALE))
    await uow.families.add_care(mother, Role.MOTHER, child=child)
    await give(uow, child, AT_BIRTH, born)
    if chat:
        await uow.people.link_caregiver(mother, (await arrive(uow, chat)).id, NOW)
        await uow.families.join_caregiver(mother, at=NOW, on=NOW.date())
        await consents(uow, mother)
    return Household(family, mother, child)


async def nurse_turn(uow: UnitOfWork, moment: Moment, chat: str = "hoa") -> Turn:
    """She taps something."""
    speaker = await anew(uow, Speaker(await arrive(uow, chat, moment.now), None, ()))
    return Turn(uow, WITHOUT_CARE, moment, speaker, f"update:{moment.now.isoformat()}")


async def send(database: Database, moment: Moment) -> list[tuple[CaregiverId | None, OutgoingMessage]]:
    """Everything that may go at this moment has gone."""
    gone: list[tuple[CaregiverId | None, OutgoingMessage]] = []
    while (batch := await claim_due(database, WITHOUT_CARE, moment)).handled:
        for one in batch.ready:
            await record_result(database, one, Delivered(f"m{one.row.id}"), moment=moment)
            gone.append((one.row.planned.caregiver, one.message))
    return gone


async def session_rows(database: Database, caregiver: CaregiverId) -> list[tuple[str, str, str]]:
    """What was to be said to her of changed days: (word, from day to day, state), in order of planning."""
    async with database.look() as uow:
        timeline = sorted(await uow.outbox.timeline(caregiver), key=lambda row: row.id)
    found = []
    for row in timeline:
        occasion = parse_session_occasion(row.occasion)
        if occasion is not None:
            days = f"{occasion.on:%d.%m}>{occasion.to:%d.%m}" if occasion.to else f"{occasion.on:%d.%m}>"
            found.append((row.message_key.rpartition(".")[2], days, str(row.state)))
    return found


async def change_calls(uow: UnitOfWork, *, still_open: bool = True) -> list[FoundTask]:
    """Who is to be called about changed days."""
    return list(await uow.tasks.about("change:", still_open=still_open))


def told_in(task: FoundTask) -> tuple[FamilyId, date, date | None]:
    """Which family, from which day, to which."""
    call = parse_change_call(task.task.occasion)
    assert call is not None
    return call.family, call.on, call.to


async def chat_of(uow: UnitOfWork, chat: str) -> AddressId:
    """The number of a chat."""
    return (await arrive(uow, chat)).id
