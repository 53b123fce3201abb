"""Which day and place somebody who calls after a missed visit can offer: when and where, never for what."""

from collections.abc import Mapping

from domain.message import Text, Value
from domain.tasks import Task
from services.turn import Work
from services.visits.find_visits import find_child_visits


async def day_to_offer(work: Work, task: Task) -> Mapping[str, Value]:
    """The next visit of the family's children as a sentence; without one, the station knows."""
    children = [child for child in await work.uow.lives.children_in(task.family) if child.ended_as is None]
    facility = await work.uow.area.facility(children[0].facility) if children else None
    if facility is None:
        return {"offer": Text("missed.call_station")}
    found = await find_child_visits(work, facility, [child for child in children if child.facility == facility.id])
    days = sorted((one.visit.day for one in found if one.visit is not None), key=lambda day: day.on)
    if not days:
        return {"offer": Text("missed.call_station")}
    hours = str(days[0].hours) if days[0].hours else facility.hours
    values: Mapping[str, Value] = {
        "on": days[0].on,
        "place": days[0].place or facility.name,
        "hours": hours or Text("common.station_hours_unknown"),
    }
    return {"offer": Text("missed.call_offer", values)}
