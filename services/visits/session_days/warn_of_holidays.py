"""A month before a session day that is a public holiday its nurses are asked what to do. Nothing moves by itself."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.area import Facility
from domain.identifiers import ActorId, FacilityId
from domain.message import Choice, OutgoingMessage, Text, Value
from domain.people import ActorRole, Address
from domain.sending.hours import start_of_day
from domain.sending.outbox import Lane, PlannedMessage
from domain.session_calendar import SessionDay
from services.turn import Turn, Work
from services.visits.session_days.change_session import access_desk
from services.visits.zone_now import ZoneNow, look_at_zone

A_MONTH = timedelta(days=30)
MORNING, EVENING = timedelta(hours=8), timedelta(hours=20)


async def warn_of_holidays(work: Work, zone: str, here: ZoneNow | None = None) -> None:
    """Daily: each chat of a facility's nurses is warned once of each such day."""
    here = here or await look_at_zone(work, zone)
    today = work.moment.today(zone)
    concerned = [
        (facility, holidays)
        for facility, days in here.sessions(today + timedelta(days=1), today + A_MONTH)
        if (holidays := _holidays(work, facility, days))
    ]
    staff = await _staff(work) if concerned else ()
    for facility, holidays in concerned:
        await _warn(work, facility, holidays, staff)


def _holidays(work: Work, facility: Facility, days: Sequence[SessionDay]) -> list[SessionDay]:
    country = facility.commune.province.country
    return [day for day in days if work.programme.holidays.is_holiday(country, day.on)]


async def _warn(work: Work, facility: Facility, days: Sequence[SessionDay], staff: Sequence[ActorId]) -> None:
    chats = await _chats(work, facility, staff)
    rows = [_row(work, facility, day, chat) for day in days for chat in chats]
    await work.uow.outbox.plan(rows, work.moment.now)


async def _staff(work: Work) -> list[ActorId]:
    everybody = await work.uow.absences.everybody()
    return [one.actor.id for one in everybody if one.actor.role is ActorRole.STAFF and one.left_at is None]


async def _chats(work: Work, facility: Facility, staff: Sequence[ActorId]) -> list[Address]:
    """Where the facility's health workers read; where it has none, the staff."""
    workers = await work.uow.contacts.workers_at(facility.id)
    asked = [one.id for one in workers if one.role is ActorRole.HEALTH_WORKER] or staff
    found = [await work.uow.people.addresses_of_actor(actor) for actor in asked]
    return [chats[0] for chats in found if chats]


def _row(work: Work, facility: Facility, day: SessionDay, chat: Address) -> PlannedMessage:
    return PlannedMessage(
        lane=Lane.REPLY,
        message=_warning(work, facility, day, chat.language),
        occasion=f"holiday:{facility.id}:{day.on.isoformat()}",
        send_from=_by_daylight(work, facility),
        expires_at=start_of_day(day.on, facility.zone),
        address=chat.id,
    )


def _warning(work: Work, facility: Facility, day: SessionDay, language: str) -> OutgoingMessage:
    name = work.programme.holidays.name(facility.commune.province.country, day.on, language)
    holiday: Value = name or Text("session_days.public_holiday")
    values: dict[str, Value] = {"facility": facility.name, "on": day.on, "holiday": holiday}
    about = f"{facility.id}:{day.on.isoformat()}"
    choices = (
        Choice(Text("session_days.choice.move"), f"v1:session_move:{about}"),
        Choice(Text("session_days.choice.cancel"), f"v1:session_cancel:{about}"),
        Choice(Text("session_days.choice.keep"), f"v1:session_keep:{about}"),
    )
    return OutgoingMessage(Text("session_days.holiday_warning", values), tuple((one,) for one in choices))


def _by_daylight(work: Work, facility: Facility) -> datetime:
    """Nobody is woken: from eight in the morning until eight in the evening, by the clock on the station's wall."""
    midnight = start_of_day(work.moment.today(facility.zone), facility.zone)
    if work.moment.now < midnight + MORNING:
        return midnight + MORNING
    return work.moment.now if work.moment.now < midnight + EVENING else midnight + timedelta(days=1) + MORNING


async def keep_session(turn: Turn, facility: FacilityId, on: date) -> Facility:
    """She holds it although it is a holiday; it is only noted that she said so."""
    desk = await access_desk(turn, facility)
    await turn.uow.programme.audit(
        "keep_session",
        at=turn.moment.now,
        actor=desk.actor.id,
        subject=f"facility:{facility}",
        details={"day": on.isoformat()},
    )
    return desk.facility
