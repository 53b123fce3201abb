"""Find a family of one's own places by a child's name or a telephone number. Nothing else is ever found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.area import Facility
from domain.finding import Sought, digits_of, read_sought
from domain.forms.finding import FINDING
from domain.people import ActorRole
from services.access import Permission, access_actor, access_facilities
from services.forms.answer_form import Asking, begin_form, correct_answer, drop_form, find_draft
from services.ports.families import FamilyFound
from services.turn import Turn

AT_MOST = 10


@dataclass(frozen=True)
class Findings:
    """The families, each with its facility where the seeker has several communes. `again`: she may type once more."""

    families: tuple[tuple[FamilyFound, Facility | None], ...]
    more: bool
    again: Asking | None


async def begin_finding(turn: Turn) -> Asking:
    """Ask what is sought."""
    access_actor(turn.speaker, Permission.SEE_FAMILIES)
    return await begin_form(turn, FINDING)


async def find_families(turn: Turn) -> Findings | None:
    """What was typed is sought and forgotten; None when the form is gone.

    Only in the seeker's own places; families whose contact ended are not found by volunteers.
    """
    actor = access_actor(turn.speaker, Permission.SEE_FAMILIES)
    draft = await find_draft(turn, FINDING.name)
    words = draft.answers.get("sought") if draft else None
    if words is None:
        return None
    places = await access_facilities(turn.uow, actor)
    found = await turn.uow.families.search(
        [place.id for place in places],
        _sought(turn, words, places),
        with_ended=actor.role is not ActorRole.VOLUNTEER,
        limit=AT_MOST + 1,
    )
    await turn.uow.programme.audit("find_families", at=turn.moment.now, actor=actor.id, details={"found": len(found)})
    again = None
    if 0 < len(found) <= AT_MOST:
        await drop_form(turn, FINDING.name)
    else:
        again = await correct_answer(turn, FINDING.name, "sought")
    several = {place.id: place for place in places} if len({place.commune.id for place in places}) > 1 else {}
    listed = tuple((one, several.get(one.facility)) for one in found[:AT_MOST])
    return Findings(listed, len(found) > AT_MOST, again)


def _sought(turn: Turn, words: str, places: Sequence[Facility]) -> Sought:
    """What was typed; a whole telephone number also as it is written with its country."""
    sought = read_sought(words) or Sought()
    if not sought.number_ends:
        return sought
    countries = sorted({place.commune.province.country for place in places})
    whole = [turn.programme.read_phone(words, country) for country in countries]
    ends = (*sought.number_ends, *(digits_of(number) for number in whole if number))
    return replace(sought, number_ends=tuple(dict.fromkeys(ends)))
