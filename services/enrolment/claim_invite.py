"""Claim an invite by its link or its code: bind the chat to a caregiver, or to a place as an actor."""

from dataclasses import dataclass
from datetime import timedelta

from domain.identifiers import CaregiverId
from domain.invite import CODE_LIFE, CODE_TRIES, ActorPlace, Invite, InviteState, state_of_code, state_of_link
from domain.people import Caregiver
from services.access import Refused
from services.enrolment.codes import invite_of
from services.enrolment.tokens import hash_token, new_number
from services.family.ask_who import deny_who
from services.family.relink import may_leave_other_chats, reachable_elsewhere, tell_of_new_phone
from services.turn import Turn

REQUEST_LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class CaregiverClaimed:
    """The chat is hers now; what is missing is her consent."""

    caregiver: CaregiverId


@dataclass(frozen=True)
class CaregiverBack:
    """One who had joined is in this chat now; `elsewhere` when she has others."""

    caregiver: CaregiverId
    elsewhere: bool


@dataclass(frozen=True)
class ActorClaimed:
    """The chat belongs to an actor now."""

    place: ActorPlace


@dataclass(frozen=True)
class NotClaimed:
    """The invite is worth nothing (any more). `hers` when this very chat used it: a second tap on one's own link."""

    state: InviteState
    hers: bool = False
    tries_left: int | None = None


@dataclass(frozen=True)
class AskVolunteer:
    """Too many wrong codes: the volunteer lets this chat in by typing `number`."""

    number: str


Claim = CaregiverClaimed | CaregiverBack | ActorClaimed | NotClaimed | AskVolunteer


async def claim_link(turn: Turn, token: str) -> Claim:
    """Claim by the payload of a link. A link that is worth nothing is written to the audit log."""
    invite = await turn.uow.invites.by_token(hash_token(token))
    state = state_of_link(invite, turn.moment.now)
    if invite is not None and state is InviteState.OPEN:
        return await _bind(turn, invite)
    hers = invite is not None and _is_hers(turn, invite)
    if not hers:
        await _audit(turn, f"claim_link_{state}")
    return NotClaimed(state, hers=hers)


async def claim_code(turn: Turn, code: str) -> Claim:
    """Claim by six digits: five tries a chat within a day, then the volunteer confirms."""
    uow, speaker, moment = turn.uow, turn.speaker, turn.moment
    tries = await uow.invites.tries_since(speaker.address.id, moment.now - CODE_LIFE)
    if tries >= CODE_TRIES:
        return await _ask_volunteer(turn)
    invite = await invite_of(uow, turn.programme, code, moment.now)
    state = state_of_code(invite, moment.now)
    if invite is not None and state is InviteState.OPEN:
        return await _bind(turn, invite)
    if invite is not None and _is_hers(turn, invite):
        return NotClaimed(state, hers=True)
    await uow.invites.note_try(speaker.address.id, moment.now)
    await _audit(turn, f"claim_code_{state}")
    if tries + 1 >= CODE_TRIES:
        return await _ask_volunteer(turn)
    return NotClaimed(state, tries_left=CODE_TRIES - tries - 1)


async def _bind(turn: Turn, invite: Invite) -> Claim:
    uow, speaker, moment = turn.uow, turn.speaker, turn.moment
    if not await uow.invites.claim(invite.id, moment.now):
        await _audit(turn, f"claim_link_{InviteState.USED}")  # somebody else was faster
        return NotClaimed(InviteState.USED)
    if invite.caregiver is not None:
        return await _bind_caregiver(turn, invite.caregiver, by_worker=invite.created_by is not None)
    if invite.actor_place is None:
        return NotClaimed(InviteState.UNKNOWN)
    await uow.people.unlink_actors(speaker.address.id, moment.now)
    actor = await uow.people.add_actor(invite.actor_place, by=invite.created_by, at=moment.now)
    await uow.people.link_actor(actor, speaker.address.id, moment.now)
    await uow.programme.audit("actor_joined", at=moment.now, actor=actor, address=speaker.address.id)
    return ActorClaimed(invite.actor_place)


async def _bind_caregiver(turn: Turn, caregiver: CaregiverId, *, by_worker: bool) -> Claim:
    """Bind the chat. A link that one of the family made opens nothing in a chat from which somebody was removed, or in
    that of another of the family while she herself can be reached: nobody takes over her chat."""
    uow, address, now = turn.uow, turn.speaker.address, turn.moment.now
    found = await uow.families.caregiver(caregiver)
    if found is None or found.ended_as is not None:
        raise Refused("claim_ended", f"caregiver:{caregiver}")
    elsewhere = await reachable_elsewhere(turn, caregiver)
    if not by_worker and await _may_not_take(turn, found, is_reached=bool(elsewhere)):
        raise Refused("claim_kin", f"caregiver:{caregiver}")
    if turn.speaker.must_say_who and caregiver not in {own.id for own in turn.speaker.caregivers}:
        await deny_who(turn)
    await uow.people.link_caregiver(caregiver, address.id, now)
    await uow.people.ask_who(address.id, None)
    if found.joined_at is None:
        return CaregiverClaimed(caregiver)
    await uow.people.speak_language(address.id, found.language)
    for other in () if by_worker else elsewhere:  # a worker may help her away from whoever holds the old telephone
        await tell_of_new_phone(turn, other)
    return CaregiverBack(caregiver, await may_leave_other_chats(turn, caregiver))


async def _may_not_take(turn: Turn, caregiver: Caregiver, *, is_reached: bool) -> bool:
    if await turn.uow.lives.was_removed_from(turn.speaker.address.id, caregiver.family):
        return True
    kin = any(own.family == caregiver.family and own.id != caregiver.id for own in turn.speaker.caregivers)
    return kin and is_reached and caregiver.joined_at is not None


def _is_hers(turn: Turn, invite: Invite) -> bool:
    return invite.claimed_at is not None and invite.caregiver in {own.id for own in turn.speaker.caregivers}


async def _ask_volunteer(turn: Turn) -> AskVolunteer:
    at = turn.moment.now
    number = new_number()
    await turn.uow.invites.request(turn.speaker.address.id, number, at=at, expires_at=at + REQUEST_LIFE)
    return AskVolunteer(number)


async def _audit(turn: Turn, action: str) -> None:
    actor = turn.speaker.actor.id if turn.speaker.actor else None
    await turn.uow.programme.audit(action, at=turn.moment.now, actor=actor, address=turn.speaker.address.id)
