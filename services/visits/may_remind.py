"""Whether families may be reminded by the schedule of a facility's country, in the version that counts."""

from domain.area import Facility
from services.turn import Work


async def may_remind(work: Work, facility: Facility) -> bool:
    """Whether that version is signed, or this is a rehearsal."""
    return work.programme.may_remind(facility.commune.province.country, await work.uow.forecasts.active_versions())
