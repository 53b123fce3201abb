"""The card: what was given to her children and counted, and what is next; in the chat, or as a file to keep."""

from dataclasses import dataclass
from datetime import date

from domain.identifiers import CaregiverId
from domain.people import Caregiver
from services.access import access_own
from services.turn import Turn
from services.visits.child_record.read_record import ChildRecord
from services.visits.child_record.show_why import records_of
from services.visits.find_visits import may_show_visits


@dataclass(frozen=True)
class FamilyCard:
    """The records of her children: none where the station tells her, or where she has nobody here (`nobody`)."""

    caregiver: Caregiver
    records: tuple[ChildRecord, ...]
    nobody: bool
    made_on: date


async def show_card(turn: Turn, whose: CaregiverId) -> FamilyCard:
    """The card of one who speaks from this chat."""
    caregiver = access_own(turn.speaker, whose)
    records = await records_of(turn, caregiver) if await may_show_visits(turn, caregiver) else ()
    zone = records[0].facility.zone if records else "UTC"
    nobody = not await turn.uow.families.children_of(whose)
    return FamilyCard(caregiver, records, nobody, turn.moment.today(zone))
