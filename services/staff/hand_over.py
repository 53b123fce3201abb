"""Families go to another volunteer: all of one who left, with her tasks and what she began, or a single one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.absence import Duty
from domain.area import Facility
from domain.forms.enrolment import ENROLMENT
from domain.forms.form import without
from domain.identifiers import ActorId, CommuneId, FamilyId
from domain.message import Choice, OutgoingMessage, Text
from domain.people import Actor, ActorRole, Family
from services.access import Permission, Refused, access_facilities, access_family
from services.forms.surroundings import DEFAULT_ZONE, place_value
from services.messages.reply import reply
from services.staff.list_colleagues import Colleague, show_colleague
from services.staff.revoke_actor import find_leaver
from services.turn import Turn


@dataclass(frozen=True)
class Leaver:
    """One who has left, and the volunteers of her places."""

    colleague: Colleague
    followers: tuple[Duty, ...]


@dataclass(frozen=True)
class HandedOver:
    """To whom, and what still waits."""

    leaver: Leaver
    to: str


async def show_leaver(turn: Turn, actor: ActorId) -> Leaver:
    """Whom the families of one who left could go to."""
    colleague = await find_leaver(turn, actor)
    if not colleague.has_left:
        raise Refused("hand_over", f"actor:{actor}")
    return Leaver(colleague, await _volunteers(turn, await _communes(turn, colleague.actor)))


async def hand_over_all(turn: Turn, actor: ActorId, to: ActorId) -> HandedOver:
    """All that she leaves behind and that lies in the places of another volunteer, who is told how much, not whom."""
    leaver = await show_leaver(turn, actor)
    follower = next((one for one in leaver.followers if one.actor == to), None)
    if follower is None:
        raise Refused("hand_over", f"actor:{to}")
    facilities = await turn.uow.area.facilities(follower.communes)
    places = [place.id for place in facilities]
    families = await turn.uow.moves.give_families(actor, to, places)
    tasks = await turn.uow.moves.give_tasks(actor, to, places)
    draft = await _give_draft(turn, actor, to, facilities)
    if families or tasks or draft:
        await _note(turn, f"actor:{actor}", to)
        await _tell(turn, to, families=families, tasks=tasks, draft=draft)
    rest = await show_colleague(turn, actor)
    return HandedOver(Leaver(rest, leaver.followers), follower.name)


async def _give_draft(turn: Turn, actor: ActorId, to: ActorId, facilities: Iterable[Facility]) -> bool:
    """What she began goes on in the other's chat; a station that is none of the other's is asked anew."""
    chats = await turn.uow.people.addresses_of_actor(to)
    if not chats:
        return False
    for chat in await turn.uow.absences.chats_of_leaver(actor):
        if await turn.uow.moves.give_draft(chat, chats[0].id):
            draft = await turn.uow.drafts.find(chats[0].id, ENROLMENT.name)
            if draft is not None and draft.answers.get("facility") not in [place_value(one.id) for one in facilities]:
                asked_anew = replace(draft, answers=without(draft.answers, "facility"))
                await turn.uow.drafts.keep(chats[0].id, asked_anew)
            return True
    return False


@dataclass(frozen=True)
class OneFamily:
    """A family, and who could look after it. Not `may`: somebody else does, who is asked first."""

    family: FamilyId
    may: bool
    keeper: Duty | None
    followers: tuple[Duty, ...]


async def show_hand_over(turn: Turn, family: FamilyId) -> OneFamily:
    """Whom one family could go to: told to its volunteer, to health workers and staff, and to all when it has none."""
    actor, found = await access_family(turn.uow, turn.speaker, family, Permission.ENROL)
    facility = await turn.uow.area.facility(found.facility)
    volunteers = await _volunteers(turn, [facility.commune.id] if facility else [])
    keeper = next((one for one in volunteers if one.actor == found.volunteer), None)
    others = tuple(one for one in volunteers if one is not keeper)
    return OneFamily(family, _may_hand_over(actor, found, keeper), keeper, others)


async def hand_over_family(turn: Turn, family: FamilyId, to: ActorId) -> str:
    """From now on she looks after it; gives her name. A second tap changes nothing."""
    shown = await show_hand_over(turn, family)
    if shown.keeper is not None and shown.keeper.actor == to:
        return shown.keeper.name
    chosen = next((one for one in shown.followers if one.actor == to), None)
    if chosen is None or not shown.may:
        raise Refused("hand_over", f"family:{family}")
    await turn.uow.moves.give_family(family, to)
    await _note(turn, f"family:{family}", to)
    if turn.speaker.actor is not None and turn.speaker.actor.id != to:
        await _tell(turn, to, families=1)
    return chosen.name


def _may_hand_over(actor: Actor, family: Family, keeper: Duty | None) -> bool:
    return actor.role is not ActorRole.VOLUNTEER or keeper is None or family.volunteer == actor.id


async def _volunteers(turn: Turn, communes: Iterable[CommuneId]) -> tuple[Duty, ...]:
    today = turn.moment.today(DEFAULT_ZONE)
    return tuple(await turn.uow.absences.duties(list(communes), now=turn.moment.now, today=today))


async def _communes(turn: Turn, actor: Actor) -> tuple[CommuneId, ...]:
    """The communes in which somebody works or worked; of staff all."""
    places = await access_facilities(turn.uow, actor)
    return tuple({*actor.communes, *(place.commune.id for place in places)})


async def _note(turn: Turn, subject: str, to: ActorId) -> None:
    by = turn.speaker.actor.id if turn.speaker.actor else None
    await turn.uow.programme.audit("hand_over", at=turn.moment.now, actor=by, subject=subject, details={"to": int(to)})


async def _tell(turn: Turn, to: ActorId, *, families: int, tasks: int = 0, draft: bool = False) -> None:
    """How much is hers now; whom, she sees on her list."""
    chats = await turn.uow.people.addresses_of_actor(to)
    lines = (
        *((Text("colleagues.yours.families", {"count": families}),) if families else ()),
        *((Text("colleagues.yours.tasks", {"count": tasks}),) if tasks else ()),
        *((Text("colleagues.yours.draft"),) if draft else ()),
    )
    if chats:
        her_list = Choice(Text("menu.families"), "v1:families:0")
        told = OutgoingMessage(Text("colleagues.yours", {"lines": lines}), ((her_list,),))
        await reply(replace(turn, occasion=f"{turn.occasion}:yours"), [told], to=chats[0].id)
