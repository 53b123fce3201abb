"""A birth is told, by the family or by a worker: the pregnancy ends, and a child begins; in one transaction.

What the family told of a pregnancy that ended otherwise is never overwritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.birth_question import AGAIN
from domain.consent import Purpose
from domain.ends import PregnancyEnd
from domain.forms.birth import BIRTH, SEXES, Newborns, earliest_birth, weeks_at_birth
from domain.forms.form import Answers, next_question
from domain.identifiers import ChildId, FamilyId, PregnancyId
from domain.people import Caregiver, Pregnancy
from domain.pregnancy_occasion import JOURNEY, pregnancy_occasion
from domain.sending.outbox import Reason
from domain.tracks import PRETERM_BEFORE_WEEKS
from services.access import AwaitedBirth, Permission, Refused, access_family, access_pregnancy
from services.family.end_contact import take_newcomers_in
from services.family.welcome import Digest, what_matters_now
from services.forms.answer_form import Asking, begin_form, find_draft, resume_form
from services.messages.plan_births import birth_task
from services.messages.plan_day import plan_one, plan_without
from services.ports.families import NewChild
from services.turn import Turn


@dataclass(frozen=True)
class NotAwaited:
    """Nothing can be told of this pregnancy any more; `born`: the birth is known already."""

    born: bool
    own: Caregiver | None
    unnamed: ChildId | None = None


@dataclass(frozen=True)
class BirthTold:
    """A birth that is known now. `own` is the one who told it, if it is her own family; `digest` what she is told.

    Without a digest nothing is sent to her beyond the answer. `early`: before 37 weeks.
    """

    children: tuple[ChildId, ...]
    early: bool
    own: Caregiver | None
    digest: Digest | None


async def births_awaited_in(turn: Turn, family: FamilyId) -> tuple[Pregnancy, ...]:
    """The pregnancies of a family in the actor's places that have not ended."""
    await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    return tuple(one for one in await turn.uow.lives.pregnancies_in(family) if one.ended_as is None)


async def begin_birth(turn: Turn, pregnancy: PregnancyId) -> Asking | NotAwaited:
    """The first question, or the one at which she stopped."""
    found = await access_pregnancy(turn.uow, turn.speaker, pregnancy)
    if found.pregnancy.ended_as is not None:
        return await _not_awaited(turn, found)
    draft = await find_draft(turn, BIRTH.name)
    going_on = await resume_form(turn, BIRTH.name) if draft is not None and draft.about == pregnancy else None
    given = {"due_on": found.pregnancy.due_on.isoformat(), "zone": found.family.zone}
    return going_on or await begin_form(turn, BIRTH, about=int(pregnancy), answers=given)


async def answer_not_yet(turn: Turn, pregnancy: PregnancyId) -> Caregiver | NotAwaited | None:
    """The child is not born yet: nobody of the family is asked any more now, and all of them once in a week.

    Gives the caregiver who answered; None when it was somebody who works for the programme.
    """
    found = await access_pregnancy(turn.uow, turn.speaker, pregnancy)
    if found.pregnancy.ended_as is not None:
        return await _not_awaited(turn, found)
    today = turn.moment.today(found.family.zone)
    if today >= found.pregnancy.due_on:
        await turn.uow.lives.note_not_yet(pregnancy, today)
        await _close(turn, pregnancy, ("", AGAIN))
    return found.own


