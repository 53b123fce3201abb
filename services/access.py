"""The only way to obtain somebody's data: who speaks, what that role may do, and whose data it may see.

Everything else in the project asks here. A refusal is raised as `Refused`; the door turns it into a friendly sentence
and an entry in the audit log.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.area import Facility
from domain.identifiers import CaregiverId, ChildId, FacilityId, FamilyId, PregnancyId
from domain.moment import Moment
from domain.people import Actor, ActorRole, Address, AddressState, Caregiver, Child, Family, Pregnancy
from domain.silence import must_say_who
from services.ports import UnitOfWork

REMOVED = "removed"
"""How a link to a chat ended that must not show it."""


class Permission(StrEnum):
    """What a role may do."""

    ENROL = "enrol"
    SEE_FAMILIES = "see_families"
    RECORD_VISITS = "record_visits"
    INVITE_ACTORS = "invite_actors"
    MERGE_FILES = "merge_files"
    BEGIN_AGAIN = "begin_again"
    NAME_CONTACT = "name_contact"
    SEE_COLLEAGUES = "see_colleagues"
    CHANGE_SESSIONS = "change_sessions"
    CHANGE_RULES = "change_rules"
    RUN_CAMPAIGNS = "run_campaigns"
    WATCH_OPERATIONS = "watch_operations"


MAY = {
    ActorRole.STAFF: frozenset(Permission),
    ActorRole.VOLUNTEER: frozenset({Permission.ENROL, Permission.SEE_FAMILIES}),
    ActorRole.HEALTH_WORKER: frozenset(
        {
            Permission.ENROL,
            Permission.SEE_FAMILIES,
            Permission.RECORD_VISITS,
            Permission.BEGIN_AGAIN,
            Permission.CHANGE_SESSIONS,
        }
    ),
}


class Refused(Exception):
    """Somebody asked for what is not hers. `wanted` and `subject` go to the audit log, never to the asker."""

    def __init__(self, wanted: str, subject: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.subject = subject


@dataclass(frozen=True)
class Arrival:
    """Where a message came from, as the channel tells it; `language` is our guess from the app's language."""

    channel: str
    bot: str
    external_id: str
    language: str


@dataclass(frozen=True)
class Speaker:
    """Who speaks from a chat: an actor, caregivers (several on a shared phone), or neither: a stranger.

    `returned`: the chat was unreachable until now. `quiet`: somebody was removed from this chat, and it must not show.
    `bereft`: after a loss there is nobody left of whom we could speak here.
    """

    address: Address
    actor: Actor | None
    caregivers: tuple[Caregiver, ...]
    returned: bool = False
    quiet: bool = False
    bereft: bool = False

    @property
    def is_stranger(self) -> bool:
        """Nobody we know."""
        return self.actor is None and not self.caregivers and not self.quiet

    @property
    def is_shared(self) -> bool:
        """Whether several caregivers read here."""
        return len(self.caregivers) > 1

    @property
    def must_say_who(self) -> bool:
        """Whether nothing private may be said before the chat has said who it is."""
        return self.address.unconfirmed_since is not None and bool(self.caregivers)


async def identify(uow: UnitOfWork, arrival: Arrival, moment: Moment) -> Speaker:
    """Who speaks from this chat. Any word from a chat is a sign of life: an unreachable address is active again.

    A chat that was silent for long must say who it is, whatever it wrote now.
    """
    address, before = await uow.people.arrive(
        channel=arrival.channel,
        bot=arrival.bot,
        external_id=arrival.external_id,
        language=arrival.language,
        at=moment.now,
    )
    speaker = await _speaker(uow, address)
    if before is None:
        return speaker
    if speaker.caregivers and address.unconfirmed_since is None and must_say_who(before, moment.now):
        await uow.people.ask_who(address.id, moment.now)
        speaker = replace(speaker, address=replace(address, unconfirmed_since=moment.now))
    return replace(speaker, returned=before.state is AddressState.UNREACHABLE)


async def anew(uow: UnitOfWork, speaker: Speaker) -> Speaker:
    """The same speaker after something about her changed in this transaction."""
    return await _speaker(uow, await uow.people.address(speaker.address.id) or speaker.address)


async def _speaker(uow: UnitOfWork, address: Address) -> Speaker:
    caregivers = await uow.families.caregivers_at(address.id)
    actor = await uow.people.actor_at(address.id)
    quiet = not caregivers and actor is None and await uow.lives.was_unlinked(address.id, REMOVED)
    return Speaker(address, actor, caregivers, quiet=quiet, bereft=await _is_bereft(uow, caregivers))


async def _is_bereft(uow: UnitOfWork, caregivers: tuple[Caregiver, ...]) -> bool:
    if not caregivers or any(one.bereaved_at is None for one in caregivers):
        return False
    families = uow.families
    return not any([await families.children_of(one.id) or await families.pregnancies_of(one.id) for one in caregivers])


def access_actor(speaker: Speaker, permission: Permission) -> Actor:
    """The speaker as an actor who may do this."""
    if speaker.actor is None or permission not in MAY[speaker.actor.role]:
        raise Refused(permission)
    return speaker.actor


