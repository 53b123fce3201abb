"""Who these tests are about: Minh enrolled Lan, mother of An, at the health station of Minh Châu."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.area import FacilityKind, Province
from domain.identifiers import ActorId, AddressId, CaregiverId, ChildId, CommuneId, FacilityId, FamilyId
from domain.invite import ActorPlace
from domain.message import OutgoingMessage, Text
from domain.people import ActorRole, Address
from domain.reader import Role
from domain.sending.outbox import Lane, PlannedMessage
from domain.sex import Sex
from services.ports import UnitOfWork, UnitsOfWork
from services.ports.families import NewChild

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ZONE = "Asia/Ho_Chi_Minh"
QUANG_NINH = Province("quang-ninh", "Quảng Ninh", "VN", ZONE, "115", "111", date(2026, 11, 1))
BOT = "cradle"


@dataclass(frozen=True)
class Village:
    """The numbers of the rows."""

    commune: CommuneId
    station: FacilityId
    minh: ActorId
    family: FamilyId
    lan: CaregiverId
    an: ChildId
    chat: AddressId


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def settle(units: UnitsOfWork) -> Village:
    """Minh's commune with its station, and Lan, who joined, with An."""
    async with units.begin() as uow:
        await uow.area.save_province(QUANG_NINH)
        commune = await uow.area.save_commune(QUANG_NINH.code, "Minh Châu")
        station = await add_station(uow, commune, "Trạm Y tế Minh Châu")
        place = ActorPlace("Minh", ActorRole.VOLUNTEER, communes=(commune,))
        minh = await uow.people.add_actor(place, by=None, at=NOW)
        family = await uow.families.add_family(station, ZONE, by=minh, at=NOW)
        lan = await uow.families.add_caregiver(family, Role.MOTHER, "vi", "+84912345678")
        an = await uow.families.add_child(family, station, NewChild("An", date(2026, 10, 1), Sex.FEMALE, 3100, 39))
        await uow.families.add_care(lan, Role.MOTHER, child=an)
        chat = await arrive(uow, "lan")
        await uow.people.link_caregiver(lan, chat.id, NOW)
        await uow.families.join_caregiver(lan, at=NOW, on=NOW.date())
    return Village(commune, station, minh, family, lan, an, chat.id)


async def add_station(uow: UnitOfWork, commune: CommuneId, name: str) -> FacilityId:
    return await uow.area.save_facility(
        commune,
        name=name,
        kind=FacilityKind.HEALTH_STATION,
        phone="+842033888111",
        hours="7:00-16:30",
        session_rule="monthly 25",
    )


async def arrive(uow: UnitOfWork, chat: str, at: datetime = NOW) -> Address:
    address, _ = await uow.people.arrive(channel="telegram", bot=BOT, external_id=chat, language="vi", at=at)
    return address


async def add_caregiver(uow: UnitOfWork, village: Village, role: Role = Role.FATHER) -> CaregiverId:
    return await uow.families.add_caregiver(village.family, role, "vi", None)


def tip(
    caregiver: CaregiverId,
    key: str = "feeding.breast",
    *,
    lane: Lane = Lane.TIP,
    occasion: str = "child:1",
    send_from: datetime = NOW,
    expires_at: datetime = NOW + timedelta(days=3),
) -> PlannedMessage:
    message = OutgoingMessage(Text(key, {"child": "An"}))
    return PlannedMessage(lane, message, occasion, send_from, expires_at, caregiver, subjects=(ChildId(1),))


def reply(address: AddressId, occasion: str, send_from: datetime = NOW) -> PlannedMessage:
    message = OutgoingMessage(Text("reply.welcome", {"link": "https://t.me/cradle?start=secret"}))
    return PlannedMessage(Lane.REPLY, message, occasion, send_from, NOW + timedelta(days=1), address=address)
