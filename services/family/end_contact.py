"""End contact about a child, a pregnancy or with a mother, at once and for everybody; and begin it again.

What is planned is closed here, replies that still wait too. A row that has already left (`sending`) cannot
be called back: it may arrive some seconds later.
"""

from collections.abc import Iterable, Sequence

from domain.birth_question import AGAIN
from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.forms.birth import TOLD_BY_FAMILIES
from domain.identifiers import ChildId, FamilyId
from domain.people import Caregiver, Child, Pregnancy
from domain.pregnancy_occasion import pregnancy_occasion
from domain.reader import Role
from domain.sending.outbox import Lane, Reason
from domain.tasks import TaskKind
from domain.tracks import Track, needs_replacement_feeding
from services.messages.plan_anew import plan_tips_anew
from services.messages.plan_births import birth_task
from services.messages.plan_day import plan_one
from services.turn import Turn
from services.visits.call_list import settle_family_calls

UNASKED = (Lane.VISIT, Lane.TIP, Lane.CAMPAIGN)
BIRTH_QUESTIONS = ("", AGAIN)


async def end_child(turn: Turn, child: Child) -> None:
    """Nothing more about this child, to nobody."""
    await turn.uow.lives.end_child(child.id, ChildEnd.DIED, turn.moment.now)
    await _bear_in_mind(turn, child.family)
    await turn.uow.tasks.drop_about(child.id, tuple(TaskKind), turn.moment.now)
    await settle_family_calls(turn, child.family)
    for caregiver in await turn.uow.families.caregivers_of_child(child.id):
        await _grieve(turn, caregiver)


async def end_pregnancy(turn: Turn, pregnancy: Pregnancy) -> None:
    """Nothing more about this pregnancy; nobody asks for its birth."""
    if not await turn.uow.lives.end_awaited(pregnancy.id, PregnancyEnd.LOST, turn.moment.now):
        return
    await turn.uow.tasks.drop_occasion(birth_task(pregnancy.id), turn.moment.now)
    await _bear_in_mind(turn, pregnancy.family)
    for caregiver in await turn.uow.lives.caregivers_expecting(pregnancy.id):
        for word in BIRTH_QUESTIONS:
            occasion = pregnancy_occasion(pregnancy.id, word)
            await turn.uow.outbox.close_occasion(caregiver.id, occasion, Reason.CONTACT_ENDED)
        await _grieve(turn, caregiver)


async def end_mother(turn: Turn, mother: Caregiver) -> None:
    """Nothing more to her; her chats know her no longer, and what she awaited is asked of nobody."""
    uow, now = turn.uow, turn.moment.now
    await uow.outbox.close_planned(mother.id, Reason.CONTACT_ENDED, UNASKED)
    await _quiet_chats(turn, mother)
    await uow.people.unlink_caregiver(mother.id, now, as_=CaregiverEnd.DIED.value)
    await uow.invites.withdraw_for(mother.id, now)
    await uow.tasks.drop(mother.id, tuple(TaskKind), now)
    for pregnancy in await _awaited_by(turn, mother):
        await end_pregnancy(turn, pregnancy)
    await uow.lives.end_caregiver(mother.id, CaregiverEnd.DIED, now)
    await _bear_in_mind(turn, mother.family)
    for caregiver in await uow.families.caregivers_of_family(mother.family):
        await uow.lives.bereave(caregiver.id, now)
        await _quiet_chats(turn, caregiver)


async def go_on_without_mother(turn: Turn, caregivers: Iterable[Caregiver], children: Iterable[Child]) -> None:
    """Her children's messages speak of no mother from now on, those already planned too."""
    await _be_without_mother(turn, children)
    await plan_tips_anew(turn, caregivers)


async def take_newcomers_in(turn: Turn, family: FamilyId, added: Iterable[ChildId]) -> None:
    """What holds for a family that lost somebody holds for children who come later; nothing is planned for them yet."""
    await _bear_in_mind(turn, family)
    everyone = await turn.uow.lives.caregivers_in(family)
    ends = [one.ended_as for one in everyone if one.role is Role.MOTHER]
    if CaregiverEnd.DIED not in ends or None in ends:
        return
    numbers = frozenset(added)
    await _be_without_mother(turn, [one for one in await turn.uow.lives.children_in(family) if one.id in numbers])


async def begin_child(turn: Turn, child: Child) -> None:
    """It was a mistake: planning goes on from today."""
    await turn.uow.lives.end_child(child.id, None, turn.moment.now)
    await _bear_in_mind(turn, child.family)
    await _go_on(turn, await turn.uow.families.caregivers_of_child(child.id))


