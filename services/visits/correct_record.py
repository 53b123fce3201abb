"""A row of a child's record is put right: another date, another vaccine, another child, or it goes. History stays."""

from dataclasses import dataclass, replace

from domain.area import Facility
from domain.identifiers import ActorId, ChildId
from domain.late_doses import GivenDay
from domain.people import Child
from services.access import Permission, Refused, access_child
from services.ports.visits import HistoryRow, Vaccination, VaccinationSource, Withdrawal
from services.turn import Turn
from services.visits.find_needs import place_of
from services.visits.keep_doses import Teller, keep_doses
from services.visits.record_late import true_day
from services.visits.settle import settle_children


@dataclass(frozen=True)
class RowAtHand:
    """A row that stands, with the child it is about and who is putting it right."""

    row: HistoryRow
    child: Child
    facility: Facility
    actor: ActorId


async def find_row(turn: Turn, child: ChildId, row: int) -> RowAtHand | None:
    """A row of this child's record; None when it does not stand any more."""
    actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    rows = [one for one in await turn.uow.visits.history_of(child) if one.id == row]
    if not rows:
        raise Refused("correct_record", f"child:{child} row:{row}")
    return RowAtHand(rows[0], found, facility, actor.id) if rows[0].withdrawn_at is None else None


async def correct_day(turn: Turn, child: ChildId, row: int, day: GivenDay) -> None:
    """It was given on another day."""
    at_hand = await find_row(turn, child, row)
    if at_hand is None:
        return
    dose, place = at_hand.row.vaccination, await place_of(turn, at_hand.facility)
    on = await true_day(turn, place, at_hand.child, dose.vaccine, day)
    await _replace(turn, at_hand, replace(dose, given_on=on, date_known=day.on is not None))


async def correct_vaccine(turn: Turn, child: ChildId, row: int, vaccine: str) -> None:
    """It was another vaccine."""
    at_hand = await find_row(turn, child, row)
    if at_hand is None:
        return
    forecaster = (await place_of(turn, at_hand.facility)).forecaster
    if forecaster is None or vaccine not in forecaster.schedule.vaccines:
        raise Refused("correct_record", f"child:{child}")
    await _replace(turn, at_hand, replace(at_hand.row.vaccination, vaccine=vaccine))


async def correct_child(turn: Turn, child: ChildId, row: int, other: ChildId) -> None:
    """It was a sister or a brother: only children of one family are changed for one another here."""
    at_hand = await find_row(turn, child, row)
    _actor, sibling, _facility = await access_child(turn.uow, turn.speaker, other, Permission.RECORD_VISITS)
    if at_hand is None:
        return
    dose = at_hand.row.vaccination
    if sibling.family != at_hand.child.family or (dose.date_known and dose.given_on < sibling.birth_date):
        raise Refused("correct_record", f"child:{other}")
    await _replace(turn, at_hand, replace(dose, child=other))


async def withdraw_dose(turn: Turn, child: ChildId, row: int) -> None:
    """It was never given."""
    at_hand = await find_row(turn, child, row)
    if at_hand is None:
        return
    at = turn.moment.now
    await turn.uow.visits.withdraw_row(row, why=Withdrawal.MISTAKE, by=at_hand.actor, at=at)
    await settle_children(turn, [child])
    await _audit(turn, at_hand, "withdraw_dose")


async def confirm_report(turn: Turn, child: ChildId, row: int) -> None:
    """What the family told is on the card: it is on record. Their word stays beside it."""
    at_hand = await find_row(turn, child, row)
    if at_hand is None or at_hand.row.vaccination.source is not VaccinationSource.REPORTED:
        return
    confirmed = replace(at_hand.row.vaccination, source=VaccinationSource.RECORD)
    await keep_doses(turn, [confirmed], Teller(actor=at_hand.actor, facility=at_hand.facility.id))
    await _audit(turn, at_hand, "confirm_report")


async def _replace(turn: Turn, at_hand: RowAtHand, dose: Vaccination) -> None:
    """One row goes and another one takes its place; of two who do it at once, one does."""
    if dose == at_hand.row.vaccination:
        return
    old = at_hand.row
    gone = await turn.uow.visits.withdraw_row(old.id, why=Withdrawal.CORRECTED, by=at_hand.actor, at=turn.moment.now)
    if not gone:
        return
    told = dose.source is VaccinationSource.REPORTED
    corrected = replace(dose, source=VaccinationSource.RECORD) if told else dose
    facility = at_hand.facility.id if told else old.facility
    await keep_doses(turn, [corrected], Teller(actor=at_hand.actor, facility=facility), corrects=old.id)
    await settle_children(turn, [old.vaccination.child])
    await _audit(turn, at_hand, "correct_dose")


async def _audit(turn: Turn, at_hand: RowAtHand, action: str) -> None:
    details = {"row": at_hand.row.id}
    await turn.uow.programme.audit(
        action, at=turn.moment.now, actor=at_hand.actor, subject=f"child:{at_hand.child.id}", details=details
    )
