"""Lan, An and their station around a vaccination: doses, answers, the sender, and what colleagues are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from content.schedules.loading import load_schedules
from domain.aftercare import Answer, Watch
from domain.area import Facility, FacilitySettings
from domain.identifiers import ActorId, CaregiverId, ChildId
from domain.invite import ActorPlace
from domain.moment import Moment
from domain.people import ActorRole, Address
from domain.reader import Role
from domain.sending.outbox import OutboxRow, OutboxState, Reason
from domain.sex import Sex
from services.access import Speaker, anew
from services.ports import UnitOfWork
from services.ports.families import NewChild
from services.ports.visits import Vaccination, VaccinationSource
from services.programme import Programme
from services.turn import Turn, Work
from services.visits.aftercare.answer_aftercare import Asked, Follows, answer_aftercare
from services.visits.aftercare.plan_aftercare import settled_aftercare
from services.visits.keep_doses import Teller, keep_doses
from services.visits.schedule_forecaster import ScheduleForecaster
from storage.engine import Database
from tests.fakes.sending import taken
from tests.storage.village import ZONE, Village, add_caregiver, arrive

DAY = date(2026, 12, 5)
BORN = date(2026, 10, 1)  # An is two months old on that day
OCCASION = "after:1:2026-12-05:{}"


class _Approvals:
    def __init__(self, *, approved: bool) -> None:
        self._approved = approved

    def is_approved(self, key: str, language: str) -> bool:
        del key, language
        return self._approved


def programme(*, rehearsal: bool = True, approved: bool = False) -> Programme:
    forecasters = {one.country: ScheduleForecaster(one) for one in load_schedules().values()}
    return Programme(
        (),
        forecasters,
        _Approvals(approved=approved),
        (),
        (),
        lambda _told: "vi",
        lambda _typed, _country: None,
        b"x" * 32,
        rehearsal=rehearsal,
    )


PROGRAMME = programme()


def at(hour: int, minute: int = 0, *, day: date = DAY) -> Moment:
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    return Moment(local.astimezone(UTC), local.astimezone(UTC))


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def work_at(uow: UnitOfWork, moment: Moment, known: Programme = PROGRAMME) -> Work:
    return Work(uow, known, moment)


async def give(
    uow: UnitOfWork, village: Village, *vaccines: str, moment: Moment, on: date = DAY, child: ChildId | None = None
) -> None:
    doses = [Vaccination(child or village.an, one, on, VaccinationSource.RECORD) for one in vaccines]
    await keep_doses(work_at(uow, moment), doses, Teller(facility=village.station))


async def planned(uow: UnitOfWork, caregiver: CaregiverId) -> list[str]:
    rows = await uow.outbox.timeline(caregiver)
    return [row.occasion.partition(":")[2] for row in rows if row.state is OutboxState.PLANNED]


async def claim(uow: UnitOfWork, moment: Moment) -> Sequence[OutboxRow]:
    return await uow.outbox.claim(now=moment.now, wall=moment.wall, lease_until=moment.wall, limit=30)


async def send(uow: UnitOfWork, moment: Moment, known: Programme = PROGRAMME) -> dict[str, Reason | None]:
    """What the sender does with everything that is due: why a row is not sent, or None; by occasion."""
    decided: dict[str, Reason | None] = {}
    while rows := await claim(uow, moment):
        for row in rows:
            assert row.planned.caregiver is not None
            caregiver = await uow.families.caregiver(row.planned.caregiver)
            assert caregiver is not None
            reason = await settled_aftercare(work_at(uow, moment, known), row, caregiver)
            decided[row.planned.occasion] = reason
            if reason is not None:
                await uow.outbox.record_closed(row.id, reason)
                continue
            (chat, *_others) = await uow.people.addresses_of_caregiver(caregiver.id)
            await uow.outbox.record_sent(taken(row.id, chat.id), moment.now)
    return decided


async def add_twin(uow: UnitOfWork, village: Village, *, born: date = BORN) -> ChildId:
    twin = await uow.families.add_child(village.family, village.station, NewChild("Bình", born, Sex.MALE))
    await uow.families.add_care(village.lan, Role.MOTHER, child=twin)
    return twin


async def father(uow: UnitOfWork, village: Village, *, joined: bool = True) -> CaregiverId:
    tuan = await add_caregiver(uow, village)
    await uow.families.add_care(tuan, Role.FATHER, child=village.an)
    await uow.people.link_caregiver(tuan, (await arrive(uow, "tuan")).id, at(1).now)
    if joined:
        await uow.families.join_caregiver(tuan, at=at(1).now, on=DAY)
    return tuan


async def colleague(uow: UnitOfWork, village: Village, name: str, role: ActorRole) -> tuple[ActorId, Address]:
    nurse, volunteer = role is ActorRole.HEALTH_WORKER, role is ActorRole.VOLUNTEER
    place = ActorPlace(
        name,
        role,
        communes=(village.commune,) if volunteer else (),
        facility=village.station if nurse else None,
    )
    actor = await uow.people.add_actor(place, by=None, at=at(1).now)
    address = await arrive(uow, name)
    await uow.people.link_actor(actor, address.id, at(1).now)
    return actor, address


async def station(uow: UnitOfWork, village: Village, **settings: object) -> Facility:
    facility = await uow.area.facility(village.station)
    assert facility is not None
    return replace(facility, settings=FacilitySettings(**settings))  # type: ignore[arg-type]


async def turn_of(uow: UnitOfWork, chat: str, moment: Moment) -> Turn:
    speaker = await anew(uow, Speaker(await arrive(uow, chat, moment.now), None, ()))
    return Turn(uow, PROGRAMME, moment, speaker, f"update:{moment.now}")


async def answer(
    uow: UnitOfWork, village: Village, said: Answer, moment: Moment, watch: Watch = Watch.EVENING
) -> Follows:
    asked = Asked(village.lan, village.an, DAY, watch)
    return (await answer_aftercare(await turn_of(uow, "lan", moment), asked, said)).follows


async def told(database: Database, address: Address) -> list[tuple[str, str]]:
    """What was planned to a colleague's chat: (key, occasion)."""
    async with database.transaction() as connection:
        rows = await connection.execute(
            text(
                "SELECT message_key, occasion FROM outbox WHERE address_id = :id AND caregiver_id IS NULL ORDER BY id"
            ),
            {"id": address.id},
        )
        return [(key, occasion) for key, occasion in rows.all()]


async def words_to(database: Database, address: Address) -> str:
    async with database.transaction() as connection:
        rows = await connection.execute(text("SELECT message FROM outbox WHERE address_id = :id"), {"id": address.id})
        return str(rows.all())