async def tell_birth(turn: Turn) -> BirthTold | NotAwaited | None:
    """Keep the birth of the complete draft; None when there is no such draft (a second tap on *save*)."""
    draft = await find_draft(turn, BIRTH.name)
    if draft is None or draft.about is None or next_question(BIRTH, draft.answers) is not None:
        return None
    found = await access_pregnancy(turn.uow, turn.speaker, PregnancyId(draft.about))
    await turn.uow.drafts.drop(turn.speaker.address.id, BIRTH.name)
    pregnancy, now = found.pregnancy, turn.moment.now
    newborns = _newborns(turn, found, draft.answers)
    if not await turn.uow.lives.end_awaited(pregnancy.id, PregnancyEnd.BORN, now):
        return await _not_awaited(turn, await access_pregnancy(turn.uow, turn.speaker, pregnancy.id))
    children = await _add_children(turn, pregnancy, newborns)
    await _close(turn, pregnancy.id, ("", AGAIN, JOURNEY))
    await turn.uow.tasks.drop_occasion(birth_task(pregnancy.id), now)
    await turn.uow.programme.audit(
        "tell_birth",
        at=now,
        actor=found.actor.id if found.actor else None,
        address=turn.speaker.address.id,
        subject=f"pregnancy:{pregnancy.id}",
    )
    digest = await _digest(turn, found.own) if found.own is not None else None
    await _plan(turn, pregnancy.id, digest)
    weeks = newborns[0].gestation_weeks
    return BirthTold(children, weeks is not None and weeks < PRETERM_BEFORE_WEEKS, found.own, digest)


def _newborns(turn: Turn, found: AwaitedBirth, answers: Answers) -> tuple[NewChild, ...]:
    born_on, due_on = date.fromisoformat(answers["birth_date"] or ""), found.pregnancy.due_on
    if not earliest_birth(due_on) <= born_on <= turn.moment.today(found.family.zone):
        raise Refused("tell_birth", f"pregnancy:{found.pregnancy.id}")
    weeks, place = weeks_at_birth(due_on, born_on), answers["birth_place"]
    sexes = SEXES[Newborns(answers["newborns"] or "")]
    return tuple(NewChild("", born_on, sex, gestation_weeks=weeks, birth_place=place) for sex in sexes)


async def _add_children(turn: Turn, pregnancy: Pregnancy, newborns: tuple[NewChild, ...]) -> tuple[ChildId, ...]:
    families = turn.uow.families
    expecting = await turn.uow.lives.caregivers_expecting(pregnancy.id)
    added = tuple([await families.add_child(pregnancy.family, pregnancy.facility, one) for one in newborns])
    for caregiver in expecting:
        for child in added:
            await families.add_care(caregiver.id, caregiver.role, child=child)
    await take_newcomers_in(turn, pregnancy.family, added)
    return added


async def _close(turn: Turn, pregnancy: PregnancyId, words: Sequence[str]) -> None:
    for caregiver in await turn.uow.lives.caregivers_expecting(pregnancy):
        for word in words:
            await turn.uow.outbox.close_occasion(caregiver.id, pregnancy_occasion(pregnancy, word), Reason.ANSWERED)


async def _digest(turn: Turn, own: Caregiver) -> Digest | None:
    """What matters now, for one who gets messages; who stopped, paused or never agreed gets no more than the answer."""
    consents = await turn.uow.consents.of(own.id)
    agreed = any(one.stands and one.purpose is Purpose.MESSAGES for one in consents)
    silent = own.joined_at is None or own.stopped_at is not None or own.pause is not None
    return await what_matters_now(turn, own) if agreed and not silent else None


async def _plan(turn: Turn, pregnancy: PregnancyId, digest: Digest | None) -> None:
    """Plan today for everybody who awaited the child; what the digest said to one of them is not said to her again."""
    for caregiver in await turn.uow.lives.caregivers_expecting(pregnancy):
        if digest is not None and digest.caregiver.id == caregiver.id and digest.tip is not None:
            await plan_without(turn, caregiver, digest.tip)
        else:
            await plan_one(turn, caregiver)


async def _not_awaited(turn: Turn, found: AwaitedBirth) -> NotAwaited:
    born = found.pregnancy.ended_as is PregnancyEnd.BORN
    if not born or found.own is None:
        return NotAwaited(born, found.own)
    children = await turn.uow.families.children_of(found.own.id)
    return NotAwaited(born, found.own, next((child.id for child in children if not child.name), None))
