"""A call from a named person: asked once, told to her at once with whom to call, never why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.loss import Subject
from domain.message import Choice, OutgoingMessage, Text
from domain.people import Caregiver, Family
from domain.tasks import TaskKind
from services.messages.reply import reply
from services.ports.contacts import Colleague
from services.ports.tasks import NewTask
from services.turn import Turn


@dataclass(frozen=True)
class CallAsked:
    """Who calls, if there is anybody, from which facility; without a telephone number nobody can."""

    colleague: Colleague | None
    facility: str
    has_phone: bool


async def ask_for_call(turn: Turn, family: Family, caregiver: Caregiver, subject: Subject) -> CallAsked:
    """She would like to be called. A second time changes nothing."""
    asked = await _asked(turn, family, caregiver.phone)
    if asked.colleague is not None:
        call = NewTask(
            kind=TaskKind.CALL,
            occasion=f"call:{caregiver.id}:{subject}",
            family=family.id,
            caregiver=caregiver.id,
            actor=asked.colleague.id,
            due_on=turn.moment.today(family.zone),
        )
        if await turn.uow.tasks.add(call, at=turn.moment.now):
            who = await _who(turn, caregiver)
            await _tell(turn, asked.colleague, family, Text("loss.please_call", {"who": who, **_phone(caregiver)}))
            await _note(turn, subject, asked.colleague)
    return asked


async def have_family_called(turn: Turn, family: Family, following: Caregiver | None, subject: Subject) -> CallAsked:
    """The mother has died: the named worker is asked at once to call the next caregiver."""
    asked = await _asked(turn, family, following.phone if following else None)
    if asked.colleague is not None:
        call = NewTask(
            kind=TaskKind.CALL,
            occasion=f"call:{subject}",
            family=family.id,
            caregiver=following.id if following else None,
            actor=asked.colleague.id,
            due_on=turn.moment.today(family.zone),
        )
        if await turn.uow.tasks.add(call, at=turn.moment.now):
            who = await _who(turn, following) if following else await _the_family(turn, family)
            words = Text("loss.please_call_next", {"who": who, **_phone(following)})
            await _tell(turn, asked.colleague, family, words)
            await _note(turn, subject, asked.colleague)
    return asked


async def named_worker(turn: Turn, family: Family) -> Colleague | None:
    """Whom staff named at the facility; else its first health worker; else the family's volunteer."""
    contacts = turn.uow.contacts
    named = await contacts.named_at(family.facility)
    if named is not None:
        return named
    nurses = [one for one in await contacts.workers_at(family.facility) if one.role == "health_worker"]
    return nurses[0] if nurses else await contacts.colleague(family.volunteer or family.enrolled_by)


async def _asked(turn: Turn, family: Family, phone: str | None) -> CallAsked:
    facility = await turn.uow.area.facility(family.facility)
    return CallAsked(await named_worker(turn, family), facility.name if facility else "", phone is not None)


def _phone(caregiver: Caregiver | None) -> dict[str, str | Text]:
    return {"phone": caregiver.phone if caregiver and caregiver.phone else Text("choice.not_given")}


async def _who(turn: Turn, caregiver: Caregiver) -> Text:
    """What she is to whom: every child of hers is named, so that none stands out."""
    names = tuple(child.name for child in await turn.uow.families.all_children_of(caregiver.id))
    role = Text(f"choice.role.{caregiver.role}")
    return Text("loss.who", {"role": role, "children": children_of(names)}) if names else role


async def _the_family(turn: Turn, family: Family) -> Text:
    names = tuple(child.name for child in await turn.uow.lives.children_in(family.id))
    return Text("loss.family_of", {"children": children_of(names)}) if names else Text("loss.family")


def children_of(names: Sequence[str]) -> tuple[str | Text, ...]:
    """Children by name."""
    return tuple(name or Text("common.unnamed_child") for name in names)


async def _tell(turn: Turn, colleague: Colleague, family: Family, words: Text) -> None:
    addresses = await turn.uow.people.addresses_of_actor(colleague.id)
    page = Choice(Text("families.choice.whole_family"), f"v1:family_page:{family.id}")
    if addresses:
        apart = replace(turn, occasion=f"{turn.occasion}:call")
        await reply(apart, [OutgoingMessage(words, ((page,),))], to=addresses[0].id)


async def _note(turn: Turn, subject: Subject, colleague: Colleague) -> None:
    await turn.uow.programme.audit(
        "ask_for_call",
        at=turn.moment.now,
        address=turn.speaker.address.id,
        actor=turn.speaker.actor.id if turn.speaker.actor else None,
        subject=str(subject),
        details={"colleague": int(colleague.id)},
    )
