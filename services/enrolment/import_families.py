"""Families of a station's own register come in together: enrolled, without consent yet, with invites on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Facility
from domain.identifiers import ActorId, CaregiverId, FamilyId
from domain.invite import LINK_LIFE
from domain.people import Actor, ActorRole
from domain.reader import Role
from services.enrolment.codes import lives_under_another_key
from services.enrolment.find_duplicates import likely_same, traits_of_family
from services.enrolment.make_invite import FreshInvite
from services.enrolment.tokens import hash_code, hash_token, new_paper_code, new_token
from services.ports.families import NewChild
from services.ports.invites import NewInvite
from services.ports.merges import KnownChild
from services.turn import Work


@dataclass(frozen=True)
class FamilyToImport:
    """A family as a register tells of it; `line` is where it begins in the file."""

    line: int
    role: Role
    language: str
    phone: str | None
    children: tuple[NewChild, ...]
    due_on: date | None


@dataclass(frozen=True)
class ImportedFamily:
    """A family that is in the programme now, and what lets her caregiver in: shown once, to be printed."""

    family: FamilyToImport
    invite: FreshInvite


@dataclass(frozen=True)
class Imported:
    """Who came in, and the lines of those who are likely with us already."""

    families: tuple[ImportedFamily, ...]
    left_out: tuple[int, ...]


async def import_families(
    work: Work, facility: Facility, families: Sequence[FamilyToImport], *, by: ActorId
) -> Imported:
    """Enrol everybody who is new. What is compared are the files of before: the register's own rows are its word."""
    known = [one.line for one in families if await _is_known(work, facility, one)]
    new = [one for one in families if one.line not in set(known)]
    imported = [ImportedFamily(one, await _enrol(work, facility, one, by)) for one in new]
    details = {"families": len(imported), "left_out": len(known)}
    await work.uow.programme.audit(
        "import_families", at=work.moment.now, actor=by, subject=f"facility:{facility.id}", details=details
    )
    return Imported(tuple(imported), tuple(known))


async def look_for_known(work: Work, facility: Facility, families: Sequence[FamilyToImport]) -> tuple[int, ...]:
    """The lines of those who are likely with us already; nothing is saved."""
    return tuple([one.line for one in families if await _is_known(work, facility, one)])


async def _is_known(work: Work, facility: Facility, family: FamilyToImport) -> bool:
    """Whether a child of it is likely in a file, of which contact may have ended too: nobody begins anew by file."""
    commune = facility.commune.id
    mine = traits_of_family(
        commune, role=family.role, phone=family.phone, children=family.children, due_on=family.due_on
    )
    if await likely_same(work, commune, mine, with_ended=True):
        return True
    return family.due_on is not None and await _awaits_already(work, facility, family, family.due_on)


async def _awaits_already(work: Work, facility: Facility, family: FamilyToImport, due_on: date) -> bool:
    """A pregnancy has few traits: the same day at the same station with the same phone, or none, is the same row."""
    near = await work.uow.merges.near(facility.commune.id, born_on=(), due_on=(due_on,), with_ended=True)
    phones = frozenset({family.phone} - {None})
    return any(_same_row(one, facility, phones) for one in near)


def _same_row(known: KnownChild, facility: Facility, phones: frozenset[str | None]) -> bool:
    return known.facility == facility.id and known.traits.phones == phones


async def _enrol(work: Work, facility: Facility, row: FamilyToImport, by: ActorId) -> FreshInvite:
    families, now = work.uow.families, work.moment.now
    family = await families.add_family(facility.id, facility.zone, by=by, at=now)
    caregiver = await families.add_caregiver(family, row.role, row.language, row.phone)
    await _add_children(work, facility, row, family, caregiver)
    await work.uow.programme.audit("enrol_family", at=now, actor=by, subject=f"caregiver:{caregiver}")
    return await invite_on_paper(work, caregiver, by=by)


async def _add_children(
    work: Work, facility: Facility, row: FamilyToImport, family: FamilyId, caregiver: CaregiverId
) -> None:
    families = work.uow.families
    for child in row.children:
        added = await families.add_child(family, facility.id, child)
        await families.add_care(caregiver, row.role, child=added)
    if row.due_on is not None:
        pregnancy = await families.add_pregnancy(family, facility.id, row.due_on)
        await families.add_care(caregiver, row.role, pregnancy=pregnancy)


async def invite_on_paper(work: Work, caregiver: CaregiverId, *, by: ActorId) -> FreshInvite:
    """A link and a code that both live thirty days: paper takes its time to reach a family."""
    until = work.moment.now + LINK_LIFE
    while True:
        fresh = FreshInvite(new_token(), new_paper_code(), until)
        invite = NewInvite(
            token_hash=hash_token(fresh.token),
            code_hash=hash_code(fresh.code or "", work.programme.secret),
            caregiver=caregiver,
            actor_place=None,
            expires_at=until,
            code_expires_at=until,
        )
        if await lives_under_another_key(work.uow, work.programme, fresh.code or ""):
            continue
        if await work.uow.invites.add(invite, by=by, at=work.moment.now) is not None:
            return fresh


async def importer(work: Work, facility: Facility, name: str) -> tuple[Actor, ...]:
    """Everybody of this name who may enrol at the facility."""
    return tuple(actor for actor in await work.uow.people.actors_called(name) if _works_at(actor, facility))


def _works_at(actor: Actor, facility: Facility) -> bool:
    if actor.role is ActorRole.STAFF:
        return True
    return facility.commune.id in actor.communes or facility.id in actor.facilities
