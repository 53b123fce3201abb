"""The family tells the name of a child that had none, for each twin in turn."""

from dataclasses import dataclass

from domain.forms.birth import NAMING, Which
from domain.forms.form import next_question
from domain.identifiers import ChildId
from domain.people import Caregiver, Child
from domain.sex import Sex
from services.access import Permission, Refused, access_child, access_own_child
from services.forms.answer_form import Asking, begin_form, find_draft
from services.turn import Turn


@dataclass(frozen=True)
class Named:
    """A child has a name now. `own` is the one who told it, if it is her child; `asking`, the question about a twin."""

    child: Child
    name: str
    own: Caregiver | None
    asking: Asking | None


async def begin_naming(turn: Turn, child: ChildId) -> Asking:
    """Ask for a child's name."""
    found, _own = await _access(turn, child)
    which = _which(found, await _born_with(turn, found))
    return await begin_form(turn, NAMING, about=int(child), answers={"which": which})


async def name_child(turn: Turn) -> Named | None:
    """Keep the name of the complete draft; None when there is no such draft."""
    draft = await find_draft(turn, NAMING.name)
    if draft is None or draft.about is None or next_question(NAMING, draft.answers) is not None:
        return None
    child, own = await _access(turn, ChildId(draft.about))
    name = next((answer for question, answer in draft.answers.items() if question.startswith("name_")), None)
    await turn.uow.drafts.drop(turn.speaker.address.id, NAMING.name)
    if not name:
        return None
    await turn.uow.families.name_child(child.id, name)
    await turn.uow.programme.audit(
        "name_child",
        at=turn.moment.now,
        actor=turn.speaker.actor.id if turn.speaker.actor and own is None else None,
        address=turn.speaker.address.id,
        subject=f"child:{child.id}",
    )
    twin = next((one for one in await _born_with(turn, child) if not one.name and one.id != child.id), None)
    return Named(child, name, own, await begin_naming(turn, twin.id) if twin is not None else None)


async def _access(turn: Turn, child: ChildId) -> tuple[Child, Caregiver | None]:
    """A child of the one who speaks, or one in the actor's places."""
    if turn.speaker.actor is None or await _is_own(turn, child):
        own, found = await access_own_child(turn.uow, turn.speaker, child)
        return found, own
    _actor, found, _facility = await access_child(turn.uow, turn.speaker, child, Permission.ENROL)
    if found.ended_as is not None:
        raise Refused("name_child", f"child:{child}")
    return found, None


async def _is_own(turn: Turn, child: ChildId) -> bool:
    cared_for = [await turn.uow.families.children_of(one.id) for one in turn.speaker.caregivers]
    return any(one.id == child for children in cared_for for one in children)


async def _born_with(turn: Turn, child: Child) -> tuple[Child, ...]:
    """The children of this birth of whom we speak, the child among them."""
    family = await turn.uow.lives.children_in(child.family)
    return tuple(one for one in family if one.birth_date == child.birth_date and one.ended_as is None)


def _which(child: Child, born: tuple[Child, ...]) -> Which:
    """How a child is told from its twin, who may have no name either."""
    if len(born) == 1:
        return Which.ONLY
    if len({one.sex for one in born}) > 1:
        return Which.GIRL if child.sex is Sex.FEMALE else Which.BOY
    return Which.FIRST if child.id == born[0].id else Which.SECOND
