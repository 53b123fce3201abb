"""A child's birth date is put right: what that changes is shown before, and everything follows the new one at once."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from domain.area import Facility
from domain.birth_dates import trouble_with_birth
from domain.forms.new_birth_date import NEW_BIRTH_DATE
from domain.identifiers import ActorId, ChildId
from domain.late_doses import guessed_day
from domain.people import Caregiver, Child
from domain.vaccination.changes import GroupChange, changes_between
from domain.vaccination.engine import Assessment
from domain.why import JudgedDose
from services.access import Permission, Refused, access_child
from services.forms.answer_form import Asking, begin_form, drop_form, find_draft
from services.messages.follow_birth_date import follow_birth_date
from services.ports.visits import HistoryRow, Vaccination, Withdrawal
from services.turn import Turn
from services.visits.child_record.read_record import read_record
from services.visits.find_needs import assess_children, place_of
from services.visits.settle import settle_children
from services.visits.tell_urgent import tell_urgent_about


class _TriedOut(Exception):
    """Everything was looked at; now it is undone."""


@dataclass(frozen=True)
class _Look:
    """A child's doses as they are judged."""

    assessment: Assessment
    given: Mapping[tuple[str, date], JudgedDose]


@dataclass(frozen=True)
class NewBirthDate:
    """What another birth date would change. `doses` are judged by the new one: those of which the verdict differs.

    `before_birth` are doses on record of days before it: they are kept as doses of unknown date. `twins` are those on
    record with the same old date. `vaccines` names each group of doses by the vaccine with which it begins.
    """

    child: Child
    born_on: date
    doses: tuple[JudgedDose, ...] = ()
    before_birth: tuple[Vaccination, ...] = ()
    groups: tuple[GroupChange, ...] = ()
    vaccines: tuple[tuple[str, str], ...] = ()
    twins: tuple[Child, ...] = ()


async def ask_birth_date(turn: Turn, child: ChildId) -> Asking:
    """Which day was it?"""
    _actor, _found, facility = await _access(turn, child)
    return await begin_form(turn, NEW_BIRTH_DATE, about=int(child), answers={"zone": facility.zone})


async def take_birth_date(turn: Turn) -> tuple[ChildId, date] | None:
    """The answer: the child and the day; None when the form is gone."""
    draft = await find_draft(turn, NEW_BIRTH_DATE.name)
    typed = draft.answers.get("birth_date") if draft else None
    if draft is None or draft.about is None or typed is None:
        return None
    await drop_form(turn, NEW_BIRTH_DATE.name)
    return ChildId(draft.about), date.fromisoformat(typed)


async def preview_birth_date(turn: Turn, child: ChildId, born_on: date) -> NewBirthDate:
    """What would change; nothing is kept."""
    actor, found, facility = await _access(turn, child)
    _check(turn, facility, child, born_on)
    early = await _given_before(turn, child, born_on)
    was = is_now = await _look_at(turn, found, facility)
    with suppress(_TriedOut):
        async with turn.uow.apart():
            await _keep(turn, actor, found, born_on)
            is_now = await _look_at(turn, replace(found, birth_date=born_on), facility)
            raise _TriedOut
    forecaster = (await place_of(turn, facility)).forecaster
    groups = forecaster.schedule.groups if forecaster else ()
    return NewBirthDate(
        child=found,
        born_on=born_on,
        doses=tuple(
            now
            for dose, now in is_now.given.items()
            if dose in was.given and now.verdict is not was.given[dose].verdict
        ),
        before_birth=tuple(row.vaccination for row in early),
        groups=changes_between(was.assessment, is_now.assessment),
        vaccines=tuple((group.key, group.doses[0].offered) for group in groups),
        twins=await _twins(turn, found),
    )