async def begin_pregnancy(turn: Turn, pregnancy: Pregnancy) -> None:
    """The same for a pregnancy."""
    await turn.uow.lives.end_pregnancy(pregnancy.id, None, turn.moment.now)
    await _bear_in_mind(turn, pregnancy.family)
    await _go_on(turn, await turn.uow.lives.caregivers_expecting(pregnancy.id))


async def begin_mother(turn: Turn, mother: Caregiver) -> None:
    """The same for a mother: her chats know her again, and her children's messages speak of her."""
    uow, now = turn.uow, turn.moment.now
    await uow.lives.end_caregiver(mother.id, None, now)
    await _bear_in_mind(turn, mother.family)
    for chat in await uow.endings.chats_of_dead(mother.id):
        await uow.people.link_caregiver(mother.id, chat, now)
    hers = await uow.families.all_children_of(mother.id) or await uow.lives.children_in(mother.family)
    for child in hers:
        for track in (Track.MOTHER_ABSENT, Track.REPLACEMENT_FEEDING):
            await uow.lives.leave_track(child.id, track)
    await uow.tasks.drop_occasion(f"reach:mother:{mother.id}", now)
    family = await uow.families.caregivers_of_family(mother.family)
    await _go_on(turn, family)
    await plan_tips_anew(turn, family)


async def has_nobody(turn: Turn, caregiver: Caregiver) -> bool:
    """Whether there is neither a child nor a pregnancy left of which we speak to her."""
    families = turn.uow.families
    return not await families.children_of(caregiver.id) and not await families.pregnancies_of(caregiver.id)


async def _awaited_by(turn: Turn, mother: Caregiver) -> tuple[Pregnancy, ...]:
    """What she awaited; for one who was never noted with a child, what no other mother of the family awaits."""
    families, lives = turn.uow.families, turn.uow.lives
    hers = await families.pregnancies_of(mother.id)
    if hers or await families.all_children_of(mother.id):
        return tuple(hers)
    awaited = [one for one in await lives.pregnancies_in(mother.family) if one.ended_as is None]
    mothers = {one.id: await _expecting_mothers(turn, one) for one in awaited}
    return tuple(one for one in awaited if not mothers[one.id])


async def _expecting_mothers(turn: Turn, pregnancy: Pregnancy) -> list[Caregiver]:
    return [one for one in await turn.uow.lives.caregivers_expecting(pregnancy.id) if one.role is Role.MOTHER]


async def _bear_in_mind(turn: Turn, family: FamilyId) -> None:
    """The children of a family that has lost somebody are on a track of their own, until it was a mistake."""
    lives = turn.uow.lives
    change = lives.keep_track if await turn.uow.endings.has_lost(family) else lives.leave_track
    for child in await lives.children_in(family):
        if child.ended_as is None:
            await change(child.id, Track.BEREAVED)


async def _be_without_mother(turn: Turn, children: Iterable[Child]) -> None:
    for child in children:
        if child.ended_as is not None:
            continue
        await turn.uow.lives.keep_track(child.id, Track.MOTHER_ABSENT)
        if needs_replacement_feeding(child.birth_date, turn.moment.today(await _zone(turn, child))):
            await turn.uow.lives.keep_track(child.id, Track.REPLACEMENT_FEEDING)


async def _grieve(turn: Turn, caregiver: Caregiver) -> None:
    uow, now = turn.uow, turn.moment.now
    await uow.lives.bereave(caregiver.id, now)
    ended = {one.id for one in await uow.families.all_children_of(caregiver.id) if one.ended_as is not None}
    await uow.outbox.close_about(caregiver.id, ended, Reason.CONTACT_ENDED)
    await _quiet_chats(turn, caregiver)
    if await has_nobody(turn, caregiver):
        await uow.invites.withdraw_for(caregiver.id, now)
        await uow.tasks.drop(caregiver.id, (TaskKind.ASK_BIRTH, TaskKind.REACH), now)


async def _quiet_chats(turn: Turn, caregiver: Caregiver) -> None:
    """An answer that waits for a network could still name the child, and an open question ask for its name."""
    for address in await turn.uow.people.addresses_of_caregiver(caregiver.id):
        await turn.uow.outbox.close_replies(address.id, Reason.CONTACT_ENDED)
        for form in TOLD_BY_FAMILIES:
            await turn.uow.drafts.drop(address.id, form)


async def _go_on(turn: Turn, caregivers: Sequence[Caregiver]) -> None:
    for caregiver in caregivers:
        if not await turn.uow.endings.has_loss(caregiver.id):
            await turn.uow.lives.bereave(caregiver.id, None)
        await turn.uow.outbox.reopen_ended(caregiver.id, turn.moment.now)
        await plan_one(turn, caregiver)


async def _zone(turn: Turn, child: Child) -> str:
    facility = await turn.uow.area.facility(child.facility)
    return facility.zone if facility else "UTC"
