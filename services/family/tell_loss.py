"""A loss was told and confirmed: everything stops at once, and what may help is offered once."""

from dataclasses import dataclass

from domain.calendar import gestation_in_weeks
from domain.ends import CaregiverEnd
from domain.identifiers import CaregiverId, ChildId, PregnancyId
from domain.loss import LossOf, Subject
from domain.loss_care import Care, Listener, care_after_child, care_after_mother, care_after_pregnancy
from domain.people import Caregiver
from domain.reader import Role
from domain.tasks import TaskKind
from services.access import Refused
from services.family.ask_for_call import CallAsked, ask_for_call, have_family_called
from services.family.end_contact import end_child, end_mother, end_pregnancy, go_on_without_mother, has_nobody
from services.family.find_subjects import Teller, child_of, is_lost, may_be_told, pregnancy_of
from services.ports.tasks import NewTask
from services.turn import Turn


@dataclass(frozen=True)
class LossTold:
    """What is to be said now in the chat of the one who told.

    `goes_on` are the children of whom we still write to her; `call` is set when somebody was asked to call at once;
    `here`: it is the chat of the mother who died.
    """

    teller: Teller
    subject: Subject
    goes_on: tuple[str, ...] = ()
    care: tuple[Care, ...] = ()
    call: CallAsked | None = None
    has_nobody: bool = False
    here: bool = False


async def tell_loss(turn: Turn, teller: Teller, subject: Subject) -> LossTold:
    """Stop everything about this one. The same confirmation twice gives the same answer."""
    if await may_be_told(turn, teller, subject):
        await _end(turn, teller, subject)
    if not await is_lost(turn, teller, subject):
        raise Refused("loss", str(subject))
    return await _told(turn, teller, subject)


async def show_care(turn: Turn, teller: Teller, subject: Subject, care: Care) -> bool:
    """Whether she may read this now: the loss is hers, and a clinician released the words."""
    if teller.caregiver is None or not await is_lost(turn, teller, subject):
        raise Refused("loss", str(subject))
    return turn.programme.may_send(care.key, turn.speaker.address.language)


async def call_after_loss(turn: Turn, teller: Teller, subject: Subject) -> CallAsked:
    """She would like to be called."""
    if teller.caregiver is None or not await is_lost(turn, teller, subject):
        raise Refused("loss", str(subject))
    return await ask_for_call(turn, teller.family, teller.caregiver, subject)


async def _end(turn: Turn, teller: Teller, subject: Subject) -> None:
    by, chat = teller.actor, turn.speaker.address.id
    await turn.uow.programme.audit(
        "contact_ended", at=turn.moment.now, actor=by.id if by else None, address=chat, subject=str(subject)
    )
    match subject.kind:
        case LossOf.CHILD:
            await end_child(turn, await child_of(turn, teller, ChildId(subject.number)))
        case LossOf.PREGNANCY:
            await end_pregnancy(turn, await pregnancy_of(turn, teller, PregnancyId(subject.number)))
        case LossOf.MOTHER:
            await _end_mother(turn, teller, CaregiverId(subject.number))


async def _end_mother(turn: Turn, teller: Teller, number: CaregiverId) -> None:
    """Her chat stops, and the family turns to its next caregiver."""
    uow = turn.uow
    mother = await _mother(turn, teller, number)
    children = await uow.families.all_children_of(mother.id) or await uow.lives.children_in(teller.family.id)
    await end_mother(turn, mother)
    others = await uow.families.caregivers_of_family(teller.family.id)
    await go_on_without_mother(turn, others, children)
    if not any(one.joined_at for one in others):
        await _reach_next(turn, teller, mother, others[0] if others else None)


async def _mother(turn: Turn, teller: Teller, number: CaregiverId) -> Caregiver:
    """The mother; one who was never with us is noted, so that it can be undone."""
    families = turn.uow.families
    if not number:
        language = teller.caregiver.language if teller.caregiver else turn.speaker.address.language
        number = await families.add_caregiver(teller.family.id, Role.MOTHER, language, None)
    found = next((one for one in await turn.uow.lives.caregivers_in(teller.family.id) if one.id == number), None)
    if found is None:
        raise Refused("loss", f"mother:{number}")
    return found


async def _reach_next(turn: Turn, teller: Teller, mother: Caregiver, following: Caregiver | None) -> None:
    """Nobody of the family is with us now: the volunteer helps another caregiver to join."""
    task = NewTask(
        kind=TaskKind.REACH,
        occasion=f"reach:mother:{mother.id}",
        family=teller.family.id,
        caregiver=following.id if following else None,
        due_on=turn.moment.today(teller.family.zone),
    )
    await turn.uow.tasks.add(task, at=turn.moment.now)


async def _call_family(turn: Turn, teller: Teller, subject: Subject) -> CallAsked | None:
    """After a mother's death somebody calls at once: the one who told, or the next caregiver who is with us."""
    if subject.kind is not LossOf.MOTHER:
        return None
    everyone = await turn.uow.lives.caregivers_in(teller.family.id)
    mother = next(one for one in everyone if one.ended_as is CaregiverEnd.DIED and subject.number in (0, one.id))
    others = [one for one in everyone if one.ended_as is None]
    told_by = [one for one in others if teller.caregiver is not None and one.id == teller.caregiver.id]
    following = next(iter((*told_by, *(one for one in others if one.joined_at), *others)), None)
    return await have_family_called(turn, teller.family, following, Subject(LossOf.MOTHER, mother.id))


async def _told(turn: Turn, teller: Teller, subject: Subject) -> LossTold:
    own, call = teller.caregiver, await _call_family(turn, teller, subject)
    if own is None or (subject.kind is LossOf.MOTHER and subject.number == own.id):
        return LossTold(teller, subject, call=call, here=own is not None)
    return LossTold(
        teller,
        subject,
        goes_on=tuple(child.name for child in await turn.uow.families.children_of(own.id)),
        care=await _care(turn, teller, subject, own),
        call=call,
        has_nobody=await has_nobody(turn, own),
    )


async def _care(turn: Turn, teller: Teller, subject: Subject, own: Caregiver) -> tuple[Care, ...]:
    family = await turn.uow.families.caregivers_of_family(own.family)
    with_mother = any(one.role is Role.MOTHER for one in family)
    listener = Listener(own.role, turn.speaker.is_shared, with_mother)
    today = turn.moment.today(teller.family.zone)
    match subject.kind:
        case LossOf.CHILD:
            child = await child_of(turn, teller, ChildId(subject.number))
            return care_after_child(child.birth_date, today, listener)
        case LossOf.PREGNANCY:
            pregnancy = await pregnancy_of(turn, teller, PregnancyId(subject.number))
            return care_after_pregnancy(gestation_in_weeks(pregnancy.due_on, today), listener)
        case LossOf.MOTHER:
            return care_after_mother(listener)