def access_own(speaker: Speaker, caregiver: CaregiverId) -> Caregiver:
    """A caregiver who speaks from this very chat."""
    found = next((own for own in speaker.caregivers if own.id == caregiver), None)
    if found is None:
        raise Refused("own_caregiver", f"caregiver:{caregiver}")
    return found


async def access_kin(uow: UnitOfWork, speaker: Speaker, caregiver: CaregiverId) -> tuple[Caregiver, Caregiver]:
    """One who speaks from this chat and has joined, and a caregiver of the same family."""
    for own in speaker.caregivers:
        if own.joined_at is None:
            continue
        for kin in await uow.families.caregivers_of_family(own.family):
            if kin.id == caregiver:
                return own, kin
    raise Refused("kin", f"caregiver:{caregiver}")


def access_own_family(speaker: Speaker, family: FamilyId) -> Caregiver:
    """One who speaks from this chat, has joined, and belongs to this family."""
    found = next((own for own in speaker.caregivers if own.family == family and own.joined_at is not None), None)
    if found is None:
        raise Refused("own_family", f"family:{family}")
    return found


async def access_own_child(uow: UnitOfWork, speaker: Speaker, child: ChildId) -> tuple[Caregiver, Child]:
    """A child of one who speaks from this chat, and the caregiver through whom it is hers."""
    for caregiver in speaker.caregivers:
        for own in await uow.families.children_of(caregiver.id):
            if own.id == child:
                return caregiver, own
    raise Refused("own_child", f"child:{child}")


@dataclass(frozen=True)
class AwaitedBirth:
    """A pregnancy, through `own`, who speaks and awaits the birth herself, or through `actor`, who looks after it."""

    pregnancy: Pregnancy
    family: Family
    own: Caregiver | None
    actor: Actor | None


async def access_pregnancy(uow: UnitOfWork, speaker: Speaker, pregnancy: PregnancyId) -> AwaitedBirth:
    """A pregnancy that one who speaks awaits, or one in the actor's places; also one that has ended."""
    found = await uow.lives.pregnancy(pregnancy)
    expecting = {one.id for one in await uow.lives.caregivers_expecting(pregnancy)}
    own = next((one for one in speaker.caregivers if one.id in expecting), None)
    family = await uow.families.family(found.family) if found is not None else None
    if found is None or family is None or (own is None and speaker.actor is None):
        raise Refused("own_pregnancy", f"pregnancy:{pregnancy}")
    if own is not None:
        return AwaitedBirth(found, family, own, None)
    actor, _facility = await access_facility(uow, speaker, family.facility, Permission.ENROL)
    return AwaitedBirth(found, family, None, actor)


async def access_facilities(uow: UnitOfWork, actor: Actor) -> tuple[Facility, ...]:
    """The facilities whose families an actor may see: of her communes, her own, or for staff all."""
    if actor.role is ActorRole.STAFF:
        return await uow.area.facilities()
    if actor.role is ActorRole.VOLUNTEER:
        return await uow.area.facilities(actor.communes)
    own = [await uow.area.facility(facility) for facility in sorted(actor.facilities)]
    return tuple(facility for facility in own if facility is not None)


async def access_facility(
    uow: UnitOfWork, speaker: Speaker, facility: FacilityId, permission: Permission
) -> tuple[Actor, Facility]:
    """A facility in which the speaker may do this."""
    actor = access_actor(speaker, permission)
    for own in await access_facilities(uow, actor):
        if own.id == facility:
            return actor, own
    raise Refused(permission, f"facility:{facility}")


async def access_caregiver(
    uow: UnitOfWork, speaker: Speaker, caregiver: CaregiverId, permission: Permission
) -> tuple[Actor, Caregiver]:
    """A caregiver of a family in the actor's places."""
    actor = access_actor(speaker, permission)
    found = await uow.families.caregiver(caregiver)
    family = await uow.families.family(found.family) if found else None
    if found is None or family is None or (permission is Permission.ENROL and found.ended_as is not None):
        raise Refused(permission, f"caregiver:{caregiver}")
    await access_facility(uow, speaker, family.facility, permission)
    return actor, found


async def access_family(
    uow: UnitOfWork, speaker: Speaker, family: FamilyId, permission: Permission
) -> tuple[Actor, Family]:
    """A family in the actor's places."""
    actor = access_actor(speaker, permission)
    found = await uow.families.family(family)
    if found is None:
        raise Refused(permission, f"family:{family}")
    await access_facility(uow, speaker, found.facility, permission)
    return actor, found


async def access_child(
    uow: UnitOfWork, speaker: Speaker, child: ChildId, permission: Permission
) -> tuple[Actor, Child, Facility]:
    """A child whom a facility of the actor cares for."""
    found = await uow.families.child(child)
    if found is None:
        access_actor(speaker, permission)
        raise Refused(permission, f"child:{child}")
    actor, facility = await access_facility(uow, speaker, found.facility, permission)
    return actor, found, facility
