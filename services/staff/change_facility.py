"""What a facility settles for itself: by its health workers, and by staff for every facility."""

from dataclasses import dataclass, replace

from domain.area import Facility, FacilitySettings
from domain.forms.area_rules import LARGEST_SESSION, LONGEST_ROUTE
from domain.identifiers import ActorId, FacilityId
from domain.people import ActorRole
from services.access import Permission, Refused, access_actor, access_facilities, access_facility
from services.ports.contacts import Colleague
from services.turn import Turn

REMINDER_DAYS = (1, 3)


@dataclass(frozen=True)
class FacilityPage:
    """A facility with its settings, and who may be on call there."""

    facility: Facility
    workers: tuple[Colleague, ...]

    @property
    def on_call(self) -> str:
        """Who is on call, by name; empty when nobody is named who still works there."""
        named = self.facility.settings.on_call
        return next((one.name for one in self.workers if one.id == named), "")


async def list_facilities(turn: Turn) -> tuple[Facility, ...]:
    """The facilities whose settings the speaker may change, by name."""
    actor = access_actor(turn.speaker, Permission.CHANGE_SESSIONS)
    return await access_facilities(turn.uow, actor)


async def show_facility(turn: Turn, facility: FacilityId) -> FacilityPage:
    """One of them."""
    _actor, found = await access_facility(turn.uow, turn.speaker, facility, Permission.CHANGE_SESSIONS)
    workers = await turn.uow.contacts.workers_at(found.id)
    return FacilityPage(found, tuple(one for one in workers if one.role is ActorRole.HEALTH_WORKER))


async def set_reminder_days(turn: Turn, facility: FacilityId, days: int) -> FacilityPage:
    """How many days before a visit the second reminder goes."""
    if days not in REMINDER_DAYS:
        raise Refused("facility_settings", f"facility:{facility}")
    page = await show_facility(turn, facility)
    return await _change(turn, page, replace(page.facility.settings, reminder_days=days))


async def set_morning_reminder(turn: Turn, facility: FacilityId, *, wanted: bool) -> FacilityPage:
    """Whether a last reminder goes on the morning of a visit."""
    page = await show_facility(turn, facility)
    return await _change(turn, page, replace(page.facility.settings, morning_reminder=wanted))


async def set_capacity(turn: Turn, facility: FacilityId, children: int | None) -> FacilityPage:
    """How many children a session can take; None: nobody has said."""
    if children is not None and not 1 <= children <= LARGEST_SESSION:
        raise Refused("facility_settings", f"facility:{facility}")
    page = await show_facility(turn, facility)
    return await _change(turn, page, replace(page.facility.settings, capacity=children))


async def set_emergency_route(turn: Turn, facility: FacilityId, route: str) -> FacilityPage:
    """How one gets help there, in the place's own words; empty: by the province's number."""
    if len(route) > LONGEST_ROUTE:
        raise Refused("facility_settings", f"facility:{facility}")
    page = await show_facility(turn, facility)
    return await _change(turn, page, replace(page.facility.settings, emergency_route=route))


async def set_on_call(turn: Turn, facility: FacilityId, actor: ActorId | None) -> FacilityPage:
    """Whose chat a danger sign goes to: a health worker of this facility; None: whoever can be reached."""
    page = await show_facility(turn, facility)
    if actor is not None and not any(one.id == actor for one in page.workers):
        raise Refused("facility_settings", f"actor:{actor}")
    return await _change(turn, page, replace(page.facility.settings, on_call=actor))


async def _change(turn: Turn, page: FacilityPage, settings: FacilitySettings) -> FacilityPage:
    before, facility = page.facility.settings, page.facility.id
    if settings == before:
        return page
    await turn.uow.area.set_settings(facility, settings)
    by = access_actor(turn.speaker, Permission.CHANGE_SESSIONS)
    changed = {name: value for name, value in vars(settings).items() if value != vars(before)[name]}
    await turn.uow.programme.audit(
        "change_facility",
        at=turn.moment.now,
        actor=by.id,
        subject=f"facility:{facility}",
        details={name: "" if value is None else str(value) for name, value in changed.items()},
    )
    return replace(page, facility=replace(page.facility, settings=settings))
