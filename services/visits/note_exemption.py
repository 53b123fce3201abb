"""Why a group of doses is not asked for: it must not be given, the family does not want it, or it is not needed."""

from domain.calendar import add_months
from domain.identifiers import ChildId
from domain.vaccination.engine import Exemption
from services.access import Permission, Refused, access_child
from services.ports.care import NewExemption
from services.turn import Turn
from services.visits.find_needs import place_of
from services.visits.settle import settle_children

LASTS_MONTHS = (1, 3, 6)
"""For how long a group may be left out; otherwise for good. Rule of this house."""


async def note_exemption(turn: Turn, child: ChildId, group: str, kind: Exemption, months: int | None) -> None:
    """The group is not asked for, for so many months or (None) for good."""
    actor, _found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    forecaster = (await place_of(turn, facility)).forecaster
    if forecaster is None or group not in {one.key for one in forecaster.schedule.groups}:
        raise Refused("exempt", f"child:{child}")
    until = add_months(turn.moment.today(facility.zone), months) if months else None
    await turn.uow.care.exempt(NewExemption(child, group, kind, until), at=turn.moment.now, actor=actor.id)
    await settle_children(turn, [child])
    await _audit(turn, child, "exempt", group)


async def end_exemption(turn: Turn, child: ChildId, group: str) -> None:
    """It is asked for again."""
    await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    if await turn.uow.care.end_exemption(child, group, turn.moment.now):
        await _audit(turn, child, "end_exemption", group)


async def _audit(turn: Turn, child: ChildId, action: str, group: str) -> None:
    actor = turn.speaker.actor
    await turn.uow.programme.audit(
        action,
        at=turn.moment.now,
        actor=actor.id if actor else None,
        subject=f"child:{child}",
        details={"group": group},
    )
