"""What happens around a birth: Mai is enrolled while she waits, Tuấn waits with her, and the birth is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import CaregiverId, FacilityId, FamilyId, PregnancyId
from domain.invite import ActorPlace
from domain.journey import Amount
from domain.people import ActorRole, Pregnancy
from domain.reader import Role
from domain.sending.outbox import Lane
from services.ports.outbox import OutboxEntry
from tests.trips.journeys import SPOKEN, newest_invite
from tests.trips.letters import HOME, local, sent
from tests.trips.village import TOKEN, Person, Village

BOT = TOKEN.partition(":")[0]


async def enrol_awaiting(minh: Person, due: str) -> str:
    """Minh enrols a woman who awaits a child."""
    await minh.presses("menu.enrol")
    for answer in ("choice.role.mother", "Tiếng Việt", "choice.skip", "choice.stage.pregnant"):
        await minh.taps(answer)
    await minh.types(due)
    await minh.taps("choice.save")
    return await newest_invite(minh)


async def await_child(minh: Person, mai: Person, due: str, *, hour: str = "19:00") -> None:
    """She is enrolled, scans, chooses her own language, and agrees to both purposes."""
    await enrol_awaiting(minh, due)
    await mai.scans(minh)
    for answer in (SPOKEN[mai.language], "choice.yes", "choice.yes", hour, "choice.amount.3"):
        await mai.taps(answer)


@dataclass(frozen=True)
class AtHome:
    """A family of Suối Mơ by its rows."""

    family: FamilyId
    station: FacilityId
    mother: CaregiverId


async def is_with_us(village: Village, mai: Person, *, hour: int = 19) -> AtHome:
    """She was enrolled and has joined: the same rows, without the dialogue."""
    async with village.parts.database.begin() as uow:
        station = next(one for one in await uow.area.facilities() if one.commune.name == "Suối Mơ")
        place = ActorPlace("Minh", ActorRole.VOLUNTEER, communes=(station.commune.id,))
        minh = await uow.people.add_actor(place, by=None, at=await village.now())
        family = await uow.families.add_family(station.id, station.zone, by=minh, at=await village.now())
    return AtHome(family, station.id, await joins(village, mai, family, Role.MOTHER, hour=hour))


async def expects(village: Village, mai: Person, due: date, *, hour: int = 19) -> None:
    """She is with us and awaits a child."""
    home = await is_with_us(village, mai, hour=hour)
    async with village.parts.database.begin() as uow:
        pregnancy = await uow.families.add_pregnancy(home.family, home.station, due)
        await uow.families.add_care(home.mother, Role.MOTHER, pregnancy=pregnancy)


async def waits_too(village: Village, tuan: Person, mai: Person) -> None:
    """The father awaits the same child, on his own phone."""
    pregnancy = await pregnancy_of(village, mai)
    father = await joins(village, tuan, pregnancy.family, Role.FATHER)
    async with village.parts.database.begin() as uow:
        await uow.families.add_care(father, Role.FATHER, pregnancy=pregnancy.id)


async def joins(village: Village, person: Person, family: FamilyId, role: Role, *, hour: int = 19) -> CaregiverId:
    """A caregiver with her own chat who has agreed to everything."""
    await person.starts()
    now = await village.now()
    async with village.parts.database.begin() as uow:
        chat = await uow.people.find_address(channel="telegram", bot=BOT, external_id=str(person.phone))
        assert chat is not None
        caregiver = await uow.families.add_caregiver(family, role, person.language, None)
        await uow.families.change_caregiver(caregiver, tip_hour=hour, amount=Amount.ALL)
        await uow.people.link_caregiver(caregiver, chat.id, now)
        await uow.families.join_caregiver(caregiver, at=now, on=now.astimezone(HOME).date())
        for purpose in (Purpose.MESSAGES, Purpose.FILE):
            await uow.consents.add(Consent(caregiver, purpose, True, TEXT_VERSION, "vi", ConsentWay.TAP, now))
    return caregiver


async def begin_to_tell(mai: Person) -> str:
    """Under “My child and next visit” stands a button by which the birth is told."""
    await mai.types("/child")
    return await mai.taps("birth.choice.tell")


async def tell_birth(mai: Person, *, born: str = "choice.today", who: str = "girl", where: str = "hospital") -> str:
    """The three taps, after the first button; gives the summary."""
    if born.startswith("choice."):
        await mai.taps(born)
    else:
        await mai.types(born)
    await mai.taps(f"choice.newborns.{who}")
    return await mai.taps(f"choice.birth_place.{where}")


async def pregnancy_of(village: Village, mai: Person) -> Pregnancy:
    """The newest pregnancy of her family, ended or not."""
    caregiver = await village.caregiver_of(mai)
    async with village.parts.database.look() as uow:
        mother = await uow.families.caregiver(caregiver)
        assert mother is not None
        return (await uow.lives.pregnancies_in(mother.family))[-1]


async def end_of(village: Village, pregnancy: PregnancyId) -> str | None:
    """How it ended, as the row says."""
    rows = await village.rows("SELECT ended_as FROM pregnancies WHERE id = :id", id=pregnancy)
    return None if rows[0][0] is None else str(rows[0][0])


async def children(village: Village) -> list[tuple[str, str, str, int | None, str | None]]:
    """Every child: name, day of birth, sex, weeks, place."""
    rows = await village.rows(
        "SELECT name, CAST(birth_date AS TEXT), sex, gestation_weeks, birth_place FROM children ORDER BY id"
    )
    return [tuple(row) for row in rows]


def written(day: date) -> str:
    """A day as people type it."""
    return f"{day.day}/{day.month}/{day.year}"


def questions_sent(rows: Sequence[OutboxEntry]) -> list[OutboxEntry]:
    """The questions about the birth that went out, in order of sending."""
    return [row for row in sent(rows, Lane.TIP) if row.message_key == "birth.ask"]


async def questions(village: Village, mai: Person) -> list[tuple[str, str | None, date]]:
    """Every question about the birth: its state, why it was not sent, its day."""
    rows = [row for row in await village.ledger(mai) if row.message_key == "birth.ask"]
    return [(row.state, row.reason, local(row).date() if row.sent_at else row.send_from.date()) for row in rows]


async def tasks(village: Village) -> list[tuple[str, bool]]:
    """Every task: its occasion, and whether it is open."""
    return [
        (row[0], row[1] is None)
        for row in await village.rows("SELECT occasion, closed_at FROM tasks WHERE kind <> 'urgent_dose' ORDER BY id")
    ]