async def correct_birth_date(turn: Turn, child: ChildId, was: date, born_on: date, *, twins: bool) -> bool:
    """Keep it, also for `twins` with the same date; False when the date is no longer the one that was looked at."""
    actor, found, facility = await _access(turn, child)
    _check(turn, facility, child, born_on)
    if found.birth_date != was or was == born_on:
        return False
    concerned = [found, *(await _twins(turn, found) if twins else ())]
    before = await _families_of(turn, concerned)
    kept = [one for one in concerned if await _keep(turn, actor, one, born_on)]
    if found not in kept:
        return False
    for one in kept:
        await _audit(turn, actor, one.id, was, born_on)
    await settle_children(turn, [one.id for one in kept])
    for caregiver, children in before:
        await follow_birth_date(turn, caregiver, children)
    await tell_urgent_about(turn, [replace(one, birth_date=born_on) for one in kept])
    return True


async def _look_at(turn: Turn, child: Child, facility: Facility) -> _Look:
    place = await place_of(turn, facility)
    lines = [line.dose for line in (await read_record(turn, child, facility)).given]
    known = {(dose.vaccine, dose.given_on): dose for dose in lines if dose.given_on is not None}
    return _Look((await assess_children(turn, place, [child]))[child.id], known)


async def _keep(turn: Turn, actor: ActorId, child: Child, born_on: date) -> bool:
    """The date, with all that follows from it for the record; False when a colleague was faster."""
    if not await turn.uow.lives.correct_birth_date(child.id, born_on, was=child.birth_date):
        return False
    for row in await _given_before(turn, child.id, born_on):
        await _let_day_go(turn, actor, row, born_on)
    return True


async def _let_day_go(turn: Turn, actor: ActorId, row: HistoryRow, born_on: date) -> None:
    """A dose before the birth stands as given on a day that nobody knows: otherwise it would be asked for again."""
    visits, at, told = turn.uow.visits, turn.moment.now, row.vaccination
    given = (await visits.vaccinations_of([told.child]))[told.child]
    taken = {dose.given_on for dose in given if dose.vaccine == told.vaccine}
    day = guessed_day(born_on, born_on=born_on, today=max(born_on, at.date()), taken=taken)
    if day in taken:
        return
    dose = replace(told, given_on=day, date_known=False)
    await visits.withdraw_row(row.id, why=Withdrawal.CORRECTED, by=actor, at=at)
    await visits.record([dose], at=at, actor=actor, facility=row.facility, corrects=row.id)


async def _given_before(turn: Turn, child: ChildId, born_on: date) -> tuple[HistoryRow, ...]:
    rows = [row for row in await turn.uow.visits.history_of(child) if row.withdrawn_at is None]
    return tuple(row for row in rows if row.vaccination.date_known and row.vaccination.given_on < born_on)


async def _access(turn: Turn, child: ChildId) -> tuple[ActorId, Child, Facility]:
    """A child of the facility of whom we still speak."""
    actor, found, facility = await access_child(turn.uow, turn.speaker, child, Permission.RECORD_VISITS)
    if found.ended_as is not None:
        raise Refused("correct_birth_date", f"child:{child}")
    return actor.id, found, facility


def _check(turn: Turn, facility: Facility, child: ChildId, born_on: date) -> None:
    if trouble_with_birth(born_on, turn.moment.today(facility.zone)) is not None:
        raise Refused("correct_birth_date", f"child:{child}")


async def _twins(turn: Turn, child: Child) -> tuple[Child, ...]:
    children = await turn.uow.lives.children_in(child.family)
    others = (one for one in children if one.id != child.id and one.ended_as is None)
    return tuple(one for one in others if one.birth_date == child.birth_date)


async def _families_of(turn: Turn, concerned: Sequence[Child]) -> list[tuple[Caregiver, Sequence[Child]]]:
    """Everybody who cares for one of these children, with all of hers as they are on record now."""
    families = turn.uow.families
    caregivers = {one.id: one for child in concerned for one in await families.caregivers_of_child(child.id)}
    return [(one, await families.all_children_of(one.id)) for one in caregivers.values()]


async def _audit(turn: Turn, actor: ActorId, child: ChildId, was: date, born_on: date) -> None:
    details = {"was": was.isoformat(), "born_on": born_on.isoformat()}
    await turn.uow.programme.audit(
        "correct_birth_date", at=turn.moment.now, actor=actor, subject=f"child:{child}", details=details
    )
