"""A volunteer says that she is away and who looks after her list; it comes back by itself, or when she is back."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.absence import LONGEST_ABSENCE, Absence, Duty, Presence
from domain.identifiers import ActorId
from domain.message import Choice, OutgoingMessage, Text
from domain.people import ActorRole
from services.access import Refused
from services.enrolment.list_families import Round, round_of
from services.messages.reply import reply
from services.turn import Turn


@dataclass(frozen=True)
class StandIns:
    """Who could look after her list until she is back."""

    back_on: date
    colleagues: tuple[Duty, ...]


async def begin_absence(turn: Turn) -> Round:
    """Only volunteers have a list that passes on."""
    whose = await round_of(turn)
    if whose.actor.role is not ActorRole.VOLUNTEER:
        raise Refused("absence")
    return whose


async def find_stand_ins(turn: Turn, *, days: int | None = None, back_on: date | None = None) -> StandIns:
    """The other volunteers of her places who are here."""
    whose = await begin_absence(turn)
    until = back_on or whose.today + timedelta(days=days or 0)
    if not whose.today < until <= whose.today + LONGEST_ABSENCE:
        raise Refused("absence")
    here = (duty for duty in whose.duties if duty.presence is Presence.HERE)
    return StandIns(until, tuple(duty for duty in here if duty.actor != whose.actor.id))


async def note_absence(turn: Turn, back_on: date, stand_in: ActorId | None) -> Duty | None:
    """She is away until that day; gives who stands in for her, or None for everybody of the commune."""
    whose = await begin_absence(turn)
    offered = await find_stand_ins(turn, back_on=back_on)
    chosen = next((duty for duty in offered.colleagues if duty.actor == stand_in), None)
    if stand_in is not None and chosen is None:
        raise Refused("absence", f"actor:{stand_in}")
    absence = Absence(whose.actor.id, stand_in, back_on)
    if whose.absence != absence:
        await turn.uow.absences.note(absence, from_on=whose.today, at=turn.moment.now)
        await turn.uow.programme.audit(
            "note_absence", at=turn.moment.now, actor=whose.actor.id, details={"stand_in": stand_in or 0}
        )
        if chosen is not None:
            await _tell(turn, chosen, whose.actor.name, back_on)
    return chosen


async def _tell(turn: Turn, stand_in: Duty, name: str, back_on: date) -> None:
    """The colleague hears for whom she stands in; the families stand on her list."""
    chats = await turn.uow.people.addresses_of_actor(stand_in.actor)
    if chats:
        her_list = Choice(Text("menu.families"), "v1:families:0")
        told = OutgoingMessage(Text("absence.for_you", {"name": name, "back_on": back_on}), ((her_list,),))
        await reply(replace(turn, occasion=f"{turn.occasion}:stand_in"), [told], to=chats[0].id)


async def end_absence(turn: Turn) -> None:
    """She is back: her list is hers again."""
    whose = await begin_absence(turn)
    if await turn.uow.absences.end(whose.actor.id, turn.moment.now):
        await turn.uow.programme.audit("end_absence", at=turn.moment.now, actor=whose.actor.id)
