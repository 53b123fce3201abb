"""What the page of a call says: day, place and hours; to a health worker, which dose, and until when."""

from collections.abc import Mapping

from domain.call_list import parse_call_occasion
from domain.message import Text, Value
from domain.people import ActorRole
from domain.tasks import Task
from services.turn import Work
from services.visits.find_needs import find_child_needs, place_of
from services.visits.tell_urgent import urgent_occasion


async def session_to_tell(work: Work, task: Task) -> Mapping[str, Value]:
    """The session day that the family is to hear of, as it is held now."""
    occasion = parse_call_occasion(task.occasion)
    facility = await work.uow.area.facility(occasion.facility) if occasion else None
    if occasion is None or facility is None:
        return {"what": Text("call_list.ask_station")}
    day = (await work.uow.sessions.calendar(facility)).day(occasion.on)
    if day is None:
        return {"what": Text("call_list.ask_station")}
    hours: Value = str(day.hours) if day.hours else facility.hours or Text("common.station_hours_unknown")
    values: dict[str, Value] = {"on": day.on, "where": day.place or facility.name, "hours": hours}
    return {"what": Text("call_list.tell_day", values)}


async def dose_to_give(work: Work, task: Task) -> Mapping[str, Value]:
    """Which vaccine and until when, if somebody of the station reads it; a volunteer reads nothing of either."""
    asked = await work.uow.contacts.colleague(task.actor) if task.actor is not None else None
    child = await work.uow.families.child(task.child) if task.child is not None else None
    facility = await work.uow.area.facility(child.facility) if child is not None else None
    if asked is None or asked.role is ActorRole.VOLUNTEER or child is None or facility is None:
        return {"what": Text("call_list.ask_station")}
    needs = (await find_child_needs(work, await place_of(work, facility), [child]))[child.id]
    for dose in needs.doses:
        if urgent_occasion(child.id, dose) == task.occasion and dose.latest is not None:
            vaccine = Text(f"vaccine.{dose.vaccine.lower()}.short")
            name: Value = child.name or Text("common.unnamed_child")
            return {"what": Text("call_list.urgent", {"child": name, "vaccine": vaccine, "until": dose.latest})}
    return {"what": Text("call_list.ask_station")}
